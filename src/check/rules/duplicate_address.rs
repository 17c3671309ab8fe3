//! Two entries, or an entry and an alias, want the same address.

use crate::check::Scope;
use crate::diagnostics::{Diagnostic, Problems, Rule};

pub(in crate::check) fn check(scope: &Scope<'_>, problems: &mut Problems) {
    for collision in &scope.catalog.collisions {
        let message = format!("the address `{}` is taken", collision.address);
        let help =
            if collision.is_alias { "drop the alias, or name another address" } else { "rename one of the two files" };
        problems.push(
            Diagnostic::new(Rule::DuplicateAddress, collision.second, message)
                .label("letter case and Unicode form do not tell addresses apart")
                .place(collision.first, "by this")
                .help(help),
        );
    }
}
