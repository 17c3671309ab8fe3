//! What a body's stream and its HTML may hold: the reading that properties and the fuzzer share.

use html5gum::{DefaultEmitter, StartTag, Token, Tokenizer};
use prompt_handbook::markdown::stream::{DEPTH_LIMIT, Placed, Stream};
use prompt_handbook::markdown::{Destination, LinkUse, Outline, Surroundings};
use pulldown_cmark::{Event, LinkType, Tag};

/// The elements that a body's page may have, with the attributes that each may have.
const ELEMENTS: [(&str, &[&str]); 35] = [
    ("a", &["href", "title", "rel", "class", "id", "aria-label"]),
    ("blockquote", &[]),
    ("br", &[]),
    ("code", &["data-language"]),
    ("dd", &[]),
    ("del", &[]),
    ("div", &["class", "role", "tabindex", "aria-label"]),
    ("dl", &[]),
    ("dt", &[]),
    ("em", &[]),
    ("h2", &["id"]),
    ("h3", &["id"]),
    ("h4", &["id"]),
    ("h5", &["id"]),
    ("h6", &["id"]),
    ("hr", &[]),
    ("img", &["loading", "src", "alt", "title", "width", "height", "decoding"]),
    ("input", &["type", "disabled", "checked", "aria-label"]),
    ("li", &["id", "class"]),
    ("ol", &["start"]),
    ("p", &["class"]),
    ("pre", &["class", "tabindex", "aria-label", "role"]),
    ("section", &["class", "aria-label"]),
    ("span", &["class"]),
    ("strong", &[]),
    ("sup", &["id"]),
    ("table", &[]),
    ("tbody", &[]),
    ("td", &["class"]),
    ("th", &["scope", "class"]),
    ("thead", &[]),
    ("tr", &[]),
    ("ul", &["class"]),
    ("mark", &["class"]),
    ("figure", &["class"]),
];

const VOID: [&str; 4] = ["br", "hr", "img", "input"];

/// A page's HTML while it is read.
#[derive(Default)]
struct Page {
    open: Vec<String>,
    ids: Vec<String>,
    /// Addresses on the page itself.
    anchors: Vec<String>,
    /// What a reader sees, and the alternative texts of images.
    text: String,
}

impl Page {
    /// Reads HTML; gives the first thing that a page may not hold.
    fn read(html: &str) -> Result<Self, String> {
        let mut page = Self::default();
        for token in Tokenizer::new_with_emitter(html, DefaultEmitter::default()).flatten() {
            page.token(token)?;
        }
        match page.open.pop() {
            Some(name) => Err(format!("<{name}> is not closed")),
            None => Ok(page),
        }
    }

    fn token(&mut self, token: Token) -> Result<(), String> {
        match token {
            Token::StartTag(tag) => self.start(&tag),
            Token::EndTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                if self.open.pop().as_ref() == Some(&name) { Ok(()) } else { Err(format!("</{name}> closes nothing")) }
            }
            Token::String(text) => {
                self.text.push_str(&String::from_utf8_lossy(&text));
                Ok(())
            }
            Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => Err(format!("{token:?}")),
        }
    }

    fn start(&mut self, tag: &StartTag<()>) -> Result<(), String> {
        let name = String::from_utf8_lossy(&tag.name).into_owned();
        tag_fault(&name, tag).map_or(Ok(()), Err)?;
        if name == "a" && self.open.contains(&name) {
            return Err("a link in a link".to_owned());
        }
        for (key, value) in &tag.attributes {
            let value = String::from_utf8_lossy(value).into_owned();
            match key.as_slice() {
                b"id" if self.ids.contains(&value) => return Err(format!("two places are called {value}")),
                b"id" => self.ids.push(value),
                b"href" if value.starts_with('#') => self.anchors.push(value[1..].to_owned()),
                b"alt" => self.text.push_str(&value),
                _ => {}
            }
        }
        if !VOID.contains(&name.as_str()) {
            self.open.push(name);
        }
        Ok(())
    }
}

