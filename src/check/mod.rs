//! Catalog to problems: what only shows when entries are seen together.
//!
//! Takes a [`Catalog`], the names that the site needs itself and the day to check against, gives problems. Each rule is a file in `rules/` and a line
//! in `CHECKS`; its name, severity and manual page are in [`Rule`](crate::diagnostics::Rule). What can be seen
//! in one file is reported where the file is read.

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

/// The registry: a line for each file in `rules/`.
const CHECKS: &[Check] = &[
    rules::ambiguous_reference::check,
    rules::broken_anchor::check,
    rules::broken_link::check,
    rules::draft_reference::check,
    rules::duplicate_address::check,
    rules::expansion_limit::check,
    rules::expired_context::check,
    rules::future_date::check,
    rules::imitated_context::check,
    rules::missing_image::check,
    rules::narrower_audience::check,
    rules::no_replacement::check,
    rules::out_of_proportion::check,
    rules::overdue_review::check,
    rules::reference_cycle::check,
    rules::reserved_facet::check,
    rules::self_reference::check,
    rules::stale_example::check,
    rules::unknown_options::check,
    rules::unknown_person::check,
    rules::unknown_reference::check,
    rules::unsafe_attachment::check,
    rules::unusable_alias::check,
    rules::unusable_name::check,
];

/// Runs every check. None sees what another has found.
pub fn check(scope: &Scope<'_>, problems: &mut Problems) {
    let run = |check: &Check| {
        let mut found = Problems::default();
        check(scope, &mut found);
        found
    };
    let found: Vec<Problems> = CHECKS.par_iter().with_max_len(1).map(run).collect();
    for found in found {
        problems.append(found);
    }
}
