//! Values that more than one kind has.

use std::collections::HashSet;

use toml::Spanned as TomlSpanned;
use toml::de::DeValue;

use super::{Reference, missing};
use crate::content::limits::{self, SLOTS_LIMIT};
use crate::content::{Kind, template};
use crate::diagnostics::{Diagnostic, Problems, Rule};
use crate::front_matter::{Field, Fields, Reader, Value, record};
use crate::markdown::{Destination, unsafe_link};
use crate::text::Spanned;

record! {
    /// Context that a prompt, project or working description uses: a module, a slot, or a slot with its default.
    pub struct ContextUse ("a module's id in quotes, or a table", "a list of module ids") {
        /// The module's id; the default of a slot.
        module: Field<String>,
        /// Whether it always goes along. Default true.
        required: Field<bool>,
        /// The name of a slot that the reader fills with a module.
        slot: Field<String>,
    }
}

impl ContextUse {
    /// Whether it always goes along.
    pub fn is_required(&self) -> bool {
        self.required.as_ref().is_none_or(|required| required.value)
    }
}

/// A use of context as written: an id, or a table.
#[derive(Debug, Clone, Default)]
pub struct ContextItem(pub ContextUse);

impl Value for ContextItem {
    const SHAPE: &'static str = "a module's id in quotes, or a table";
    const LIST: &'static str = "a list of texts, each a module's id, or of tables";

    fn read(value: &TomlSpanned<DeValue<'_>>, reader: &mut Reader<'_>) -> Option<Self> {
        if value.get_ref().is_str() {
            let id = String::read(value, reader)?;
            let module = Some(Spanned::new(id, reader.span(value.span())));
            return Some(Self(ContextUse { module, ..ContextUse::default() }));
        }
        Fields::of_table(value, Self::SHAPE, reader).map(Self)
    }

    fn is_blank(&self) -> bool {
        self.0.module.as_ref().is_some_and(|id| id.value.is_blank())
    }
}

/// The references of a list of context.
pub(super) fn context_references(items: &[Spanned<ContextItem>]) -> impl Iterator<Item = Reference> + '_ {
    items.iter().filter_map(|item| item.0.module.as_ref()).map(|id| Reference::to("context", Kind::ContextModule, id))
}

/// A module's reference without the folder that it may drop.
pub fn short_module(reference: &str) -> &str {
    reference.strip_prefix("context/").unwrap_or(reference)
}

/// Checks a list of context: every item says what it is, and slots have names that differ.
pub(super) fn check_context(items: &[Spanned<ContextItem>], problems: &mut Problems) {
    limits::list("context", items, problems);
    check_slots(items, problems);
    let mut slots: HashSet<&str> = HashSet::new();
    for item in items {
        let Some(slot) = &item.0.slot else {
            if item.0.module.is_none() {
                missing(problems, item.span, "the context", "module", "\"brand-voice\"");
            }
            continue;
        };
        if !template::is_name(slot) {
            let problem =
                Diagnostic::new(Rule::InvalidValue, slot.span, format!("`{}` is not a slot's name", slot.value));
            problems.push(problem.help("lower case letters, digits and `_`, e.g. `persona`"));
        }
        if !slots.insert(&slot.value) {
            let message = format!("the slot `{}` is declared twice", slot.value);
            let problem = Diagnostic::new(Rule::InvalidValue, slot.span, message);
            problems.push(problem.help("give each slot a name of its own"));
        }
    }
}

fn check_slots(items: &[Spanned<ContextItem>], problems: &mut Problems) {
    let slots = || items.iter().filter_map(|item| item.0.slot.as_ref());
    if let Some(slot) = slots().nth(SLOTS_LIMIT) {
        let message = format!("there are {} slots, more than {SLOTS_LIMIT}", slots().count());
        let problem = Diagnostic::new(Rule::TooLarge, slot.span, message).label("this is one too many");
        problems.push(problem.help("nobody fills so many: name the modules, or split the prompt"));
    }
}

record! {
    /// A link out of the handbook.
    pub struct WebLink ("a table with `label` and `url`", "a list of tables, each with `label` and `url`") {
        /// What it says.
        label: Field<String>,
        /// Where it leads.
        url: Field<String>,
    }
}

/// A link as written: an address, or a table.
#[derive(Debug, Clone, Default)]
pub struct LinkItem(pub WebLink);

impl Value for LinkItem {
    const SHAPE: &'static str = "an address in quotes, or a table with `label` and `url`";
    const LIST: &'static str = "a list of texts, each an address, or of tables with `label` and `url`";

    fn read(value: &TomlSpanned<DeValue<'_>>, reader: &mut Reader<'_>) -> Option<Self> {
        if value.get_ref().is_str() {
            let url = String::read(value, reader)?;
            let url = Some(Spanned::new(url, reader.span(value.span())));
            return Some(Self(WebLink { label: None, url }));
        }
        Fields::of_table(value, Self::SHAPE, reader).map(Self)
    }
}

/// Checks links: each has an address that may be followed.
pub(super) fn check_links(links: &[Spanned<LinkItem>], problems: &mut Problems) {
    limits::list("links", links, problems);
    for link in links {
        match &link.0.url {
            Some(url) => check_address(url, problems),
            None => missing(problems, link.span, "the link", "url", "\"https://…\""),
        }
    }
}

/// Checks one address that leads out of the handbook.
pub(in crate::content) fn check_address(url: &Spanned<String>, problems: &mut Problems) {
    match Destination::of(url) {
        Destination::External(_) => {}
        Destination::Unsafe { scheme } => problems.push(unsafe_link(url.span, &scheme)),
        _ => {
            let problem =
                Diagnostic::new(Rule::InvalidValue, url.span, format!("`{}` is not a web address", url.value));
            problems.push(problem.help("it begins with `https://`; entries of the handbook belong into `related`"));
        }
    }
}
