// Narrows a list to the rows that have all the words that are typed, and the kind and status that are picked.
(function () {
  const form = document.querySelector(".filter");
  if (!form) return;
  const input = form.querySelector("input");
  // Nobody types so much, and every row is looked through for every word.
  input.maxLength = 200;
  const shown = form.querySelector(".shown");
  const none = document.querySelector(".no-rows");
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const word = (row, what) => (row.querySelector("." + what) || { textContent: "" }).textContent;
  const rows = [...document.querySelectorAll("#hb\\:rows > .card")].map((row) => ({
    row, text: plain(row.textContent), kind: word(row, "kind"), status: word(row, "status"),
  }));

  // Only what the rows have can be picked, and only where they differ.
  const selects = [...form.querySelectorAll("select")];
  for (const select of selects) {
    const words = new Set(rows.map((one) => one[select.name]).filter(Boolean));
    for (const one of words) select.append(new Option(one, one));
    select.closest("label").hidden = words.size < 2;
  }

  function narrow() {
    const words = plain(input.value.slice(0, input.maxLength)).split(/\s+/).filter(Boolean);
    let count = 0;
    for (const one of rows) {
      const isPicked = selects.every((select) => !select.value || one[select.name] === select.value);
      const fits = isPicked && words.every((part) => one.text.includes(part));
      one.row.hidden = !fits;
      if (fits) count += 1;
    }
    none.hidden = count > 0;
    const all = count === rows.length;
    shown.textContent = all ? "" : form.dataset.shown.replace("{count}", count).replace("{total}", rows.length);
  }

  form.addEventListener("input", narrow);
  form.addEventListener("submit", (event) => event.preventDefault());
  // A browser that goes back fills the form in again.
  narrow();
})();
