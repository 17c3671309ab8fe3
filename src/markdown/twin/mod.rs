//! The filtered stream as Markdown again: what tools read is what the page shows, and nothing else.
//!
//! Takes a body, gives Markdown that every reader of it takes for the same blocks with the same text. Reads no file
//! and no entry. [`blocks`] makes a tree of the events, this file sets block below block, [`inline`] writes the text
//! of one, and [`escape`] knows which characters would be marks. Start reading at [`markdown`].
//!
//! Why a writer of its own: `pulldown-cmark-to-cmark` gives back the Markdown that events were parsed from. A twin is
//! made of a filtered stream, must hold for text that was written to break it and for parsers of tools that nobody here
//! has tested, and is read by people as it stands: so what could be a mark in CommonMark or one of the extensions is
//! escaped where it stands, and little else.
//!
//! The invariant, which `tests/properties/twins.rs` tries on generated bodies: a twin that is read again has the same
//! blocks with the same text. Run it after an edit that looks like a simplification: hardly any escape here is needed
//! by ordinary prose. Sections that comments name are those of CommonMark 0.31, and of the GFM specification 0.29 where
//! it says GFM.

mod blocks;
mod escape;
mod form;
mod inline;

use pulldown_cmark::Alignment;

pub(super) use self::blocks::Tree;
use self::blocks::{Block, Kind, Notes};
use self::form::Form;
use self::inline::{Inlines, Place};
use crate::markdown::html::alert;
use crate::markdown::{Outline, Surroundings};
use crate::text::hidden;

/// A body as Markdown that means what the page shows. Ends with a line feed unless empty. `outline` is that of the same
/// body, and the addresses of `surroundings` are those of the twin, not of the page.
pub fn markdown(body: &str, outline: &Outline, surroundings: &dyn Surroundings) -> String {
    written(body, outline, surroundings, Form::Twin)
}

/// A body as it is loaded into tools: what the page shows, with headings of the level and with `<example>` and its
/// like as they were written. Ends with a line feed unless empty.
pub fn loadable(body: &str, outline: &Outline, surroundings: &dyn Surroundings) -> String {
    written(body, outline, surroundings, Form::Loadable { deeper: 0 })
}

/// A loadable body below a heading of level 2: its own headings are deeper, so that none looks like the next of those.
/// Levels end at 6, so the deepest may meet there; the order of the text then still says what belongs to what.
pub fn loadable_below(body: &str, outline: &Outline, surroundings: &dyn Surroundings) -> String {
    // On a page the levels begin with 2, and a body with headings of level 1 has them all moved.
    let below = outline.sections().map(|heading| heading.level).min().unwrap_or(6) - u8::from(outline.shift);
    // The title is of level 1, and is loaded with the rest.
    let highest = if outline.title.is_some() { 1 } else { below };
    written(body, outline, surroundings, Form::Loadable { deeper: 3_u8.saturating_sub(highest) })
}

/// Reads and writes.
fn written(body: &str, outline: &Outline, surroundings: &dyn Surroundings, form: Form) -> String {
    write(blocks::read(body, outline, surroundings, form), body.len())
}

/// Writes what was read of a body of so many bytes. Encoding comes last and over the whole: an escape may have come between a joiner and its letter,
/// and only what is written shows that.
pub(super) fn write(read: Tree<'_>, body: usize) -> String {
    let (tree, notes) = read.finish();
    let mut writer = Writer { out: String::with_capacity(body * 9 / 8), notes, ..Writer::default() };
    writer.blocks(&tree.children, Gap::Blank, None);
    hidden::encoded(writer.out)
}

/// A fence that holds any text: longer than every run of backticks in it, and three at least (4.5). The info string
/// behind it must then have no backtick.
pub fn fence(text: &str) -> String {
    "`".repeat(escape::longest_run(text, '`').max(2) + 1)
}

/// A single line of plain text as Markdown that reads as itself, also where it is the whole of a block or of a heading:
/// hence both guards. A text of several lines must be made one first, or its second line would be guarded by nothing.
pub fn plain(line: &str) -> String {
    let mut text = Inlines::default();
    text.text(line);
    text.trim();
    escape::guard_end(&escape::guard(&text.write(Place::OneLine)))
}

/// A link that says a text. An address that says itself is bare: `<https://a.example>` (6.5).
pub fn link(text: &str, address: &str) -> String {
    let mut link = Inlines::default();
    link.open_link();
    link.text(text);
    link.close_link(address, false);
    link.write(Place::OneLine)
}

/// What stands between two blocks. A list is loose, and its texts are paragraphs, as soon as one blank line stands
/// between any of its parts (5.3): a gap is decided for a list as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gap {
    /// Nothing: the next block is on the next line.
    None,
    /// One blank line.
    Blank,
}

