//! One file a check: a `mod` line and a line of the registry each.
//!
//! A file has the name of the rule that it reports; where checks share a rule, as those of `too-large` do, the name of
//! what it looks for. It says why, where the manual page in [`Rule`](crate::diagnostics::Rule) says what to do.
//!
//! A check never trusts that another has run: the catalog holds what was wrong as it was written. It is also bounded by
//! itself, because content decides how much there is to find: what grows with a product (near names, walks along
//! references) stops at a constant, and every constant says for whom it is enough.

mod ambiguous_reference;
mod broken_anchor;
mod broken_link;
mod draft_reference;
mod duplicate_address;
mod expansion_limit;
mod expired_context;
mod future_date;
mod imitated_context;
mod missing_image;
mod narrower_audience;
mod no_replacement;
mod out_of_proportion;
mod overdue_review;
mod reference_cycle;
mod reserved_facet;
mod self_reference;
mod stale_example;
mod unknown_options;
mod unknown_person;
mod unknown_reference;
mod unsafe_attachment;
mod unusable_alias;
mod unusable_name;

use crate::check::scope::Check;

/// The registry: a line for each file beside this one.
pub(super) const CHECKS: &[Check] = &[
    ambiguous_reference::check,
    broken_anchor::check,
    broken_link::check,
    draft_reference::check,
    duplicate_address::check,
    expansion_limit::check,
    expired_context::check,
    future_date::check,
    imitated_context::check,
    missing_image::check,
    narrower_audience::check,
    no_replacement::check,
    out_of_proportion::check,
    overdue_review::check,
    reference_cycle::check,
    reserved_facet::check,
    self_reference::check,
    stale_example::check,
    unknown_options::check,
    unknown_person::check,
    unknown_reference::check,
    unsafe_attachment::check,
    unusable_alias::check,
    unusable_name::check,
];
