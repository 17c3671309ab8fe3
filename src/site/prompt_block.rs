//! A prompt's text on its page, with blanks, conditions and context marked.
//!
//! It shows every branch of every condition, with its tags: what is sent depends on what the reader fills in, and is
//! put together below it. The text of an author is escaped like any other; the only elements are the marks.

use std::cell::OnceCell;
use std::fmt::Write as _;

use crate::content::Role;
use crate::content::template::Segment;
use crate::handbook::{Ix, Listed};
use crate::site::{Site, address};
use crate::text::html::{push_attribute, push_text};

/// The prompt blocks of an entry.
pub(super) struct Blocks<'s> {
    site: &'s Site,
    ix: Ix,
    /// What leads from the page to the site's root.
    root: String,
    /// The context that the texts place, resolved when one first does.
    listed: OnceCell<Listed<'s>>,
}

impl<'s> Blocks<'s> {
    /// On a page that is at a path of the site.
    pub(super) fn new(site: &'s Site, ix: Ix, path: &str) -> Self {
        Self { site, ix, root: address::root(path), listed: OnceCell::new() }
    }
}

impl Blocks<'_> {
    /// Writes the nth prompt block of the entry; false when the entry has no such message.
    pub(super) fn render(&self, nth: usize, out: &mut String) -> bool {
        let messages = &self.site.handbook.entry(self.ix).messages;
        let Some(message) = messages.get(nth) else { return false };
        self.open(nth, message.role, out);
        self.segments(&message.template.segments, out);
        out.push_str("</code></pre>\n</div>\n");
        true
    }

    /// Opens a block. Who speaks is said only where there is more than one message. The box scrolls, so it can be
    /// reached by keyboard and has a name; its direction is that of the text, which may be another than the page's.
    fn open(&self, nth: usize, role: Role, out: &mut String) {
        let site = self.site;
        let is_one_of_several = site.handbook.entry(self.ix).messages.len() > 1;
        let role = role.word();
        let said = site.word_of("role", role).to_owned();
        let _ = writeln!(out, "<div class=\"prompt\" data-role=\"{role}\">");
        if is_one_of_several {
            out.push_str("<p class=\"prompt-role\">");
            push_text(out, &said);
            out.push_str("</p>\n");
        }
        let _ = write!(out, "<pre id=\"{}\" tabindex=\"0\" role=\"group\" dir=\"auto\" aria-label=\"", anchor(nth));
        push_attribute(out, site.word("prompt_text"));
        if is_one_of_several {
            push_attribute(out, &format!(": {said}"));
        }
        out.push_str("\"><code>");
    }

    /// Writes pieces of a text as they were written, with a mark around each that is replaced. The classes are those
    /// that the style sheet and the script know.
    fn segments(&self, segments: &[Segment], out: &mut String) {
        for segment in segments {
            match segment {
                Segment::Text(written) => push_text(out, written),
                Segment::Variable(name) => mark(out, "blank", name),
                Segment::Context => mark(out, "context", "context"),
                Segment::Module(name) => self.module(name, out),
                Segment::Slot(name) => mark(out, "slot", &format!("slot:{name}")),
                Segment::If { name, then, otherwise } => self.condition(name, then, otherwise, out),
            }
        }
    }

    /// A module by its name, as a link to it; without a link where it is not listed, or nobody may see it here.
    fn module(&self, name: &str, out: &mut String) {
        let listed = self.listed.get_or_init(|| Listed::of(&self.site.handbook, self.ix));
        let Some(module) = listed.module_named(name) else {
            mark(out, "context", &format!("context:{name}"));
            return;
        };
        out.push_str("<a href=\"");
        push_attribute(out, &self.root);
        push_attribute(out, &address::encode(&address::entry_path(&self.site.handbook.entry(module).id)));
        out.push_str("\">");
        mark(out, "context", &format!("context:{name}"));
        out.push_str("</a>");
    }

    /// A condition with both of its parts.
    fn condition(&self, name: &str, then: &[Segment], otherwise: &[Segment], out: &mut String) {
        // A part of whole lines has its tags on lines of their own, as it was written.
        let lines = matches!(then.last().or(otherwise.last()), Some(Segment::Text(text)) if text.ends_with('\n'));
        let line_end = if lines { "\n" } else { "" };
        tag(out, &format!("#if {name}"), line_end);
        self.segments(then, out);
        if !otherwise.is_empty() {
            tag(out, "else", line_end);
            self.segments(otherwise, out);
        }
        tag(out, "/if", line_end);
    }
}

/// The id of a message on its page. The colon keeps it apart from anchors of headings, which have none.
fn anchor(nth: usize) -> String {
    format!("hb:message-{}", nth + 1)
}

/// Writes, in the place of a message that stands on top of its page, a link to it: twice on a page, its text would be
/// found and copied twice.
pub(super) fn render_pointer(site: &Site, ix: Ix, nth: usize, out: &mut String) {
    let messages = &site.handbook.entry(ix).messages;
    let _ = write!(out, "<p class=\"pointer\"><a href=\"#{}\">", anchor(nth));
    if let Some(message) = messages.get(nth).filter(|_| messages.len() > 1) {
        push_text(out, &format!("{}: ", site.word_of("role", message.role.word())));
    }
    push_text(out, site.word("prompt_above"));
    out.push_str("</a></p>\n");
}

/// A tag of a condition, which shows and is not sent.
fn tag(out: &mut String, inside: &str, line_end: &str) {
    out.push_str("<span class=\"condition\">{{");
    push_text(out, inside);
    out.push_str("}}</span>");
    out.push_str(line_end);
}

/// A tag in whose place something is put. Four braces in the format are two on the page.
fn mark(out: &mut String, class: &str, inside: &str) {
    let _ = write!(out, "<mark class=\"{class}\">{{{{");
    push_text(out, inside);
    out.push_str("}}</mark>");
}
