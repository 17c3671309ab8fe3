//! The filtered stream as a page's HTML.
//!
//! Nothing here decides what is safe: events come filtered, and every text and attribute is escaped as it is written.
//! Only three pieces of HTML come from elsewhere: a block of prompt text from [`Surroundings`], coloured code from
//! [`Highlighter`], and footnotes that this writer has put aside.

use std::collections::HashMap;
use std::fmt::Write as _;

use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, Event, LinkType, Tag, TagEnd};

use crate::markdown::highlight::Budget;
use crate::markdown::stream::{Placed, Stream, is_prompt};
use crate::markdown::{Heading, Highlighter, Outline, Surroundings};
use crate::text::address::leads_to_a_site;
use crate::text::html::{push_attribute, push_text};

/// A body as HTML that needs no script, no inline style and no other site. `outline` is the outline of the same body:
/// the numbers of the stream are places in its lists.
pub fn html(body: &str, outline: &Outline, surroundings: &dyn Surroundings, highlighter: &Highlighter) -> String {
    let mut writer = Writer::new(outline, surroundings, highlighter, body.len());
    for placed in Stream::below_title(body, outline.title) {
        writer.event(placed);
    }
    writer.finish()
}

/// The state of a writer that goes through events once. What must be known before its place is reached (levels,
/// anchors, where links lead) comes from the outline; what is known too late (whether a link shows anything) is cut off
/// again.
pub(super) struct Writer<'w> {
    out: String,
    outline: &'w Outline,
    surroundings: &'w dyn Surroundings,
    highlighter: &'w Highlighter,
    budget: Budget,
    /// The heading that is open.
    heading: Option<&'w Heading>,
    /// The level of the last heading: none stands more than one below it, or readers of an outline miss a level. What
    /// is loaded into tools keeps the author's levels.
    level: u8,
    /// For each open link whether a tag was written.
    open_links: Vec<bool>,
    /// The byte of `out` at which the tag of the open link begins, as long as nothing behind it can be seen: a link
    /// without text is cut off from there.
    unseen_link: Option<usize>,
    /// Whether the text of the open link was written already, as that of a wikilink is: the id that stands between its
    /// brackets is then left out.
    skip_text: bool,
    /// The image that is open, while its alternative text is gathered.
    alt: Option<Alt>,
    /// The open code block.
    code: Option<Code>,
    /// Those of the open table by column, and the column that comes next.
    alignments: Vec<Alignment>,
    column: usize,
    in_head: bool,
    footnotes: Footnotes,
}

/// An open image. Images inside an alternative text are part of the text (CommonMark, 6.4): an attribute holds no
/// element, so as long as one is open only text is gathered.
struct Alt {
    nth: usize,
    text: String,
    /// How many images are open: the alternative text ends with the outermost.
    depth: usize,
}

/// An open code block.
struct Code {
    info: String,
    /// Which prompt block it is, if it is one.
    nth: usize,
    text: String,
}

/// Footnotes are gathered where they are defined and written at the end, numbered by their first use. Numbers are given
/// to labels and not to definitions, because a reference may come before or after its definition, or have none.
#[derive(Default)]
struct Footnotes {
    /// By label, in the order of the first references.
    numbers: HashMap<String, usize>,
    /// Label and HTML of each definition. Labels are in lower case: references need not be written alike.
    definitions: Vec<(String, String)>,
    /// The label of each open definition, and the HTML of what it stands in: while one is open, `out` is its own HTML.
    aside: Vec<(String, String)>,
    /// By number, how often each was referred to: an id may stand on a page once (HTML, "The `id` attribute").
    references: HashMap<usize, usize>,
}

impl<'w> Writer<'w> {
    /// For a body of so many bytes.
    pub(super) fn new(
        outline: &'w Outline,
        surroundings: &'w dyn Surroundings,
        highlighter: &'w Highlighter,
        body: usize,
    ) -> Self {
        Self {
            out: String::with_capacity(body * 5 / 4),
            outline,
            surroundings,
            highlighter,
            budget: Budget::default(),
            heading: None,
            level: 1,
            open_links: Vec::new(),
            unseen_link: None,
            skip_text: false,
            alt: None,
            code: None,
            alignments: Vec::new(),
            column: 0,
            in_head: false,
            footnotes: Footnotes::default(),
        }
    }

