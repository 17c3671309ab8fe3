//! What stands around the body in the twin of an entry, while it is written.
//!
//! Lines are written as text, so three rules keep them Markdown. Every text of a field goes through [`line()`] or
//! [`item`], or it could begin a block or close one. What follows the marker of an item is indented by two blanks, the
//! width of `- ` (CommonMark, 5.2). And a block ends with a blank line: without it, a list goes on in what follows.

use std::fmt::Write as _;
use std::ops::Deref;

use crate::handbook::{Ix, Target};
use crate::markdown;
use crate::site::Site;
use crate::site::address::{Half, href, root, twin_path};
use crate::text::Spanned;
use crate::text::words::one_line;

/// A part of a twin: what stands before the body of an entry, or after it. Each is finished by itself, so that an empty
/// part leaves no heading and no gap.
pub(in crate::site) struct InTwin<'s> {
    pub(in crate::site) site: &'s Site,
    pub(in crate::site) ix: Ix,
    /// What is written so far. Whoever adds to it directly escapes for itself, and leaves it at the beginning of a
    /// line.
    pub(in crate::site) text: String,
}

impl<'s> InTwin<'s> {
    /// Nothing yet.
    pub(in crate::site) fn new(site: &'s Site, ix: Ix) -> Self {
        Self { site, ix, text: String::new() }
    }

    /// The part with a blank line behind it; empty where nothing was written. Line ends at its end are cut first, for
    /// parts leave one or two.
    pub(in crate::site) fn finish(mut self) -> String {
        let end = self.text.trim_end().len();
        self.text.truncate(end);
        if end > 0 {
            self.text.push_str("\n\n");
        }
        self.text
    }

    /// A heading of level 2, with a blank line before and behind it. Like those of the body, which begin with 2 as
    /// well.
    pub(in crate::site) fn heading(&mut self, key: &'static str) {
        let end = self.text.trim_end().len();
        self.text.truncate(end);
        let gap = if end > 0 { "\n\n" } else { "" };
        let _ = write!(self.text, "{gap}## {}\n\n", self.site.word(key));
    }

    /// `- Label: text`, where there is a text, which may have several lines.
    pub(in crate::site) fn fact<T: Deref<Target = str>>(&mut self, key: &'static str, value: Option<&Spanned<T>>) {
        if let Some(value) = value {
            self.written_fact(key, &item(value));
        }
    }

    /// `- Label: text`, of a text that is Markdown already. Labels come from the theme and are written as they are.
    pub(in crate::site) fn written_fact(&mut self, key: &'static str, markdown: &str) {
        let _ = writeln!(self.text, "- {}: {markdown}", self.site.word(key));
    }

    /// A list under a heading, where there is something to list; each item is Markdown already, and its further lines
    /// are indented already.
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

    /// A link to the twin of an entry, relative to this one, with its title as the text.
    pub(in crate::site) fn link(&self, to: Ix) -> String {
        let root = root(&twin_path(&self.site.handbook.entry(self.ix).id));
        let address = href(&self.site.handbook, &Target::Entry(to, None), &root, Half::Twin);
        markdown::link(self.site.handbook.entry(to).title(), &address)
    }
}

/// A value on one line that Markdown takes as text. Line ends become blanks first: the second line of a value would
/// begin at the margin, where it could be anything.
pub(in crate::site) fn line(value: &str) -> String {
    markdown::plain(&one_line(value))
}

/// A value as an item of a list, on as many lines as it has, each escaped by itself and indented by the width of `- `.
/// Empty lines are dropped, because one of them would make the list loose.
pub(in crate::site) fn item(value: &str) -> String {
    value.lines().map(line).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n  ")
}
