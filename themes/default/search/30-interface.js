/* The search box, the list of results and the filters, in the dialog and on the search page alike. */
(function () {
  "use strict";

  var STEP = 10;
  // How many letters of an entry are looked through for a passage, and how many a paragraph has at most.
  var LOOKED_THROUGH = 200000;
  var LONGEST_BLOCK = 4000;
  var engine = window.handbookSearch;
  var tokenizer = window.handbookTokenizer;

  function element(name, attributes, children) {
    var made = document.createElement(name);
    for (var key in attributes || {}) made.setAttribute(key, attributes[key]);
    (children || []).forEach(function (child) { made.append(child); });
    return made;
  }

  /* Puts results for `input` into `place`. `page` keeps the address in step. */
  function mount(place, input, page) {
    var words = {};
    // The terms that narrow the answers, by the key of their filter.
    var chosen = Object.create(null);
    var shown = STEP;
    var query = "";
    var literal = false;
    var current = 0;
    var results = [];

    var status = element("p", { class: "search-status", role: "status" });
    var notes = element("div", { class: "search-notes" });
    var list = element("ol", { class: "search-results" });
    var more = element("button", { type: "button", class: "search-more", hidden: "" });
    var filterBox = element("details", { class: "search-filters" });
    var filterTitle = element("summary");
    var groups = element("div", { class: "search-groups" });
    filterBox.append(filterTitle, groups);
    filterBox.hidden = true;
    place.append(status, notes, filterBox, list, more);

    input.addEventListener("input", function () { shown = STEP; literal = false; ask(); });
    more.addEventListener("click", function () { var at = list.children.length; shown += STEP; show(function () { focusResult(at); }); });
    filterBox.addEventListener("toggle", function () { if (filterBox.open) drawFilters(); });
    place.addEventListener("keydown", keys);
    input.addEventListener("keydown", keys);

    function ask() {
      // One letter more than is searched, so that it shows that there are more.
      query = input.value.slice(0, 2 * tokenizer.QUERY_LIMIT + 2);
      var turn = ++current;
      if (page) keepAddress();
      if (!tokenizer.queryWords(query).length) {
        results = [];
        clear();
        status.textContent = query.trim() ? words.search_short : "";
        return;
      }
      var late = setTimeout(function () { status.textContent = words.search_waiting; }, 250);
      engine.answer(query, literal, function (answer) {
        clearTimeout(late);
        if (turn === current) take(answer);
      }, failed);
    }

    function take(answer) {
      results = answer.hits;
      place.dataset.words = answer.words.concat([].concat.apply([], answer.corrected.map(function (c) { return c.instead; }))).join(" ");
      drawNotes(answer);
      if (Object.keys(chosen).length || filterBox.open) return engine.allFilters(function () { drawFilters(); show(); }, failed);
      show();
    }

    function failed() {
      clear();
      status.textContent = words.search_failed;
    }

    function clear() {
      list.replaceChildren();
      notes.replaceChildren();
      more.hidden = true;
      filterBox.hidden = true;
    }

    function drawNotes(answer) {
      notes.replaceChildren();
      if (answer.cut) notes.append(element("p", {}, [words.search_cut]));
      if (answer.corrected.length) {
        var instead = answer.words.map(function (word) {
          var fix = answer.corrected.find(function (c) { return c.word === word; });
          return fix ? fix.instead[0] : word;
        });
        var exact = element("button", { type: "button" }, [query.trim()]);
        exact.addEventListener("click", function () { literal = true; input.focus(); ask(); });
        notes.append(element("p", {}, [words.search_instead + " ", element("strong", {}, [instead.join(" ")]), ". " + words.search_only + " ", exact]));
      }
      if (!answer.all && answer.hits.length) notes.append(element("p", {}, [words.search_any]));
      if (!answer.hits.length) notes.append(element("p", {}, [words.search_none_help]));
    }

    function kept() {
      var keys = Object.keys(chosen);
      if (!keys.length) return results;
      var kept = results;
      engine.allFilters(function (filters) {
        kept = results.filter(function (hit) {
          return keys.every(function (key) {
            var filter = filters.find(function (f) { return f.key === key; });
            return !filter || chosen[key].every(function (term) { return filter.entries[hit.ref].includes(filter.terms.indexOf(term)); });
          });
        });
      }, failed);
      return kept;
    }

    function show(then) {
      var hits = kept();
      var turn = current;
      filterBox.hidden = !results.length;
      engine.rows(hits.slice(0, shown), function (rows) {
        if (turn !== current) return;
        list.replaceChildren.apply(list, rows.map(row));
        more.hidden = hits.length <= shown;
        status.textContent = hits.length ? hits.length + " " + (hits.length === 1 ? words.search_one : words.search_many) :
          words.search_none + " “" + query.trim() + "”";
        place.dispatchEvent(new CustomEvent("handbook:answered"));
        if (then) then();
        passages(rows);
      }, failed);
    }

    function row(entry) {
      var title = element("a", { href: engine.root + entry.path });
      marked(title, entry.title);
      var summary = element("p", { class: "search-teaser" });
      marked(summary, entry.summary);
      var meta = element("p", { class: "meta" }, [element("span", { class: "kind", "data-kind": entry.kind[0] }, [entry.kind[1]])]);
      if (entry.status) meta.append(" ", element("span", { class: "status", "data-status": entry.status[0] }, [entry.status[1]]));
      return element("li", { "data-kind": entry.kind[0] }, [title, summary, meta]);
    }

    // Texts with the words of the query marked.
    function marked(into, text) {
      var asked = (place.dataset.words || "").split(" ").filter(Boolean);
      var at = 0;
      for (var match of text.matchAll(tokenizer.WORDS)) {
        var word = tokenizer.lower(tokenizer.fold(match[0]));
        if (!asked.some(function (term) { return word.startsWith(term); })) continue;
        into.append(text.slice(at, match.index), element("mark", {}, [match[0]]));
        at = match.index + match[0].length;
      }
      into.append(text.slice(at));
    }

    // Where the summary has none of the words, the passage that has them, from the entry's Markdown. A folder on a disk
    // gives no text to a page, so there the summary stays.
    function passages(rows) {
      if (!/^http/.test(location.protocol)) return;
      var turn = current;
      rows.forEach(function (entry, at) {
        var item = list.children[at];
        var teaser = item && item.querySelector(".search-teaser");
        if (!teaser || teaser.querySelector("mark") || item.querySelector("a mark") && entry.summary) return;
        fetch(engine.root + entry.path.replace(/\.html$/, ".md")).then(function (reply) { return reply.ok ? reply.text() : ""; })
          .then(function (text) { if (turn === current && text) passage(teaser, text); }, function () {});
      });
    }

    // The paragraphs of the beginning of a text; of a very long one the pieces.
    function blocks(text) {
      return text.slice(0, LOOKED_THROUGH).split(/\n{2,}/).flatMap(function (block) {
        var pieces = [];
        for (var at = 0; at < block.length; at += LONGEST_BLOCK) pieces.push(block.slice(at, at + LONGEST_BLOCK));
        return pieces;
      });
    }

    function passage(teaser, text) {
      var asked = (place.dataset.words || "").split(" ").filter(Boolean);
      var best = null;
      blocks(text).forEach(function (block) {
        var has = Array.from(new Set(tokenizer.words(block, false)));
        var found = asked.filter(function (term) { return has.some(function (word) { return word.startsWith(term); }); }).length;
        if (found && (!best || found > best.found)) best = { found: found, block: block };
      });
      if (!best) return;
      var plain = best.block.replace(/[#>*_`|]+/g, " ").replace(/\[([^[\]]*)\]\([^()]*\)/g, "$1").replace(/\s+/g, " ").trim();
      var words = Array.from(plain.matchAll(tokenizer.WORDS));
      var hit = words.findIndex(function (match) {
        var word = tokenizer.lower(tokenizer.fold(match[0]));
        return asked.some(function (term) { return word.startsWith(term); });
      });
      var start = words[Math.max(hit - 8, 0)] ? words[Math.max(hit - 8, 0)].index : 0;
      var cut = plain.slice(start, start + 180);
      teaser.replaceChildren();
      marked(teaser, (start ? "… " : "") + cut + (start + 180 < plain.length ? " …" : ""));
    }

    /* ---- filters ---- */

    function drawFilters() {
      engine.allFilters(function (filters) {
        groups.replaceChildren();
        var hits = kept();
        filters.forEach(function (filter) {
          var counts = {};
          hits.forEach(function (hit) { filter.entries[hit.ref].forEach(function (term) { counts[term] = (counts[term] || 0) + 1; }); });
          // What every result has narrows nothing; what is chosen stays, to be taken back.
          var picked = chosen[filter.key] || [];
          var terms = Object.keys(counts).map(Number).filter(function (term) {
            return counts[term] < hits.length || picked.includes(filter.terms[term]);
          }).sort(function (a, b) { return counts[b] - counts[a] || a - b; }).slice(0, filter.key === "kind" ? 12 : 8);
          if (!terms.length) return;
          var chips = terms.map(function (term) { return chip(filter, filter.terms[term], counts[term]); });
          groups.append(element("fieldset", {}, [element("legend", {}, [filter.label])].concat(chips)));
        });
        if (Object.keys(chosen).length) {
          var off = element("button", { type: "button", class: "search-clear" }, [words.search_clear]);
          off.addEventListener("click", function () { chosen = Object.create(null); changed(); });
          groups.append(off);
        }
      }, failed);
    }

    function chip(filter, term, count) {
      var on = (chosen[filter.key] || []).includes(term);
      var button = element("button", { type: "button", class: "chip", "aria-pressed": String(on) }, [term + " ", element("span", { class: "count" }, [String(count)])]);
      button.addEventListener("click", function () {
        var terms = (chosen[filter.key] || []).filter(function (other) { return other !== term; });
        if (!on) terms.push(term);
        if (terms.length) chosen[filter.key] = terms;
        else delete chosen[filter.key];
        changed(filter.label, term);
      });
      return button;
    }

    function changed(label, term) {
      shown = STEP;
      if (page) keepAddress();
      drawFilters();
      show();
      // The buttons were made anew: the one that was pressed keeps the focus.
      var same = Array.from(groups.querySelectorAll("fieldset")).find(function (set) { return set.firstChild.textContent === label; });
      var button = same && Array.from(same.querySelectorAll("button")).find(function (b) { return b.firstChild.textContent.trim() === term; });
      if (button) button.focus();
    }

    /* ---- keys ---- */

    function keys(event) {
      var links = Array.from(list.querySelectorAll("a"));
      var at = links.indexOf(document.activeElement);
      if (event.key === "ArrowDown" && (at >= 0 || document.activeElement === input) && links.length) {
        event.preventDefault();
        focusResult(Math.min(at + 1, links.length - 1));
      } else if (event.key === "ArrowUp" && at >= 0) {
        event.preventDefault();
        if (at === 0) input.focus();
        else focusResult(at - 1);
      } else if (event.key === "Enter" && document.activeElement === input && links.length) {
        event.preventDefault();
        links[0].click();
      }
    }

    function focusResult(at) {
      var links = list.querySelectorAll("a");
      if (links[at]) links[at].focus();
    }

    /* ---- the address of the search page carries the query and the filters ---- */

    function keepAddress() {
      var state = new URLSearchParams();
      if (query) state.set("q", query);
      for (var key in chosen) chosen[key].forEach(function (term) { state.append(key, term); });
      var text = state.toString();
      try {
        history.replaceState(null, "", location.pathname + (text ? "?" + text : ""));
      } catch (refused) {
        // A page in a folder may only change what stands behind the #.
        location.replace("#" + text);
      }
    }

    function readAddress() {
      var state = new URLSearchParams(location.search.slice(1) || location.hash.slice(1));
      var known = engine.filterKeys();
      state.forEach(function (value, key) {
        if (key === "q") input.value = input.value || window.handbook.clean(value.slice(0, input.maxLength));
        else if (known.includes(key)) (chosen[key] = chosen[key] || []).push(value);
      });
    }

    // What was typed while the scripts were loading is asked for as soon as there is somebody to ask.
    engine.start().then(function () {
      words = engine.texts();
      more.textContent = words.search_more;
      filterTitle.textContent = words.search_filters;
      if (page) readAddress();
      if (input.value) ask();
    }, function () { status.textContent = input.dataset.failed || ""; });
  }

  window.handbookSearch.mount = mount;
})();
