// Puts values and context into a prompt, by the same rules as `handbook assemble`. It only joins: the pieces come
// from the page, the texts of modules from their scripts.
(function () {
  const handbook = (window.handbook = window.handbook || {});

  // What Rust takes for white space, which is not quite what `trim` and `\s` take for it.
  const WHITE = "\\t-\\r \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
  const SPACE = "[" + WHITE + "]";
  const BLANK = new RegExp("^" + SPACE + "*$");
  const CONTROL = "\\x00-\\x1f\\x7f-\\x9f";
  const LABEL = "[^" + WHITE + "@.]+";

  const SHAPES = {
    number: shape("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d+)?"),
    date: shape("(\\d{4}-\\d\\d-\\d\\d)"),
    email: shape("[^" + WHITE + "@]+@" + LABEL + "(\\." + LABEL + ")+"),
    url: shape("https?://[^" + WHITE + CONTROL + "/\\\\?#][^" + WHITE + CONTROL + "]*"),
  };

  // The most bytes of a prompt that is assembled, as in `handbook assemble`.
  const MOST = 4 * 1024 * 1024;
  const bytes = (text) => new TextEncoder().encode(text).length;

  // Whether messages come to too much, context aside; a value is measured once, however often it is used.
  function isTooLong(messages) {
    const sizes = new Map();
    let left = MOST;
    for (const { kind, text, name } of messages.flat()) {
      if (kind === "context") continue;
      if (kind === "value" && !sizes.has(name)) sizes.set(name, bytes(text));
      left -= kind === "value" ? sizes.get(name) : bytes(text);
    }
    return left < 0;
  }

  // A text without the white space at its end. A pattern would begin anew at every blank of a long run in the middle.
  function trimEnd(text) {
    let end = text.length;
    while (end > 0 && BLANK.test(text[end - 1])) end -= 1;
    return text.slice(0, end);
  }

  // A whole text of a shape, with white space around it.
  function shape(inside) {
    return new RegExp("^" + SPACE + "*" + inside + SPACE + "*$", "u");
  }

  // Whether a text fits the type of its variable, as `handbook assemble` decides it.
  function fits(type, text) {
    const found = SHAPES[type] ? SHAPES[type].exec(text) : [];
    if (!found) return false;
    if (type === "number") return Number.isFinite(parseFloat(text.replace(/^[^\d.+-]+/, "")));
    if (type === "date") {
      const day = new Date(found[1] + "T00:00Z");
      return !isNaN(day) && day.toISOString().startsWith(found[1]);
    }
    return true;
  }

  // `inputs`: `values` by variable, absent where the reader gave none; `slots` by name, a module's id or null;
  // `without`, a set of ids; `mode`: `whole`, `text` without the context that would stand before it, or `bare` without
  // any. `modules`: by id what each loads, in order. Gives the pieces of each message, the text, what is lacking,
  // and whether a tag that a value takes part in got a backslash; of what comes to too much there are no pieces and no text.
  handbook.join = function (data, inputs, modules) {
    const lacks = [];
    const values = {};
    for (const variable of data.variables) values[variable.name] = value(variable, inputs.values[variable.name], lacks);
    const present = data.context.map((item) => chosen(item, inputs, lacks));
    const loaded = new Set();
    const waiting = new Set();
    let rest = data.context.map((item, at) => (item.placed ? null : present[at])).filter(Boolean);

    function load(ids) {
      const texts = [];
      for (const id of inputs.mode === "bare" ? [] : ids) {
        if (!modules[id]) waiting.add(id);
        for (const [part, text] of modules[id] || []) {
          if (!loaded.has(part)) texts.push(text);
          loaded.add(part);
        }
      }
      return { kind: "context", text: texts.join("\n\n"), modules: ids };
    }

    function loadRest() {
      const ids = rest;
      rest = [];
      return load(ids);
    }

    function walk(pieces, out) {
      for (const piece of pieces) {
        if (typeof piece === "string") out.push({ kind: "text", text: piece });
        else if ("value" in piece) out.push({ kind: "value", name: piece.value, text: values[piece.value] || "" });
        else if ("rest" in piece) out.push(loadRest());
        else if ("context" in piece) out.push(load(piece.context.map((at) => present[at]).filter(Boolean).slice(0, 1)));
        else walk((values[piece.if] ? piece.then : piece.else) || [], out);
      }
      return out;
    }

    const before = data.places || inputs.mode === "text" ? null : loadRest();
    const messages = data.messages.map((pieces) => walk(pieces, []));
    const long = () => ({ before: null, messages: [], text: "", lacks: [...lacks, { long: true }], isDefused: false, waiting: [...waiting] });
    if (isTooLong(messages)) return long();
    const isDefused = messages.map(handbook.defuse).includes(true);
    const texts = messages.map((pieces) => pieces.map((piece) => piece.text).join("")).map(trimEnd);
    if (before && before.text && texts.length) texts[0] = before.text + "\n\n" + texts[0];
    const text = texts.join("\n\n");
    return bytes(text) > MOST ? long() : { before, messages, text, lacks, isDefused, waiting: [...waiting] };
  };

  function value(variable, read, lacks) {
    const given = read === undefined ? read : handbook.clean(read);
    const has = given !== undefined && !BLANK.test(given);
    // None of several boxes is an answer; nothing in a field of text is not.
    const none = given !== undefined && variable.type === "multi";
    const text = has ? given : none ? "" : variable.default || "";
    if (!text && variable.required) lacks.push({ variable, missing: true });
    else if (text && !fits(variable.type, text)) lacks.push({ variable, missing: false });
    return variable.type === "yes-no" && text === "no" ? "" : text;
  }

  function chosen(item, inputs, lacks) {
    const id = item.slot ? inputs.slots[item.slot] : item.module;
    if (id && (item.required || !inputs.without.has(id))) return id;
    if (!id && item.required && inputs.mode !== "bare") {
      lacks.push(item.slot ? { slot: item.slot, missing: true } : { module: item.title || "", missing: true });
    }
    return null;
  }
})();
