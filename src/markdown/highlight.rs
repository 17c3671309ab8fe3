//! Colours for code, as a dozen one-letter classes that serve the light and the dark theme alike.
//!
//! Highlighting is the one part of a build whose cost the author's text decides without bound: grammars are regular
//! expressions with backtracking, thousands of them, from many hands. So there are limits on every axis, and all of
//! them count bytes, steps or levels and never time: two machines make the same bytes.

mod grammars;
mod lines;

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::{Arc, LazyLock, Mutex};

use foldhash::fast::FixedState;
use syntect::parsing::{ParseState, Scope, ScopeStackOp, SyntaxReference};
use syntect::util::LinesWithEndings;

pub use self::grammars::is_language;
use self::grammars::{grammar, is_plain};
use self::lines::Lines;
use crate::text::html::push_text;

/// The scopes that get a class, most special first. The first prefix that fits decides, so a scope must stand before
/// every prefix of its own name. Names are those of the `TextMate` and Sublime Text conventions.
static CLASSES: LazyLock<Vec<(Scope, Class)>> = LazyLock::new(|| {
    [
        ("comment", 'c'),
        ("string", 's'),
        ("constant.numeric", 'n'),
        ("constant.language", 'k'),
        ("constant.character.escape", 'e'),
        ("constant", 'n'),
        ("keyword", 'k'),
        ("storage", 'k'),
        ("entity.name.tag", 't'),
        ("entity.other.attribute-name", 'a'),
        ("entity.name", 'f'),
        ("meta.mapping.key", 'a'),
        ("support.type.property-name", 'a'),
        ("support.function", 'f'),
        ("support", 'b'),
        ("variable.parameter", 'v'),
        ("variable.function", 'f'),
        ("variable", 'v'),
        ("markup.heading", 'h'),
        ("markup.bold", 'o'),
        ("markup.italic", 'i'),
        ("markup.underline.link", 'l'),
        ("markup.inserted", 's'),
        ("markup.deleted", 'e'),
        ("invalid", 'x'),
    ]
    .into_iter()
    .filter_map(|(name, class)| Scope::new(name).ok().map(|scope| (scope, class)))
    .collect()
});

/// A class of the theme's style sheet, one letter: a page of code has thousands of spans.
type Class = char;

/// The most bytes of a block that is coloured: colour helps nobody in a larger one, and costs much.
pub const BLOCK_LIMIT: usize = 64 * 1024;

/// The most bytes of a line in a block that is coloured: a longer one is data, on which grammars run away.
pub const LINE_LIMIT: usize = 1_000;

/// The most bytes of code that are coloured on one page.
pub const PAGE_LIMIT: usize = 256 * 1024;

/// How deep a grammar may be in its rules in code that is coloured: it looks through all of them at each word, and
/// people nest no deeper.
const DEPTH_LIMIT: usize = 150;

/// After how many bytes the depth is looked at: within them it grows by no more than their number, and looking means
/// writing the state out.
const DEPTH_EVERY: usize = 1_000;

/// What of a page's code is coloured, block by block in the order of the text. Where it is used up, blocks are plain.
/// The outline and the writer each keep one over the same blocks, so that what is reported is what is shown.
#[derive(Debug, Clone, Default)]
pub struct Budget {
    /// Bytes of the blocks that were coloured so far.
    used: usize,
    /// Bytes of the open block.
    bytes: usize,
    /// Bytes of its open line, and of its longest: a text comes in pieces that need not end with a line.
    line: usize,
    longest: usize,
}

impl Budget {
    /// Reads a piece of the code of a block. Pieces may be cut anywhere.
    pub fn read(&mut self, code: &str) {
        self.bytes += code.len();
        let mut lines = code.split('\n');
        self.line += lines.next().map_or(0, str::len);
        self.longest = self.longest.max(self.line);
        for line in lines {
            self.line = line.len();
            self.longest = self.longest.max(self.line);
        }
    }

    /// Ends a block in a language. What is wrong with it where it is too much to be coloured; `None` where there is
    /// room, and then it is used, or where the language is none.
    pub fn end(&mut self, language: &str) -> Option<TooMuch> {
        let (bytes, longest) = (self.bytes, self.longest);
        (self.bytes, self.line, self.longest) = (0, 0, 0);
        // Blocks without colour cost nothing.
        if is_plain(language) {
            return None;
        }
        if bytes > BLOCK_LIMIT {
            return Some(TooMuch::Block(bytes));
        }
        if longest > LINE_LIMIT {
            return Some(TooMuch::Line(longest));
        }
        if self.used + bytes > PAGE_LIMIT {
            return Some(TooMuch::Page);
        }
        self.used += bytes;
        None
    }
}

/// Why a block of code is not coloured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TooMuch {
    /// It has this many bytes, more than [`BLOCK_LIMIT`].
    Block(usize),
    /// It has a line of this many bytes, more than [`LINE_LIMIT`].
    Line(usize),
    /// The blocks before it took [`PAGE_LIMIT`].
    Page,
}

