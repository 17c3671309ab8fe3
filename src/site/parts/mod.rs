//! What entries of several kinds show: on their page as a view, in their twin as Markdown, one file for each part.
//!
//! Takes an entry and the record of its kind, gives pieces of a view ([`OnPage`]) or Markdown ([`InTwin`]). Which
//! parts a kind shows is said in the kind's file, and what only one kind shows stays there.
//!
//! A part that is on the page and not in the twin, or the other way round, tells people and tools different things: the
//! two stand next to each other in one file so that one is not changed without the other.

mod context;
mod entries;
mod in_twin;
mod models;
mod notes;
mod on_page;
mod person_lists;
mod text_to_send;
mod web_links;

pub(in crate::site) use in_twin::{InTwin, item, line};
pub(in crate::site) use on_page::{OnPage, text};
pub(in crate::site) use person_lists::person_lists;
pub(in crate::site) use text_to_send::has_place_for_context;
pub(in crate::site) use web_links::web_links;