impl Block<'_> {
    /// Whether a blank line stands between a block and the one before it. In a tight list none may, but for blocks that
    /// would else be one: there a loose list is better than a lost block.
    fn needs_blank(&self, before: &Self, gap: Gap) -> bool {
        // A blank line after a check box alone would end its item.
        let after_box = before.kind == Kind::Text && before.text.is_task_only();
        gap == Gap::Blank && !after_box || self.joins(before)
    }
}

/// Blocks, one below the other.
#[derive(Debug, Default)]
struct Writer {
    out: String,
    /// What every line begins with: the marks of all open quotes, and the blanks of all open items.
    prefix: String,
    /// What the next line begins with instead: the mark of the block that was just opened. At most one line takes it,
    /// so whatever writes a line does it by [`line`](Self::line); one that pushed to `out` would leave the mark for a
    /// later line.
    opening: Option<String>,
    /// How many lists are open: in one of them a thematic break needs another character.
    lists: usize,
    /// The numbers of footnotes, which were given while the body was read, and for definitions without a reference
    /// here.
    notes: Notes,
}

/// Deeper than this many bytes of prefix a text gets one line, because the marks before each of its lines would be
/// longer than itself: a twin must not be the square of its body.
const DEEP: usize = 80;

impl Writer {
    /// Writes blocks. `around` is the mark of the list item that they stand in. Two lists in a row, or one as the first
    /// block of an item, must not have the same mark; anything between them ends the first, so the mark is forgotten.
    fn blocks(&mut self, blocks: &[Block<'_>], gap: Gap, around: Option<char>) {
        let mut last_list = around;
        for (nth, block) in blocks.iter().enumerate() {
            if nth > 0 && block.needs_blank(&blocks[nth - 1], gap) {
                self.blank();
            }
            if let Kind::List(first) = block.kind {
                // Only right below a text, on the next line, must a list be able to interrupt it.
                let follows_text = nth > 0 && gap == Gap::None && blocks[nth - 1].is_text();
                last_list = Some(self.list(block, first, last_list, follows_text));
            } else {
                last_list = None;
                self.block(block);
            }
        }
    }

    /// Writes one block. What stands behind a check box is checked first: alone, the box would be read as text.
    fn block(&mut self, block: &Block<'_>) {
        match &block.kind {
            Kind::Paragraph | Kind::Term if block.text.is_task_only() => {
                // A check box is one only where a text follows it (GFM, 5.3).
                let text = block.text.write(Place::OneLine) + NOTHING;
                self.line(&text);
            }
            Kind::Paragraph | Kind::Text | Kind::Term => self.text(&block.text),
            Kind::Heading(level) => {
                // No guard at its beginning: behind the `#` nothing begins a block. An ATX heading has one line (4.2).
                let text = escape::guard_end(&block.text.write(Place::OneLine));
                // Trimmed for a heading without a text, which is one all the same (4.2).
                self.line(format!("{} {text}", "#".repeat((*level).into())).trim_end());
            }
            Kind::Quote(kind) => self.nest("> ", "> ", |writer| {
                if let Some(kind) = kind {
                    writer.line(&format!("[!{}]", alert(*kind).to_uppercase()));
                    // What is no text needs a line of its own after the mark.
                    if block.children.first().is_some_and(|first| first.kind != Kind::Paragraph) {
                        writer.blank();
                    }
                }
                writer.blocks(&block.children, Gap::Blank, None);
            }),
            Kind::Code(info, text) => self.code(info, text),
            Kind::Footnote(label) => {
                let number = self.notes.number(label);
                self.nest(&format!("[^{number}]: "), "    ", |writer| writer.part(&block.children, Gap::Blank, false));
            }
            Kind::Definitions => self.definitions(block),
            Kind::Table(alignments) => self.table(block, alignments),
            // After a text a row of hyphens would make a heading of it, and in a list a list of it.
            Kind::Rule => self.line(if self.lists > 0 { "___" } else { "---" }),
            Kind::Body | Kind::List(_) | Kind::Item | Kind::Definition | Kind::Row | Kind::Cell => {
                self.blocks(&block.children, Gap::Blank, None);
            }
        }
    }

    /// Writes a text on its lines, each guarded: any line of a paragraph may begin a block (4.8). An empty one would
    /// end the paragraph, and blanks at its edges mean nothing or a hard break, so both are dropped.
    fn text(&mut self, text: &Inlines) {
        // The tags of prompts are loaded as they were written, unguarded.
        if let Some(lines) = text.whole_lines() {
            return lines.lines().for_each(|line| self.line(line));
        }
        let place = if self.prefix.len() > DEEP { Place::OneLine } else { Place::Lines };
        for line in text.write(place).lines().map(str::trim).filter(|line| !line.is_empty()) {
            self.line(&escape::guard(line));
        }
    }

    /// Writes a list and gives the mark of its items: another than that of the list right before or around it, which
    /// would else be the same list (5.3: a list ends where the mark changes) or, with nothing but marks on a line, a
    /// rule (4.1). Two marks of each sort are enough, because only neighbours can meet.
    fn list(&mut self, list: &Block<'_>, first: Option<u64>, other: Option<char>, follows_text: bool) -> char {
        let [mark, spare] = if first.is_some() { ['.', ')'] } else { ['-', '*'] };
        let mark = if other == Some(mark) { spare } else { mark };
        let gap = if list.is_loose() { Gap::Blank } else { Gap::None };
        self.lists += 1;
        for (nth, item) in list.children.iter().enumerate() {
            if nth > 0 && gap == Gap::Blank {
                self.blank();
            }
            let opening = match first {
                Some(first) => format!("{}{mark} ", (first + nth as u64).min(LAST_NUMBER)),
                None => format!("{mark} "),
            };
            // What belongs to an item is indented as far as its text (5.2), which a number of two digits moves. Marks
            // are ASCII, so bytes are columns.
            let rest = " ".repeat(opening.len());
            let lonely = nth == 0 && follows_text && item.children.is_empty();
            self.nest(&opening, &rest, |writer| {
                if lonely {
                    // Without anything in its first item a list does not end the text before it.
                    writer.line(NOTHING);
                }
                writer.blocks(&item.children, gap, Some(mark));
            });
        }
        self.lists -= 1;
        mark
    }

    /// Writes a list of definitions, an extension of the parser. A term is an ordinary line until `: ` follows it, so a
    /// blank line stands before each: else it would go on with the definition above it.
    fn definitions(&mut self, list: &Block<'_>) {
        let gap = if list.is_loose() { Gap::Blank } else { Gap::None };
        self.lists += 1;
        for (nth, part) in list.children.iter().enumerate() {
            let is_term = part.kind == Kind::Term;
            if nth > 0 && (is_term || gap == Gap::Blank) {
                self.blank();
            }
            if is_term && part.text.is_empty() {
                self.line(NOTHING);
            } else if is_term {
                self.block(part);
            } else {
                let is_last = nth + 1 == list.children.len();
                self.nest(": ", "  ", |writer| writer.part(&part.children, gap, is_last));
            }
        }
        self.lists -= 1;
    }

    /// Writes what stands behind the mark of a footnote or definition. An empty one must have something behind it,
    /// unless nothing follows: the next line would be taken for its text.
    fn part(&mut self, blocks: &[Block<'_>], gap: Gap, is_last: bool) {
        if blocks.is_empty() && !is_last {
            self.line(NOTHING);
        }
        self.blocks(blocks, gap, None);
    }

    /// Writes a block of code, always with a fence: an indented one cannot follow a text, nor begin or end with an
    /// empty line (4.4).
    fn code(&mut self, info: &str, text: &str) {
        // A fence of backticks may have none on its first line.
        let mark = if info.contains('`') { '~' } else { '`' };
        let fence = mark.to_string().repeat(escape::longest_run(text, mark).max(2) + 1);
        // Escapes and entities are read in an info string (4.5), though not in the text below it, which stays as it is.
        let info = info.replace('\\', "\\\\");
        let space = if info.starts_with(mark) { " " } else { "" };
        self.line(&format!("{fence}{space}{}", escape::without_entities(&info)));
        text.lines().for_each(|line| self.line(line));
        self.line(&fence);
    }

    /// Writes a table. Its first row is the head, and the row of rules below it must have as many cells (GFM, 4.10).
    /// Cells have escaped every `|`, also in code, because rows are cut before anything in them is read.
    fn table(&mut self, table: &Block<'_>, alignments: &[Alignment]) {
        for (nth, row) in table.children.iter().enumerate() {
            let cells: Vec<String> = row.children.iter().map(|cell| cell.text.write(Place::Cell)).collect();
            self.line(&format!("| {} |", cells.join(" | ")));
            if nth == 0 {
                let rules: Vec<&str> = alignments.iter().map(|alignment| rule(*alignment)).collect();
                self.line(&format!("| {} |", rules.join(" | ")));
            }
        }
    }

    /// Writes blocks behind a mark: `first` before their first line, `rest` before every other. Marks that open on one
    /// line come one behind the other, as in `> - 1. a`.
    fn nest(&mut self, first: &str, rest: &str, write: impl FnOnce(&mut Self)) {
        let before = self.prefix.len();
        let opening = self.opening.take().unwrap_or_else(|| self.prefix.clone());
        self.opening = Some(opening + first);
        self.prefix.push_str(rest);
        write(self);
        // Nothing was written, so the mark has no line yet: an empty item is an item.
        if self.opening.is_some() {
            self.line("");
        }
        self.prefix.truncate(before);
    }

    /// Writes a line, behind what it begins with. Only an empty one loses the blanks at its end: behind a text they
    /// could be part of code.
    fn line(&mut self, text: &str) {
        match self.opening.take() {
            Some(opening) => self.out.push_str(&opening),
            None => self.out.push_str(&self.prefix),
        }
        if text.is_empty() {
            self.out.truncate(self.out.trim_end_matches(' ').len());
        }
        self.out.push_str(text);
        self.out.push('\n');
    }

    /// Writes an empty line of whatever is open. The marks of quotes must stand on it (5.1: an empty line ends a
    /// quote), blanks need not. Never while an opening waits: an item may begin with a blank line, but what follows a
    /// second one is not in it (5.2).
    fn blank(&mut self) {
        self.out.push_str(self.prefix.trim_end());
        self.out.push('\n');
    }
}

/// A text that shows nothing, where there must be one. A blank as an entity: a plain one would be trimmed by every
/// parser, and an empty comment is HTML.
const NOTHING: &str = "&#32;";

/// The greatest number that a list may begin with: a mark has at most nine digits (5.2). The numbers after the first
/// mean nothing, so those beyond it may repeat.
const LAST_NUMBER: u64 = 999_999_999;

/// The rule below the head of a column.
fn rule(alignment: Alignment) -> &'static str {
    match alignment {
        Alignment::None => "---",
        Alignment::Left => ":---",
        Alignment::Center => ":---:",
        Alignment::Right => "---:",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::Problems;
    use crate::markdown::outline;
    use crate::text::{Source, SourceId};

    /// Every link leads where it says.
    struct Plain<'o>(&'o Outline);

    impl Surroundings for Plain<'_> {
        fn link(&self, nth: usize) -> Option<String> {
            self.0.links.get(nth).map(|link| link.destination.clone())
        }

        fn wikilink_text(&self, _: usize) -> Option<String> {
            None
        }

        fn image(&self, nth: usize) -> Option<String> {
            self.0.images.get(nth).map(|image| image.destination.clone())
        }

        fn prompt(&self, _: usize, _: &mut String) -> bool {
            false
        }

        fn word(&self, key: &'static str) -> &str {
            key
        }
    }

