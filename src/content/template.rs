//! The template grammar of prompts, in the one place that knows it.
//!
//! `{{name}}`, `{{context}}`, `{{context:module}}`, `{{slot:name}}`, `{{#if name}}…{{else}}…{{/if}}`, and `\{{`
//! for a literal pair of braces. Nothing else is special: `{% %}`, single braces and a lone `}}` are text.

use std::ops::Range;

use crate::text::suggest;

/// A piece of a prompt's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Segment {
    /// Sent as it is.
    Text(String),
    /// The value of a variable.
    Variable(String),
    /// All listed context that the text does not place elsewhere.
    Context,
    /// One module, as it was referred to.
    Module(String),
    /// A module that the reader picks.
    Slot(String),
    /// A part that depends on whether a variable has a value.
    If {
        /// The variable.
        name: String,
        /// Kept when it has a value.
        then: Vec<Segment>,
        /// Kept when it has none.
        otherwise: Vec<Segment>,
    },
}

/// What a pair of braces refers to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum UseOf {
    /// A variable, printed or tested.
    Variable,
    /// All context.
    Context,
    /// A context module.
    Module,
    /// A slot.
    Slot,
}

/// A place in the text that refers to something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Use {
    /// What sort of thing.
    pub of: UseOf,
    /// Its name; empty for all context.
    pub name: String,
    /// The braces and what they hold, as bytes of the text.
    pub range: Range<usize>,
}

/// Braces that are not of the grammar. The text stands as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// Where, as bytes of the text.
    pub range: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

/// A prompt's text, understood.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Template {
    /// The pieces, in order.
    pub segments: Vec<Segment>,
    /// Everything it refers to, in order.
    pub uses: Vec<Use>,
    /// What could not be understood.
    pub mistakes: Vec<Mistake>,
}

/// How many conditions may stand inside one another.
const DEPTH_LIMIT: usize = 20;

/// Whether a text can be the name of a variable or slot.
pub fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

/// Whether a word in braces means something else than a variable.
pub fn is_reserved(name: &str) -> bool {
    matches!(name, "context" | "else")
}

impl Template {
    /// Parses a text. Never fails: what is not of the grammar stays text and is a mistake.
    pub fn parse(text: &str) -> Self {
        let mut parser =
            Parser { text, at: 0, line: 0..0, close: 0, template: Self::default(), open: vec![Frame::default()] };
        parser.run();
        parser.template
    }
}

/// How many bytes some pieces come to, context aside; `value` gives the bytes of a variable's value.
pub fn size(segments: &[Segment], value: &dyn Fn(&str) -> usize) -> usize {
    let sizes = segments.iter().map(|segment| match segment {
        Segment::Text(text) => text.len(),
        Segment::Variable(name) => value(name),
        Segment::If { name, then, otherwise } => size(if value(name) > 0 { then } else { otherwise }, value),
        Segment::Context | Segment::Module(_) | Segment::Slot(_) => 0,
    });
    sizes.fold(0, usize::saturating_add)
}

/// A condition that is open, or the whole text at the bottom.
#[derive(Debug, Default)]
struct Frame {
    name: String,
    /// The opening tag.
    range: Range<usize>,
    then: Vec<Segment>,
    otherwise: Option<Vec<Segment>>,
}

impl Frame {
    fn segments(&mut self) -> &mut Vec<Segment> {
        self.otherwise.as_mut().unwrap_or(&mut self.then)
    }
}

enum Tag<'t> {
    Use(UseOf, &'t str),
    If(&'t str),
    Else,
    EndIf,
    Unknown(String),
}

struct Parser<'t> {
    text: &'t str,
    at: usize,
    /// The cursor of [`line`](Self::line): the line that was asked for last, without its end.
    line: Range<usize>,
    /// The cursor of [`close`](Self::close): the first `}}` after the tag that was asked for last; past the end when
    /// there is none.
    close: usize,
    template: Template,
    open: Vec<Frame>,
}

