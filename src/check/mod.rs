//! Catalog to problems: what only shows when entries are seen together.
//!
//! Takes a [`Catalog`](crate::handbook::Catalog), the names that the site needs itself and the day to check against,
//! gives problems. Each check of the whole handbook is a file in `rules/` and a line in its registry; what a reader
//! reports while it reads one file has no file here. The name, severity and manual page of both are one declaration in
//! [`Rule`](crate::diagnostics::Rule), far below: the settings name rules, and so does every such reader.
//!
//! It never reads a file, never asks for the day, and never changes the catalog. Start reading at [`check`], then
//! `rules/mod.rs`.

mod rules;
mod scope;
mod ways;

pub use scope::Scope;

use rayon::prelude::*;

use crate::check::scope::Check;
use crate::diagnostics::Problems;

/// Runs every check, on all threads. None sees what another has found, so their order does not matter; and they are
/// appended in the order of the registry, though the report sorts them anyway.
pub fn check(scope: &Scope<'_>, problems: &mut Problems) {
    let run = |check: &Check| {
        let mut found = Problems::default();
        check(scope, &mut found);
        found
    };
    // One check is one task: two costly ones that rayon put into one task would be waited for by all other threads.
    let found: Vec<Problems> = rules::CHECKS.par_iter().with_max_len(1).map(run).collect();
    for found in found {
        problems.append(found);
    }
}