/// Highlights code, memoised by language and text: pages share blocks, and a preview renders the same page again and
/// again. One is shared by all threads; two that meet a block at the same time both render it, to the same HTML.
#[derive(Debug, Default)]
pub struct Highlighter {
    done: Mutex<Done>,
}

/// Blocks that were rendered.
#[derive(Debug, Default)]
struct Done {
    /// By a digest of language and text, so that the text is not kept a second time.
    html: HashMap<[u8; 32], Arc<str>>,
    bytes: usize,
}

/// How many bytes of HTML are kept. A large handbook has more blocks than are worth the memory; the ones that stand on
/// one page after another are met again soon.
const KEPT_BYTES: usize = 8 * 1024 * 1024;

impl Done {
    /// Keeps a block, and nothing else where there is no more room: order of use is not tracked for so little.
    fn keep(&mut self, key: [u8; 32], html: &Arc<str>) {
        if self.bytes + html.len() > KEPT_BYTES {
            *self = Self::default();
        }
        if self.html.insert(key, Arc::clone(html)).is_none() {
            self.bytes += html.len();
        }
    }
}

impl Highlighter {
    /// The code as HTML with `<span class="…">`; `None` when there is no grammar for the language. Whether there is
    /// room for it on its page says a `Budget`.
    pub fn highlight(&self, language: &str, code: &str) -> Option<Arc<str>> {
        let syntax = grammar(language)?;
        let key = key(language, code);
        if let Some(html) = self.lock().html.get(&key) {
            return Some(Arc::clone(html));
        }
        let html: Arc<str> = render(syntax, code)?.into();
        self.lock().keep(key, &html);
        Some(html)
    }

    /// A thread that panicked while it held the lock left a whole map: at worst the count of bytes is short of one block.
    fn lock(&self) -> std::sync::MutexGuard<'_, Done> {
        self.done.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// The zero byte keeps language and code apart: neither can have one, since the stream takes such characters out.
fn key(language: &str, code: &str) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(language.as_bytes()).update(b"\0").update(code.as_bytes());
    *hasher.finalize().as_bytes()
}

/// Code as HTML; `None` when the grammar fails on it. The thread's cache of lines is taken out while it is used: a
/// panic in between loses the cache and nothing else.
fn render(syntax: &'static SyntaxReference, code: &str) -> Option<String> {
    let mut lines = LINES.take();
    let painted = paint(syntax, code, &mut lines);
    LINES.set(lines);
    painted
}

/// Parses and paints line by line. Places in a line come from the grammar, so they are not trusted to be in order or at
/// characters: `get` gives nothing then, and the block stays plain.
fn paint(syntax: &'static SyntaxReference, code: &str, lines: &mut Lines) -> Option<String> {
    let mut place = lines.begin(syntax);
    let (mut read, mut next_look) = (0, DEPTH_EVERY);
    let mut painter = Painter { out: String::with_capacity(code.len() * 3), ..Painter::default() };
    for line in LinesWithEndings::from(code) {
        let ops = lines.parse(&mut place, line)?;
        let mut at = 0;
        for (position, op) in ops.iter() {
            painter.text(line.get(at..*position)?);
            painter.apply(op);
            at = *position;
        }
        painter.text(line.get(at..)?);
        read += line.len();
        if read >= next_look {
            next_look = read + DEPTH_EVERY;
            if is_too_deep(lines.state(&place)) {
                return Some(painter.finish_plain(&code[read..]));
            }
        }
    }
    Some(painter.finish())
}

/// Whether a grammar is in more rules than [`DEPTH_LIMIT`]. The library shows the depth of a state only in its `Debug`
/// output, which names a `StateLevel` for each. If that name changes, `what_is_nested_too_deep_is_plain_from_there_on`
/// fails.
fn is_too_deep(state: &ParseState) -> bool {
    write!(Levels { left: DEPTH_LIMIT }, "{state:?}").is_err()
}

/// Counts the levels in the description of a state, and stops it when there are too many: it writes nothing.
struct Levels {
    left: usize,
}

impl std::fmt::Write for Levels {
    // The derived `Debug` writes the name of a struct in one piece.
    fn write_str(&mut self, part: &str) -> std::fmt::Result {
        if part == "StateLevel" {
            self.left = self.left.checked_sub(1).ok_or(std::fmt::Error)?;
        }
        Ok(())
    }
}

thread_local! {
    /// A cache of the class of every scope met so far.
    static KNOWN: RefCell<HashMap<Scope, Option<Class>, FixedState>> = RefCell::default();

    /// A cache of lines, one for each thread: shared, its lock would be held at every line.
    static LINES: Cell<Lines> = Cell::default();
}

/// Walks scopes and opens a span only where the class changes.
#[derive(Default)]
struct Painter {
    out: String,
    /// The class of each open scope; a scope without one has that of the scope around it.
    stack: Vec<Option<Class>>,
    /// Scopes set aside by `clear_scopes`.
    cleared: Vec<Vec<Option<Class>>>,
    open: Option<Class>,
}

