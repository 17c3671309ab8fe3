//! What a link's destination is, decided as a browser would.
//!
//! The WHATWG URL Standard decides how browsers read an address, and it is more lenient than RFC 3986: it drops tabs
//! and line ends anywhere, takes a backslash for a slash, and finds a scheme in capitals. Whoever judges an address by
//! the RFC lets through what a browser then runs.

use std::borrow::Cow;
use std::fmt::Write as _;

use percent_encoding::percent_decode_str;

use crate::text::address::{is_of_site, names_host, scheme};

/// A destination by its form. Whether a file or a heading is there is not asked here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination {
    /// Somewhere else: `https:`, `http:`, `mailto:` or `tel:`.
    External(String),
    /// A heading of the same page, without the `#`; empty for the page's top.
    Anchor(String),
    /// A file of the handbook, as written, percent signs decoded, with the anchor after `#`.
    File {
        /// Path relative to the entry, or to `content/` when it begins with `/`.
        path: String,
        /// Heading on that page.
        anchor: Option<String>,
    },
    /// An address that must not be followed: it could run something, or hides where it leads.
    Unsafe {
        /// The scheme, as a browser would read it; empty when the address only hides its host.
        scheme: String,
    },
}

/// The schemes that a link may have. A list of what is allowed: of what is forbidden no list is complete, because any
/// program on the reader's machine can register a scheme of its own.
pub const SCHEMES: [&str; 4] = ["https", "http", "mailto", "tel"];

impl Destination {
    /// Reads a destination whose Markdown escapes and entities are decoded already (CommonMark, 2.4 and 2.5): with its
    /// entity in it, `javascript&colon;…` would be taken for a path.
    pub fn of(written: &str) -> Self {
        // Browsers drop tabs and line ends anywhere, and spaces and controls at the front, before they look for
        // a scheme: `java\nscript:` is `javascript:` to them.
        let read = without_controls(written);
        let read = read.trim();
        if let Some(scheme) = scheme(read) {
            let scheme = scheme.to_ascii_lowercase();
            let rest = &read[scheme.len() + 1..];
            // `https:a`, `https:\\a` and `https://user@a` lead to a site that the reader does not see.
            if is_of_site(&scheme) && !names_host(rest) {
                return Self::Unsafe { scheme: String::new() };
            }
            if SCHEMES.contains(&scheme.as_str()) {
                return Self::External(encode(read));
            }
            return Self::Unsafe { scheme };
        }
        // `//a` is an address on another site with the scheme of the page (RFC 3986, section 4.2), and so is `\\a` to a
        // browser.
        if read.starts_with(['/', '\\']) && read[1..].starts_with(['/', '\\']) {
            return Self::Unsafe { scheme: String::new() };
        }
        if let Some(anchor) = read.strip_prefix('#') {
            return Self::Anchor(decode(anchor));
        }
        let (path, anchor) = match read.split_once('#') {
            Some((path, anchor)) => (path, Some(decode(anchor))),
            None => (read, None),
        };
        // A file of a static site has no query, but people copy one along with an address.
        let path = path.split('?').next().unwrap_or_default();
        Self::File { path: decode(path), anchor: anchor.filter(|anchor| !anchor.is_empty()) }
    }
}

/// Nearly no address has one, and each is read in every pass over a text.
fn without_controls(written: &str) -> Cow<'_, str> {
    if written.bytes().all(|b| matches!(b, b' '..=b'~')) {
        return Cow::Borrowed(written);
    }
    Cow::Owned(written.chars().filter(|c| !c.is_control()).collect())
}

