//! What a reader sees of a body: its blocks, their text, and what is emphasised or linked in it, whichever of the many
//! ways of Markdown it was written in.

use std::rc::Rc;

use percent_encoding::percent_decode_str;
use prompt_handbook::markdown::stream::Stream;
use prompt_handbook::markdown::{Outline, Surroundings};
use pulldown_cmark::{CodeBlockKind, Event, LinkType, Tag, TagEnd};

/// Whether the distance between the lines of a list counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spacing {
    Counts,
    /// Blocks of HTML become paragraphs where Markdown has no room for one.
    Ignored,
}

/// The shape of a body as its page shows it.
pub fn of_source(body: &str, outline: &Outline, surroundings: &dyn Surroundings, spacing: Spacing) -> String {
    Shape::read(body, Some((outline, surroundings)), spacing)
}

/// The shape of a twin.
pub fn of_twin(twin: &str, spacing: Spacing) -> String {
    Shape::read(twin, None, spacing)
}

/// A character with what is on it.
#[derive(Debug, Clone, PartialEq)]
struct Glyph {
    text: String,
    marks: u8,
    link: Option<Rc<str>>,
}

impl Glyph {
    fn is_space(&self) -> bool {
        self.text.chars().all(char::is_whitespace)
    }
}

const EMPHASIS: u8 = 1;
const STRONG: u8 = 2;
const STRIKE: u8 = 4;
const CODE: u8 = 8;

/// A line end that is shown, and a check box.
const BREAK: &str = "⏎";
const TASKS: [&str; 2] = ["☐", "☑"];

/// A block.
#[derive(Debug, Default)]
struct Node {
    name: String,
    text: Vec<Glyph>,
    children: Vec<Node>,
}

impl Node {
    fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }

    fn is_leaf(&self) -> bool {
        ["paragraph", "text", "cell", "term"].contains(&self.name.as_str()) || self.name.starts_with("heading")
    }

    fn is_part(&self) -> bool {
        self.name == "item" || self.name == "definition"
    }
}

struct Shape<'s> {
    page: Option<(&'s Outline, &'s dyn Surroundings)>,
    open: Vec<Node>,
    marks: [usize; 3],
    links: Vec<Option<Rc<str>>>,
    image: Option<(Option<String>, String, usize)>,
    seen: [usize; 3],
    skip: bool,
    /// The labels of footnotes in the order of their first use, which is what a page shows of them.
    notes: Vec<String>,
}

impl<'s> Shape<'s> {
    fn read(body: &str, page: Option<(&'s Outline, &'s dyn Surroundings)>, spacing: Spacing) -> String {
        let open = vec![Node::new("body")];
        let mut shape = Self {
            page,
            open,
            marks: [0; 3],
            links: Vec::new(),
            image: None,
            seen: [0; 3],
            skip: false,
            notes: Vec::new(),
        };
        for placed in Stream::new(body) {
            shape.event(placed.event);
        }
        let mut body = shape.open.pop().expect("the body stays open");
        number_notes(&mut body, &mut shape.notes);
        settle(&mut body, spacing);
        let mut lines = String::new();
        print(&body, 0, &mut lines);
        lines
    }

    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(&tag),
            Event::End(end) => self.end(end),
            Event::Text(text) if !self.skip => self.text(&text, 0),
            Event::Code(code) => self.text(&code, CODE),
            Event::SoftBreak => self.text(" ", 0),
            Event::HardBreak if self.image.is_some() || self.in_heading() => self.text(" ", 0),
            Event::HardBreak => self.text(BREAK, 0),
            Event::Rule => self.add(Node::new("rule")),
            Event::TaskListMarker(done) => self.text(TASKS[usize::from(done)], 0),
            Event::FootnoteReference(label) => {
                let number = number(&mut self.notes, &label);
                self.push(format!("‹{number}›"), 0);
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        let name = match tag {
            Tag::Paragraph => "paragraph".to_owned(),
            Tag::Heading { level, .. } => self.heading(*level as u8),
            Tag::BlockQuote(kind) => format!("quote {kind:?}"),
            // The page knows the language and, of a prompt, who speaks.
            Tag::CodeBlock(CodeBlockKind::Fenced(info)) => {
                format!("code {}", info.split_whitespace().next().unwrap_or_default())
            }
            Tag::CodeBlock(CodeBlockKind::Indented) => "code ".to_owned(),
            Tag::List(first) => format!("list {first:?}"),
            Tag::Item => "item".to_owned(),
            Tag::FootnoteDefinition(label) => format!("footnote {label}"),
            Tag::DefinitionList => "definitions".to_owned(),
            Tag::DefinitionListTitle => "term".to_owned(),
            Tag::DefinitionListDefinition => "definition".to_owned(),
            Tag::Table(alignments) => format!("table {alignments:?}"),
            Tag::TableHead | Tag::TableRow => "row".to_owned(),
            Tag::TableCell => "cell".to_owned(),
            _ => return self.start_mark(tag),
        };
        self.open.push(Node::new(name));
    }

