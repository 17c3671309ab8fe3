//! Files to entries.
//!
//! Takes the files below `content/` and the config, gives an [`Entry`] for each Markdown file, typed by its
//! kind, and the problems that can be seen in one file alone. An entry with mistakes is still an entry, so that
//! one mistake does not look like ten. It never looks at two entries at once. Start reading at [`read`];
//! `kinds/` has a file for each kind. It never opens a file.

mod body;
mod common;
mod context_use;
mod entry;
mod form;
mod id;
mod kept;
mod kind;
pub mod kinds;
pub mod last_change;
pub mod limits;
mod message;
mod names;
mod reference;
mod registry;
mod reserved;
mod second_head;
pub mod template;
pub mod to_come;
mod web_link;

pub use common::{Common, SUMMARY_LIMIT, Skill, Status, Tag};
pub use context_use::{ContextItem, ContextUse, short_module};
pub use entry::{Entry, FacetTerms, PastDate, front_matter};
pub use id::Id;
pub use kept::{Kept, read_again};
pub use kind::KindSpec;
pub use kinds::Fields;
pub use message::{Message, Role};
pub use names::{Flaw, OWN_ENDINGS, page_name, reserved_path, unusable as unusable_id, unusable_path, with_digest};
pub use reference::{AnyRef, ListIn, Name, Origin, Ref, Reference};
pub use registry::Kind;
pub(crate) use registry::each_kind;
pub use reserved::{Reserved, ReservedName};
pub use web_link::{LinkItem, WebLink};

use std::sync::Arc;

use crate::config::Config;
use crate::diagnostics::Problems;
use crate::files::Files;
pub use crate::text::spelling::{canonical, spelling};

/// Reads every entry, in the order of the files.
pub fn read(files: &Files, config: &Arc<Config>, problems: &mut Problems) -> Vec<Arc<Entry>> {
    read_again(files, config, &mut Kept::default(), problems)
}
