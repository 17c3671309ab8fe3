//! The context that goes along with an entry.

use crate::content::ContextItem;
use crate::fields::List;
use crate::handbook::{Listed, ListedItem};
use crate::site::address::{encode, twin_path};
use crate::site::parts::{InTwin, OnPage, has_place_for_context, text};
use crate::text::words::capitalised;
use crate::theme::view::ContextView;

impl OnPage<'_> {
    /// Its context, as the form offers it, in the order of the list. An item whose module nobody may see here is left
    /// out; a slot stays without it, since the reader can still choose.
    pub(in crate::site) fn context(&self) -> Vec<ContextView> {
        let listed = Listed::of(&self.site.handbook, self.ix);
        // Where the text has no place for context in general, what no tag of its own places is put before the text.
        let has_place = has_place_for_context(self.entry());
        let view = |item: &ListedItem<'_>| ContextView {
            stands_before: !item.is_placed && !has_place,
            ..self.context_item(item)
        };
        listed.items.iter().map(view).filter(|view| view.module.is_some() || !view.slot.is_empty()).collect()
    }

    /// One item, with the version of its module that the reader has in front of them.
    fn context_item(&self, listed: &ListedItem<'_>) -> ContextView {
        let entry = listed.module.map(|ix| self.site.handbook.entry(ix));
        let slot = listed.slot().unwrap_or_default();
        ContextView {
            module: listed.module.map(|ix| self.site.entry_link(ix)),
            id: entry.map(|entry| entry.id.to_string()).unwrap_or_default(),
            twin: entry.map(|entry| encode(&twin_path(&entry.id))).unwrap_or_default(),
            version: entry.map(|entry| text(entry.common.version.as_ref())).unwrap_or_default(),
            slot_label: spaced(slot),
            options: if slot.is_empty() { String::new() } else { self.site.slot_options(slot, listed.module) },
            slot: slot.to_owned(),
            required: listed.item.is_required(),
            stands_before: false,
        }
    }
}

/// A slot's name as words: `reader_type` is `Reader type`. Names of slots are identifiers, since they stand in tags.
fn spaced(name: &str) -> String {
    capitalised(&name.replace('_', " "))
}

impl InTwin<'_> {
    /// The context of an entry as a list, modules by links to their twins.
    pub(in crate::site) fn context(&mut self, items: &List<ContextItem>) {
        let lines: Vec<String> = items.iter().filter_map(|item| self.context_item(item)).collect();
        self.items("context_used", lines);
    }

    /// A line of the list; none for a module that may not be seen here. A slot's name is an identifier, so it needs no
    /// escape in its code span.
    fn context_item(&self, item: &ContextItem) -> Option<String> {
        let module = item.0.module.as_ref().and_then(|id| self.site.handbook.meaning(self.ix, ContextItem::KEY, id));
        let slot = item.0.slot.as_ref().map(|slot| format!("{} `{}`", self.site.word("slot"), slot.value));
        let parts: Vec<String> = slot.into_iter().chain(module.map(|ix| self.link(ix))).collect();
        let need = if item.0.is_required() { String::new() } else { format!(" ({})", self.site.word("optional")) };
        (!parts.is_empty()).then(|| format!("{}{need}", parts.join(": ")))
    }
}
