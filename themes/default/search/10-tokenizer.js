/* Words as the index knows them: the same here and in src/search/tokenizer.rs, where the rules stand. A test runs both
   over the same texts. */
(function (global) {
  "use strict";

  var LONGEST = 32;
  var QUERY_LIMIT = 1000;
  var WORDS_LIMIT = 32;
  var WORDS = /[\p{Alphabetic}\p{N}\p{M}]+/gu;
  var JOINT = /^[-'’._&/]$/;
  var PAIRED = /[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\u{20000}-\u{2fa1f}]+/gu;
  var SPELT = { "ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l",
    "đ": "d", "Đ": "d", "ð": "d", "Ð": "d", "þ": "th", "Þ": "th", "ı": "i", "ς": "σ" };

  function fold(text) {
    if (/^[\0-\x7f]*$/.test(text)) return text;
    return text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").normalize("NFC")
      .replace(/[ßẞæÆœŒøØłŁđĐðÐþÞıς]/g, function (c) { return SPELT[c]; });
  }

  // Letter by letter: a whole word in lower case would treat a sigma at its end in a way of its own.
  function lower(text) {
    return Array.from(text, function (c) { return c.toLowerCase(); }).join("");
  }

  function isSingle(word) {
    return word.length < 2 && word < "\x80";
  }

  function caseParts(part) {
    var parts = part.split(/(?<=\p{Lowercase})(?=\p{Uppercase})/u);
    return parts.length > 1 ? parts.map(lower) : [];
  }

  /* Every word of a text, in order. `forIndex` also gives the ways it should be found by. */
  function words(text, forIndex) {
    var found = [];
    var chain = [];
    var folded = fold(text);
    var last = 0;

    function emit(word) {
      if (!isSingle(word)) found.push(Array.from(word).slice(0, LONGEST).join(""));
    }
    function endChain() {
      if (!chain.length) return;
      var whole = chain.length === 1;
      var single = chain.some(isSingle);
      if (whole || forIndex || single) emit(chain.join(""));
      if (!whole && (forIndex || !single)) chain.forEach(emit);
      chain = [];
    }
    function part(word) {
      chain.push(lower(word));
      if (forIndex) caseParts(word).forEach(emit);
    }
    function pairs(run) {
      var letters = Array.from(run);
      if (letters.length === 1) emit(run);
      for (var i = 0; i + 1 < letters.length; i++) emit(letters[i] + letters[i + 1]);
    }

    for (var match of folded.matchAll(WORDS)) {
      if (chain.length && !JOINT.test(folded.slice(last, match.index))) endChain();
      last = match.index + match[0].length;
      var at = 0;
      for (var run of match[0].matchAll(PAIRED)) {
        if (run.index > at) part(match[0].slice(at, run.index));
        endChain();
        pairs(run[0]);
        at = run.index + run[0].length;
      }
      if (at < match[0].length) part(match[0].slice(at));
    }
    endChain();
    return found;
  }

  // The words of a query, each once, and whether it is longer than what is searched. As long a text is never cut into
  // letters whole: somebody pasted a document, and waits.
  function readQuery(text) {
    var letters = Array.from(text.slice(0, 2 * QUERY_LIMIT + 2));
    var all = Array.from(new Set(words(letters.slice(0, QUERY_LIMIT).join(""), false)));
    return { words: all.slice(0, WORDS_LIMIT), cut: letters.length > QUERY_LIMIT || all.length > WORDS_LIMIT };
  }

  function queryWords(text) {
    return readQuery(text).words;
  }

  global.handbookTokenizer = { words: words, readQuery: readQuery, queryWords: queryWords, fold: fold, lower: lower, WORDS: WORDS,
    QUERY_LIMIT: QUERY_LIMIT };
})(typeof window === "undefined" ? globalThis : window);
