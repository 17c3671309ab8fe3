//! What a body's Markdown needs to know of the site around it.
//!
//! Numbers come from the stream, and the lists of targets were resolved from the outline of the same body: nothing here
//! looks at an address of the author again, so what was hidden or unsafe cannot come back.

use crate::handbook::{Ix, Target};
use crate::markdown::Surroundings;
use crate::site::address::{Half, href, root};
use crate::site::{Site, address, prompt_block};

/// The surroundings of one entry's body, on its page or in its twin.
pub(super) struct Around<'s> {
    site: &'s Site,
    ix: Ix,
    root: String,
    half: Half,
    blocks: prompt_block::Blocks<'s>,
}

impl<'s> Around<'s> {
    /// On the entry's own page or in its twin.
    pub(super) fn new(site: &'s Site, ix: Ix, half: Half) -> Self {
        let path = address::entry_path(&site.handbook.entry(ix).id);
        Self { site, ix, root: root(&path), half, blocks: prompt_block::Blocks::new(site, ix, &path) }
    }

    /// The address of a target. An anchor on the entry's own page has no path, so that a browser does not load the page
    /// anew.
    fn address(&self, targets: &[Option<Target>], nth: usize) -> Option<String> {
        let target = targets.get(nth)?.as_ref()?;
        if let Target::Entry(own, Some(anchor)) = target
            && *own == self.ix
        {
            return Some(format!("#{}", address::encode(anchor)));
        }
        Some(href(&self.site.handbook, target, &self.root, self.half))
    }
}

impl Surroundings for Around<'_> {
    fn link(&self, nth: usize) -> Option<String> {
        self.address(self.site.handbook.links(self.ix), nth)
    }

    // A list or a file has no title, so what was written stays.
    fn wikilink_text(&self, nth: usize) -> Option<String> {
        match self.site.handbook.links(self.ix).get(nth)?.as_ref()? {
            Target::Entry(ix, _) => Some(self.site.handbook.entry(*ix).title().to_owned()),
            _ => None,
        }
    }

    fn image(&self, nth: usize) -> Option<String> {
        self.address(self.site.handbook.images(self.ix), nth)
    }

    // A kind whose text is sent has it above the body, with a form; there the block is only a pointer.
    fn prompt(&self, nth: usize, out: &mut String) -> bool {
        let entry = self.site.handbook.entry(self.ix);
        if self.half == Half::Page && entry.kind.spec().sends_text && nth < entry.messages.len() {
            prompt_block::render_pointer(self.site, self.ix, nth, out);
            return true;
        }
        self.blocks.render(nth, out)
    }

    fn word(&self, key: &'static str) -> &str {
        self.site.word(key)
    }
}
