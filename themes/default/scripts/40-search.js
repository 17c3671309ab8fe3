/* Opens search anywhere: `/`, Ctrl or Cmd with K, or the link, which without script leads to the search page. The script
   that answers is only loaded now. */
(function () {
  "use strict";

  var opener = document.querySelector("a.search-open");
  var place = document.getElementById("hb:search-page");
  if (!opener) return;
  var dialog = null;
  var input = null;
  var loading = null;

  function load() {
    if (!loading) {
      loading = new Promise(function (resolve, reject) {
        var script = document.createElement("script");
        script.src = opener.dataset.script;
        script.onload = function () {
          window.handbookSearch.root = opener.dataset.root;
          resolve(window.handbookSearch);
        };
        script.onerror = reject;
        document.head.appendChild(script);
      });
    }
    return loading;
  }

  function box() {
    var made = document.createElement("input");
    made.type = "search";
    // More than a query holds, so that a reader is told; a browser that lays out a pasted document in one line stands still.
    made.maxLength = 2002;
    made.autocomplete = "off";
    made.spellcheck = false;
    made.enterKeyHint = "search";
    made.placeholder = opener.dataset.hint;
    made.setAttribute("aria-label", opener.dataset.label);
    made.dataset.failed = opener.dataset.failed;
    return made;
  }

  function wrap(child, name) {
    var made = document.createElement("div");
    made.className = name;
    made.appendChild(child);
    return made;
  }

  function mount(into, field, page) {
    var results = document.createElement("div");
    results.className = "search-answers";
    into.appendChild(results);
    load().then(function (search) { search.mount(results, field, page); }, function () { results.textContent = opener.dataset.failed; });
  }

  function make() {
    dialog = document.createElement("dialog");
    dialog.className = "search-dialog";
    dialog.setAttribute("aria-label", opener.dataset.label);
    input = box();
    var close = document.createElement("button");
    close.type = "button";
    close.className = "search-close";
    close.textContent = opener.dataset.close;
    close.addEventListener("click", function () { dialog.close(); });
    var head = wrap(input, "search-box");
    head.appendChild(close);
    dialog.appendChild(head);
    // A click beside the dialog closes it: only the dialog itself is the backdrop.
    dialog.addEventListener("click", function (event) { if (event.target === dialog) dialog.close(); });
    document.body.appendChild(dialog);
    mount(dialog, input, false);
  }

  function open() {
    if (place) return input.focus();
    if (!dialog) make();
    if (!dialog.open) dialog.showModal();
    input.focus();
    input.select();
  }

  function isTyping(target) {
    return target.closest("input, textarea, select, [contenteditable]");
  }

  document.addEventListener("click", function (event) {
    var link = event.target.closest("a.search-open");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open();
  });

  document.addEventListener("keydown", function (event) {
    var shortcut = (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k";
    var slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event.target);
    if (!shortcut && !slash) return;
    event.preventDefault();
    open();
  });

  opener.addEventListener("pointerenter", load, { once: true });

  if (place) {
    input = box();
    place.appendChild(wrap(input, "search-box"));
    mount(place, input, true);
    input.focus({ preventScroll: true });
  }
})();
