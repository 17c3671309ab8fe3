//! What a body holds, for checks, navigation and resolution.
//!
//! Made once, when a file is read, and kept with the entry: whatever asks for headings, links or text asks the outline
//! and not the body. It is also where the stream's findings become problems, because only here is the place in the
//! source known. A writer reads the body a second time, with this outline beside it.

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, LinkType, Tag, TagEnd};

use crate::diagnostics::{Diagnostic, Problems, Rule};
use crate::markdown::highlight::{BLOCK_LIMIT, Budget, LINE_LIMIT, PAGE_LIMIT, TooMuch};
use crate::markdown::plain_text::PlainText;
use crate::markdown::stream::{DEPTH_LIMIT, Finding, Placed, Stream, is_prompt};
use crate::markdown::tags;
use crate::text::slug::Anchors;
use crate::text::words::one_line;
use crate::text::{Source, Span, Spanned, hidden};

/// A heading of a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// Level on the page, 2 to 6: level 1 is the entry's title.
    pub level: u8,
    /// Its text without marks.
    pub text: String,
    /// Its anchor, unique on the page: built as the code hosts build it, so that links written for them work here too.
    pub anchor: String,
    /// Where it stands.
    pub span: Span,
}

/// How an entry names another file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkUse {
    /// `[text](path)`.
    Link,
    /// `[[id]]`.
    Wikilink,
    /// `![alt](path)`.
    Image,
}

/// A link or an image, as it was written. Where it leads is resolved among all entries, in
/// [`Catalog`](crate::handbook::Catalog).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// What it is.
    pub usage: LinkUse,
    /// The destination as written, escapes and entities decoded; of a mail address with `mailto:`, which the author
    /// left out.
    pub destination: String,
    /// Where it stands.
    pub span: Span,
}

/// A block of prompt text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fence {
    /// The words after `prompt` in the info string, i.e. the role; empty where there is none. Which roles there are is
    /// not judged here.
    pub role: String,
    /// Where the role stands, or the whole first line.
    pub role_span: Span,
    /// The text to send, without the white space at its end.
    pub text: String,
    /// The whole block, fences included.
    pub span: Span,
    /// Where the text stands in the source.
    pub text_span: Span,
    /// Whether a line of its own ends it; without one everything that follows is part of it (CommonMark, 4.5), which
    /// nobody means.
    pub is_closed: bool,
}

/// A body's headings, links, images and prompt blocks, each in the order of the text: the place of one is the number
/// that the [`Stream`] gives it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outline {
    /// Headings, also that which is the title.
    pub headings: Vec<Heading>,
    /// Which of them is the entry's title: the first of level 1, where the front matter has no title or the same. The
    /// page shows it as its own heading, and not a second time.
    pub title: Option<usize>,
    /// Links and wikilinks.
    pub links: Vec<Link>,
    /// Images.
    pub images: Vec<Link>,
    /// Prompt blocks.
    pub fences: Vec<Fence>,
    /// The first word of every other block that has one, and where it stands. Those that are no languages come last.
    pub languages: Vec<Spanned<String>>,
    /// Where the first line stands of every block that says nothing of what it holds, or that it is a text.
    pub plain: Vec<Span>,
    /// Whether there is nothing to read at all, but for the title.
    pub is_empty: bool,
    /// Whether the author used level-1 headings below the title, so that every heading moves down a level.
    pub shift: bool,
    /// Everything that the page shows of it as text: what search finds it by.
    pub text: PlainText,
    /// The anchors of all headings: links to one of many are looked up here, and a page may have thousands.
    anchors: HashSet<String>,
}

impl Outline {
    /// The heading that is the entry's title.
    pub fn title(&self) -> Option<&Heading> {
        self.headings.get(self.title?)
    }

    /// The headings that the page shows below its title, in the order of the text.
    pub fn sections(&self) -> impl Iterator<Item = &Heading> {
        self.headings.iter().enumerate().filter(|(nth, _)| Some(*nth) != self.title).map(|(_, heading)| heading)
    }

    /// Whether a heading has this anchor.
    pub fn has_anchor(&self, anchor: &str) -> bool {
        self.anchors.contains(anchor)
    }
}

/// What the first line of a block says that holds some text.
const PLAIN: [&str; 7] = ["", "text", "txt", "plain", "plaintext", "markdown", "md"];

