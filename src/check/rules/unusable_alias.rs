//! An alias that cannot be an address.
//!
//! An alias is an old address, written as it was: with `.html`, with `.md` or without. It may be anything that an id
//! may be, since the redirect is a page at that address.

use crate::check::Scope;
use crate::content::Id;
use crate::content::unusable_id;
use crate::diagnostics::{Diagnostic, Problems, Rule};

pub(in crate::check) fn check(scope: &Scope<'_>, problems: &mut Problems) {
    // Where an entry is the front page, the alias is a second claim to its address.
    let has_front = scope.catalog.entries.iter().any(|entry| entry.id.as_str().eq_ignore_ascii_case("index"));
    for alias in scope.catalog.entries.iter().flat_map(|entry| &entry.common.aliases) {
        let address = alias.trim_end_matches(".html").trim_end_matches(".md");
        let front = (address == "index" && !has_front).then(|| "`index` is the front page".to_owned());
        let reason = unusable_id(&Id::of_path(address), scope.reserved).map(|flaw| flaw.reason);
        if let Some(reason) = reason.or(front) {
            let problem =
                Diagnostic::new(Rule::UnusableName, alias.span, format!("the alias cannot be an address: {reason}"));
            // An address copied from a browser's bar, or the path that a host logs.
            let is_whole = alias.contains("://") || alias.starts_with('/') || alias.ends_with('/');
            problems.push(problem.help(if is_whole {
                "write the old address below the site's root, without `/` in front: `old/launch-mail`"
            } else {
                "drop the alias, or name another address"
            }));
        }
    }
}