    fn heading(&mut self, level: u8) -> String {
        self.seen[2] += 1;
        let level = self.page.map_or(level, |(outline, _)| outline.headings[self.seen[2] - 1].level);
        format!("heading {level}")
    }

    /// A heading of Markdown's own kind has one line.
    fn in_heading(&self) -> bool {
        self.open.last().is_some_and(|block| block.name.starts_with("heading"))
    }

    fn start_mark(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Emphasis => self.marks[0] += 1,
            Tag::Strong => self.marks[1] += 1,
            Tag::Strikethrough => self.marks[2] += 1,
            Tag::Link { link_type, dest_url, title, .. } => self.start_link(*link_type, dest_url, title),
            Tag::Image { dest_url, .. } => self.start_image(dest_url),
            _ => {}
        }
    }

    fn start_link(&mut self, kind: LinkType, destination: &str, title: &str) {
        self.seen[0] += 1;
        let nth = self.seen[0] - 1;
        let written = if kind == LinkType::Email { format!("mailto:{destination}") } else { destination.to_owned() };
        let href = self.page.map_or(Some(written), |(_, page)| page.link(nth)).filter(|_| self.image.is_none());
        // The title of a link is seen on no page as it is, so a twin has none.
        let title = if self.page.is_some() { String::new() } else { words(title) };
        self.links.push(href.map(|href| format!("{} {title}", decoded(&href)).into()));
        let is_plain = kind == LinkType::WikiLink { has_pothole: false } && self.image.is_none();
        if let Some(text) = self.page.and_then(|(_, page)| page.wikilink_text(nth)).filter(|_| is_plain) {
            self.text(&text, 0);
            self.skip = true;
        }
    }

    fn start_image(&mut self, destination: &str) {
        self.seen[1] += 1;
        let nth = self.seen[1] - 1;
        if let Some((_, _, depth)) = &mut self.image {
            *depth += 1;
            return;
        }
        let source = self.page.map_or(Some(destination.to_owned()), |(_, page)| page.image(nth));
        let source = source.map(|source| decoded(&source));
        self.image = Some((source, String::new(), 1));
    }

    fn end(&mut self, end: TagEnd) {
        match end {
            TagEnd::Emphasis => self.marks[0] -= 1,
            TagEnd::Strong => self.marks[1] -= 1,
            TagEnd::Strikethrough => self.marks[2] -= 1,
            TagEnd::Link => {
                self.links.pop();
                self.skip = false;
            }
            TagEnd::Image => self.end_image(),
            _ => {
                let node = self.open.pop().expect("the stream is balanced");
                self.add(node);
            }
        }
    }

    fn end_image(&mut self) {
        let (source, alt, depth) = self.image.take().expect("the stream is balanced");
        if depth > 1 {
            self.image = Some((source, alt, depth - 1));
            return;
        }
        match source {
            Some(source) => self.push(format!("‹image {} {source}›", words(&alt)), 0),
            None => self.text(&alt, 0),
        }
    }

    fn add(&mut self, mut node: Node) {
        if node.name.starts_with("heading")
            && node.text.first().is_some_and(|first| TASKS.contains(&first.text.as_str()))
        {
            // A check box in a heading stands before it.
            let task = node.text.remove(0);
            self.add(Node { text: vec![task], ..Node::new("text") });
        }
        self.open.last_mut().expect("the body stays open").children.push(node);
    }

    fn text(&mut self, text: &str, marks: u8) {
        if let Some((_, alt, _)) = &mut self.image {
            alt.push_str(text);
            return;
        }
        for c in text.chars() {
            self.push(c.to_string(), marks);
        }
    }

    fn push(&mut self, text: String, marks: u8) {
        let flags = [EMPHASIS, STRONG, STRIKE];
        let marks = flags.iter().zip(self.marks).filter(|(_, open)| *open > 0).fold(marks, |all, (flag, _)| all | flag);
        let link = self.links.iter().flatten().next_back().cloned();
        let block = self.open.last_mut().expect("the body stays open");
        let glyph = Glyph { text, marks, link };
        if block.is_leaf() || block.name.starts_with("code") {
            block.text.push(glyph);
            return;
        }
        if block.children.last().is_none_or(|last| last.name != "text") {
            block.children.push(Node::new("text"));
        }
        block.children.last_mut().expect("just pushed").text.push(glyph);
    }
}

fn number(notes: &mut Vec<String>, label: &str) -> usize {
    let label = label.to_lowercase();
    notes.iter().position(|known| *known == label).unwrap_or_else(|| {
        notes.push(label);
        notes.len() - 1
    })
}

/// Names every footnote by its number, now that all references are known.
fn number_notes(node: &mut Node, notes: &mut Vec<String>) {
    if let Some(label) = node.name.strip_prefix("footnote ") {
        node.name = format!("footnote {}", number(notes, label));
    }
    for child in &mut node.children {
        number_notes(child, notes);
    }
}

