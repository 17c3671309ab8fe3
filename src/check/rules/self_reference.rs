//! An entry names itself.
//!
//! It is a slip when a list was copied from another entry, and would put the entry among its own related ones.

use crate::check::{Scope, ways};
use crate::diagnostics::{Diagnostic, Problems, Rule};
use crate::fields::Strength;
use crate::handbook::{Ix, Outcome};

pub(in crate::check) fn check(scope: &Scope<'_>, problems: &mut Problems) {
    let catalog = scope.catalog;
    for (at, (entry, references)) in catalog.entries.iter().zip(&catalog.references).enumerate() {
        for referred in references.iter().filter(|referred| referred.outcome == Outcome::Entry(Ix(at))) {
            let reference = &referred.reference;
            // A person may be the author of their own page; circles have a rule of their own.
            if reference.strength == Strength::Name || ways::CIRCULAR.contains(&reference.field) {
                continue;
            }
            let message = format!("`{}` of `{}` names the entry itself", reference.field, entry.id);
            problems.push(Diagnostic::new(Rule::SelfReference, reference.span, message).help("take it away"));
        }
    }
}
