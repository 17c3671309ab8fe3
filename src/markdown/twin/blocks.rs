//! The filtered stream as a tree of blocks, so that what stands in one line is known before the line is written.
//!
//! Whether a list is tight, and which mark the next one needs, is known only once all of its parts are: a writer that
//! went with the events would have to go back. So the tree is built first, and it already is as it will be read again:
//! without empty texts, with check boxes at their texts, with footnotes numbered.

use std::collections::HashMap;

use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, CowStr, Event, HeadingLevel, LinkType, Tag, TagEnd};

use super::form::Form;
use super::inline::{Inlines, Mark};
use crate::markdown::stream::Stream;
use crate::markdown::tags;
use crate::markdown::{Outline, ROLES, Surroundings};

/// A block with the text of its lines, or with blocks inside it.
#[derive(Debug)]
pub(super) struct Block<'a> {
    pub(super) kind: Kind<'a>,
    /// The text of a leaf; empty in a block that holds blocks.
    pub(super) text: Inlines,
    /// The blocks in it; none in a leaf.
    pub(super) children: Vec<Block<'a>>,
}

/// What a block is.
#[derive(Debug, PartialEq)]
pub(super) enum Kind<'a> {
    /// The whole body.
    Body,
    Paragraph,
    /// The text of a tight list, which is no paragraph: the parser gives its events right inside of the item.
    Text,
    /// Has its level on the page.
    Heading(u8),
    Quote(Option<BlockQuoteKind>),
    /// Has what the page knows of the info string, and the text with its line feeds.
    Code(String, String),
    /// Has the first number of an ordered list.
    List(Option<u64>),
    Item,
    /// Has its label.
    Footnote(CowStr<'a>),
    Definitions,
    Term,
    Definition,
    Table(Vec<Alignment>),
    Row,
    Cell,
    Rule,
}

impl Kind<'_> {
    /// Whether it holds text and no blocks.
    fn is_leaf(&self) -> bool {
        matches!(self, Self::Paragraph | Self::Text | Self::Heading(_) | Self::Cell | Self::Term)
    }
}

impl<'a> Block<'a> {
    fn new(kind: Kind<'a>) -> Self {
        Self { kind, text: Inlines::default(), children: Vec::new() }
    }

    /// Whether a blank line stands between its parts: then their texts are paragraphs. Asked of the tree and not of the
    /// source, because the filter may have changed what stands in an item.
    pub(super) fn is_loose(&self) -> bool {
        let parts = || self.children.iter().filter(|part| matches!(part.kind, Kind::Item | Kind::Definition));
        let has = |kind: &Kind<'_>| parts().any(|part| part.children.iter().any(|block| block.kind == *kind));
        // Without any text of its own a list is both, and blank lines never join two blocks.
        has(&Kind::Paragraph) || !has(&Kind::Text) && parts().any(|part| part.children.len() > 1)
    }
}

impl Block<'_> {
    /// Whether it would be read as a part of the block before it if no blank line stood between them. In a tight list
    /// only what was HTML comes to stand so. A text goes on lazily with the last text of anything before it (5.1, 5.2).
    pub(super) fn joins(&self, before: &Self) -> bool {
        match self.kind {
            Kind::Text | Kind::Paragraph | Kind::Definitions => before.ends_in_text(),
            // Only a list that begins with 1 may interrupt a text.
            Kind::List(Some(first)) => first != 1 && before.is_text(),
            // The other blocks begin with a mark that interrupts a text (4.1, 4.2, 4.5, 5.1).
            Kind::Quote(_) => matches!(before.kind, Kind::Quote(_)),
            _ => false,
        }
    }

    /// Whether it is a text that the next line could go on with.
    pub(super) fn is_text(&self) -> bool {
        matches!(self.kind, Kind::Text | Kind::Paragraph) && !self.text.is_task_only()
    }

    /// Whether the line after it would go on with its last text. It looks into the last block of the last block: a text
    /// in a list in a quote goes on all the same.
    fn ends_in_text(&self) -> bool {
        match self.kind {
            Kind::Text => !self.text.is_task_only(),
            Kind::Paragraph | Kind::Term | Kind::Table(_) => true,
            Kind::Heading(_) | Kind::Code(..) | Kind::Rule => false,
            // The mark of an alert, or the text that stands in for an empty note, is a line that goes on.
            Kind::Quote(Some(_)) | Kind::Footnote(_) if self.children.is_empty() => true,
            _ => self.children.last().is_some_and(Self::ends_in_text),
        }
    }
}

