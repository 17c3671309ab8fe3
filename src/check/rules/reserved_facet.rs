//! A facet that the config adds has the name of a field or of a folder.
//!
//! A facet is a key of the front matter and a folder of the site at once, so both sorts of name are taken. The facets
//! that every handbook has come first in the config's list and are passed over: they are names of the program itself.

use crate::check::Scope;
use crate::config::FACETS;
use crate::content::{Kind, canonical, kinds};
use crate::diagnostics::{Diagnostic, Problems, Rule};

pub(in crate::check) fn check(scope: &Scope<'_>, problems: &mut Problems) {
    for facet in &scope.catalog.config.facets[FACETS.len()..] {
        let is_field = kinds::is_field(&facet.name);
        let is_folder = Kind::of_folder(&facet.name).is_some();
        if is_field || is_folder || scope.reserved.has_folder(&canonical(&facet.name)) {
            let message = format!("the facet `{}` has the name of a field or folder of the handbook", facet.name);
            problems.push(Diagnostic::new(Rule::InvalidValue, facet.span, message).help("choose another name"));
        }
    }
}
