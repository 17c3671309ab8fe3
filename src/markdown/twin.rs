//! The filtered stream as Markdown again: what tools read is what the page shows, and nothing else.

use std::fmt::Write as _;

use pulldown_cmark::{Alignment, CodeBlockKind, CowStr, Event, LinkType, Tag, TagEnd};

use crate::markdown::html::alert;
use crate::markdown::stream::Stream;
use crate::markdown::{Outline, Surroundings};

/// A body as Markdown that means what the page shows. Ends with a line feed unless empty.
pub fn markdown(body: &str, outline: &Outline, surroundings: &dyn Surroundings) -> String {
    let mut writer = Writer::new(outline, surroundings, body.len() * 9 / 8);
    for (event, _) in Stream::new(body) {
        writer.event(event);
    }
    writer.finish()
}

/// A single line of plain text as Markdown that reads as itself.
pub fn plain(line: &str) -> String {
    escape(line, true, false).into_string()
}

/// A block that is open: what every line in it begins with.
struct Block {
    /// Put before the first line.
    first: String,
    /// Put before every further line.
    rest: String,
    /// Whether the first line was begun.
    begun: bool,
}

struct Writer<'w> {
    out: String,
    outline: &'w Outline,
    surroundings: &'w dyn Surroundings,
    blocks: Vec<Block>,
    /// The next number of each open ordered list; `None` for a bulleted one.
    lists: Vec<Option<u64>>,
    links: usize,
    images: usize,
    headings: usize,
    /// What closes each open link or image.
    closers: Vec<String>,
    /// Whether the text of the open link was written already.
    skip_text: bool,
    code: Option<(String, String)>,
    /// The cells of the table row that is open.
    row: Option<Vec<String>>,
    alignments: Vec<Alignment>,
    /// Whether the line that is open has any text.
    line_begun: bool,
    /// Whether a blank line is due before the next block.
    gap: Gap,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Gap {
    None,
    Line,
    Blank,
}

