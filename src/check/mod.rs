//! Catalog to problems: what only shows when entries are seen together.
//!
//! Takes a [`Catalog`], the names that the site needs itself and the day to check against, gives problems. Each check
//! of the whole handbook is a file in `rules/` and a line in its registry; what a reader reports while it reads one
//! file has no file here. The name, severity and manual page of both are one declaration in
//! [`Rule`](crate::diagnostics::Rule), far below: the settings name rules, and so does every such reader.
//!
//! It never reads a file, never asks for the day, and never changes the catalog. Start reading at [`check`], then
//! `rules/mod.rs`.

mod rules;

use jiff::civil::Date;
use rayon::prelude::*;

use crate::content::Reserved;
use crate::diagnostics::Problems;
use crate::handbook::Catalog;

/// A check of the whole handbook. A plain function and no trait: a check has no state, and what it is called and how
/// severe it is are declared with its [`Rule`](crate::diagnostics::Rule).
type Check = fn(&Scope<'_>, &mut Problems);

/// What a check sees. The same for every check, so that a new one needs nothing but its file and a line.
#[derive(Debug, Clone, Copy)]
pub struct Scope<'c> {
    /// Every entry, whoever may see it: who writes a handbook is told of everything in it. What a site for fewer
    /// readers may say of it is cut afterwards, by [`Withheld`](crate::diagnostics::Withheld).
    pub catalog: &'c Catalog,
    /// The names that no content can take. They come from above, because the families of the site declare them.
    pub reserved: &'c Reserved,
    /// The day that dates are compared with, in UTC. It comes from the edge: with a day of its own a check would give
    /// another report at midnight, and a test none that holds.
    pub today: Date,
}

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
