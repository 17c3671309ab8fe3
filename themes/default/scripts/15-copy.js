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

  handbook.copy = function (text) {
    if (!navigator.clipboard || !window.isSecureContext) return byHand(text);
    return navigator.clipboard.writeText(text).catch(() => byHand(text));
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
