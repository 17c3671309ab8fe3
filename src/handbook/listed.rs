//! The context that an entry lists, and which of it its text places, resolved once.

use std::collections::{HashMap, HashSet};

use crate::content::template::{Use, UseOf};
use crate::content::{ContextItem, ContextUse, Entry, Kind, short_module};
use crate::handbook::{Handbook, Ix};

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
    /// The first of each reference as written, slots aside.
    by_name: HashMap<&'h str, usize>,
    by_module: HashMap<Ix, Vec<usize>>,
    by_slot: HashMap<&'h str, Vec<usize>>,
}

impl<'h> Listed<'h> {
    /// The context that an entry lists.
    pub fn of(handbook: &'h Handbook, ix: Ix) -> Self {
        let entry = handbook.entry(ix);
        let meanings = handbook.meanings(ix, ContextItem::KEY);
        let (by_name, by_module, by_slot) = (HashMap::new(), HashMap::new(), HashMap::new());
        let mut listed = Self { items: Vec::new(), by_name, by_module, by_slot };
        for item in entry.fields.context() {
            let module = item.0.module.as_ref().and_then(|id| meanings.get(id.value.as_str()).copied());
            listed.add(&item.0, module);
        }
        listed.place(entry);
        listed
    }

    fn add(&mut self, item: &'h ContextUse, module: Option<Ix>) {
        let at = self.items.len();
        match (&item.slot, &item.module) {
            (Some(slot), _) => self.by_slot.entry(&slot.value).or_default().push(at),
            (None, Some(id)) => {
                self.by_name.entry(&id.value).or_insert(at);
            }
            (None, None) => {}
        }
        if let (None, Some(module)) = (&item.slot, module) {
            self.by_module.entry(module).or_default().push(at);
        }
        self.items.push(ListedItem { item, module, is_placed: false });
    }

    fn place(&mut self, entry: &'h Entry) {
        let uses = entry.messages.iter().flat_map(|message| &message.template.uses);
        let used: HashSet<(UseOf, &str)> = uses.map(|Use { of, name, .. }| (*of, name.as_str())).collect();
        let places = used.into_iter().flat_map(|(of, name)| match of {
            UseOf::Module => self.named(name),
            UseOf::Slot => self.slots(name),
            UseOf::Context | UseOf::Variable => &[],
        });
        for at in places.copied().collect::<Vec<usize>>() {
            self.items[at].is_placed = true;
        }
    }

    /// The places in the list of the module that a name in the text means, in order: of the one that the list calls so,
    /// whatever else in the handbook has that name.
    pub fn named(&self, name: &str) -> &[usize] {
        let short = short_module(name);
        let at = self.by_name.get(name).or_else(|| self.by_name.get(short));
        let at = at.or_else(|| self.by_name.get(format!("{}/{short}", Kind::ContextModule.folder()).as_str()));
        let module = at.and_then(|at| self.items[*at].module);
        module.and_then(|module| self.by_module.get(&module)).map_or(&[], Vec::as_slice)
    }

    /// The module that a name in the text means; none where nobody may see it here.
    pub fn module_named(&self, name: &str) -> Option<Ix> {
        self.named(name).first().and_then(|at| self.items[*at].module)
    }

    /// The places in the list of a slot.
    pub fn slots(&self, name: &str) -> &[usize] {
        self.by_slot.get(name).map_or(&[], Vec::as_slice)
    }
}
