/* Answers queries from shards that are loaded as scripts when they are needed, so that it works from a folder too. The
   rules of ranking stand in src/search/ranking.rs; both sides score with elasticlunr. */
(function (global) {
  "use strict";

  var LONGER = 0.15;
  var BEGINNING = 4;
  var PREFIX_SHARDS = 3;
  var CORRECTIONS = 4;
  var tokenizer = global.handbookTokenizer;
  var elasticlunr = global.elasticlunr;

  var manifest = null;
  var index = null;
  var shards = {};
  var titles = {};
  var vocabulary = null;
  var filters = null;
  var waiting = {};

  /* ---- what the data scripts call ---- */

  function receiveManifest(data) {
    manifest = data;
    index = new elasticlunr.Index();
    index.addField("all");
    // Field lengths are folded into the frequencies: the store only tells how many documents there are.
    index.documentStore.length = data.documents;
  }

  // A shard is `word gapLETTERgapLETTER,…`: each gap in base 36, each letter a weight.
  function receiveShard(nth, text) {
    shards[nth] = true;
    var tree = index.index.all;
    var at = 0;
    while (at < text.length) {
      var space = text.indexOf(" ", at);
      var end = text.indexOf(",", space);
      unfold(tree, text.slice(at, space), text, space + 1, end);
      at = end + 1;
    }
  }

  function unfold(tree, word, text, from, end) {
    var number = -1;
    var gap = 0;
    for (var i = from; i < end; i++) {
      var code = text.charCodeAt(i);
      if (code >= 97) gap = gap * 36 + code - 87;
      else if (code < 58) gap = gap * 36 + code - 48;
      else {
        number += gap;
        gap = 0;
        tree.addToken(word, { ref: number, tf: manifest.weights[code - 65] });
      }
    }
  }

  function receiveTitles(nth, rows) {
    titles[nth] = rows.map(function (row) {
      return { path: row[0], title: row[1], summary: row[2], kind: manifest.kinds[row[3]],
        status: row[4] ? manifest.statuses[row[4] - 1] : null };
    });
  }

  // The vocabulary is `sharedLETTERrest,…`: how much of the word before it is shared, and how many entries have it.
  function receiveWords(text) {
    var before = [];
    vocabulary = [];
    text.split(",").forEach(function (item) {
      var parts = /^([0-9a-z]+?)([A-Z])(.*)$/.exec(item);
      if (!parts) return;
      before = before.slice(0, parseInt(parts[1], 36)).concat(Array.from(parts[3]));
      vocabulary.push({ word: before.join(""), length: before.length, many: parts[2].charCodeAt(0) - 65, letters: letters(before) });
    });
  }

  /* ---- loading ---- */

  function load(file) {
    if (!waiting[file]) {
      waiting[file] = new Promise(function (resolve, reject) {
        var script = document.createElement("script");
        script.src = api.root + "search/" + file + (manifest ? "?v=" + manifest.version : "");
        script.onload = function () { script.remove(); resolve(); };
        script.onerror = function () { script.remove(); delete waiting[file]; reject(new Error(file)); };
        document.head.appendChild(script);
      });
    }
    return waiting[file];
  }

  function start() {
    return manifest ? Promise.resolve() : load("manifest.js");
  }

  /* ---- one query ---- */

  // Words in the order of the index, by code points: a plain comparison has the halves of rare letters too early.
  function isBefore(a, b) {
    var at = 0;
    while (at < a.length && a[at] === b[at]) at++;
    if (at >= a.length || at >= b.length) return a.length < b.length;
    if (isHalf(a[at]) !== isHalf(b[at])) return isHalf(b[at]);
    return a[at] < b[at];
  }

  function isHalf(unit) {
    return unit >= "\ud800" && unit < "\ue000";
  }

  function shardOf(word) {
    var low = 0;
    var high = manifest.first.length;
    while (low < high) {
      var middle = (low + high) >> 1;
      if (!isBefore(word, manifest.first[middle])) low = middle + 1;
      else high = middle;
    }
    return Math.max(low - 1, 0);
  }

  // The shards that a word needs; those that words beginning with it need when it is half typed.
  function shardsOf(word, open) {
    var first = shardOf(word);
    var list = [first];
    while (open && list.length < PREFIX_SHARDS && first + list.length < manifest.first.length &&
      manifest.first[first + list.length].startsWith(word)) list.push(first + list.length);
    return list;
  }

  function missing(list) {
    return list.filter(function (nth) { return !shards[nth]; }).map(function (nth) { return nth + ".js"; });
  }

  function exactScores(word) {
    return index.fieldSearch([word], "all", { all: { boost: 1, bool: "OR", expand: false } }) || {};
  }

  // The words that a half-typed one may become: only those of its own shards, whatever else an earlier query loaded.
  function expand(word) {
    var beyond = manifest.first[shardOf(word) + PREFIX_SHARDS];
    return index.index.all.expandToken(word).filter(function (term) { return !beyond || isBefore(term, beyond); });
  }

  // Longer words count little beside the one that is typed; more where nothing has it, for then it is half typed.
  function scores(word, open) {
    if (!open) return exactScores(word);
    var raise = index.index.all.getDocFreq(word) ? 1 : BEGINNING;
    var sums = {};
    expand(word).forEach(function (term) {
      var part = term === word ? raise : LONGER * raise * word.length / term.length;
      var found = exactScores(term);
      for (var ref in found) sums[ref] = (sums[ref] || 0) + found[ref] * part;
    });
    return sums;
  }

  // What is known of a query now: an answer, or the files that it still needs.
  function evaluate(query, literal) {
    var read = tokenizer.readQuery(query);
    var words = read.words;
    var open = !read.cut && !/\s$/.test(query);
    var need = [];
    var asked = [];
    var corrected = [];
    words.forEach(function (word, at) {
      var half = open && at === words.length - 1;
      var files = missing(shardsOf(word, half));
      if (files.length) { need = need.concat(files); return; }
      var found = scores(word, half);
      if (literal || !isEmpty(found)) { asked.push(found); return; }
      if (!vocabulary) { need.push("words.js"); return; }
      var instead = nearest(word);
      var more = [].concat.apply([], instead.map(function (other) { return missing(shardsOf(other, false)); }));
      if (more.length) { need = need.concat(more); return; }
      asked.push(union(instead));
      if (instead.length) corrected.push({ word: word, instead: instead });
    });
    if (need.length) return { need: need };
    var joined = join(asked);
    return { words: words, cut: read.cut, corrected: corrected, all: joined.all, hits: joined.hits };
  }

  function isEmpty(object) {
    for (var key in object) return false;
    return true;
  }

  function union(words) {
    var sums = {};
    words.forEach(function (word) {
      var found = scores(word, false);
      for (var ref in found) sums[ref] = (sums[ref] || 0) + found[ref];
    });
    return sums;
  }

  // Entries that have all words; where there are none, those that have any, better the more they have.
  function join(asked) {
    var count = asked.length;
    var sums = {};
    var have = {};
    asked.forEach(function (found) {
      for (var ref in found) {
        sums[ref] = (sums[ref] || 0) + found[ref];
        have[ref] = (have[ref] || 0) + 1;
      }
    });
    var all = false;
    for (var ref in have) if (have[ref] === count) { all = true; break; }
    var hits = [];
    for (ref in sums) {
      if (!all || have[ref] === count) hits.push({ ref: +ref, score: Math.round(sums[ref] * have[ref] / count * 1e6) });
    }
    hits.sort(function (a, b) { return b.score - a.score || a.ref - b.ref; });
    return { all: all, hits: hits };
  }

  /* ---- corrections: src/search/corrections.rs ---- */

  // A bit for each letter that a word has: words that differ by few letters differ by few bits.
  function letters(list) {
    var bits = 0;
    list.forEach(function (c) { bits |= 1 << (c.charCodeAt(0) % 31); });
    return bits;
  }

  function bitCount(bits) {
    var count = 0;
    for (; bits; bits &= bits - 1) count++;
    return count;
  }

  function nearest(word) {
    var list = Array.from(word);
    if (list.length < 3) return [];
    var limit = list.length <= 6 ? 1 : 2;
    var bits = letters(list);
    var found = [];
    vocabulary.forEach(function (known) {
      if (Math.abs(known.length - list.length) > limit || bitCount(known.letters ^ bits) > 2 * limit) return;
      var slips = distance(list, Array.from(known.word));
      if (slips <= limit) found.push({ slips: slips, other: Array.from(known.word)[0] !== list[0], many: known.many, word: known.word });
    });
    found.sort(function (a, b) {
      return a.slips - b.slips || a.other - b.other || b.many - a.many || (isBefore(a.word, b.word) ? -1 : 1);
    });
    return found.slice(0, CORRECTIONS).map(function (known) { return known.word; });
  }

  // Letters more, less, changed, or two swapped (optimal string alignment).
  function distance(a, b) {
    var before = [];
    var last = [];
    for (var j = 0; j <= b.length; j++) last[j] = j;
    for (var i = 1; i <= a.length; i++) {
      var row = [i];
      for (j = 1; j <= b.length; j++) {
        var change = last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
        row[j] = Math.min(last[j] + 1, row[j - 1] + 1, change);
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
      }
      before = last;
      last = row;
    }
    return last[b.length];
  }

  /* ---- for the interface ---- */

  // Answers a query, at once where everything is loaded: `then` is called with the answer before this returns.
  function answer(query, literal, then, fail) {
    if (!manifest) return start().then(function () { answer(query, literal, then, fail); }, fail);
    var found = evaluate(query, literal);
    if (!found.need) return then(found);
    Promise.all(found.need.map(load)).then(function () { answer(query, literal, then, fail); }, fail);
  }

  // The titles of some hits, at once where they are loaded.
  function rows(hits, then, fail) {
    var need = hits.map(function (hit) { return Math.floor(hit.ref / manifest.block); }).filter(function (nth, at, all) {
      return !titles[nth] && all.indexOf(nth) === at;
    });
    function give() {
      then(hits.map(function (hit) { return titles[Math.floor(hit.ref / manifest.block)][hit.ref % manifest.block]; }));
    }
    if (!need.length) return give();
    Promise.all(need.map(function (nth) { return load("t" + nth + ".js"); })).then(give, fail);
  }

  function allFilters(then, fail) {
    if (filters) return then(filters);
    start().then(function () { return load("filters.js"); }).then(function () { then(filters); }, fail);
  }

  var api = {
    root: "",
    manifest: receiveManifest,
    shard: receiveShard,
    titles: receiveTitles,
    words: receiveWords,
    filters: function (data) { filters = data; },
    start: start,
    answer: answer,
    rows: rows,
    allFilters: allFilters,
    texts: function () { return manifest.texts; },
    filterKeys: function () { return manifest.filters; }
  };
  global.handbookSearch = api;
})(typeof window === "undefined" ? globalThis : window);