    /// While an image is open its tags are dropped, but its links are still pushed and popped, so that the stack of
    /// links stays balanced.
    pub(super) fn event(&mut self, Placed { event, nth, .. }: Placed<'_>) {
        match event {
            Event::Start(tag) if self.alt.is_none() => self.start(tag, nth),
            Event::Start(Tag::Image { .. }) => self.nested_image(),
            Event::Start(Tag::Link { .. }) => self.open_links.push(false),
            Event::End(TagEnd::Image) => self.end_image(),
            Event::End(end) if self.alt.is_none() => self.end(end),
            Event::End(TagEnd::Link) => {
                self.open_links.pop();
            }
            Event::Text(text) => self.text(&text),
            Event::Code(code) => self.inline_code(&code),
            Event::SoftBreak => self.text("\n"),
            Event::HardBreak => self.hard_break(),
            Event::Rule => self.out.push_str("<hr>\n"),
            Event::TaskListMarker(done) => self.task(done),
            Event::FootnoteReference(label) => self.footnote_reference(&label),
            _ => {}
        }
    }

    /// Opens an element. What is not listed needs none: tags that the options of the stream do not bring.
    fn start(&mut self, tag: Tag<'_>, nth: usize) {
        match tag {
            Tag::Paragraph => self.out.push_str("<p>"),
            Tag::Heading { .. } => self.start_heading(nth),
            Tag::BlockQuote(kind) => self.start_quote(kind),
            // Gathered and written at its end: whether it is coloured depends on all of it.
            Tag::CodeBlock(kind) => self.code = Some(Code { info: info(&kind), nth, text: String::new() }),
            Tag::List(None) => self.out.push_str("<ul>\n"),
            Tag::List(Some(1)) => self.out.push_str("<ol>\n"),
            Tag::List(Some(first)) => {
                let _ = writeln!(self.out, "<ol start=\"{first}\">");
            }
            Tag::Item => self.out.push_str("<li>"),
            Tag::FootnoteDefinition(label) => self.start_footnote(&label),
            Tag::DefinitionList => self.out.push_str("<dl>\n"),
            Tag::DefinitionListTitle => self.out.push_str("<dt>"),
            Tag::DefinitionListDefinition => self.out.push_str("<dd>"),
            Tag::Table(alignments) => self.start_table(alignments),
            Tag::TableHead => self.start_row(true),
            Tag::TableRow => self.start_row(false),
            Tag::TableCell => self.start_cell(),
            Tag::Emphasis => self.out.push_str("<em>"),
            Tag::Strong => self.out.push_str("<strong>"),
            Tag::Strikethrough => self.out.push_str("<del>"),
            Tag::Link { title, link_type, .. } => self.start_link(nth, &title, link_type),
            Tag::Image { .. } => self.alt = Some(Alt { nth, text: String::new(), depth: 1 }),
            _ => {}
        }
    }

    /// Closes an element, each as `start` has opened it.
    fn end(&mut self, end: TagEnd) {
        match end {
            TagEnd::Paragraph => self.out.push_str("</p>\n"),
            TagEnd::Heading(_) => self.end_heading(),
            TagEnd::BlockQuote(None) => self.out.push_str("</blockquote>\n"),
            TagEnd::BlockQuote(Some(_)) => self.out.push_str("</div>\n"),
            TagEnd::CodeBlock => self.end_code(),
            TagEnd::List(false) => self.out.push_str("</ul>\n"),
            TagEnd::List(true) => self.out.push_str("</ol>\n"),
            TagEnd::Item => self.out.push_str("</li>\n"),
            TagEnd::FootnoteDefinition => self.end_footnote(),
            TagEnd::DefinitionList => self.out.push_str("</dl>\n"),
            TagEnd::DefinitionListTitle => self.out.push_str("</dt>\n"),
            TagEnd::DefinitionListDefinition => self.out.push_str("</dd>\n"),
            TagEnd::Table => self.out.push_str("</tbody></table></div>\n"),
            TagEnd::TableHead => self.out.push_str("</tr></thead>\n<tbody>\n"),
            TagEnd::TableRow => self.out.push_str("</tr>\n"),
            TagEnd::TableCell => self.out.push_str(if self.in_head { "</th>" } else { "</td>" }),
            TagEnd::Emphasis => self.out.push_str("</em>"),
            TagEnd::Strong => self.out.push_str("</strong>"),
            TagEnd::Strikethrough => self.out.push_str("</del>"),
            TagEnd::Link => self.end_link(),
            _ => {}
        }
    }

