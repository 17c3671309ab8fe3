//! The one filtered stream of events that pages, twins and checks are made from.
//!
//! This is the trust boundary of the handbook: Markdown of authors goes in, and what comes out can be written by a
//! writer that has no thought of safety. CommonMark lets raw HTML (sections 4.6 and 6.6) and any destination (6.3)
//! through, so the parser alone is no filter. A second parser beside it, or a writer with options of its own, would see
//! another text than the checks did: everything that reads a body goes through a [`Stream`].

use std::collections::VecDeque;
use std::ops::Range;

use memchr::memchr;
use pulldown_cmark::{CodeBlockKind, CowStr, Event, LinkType, OffsetIter, Options, Parser, Tag, TagEnd};

use crate::markdown::highlight::is_language;
use crate::markdown::{Destination, tags};
use crate::text::address::past_scheme;
use crate::text::hidden;

/// An event, where it stands, and which of its kind it is.
#[derive(Debug)]
pub struct Placed<'a> {
    /// The event.
    pub event: Event<'a>,
    /// Its bytes in the body.
    pub range: Range<usize>,
    /// At the start of a link, an image, a heading or a prompt block: how many of these were before it, those within
    /// the text of an image too. So it is the place of the same in the lists of an
    /// [`Outline`](crate::markdown::Outline). At anything else 0. A heading that is left out as the title has its
    /// number all the same, and those after it keep theirs.
    pub nth: usize,
}

/// An event that has no number yet, and its byte range in the body.
type Found<'a> = (Event<'a>, Range<usize>);

/// How many there were of what is numbered.
#[derive(Debug, Default)]
struct Seen {
    links: usize,
    images: usize,
    headings: usize,
    prompts: usize,
}

impl Seen {
    /// The number of an event, which is seen from then on. Only events that the filter has kept come here: a link that
    /// was taken out has no number, and no place in the outline either.
    fn number(&mut self, event: &Event<'_>) -> usize {
        let Event::Start(tag) = event else { return 0 };
        let seen = match tag {
            Tag::Link { .. } => &mut self.links,
            Tag::Image { .. } => &mut self.images,
            Tag::Heading { .. } => &mut self.headings,
            Tag::CodeBlock(CodeBlockKind::Fenced(info)) if is_prompt(info) => &mut self.prompts,
            _ => return 0,
        };
        *seen += 1;
        *seen - 1
    }
}

/// Whether the words behind a fence make its block one of prompt text. CommonMark (4.5) leaves the meaning of these
/// words open; other readers of Markdown take the first for a language, and show the block as code.
pub(super) fn is_prompt(info: &str) -> bool {
    info.split_whitespace().next() == Some("prompt")
}

/// Something that the filter took out or changed, for the checks. Its range is in bytes of the body, and at least
/// covers what is meant; the outline looks for the exact place, since the parser has decoded entities and escapes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// A tag, comment or block of HTML, now text.
    Html(Range<usize>),
    /// A link or image whose destination must not be followed, now its text. Has the scheme.
    Unsafe(Range<usize>, String),
    /// An image on another site, now its alternative text.
    Remote(Range<usize>),
    /// An image whose address cannot be one, now its alternative text.
    NoImage(Range<usize>),
    /// Text in which something hides, now without. Has the first of it.
    Hidden(Range<usize>, hidden::Found),
    /// The word behind a fence, which is not the name of a language, now without.
    NoLanguage(Range<usize>, String),
    /// Nesting deeper than [`DEPTH_LIMIT`], now flat. Where it begins, as a point; once for each place where it does.
    TooDeep(Range<usize>),
}

/// How many quotes, lists and marks may stand inside one another. Writers keep a stack, and a twin writes the marks of
/// all open blocks before each line, also before those that go on lazily without them (CommonMark, 5.1): without a
/// limit n bytes could make n² of them.
pub const DEPTH_LIMIT: usize = 100;

