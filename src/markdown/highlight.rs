//! Colours for code, as a dozen one-letter classes that serve the light and the dark theme alike.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::{Arc, LazyLock, Mutex};

use pulldown_cmark_escape::escape_html_body_text;
use syntect::parsing::{ParseState, Scope, ScopeStackOp, SyntaxReference, SyntaxSet};
use syntect::util::LinesWithEndings;

/// Grammars take milliseconds to load and are only needed once some block has a language.
static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(two_face::syntax::extra_newlines);

/// The scopes that get a class, most special first. The first prefix that fits decides.
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

type Class = char;

/// A block larger than this is shown plain: colour helps nobody there and costs much.
const SIZE_LIMIT: usize = 64 * 1024;

/// A line longer than this is nearly always data, on which grammars can run away.
const LINE_LIMIT: usize = 2_000;

/// Highlights code, the same block never twice.
#[derive(Debug, Default)]
pub struct Highlighter {
    done: Mutex<HashMap<[u8; 32], Arc<str>>>,
}

impl Highlighter {
    /// The code as HTML with `<span class="…">`; `None` when there is no grammar for the language, or no use in one.
    pub fn highlight(&self, language: &str, code: &str) -> Option<Arc<str>> {
        let syntax = syntax(language)?;
        if code.len() > SIZE_LIMIT || code.lines().any(|line| line.len() > LINE_LIMIT) {
            return None;
        }
        let key = key(language, code);
        if let Some(html) = self.lock().get(&key) {
            return Some(Arc::clone(html));
        }
        let html: Arc<str> = render(syntax, code)?.into();
        self.lock().insert(key, Arc::clone(&html));
        Some(html)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<[u8; 32], Arc<str>>> {
        self.done.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

fn syntax(language: &str) -> Option<&'static SyntaxReference> {
    if matches!(language, "" | "text" | "txt" | "plain" | "prompt" | "none") {
        return None;
    }
    SYNTAXES.find_syntax_by_token(language).filter(|syntax| syntax.name != "Plain Text")
}

fn key(language: &str, code: &str) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(language.as_bytes()).update(b"\0").update(code.as_bytes());
    *hasher.finalize().as_bytes()
}

/// `None` when the grammar fails on the code.
fn render(syntax: &SyntaxReference, code: &str) -> Option<String> {
    let mut lines = LINES.take();
    let painted = paint(ParseState::new(syntax), code, &mut lines);
    LINES.set(lines);
    painted
}

fn paint(mut state: ParseState, code: &str, lines: &mut Lines) -> Option<String> {
    let mut painter = Painter { out: String::with_capacity(code.len() * 3), ..Painter::default() };
    for line in LinesWithEndings::from(code) {
        let ops = lines.parse(&mut state, line)?;
        let mut at = 0;
        for (position, op) in ops.iter() {
            painter.text(line.get(at..*position)?);
            painter.apply(op);
            at = *position;
        }
        painter.text(line.get(at..)?);
    }
    Some(painter.finish())
}

thread_local! {
    /// The class of every scope met so far.
    static KNOWN: RefCell<HashMap<Scope, Option<Class>>> = RefCell::default();

    /// The lines met so far.
    static LINES: Cell<Lines> = Cell::default();
}

/// What a grammar makes of a line: operations, each at its byte.
type Operations = Arc<[(usize, ScopeStackOp)]>;

/// Lines met before, with what they came to. Code repeats itself line by line far more than block by block: a bracket
/// alone, an import, a closing tag. The same line met in the same state need not be parsed again.
#[derive(Default)]
struct Lines {
    /// For each line the states it was met in, what it came to, and the states behind it.
    met: HashMap<String, Vec<(ParseState, Operations, ParseState)>>,
}

impl Lines {
    /// How many lines are kept; enough for the common ones of every language.
    const KEPT: usize = 4_000;

    /// Longer lines are hardly ever met twice.
    const SHORT: usize = 80;

    /// Parses a line, or remembers it. `None` when the grammar fails.
    fn parse(&mut self, state: &mut ParseState, line: &str) -> Option<Operations> {
        let met = self.met.get(line).and_then(|seen| seen.iter().find(|(before, ..)| before == state));
        if let Some((_, operations, after)) = met {
            state.clone_from(after);
            return Some(Arc::clone(operations));
        }
        let before = (line.len() <= Self::SHORT && self.met.len() < Self::KEPT).then(|| state.clone());
        let operations: Operations = state.parse_line(line, &SYNTAXES).ok()?.into();
        if let Some(before) = before {
            self.met.entry(line.to_owned()).or_default().push((before, Arc::clone(&operations), state.clone()));
        }
        Some(operations)
    }
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
        escape_html_body_text(&mut self.out, text).expect("writing to a string cannot fail");
    }

    fn close(&mut self) {
        if self.open.take().is_some() {
            self.out.push_str("</span>");
        }
    }

    fn finish(mut self) -> String {
        self.close();
        self.out
    }
}

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
        assert!(highlighter.highlight("json", &"x".repeat(SIZE_LIMIT + 1)).is_none());
    }
}