    /// Into what is open: an alternative text, a block of code, or the page.
    fn text(&mut self, text: &str) {
        if self.skip_text {
            return;
        }
        if let Some(alt) = &mut self.alt {
            alt.text.push_str(text);
        } else if let Some(code) = &mut self.code {
            code.text.push_str(text);
        } else {
            self.shows(text);
            push_text(&mut self.out, text);
        }
    }

    /// Records that a text is shown: the open link can be seen then, unless the text is blank.
    fn shows(&mut self, text: &str) {
        if !text.trim().is_empty() {
            self.unseen_link = None;
        }
    }

    /// A code span; in an alternative text, the text of it.
    fn inline_code(&mut self, code: &str) {
        if let Some(alt) = &mut self.alt {
            alt.text.push_str(code);
            return;
        }
        self.shows(code);
        self.out.push_str("<code>");
        push_text(&mut self.out, code);
        self.out.push_str("</code>");
    }

    /// In an alternative text a space, since an attribute is read out on one line.
    fn hard_break(&mut self) {
        if self.alt.is_some() {
            self.text(" ");
        } else {
            self.out.push_str("<br>\n");
        }
    }

    /// A check box that nobody can change. It has a name of its own for screen readers, because no `label` is around
    /// it.
    fn task(&mut self, done: bool) {
        let word = self.surroundings.word(if done { "task_done" } else { "task_open" });
        let checked = if done { " checked" } else { "" };
        self.out.push_str("<input type=\"checkbox\" disabled");
        self.out.push_str(checked);
        self.out.push_str(" aria-label=\"");
        push_attribute(&mut self.out, word);
        self.out.push_str("\"> ");
    }

    /// Opens a heading at its level, but not more than one below the last.
    fn start_heading(&mut self, nth: usize) {
        let Some(heading) = self.outline.headings.get(nth) else { return };
        self.heading = Some(heading);
        self.level = heading.level.min(self.level + 1);
        let _ = write!(self.out, "<h{} id=\"", self.level);
        push_attribute(&mut self.out, &heading.anchor);
        self.out.push_str("\">");
    }

    /// Closes a heading behind a link to itself, whose name has the heading in it: a page with many links called `#`
    /// would say nothing to those who list its links.
    fn end_heading(&mut self) {
        let Some(heading) = self.heading.take() else { return };
        self.out.push_str(" <a class=\"anchor\" href=\"#");
        push_attribute(&mut self.out, &heading.anchor);
        self.out.push_str("\" aria-label=\"");
        push_attribute(&mut self.out, self.surroundings.word("anchor"));
        self.out.push_str(": ");
        push_attribute(&mut self.out, &heading.text);
        let _ = writeln!(self.out, "\">#</a></h{}>", self.level);
    }

    /// A quote, or an alert, which is no quotation and so no `blockquote`.
    fn start_quote(&mut self, kind: Option<BlockQuoteKind>) {
        let Some(kind) = kind else {
            self.out.push_str("<blockquote>\n");
            return;
        };
        let name = alert(kind);
        let _ = write!(self.out, "<div class=\"alert {name}\" role=\"note\">\n<p class=\"alert-title\">");
        push_text(&mut self.out, self.surroundings.word(name));
        self.out.push_str("</p>\n");
    }