impl Parser<'_> {
    fn run(&mut self) {
        while let Some(found) = self.text[self.at..].find("{{") {
            let start = self.at + found;
            if self.text[self.at..start].ends_with('\\') {
                self.literal(start);
            } else if self.text[start..].starts_with("{{{") {
                // The innermost pair is the tag: `{{{name}}}` is a value in braces.
                self.push_text(self.at..start + 1);
                self.at = start + 1;
            } else {
                self.tag(start);
            }
        }
        self.push_text(self.at..self.text.len());
        self.close_rest();
    }

    /// Takes an escaped `\{{`, whose backslash is at `start - 1`: the braces are text.
    fn literal(&mut self, start: usize) {
        self.push_text(self.at..start - 1);
        self.push_text(start..start + 2);
        self.at = start + 2;
    }

    fn tag(&mut self, start: usize) {
        let line_end = self.line(start).end;
        let Some(close) = self.close(start).filter(|close| close + 2 <= line_end) else {
            self.push_text(self.at..start + 2);
            self.at = start + 2;
            let help = "close it with `}}` on the same line, or write `\\{{` for the characters themselves";
            self.mistake(start..start + 2, "`{{` is not closed".to_owned(), help.to_owned());
            return;
        };
        let end = close + 2;
        match read_tag(self.text[start + 2..end - 2].trim()) {
            Tag::Use(of, name) => self.reference(of, name, start..end),
            Tag::If(name) => self.open_if(name, start..end),
            Tag::Else => self.switch_else(start..end),
            Tag::EndIf => self.close_if(start..end),
            Tag::Unknown(help) => {
                let shown = self.text[start..end].to_owned();
                self.keep(start..end, format!("`{shown}` means nothing in a prompt"), help);
            }
        }
    }

    fn reference(&mut self, of: UseOf, name: &str, range: Range<usize>) {
        self.push_text(self.at..range.start);
        self.at = range.end;
        let name = name.to_owned();
        self.template.uses.push(Use { of, name: name.clone(), range });
        self.push(match of {
            UseOf::Variable => Segment::Variable(name),
            UseOf::Context => Segment::Context,
            UseOf::Module => Segment::Module(name),
            UseOf::Slot => Segment::Slot(name),
        });
    }

    fn open_if(&mut self, name: &str, range: Range<usize>) {
        if self.open.len() > DEPTH_LIMIT {
            let message = format!("conditions are nested more than {DEPTH_LIMIT} levels deep");
            self.keep(range, message, "split the prompt".to_owned());
            return;
        }
        self.block_tag(&range);
        self.template.uses.push(Use { of: UseOf::Variable, name: name.to_owned(), range: range.clone() });
        self.open.push(Frame { name: name.to_owned(), range, ..Frame::default() });
    }

    fn switch_else(&mut self, range: Range<usize>) {
        let inside = self.open.len() > 1 && self.open.last().is_some_and(|frame| frame.otherwise.is_none());
        if !inside {
            let message = if self.open.len() > 1 { "a second `{{else}}`" } else { "`{{else}}` without a condition" };
            let help = "`{{else}}` stands once between `{{#if name}}` and `{{/if}}`".to_owned();
            self.keep(range, message.to_owned(), help);
            return;
        }
        self.block_tag(&range);
        if let Some(frame) = self.open.last_mut() {
            frame.otherwise = Some(Vec::new());
        }
    }

    fn close_if(&mut self, range: Range<usize>) {
        if self.open.len() == 1 {
            let help = "it closes a `{{#if name}}` that stands before it".to_owned();
            self.keep(range, "`{{/if}}` without a condition".to_owned(), help);
            return;
        }
        self.block_tag(&range);
        self.pop();
    }

    /// The line of a place. A forward cursor: `at` must not decrease from call to call, so that a text of many tags is
    /// looked through once and not once a tag.
    fn line(&mut self, at: usize) -> Range<usize> {
        if at >= self.line.end {
            let start = self.text[self.line.end..at].rfind('\n').map_or(self.line.start, |nl| self.line.end + nl + 1);
            let end = self.text[at..].find('\n').map_or(self.text.len(), |nl| at + nl);
            self.line = start..end;
        }
        self.line.clone()
    }

    /// The first `}}` after a place. A forward cursor like [`line`](Self::line), which also remembers that there is
    /// none.
    fn close(&mut self, at: usize) -> Option<usize> {
        if self.close < at + 2 {
            self.close = self.text[at + 2..].find("}}").map_or(self.text.len(), |found| at + 2 + found);
        }
        Some(self.close).filter(|close| *close < self.text.len())
    }

    /// Moves past a tag of a condition. One that has a line to itself takes the line with it.
    fn block_tag(&mut self, range: &Range<usize>) {
        let line = self.line(range.start);
        let blank = |part: Range<usize>| self.text[part].trim_start().is_empty();
        // What follows first: only the last tag of a line has nothing behind it, so the line is looked through once.
        if blank(range.end..line.end) && blank(line.start..range.start) {
            self.push_text(self.at..line.start.max(self.at));
            self.at = (line.end + 1).min(self.text.len());
        } else {
            self.push_text(self.at..range.start);
            self.at = range.end;
        }
    }

    fn pop(&mut self) {
        if let Some(frame) = self.open.pop() {
            let otherwise = frame.otherwise.unwrap_or_default();
            self.push(Segment::If { name: frame.name, then: frame.then, otherwise });
        }
    }

    fn close_rest(&mut self) {
        while self.open.len() > 1 {
            let (name, range) = self.open.last().map_or(("", 0..0), |frame| (&frame.name, frame.range.clone()));
            let message = format!("`{{{{#if {name}}}}}` is not closed");
            self.mistake(range, message, "put `{{/if}}` where the part ends".to_owned());
            self.pop();
        }
        self.template.segments = self.open.pop().map(|frame| frame.then).unwrap_or_default();
    }

    /// Keeps a tag as text and reports it.
    fn keep(&mut self, range: Range<usize>, message: String, help: String) {
        self.push_text(self.at..range.end);
        self.at = range.end;
        self.mistake(range, message, help);
    }

    fn mistake(&mut self, range: Range<usize>, message: String, help: String) {
        self.template.mistakes.push(Mistake { range, message, help });
    }

    fn push_text(&mut self, range: Range<usize>) {
        let text = &self.text[range];
        if text.is_empty() {
            return;
        }
        let Some(frame) = self.open.last_mut() else { return };
        match frame.segments().last_mut() {
            Some(Segment::Text(before)) => before.push_str(text),
            _ => frame.segments().push(Segment::Text(text.to_owned())),
        }
    }

    fn push(&mut self, segment: Segment) {
        if let Some(frame) = self.open.last_mut() {
            frame.segments().push(segment);
        }
    }
}