/// Reads a body once, and reports what the filter changed. `body` is its bytes in the source, and `title` that of the
/// front matter, which decides whether the first heading is shown a second time.
pub fn outline(source: &Source, body: Range<usize>, title: Option<&str>, problems: &mut Problems) -> Outline {
    let mut stream = Stream::new(source.slice(body.clone()));
    let mut scan = Scan {
        source,
        base: body.start,
        body: source.slice(body.clone()),
        outline: Outline::default(),
        text: PlainText::default(),
        written_title: title.map(one_line),
        has_first: false,
        heading: None,
        fence: None,
        in_code: false,
        unseen_link: None,
        unseen_links: Vec::new(),
        language: None,
        budget: Budget::default(),
        uncoloured: Vec::new(),
        spaced: Vec::new(),
        looked_through: 0,
    };
    scan.outline.is_empty = true;
    for Placed { event, range, .. } in stream.by_ref() {
        scan.event(event, range);
    }
    // Findings are complete only once the stream is at its end.
    let mut unseen = Unseen::default();
    for finding in stream.findings() {
        if let Finding::NoLanguage(range, word) = finding {
            scan.outline.languages.push(Spanned::new(word.clone(), scan.span(range.clone())));
        }
        match Kind::of(finding) {
            Some(kind) => unseen.add(kind, finding),
            None => scan.problem(finding).into_iter().for_each(|problem| problems.push(problem)),
        }
    }
    for (finding, others) in unseen.0.into_values() {
        problems.extend(scan.problem(finding).map(|problem| with_others(problem, others)));
    }
    for (range, target) in &scan.spaced {
        problems.push(scan.spaced_target(range, target));
    }
    for range in &scan.unseen_links {
        problems.push(scan.empty_link(range));
    }
    for (language, reason) in &scan.uncoloured {
        problems.push(uncoloured(language, *reason));
    }
    scan.finish()
}

/// A kind of what nobody sees: each is reported once a file, with a count, however often it stands there. An export of
/// another program may have a soft hyphen in every word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Character(char),
    Blanks,
    Marks,
    Language,
}

impl Kind {
    /// The kind of a finding; `None` where each is reported at its own place, because each is mended on its own.
    fn of(finding: &Finding) -> Option<Self> {
        match finding {
            Finding::NoLanguage(_, word) if !means_prompt(word) => Some(Self::Language),
            Finding::Hidden(_, found) => Some(match found.cause {
                hidden::Cause::Blanks(_) => Self::Blanks,
                hidden::Cause::Marks(_) => Self::Marks,
                // Tag characters spell a text together.
                hidden::Cause::Unseen if found.character >= '\u{e0000}' => Self::Character('\u{e0000}'),
                hidden::Cause::Unseen => Self::Character(found.character),
            }),
            _ => None,
        }
    }
}

/// By kind the first of it, and how many others there are.
#[derive(Default)]
struct Unseen<'f>(BTreeMap<Kind, (&'f Finding, usize)>);

impl<'f> Unseen<'f> {
    fn add(&mut self, kind: Kind, finding: &'f Finding) {
        self.0.entry(kind).and_modify(|(_, others)| *others += 1).or_insert((finding, 0));
    }
}

/// A problem that also says in how many other places it is.
fn with_others(mut problem: Diagnostic, others: usize) -> Diagnostic {
    problem.message = match others {
        0 => problem.message,
        1 => format!("{}, here and in another place", problem.message),
        _ => format!("{}, here and in {others} other places", problem.message),
    };
    problem
}

/// A heading that is not read to its end, and what was before it: whether it is the title shows only at its end, and
/// then its text is taken back.
struct OpenHeading {
    level: HeadingLevel,
    text: String,
    /// How much text the page shows above it, in bytes: what is cut back to where the heading is the title.
    above: usize,
    /// Whether there was nothing to read above it.
    was_empty: bool,
    span: Span,
}