    /// Writes a block of code: as a prompt where the page wants it so, else coloured where there is room and a grammar.
    fn end_code(&mut self) {
        let Some(Code { info, nth, text }) = self.code.take() else { return };
        if is_prompt(&info) && self.surroundings.prompt(nth, &mut self.out) {
            return;
        }
        let language = info.split_whitespace().next().unwrap_or_default();
        // With `tabindex` a box that scrolls sideways can be scrolled by keyboard (WCAG 2.1.1).
        self.out.push_str("<pre class=\"code\" tabindex=\"0\"><code");
        if !language.is_empty() {
            self.out.push_str(" data-language=\"");
            push_attribute(&mut self.out, language);
            self.out.push('"');
        }
        self.out.push('>');
        // The outline has counted the same blocks in the same order, so it reports exactly those that are plain here.
        self.budget.read(&text);
        let coloured = match self.budget.end(language) {
            None => self.highlighter.highlight(language, &text),
            Some(_) => None,
        };
        match coloured {
            Some(html) => self.out.push_str(&html),
            None => push_text(&mut self.out, &text),
        }
        self.out.push_str("</code></pre>\n");
    }

    /// In a box of its own, which scrolls sideways where the table is wider than the page; by keyboard too, so it has a
    /// name.
    fn start_table(&mut self, alignments: Vec<Alignment>) {
        self.alignments = alignments;
        self.out.push_str("<div class=\"table\" role=\"group\" tabindex=\"0\" aria-label=\"");
        push_attribute(&mut self.out, self.surroundings.word("table"));
        self.out.push_str("\"><table>");
    }

    fn start_row(&mut self, head: bool) {
        self.in_head = head;
        self.column = 0;
        self.out.push_str(if head { "<thead><tr>" } else { "<tr>" });
    }

    /// Alignment is a class, because the site's policy forbids inline styles.
    fn start_cell(&mut self) {
        self.out.push_str(if self.in_head { "<th scope=\"col\"" } else { "<td" });
        self.out.push_str(match self.alignments.get(self.column) {
            Some(Alignment::Left) => " class=\"left\">",
            Some(Alignment::Center) => " class=\"center\">",
            Some(Alignment::Right) => " class=\"right\">",
            _ => ">",
        });
        self.column += 1;
    }

    /// A wikilink without a text of its own gets the title of what it leads to, so that it stays right when that is
    /// renamed.
    fn start_link(&mut self, nth: usize, title: &str, link_type: LinkType) {
        let href = self.surroundings.link(nth);
        self.open_links.push(href.is_some());
        if let Some(href) = href {
            self.unseen_link = Some(self.out.len());
            self.open_link_tag(&href, title);
        }
        if link_type == (LinkType::WikiLink { has_pothole: false })
            && let Some(text) = self.surroundings.wikilink_text(nth)
        {
            self.shows(&text);
            push_text(&mut self.out, &text);
            self.skip_text = true;
        }
    }

    /// A link to another site sends no `Referer`: addresses of an internal handbook say what a team works on.
    fn open_link_tag(&mut self, href: &str, title: &str) {
        self.out.push_str("<a href=\"");
        push_attribute(&mut self.out, href);
        if !title.is_empty() {
            self.out.push_str("\" title=\"");
            push_attribute(&mut self.out, title);
        }
        self.out.push_str(if leads_to_a_site(href) { "\" rel=\"noreferrer\">" } else { "\">" });
    }

    /// Closes a link, or takes all of it back where nothing in it can be seen.
    fn end_link(&mut self) {
        self.skip_text = false;
        if !self.open_links.pop().unwrap_or(false) {
            return;
        }
        match self.unseen_link.take() {
            // Nobody could see it, or say what it is.
            Some(start) => self.out.truncate(start),
            None => self.out.push_str("</a>"),
        }
    }

    /// An image in an alternative text: its own text becomes part of the outer one.
    fn nested_image(&mut self) {
        if let Some(alt) = &mut self.alt {
            alt.depth += 1;
        }
    }