/// Events with no HTML of the author, no unsafe address, no invisible character and no endless nesting; adjacent texts
/// are one, and bare web addresses are links.
///
/// Every kept link's destination is [`Destination`]-safe. `Start` and `End` stay balanced: a tag that is taken out goes
/// with its end, and what it holds stays. No link is open inside another.
pub struct Stream<'a> {
    body: &'a str,
    /// The body where all of it hides nothing, so that no piece of it does.
    plain: Option<&'a str>,
    inner: OffsetIter<'a>,
    /// The event after a text, read to see whether the text goes on.
    ahead: Option<Found<'a>>,
    /// What one event of the parser became, where it became several. Given out before anything else is read.
    queue: VecDeque<Found<'a>>,
    seen: Seen,
    /// Which heading is left out.
    title: Option<usize>,
    in_title: bool,
    /// For each open tag whether it was kept, so that its end is too.
    open: Vec<bool>,
    /// How many links are open: one, or none.
    links: usize,
    /// Whether a block of code is open, in which an address stays text.
    code: bool,
    /// Whether a block of HTML is open, whose lines come as an event each.
    html: bool,
    /// The last tag, or the open block of HTML so far.
    last_html: LastHtml,
    findings: Vec<Finding>,
}

/// HTML of the author that became text.
#[derive(Debug, Default)]
struct LastHtml {
    range: Range<usize>,
    /// Its place among the findings.
    finding: usize,
    /// Whether it begins with a tag that no browser knows, and so was meant as text: `<example>`.
    is_prompt_tag: bool,
}

/// The Markdown that the handbook reads: `CommonMark` with the extensions of the code hosts (tables, strikethrough and
/// task lists of the GFM specification; footnotes and alerts, which GitHub documents outside of it), definition lists
/// and wikilinks. Heading attributes are left out, because `{…}` at a heading's end is a blank in a prompt handbook. A
/// twin is written for the same options, so one that is added here needs its escapes there.
pub fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_WIKILINKS
}

impl<'a> Stream<'a> {
    /// The stream of a body.
    pub fn new(body: &'a str) -> Self {
        Self::below_title(body, None)
    }

    /// The stream of a body without the heading of a number: the one that is the entry's title, which the page shows
    /// itself.
    pub fn below_title(body: &'a str, title: Option<usize>) -> Self {
        Self {
            body,
            plain: Some(body).filter(|body| hidden::is_plain(body)),
            inner: Parser::new_ext(body, options()).into_offset_iter(),
            ahead: None,
            queue: VecDeque::new(),
            seen: Seen::default(),
            title,
            in_title: false,
            open: Vec::new(),
            links: 0,
            code: false,
            html: false,
            last_html: LastHtml::default(),
            findings: Vec::new(),
        }
    }

    /// What was taken out or changed so far; all of it once the stream is at its end.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// Whether an event that was just given is of a tag, or a block of tags, that no browser knows: `<example>`. Only
    /// of the last event: the state is that of the last tag.
    pub(super) fn is_prompt_tag(&self, range: &Range<usize>) -> bool {
        let last = &self.last_html;
        last.is_prompt_tag && last.range.start <= range.start && range.end <= last.range.end
    }

    /// Whether an event belongs to the heading that is the entry's title. Its links and images count all the same,
    /// because the outline has them: their numbers are given before this is asked.
    fn is_title(&mut self, event: &Event<'a>, nth: usize) -> bool {
        let was_in_title = self.in_title;
        match event {
            Event::Start(Tag::Heading { .. }) => self.in_title = self.title == Some(nth),
            Event::End(TagEnd::Heading(_)) => self.in_title = false,
            _ => {}
        }
        was_in_title || self.in_title
    }