fn read_tag(inside: &str) -> Tag<'_> {
    match inside {
        "context" => return Tag::Use(UseOf::Context, ""),
        "else" => return Tag::Else,
        "/if" => return Tag::EndIf,
        _ => {}
    }
    if let Some((word, name)) = inside.split_once(char::is_whitespace)
        && word == "#if"
        && is_name(name.trim_start())
    {
        return Tag::If(name.trim_start());
    }
    if let Some(name) = inside.strip_prefix("context:").map(str::trim).filter(|name| !name.is_empty()) {
        return Tag::Use(UseOf::Module, name);
    }
    if let Some(name) = inside.strip_prefix("slot:").map(str::trim).filter(|name| is_name(name)) {
        return Tag::Use(UseOf::Slot, name);
    }
    if is_name(inside) {
        return Tag::Use(UseOf::Variable, inside);
    }
    Tag::Unknown(unknown_help(inside))
}

fn unknown_help(inside: &str) -> String {
    let glued = inside.strip_prefix("#if").map(|rest| ("#if", rest));
    let (word, rest) = glued.or_else(|| inside.split_once([' ', ':'])).unwrap_or((inside, ""));
    let name = |text: &str| Some(crate::text::slug::ascii(text).replace('-', "_")).filter(|name| is_name(name));
    let command = suggest::nearest(word, ["#if", "/if", "#else"]).filter(|_| inside.starts_with(['#', '/']));
    let meant = match (command, word) {
        (Some("#if"), _) => format!("`{{{{#if {}}}}}`", name(rest).unwrap_or_else(|| "name".to_owned())),
        (Some("#else"), _) => "`{{else}}`".to_owned(),
        (Some(other), _) => format!("`{{{{{other}}}}}`"),
        (None, "slot") if name(rest).is_some() => format!("`{{{{slot:{}}}}}`", name(rest).unwrap_or_default()),
        (None, _) if inside.starts_with(['#', '/', '>']) => {
            return "there are `{{#if name}}`, `{{else}}` and `{{/if}}`, and `{{context:module}}` for a text from elsewhere"
                .to_owned();
        }
        // A filter is the custom of other tools: the name is what stands before it.
        _ => match name(inside.split('|').next().unwrap_or_default()) {
            Some(name) => format!("`{{{{{name}}}}}`"),
            None => return "for the characters themselves write `\\{{`".to_owned(),
        },
    };
    format!("did you mean {meant}? For the characters themselves write `\\{{{{`")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(s: &str) -> Segment {
        Segment::Text(s.to_owned())
    }

    fn variable(s: &str) -> Segment {
        Segment::Variable(s.to_owned())
    }

    #[test]
    fn the_whole_grammar() {
        let template =
            Template::parse("Hi {{ name }}, {{context}} {{context:brand-voice}} {{slot:persona}} \\{{x}} {% y %}");
        assert_eq!(
            template.segments,
            [
                text("Hi "),
                variable("name"),
                text(", "),
                Segment::Context,
                text(" "),
                Segment::Module("brand-voice".to_owned()),
                text(" "),
                Segment::Slot("persona".to_owned()),
                text(" {{x}} {% y %}"),
            ]
        );
        assert!(template.mistakes.is_empty());
    }

    #[test]
    fn conditions_on_lines_of_their_own_leave_no_lines() {
        let template = Template::parse("a\n{{#if x}}\nyes {{x}}\n{{else}}\nno\n{{/if}}\nb");
        let condition = Segment::If {
            name: "x".to_owned(),
            then: vec![text("yes "), variable("x"), text("\n")],
            otherwise: vec![text("no\n")],
        };
        assert_eq!(template.segments, [text("a\n"), condition, text("b")]);
        let inline = Template::parse("a {{#if x}}b{{/if}} c");
        assert_eq!(inline.segments.first(), Some(&text("a ")));
        assert_eq!(inline.segments.last(), Some(&text(" c")));
    }

    #[test]
    fn a_condition_has_a_space_before_its_name() {
        assert!(Template::parse("{{#if  x }}a{{/if}}").mistakes.is_empty());
        let template = Template::parse("{{#ifx}}a{{/if}}");
        assert!(template.mistakes[0].help.contains("`{{#if x}}`"), "{:?}", template.mistakes);
    }

    #[test]
    fn mistakes_keep_the_text() {
        for (written, mistakes) in [
            ("{{Feature Name}}", 1),
            ("{{", 1),
            ("{{a\n}}", 1),
            ("{{#if x}}y", 1),
            ("{{/if}}", 1),
            ("{{else}}", 1),
            ("{{}}", 1),
            ("{{#each x}}", 1),
            ("{{#ifx}}", 1),
            ("}} { } {x}", 0),
        ] {
            let template = Template::parse(written);
            assert_eq!(template.mistakes.len(), mistakes, "{written}");
            if !written.contains("#if") {
                assert_eq!(template.segments, [text(written)], "{written}");
            }
        }
    }

    #[test]
    fn a_size_is_known_before_anything_is_joined() {
        let template = Template::parse("ab{{x}}{{x}}{{#if y}}never{{else}}c{{/if}}{{context}}");
        assert_eq!(size(&template.segments, &|name| if name == "x" { 1_000 } else { 0 }), 2_003);
        assert_eq!(size(&template.segments, &|_| usize::MAX), usize::MAX);
    }

    #[test]
    fn a_value_in_braces() {
        assert_eq!(Template::parse("{{{a}}}").segments, [text("{"), variable("a"), text("}")]);
    }

    #[test]
    fn a_backslash_pair_is_one_backslash_and_braces() {
        assert_eq!(Template::parse("\\\\{{a}}").segments, [text("\\{{a}}")]);
    }
}