    /// Writes the image, or its alternative text where the page has no address for it.
    fn end_image(&mut self) {
        let Some(mut alt) = self.alt.take() else { return };
        alt.depth -= 1;
        if alt.depth > 0 {
            self.alt = Some(alt);
            return;
        }
        let Some(source) = self.surroundings.image(alt.nth) else {
            self.shows(&alt.text);
            push_text(&mut self.out, &alt.text);
            return;
        };
        self.unseen_link = None;
        self.out.push_str("<img loading=\"lazy\" src=\"");
        push_attribute(&mut self.out, &source);
        self.out.push_str("\" alt=\"");
        push_attribute(&mut self.out, &alt.text);
        self.out.push_str("\">");
    }

    /// The number of a footnote, with an id for the way back. The first reference has the plain one, to which the
    /// definition leads. The colons keep these ids apart from anchors of headings, which have none.
    fn footnote_reference(&mut self, label: &str) {
        let next = self.footnotes.numbers.len() + 1;
        let number = *self.footnotes.numbers.entry(label.to_lowercase()).or_insert(next);
        self.unseen_link = None;
        let count = self.footnotes.references.entry(number).or_default();
        *count += 1;
        let id = if *count == 1 { format!("fnref:{number}") } else { format!("fnref:{number}:{count}") };
        if self.open_links.contains(&true) {
            // A link holds no other.
            let _ = write!(self.out, "<sup id=\"{id}\">{number}</sup>");
            return;
        }
        let _ = write!(self.out, "<sup><a class=\"footnote\" id=\"{id}\" href=\"#fn:{number}\">{number}</a></sup>");
    }

    /// Puts aside what was written so far: a definition may stand anywhere in a body, also in a quote or a list.
    fn start_footnote(&mut self, label: &str) {
        let around = std::mem::take(&mut self.out);
        self.footnotes.aside.push((label.to_lowercase(), around));
    }

    /// Takes up again what the definition stands in. Definitions may be nested, so what was put aside is a stack.
    fn end_footnote(&mut self) {
        if let Some((label, around)) = self.footnotes.aside.pop() {
            let html = std::mem::replace(&mut self.out, around);
            self.footnotes.definitions.push((label, html));
        }
    }

    /// Adds the footnotes in the order of their numbers. A body without any has nothing to add.
    pub(super) fn finish(mut self) -> String {
        if self.footnotes.definitions.is_empty() {
            return self.out;
        }
        let mut definitions = std::mem::take(&mut self.footnotes.definitions);
        // Definitions that nothing refers to come last: nothing that was written is lost.
        let mut numbers = std::mem::take(&mut self.footnotes.numbers);
        definitions.sort_by_key(|(label, _)| numbers.get(label).copied().unwrap_or(usize::MAX));
        self.out.push_str("<section class=\"footnotes\" aria-label=\"");
        push_attribute(&mut self.out, self.surroundings.word("footnotes"));
        self.out.push_str("\">\n<ol>\n");
        for (label, html) in definitions {
            // References lead to the first definition of a label.
            self.definition(numbers.remove(&label), &html);
        }
        self.out.push_str("</ol>\n</section>\n");
        self.out
    }

    /// A footnote with a link back. Without a number nothing refers to it, so there is nothing to go back to.
    fn definition(&mut self, number: Option<usize>, html: &str) {
        let Some(number) = number else {
            let _ = writeln!(self.out, "<li>{html}</li>");
            return;
        };
        let _ = write!(
            self.out,
            "<li id=\"fn:{number}\">{html}<a class=\"backref\" href=\"#fnref:{number}\" aria-label=\""
        );
        push_attribute(&mut self.out, self.surroundings.word("footnote_back"));
        let _ = writeln!(self.out, " {number}\">↩</a></li>");
    }
}

/// The words behind a fence; none of an indented block, which has no fence.
fn info(kind: &CodeBlockKind<'_>) -> String {
    match kind {
        CodeBlockKind::Fenced(info) => info.to_string(),
        CodeBlockKind::Indented => String::new(),
    }
}

/// The class and word of an alert: those of GitHub, of which there are five.
pub(super) fn alert(kind: BlockQuoteKind) -> &'static str {
    match kind {
        BlockQuoteKind::Note => "note",
        BlockQuoteKind::Tip => "tip",
        BlockQuoteKind::Important => "important",
        BlockQuoteKind::Warning => "warning",
        BlockQuoteKind::Caution => "caution",
    }
}
