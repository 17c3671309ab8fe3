//! A published entry refers to a draft.

use crate::check::Scope;
use crate::diagnostics::{Diagnostic, Problems, Rule};

pub(in crate::check) fn check(scope: &Scope<'_>, problems: &mut Problems) {
    for mention in super::mentions(scope.catalog).filter(|m| !m.by_name && m.to.is_draft() && !m.from.is_draft()) {
        let message = format!("`{}` is a draft, and this entry is not", mention.to.id);
        let declared = mention.to.common.status.as_ref().map_or(super::title_span(mention.to), |status| status.span);
        problems.push(
            Diagnostic::new(Rule::DraftReference, mention.place, message)
                .label("on the site this would lead nowhere")
                .place(declared, "a draft")
                .help("finish the draft, or drop the reference until then"),
        );
    }
}