impl Painter {
    /// Takes over a change of scopes. `Clear` and `Restore` are what a grammar embedded in another does: the scopes
    /// around it are set aside and come back.
    fn apply(&mut self, op: &ScopeStackOp) {
        match op {
            ScopeStackOp::Push(scope) => {
                let class = KNOWN.with_borrow_mut(|known| *known.entry(*scope).or_insert_with(|| class(*scope)));
                self.stack.push(class.or(self.stack.last().copied().flatten()));
            }
            ScopeStackOp::Pop(count) => self.stack.truncate(self.stack.len().saturating_sub(*count)),
            ScopeStackOp::Clear(amount) => {
                let keep = match amount {
                    syntect::parsing::ClearAmount::TopN(count) => self.stack.len().saturating_sub(*count),
                    syntect::parsing::ClearAmount::All => 0,
                };
                self.cleared.push(self.stack.split_off(keep));
            }
            ScopeStackOp::Restore => self.stack.extend(self.cleared.pop().unwrap_or_default()),
            ScopeStackOp::Noop => {}
        }
    }

    /// A piece of text in the class of the innermost scope that has one. Spans are opened when a text needs another
    /// class, not when a scope begins: most scopes have no class of their own.
    fn text(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        let class = self.stack.last().copied().flatten();
        // White space shows no colour, so it never needs a change of span.
        if class != self.open && !text.trim().is_empty() {
            self.close();
            if let Some(class) = class {
                let _ = write!(self.out, "<span class=\"{class}\">");
            }
            self.open = class;
        }
        push_text(&mut self.out, text);
    }

    fn close(&mut self) {
        if self.open.take().is_some() {
            self.out.push_str("</span>");
        }
    }

    /// Ends with a text without colour.
    fn finish_plain(mut self, rest: &str) -> String {
        self.close();
        push_text(&mut self.out, rest);
        self.out
    }

    fn finish(mut self) -> String {
        self.close();
        self.out
    }
}

/// The class of a scope; none of a scope that has no colour of its own.
fn class(scope: Scope) -> Option<Class> {
    CLASSES.iter().find(|(prefix, _)| prefix.is_prefix_of(scope)).map(|(_, class)| *class)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_is_marked_and_escaped() {
        let html =
            Highlighter::default().highlight("json", "{\"a\": [1, true, \"<b>\"]}\n").expect("json has a grammar");
        assert!(html.contains("<span class=\"n\">1</span>"), "{html}");
        assert!(html.contains("&lt;b&gt;") && !html.contains("<b>"), "{html}");
    }

    #[test]
    fn no_grammar_no_work() {
        let highlighter = Highlighter::default();
        assert!(highlighter.highlight("text", "a").is_none());
        assert!(highlighter.highlight("no-such-language", "a").is_none());
    }

    #[test]
    fn a_page_has_room_for_so_much_colour() {
        let mut budget = Budget::default();
        let mut end = |language: &str, code: &str| {
            budget.read(code);
            budget.end(language)
        };
        let block = "x".repeat(LINE_LIMIT - 1) + "\n";
        assert_eq!(end("json", &block.repeat(60)), None);
        assert_eq!(end("json", &block.repeat(66)), Some(TooMuch::Block(66_000)));
        assert_eq!(end("text", &block.repeat(66)), None);
        assert_eq!(end("json", &"x".repeat(LINE_LIMIT + 1)), Some(TooMuch::Line(LINE_LIMIT + 1)));
        assert_eq!([(); 4].map(|()| end("json", &block.repeat(60))), [None, None, None, Some(TooMuch::Page)]);
    }

    #[test]
    fn what_is_nested_too_deep_is_plain_from_there_on() {
        for (language, bracket) in [("d", "("), ("d", "["), ("d", "{")] {
            let code = format!("{}\n", bracket.repeat(900 / bracket.len())).repeat(70) + "return 1;\n";
            let html = Highlighter::default().highlight(language, &code).expect("a grammar");
            assert!(html.ends_with("\nreturn 1;\n"), "{language} {bracket}");
        }
        let shallow = format!("{}1{}\n", "[".repeat(40), "]".repeat(40)).repeat(200);
        let html = Highlighter::default().highlight("json", &shallow).expect("a grammar");
        assert_eq!(html.matches("<span class=\"n\">1</span>").count(), 200);
    }

    /// Lines on which a grammar's patterns need the cube of their length or more when nothing limits them.
    #[test]
    #[cfg(feature = "onig")]
    fn no_line_costs_more_than_the_steps_allow() {
        let lines = [
            ("ini", " ".repeat(990)),
            ("sv", "{".repeat(990)),
            ("reg", " ".repeat(990)),
            ("d", "'".repeat(990)),
            ("markdown", format!("<a {}", "\\[".repeat(480))),
            ("less", format!("<a {}", "a-".repeat(480))),
            ("python", format!("({}", "a.".repeat(480))),
            ("js", format!("({}", " ".repeat(980))),
            ("ml", "\\\\\"".repeat(320)),
        ];
        // Without the limit each of them takes minutes, or seconds at least: the test would not come to an end.
        for (language, line) in lines {
            let mut code = String::new();
            for nth in 0..8 {
                let _ = writeln!(code, "{line}{nth}");
            }
            assert!(Highlighter::default().highlight(language, &code).is_some(), "{language}");
        }
    }
}