/// Why a piece of HTML is not what a page may hold.
pub fn fault(html: &str) -> Option<String> {
    Page::read(html).err()
}

/// A reference to a footnote, or back from one, that leads nowhere.
pub fn dead_end(html: &str) -> Option<String> {
    let page = Page::read(html).ok()?;
    page.anchors.into_iter().find(|anchor| anchor.starts_with("fn") && !page.ids.contains(anchor))
}

/// A text of the body that its HTML does not show.
pub fn lost(body: &str, html: &str) -> Option<String> {
    let shown = Page::read(html).map(|page| page.text).unwrap_or_default();
    let mut open = Vec::new();
    let texts = Stream::new(body).filter_map(|placed| match placed.event {
        Event::Start(tag) => {
            open.push(matches!(tag, Tag::Link { link_type: LinkType::WikiLink { .. }, .. }));
            None
        }
        Event::End(_) => {
            open.pop();
            None
        }
        // A wikilink says the title of what it leads to.
        Event::Text(text) | Event::Code(text) if !open.contains(&true) => Some(text.trim().to_owned()),
        _ => None,
    });
    // Coloured code and texts with line ends are cut into pieces.
    texts
        .flat_map(|text| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
        .find(|word| !shown.contains(word))
}

fn tag_fault(name: &str, tag: &StartTag<()>) -> Option<String> {
    let Some((_, allowed)) = ELEMENTS.iter().find(|(element, _)| *element == name) else {
        return Some(format!("<{name}> has no place in a page"));
    };
    tag.attributes.iter().find_map(|(key, value)| {
        let key = String::from_utf8_lossy(key);
        let value = String::from_utf8_lossy(value);
        let runs = matches!(&*key, "href" | "src") && matches!(Destination::of(&value), Destination::Unsafe { .. });
        (runs || !allowed.contains(&&*key)).then(|| format!("<{name} {key}=\"{value}\">"))
    })
}

/// Why a stream is not what its documentation says.
pub fn stream_fault(body: &str) -> Option<String> {
    let mut open = Vec::new();
    for Placed { event, range, .. } in Stream::new(body) {
        if body.get(range.clone()).is_none() {
            return Some(format!("{event:?} has no place: {range:?}"));
        }
        match event {
            Event::Html(_) | Event::InlineHtml(_) => return Some(format!("{event:?}")),
            Event::Start(tag) => {
                if let Some(address) = unsafe_address(&tag) {
                    return Some(format!("{address} may run something"));
                }
                open.push(tag.to_end());
            }
            Event::End(end) if open.pop() != Some(end) => return Some(format!("{end:?} closes nothing")),
            Event::Text(text) | Event::Code(text) if prompt_handbook::text::hidden::find(&text).is_some() => {
                return Some(format!("{text:?} hides something"));
            }
            _ => {}
        }
        // A table and a list need their parts, and a text its marks.
        if open.len() > DEPTH_LIMIT + 8 {
            return Some(format!("{} levels", open.len()));
        }
    }
    open.pop().map(|end| format!("{end:?} never comes"))
}

fn unsafe_address(tag: &Tag<'_>) -> Option<String> {
    let address = match tag {
        // What these mean is decided elsewhere: an entry's id, and `mailto:` before it.
        Tag::Link { link_type: LinkType::WikiLink { .. } | LinkType::Email, .. } => return None,
        Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => dest_url,
        _ => return None,
    };
    matches!(Destination::of(address), Destination::Unsafe { .. }).then(|| address.to_string())
}

/// A page on which every link and image leads where it was written to, and every wikilink to a page.
pub struct Everywhere<'o>(pub &'o Outline);

impl Surroundings for Everywhere<'_> {
    fn link(&self, nth: usize) -> Option<String> {
        self.0.links.get(nth).map(|link| match link.usage {
            LinkUse::Wikilink => format!("page {nth}.md#a"),
            _ => link.destination.clone(),
        })
    }

    fn wikilink_text(&self, nth: usize) -> Option<String> {
        nth.is_multiple_of(2).then(|| "A *title*".to_owned())
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
