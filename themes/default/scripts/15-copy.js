// Copying: `handbook.copy(text)`, and buttons with `data-copy` that copy the text of the element they name.
(function () {
  const handbook = (window.handbook = window.handbook || {});

  // Pages from plain http have no clipboard API.
  function byHand(text) {
    const focused = document.activeElement;
    const area = document.createElement("textarea");
    area.value = text;
    area.readOnly = true;
    area.className = "unseen";
    document.body.append(area);
    area.select();
    let done = false;
    try {
      done = document.execCommand("copy");
    } catch (refused) { /* Told below. */ }
    area.remove();
    if (focused) focused.focus({ preventScroll: true });
    return done ? Promise.resolve() : Promise.reject(new Error("copying was refused"));
  }

  // Copies a text, or one that is still being loaded: some browsers take that only as an item that was promised at once.
  handbook.copy = function (text) {
    const later = Promise.resolve(text);
    if (!navigator.clipboard || !window.isSecureContext) return typeof text === "string" ? byHand(text) : later.then(byHand);
    const isPromised = typeof text !== "string" && window.ClipboardItem;
    const written = isPromised
      ? navigator.clipboard.write([new ClipboardItem({ "text/plain": later.then((all) => new Blob([all], { type: "text/plain" })) })])
      : later.then((all) => navigator.clipboard.writeText(all));
    return written.catch(() => later.then(byHand));
  };

  // Says something where readers see and hear it. The same words twice are heard twice.
  handbook.say = function (place, words, how) {
    place.textContent = "";
    place.className = "said " + (how || "");
    setTimeout(() => { place.textContent = words; }, 30);
  };

  // A sentence with a text in the place of a name in braces, whatever the text holds.
  handbook.put = (sentence, name, text) => sentence.split("{" + name + "}").join(text);

  for (const button of document.querySelectorAll("[data-copy]")) {
    const place = button.parentElement.querySelector(".said");
    button.addEventListener("click", () => {
      handbook.copy(document.getElementById(button.dataset.copy).textContent).then(
        () => handbook.say(place, button.dataset.copied, "done"),
        () => handbook.say(place, button.dataset.failed, "wrong"),
      );
    });
  }
})();
