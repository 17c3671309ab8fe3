// What a reader fills in, without what imitates the tag around context: the same as `src/handbook/wrapper.rs`. Change
// both together, a test compares them.
(function () {
  const handbook = (window.handbook = window.handbook || {});
  // What Rust takes for white space, as in the script that joins.
  const WHITE = "\\t-\\r \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";

  const START = /[<＜﹤‹〈\u2329⟨❮❰❬˂ᐸ⧼⦑≺«⟪《𝈶ㄑ⪡≮]|&nvlt;|&(?:lt|#0*60(?![0-9])|#x0*3c(?![0-9a-f]));?/giu;
  const END = /[>＞﹥›〉\u232a⟩❯❱❭˃ᐳ⧽⦒≻»⟫》𝈷⪢≯]|&gt/iu;
  const GAP = /^(?:[ \t\n\r\xa0\u2000-\u200a\u202f\u205f\u3000/\\／∕⁄⧸╱＼⧵]|\p{M}){0,16}/u;
  const SLASH = /[/／∕⁄⧸╱]/;
  const NAMED = new RegExp("^[" + WHITE + "]+name[" + WHITE + "]*[=＝]", "i");
  const LIKE = [["c", "сСϲϹᴄᏟꮯⲥⲤꓚҫҪᑕ𐊢𐌂"], ["o", "оОοΟօՕᴏσꓳⲟⲞჿס๐०০ဝഠ𐐬𐓪"], ["n", "ոռɴΝꓠⲛⲚпη"], ["t", "тТτΤᴛᎢꓔⲧⲦ𐌕"],
    ["e", "еЕεΕҽᴇᎬꓰⲉⲈ℮єЄꬲ"], ["x", "хХχΧ×ᕁꓫⲭⲬᕽ⨯⤫ҳҲ"]];

  function plain(c) {
    const like = LIKE.find(([, others]) => others.includes(c));
    return like ? like[0] : [...c.normalize("NFKD")][0].replace(/[A-Z]/, (letter) => letter.toLowerCase());
  }

  // How much of what stands behind a sign makes a tag of it; nothing where it is none.
  function tagLength(rest) {
    const gap = GAP.exec(rest)[0];
    let behind = rest.slice(gap.length);
    for (const letter of "context") {
      const c = [...behind.slice(0, 2)][0];
      if (!c || plain(c) !== letter) return 0;
      behind = behind.slice(c.length).replace(/^\p{M}+/u, "");
    }
    if (/^([0-9a-z_]|[-.:][0-9a-z])/i.test(behind) || gap.startsWith("\\")) return 0;
    const length = rest.length - behind.length;
    if (gap === "" || SLASH.test(gap)) return length;
    const named = NAMED.exec(behind);
    if (named) return length + named[0].length;
    const end = [...behind.slice(0, 800)].slice(0, 400).join("").search(END);
    return end < 0 ? 0 : length + end + 1;
  }

  // The tags that look like the one around a module: where each begins, where its sign ends and where it ends itself.
  function tags(text) {
    const all = [...text.matchAll(START)].map((found) => {
      const sign = found.index + found[0].length;
      return { start: found.index, sign, end: sign + tagLength(text.slice(sign)) };
    });
    return all.filter((tag) => tag.end > tag.sign);
  }

  // A text with a backslash at some places, which count from `from`.
  function broken(text, places, from) {
    let out = "", done = 0;
    for (const place of places) {
      out += text.slice(done, place - from) + "\\";
      done = place - from;
    }
    return out + text.slice(done);
  }

  // A text that neither opens nor closes the tag around a module: `<context` in it reads `<\context`.
  handbook.harmless = (text) => broken(text, tags(text).map((tag) => tag.sign), 0);

  // Defuses, in the pieces of a message, every tag that a value takes part in. Whether there was one.
  handbook.defuse = function (pieces) {
    let at = 0;
    const placed = pieces.map((piece) => ({ piece, start: at, end: (at += piece.text.length) }));
    const values = placed.filter(({ piece, start, end }) => piece.kind === "value" && end > start);
    if (!values.length) return false;
    // Tags and values come in the order of the text, so each is looked at once.
    let near = 0;
    const takesPart = (tag) => {
      while (near < values.length && values[near].end <= tag.start) near += 1;
      return near < values.length && values[near].start < tag.end;
    };
    const signs = tags(pieces.map((piece) => piece.text).join("")).filter(takesPart).map((tag) => tag.sign);
    let from = 0;
    for (const { piece, start, end } of signs.length ? placed : []) {
      let to = from;
      while (to < signs.length && signs[to] <= end) to += 1;
      piece.text = broken(piece.text, signs.slice(from, to), start);
      from = to;
    }
    return signs.length > 0;
  };
})();