    /// The next event that is kept. A loop and no recursion: a body may have any number of events in a row that are
    /// not.
    fn next_found(&mut self) -> Option<Found<'a>> {
        loop {
            if !self.queue.is_empty() {
                return self.queue.pop_front();
            }
            let (event, range) = if self.ahead.is_some() { self.ahead.take()? } else { self.inner.next()? };
            if let Some(event) = self.filter(event, range) {
                return Some(event);
            }
        }
    }

    /// Joins a text with those right after it: the parser cuts text at every character that could begin a mark, and an
    /// address or a hidden character across such a cut would not be found. The text stays borrowed as long as it is a
    /// piece of the body; an entity or an escape in it makes a copy.
    fn merge(&mut self, text: CowStr<'a>, mut range: Range<usize>) -> (CowStr<'a>, Range<usize>) {
        let body = self.body;
        let mut text = text;
        let is_written = |text: &str, range: &Range<usize>| {
            body.get(range.clone()).is_some_and(|written| std::ptr::eq(written, text) || written == text)
        };
        let mut verbatim = is_written(&text, &range);
        // Once the text is not a piece of the body any more, what it is so far.
        let mut joined: Option<String> = None;
        loop {
            match self.inner.next() {
                Some((Event::Text(more), next)) => {
                    verbatim &= next.start == range.end && is_written(&more, &next);
                    range.end = next.end;
                    if verbatim {
                        text = CowStr::Borrowed(&body[range.clone()]);
                    } else {
                        joined.get_or_insert_with(|| text.to_string()).push_str(&more);
                    }
                }
                other => {
                    self.ahead = other;
                    return (joined.map_or(text, CowStr::from), range);
                }
            }
        }
    }

    /// What an event of the parser becomes: itself, nothing, or several events in the queue. The last arm lets breaks, rules and
    /// check boxes through, which hold no text of the author; an event that a new option of the parser brings belongs
    /// above it.
    fn filter(&mut self, event: Event<'a>, range: Range<usize>) -> Option<Found<'a>> {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(end) => self.end(end, range),
            Event::Html(html) | Event::InlineHtml(html) => {
                self.raw_html(&html, range);
                None
            }
            Event::Text(text) => {
                let (text, range) = self.merge(text, range);
                self.text(text, range)
            }
            Event::Code(code) => Some((Event::Code(self.clean(code, &range)), range)),
            Event::FootnoteReference(label) => Some((Event::FootnoteReference(self.clean(label, &range)), range)),
            other => Some((other, range)),
        }
    }

    /// Opens a tag, kept or not. The tag is cleaned before it is judged: a hidden character in `java\u{200b}script:`
    /// must not save it.
    fn start(&mut self, tag: Tag<'a>, range: Range<usize>) -> Option<Found<'a>> {
        let tag = self.clean_tag(tag, &range);
        let kept = self.keeps(&tag, &range);
        self.open.push(kept);
        if !kept {
            return None;
        }
        match &tag {
            Tag::Link { .. } => self.links += 1,
            Tag::CodeBlock(_) => self.code = true,
            // A block of HTML becomes a paragraph of text. The next tag is a new finding, so the last one is forgotten.
            Tag::HtmlBlock => {
                self.html = true;
                self.last_html = LastHtml::default();
                return Some((Event::Start(Tag::Paragraph), range));
            }
            _ => {}
        }
        Some((Event::Start(tag), range))
    }

    /// Closes a tag as it was opened.
    fn end(&mut self, end: TagEnd, range: Range<usize>) -> Option<Found<'a>> {
        if !self.open.pop().unwrap_or(false) {
            // What stood in two items stays apart.
            return (end == TagEnd::Item).then_some((Event::SoftBreak, range));
        }
        match end {
            TagEnd::Link => self.links -= 1,
            TagEnd::CodeBlock => self.code = false,
            TagEnd::HtmlBlock => {
                self.html = false;
                return Some((Event::End(TagEnd::Paragraph), range));
            }
            _ => {}
        }
        Some((Event::End(end), range))
    }

    /// Whether a tag may be in the output; what it holds stays in any case. Only the outermost of many that are too
    /// deep is reported: its parts are not mistakes of their own.
    fn keeps(&mut self, tag: &Tag<'a>, range: &Range<usize>) -> bool {
        if self.is_too_deep(tag) {
            if self.open.last().is_none_or(|parent| *parent) {
                self.findings.push(Finding::TooDeep(range.start..range.start));
            }
            return false;
        }
        match tag {
            // HTML has no link inside a link; the outer one is the author's.
            Tag::Link { .. } if self.links > 0 => false,
            // An address of mail gets its `mailto:` from the outline, and an id of a wikilink is looked up among
            // entries: neither is an address that a browser would see.
            Tag::Link { link_type: LinkType::Email | LinkType::WikiLink { .. }, .. } => true,
            Tag::Link { dest_url, .. } => self.is_safe(dest_url, range),
            Tag::Image { dest_url, .. } => self.is_safe(dest_url, range) && self.is_here(dest_url, range),
            _ => true,
        }
    }

    /// Whether a tag is one level too many. What cannot hold its like adds no more levels, and the parts of a list or
    /// table are kept when it is: a list without its items, or items without their list, is no tree that a writer
    /// knows.
    fn is_too_deep(&self, tag: &Tag<'_>) -> bool {
        match tag {
            Tag::Item | Tag::DefinitionListTitle | Tag::DefinitionListDefinition => self.open.last() == Some(&false),
            Tag::Paragraph
            | Tag::Heading { .. }
            | Tag::CodeBlock(_)
            | Tag::HtmlBlock
            | Tag::Table(_)
            | Tag::TableHead
            | Tag::TableRow
            | Tag::TableCell => false,
            _ => self.open.len() >= DEPTH_LIMIT,
        }
    }

    /// Whether a browser may follow an address; reports it where it may not.
    fn is_safe(&mut self, address: &str, range: &Range<usize>) -> bool {
        let Destination::Unsafe { scheme } = Destination::of(address) else {
            return true;
        };
        self.findings.push(Finding::Unsafe(range.clone(), scheme));
        false
    }

    /// Whether an image is a file of the handbook; reports it where it is not. A picture on another site would tell
    /// that site who reads which page, and would be gone when the site is.
    fn is_here(&mut self, address: &str, range: &Range<usize>) -> bool {
        let finding = match Destination::of(address) {
            Destination::File { .. } => return true,
            Destination::External(address) if address.contains("//") => Finding::Remote(range.clone()),
            _ => Finding::NoImage(range.clone()),
        };
        self.findings.push(finding);
        false
    }

    /// A tag of the author becomes the text it was written as. Nothing is decoded in it: inside of raw HTML CommonMark
    /// has neither entities nor escapes.
    fn raw_html(&mut self, html: &str, range: Range<usize>) {
        // A block's lines come one by one, and are one finding.
        let continues = self.html && !self.last_html.range.is_empty();
        if continues {
            self.continue_html(&range);
            if html == "\n" && self.body[..range.start].ends_with('\r') {
                // The second byte of a line end comes on its own.
                return;
            }
        } else {
            let is_prompt_tag = tags::first_html(html) != Some(0);
            self.last_html = LastHtml { range: range.clone(), finding: self.findings.len(), is_prompt_tag };
            self.findings.push(Finding::Html(range.clone()));
        }
        // The lines of a prompt stay lines.
        let is_prompt = self.html && self.last_html.is_prompt_tag;
        for (nth, line) in html.split_inclusive('\n').enumerate() {
            if nth > 0 || continues {
                let line_end = if is_prompt { Event::HardBreak } else { Event::SoftBreak };
                self.queue.push_back((line_end, range.clone()));
            }
            // Without its line end, which is an event of its own here and would be a blank in the text.
            let line = self.clean(CowStr::from(line.trim_end().to_owned()), &range);
            self.queue.push_back((Event::Text(line), range.clone()));
        }
    }

    /// Makes the open finding reach to the end of a further line.
    fn continue_html(&mut self, range: &Range<usize>) {
        self.last_html.range.end = range.end;
        if let Some(Finding::Html(found)) = self.findings.get_mut(self.last_html.finding) {
            found.end = range.end;
        }
    }

    /// A text, cleaned, and with links for the bare addresses in it: but not in code, and not inside a link.
    fn text(&mut self, text: CowStr<'a>, range: Range<usize>) -> Option<Found<'a>> {
        let text = self.clean(text, &range);
        if self.code || self.links > 0 || memchr(b':', text.as_bytes()).is_none() || !text.contains("://") {
            return Some((Event::Text(text), range));
        }
        self.link_addresses(&text, &range);
        None
    }

    /// Splits a text at the bare web addresses in it, as the autolinks of the GFM specification do (6.9), for
    /// `https://` and `http://` alone: `www.` and mail addresses without a scheme are as often not meant as links.
    fn link_addresses(&mut self, text: &str, range: &Range<usize>) {
        let mut done = 0;
        while let Some(found) = bare_address(&text[done..]) {
            let found = done + found.start..done + found.end;
            self.push_text(&text[done..found.start], range);
            // Cut out of its text, a joiner at its edge has no letter beside it any longer and hides.
            let address = hidden::strip(&text[found.clone()]);
            match Destination::of(&address) {
                Destination::Unsafe { scheme } => {
                    self.tell_unsafe(text, found.clone(), range, scheme);
                    self.push_text(&address, range);
                }
                _ => self.push_link(&address, range),
            }
            done = found.end;
        }
        self.push_text(&text[done..], range);
    }

    /// Reports a bare address that must not be followed, unless the link around it was reported: a link that shows its
    /// own unsafe address is one mistake. Of the findings only the last few can be that link's, so no more are looked
    /// at.
    fn tell_unsafe(&mut self, text: &str, found: Range<usize>, range: &Range<usize>, scheme: String) {
        let is_told = self.findings.iter().rev().take(4).find_map(|finding| match finding {
            Finding::Unsafe(told, _) => Some(told.start <= range.start && range.end <= told.end),
            _ => None,
        });
        if is_told != Some(true) {
            let is_verbatim = self.body.get(range.clone()) == Some(text);
            let place = if is_verbatim { range.start + found.start..range.start + found.end } else { range.clone() };
            self.findings.push(Finding::Unsafe(place, scheme));
        }
    }

    /// A link that shows its own address. All three events have the range of the whole text: it is where the author can
    /// look.
    fn push_link(&mut self, address: &str, range: &Range<usize>) {
        let link = Tag::Link {
            link_type: LinkType::Autolink,
            dest_url: CowStr::from(address.to_owned()),
            title: CowStr::Borrowed(""),
            id: CowStr::Borrowed(""),
        };
        self.queue.push_back((Event::Start(link), range.clone()));
        self.push_text(address, range);
        self.queue.push_back((Event::End(TagEnd::Link), range.clone()));
    }

    /// A part of a text, unless it is empty. What was seen beside the rest of it may be hidden by itself, so it is
    /// stripped once more; that is no finding, because nothing is wrong with what was written.
    fn push_text(&mut self, text: &str, range: &Range<usize>) {
        let text = hidden::strip(text);
        if !text.is_empty() {
            self.queue.push_back((Event::Text(CowStr::from(text.into_owned())), range.clone()));
        }
    }

    /// A tag whose words, which tools read, hide nothing. Titles of links and info strings are shown on no page, so a
    /// model would read there what no reviewer has seen.
    fn clean_tag(&mut self, tag: Tag<'a>, range: &Range<usize>) -> Tag<'a> {
        match tag {
            Tag::Link { link_type, dest_url, title, id } => {
                let (dest_url, title) = (self.clean(dest_url, range), self.clean(title, range));
                Tag::Link { link_type, dest_url, title, id }
            }
            Tag::Image { link_type, dest_url, title, id } => {
                let (dest_url, title) = (self.clean(dest_url, range), self.clean(title, range));
                Tag::Image { link_type, dest_url, title, id }
            }
            Tag::CodeBlock(CodeBlockKind::Fenced(info)) => {
                let info = self.clean(info, range);
                Tag::CodeBlock(CodeBlockKind::Fenced(self.keep_language(info, range)))
            }
            Tag::FootnoteDefinition(label) => Tag::FootnoteDefinition(self.clean(label, range)),
            other => other,
        }
    }

    /// What stands behind a fence where it begins with the name of a language; else nothing of it. The place that is
    /// reported is that of the word, or of all that follows the fence where the word is written with escapes.
    fn keep_language(&mut self, info: CowStr<'a>, range: &Range<usize>) -> CowStr<'a> {
        let Some(word) = info.split_whitespace().next().filter(|word| !is_language(word)) else { return info };
        let line = self.body[range.clone()].lines().next().unwrap_or_default();
        let fence = line.len() - line.trim_start_matches(['`', '~']).trim_start().len();
        let place = match line.find(word) {
            Some(at) => at..at + word.len(),
            None => fence..line.trim_end().len().max(fence),
        };
        self.findings.push(Finding::NoLanguage(range.start + place.start..range.start + place.end, word.to_owned()));
        CowStr::Borrowed("")
    }

    /// Whether a text is a piece of a body that hides nothing. By its address: the text of an entity is borrowed too,
    /// from the table of entities, and stands nowhere in the body.
    fn is_of_plain(&self, text: &CowStr<'a>) -> bool {
        let (CowStr::Borrowed(text), Some(body)) = (text, self.plain) else { return false };
        body.as_bytes().as_ptr_range().contains(&text.as_ptr())
    }

    /// A text without hidden characters; reports the first of them.
    fn clean(&mut self, text: CowStr<'a>, range: &Range<usize>) -> CowStr<'a> {
        if self.is_of_plain(&text) {
            return text;
        }
        let Some(found) = hidden::find(&text) else { return text };
        self.findings.push(Finding::Hidden(range.clone(), found));
        CowStr::from(hidden::strip(&text).into_owned())
    }
}

impl<'a> Iterator for Stream<'a> {
    type Item = Placed<'a>;

    fn next(&mut self) -> Option<Placed<'a>> {
        loop {
            let (event, range) = self.next_found()?;
            // Counted before the title is left out, or all that follows would have other numbers than in the outline.
            let nth = self.seen.number(&event);
            if !self.is_title(&event, nth) {
                return Some(Placed { event, range, nth });
            }
        }
    }
}

/// The first `http://…` or `https://…` of a text, ended as the code hosts end one (GFM, 6.9, "extended autolink path
/// validation"): at white space or `<`, without the punctuation that closes the sentence, and without a bracket that it
/// did not open. A mark of direction ends it too. It begins after anything but a letter or digit.
fn bare_address(text: &str) -> Option<Range<usize>> {
    let mut from = 0;
    loop {
        let at = from + text[from..].find("http")?;
        let rest = &text[at..];
        let begins = !text[..at].ends_with(|c: char| c.is_alphanumeric());
        if let Some(host) = past_scheme(rest).filter(|_| begins) {
            let end = address_end(rest);
            // Nothing is left of `https://...` once the dots are taken off.
            if end > rest.len() - host.len() {
                return Some(at..at + end);
            }
        }
        from = at + 4;
    }
}

/// Where an address that a text begins with ends, in bytes. From the end inwards, so that
/// `(see https://a.example/b_(c)).` keeps the bracket that belongs to it and loses that of the sentence. Quotes and the
/// closing brackets of other kinds are taken off too, beyond what GFM has: prose in many languages ends so.
fn address_end(text: &str) -> usize {
    let ends = |c: char| c.is_whitespace() || matches!(c, '<' | '\u{200e}' | '\u{200f}');
    let address = &text[..text.find(ends).unwrap_or(text.len())];
    let mut end = address.len();
    let opened = address.matches('(').count();
    let mut closed = address.matches(')').count();
    for c in address.chars().rev() {
        match c {
            '.' | ',' | ';' | ':' | '!' | '?' | '"' | '\'' | '*' | '_' | '~' | '”' | '’' | ']' | '}' => {}
            ')' if closed > opened => closed -= 1,
            _ => break,
        }
        end -= c.len_utf8();
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn events(body: &str) -> Vec<String> {
        Stream::new(body).map(|placed| format!("{:?}", placed.event)).collect()
    }

    fn findings(body: &str) -> Vec<Finding> {
        let mut stream = Stream::new(body);
        while stream.next().is_some() {}
        stream.findings().to_vec()
    }

    #[test]
    fn links_inside_links_are_text() {
        let joined = events("[a <https://b.example> <c@d.example>](e.md)").join(" ");
        assert_eq!(joined.matches("Start(Link").count(), 1, "{joined}");
        assert!(joined.contains("https://b.example"), "{joined}");
    }

    #[test]
    fn what_is_kept_is_numbered_by_its_kind() {
        let body = "# a\n\n[b](c) [d](javascript:e) ![f [g](h) ![i](j)](k) https://l.example\n\n```prompt\n```\n\n\
            ```sh\n```\n\n# m [n](o)\n\n``` prompt system\n```\n\n![p](q)";
        let numbers = Stream::new(body).filter_map(|Placed { event, nth, .. }| match event {
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => Some(format!("{dest_url} {nth}")),
            Event::Start(Tag::Heading { .. }) => Some(format!("# {nth}")),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => Some(format!("```{info} {nth}")),
            _ => None,
        });
        let expected = [
            "# 0",
            "c 0",
            "k 0",
            "h 1",
            "j 1",
            "https://l.example 2",
            "```prompt 0",
            "```sh 0",
            "# 1",
            "o 3",
            "```prompt system 1",
            "q 2",
        ];
        assert_eq!(numbers.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn html_becomes_text() {
        let joined = events("a <b onclick=x>c</b>\n\n<script>\nalert(1)\n</script>\n").join(" ");
        assert!(!joined.contains("Html"), "{joined}");
        assert!(joined.contains("<script>"), "{joined}");
        assert_eq!(findings("<div>\na\n</div>\n"), [Finding::Html(0..15)]);
    }

    #[test]
    fn lines_of_a_block_of_tags_stay_apart() {
        let texts = |body: &str| {
            let events = Stream::new(body).map(|placed| match placed.event {
                Event::Text(text) => text.to_string(),
                Event::SoftBreak => "/".to_owned(),
                Event::HardBreak => "//".to_owned(),
                _ => String::new(),
            });
            events.collect::<String>()
        };
        for marks in ["", "> ", "- "] {
            let rest = marks.replace('-', " ");
            for end in ["\n", "\r\n"] {
                let block =
                    |tag: &str| [marks, "<", tag, ">", end, &rest, "  a", end, &rest, "</", tag, ">", end].concat();
                assert_eq!(texts(&block("example")), "<example>//  a//</example>", "{:?}", block("example"));
                assert_eq!(texts(&block("div")), "<div>/  a/</div>", "{:?}", block("div"));
            }
        }
    }

    #[test]
    fn unsafe_links_keep_their_text_only() {
        let joined = events("[x](javascript:a) <javascript:b> ![y](data:text/html,z)").join(" ");
        assert!(!joined.contains("Link") && !joined.contains("Image"), "{joined}");
        assert!(joined.contains('x') && joined.contains('y'));
    }

    #[test]
    fn bare_addresses_are_linked() {
        let text = "see https://a.example/b_c_d(e). Or (http://f.example), not xhttps://g or https:// .";
        let links: Vec<String> = Stream::new(text)
            .filter_map(|placed| match placed.event {
                Event::Start(Tag::Link { dest_url, .. }) => Some(dest_url.to_string()),
                _ => None,
            })
            .collect();
        assert_eq!(links, ["https://a.example/b_c_d(e)", "http://f.example"]);
    }

    #[test]
    fn an_address_ends_at_a_mark_of_direction() {
        let text = "\u{5d0} https://a.example/\u{5d0}\u{200f} \u{5d0}";
        let texts: Vec<String> = Stream::new(text)
            .filter_map(|placed| match placed.event {
                Event::Text(text) => Some(text.to_string()),
                _ => None,
            })
            .collect();
        assert_eq!(texts, ["\u{5d0} ", "https://a.example/\u{5d0}", "\u{200f} \u{5d0}"]);
    }

    #[test]
    fn deep_nesting_is_flattened() {
        let body = format!("{}x", ">".repeat(5000));
        let depth = events(&body).iter().filter(|e| e.starts_with("Start")).count();
        assert!(depth <= DEPTH_LIMIT + 1, "{depth}");
        assert!(matches!(findings(&body)[..], [Finding::TooDeep(_)]));
    }
}
