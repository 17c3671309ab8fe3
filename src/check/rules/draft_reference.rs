//! A published entry refers to a draft.
//!
//! Nothing of a draft is on a site that was built without drafts, so the reference would lose its link there, or a
//! prompt its context. A draft may refer to drafts: they are published together or not at all. A field that takes plain
//! names is fine either way, because the name is then shown without a link.

use crate::check::ways::Mention;
use crate::check::{Scope, ways};
use crate::content::{Entry, Status};
use crate::diagnostics::{Diagnostic, Problems, Rule};

pub(in crate::check) fn check(scope: &Scope<'_>, problems: &mut Problems) {
    // A status that nobody can read is a problem of its own.
    let is_draft = |entry: &Entry| entry.status() == Some(Status::Draft);
    let leads_nowhere = |m: &Mention<'_>| !m.by_name && is_draft(m.to) && !m.from.is_draft();
    for mention in ways::mentions(scope.catalog).filter(leads_nowhere) {
        let message = format!("`{}` is a draft, and this entry is not", mention.to.id);
        let declared = mention.to.common.status.as_ref().map_or(ways::title_span(mention.to), |status| status.span);
        problems.push(
            Diagnostic::new(Rule::DraftReference, mention.place, message)
                .label("on the site this would lead nowhere")
                .place(declared, "a draft")
                .help("finish the draft, or drop the reference until then"),
        );
    }
}
