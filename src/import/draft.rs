//! What a format has read of one prompt: all that the rest of an import gets to know of the input.

use std::collections::BTreeMap;

use crate::import::Origin;
use crate::import::limits::Limit;

/// One prompt as it was read, before anything is made of it.
#[derive(Debug)]
pub(super) struct Draft {
    /// Where it stands in the input.
    pub origin: Origin,
    /// The values as they were read, by the names of their [fields](crate::import::field); a field without a value is absent or empty.
    pub values: BTreeMap<&'static str, String>,
    /// What was read of who may see it and how far it has come.
    pub limits: Vec<Limit>,
    /// What the format found odd about the part, in sentences.
    pub changes: Vec<String>,
}