/// Takes away every difference that no reader sees.
fn settle(node: &mut Node, spacing: Spacing) {
    for child in &mut node.children {
        settle(child, spacing);
    }
    if node.is_leaf() {
        node.text = tidy(&node.text);
    }
    join_tasks(node);
    node.children.retain(|child| !["paragraph", "text"].contains(&child.name.as_str()) || !child.text.is_empty());
    join_definitions(node, spacing);
    settle_spacing(node, spacing);
}

/// A check box alone in front of a paragraph stands in it.
fn join_tasks(node: &mut Node) {
    let is_task = |child: &Node| matches!(&child.text[..], [only] if TASKS.contains(&only.text.as_str()));
    for at in (1..node.children.len()).rev() {
        if node.children[at].name == "paragraph"
            && node.children[at - 1].name == "text"
            && is_task(&node.children[at - 1])
        {
            let mut text = node.children.remove(at - 1).text;
            text.append(&mut node.children[at - 1].text);
            node.children[at - 1].text = tidy(&text);
            return;
        }
    }
}

/// Two lists of definitions, one right after the other, read as one.
fn join_definitions(node: &mut Node, spacing: Spacing) {
    for at in (1..node.children.len()).rev() {
        if [at - 1, at].iter().all(|at| node.children[*at].name == "definitions") {
            let mut rest = node.children.remove(at);
            node.children[at - 1].children.append(&mut rest.children);
            settle_spacing(&mut node.children[at - 1], spacing);
        }
    }
}

/// Texts of a loose list are paragraphs. With one block in one item there is no room for a blank line.
fn settle_spacing(list: &mut Node, spacing: Spacing) {
    let parts = || list.children.iter().filter(|part| part.is_part());
    let has_room = list.name == "definitions" || parts().count() > 1 || parts().any(|part| part.children.len() > 1);
    let is_loose = spacing == Spacing::Counts
        && has_room
        && parts().any(|part| part.children.iter().any(|child| child.name == "paragraph"));
    let name = if is_loose { "paragraph" } else { "text" };
    for part in list.children.iter_mut().filter(|part| part.is_part()) {
        for child in part.children.iter_mut().filter(|child| ["paragraph", "text"].contains(&child.name.as_str())) {
            name.clone_into(&mut child.name);
        }
    }
}

/// One space for many, none at the ends, none with a mark, and no link that only says its own address.
fn tidy(text: &[Glyph]) -> Vec<Glyph> {
    let mut tidied: Vec<Glyph> = Vec::with_capacity(text.len());
    for glyph in text {
        let last = tidied.last();
        let ends_word = |last: &Glyph| last.is_space() || last.text == BREAK || TASKS.contains(&last.text.as_str());
        let after_space = last.is_none_or(ends_word);
        if glyph.is_space() {
            // The space after a reference may stand there to keep a link from it.
            if !after_space && !last.is_some_and(|last| last.text.starts_with('‹')) {
                tidied.push(Glyph { text: " ".to_owned(), marks: 0, link: None });
            }
        } else if glyph.text == BREAK {
            while tidied.last().is_some_and(Glyph::is_space) {
                tidied.pop();
            }
            if tidied.last().is_none_or(|last| !TASKS.contains(&last.text.as_str())) {
                tidied.push(Glyph { text: BREAK.to_owned(), marks: 0, link: None });
            }
        } else {
            tidied.push(glyph.clone());
        }
    }
    let blank = |glyph: &Glyph| glyph.is_space() || glyph.text == BREAK;
    while tidied.last().is_some_and(blank) {
        tidied.pop();
    }
    let leading = tidied.iter().take_while(|glyph| blank(glyph)).count();
    tidied.drain(..leading);
    without_bare_links(tidied)
}

fn without_bare_links(mut text: Vec<Glyph>) -> Vec<Glyph> {
    for run in text.chunk_by_mut(|a, b| a.link == b.link) {
        let says: String = run.iter().map(|glyph| glyph.text.as_str()).collect();
        let is_bare = run[0].link.as_ref().is_some_and(|link| link.trim_end() == decoded(&says));
        for glyph in run.iter_mut().filter(|_| is_bare) {
            glyph.link = None;
        }
    }
    text
}

fn decoded(address: &str) -> String {
    percent_decode_str(address).decode_utf8_lossy().into_owned()
}

fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn print(node: &Node, depth: usize, out: &mut String) {
    let indent = "  ".repeat(depth);
    let text: String = if node.name.starts_with("code") {
        let text: String = node.text.iter().map(|glyph| glyph.text.as_str()).collect();
        format!("{:?}", text.trim_end_matches('\n'))
    } else {
        node.text.chunk_by(|a, b| a.marks == b.marks && a.link == b.link).map(printed).collect()
    };
    out.extend([indent.as_str(), node.name.as_str(), ": ", text.as_str(), "\n"]);
    for child in &node.children {
        print(child, depth + 1, out);
    }
}

fn printed(run: &[Glyph]) -> String {
    let text: String = run.iter().map(|glyph| glyph.text.as_str()).collect();
    match (run[0].marks, &run[0].link) {
        (0, None) => text,
        (marks, None) => format!("«{marks} {text}»"),
        (marks, Some(link)) => format!("«{marks} {link}: {text}»"),
    }
}