impl<'w> Writer<'w> {
    fn new(outline: &'w Outline, surroundings: &'w dyn Surroundings, size: usize) -> Self {
        Self {
            out: String::with_capacity(size),
            outline,
            surroundings,
            blocks: Vec::new(),
            lists: Vec::new(),
            links: 0,
            images: 0,
            headings: 0,
            closers: Vec::new(),
            skip_text: false,
            code: None,
            row: None,
            alignments: Vec::new(),
            line_begun: false,
            gap: Gap::None,
        }
    }

    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(end) => self.end(end),
            Event::Text(text) => self.text(&text),
            Event::Code(code) => self.inline_code(&code),
            Event::SoftBreak if self.row.is_some() => self.inline(" "),
            Event::SoftBreak => self.line(),
            Event::HardBreak => {
                self.inline("\\");
                self.line();
            }
            Event::Rule => {
                self.open_line();
                self.inline("---");
                self.gap = Gap::Blank;
            }
            Event::TaskListMarker(done) => self.inline(if done { "[x] " } else { "[ ] " }),
            Event::FootnoteReference(label) => {
                let label = format!("[^{label}]");
                self.inline(&label);
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Heading { .. } => self.start_heading(),
            Tag::BlockQuote(kind) => {
                self.open("> ", "> ");
                if let Some(kind) = kind {
                    self.open_line();
                    let _ = write!(self.out, "[!{}]", alert(kind).to_uppercase());
                    self.line_begun = true;
                    self.gap = Gap::Line;
                }
            }
            Tag::CodeBlock(kind) => self.code = Some((info(kind), String::new())),
            Tag::List(first) => self.lists.push(first),
            Tag::Item => self.start_item(),
            Tag::FootnoteDefinition(label) => self.open(&format!("[^{label}]: "), "    "),
            Tag::DefinitionListTitle => self.gap = Gap::Blank,
            Tag::DefinitionListDefinition => {
                self.gap = Gap::Line;
                self.open(": ", "  ");
            }
            Tag::Table(alignments) => self.alignments = alignments,
            Tag::TableHead | Tag::TableRow => self.row = Some(Vec::new()),
            Tag::TableCell => self.row.get_or_insert_default().push(String::new()),
            Tag::Emphasis => self.inline("*"),
            Tag::Strong => self.inline("**"),
            Tag::Strikethrough => self.inline("~~"),
            Tag::Link { title, link_type, .. } => self.start_link(&title, link_type),
            Tag::Image { title, .. } => self.start_image(&title),
            _ => {}
        }
    }

    fn end(&mut self, end: TagEnd) {
        match end {
            TagEnd::Paragraph | TagEnd::Heading(_) => self.gap = Gap::Blank,
            TagEnd::BlockQuote(_) | TagEnd::FootnoteDefinition | TagEnd::DefinitionListDefinition => {
                self.close(Gap::Blank)
            }
            TagEnd::CodeBlock => self.end_code(),
            TagEnd::List(_) => {
                self.lists.pop();
                self.gap = Gap::Blank;
            }
            TagEnd::Item => self.close(if self.gap == Gap::Blank { Gap::Blank } else { Gap::Line }),
            TagEnd::DefinitionListTitle => self.gap = Gap::Line,
            TagEnd::TableHead => self.end_head(),
            TagEnd::TableRow => self.end_row(),
            TagEnd::Table => self.gap = Gap::Blank,
            TagEnd::Emphasis => self.inline("*"),
            TagEnd::Strong => self.inline("**"),
            TagEnd::Strikethrough => self.inline("~~"),
            TagEnd::Link | TagEnd::Image => {
                self.skip_text = false;
                let closer = self.closers.pop().unwrap_or_default();
                self.inline(&closer);
            }
            _ => {}
        }
    }

    /// Opens a container block.
    fn open(&mut self, first: &str, rest: &str) {
        self.separate();
        self.blocks.push(Block { first: first.to_owned(), rest: rest.to_owned(), begun: false });
    }

    /// Closes a container block; one that stayed empty still shows its mark.
    fn close(&mut self, gap: Gap) {
        if self.blocks.last().is_some_and(|block| !block.begun) {
            self.open_line();
            self.line_begun = true;
        }
        self.blocks.pop();
        self.gap = gap;
    }

    /// Ends the open line and writes the blank line that is due.
    fn separate(&mut self) {
        let gap = std::mem::replace(&mut self.gap, Gap::None);
        if gap == Gap::None || self.out.is_empty() {
            return;
        }
        self.end_line();
        if gap == Gap::Blank {
            let prefix: String = self.blocks.iter().map(|block| block.rest.as_str()).collect();
            self.out.push_str(prefix.trim_end());
            self.out.push('\n');
        }
    }

    fn end_line(&mut self) {
        while self.out.ends_with(' ') {
            self.out.pop();
        }
        if !self.out.is_empty() && !self.out.ends_with('\n') {
            self.out.push('\n');
        }
        self.line_begun = false;
    }

    /// Begins a line with the marks of the blocks around it, if none is begun.
    fn open_line(&mut self) {
        self.separate();
        if self.line_begun {
            return;
        }
        for block in &mut self.blocks {
            let mark = if block.begun { &block.rest } else { &block.first };
            self.out.push_str(mark);
            block.begun = true;
        }
        self.line_begun = true;
    }

    fn line(&mut self) {
        self.end_line();
        self.open_line();
    }

    fn inline(&mut self, text: &str) {
        if let Some(cell) = self.row.as_mut().and_then(|row| row.last_mut()) {
            cell.push_str(text);
            return;
        }
        self.open_line();
        self.out.push_str(text);
    }

    fn text(&mut self, text: &str) {
        if self.skip_text {
            return;
        }
        if let Some((_, code)) = &mut self.code {
            code.push_str(text);
            return;
        }
        let in_row = self.row.is_some();
        if !in_row {
            self.open_line();
        }
        let at_start = !in_row && self.at_text_start();
        let escaped = escape(text, at_start, in_row);
        self.inline(&escaped);
    }

    /// Whether nothing but block marks stands on the open line.
    fn at_text_start(&self) -> bool {
        let line = self.out.rsplit('\n').next().unwrap_or_default();
        let marks: usize = self.blocks.iter().map(|block| block.rest.len().max(block.first.len())).sum();
        line.len() <= marks && !line.ends_with(|c: char| c.is_alphanumeric())
    }

    fn inline_code(&mut self, code: &str) {
        let ticks = "`".repeat(longest_run(code, '`') + 1);
        let pad = if code.starts_with('`') || code.ends_with('`') { " " } else { "" };
        let code = if self.row.is_some() { code.replace('|', "\\|") } else { code.to_owned() };
        self.inline(&format!("{ticks}{pad}{code}{pad}{ticks}"));
    }

    fn start_heading(&mut self) {
        let level = self.outline.headings.get(self.headings).map_or(2, |heading| heading.level);
        self.headings += 1;
        self.gap = Gap::Blank;
        self.open_line();
        self.out.push_str(&"#".repeat(level.into()));
        self.out.push(' ');
    }

    fn start_item(&mut self) {
        let mark = match self.lists.last_mut() {
            Some(Some(number)) => {
                *number += 1;
                format!("{}. ", *number - 1)
            }
            _ => "- ".to_owned(),
        };
        if self.gap == Gap::None && self.line_begun {
            self.gap = Gap::Line;
        }
        let rest = " ".repeat(mark.len());
        self.open(&mark, &rest);
    }

    fn start_link(&mut self, title: &str, link_type: LinkType) {
        let nth = self.links;
        self.links += 1;
        match self.surroundings.link(nth) {
            Some(href) => {
                self.inline("[");
                self.closers.push(format!("]({}{})", address(&href), title_part(title)));
            }
            None => self.closers.push(String::new()),
        }
        if link_type == (LinkType::WikiLink { has_pothole: false })
            && let Some(text) = self.surroundings.wikilink_text(nth)
        {
            self.text(&text);
            self.skip_text = true;
        }
    }

    fn start_image(&mut self, title: &str) {
        let source = self.surroundings.image(self.images);
        self.images += 1;
        let Some(source) = source else {
            self.closers.push(String::new());
            return;
        };
        self.inline("![");
        self.closers.push(format!("]({}{})", address(&source), title_part(title)));
    }

    fn end_code(&mut self) {
        let Some((info, text)) = self.code.take() else { return };
        self.separate();
        let fence = "`".repeat(longest_run(&text, '`').max(2) + 1);
        self.open_line();
        self.out.push_str(&fence);
        self.out.push_str(info.replace('`', "'").trim());
        for line in text.lines() {
            self.end_code_line();
            self.open_line();
            self.out.push_str(line);
        }
        self.end_code_line();
        self.open_line();
        self.out.push_str(&fence);
        self.gap = Gap::Blank;
    }

    /// Ends a line of code, whose trailing spaces stay.
    fn end_code_line(&mut self) {
        self.out.push('\n');
        self.line_begun = false;
    }

    fn end_head(&mut self) {
        self.gap = Gap::Blank;
        self.end_row();
        let rule: Vec<&str> = self.alignments.iter().map(|a| rule(*a)).collect();
        self.open_line();
        let _ = write!(self.out, "| {} |", rule.join(" | "));
        self.gap = Gap::Line;
    }

    fn end_row(&mut self) {
        let row = self.row.take().unwrap_or_default();
        self.open_line();
        let _ = write!(self.out, "| {} |", row.join(" | "));
        self.gap = Gap::Line;
    }

    fn finish(mut self) -> String {
        self.end_line();
        self.out
    }
}

