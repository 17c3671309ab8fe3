//! The context that an entry lists, and which of it its text places, resolved once.

use std::collections::{HashMap, HashSet};

use crate::content::kinds::{ContextItem, ContextUse};
use crate::content::template::{Use, UseOf};
use crate::content::{Entry, Fields, Kind};
use crate::handbook::{Handbook, Ix};
use crate::text::Spanned;

/// One item of the list.
#[derive(Debug, Clone, Copy)]
pub struct ListedItem<'h> {
    /// As it was written.
    pub item: &'h ContextUse,
    /// The module that it names, of a slot its default; none where nobody may see it here.
    pub module: Option<Ix>,
    /// Whether a tag of its own places it in the text.
    pub is_placed: bool,
}

impl ListedItem<'_> {
    /// The slot's name, where it is one.
    pub fn slot(&self) -> Option<&str> {
        self.item.slot.as_ref().map(|slot| slot.value.as_str())
    }

    /// The reference as written; empty for a slot without a default.
    pub fn written(&self) -> &str {
        self.item.module.as_ref().map_or("", |id| id.value.as_str())
    }
}

/// The context of a prompt, project or working description.
#[derive(Debug)]
pub struct Listed<'h> {
    /// The items in the order of the list.
    pub items: Vec<ListedItem<'h>>,
    handbook: &'h Handbook,
    meanings: HashMap<&'h str, Ix>,
    by_module: HashMap<Ix, Vec<usize>>,
    by_slot: HashMap<&'h str, Vec<usize>>,
}

impl<'h> Listed<'h> {
    /// The context that an entry lists.
    pub fn of(handbook: &'h Handbook, ix: Ix) -> Self {
        let entry = handbook.entry(ix);
        let meanings = handbook.meanings(ix, "context");
        let mut listed =
            Self { items: Vec::new(), handbook, meanings, by_module: HashMap::new(), by_slot: HashMap::new() };
        for (at, item) in context(&entry.fields).iter().enumerate() {
            let item = &item.0;
            let module = item.module.as_ref().and_then(|id| listed.meanings.get(id.value.as_str()).copied());
            match (&item.slot, module) {
                (Some(slot), _) => listed.by_slot.entry(&slot.value).or_default().push(at),
                (None, Some(module)) => listed.by_module.entry(module).or_default().push(at),
                (None, None) => {}
            }
            listed.items.push(ListedItem { item, module, is_placed: false });
        }
        listed.place(entry);
        listed
    }

    fn place(&mut self, entry: &'h Entry) {
        let uses = entry.messages.iter().flat_map(|message| &message.template.uses);
        let used: HashSet<(UseOf, &str)> = uses.map(|Use { of, name, .. }| (*of, name.as_str())).collect();
        for (of, name) in used {
            let places = match of {
                UseOf::Module => self.named(name),
                UseOf::Slot => self.slots(name).to_vec(),
                UseOf::Context | UseOf::Variable => continue,
            };
            for at in places {
                self.items[at].is_placed = true;
            }
        }
    }

    /// The places in the list that a module's name in the text means, in order.
    pub fn named(&self, name: &str) -> Vec<usize> {
        let listed = self.meanings.get(name).copied();
        let found = self.handbook.find_in(Kind::ContextModule, name).filter(|found| listed != Some(*found));
        let modules = listed.into_iter().chain(found);
        let mut places: Vec<usize> =
            modules.filter_map(|module| self.by_module.get(&module)).flatten().copied().collect();
        places.sort_unstable();
        places
    }

    /// The places in the list of a slot.
    pub fn slots(&self, name: &str) -> &[usize] {
        self.by_slot.get(name).map_or(&[], Vec::as_slice)
    }
}

fn context(fields: &Fields) -> &[Spanned<ContextItem>] {
    match fields {
        Fields::Prompt(prompt) => &prompt.context,
        Fields::Project(project) => &project.context,
        Fields::WorkingDescription(work) => &work.context,
        _ => &[],
    }
}