/// Reads a body.
pub(super) fn read<'a>(
    body: &'a str,
    outline: &'a Outline,
    surroundings: &'a dyn Surroundings,
    form: Form,
) -> Tree<'a> {
    let mut tree = Tree::new(outline, surroundings, form);
    // What is loaded into a tool is the text as it stands, its first heading too.
    let title = outline.title.filter(|_| !form.is_loaded());
    let mut stream = Stream::below_title(body, title);
    // No `for`: whether a text is the tag of a prompt is asked of the stream between two events.
    while let Some(placed) = stream.next() {
        match placed.event {
            Event::Text(text) if form.is_loaded() && stream.is_prompt_tag(&placed.range) => tree.prompt_tag(&text),
            event => tree.event(event, placed.nth),
        }
    }
    tree
}

/// The tree while it grows. An open image, and the title that stands for a wikilink, swallow the texts in them: an arm
/// that adds a text, a mark or a link asks for them first.
pub(in crate::markdown) struct Tree<'a> {
    outline: &'a Outline,
    surroundings: &'a dyn Surroundings,
    form: Form,
    /// The open blocks, the body first.
    open: Vec<Block<'a>>,
    /// The open links: of those within an alternative text too, so that each end finds its own.
    links: Vec<Link>,
    /// The image that is open.
    image: Option<Image>,
    /// How often each mark is open: a mark inside itself says nothing, and `****` would be read as something else. The
    /// place of a mark is its number in [`Mark`].
    marks: [usize; 3],
    /// Whether the text of the open link was written already.
    skip_text: bool,
    notes: Notes,
}

/// The numbers of footnotes: as on the page by their first use, where labels may be written in either case.
#[derive(Debug, Default)]
pub(super) struct Notes {
    by_label: HashMap<String, usize>,
}

impl Notes {
    /// The number of a label. One that nothing refers to comes after all others. Labels match in either case, as those
    /// of links do (6.3); in lower case here and on the page, or the two would number differently.
    pub(super) fn number(&mut self, label: &str) -> usize {
        let next = self.by_label.len() + 1;
        *self.by_label.entry(label.to_lowercase()).or_insert(next)
    }
}

/// An open link.
struct Link {
    href: Option<String>,
    kind: LinkType,
}

/// An open image. Images inside its alternative text are part of the text (6.4).
struct Image {
    /// Where it is; `None` where its alternative text is shown in its place.
    source: Option<String>,
    alt: String,
    /// How many images are open: the outermost ends it.
    depth: usize,
}

impl<'a> Tree<'a> {
    /// Nothing yet, of a twin.
    pub(in crate::markdown) fn of_twin(outline: &'a Outline, surroundings: &'a dyn Surroundings) -> Self {
        Self::new(outline, surroundings, Form::Twin)
    }

    fn new(outline: &'a Outline, surroundings: &'a dyn Surroundings, form: Form) -> Self {
        Self {
            outline,
            surroundings,
            form,
            open: vec![Block::new(Kind::Body)],
            links: Vec::new(),
            image: None,
            marks: [0; 3],
            skip_text: false,
            notes: Notes::default(),
        }
    }

    /// Takes one event into the tree. A break within an alternative text is a space, since that has one line.
    pub(in crate::markdown) fn event(&mut self, event: Event<'a>, nth: usize) {
        match event {
            Event::Start(tag) => self.start(tag, nth),
            Event::End(end) => self.end(end),
            Event::Text(text) => self.text(&text),
            Event::Code(code) => match &mut self.image {
                Some(image) => image.alt.push_str(&code),
                None => self.leaf().code(&code),
            },
            Event::SoftBreak | Event::HardBreak if self.image.is_some() => self.text(" "),
            Event::SoftBreak => self.leaf().line(),
            Event::HardBreak => self.leaf().hard_break(),
            Event::Rule => self.add(Block::new(Kind::Rule)),
            Event::TaskListMarker(done) => self.leaf().task(done),
            Event::FootnoteReference(label) => {
                let number = self.notes.number(&label);
                self.leaf().note(number);
            }
            _ => {}
        }
    }

