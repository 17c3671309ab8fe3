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

/// A check of the whole handbook.
type Check = fn(&Scope<'_>, &mut Problems);

/// What a check sees.
#[derive(Debug, Clone, Copy)]
pub struct Scope<'c> {
    /// Every entry, whoever may see it.
    pub catalog: &'c Catalog,
    /// The names that no content can take.
    pub reserved: &'c Reserved,
    /// The day that dates are compared with.
    pub today: Date,
}

/// Runs every check. None sees what another has found.
pub fn check(scope: &Scope<'_>, problems: &mut Problems) {
    let run = |check: &Check| {
        let mut found = Problems::default();
        check(scope, &mut found);
        found
    };
    let found: Vec<Problems> = rules::CHECKS.par_iter().with_max_len(1).map(run).collect();
    for found in found {
        problems.append(found);
    }
}