/// The state of one reading. Ranges of events are bytes of the body, spans are bytes of the file.
struct Scan<'s> {
    source: &'s Source,
    /// Where the body begins in the source, in bytes.
    base: usize,
    body: &'s str,
    outline: Outline,
    text: PlainText,
    written_title: Option<String>,
    /// Whether there was a heading of level 1.
    has_first: bool,
    heading: Option<OpenHeading>,
    fence: Option<Fence>,
    /// Whether a block of code is open, in which nothing is a link.
    in_code: bool,
    /// The open link, as long as nothing in it can be seen.
    unseen_link: Option<Range<usize>>,
    /// Links in which nothing can be seen.
    unseen_links: Vec<Range<usize>>,
    /// The language of the open block of code, where it has one.
    language: Option<Spanned<String>>,
    /// The same count as the writer's: what is reported as plain is plain on the page.
    budget: Budget,
    /// Blocks that are too much to be coloured: their languages, and why.
    uncoloured: Vec<(Spanned<String>, TooMuch)>,
    /// Links and images that are none because of a space in their address: where, and the address.
    spaced: Vec<(Range<usize>, String)>,
    /// Where the last text ends that was looked through for them.
    looked_through: usize,
}

/// How many bytes the text or the address of a link that is none may have for it to be reported: the search for the
/// other bracket must not go through the whole body once for each `](`.
const LONGEST_LINK: usize = 500;

