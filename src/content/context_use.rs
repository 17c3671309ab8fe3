//! Context that goes along with an entry: a module, or a slot that the reader fills with one.

use std::collections::HashSet;

use crate::content::form::Form;
use crate::content::kinds::{ContextModule, Prompt, missing};
use crate::content::limits::SLOTS_LIMIT;
use crate::content::{Kind, Ref, template};
use crate::diagnostics::{Diagnostic, Problems, Rule};
use crate::fields::{Field, FieldKey, Node, Reader, Shape, Syntax, Value, ValueRef, record};
use crate::text::Spanned;

record! {
    /// Context that a prompt, project or working description uses: a module, a slot, or a slot with its default.
    pub struct ContextUse ("piece of context") {
        /// The module's id; the default of a slot.
        module: Field<Ref<ContextModule>> [example("brand-voice")],
        /// Whether it always goes along. Default true.
        required: Field<bool> [default("true"), example("false")],
        /// The name of a slot that the reader fills with a module.
        slot: Field<String> [example("persona")],
    }
}

impl ContextUse {
    /// Whether it always goes along.
    pub fn is_required(&self) -> bool {
        self.required.as_ref().is_none_or(|required| required.value)
    }
}

/// A use of context as written: an id, or a table.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ContextItem(pub ContextUse, Form);

impl ContextItem {
    /// The key of every list of them, whatever the kind.
    pub const KEY: FieldKey = Prompt::KEYS.context;
}

impl Value for ContextItem {
    const SHAPE: Shape = Shape::Either(&[<Ref<ContextModule> as Value>::SHAPE, ContextUse::SHAPE]);

    fn read(value: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        if value.as_text().is_some() {
            let module = Some(Spanned::new(Ref::read(value, reader)?, value.span));
            return Some(Self(ContextUse { module, ..ContextUse::default() }, Form::Text));
        }
        Some(Self(reader.nested(value, &Self::SHAPE)?, Form::Table))
    }

    fn view(&self) -> ValueRef<'_> {
        match (&self.0.module, self.1) {
            (Some(module), Form::Text) => module.view(),
            _ => ValueRef::Table(&self.0),
        }
    }

    fn is_blank(&self) -> bool {
        self.0.module.as_ref().is_some_and(|id| id.value.is_blank())
    }
}

/// A module's reference without the folder that it may drop.
pub fn short_module(reference: &str) -> &str {
    Kind::ContextModule.spec().within(reference)
}

/// Checks a list of context: every item says what it is, and slots have names that differ.
pub(super) fn check_context(items: &[Spanned<ContextItem>], syntax: Syntax, problems: &mut Problems) {
    check_slots(items, problems);
    let mut slots: HashSet<&str> = HashSet::new();
    for item in items {
        let Some(slot) = &item.0.slot else {
            if item.0.module.is_none() {
                missing::<ContextUse>(problems, item.span, ContextUse::KEYS.module, syntax);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::kinds::all_fields;
    use crate::fields::{FieldSpec, FieldType};

    #[test]
    fn every_list_of_context_has_one_key() {
        let is_context = |shape: &Shape| *shape == <Vec<Spanned<ContextItem>> as FieldType>::SHAPE;
        let lists: Vec<FieldKey> =
            all_fields().filter(|spec| is_context(&spec.shape)).map(FieldSpec::field_key).collect();
        assert!(lists.len() > 2 && lists.iter().all(|key| *key == ContextItem::KEY), "{lists:?}");
    }
}
