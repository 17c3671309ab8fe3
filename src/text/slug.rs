//! Slugs: names for addresses, and anchors for headings.

use std::collections::HashMap;

use crate::text::digest;

/// The longest slug, in bytes, before it is cut.
const LONGEST: usize = 100;

/// A name of ASCII letters, digits and hyphens for text in any script; empty where nothing can be spelt so.
///
/// Other scripts are transliterated, so different texts can give the same slug: the caller keeps them apart.
pub fn ascii(text: &str) -> String {
    let slug = slug::slugify(text);
    if slug.len() <= LONGEST {
        return slug;
    }
    // What is cut off still tells it from others, and the name of a file cannot be longer than 255 bytes.
    format!("{}-{}", slug[..LONGEST].trim_end_matches('-'), digest::short(slug.as_bytes()))
}

/// The anchors of one page's headings, in order, by the rule of the code hosts, so that a link that works in
/// the repository's view works on the site.
#[derive(Debug, Default)]
pub struct Anchors {
    seen: HashMap<String, usize>,
}

impl Anchors {
    /// The anchor of the next heading: lower case, letters, digits, `_` and `-` kept, a space becomes `-`,
    /// a repeat gets `-1`, `-2`.
    pub fn next(&mut self, heading: &str) -> String {
        let base = anchor(heading);
        let mut name = base.clone();
        while self.seen.contains_key(&name) {
            let count = self.seen.entry(base.clone()).or_default();
            *count += 1;
            name = format!("{base}-{count}");
        }
        self.seen.insert(name.clone(), 0);
        name
    }
}

fn anchor(heading: &str) -> String {
    let mut name = String::with_capacity(heading.len());
    for c in heading.trim().chars() {
        if c == ' ' || c == '-' {
            name.push('-');
        } else if c == '_' || c.is_alphanumeric() || is_mark(c) {
            name.extend(c.to_lowercase());
        }
    }
    if name.is_empty() { "section".to_owned() } else { name }
}

/// Combining marks belong to the letter before them: without them a word in many scripts is another word.
fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anchors_follow_the_code_hosts() {
        let mut anchors = Anchors::default();
        assert_eq!(anchors.next("When to use it?"), "when-to-use-it");
        assert_eq!(anchors.next("What's new in 2.0 — today"), "whats-new-in-20--today");
        assert_eq!(anchors.next("When to use it?"), "when-to-use-it-1");
        assert_eq!(anchors.next("when to use it"), "when-to-use-it-2");
        assert_eq!(anchors.next("snake_case & more"), "snake_case--more");
        assert_eq!(anchors.next("提示 词"), "提示-词");
        assert_eq!(anchors.next("???"), "section");
    }

    #[test]
    fn a_repeat_never_takes_a_written_name() {
        let mut anchors = Anchors::default();
        assert_eq!(anchors.next("a"), "a");
        assert_eq!(anchors.next("a-1"), "a-1");
        assert_eq!(anchors.next("a"), "a-2");
    }

    #[test]
    fn ascii_transliterates() {
        assert_eq!(ascii("Ünïcode & Prompt: v2"), "unicode-prompt-v2");
        assert_eq!(ascii("!!!"), "");
        let long = ascii(&"word ".repeat(1000));
        assert!(long.len() <= 120 && long != ascii(&"word ".repeat(1001)), "{long}");
    }
}
