//! The text of an entry that is copied and sent.

use crate::content::Entry;
use crate::content::template::UseOf;
use crate::site::parts::OnPage;
use crate::site::prompt_block::Blocks;

impl OnPage<'_> {
    /// The text to send, each message in a block, in the order of the body: finished HTML.
    pub(in crate::site) fn messages(&self) -> String {
        let mut html = String::new();
        let blocks = Blocks::new(self.site, self.ix, self.path);
        for nth in 0..self.entry().messages.len() {
            blocks.render(nth, &mut html);
        }
        html
    }
}

/// Whether the text says where the context goes that no tag of its own places, which is `{{context}}`; without it that
/// stands before the text. Form and page ask here; [`assemble`](crate::handbook::assemble) asks the same of the text,
/// and must get the same answer.
pub(in crate::site) fn has_place_for_context(entry: &Entry) -> bool {
    let mut uses = entry.messages.iter().flat_map(|message| &message.template.uses);
    uses.any(|used| used.of == UseOf::Context)
}
