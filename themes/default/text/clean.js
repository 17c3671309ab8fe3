// What a reader fills in or asks, without what nobody sees: the same as `src/text/hidden.rs`. Change both together, a test
// compares them.
(function () {
  const handbook = (window.handbook = window.handbook || {});
  const one = (inside) => new RegExp("^[" + inside + "]$", "u");

  const HIDDEN = one("\\0-\\x08\\x0b-\\x1f\\x7f-\\x9f\\xad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u200b" +
    "\\u2028-\\u202e\\u2060-\\u206f\\u2800\\u3164\\ufe00-\\ufe0d\\ufeff\\uffa0\\ufff0-\\ufffc\\ufdd0-\\ufdef" +
    "\\u{13430}-\\u{1345f}\\u{16fe4}\\u{1bca0}-\\u{1bca3}\\u{1d159}\\u{1d173}-\\u{1d17a}\\u{e0000}-\\u{e0fff}");
  const BLANK = one(" \\t\\n\\xa0\\u1680\\u2000-\\u200a\\u202f\\u205f\\u3000");
  const SEPARATOR = /^[\v\f\r\x85\u2028\u2029]$/;
  const MARK = /^[\u200c-\u200f]$/;
  const JOINED = one("\\u0600-\\u0dff\\u0f00-\\u109f\\u1700-\\u18af\\u1900-\\u1cff\\ua800-\\uab2f\\uabc0-\\uabff\\ufb50-\\ufdcf" +
    "\\ufdf0-\\ufdff\\ufe70-\\ufefc\\u{10a00}-\\u{11fff}\\u{1e900}-\\u{1e95f}");
  const LETTER = one("A-Za-z\\xc0-\\u{10ffff}");
  const NO_LETTER = one("\\xd7\\xf7\\u2000-\\u2bff\\u3000-\\u303f\\ufe0e\\ufe0f\\u{1f000}-\\u{1faff}");
  const RIGHT_TO_LEFT = one("\\u0590-\\u08ff\\ufb1d-\\ufdff\\ufe70-\\ufefc\\u{10800}-\\u{10fff}\\u{1e800}-\\u{1efff}");
  const MONGOLIAN = /^[\u1807\u1820-\u18aa]$/;
  const HIEROGLYPH = one("\\u{13000}-\\u{1342f}\\u{13460}-\\u{143ff}");
  const EMOJI = /^\p{Emoji}$/u;
  const COMBINING = /^\p{M}$/u;
  const PUNCTUATION = /^\p{P}$/u;
  const FLAG = /^\u{1f3f4}\u{e0067}\u{e0062}(\u{e0065}\u{e006e}\u{e0067}|\u{e0073}\u{e0063}\u{e0074}|\u{e0077}\u{e006c}\u{e0073})\u{e007f}/u;
  const PLAIN = /^[\x20-\x7e\n\t]*$/;
  const RUN = /[ \t\n]{24}/;
  const MOST_COLUMNS = 120;
  const MOST_LINE_ENDS = 25;
  const MOST_MARKS = 8;

  const isHidden = (c) => HIDDEN.test(c) || (c.codePointAt(0) & 0xfffe) === 0xfffe;
  const isSign = (c) => EMOJI.test(c) && c > "\x7f";
  const isJoined = (c) => JOINED.test(c) && !isHidden(c);
  const isLetter = (c) => LETTER.test(c) && !NO_LETTER.test(c) && !isHidden(c) && !COMBINING.test(c);
  const isSuspect = (c) => /^[\u200c-\u200f\ufe0e\ufe0f]$/.test(c) || isHidden(c);
  const isPunctuation = (c) => PUNCTUATION.test(c) && JOINED.test(c);
  const width = (c) => (c === "\t" ? 4 : c === "\u3000" ? 2 : 1);

  // Whether the next letter of the line runs from right to left.
  function beforeRtl(all, at) {
    for (let next = at; next < at + 64 && next < all.length && all[next] !== "\n"; next += 1) {
      if (isLetter(all[next])) return RIGHT_TO_LEFT.test(all[next]);
    }
    return false;
  }

  // Whether a character is hidden, given what is shown before it, what stands behind it, what comes next of what can be
  // seen, and what the letter before is.
  function isHiddenHere(all, at, before, [after, next], afterRtl) {
    const c = all[at];
    if (c === "\ufe0e" || c === "\ufe0f") return !isSign(before) && !(after === "\u20e3" && /^[0-9#*]?$/.test(before));
    if (MARK.test(c)) {
      if (MARK.test(before)) return true;
      if (c > "\u200d") return !afterRtl && !beforeRtl(all, at + 1);
      if (c === "\u200d" && (isSign(before) || before === "\ufe0f") && isSign(after)) return false;
      if (isPunctuation(before) || isPunctuation(next)) return true;
      return !isJoined(before) && !isJoined(after);
    }
    if (c === "\u180e") return !MONGOLIAN.test(before) || !/^[\u1820\u1821]$/.test(after);
    if (c >= "\u180b" && c <= "\u180f") return !MONGOLIAN.test(before);
    if (/^[\u{13430}-\u{13455}]$/u.test(c)) return !HIEROGLYPH.test(before) && !HIEROGLYPH.test(after);
    return isHidden(c);
  }

  // A text with the line ends of every system as line feeds, without hidden characters and without the blanks of a run
  // that are too many.
  handbook.clean = function (text) {
    if (PLAIN.test(text) && !RUN.test(text)) return text;
    const all = [...text.replace(/\r\n?/g, "\n").replace(/[\ud800-\udfff]/gu, "\ufffd")];
    let kept = "", before = "", afterRtl = false, columns = 0, lineEnds = 0, marks = 0;
    const isHeaped = (c) => marks >= MOST_MARKS && COMBINING.test(c);
    for (let at = 0; at < all.length; at += 1) {
      let c = all[at];
      const flag = c === "\u{1f3f4}" && FLAG.exec(all.slice(at, at + 7).join(""));
      if (flag) at += 6;
      else if (c === "\n" ? lineEnds >= MOST_LINE_ENDS : BLANK.test(c) && columns + width(c) > MOST_COLUMNS) continue;
      else if (SEPARATOR.test(c)) {
        if (columns >= MOST_COLUMNS) continue;
        c = " ";
      } else if (!BLANK.test(c)) {
        const after = isHeaped(all[at + 1] || "") ? "" : all[at + 1] || "";
        const next = MARK.test(c) && all.slice(at + 1, at + 65).find((one) => !isSuspect(one) && !isHeaped(one));
        if (isHeaped(c) || isHiddenHere(all, at, before, [after, next || ""], afterRtl)) continue;
      }
      kept += flag ? flag[0] : c;
      before = c;
      if (COMBINING.test(c)) marks += 1;
      else if (!MARK.test(c)) marks = 0;
      if (c === "\n") [columns, lineEnds, afterRtl] = [0, lineEnds + 1, false];
      else if (BLANK.test(c)) columns += width(c);
      else {
        [columns, lineEnds] = [0, 0];
        if (isLetter(c)) afterRtl = RIGHT_TO_LEFT.test(c);
      }
    }
    return kept;
  };
})();
