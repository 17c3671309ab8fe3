// Narrows a list to the rows that have all the words that are typed, and the status that is picked.
(function () {
  const form = document.querySelector(".filter");
  if (!form) return;
  const input = form.querySelector("input");
  const select = form.querySelector("select");
  const shown = form.querySelector(".shown");
  const none = document.querySelector(".no-rows");
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const rows = [...document.querySelectorAll(".cards > .card")].map((row) => ({ row, text: plain(row.textContent) }));

  const labels = new Map();
  for (const { row } of rows) {
    const status = row.querySelector(".status");
    if (status) labels.set(row.dataset.status, status.textContent);
  }
  for (const [status, label] of labels) select.append(new Option(label, status));
  select.closest("label").hidden = labels.size < 2;

  function narrow() {
    const words = plain(input.value).split(/\s+/).filter(Boolean);
    let count = 0;
    for (const { row, text } of rows) {
      const fits = words.every((word) => text.includes(word)) && (!select.value || row.dataset.status === select.value);
      row.hidden = !fits;
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