impl Scan<'_> {
    /// Takes one event into the outline. An arm for every event that shows something: one that is forgotten here makes
    /// a link around it look empty, though the page shows it.
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        // Before anything of this event is counted, so that the heading itself is no part of what is above it.
        if let Event::Start(Tag::Heading { level, .. }) = event {
            let (above, was_empty) = (self.text.length(), self.outline.is_empty);
            let span = self.span(range.clone());
            self.heading = Some(OpenHeading { level, text: String::new(), above, was_empty, span });
        }
        self.outline.is_empty = false;
        self.text.event(&event, self.body);
        match event {
            Event::End(TagEnd::Heading(_)) => self.end_heading(),
            Event::Start(Tag::Link { link_type, dest_url, .. }) => self.link(link_type, &dest_url, range),
            Event::End(TagEnd::Link) => self.unseen_links.extend(self.unseen_link.take()),
            Event::Start(Tag::Image { dest_url, .. }) => {
                self.unseen_link = None;
                let link = Link { usage: LinkUse::Image, destination: dest_url.to_string(), span: self.span(range) };
                self.outline.images.push(link);
            }
            Event::Start(Tag::CodeBlock(kind)) => {
                self.in_code = true;
                if let CodeBlockKind::Fenced(info) = kind {
                    self.start_fence(&info, range);
                }
            }
            Event::End(TagEnd::CodeBlock) => self.end_fence(),
            Event::Text(text) => {
                if !self.in_code && text.contains("](") {
                    self.find_spaced(&range);
                }
                self.text(&text, range);
            }
            Event::Code(code) => {
                self.shows(&code);
                self.heading_text(&code);
            }
            Event::FootnoteReference(_) => self.unseen_link = None,
            Event::SoftBreak | Event::HardBreak => self.heading_text(" "),
            _ => {}
        }
    }

    /// A link counts as unseen until something in it shows. A wikilink always shows its text, or the title of its
    /// entry.
    fn link(&mut self, link_type: LinkType, destination: &str, range: Range<usize>) {
        let usage = if matches!(link_type, LinkType::WikiLink { .. }) { LinkUse::Wikilink } else { LinkUse::Link };
        let destination = match link_type {
            LinkType::Email => format!("mailto:{destination}"),
            _ => destination.to_owned(),
        };
        let span = self.span(range.clone());
        self.unseen_link = Some(range).filter(|_| usage == LinkUse::Link);
        self.outline.links.push(Link { usage, destination, span });
    }

    /// The opening line of a block: the role of a prompt, or the language of other code, each with its place. The info
    /// string comes decoded, so the place is looked for in the line as written; where it is not found it is that of the
    /// block.
    fn start_fence(&mut self, info: &str, range: Range<usize>) {
        let block = self.source.slice(self.base + range.start..self.base + range.end);
        let first = block.lines().next().unwrap_or_default().trim_end();
        if PLAIN.contains(&info.trim().to_ascii_lowercase().as_str()) && first.starts_with(['`', '~']) {
            self.outline.plain.push(self.span(range.start..range.start + first.len()));
        }
        let mut words = info.split_whitespace();
        let Some(language) = words.next() else { return };
        if !is_prompt(info) {
            let at = range.start + first.find(language).unwrap_or(0);
            // Not beyond the block: the word may be longer in the file than it is decoded, or shorter.
            let span = self.span(at..at + language.len().min(range.end - at));
            let language = Spanned::new(language.to_owned(), span);
            self.outline.languages.push(language.clone());
            self.language = Some(language);
            return;
        }
        let role = words.collect::<Vec<_>>().join(" ");
        let at = range.start + first.rfind(&role).unwrap_or(0);
        let role_span = self.span(at..range.start + first.trim_end().len());
        let is_closed = is_closed(block);
        let span = self.span(range);
        // A block without a line has its text nowhere: an empty range at its start.
        let text_span = Span { end: span.start, ..span };
        self.fence = Some(Fence { role, role_span, text: String::new(), span, text_span, is_closed });
    }

    /// Records that a text is shown: the open link can be seen then, unless the text is blank.
    fn shows(&mut self, text: &str) {
        if self.unseen_link.is_some() && !text.trim().is_empty() {
            self.unseen_link = None;
        }
    }

    /// A text belongs to whatever is open: a prompt, code in a language, a heading. In a quote or a list the text of a
    /// block comes line by line, without the marks before each line; its span reaches over them.
    fn text(&mut self, text: &str, range: Range<usize>) {
        self.shows(text);
        let span = self.span(range);
        if let Some(fence) = &mut self.fence {
            if fence.text.is_empty() {
                fence.text_span = span;
            }
            fence.text_span.end = span.end;
            fence.text.push_str(text);
        }
        if self.language.is_some() {
            self.budget.read(text);
        }
        self.heading_text(text);
    }

    /// Finds what is written as a link and, because of a space in its address, is text (CommonMark, 6.3: a destination
    /// without angle brackets has no space). Nothing on the page says so but the brackets.
    fn find_spaced(&mut self, range: &Range<usize>) {
        // The pieces between the web addresses of a text come with the range of all of it.
        if range.start < self.looked_through {
            return;
        }
        self.looked_through = range.end;
        let text = self.source.slice(self.base + range.start..self.base + range.end);
        for (at, _) in text.match_indices("](") {
            let rest = &text[at + 2..];
            let rest = rest[..rest.floor_char_boundary(LONGEST_LINK)].lines().next().unwrap_or_default();
            let Some(target) = rest.find(')').map(|end| &rest[..end]) else { continue };
            // Prose may have `](` too: only what looks like a path is meant as one. With a quote it is a title, with
            // `<` a destination in angle brackets, and with a backslash meant as text.
            let is_address = target.contains(['.', '/', '#']) && !target.contains(['"', '<', '\\']);
            if !is_address || !target.trim().contains(char::is_whitespace) {
                continue;
            }
            let place = range.start + at;
            if let Some(start) = self.opening(place) {
                self.spaced.push((start..place + 2 + target.len() + 1, target.trim().to_owned()));
            }
        }
    }

    /// Where the link begins whose text ends here, in bytes of the body; nothing where its brackets are escaped and so
    /// meant as text. It is looked for on one line, and not further back than [`LONGEST_LINK`].
    fn opening(&self, end: usize) -> Option<usize> {
        let body = self.source.slice(self.base..self.base + end);
        let near = &body[body.ceil_char_boundary(end.saturating_sub(LONGEST_LINK))..];
        let line = near.rsplit('\n').next().unwrap_or_default();
        let bracket = line.rfind('[').filter(|_| !line.ends_with('\\'))?;
        let marks = &line[..bracket];
        let start = end - line.len() + bracket;
        (!marks.ends_with('\\')).then_some(start - usize::from(marks.ends_with('!')))
    }

    /// What a heading shows, without its marks: anchors and contents are made of it. The title's, too.
    fn heading_text(&mut self, text: &str) {
        if let Some(heading) = &mut self.heading {
            heading.text.push_str(text);
        }
    }

    /// Decides whether a heading is the entry's title: the first of level 1, unless the front matter has another title.
    /// Then it is taken back out of the text, which search would count twice.
    fn end_heading(&mut self) {
        let Some(heading) = self.heading.take() else { return };
        let text = one_line(&heading.text);
        let is_first = heading.level == HeadingLevel::H1 && !self.has_first;
        self.has_first |= is_first;
        if is_first && !text.is_empty() && self.written_title.as_ref().is_none_or(|written| *written == text) {
            self.outline.title = Some(self.outline.headings.len());
            self.outline.is_empty = heading.was_empty;
            self.text.cut(heading.above);
        } else {
            self.outline.shift |= heading.level == HeadingLevel::H1;
        }
        let OpenHeading { level, span, .. } = heading;
        self.outline.headings.push(Heading { level: level as u8, text, anchor: String::new(), span });
    }

    /// The white space at the end of a prompt is no part of it: the line feed before the closing fence is Markdown's.
    fn end_fence(&mut self) {
        self.in_code = false;
        if let Some(language) = self.language.take()
            && let Some(reason) = self.budget.end(&language)
        {
            self.uncoloured.push((language, reason));
        }
        if let Some(mut fence) = self.fence.take() {
            let kept = fence.text.trim_end().len();
            fence.text.truncate(kept);
            self.outline.fences.push(fence);
        }
    }

    /// Anchors and levels are given at the end: whether all headings move down a level is known only then. The title
    /// has an anchor too, to which links may lead.
    fn finish(mut self) -> Outline {
        let mut anchors = Anchors::default();
        let shift = u8::from(self.outline.shift);
        for heading in &mut self.outline.headings {
            heading.anchor = anchors.next(&heading.text);
            // HTML has six levels, and the first is the page's title.
            heading.level = (heading.level + shift).clamp(2, 6);
        }
        self.outline.anchors = self.outline.headings.iter().map(|heading| heading.anchor.clone()).collect();
        self.outline.text = self.text.finish();
        self.outline
    }

    /// The place in the file of some bytes of the body.
    fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.source.id, self.base + range.start..self.base + range.end)
    }

    /// The words for a finding; `None` where it is no mistake, or reported by somebody who knows more.
    fn problem(&self, finding: &Finding) -> Option<Diagnostic> {
        Some(match finding {
            Finding::Html(range) => return self.raw_html(range),
            Finding::Unsafe(range, scheme) => unsafe_link(self.span(range.clone()), scheme),
            Finding::Remote(range) => {
                Diagnostic::new(Rule::MissingImage, self.span(range.clone()), "the image lies on another site")
                    .label("readers would tell that site what they read, so it is not loaded")
                    .help("save the image beside this entry and name it by its file name")
            }
            Finding::NoImage(range) => {
                Diagnostic::new(Rule::MissingImage, self.span(range.clone()), "the address is not that of an image")
                    .label("shown as plain text")
                    .help("put the image beside the entry and name it by its file name")
            }
            Finding::Hidden(range, found) => self.hidden(range, *found),
            // Of that a prompt says more.
            Finding::NoLanguage(_, word) if means_prompt(word) => return None,
            Finding::NoLanguage(range, _) => self.no_language(range),
            Finding::TooDeep(range) => {
                let help =
                    format!("{DEPTH_LIMIT} levels are shown, where a list and its items are two; the rest is flat");
                Diagnostic::new(Rule::TooLarge, self.span(range.clone()), "quotes and lists are nested too deep")
                    .help(help)
            }
        })
    }

    fn no_language(&self, range: &Range<usize>) -> Diagnostic {
        let message = "what stands behind the fence is not the name of a language";
        Diagnostic::new(Rule::HiddenCharacter, self.span(range.clone()), message)
            .label("no page shows it")
            .help("it is left out of everything that is published; name a language, such as `python`, or nothing")
    }

    fn empty_link(&self, range: &Range<usize>) -> Diagnostic {
        Diagnostic::new(Rule::EmptyLink, self.span(range.clone()), "a link without a text")
            .label("nobody can see it, so it is left out")
            .help("write between the brackets where it leads")
    }

    /// The help writes the address in both ways that have no space: percent-encoded, and in angle brackets.
    fn spaced_target(&self, range: &Range<usize>, target: &str) -> Diagnostic {
        let is_image = self.source.slice(self.base + range.start..self.base + range.end).starts_with('!');
        let (rule, what) = if is_image { (Rule::MissingImage, "image") } else { (Rule::BrokenLink, "link") };
        let whole = target.split_whitespace().collect::<Vec<_>>().join("%20");
        Diagnostic::new(rule, self.span(range.clone()), format!("a space in the address of the {what}"))
            .label("so it is shown as plain text")
            .help(format!("write `{whole}` or `<{target}>` between the brackets"))
    }

    /// HTML from the first tag that a browser knows; nothing where there are only those of prompts: whoever writes
    /// `<example>` means the words, and sees them.
    fn raw_html(&self, range: &Range<usize>) -> Option<Diagnostic> {
        let text = self.source.slice(self.base + range.start..self.base + range.end).trim_end();
        let first = tags::first_html(text)?;
        let (text, start) = (&text[first..], range.start + first);
        let (what, help) = if text.starts_with("<!--") {
            ("a comment", "take it away: everything below the front matter is published")
        } else {
            ("HTML", "use Markdown, or put the tag in backticks if it is meant to be read")
        };
        let span = self.span(start..start + text.len());
        let problem = Diagnostic::new(Rule::RawHtml, span, format!("{what} is shown as text"));
        Some(problem.label("a reader will see these characters").help(help))
    }

    /// What hides in a text first, where it stands in the source as itself and not as an entity. What was found in the
    /// decoded text may not be there in the source, or only as `&zwnj;`: then the whole text is the place.
    fn hidden(&self, range: &Range<usize>, found: hidden::Found) -> Diagnostic {
        let text = self.source.slice(self.base + range.start..self.base + range.end);
        let Some(here) = hidden::find(text) else {
            let written = if found.cause.limit().is_none() || text.contains('&') { ", written as `&…;`" } else { "" };
            return Diagnostic::new(Rule::HiddenCharacter, self.span(range.clone()), found.to_string())
                .label(format!("somewhere in here{written}"))
                .help(found.cause.limit().unwrap_or(hidden::LEFT_OUT));
        };
        let start = range.start + here.at;
        let span = self.span(start..start + here.character.len_utf8());
        let problem = Diagnostic::new(Rule::HiddenCharacter, span, here.to_string());
        match here.cause.limit() {
            Some(limit) => problem.label("what is too many begins here").help(limit),
            None => problem
                .label("it stands here, though nobody sees it")
                .help("it is left out of everything that is published; delete it and type the place again"),
        }
    }
}