    fn twin(body: &str) -> String {
        let source = Source::new(SourceId(0), "a.md", body);
        let outline = outline(&source, 0..body.len(), Some(""), &mut Problems::default());
        markdown(body, &outline, &Plain(&outline))
    }

    #[test]
    fn ordinary_prose_stays_as_it_was_written() {
        for body in [
            "It costs ~5 € & saves 2 * 3 minutes, snake_case [sic] – 50 < 60, #1 of R&D (yes).\n",
            "## What to *check* #1\n\nA **very** good `a*b` [link](b.md) and <https://a.example/b_c>.\n",
            "- one\n- two\n  - three\n  - four\n\n1. a\n2. b\n",
            "- one\n\n  more\n\n- two\n",
            "> quoted\n> text\n>\n> > deeper\n\n---\n\n> [!NOTE]\n> Mind this.\n",
            "```prompt system\nHi {{name}}, *you*\n\n  deep\n```\n",
            "| a | b |\n| :--- | ---: |\n| 1 | `x\\|y` |\n",
            "A note[^1].\n\n[^1]: Here\n    it is.\n",
            "Term\n: What it means\n: And more\n\nOther\n: Else\n",
            "- [x] done\n- [ ] open\n",
            "One line\\\nanother **bold *both* bold**, ~~gone~~\n",
        ] {
            assert_eq!(twin(body), body);
        }
    }