    /// Opens a block, or a mark in the open one. The ignored tags are those that the options of the stream cannot
    /// bring.
    fn start(&mut self, tag: Tag<'a>, nth: usize) {
        let kind = match tag {
            Tag::Paragraph => return self.start_paragraph(),
            Tag::Heading { level, .. } => Kind::Heading(self.heading_level(level, nth)),
            Tag::BlockQuote(kind) => Kind::Quote(kind),
            Tag::CodeBlock(CodeBlockKind::Fenced(info)) => Kind::Code(shown_info(&info), String::new()),
            Tag::CodeBlock(CodeBlockKind::Indented) => Kind::Code(String::new(), String::new()),
            Tag::List(first) => Kind::List(first),
            Tag::Item => Kind::Item,
            Tag::FootnoteDefinition(label) => Kind::Footnote(label),
            Tag::DefinitionList => Kind::Definitions,
            Tag::DefinitionListTitle => Kind::Term,
            Tag::DefinitionListDefinition => Kind::Definition,
            Tag::Table(alignments) => Kind::Table(alignments),
            Tag::TableHead | Tag::TableRow => Kind::Row,
            Tag::TableCell => Kind::Cell,
            Tag::Emphasis => return self.open_mark(Mark::Emphasis),
            Tag::Strong => return self.open_mark(Mark::Strong),
            Tag::Strikethrough => return self.open_mark(Mark::Strike),
            Tag::Link { link_type, .. } => return self.start_link(nth, link_type),
            Tag::Image { .. } => return self.start_image(nth),
            _ => return,
        };
        self.open.push(Block::new(kind));
    }

    /// Closes what `start` opened: the two must agree on which tags are blocks, or a block is closed that is still
    /// open.
    fn end(&mut self, end: TagEnd) {
        match end {
            TagEnd::Emphasis => self.close_mark(Mark::Emphasis),
            TagEnd::Strong => self.close_mark(Mark::Strong),
            TagEnd::Strikethrough => self.close_mark(Mark::Strike),
            TagEnd::Link => self.end_link(),
            TagEnd::Image => self.end_image(),
            TagEnd::HtmlBlock | TagEnd::MetadataBlock(_) | TagEnd::Superscript | TagEnd::Subscript => {}
            _ => self.end_block(),
        }
    }

    /// A paragraph takes the check box that stands before it: in a loose list the parser gives the box outside of the
    /// paragraph that it is written in.
    fn start_paragraph(&mut self) {
        let mut paragraph = Block::new(Kind::Paragraph);
        if let Some(parent) = self.open.last_mut()
            && parent.children.last().is_some_and(|last| last.kind == Kind::Text && last.text.is_task_only())
        {
            paragraph.text = parent.children.pop().map(|last| last.text).unwrap_or_default();
        }
        self.open.push(paragraph);
    }

    /// A twin has the levels of the page, below its title; what is loaded has those of the author, six at most.
    fn heading_level(&self, written: HeadingLevel, nth: usize) -> u8 {
        if let Form::Loadable { deeper } = self.form {
            return (written as u8 + deeper).min(6);
        }
        self.outline.headings.get(nth).map_or(2, |heading| heading.level)
    }

    /// Moves the open block into the one around it. The body stays: nothing closes it.
    fn end_block(&mut self) {
        if self.open.len() > 1
            && let Some(block) = self.open.pop()
        {
            self.add(block);
        }
    }

    /// Adds a finished block to the one around it. A paragraph that shows nothing is none. Other empty blocks stay,
    /// since an item, a cell or a quote can be seen without a text.
    fn add(&mut self, mut block: Block<'a>) {
        tidy(&mut block);
        let Some(parent) = self.open.last_mut() else { return };
        if matches!(block.kind, Kind::Heading(_))
            && let Some(task) = block.text.take_task()
        {
            // A heading with its marks in front has no room for a check box: it stands before it.
            parent.children.push(Block { text: task, ..Block::new(Kind::Text) });
        }
        if block.kind != Kind::Paragraph || !block.text.is_empty() {
            parent.children.push(block);
        }
    }

    /// The text that inline events belong to: that of the open block, or where that holds blocks, as an item does, of a
    /// text in it, which is begun if the last block is none.
    fn leaf(&mut self) -> &mut Inlines {
        let at = self.open.len() - 1;
        let block = &mut self.open[at];
        if block.kind.is_leaf() {
            return &mut block.text;
        }
        if block.children.last().is_none_or(|last| last.kind != Kind::Text) {
            block.children.push(Block::new(Kind::Text));
        }
        let at = block.children.len() - 1;
        &mut block.children[at].text
    }