/// Whether the word behind a fence is `prompt` with marks or capitals: `Prompt`, `{prompt}`, `prompt:`.
pub fn means_prompt(word: &str) -> bool {
    word.trim_matches(|c: char| !c.is_alphanumeric()).eq_ignore_ascii_case("prompt")
}

/// Whether the last line of a block closes the fence of its first: with at least as many of the same character, and
/// nothing else (CommonMark, 4.5).
fn is_closed(block: &str) -> bool {
    let mark = block.chars().next().unwrap_or('`');
    let opening = block.chars().take_while(|c| *c == mark).count();
    // In a quote or a list the marks of those stand before it.
    let last = block.lines().skip(1).last().unwrap_or_default().trim_end();
    let closing = last.trim_start_matches(|c: char| c == '>' || c.is_whitespace());
    closing.chars().count() >= opening && closing.chars().all(|c| c == mark)
}

/// The problem of a block of code that is shown in one colour.
fn uncoloured(language: &Spanned<String>, reason: TooMuch) -> Diagnostic {
    let message = match reason {
        TooMuch::Block(bytes) => {
            format!("the block has {} KiB, more than the {} KiB that are coloured", bytes / 1024, BLOCK_LIMIT / 1024)
        }
        TooMuch::Line(bytes) => {
            format!("a line of the block has {bytes} bytes, more than {LINE_LIMIT}, so it is not coloured")
        }
        TooMuch::Page => format!("the page has more than {} KiB of code; the rest is not coloured", PAGE_LIMIT / 1024),
    };
    Diagnostic::new(Rule::PlainCode, language.span, message)
        .help("write `text` instead of the language, or attach the code as a file")
}

/// The problem of a link that must not be followed. An empty scheme means that the address hides its host, see
/// [`Destination::Unsafe`](crate::markdown::Destination::Unsafe).
pub fn unsafe_link(span: Span, scheme: &str) -> Diagnostic {
    let (message, help) = if scheme.is_empty() {
        (
            "the link hides which site it leads to".to_owned(),
            "between `https://` and the next `/` stands the name of the site and nothing else, in letters of one script",
        )
    } else {
        (
            format!("links with `{}:` are not allowed", scheme.trim()),
            "links are relative, or begin with `https:`, `http:`, `mailto:` or `tel:`",
        )
    };
    Diagnostic::new(Rule::UnsafeLink, span, message).label("shown as plain text").help(help)
}