    #[test]
    fn text_never_becomes_a_mark() {
        for (body, expected) in [
            ("\\* a\n", "\\* a\n"),
            ("1\\. a\n", "1\\. a\n"),
            ("a\n\\- b\n", "a\n\\- b\n"),
            ("\\# a\n", "\\# a\n"),
            ("\\[x](y) \\[^1] \\[[z]]\n", "\\[x\\](y) \\[^1] \\[[z]]\n"),
            ("&amp;amp; &lt;b>\n", "\\&amp; \\<b>\n"),
            ("a \\` b \\` c\n", "a \\` b \\` c\n"),
            ("# a \\#\n", "## a \\#\n"),
            ("a <b>c</b>\n", "a \\<b>c\\</b>\n"),
        ] {
            assert_eq!(twin(body), expected);
        }
    }

    #[test]
    fn marks_that_touch_stay_apart() {
        for (body, expected) in [
            ("_a_*b*\n", "*ab*\n"),
            ("**_a_** b\n", "**_a_** b\n"),
            ("**a**_b_\n", "**a**_b_\n"),
            ("a[*(b)*](javascript:x)c\n", "&#97;*(b)*&#99;\n"),
            ("* a\n\n- b\n", "- a\n\n* b\n"),
        ] {
            assert_eq!(twin(body), expected);
        }
    }
}
