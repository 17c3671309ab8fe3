//! An entry for a wider audience refers to one for a narrower audience.
//!
//! A reference from a public page to a restricted one leads nowhere on the public site, and its text may give the
//! hidden entry away. Audiences are ordered widest first, so the greater one is the narrower one.

use crate::check::ways::Mention;
use crate::check::{Scope, ways};
use crate::diagnostics::{Diagnostic, Problems, Rule};

pub(in crate::check) fn check(scope: &Scope<'_>, problems: &mut Problems) {
    let audiences = &scope.catalog.config.audiences;
    // Where a plain name will do, it is shown without the link, so nothing is given away.
    // An audience that nobody knows counts as the narrowest, which is a problem of its own.
    let narrower = |m: &Mention<'_>| !m.by_name && m.from.audience < m.to.audience && !m.to.doubt.audience;
    for mention in ways::mentions(scope.catalog).filter(narrower) {
        let (wide, narrow) = (&audiences[mention.from.audience.0], &audiences[mention.to.audience.0]);
        let message = format!("an entry for `{wide}` refers to `{}`, which is for `{narrow}`", mention.to.id);
        let declared =
            mention.to.common.audience.as_ref().map_or(ways::title_span(mention.to), |audience| audience.span);
        problems.push(
            Diagnostic::new(Rule::NarrowerAudience, mention.place, message)
                .label("readers of the wider site would meet a dead end here")
                .place(declared, format!("for `{narrow}`"))
                .help("widen the one, narrow the other, or drop the reference"),
        );
    }
}
