//! What stands around the body in the twin of an entry, while it is written.

use std::fmt::Write as _;
use std::ops::Deref;

use crate::handbook::{Ix, Target};
use crate::markdown;
use crate::site::Site;
use crate::site::address::{Half, href, root, twin_path};
use crate::text::Spanned;
use crate::text::words::one_line;

/// A part of a twin: what stands before the body of an entry, or after it.
pub(in crate::site) struct InTwin<'s> {
    pub(in crate::site) site: &'s Site,
    pub(in crate::site) ix: Ix,
    pub(in crate::site) text: String,
}

impl<'s> InTwin<'s> {
    /// Nothing yet.
    pub(in crate::site) fn new(site: &'s Site, ix: Ix) -> Self {
        Self { site, ix, text: String::new() }
    }

    /// The part with a blank line behind it; empty where nothing was written.
    pub(in crate::site) fn finish(mut self) -> String {
        let end = self.text.trim_end().len();
        self.text.truncate(end);
        if end > 0 {
            self.text.push_str("\n\n");
        }
        self.text
    }

    /// A heading, with a blank line before and behind it.
    pub(in crate::site) fn heading(&mut self, key: &'static str) {
        let end = self.text.trim_end().len();
        self.text.truncate(end);
        let gap = if end > 0 { "\n\n" } else { "" };
        let _ = write!(self.text, "{gap}## {}\n\n", self.site.word(key));
    }

    /// `- Label: text`, where there is a text.
    pub(in crate::site) fn fact<T: Deref<Target = str>>(&mut self, key: &'static str, value: Option<&Spanned<T>>) {
        if let Some(value) = value {
            self.written_fact(key, &item(value));
        }
    }

    /// `- Label: text`, of a text that is Markdown already.
    pub(in crate::site) fn written_fact(&mut self, key: &'static str, markdown: &str) {
        let _ = writeln!(self.text, "- {}: {markdown}", self.site.word(key));
    }

    /// A list under a heading, where there is something to list; each item is Markdown already.
    pub(in crate::site) fn items(&mut self, key: &'static str, items: impl IntoIterator<Item = String>) {
        let mut items = items.into_iter().peekable();
        if items.peek().is_none() {
            return;
        }
        self.heading(key);
        for item in items {
            let _ = writeln!(self.text, "- {item}");
        }
    }

    /// A link to the twin of an entry.
    pub(in crate::site) fn link(&self, to: Ix) -> String {
        let root = root(&twin_path(&self.site.handbook.entry(self.ix).id));
        let address = href(&self.site.handbook, &Target::Entry(to, None), &root, Half::Twin);
        markdown::link(&self.site.handbook.entry(to).title(), &address)
    }
}

/// A value on one line that Markdown takes as text.
pub(in crate::site) fn line(value: &str) -> String {
    markdown::plain(&one_line(value))
}

/// A value as an item of a list, on as many lines as it has.
pub(in crate::site) fn item(value: &str) -> String {
    value.lines().map(line).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n  ")
}