fn info(kind: CodeBlockKind<'_>) -> String {
    match kind {
        CodeBlockKind::Fenced(info) => info.into_string(),
        CodeBlockKind::Indented => String::new(),
    }
}

fn rule(alignment: Alignment) -> &'static str {
    match alignment {
        Alignment::None => "---",
        Alignment::Left => ":---",
        Alignment::Center => ":---:",
        Alignment::Right => "---:",
    }
}

/// An address inside `( )`.
fn address(href: &str) -> String {
    href.replace(' ', "%20").replace('(', "%28").replace(')', "%29").replace('<', "%3C").replace('>', "%3E")
}

fn title_part(title: &str) -> String {
    if title.is_empty() {
        return String::new();
    }
    format!(" \"{}\"", title.replace('\\', "\\\\").replace('"', "\\\""))
}

fn longest_run(text: &str, of: char) -> usize {
    let mut longest = 0;
    let mut run = 0;
    for c in text.chars() {
        run = if c == of { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    longest
}

/// Text that reads as itself: marks are escaped, but only where they would be marks.
fn escape(text: &str, at_start: bool, in_row: bool) -> CowStr<'static> {
    let mut out = String::with_capacity(text.len() + 8);
    let mut before = None;
    let mut line_start = at_start;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let after = chars.peek().map(|(_, c)| *c);
        if needs_escape(c, before, after, in_row) || line_start && begins_block(&text[at..]) {
            out.push_str(if line_start && c.is_ascii_digit() { "" } else { "\\" });
        }
        if line_start && c.is_ascii_digit() && begins_block(&text[at..]) {
            // `1.` at a line's start would begin a list: the mark after the digits is what is escaped.
            let digits = text[at..].bytes().take_while(u8::is_ascii_digit).count();
            out.push_str(&text[at..at + digits]);
            out.push('\\');
            for _ in 1..digits {
                chars.next();
            }
        } else {
            out.push(c);
        }
        line_start = c == '\n';
        before = Some(c);
    }
    CowStr::from(out)
}

fn needs_escape(c: char, before: Option<char>, after: Option<char>, in_row: bool) -> bool {
    let spaced = |c: Option<char>| c.is_none_or(char::is_whitespace);
    match c {
        '\\' => after.is_none_or(|c| c.is_ascii_punctuation()),
        '`' | '*' => !(spaced(before) && after.is_some_and(char::is_whitespace)),
        '_' => !(before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric)),
        '~' => before == Some('~') || after == Some('~') || after.is_none() || before.is_none(),
        '<' => after.is_none_or(|c| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')),
        '[' => true,
        ']' => after.is_none_or(|c| matches!(c, '(' | '[' | ':' | ']')),
        '!' => after == Some('[') || after.is_none(),
        '&' => after.is_none_or(|c| c.is_ascii_alphabetic() || c == '#'),
        '|' => in_row,
        _ => false,
    }
}

/// Whether a line that begins so would begin a block instead of a text.
fn begins_block(line: &str) -> bool {
    let mut chars = line.chars();
    match chars.next() {
        Some('#' | '>' | '=' | ':' | '|') => true,
        Some('+' | '-') => chars.next().is_none_or(|c| c.is_whitespace() || matches!(c, '-' | '+')),
        Some('0'..='9') => {
            let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
            rest.starts_with(['.', ')']) && rest[1..].chars().next().is_none_or(char::is_whitespace)
        }
        _ => false,
    }
}