/// An address with percent signs for the characters that it may not hold (RFC 3986, section 2). Browsers put up with
/// them, others do not: readers of feeds, and of Markdown, where a space ends the address (CommonMark, 6.3).
fn encode(address: &str) -> String {
    // Brackets may stand around an IPv6 host, and nowhere else.
    let host = address.find("//").map_or(0, |at| at + 2);
    // Where the host ends.
    let path = address[host..].find(['/', '?', '#']).map_or(address.len(), |at| host + at);
    let mut encoded = String::with_capacity(address.len());
    let mut has_anchor = false;
    for (at, c) in address.char_indices() {
        let stays = match c {
            ' ' | '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}' => false,
            '[' | ']' => (host..path).contains(&at),
            // One that encodes something already stays as it is, or the address would mean another file.
            '%' => address[at + 1..].bytes().take(2).filter(u8::is_ascii_hexdigit).count() == 2,
            // The first begins the fragment, which may not hold another.
            '#' => !std::mem::replace(&mut has_anchor, true),
            _ => true,
        };
        if stays {
            encoded.push(c);
        } else {
            let _ = write!(encoded, "%{:02X}", u32::from(c));
        }
    }
    encoded
}

/// With U+FFFD for what is not UTF-8: no file of a handbook has such a name, so it leads nowhere and is reported.
fn decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_unsafe(written: &str) -> bool {
        matches!(Destination::of(written), Destination::Unsafe { .. })
    }

    #[test]
    fn javascript_in_any_spelling_is_unsafe() {
        for written in [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            " javascript:alert(1)",
            "java\nscript:alert(1)",
            "java\tscript:alert(1)",
            "\u{1}javascript:alert(1)",
            "vbscript:x",
            "data:text/html,x",
            "file:///etc/passwd",
            "//evil.example/x",
            "\\\\evil.example/x",
            "/\\evil.example",
            "https:\\\\evil.example/x",
            "https:evil.example",
            "https:///evil.example",
            "http://",
            "javascript&colon;x:y",
            "https://claude.ai@evil.example",
            "https://claude.ai:443@evil.example/x",
            "https://@evil.example",
            "https://user:pass@a.example",
            "HTTPS://claude.ai%2F@evil.example",
            "https://evil.example\\@claude.ai",
            "https://claude.ai\\.evil.example",
            "https://claude.ai＠evil.example",
            "https://claude.ai／x.evil.example",
            "https://claude.ai∕x.evil.example",
            "https://claude.ai\u{2044}evil.example",
            "https://claude.ai？.evil.example",
            "https://%65vil.example",
            "https://a b.example",
            "https://сlaude.ai",
            "https://www.аррӏе.com/",
            "https://gοοgle.com",
            ":x",
        ] {
            assert!(is_unsafe(written), "{written:?}");
        }
    }

    #[test]
    fn addresses_are_ones_that_every_reader_takes() {
        for (written, read) in [
            (
                "https://a.example/a b\"c|{d}?[e]=50% off&f=%20#g#h",
                "https://a.example/a%20b%22c%7C%7Bd%7D?%5Be%5D=50%25%20off&f=%20#g%23h",
            ),
            ("https://bücher.example/ä?q=提示", "https://bücher.example/ä?q=提示"),
            ("https://пример.рф/@a", "https://пример.рф/@a"),
            ("https://日本語abc.example/?u=a@b.example", "https://日本語abc.example/?u=a@b.example"),
            ("https://हिन्दी.example:8080#@", "https://हिन्दी.example:8080#@"),
            ("http://[::1]:80/", "http://[::1]:80/"),
            ("mailto:a@b.example?subject=<x>", "mailto:a@b.example?subject=%3Cx%3E"),
        ] {
            assert_eq!(Destination::of(written), Destination::External(read.to_owned()));
        }
    }

    #[test]
    fn ordinary_destinations() {
        assert_eq!(Destination::of("https://a.example/b?c#d"), Destination::External("https://a.example/b?c#d".into()));
        assert_eq!(Destination::of("#what-to-check"), Destination::Anchor("what-to-check".into()));
        let file =
            |path: &str, anchor: Option<&str>| Destination::File { path: path.into(), anchor: anchor.map(Into::into) };
        assert_eq!(Destination::of("../context/a%20b.md#x"), file("../context/a b.md", Some("x")));
        assert_eq!(Destination::of("a/b:c.md"), file("a/b:c.md", None));
        assert_eq!(Destination::of("javascript%3Aalert(1)"), file("javascript:alert(1)", None));
    }
}