    /// Into what is open: an alternative text, code, or a text that is not replaced by a title.
    fn text(&mut self, text: &str) {
        if let Some(image) = &mut self.image {
            image.alt.push_str(text);
        } else if let Some(Block { kind: Kind::Code(_, code), .. }) = self.open.last_mut() {
            code.push_str(text);
        } else if !self.skip_text {
            self.leaf().text(text);
        }
    }

    /// A tag of a prompt, or a line of a block of them, as it was written. A line that has HTML besides is escaped like
    /// any text: it is loaded as the page shows it, and stays harmless where somebody puts it on a page.
    fn prompt_tag(&mut self, text: &str) {
        if self.image.is_some() || self.skip_text || tags::first_html(text).is_some() {
            self.text(text);
        } else {
            self.leaf().whole(text);
        }
    }

    /// Counted in alternative texts too, where it is not written, so that starts and ends stay in step.
    fn open_mark(&mut self, mark: Mark) {
        self.marks[mark as usize] += 1;
        if self.image.is_none() && self.marks[mark as usize] == 1 {
            self.leaf().open(mark);
        }
    }

    fn close_mark(&mut self, mark: Mark) {
        self.marks[mark as usize] -= 1;
        if self.image.is_none() && self.marks[mark as usize] == 0 {
            self.leaf().close(mark);
        }
    }

    /// A link that leads nowhere is its text. The text of a wikilink is written in the place of its id.
    fn start_link(&mut self, nth: usize, kind: LinkType) {
        let href = if self.image.is_some() { None } else { self.surroundings.link(nth) };
        if href.is_some() {
            self.leaf().open_link();
        }
        if self.image.is_none()
            && kind == (LinkType::WikiLink { has_pothole: false })
            && let Some(text) = self.surroundings.wikilink_text(nth)
        {
            self.text(&text);
            self.skip_text = true;
        }
        self.links.push(Link { href, kind });
    }

    /// Closes a link that was opened; of one that leads nowhere nothing was written but its text.
    fn end_link(&mut self) {
        self.skip_text = false;
        if let Some(Link { href: Some(href), kind }) = self.links.pop() {
            self.leaf().close_link(&href, kind == LinkType::Email);
        }
    }

    /// Gathers the alternative text from here on, and drops the marks in it.
    fn start_image(&mut self, nth: usize) {
        if let Some(image) = &mut self.image {
            image.depth += 1;
            return;
        }
        let source = self.surroundings.image(nth);
        self.image = Some(Image { source, alt: String::new(), depth: 1 });
    }

    /// Writes the image that is complete: as an image, as its alternative text, or for a model not at all.
    fn end_image(&mut self) {
        let Some(mut image) = self.image.take() else { return };
        image.depth -= 1;
        if image.depth > 0 {
            self.image = Some(image);
            return;
        }
        match image.source {
            // Its alternative text is not what a reader of the page sees.
            Some(_) if self.form.is_loaded() => {}
            Some(source) => self.leaf().image(&image.alt, &source),
            None => self.leaf().text(&image.alt),
        }
    }

    /// The body, with the numbers that its references have given.
    pub(super) fn finish(mut self) -> (Block<'a>, Notes) {
        while self.open.len() > 1 {
            self.end_block();
        }
        let mut body = self.open.pop().unwrap_or_else(|| Block::new(Kind::Body));
        tidy(&mut body);
        (body, self.notes)
    }
}

/// What the page has of the words after a fence: the language, and of a prompt who speaks. All others can be seen by
/// nobody but a tool, so they are not handed on.
fn shown_info(info: &str) -> String {
    let mut words = info.split_whitespace();
    let language = words.next().unwrap_or_default();
    match words.next().filter(|word| language == "prompt" && ROLES.contains(word)) {
        Some(role) => format!("{language} {role}"),
        None => language.to_owned(),
    }
}

/// Takes away what shows nothing: blanks at the ends of its text, and texts in it that are empty then. Done when a
/// block is finished, because an empty text between two blocks would else decide whether their list is loose.
fn tidy(block: &mut Block<'_>) {
    block.text.trim();
    for child in block.children.iter_mut().filter(|child| child.kind == Kind::Text) {
        child.text.trim();
    }
    block.children.retain(|child| child.kind != Kind::Text || !child.text.is_empty());
}
