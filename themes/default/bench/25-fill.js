// Fills a prompt from its form, shows it as it will be copied, and copies it.
(function () {
  const bench = document.getElementById("hb:bench");
  if (!bench) return;
  const { clean, join, load, modules, copy, put, say } = window.handbook;
  const data = JSON.parse(bench.dataset.fill);
  const form = document.getElementById("hb:fill");
  const words = bench.dataset;
  const said = bench.querySelector(".said");
  const sheet = bench.querySelector(".sheet");
  const codes = [...bench.querySelectorAll(".prompt code")];
  const whole = bench.querySelector(".show-context");
  const counter = bench.querySelector(".left");
  const STORE = "handbook:fill:" + location.pathname;
  const LINK = "#fill&";

  // The controls of a name, always as a list.
  function controls(name) {
    const found = form.elements.namedItem(name);
    return !found ? [] : found instanceof RadioNodeList ? [...found] : [found];
  }

  // Whether a control is as the page came.
  function untouched(control) {
    if (control.type === "checkbox" || control.type === "radio") return control.checked === control.defaultChecked;
    if (control.tagName === "SELECT") return control.value === initial(control);
    return control.value === control.defaultValue && !control.validity.badInput;
  }

  function initial(select) {
    return ([...select.options].find((option) => option.defaultSelected) || select.options[0] || { value: "" }).value;
  }

  // What the reader gave for a variable; nothing when its controls are as they came.
  function given(variable) {
    const all = controls("var:" + variable.name);
    if (all.every(untouched)) return undefined;
    if (variable.type === "multi") return all.filter((one) => one.checked).map((one) => one.value).join(", ");
    if (variable.type === "yes-no" && all.length === 1) return all[0].checked ? "yes" : "no";
    if (all[0].type === "radio") return (all.find((one) => one.checked) || { value: undefined }).value;
    // A browser gives no value for what is no number; then this is not one.
    return all[0].validity.badInput ? "?" : all[0].value;
  }

  function inputs(mode) {
    const values = {};
    for (const variable of data.variables) values[variable.name] = given(variable);
    const slots = {};
    const without = new Set();
    for (const item of data.context) {
      if (item.slot) slots[item.slot] = (controls("slot:" + item.slot)[0] || { value: "" }).value || null;
      else if (!item.required && controls("with:" + item.module).some((box) => !box.checked)) without.add(item.module);
    }
    return { values, slots, without, mode };
  }

  // The version of a module's script, and its title.
  function about(id) {
    const item = data.context.find((one) => one.module === id && one.script);
    if (item) return { version: item.script, title: item.title };
    const options = [...form.querySelectorAll("option")];
    const option = options.find((one) => one.value === id && one.dataset.script);
    return { version: option ? option.dataset.script : "", title: option ? option.textContent : id };
  }

  function fetchAll(ids) {
    return Promise.all(ids.map((id) => load(words.root, id, about(id).version)));
  }

  // Whether the reader is at the text or its form. Context is only loaded then: until it is shown or copied its name will do.
  let isNear = false;

  // How many letters of values are shown whole: a browser lays out no millions of them between two keys.
  const SHOWN = 500000;
  let left = 0;

  // The text as it will be copied, in text nodes and marks. Behind very many letters a value is shown by its beginning.
  function show() {
    left = SHOWN;
    const joined = join(data, inputs(words.main), modules);
    const isLong = joined.lacks.some((lack) => lack.long);
    codes.forEach((code, nth) => {
      const nodes = (joined.messages[nth] || []).flatMap(piece);
      if (nth === 0 && joined.before && joined.before.modules.length) nodes.unshift(...piece(joined.before), "\n\n");
      code.replaceChildren(...(isLong ? [words.long] : nodes));
    });
    const blanks = joined.lacks.length;
    if (counter) counter.textContent = isLong ? words.long :
      blanks === 0 ? words.ready : blanks === 1 ? words.leftOne : put(words.left, "count", blanks);
    if (joined.waiting.length && (isNear || (whole && whole.checked))) fetchAll(joined.waiting).then(show, () => {});
    highlight();
  }

  function piece({ kind, text, name, modules: ids }) {
    if (kind === "text") return [text];
    if (kind === "context") return whole && whole.checked ? [mark("loaded", text)] : ids.flatMap(chip);
    left -= kind === "value" ? text.length : 0;
    if (text) return [mark("filled", left < 0 && text.length > 200 ? text.slice(0, 200) + "…" : text, name)];
    const variable = data.variables.find((one) => one.name === name);
    return variable && variable.required ? [mark("blank", variable.label, name)] : [];
  }

  function chip(id, nth) {
    const node = mark("context", about(id).title);
    return nth ? [" ", node] : [node];
  }

  function mark(kind, text, name) {
    const node = document.createElement("mark");
    node.className = kind;
    node.textContent = text;
    if (name) node.dataset.name = name;
    return node;
  }

  // Brings what the reader is filling in into view, where the text has a scroll of its own.
  function reveal() {
    highlight();
    const node = sheet.querySelector("mark.now");
    if (node && sheet.scrollHeight > sheet.clientHeight) sheet.scrollTop = node.offsetTop - sheet.clientHeight / 3;
  }

  // Marks in the text what the reader is filling in.
  function highlight() {
    const field = form.contains(document.activeElement) && document.activeElement.closest("[data-name]");
    for (const node of bench.querySelectorAll(".prompt mark[data-name]")) {
      node.classList.toggle("now", Boolean(field) && node.dataset.name === field.dataset.name);
    }
  }

  // The place of the form where a lack is made good; none for a module that is not here.
  function field(lack) {
    if (lack.module !== undefined || lack.long) return null;
    return form.querySelector(lack.slot ? '[data-slot="' + lack.slot + '"]' : '[data-name="' + lack.variable.name + '"]');
  }

  function forgive(place) {
    for (const note of place.querySelectorAll(".error")) note.remove();
    for (const control of place.querySelectorAll("[aria-invalid]")) {
      control.removeAttribute("aria-invalid");
      const help = (control.getAttribute("aria-describedby") || "").split(" ").filter((id) => !id.startsWith("hb:e-"));
      if (help.join("")) control.setAttribute("aria-describedby", help.join(" "));
      else control.removeAttribute("aria-describedby");
    }
  }

  function complain(lack) {
    const place = field(lack);
    if (!place) return;
    const note = document.createElement("p");
    note.className = "error";
    note.id = "hb:e-" + (lack.slot || lack.variable.name);
    note.textContent = lack.missing ? words.needed : words.unfit;
    place.append(note);
    for (const control of place.querySelectorAll("input, select, textarea")) {
      control.setAttribute("aria-invalid", "true");
      control.setAttribute("aria-describedby", ((control.getAttribute("aria-describedby") || "") + " " + note.id).trim());
    }
  }

  function label(lack) {
    if (lack.module !== undefined) return lack.module;
    if (lack.long) return "";
    return lack.slot ? field(lack).querySelector("label").firstChild.textContent.trim() : lack.variable.label;
  }

  // What became of what the reader filled in, where it is not in the text as it was.
  function changes(isCleaned) {
    const { isDefused } = join(data, inputs(words.main), modules);
    return [isCleaned && words.cleaned, isDefused && words.defused].filter(Boolean).join(" ");
  }

  function tell(isCleaned) {
    const told = changes(isCleaned);
    if (told) say(said, told, "wrong");
  }

  function copyAs(mode) {
    forgive(form);
    const isCleaned = cleanAll();
    const { lacks, waiting } = join(data, inputs(mode), modules);
    if (lacks.length) {
      lacks.forEach(complain);
      const place = lacks.map(field).find(Boolean);
      const reason = (lack) => (lack.long ? words.long : lack.module !== undefined ? words.absent : lack.missing ? words.missing : words.look);
      // What nobody can fill in is told when nothing else is left to do.
      const told = reason(lacks.find(field) || lacks[0]);
      const names = lacks.filter((lack) => reason(lack) === told).map(label);
      say(said, put(told, "names", names.join(", ")), "wrong");
      if (place) place.querySelector("input, select, textarea").focus();
      return;
    }
    let failed = words.failed;
    const whatItComesTo = () => {
      const { text, lacks } = join(data, inputs(mode), modules);
      if (lacks.length) failed = words.long;
      return lacks.length ? Promise.reject(new Error(failed)) : text;
    };
    const lost = (reason) => {
      failed = words.lost;
      throw reason;
    };
    const text = waiting.length ? fetchAll(waiting).then(whatItComesTo, lost) : whatItComesTo();
    copy(text).then(() => text).then(
      (copied) => {
        const count = put(words.words, "count", copied.split(/\s+/).filter(Boolean).length);
        const done = { whole: words.copiedWhole, text: words.copiedText, bare: words.copiedBare }[mode];
        say(said, done + " (" + count + ")" + (changes(isCleaned) && " " + changes(isCleaned)), "done");
      },
      () => {
        if (whole && failed === words.failed) whole.checked = true;
        show();
        say(said, failed, "wrong");
      },
    );
  }

  // What the reader filled in, as pairs.
  function filled() {
    const pairs = new URLSearchParams();
    for (const variable of data.variables) {
      const name = "var:" + variable.name;
      const all = controls(name);
      if (all.every(untouched)) continue;
      if (variable.type === "multi") {
        const checked = all.filter((one) => one.checked);
        for (const one of checked.length ? checked : [{ value: "" }]) pairs.append(name, one.value);
      } else pairs.append(name, clean(given(variable) || ""));
    }
    for (const control of form.elements) {
      if (/^slot:/.test(control.name) && !untouched(control)) pairs.append(control.name, control.value);
      if (/^with:/.test(control.name) && !control.checked) pairs.append(control.name, "no");
    }
    return pairs;
  }

  // Takes out of a field what nobody sees. Whether there was any.
  function cleanField(control) {
    if (!/^(text|textarea|url)$/.test(control.type)) return false;
    const { value, selectionEnd } = control;
    const cleaned = clean(value);
    if (cleaned === value) return false;
    control.value = cleaned;
    const caret = clean(value.slice(0, selectionEnd)).length;
    if (control === document.activeElement) control.setSelectionRange(caret, caret);
    return true;
  }

  function cleanAll() {
    return [...form.elements].filter(cleanField).length > 0;
  }

  // Fills the form in. Whether something was left out because nobody would have seen it.
  function fillIn(pairs) {
    form.reset();
    for (const name of new Set(pairs.keys())) {
      for (const control of controls(name)) {
        if (control.type === "radio") control.checked = control.value === pairs.get(name);
        else if (control.type === "checkbox") control.checked = pairs.getAll(name).includes(control.value);
        else if (control.tagName !== "SELECT") control.value = pairs.get(name);
        else if ([...control.options].some((option) => option.value === pairs.get(name))) control.value = pairs.get(name);
      }
    }
    return cleanAll();
  }

  function keep() {
    try {
      sessionStorage.setItem(STORE, filled().toString());
    } catch (refused) { /* Then it is not kept. */ }
  }

  function fromLink() {
    if (!location.hash.startsWith(LINK)) return false;
    const isCleaned = fillIn(new URLSearchParams(location.hash.slice(LINK.length)));
    // The address stays that of the page: what is typed from now on is not in it.
    history.replaceState(null, "", location.href.split("#")[0]);
    keep();
    show();
    const told = changes(isCleaned);
    say(said, words.fromLink + (told && " " + told), told ? "wrong" : "done");
    return true;
  }

  form.addEventListener("input", (event) => {
    const place = event.target.closest(".field");
    if (place) forgive(place);
    said.textContent = "";
    // What is typed may be half a word: a joiner that waits for its letter.
    const isTyped = event.isComposing || /^insert(Composition)?Text$/.test(event.inputType || "");
    if (!isTyped) tell(cleanField(event.target));
    keep();
    show();
  });
  form.addEventListener("change", (event) => {
    const isCleaned = cleanField(event.target);
    tell(isCleaned);
    if (isCleaned) show();
  });
  form.addEventListener("reset", () => setTimeout(() => {
    forgive(form);
    said.textContent = "";
    keep();
    show();
  }));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    copyAs(words.main);
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      copyAs(words.main);
    }
  });
  for (const type of ["pointerenter", "focusin"]) {
    bench.addEventListener(type, () => {
      isNear = true;
      show();
    }, { once: true });
  }
  form.addEventListener("focusin", reveal);
  form.addEventListener("focusout", () => setTimeout(highlight));
  sheet.addEventListener("click", (event) => {
    const node = event.target.closest("mark[data-name]");
    const place = node && form.querySelector('[data-name="' + node.dataset.name + '"]');
    if (place) place.querySelector("input, select, textarea").focus();
  });
  const other = bench.querySelector(".copy-other");
  if (other) other.addEventListener("click", () => copyAs(other.dataset.mode));
  if (whole) whole.addEventListener("change", show);
  const share = form.querySelector(".share");
  if (share) {
    share.addEventListener("click", () => copy(location.href.split("#")[0] + LINK + filled()).then(
      () => say(said, words.linked, "done"),
      () => say(said, words.failed, "wrong"),
    ));
  }
  window.addEventListener("hashchange", fromLink);

  if (!fromLink()) {
    try {
      tell(fillIn(new URLSearchParams(sessionStorage.getItem(STORE) || "")));
    } catch (refused) { /* Nothing was kept. */ }
    show();
  }
})();
