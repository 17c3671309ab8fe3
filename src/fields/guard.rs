//! What decides who may see an entry: a mistake in it must never show the entry to more people.

use super::spec::Guard;
use super::tree::{Data, Node};
use crate::text::{hidden, suggest};

/// What was written of who may see an entry, and nobody can say what was meant. Each doubt has been reported as a
/// problem.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Doubt {
    /// Whether it is about `status`: the entry then counts as a draft.
    pub status: bool,
    /// Whether it is about `audience`, the entry's own or the one that the config sets for all.
    pub audience: bool,
}

impl Doubt {
    /// Adds a doubt.
    pub(super) fn add(&mut self, guard: Guard) {
        match guard {
            Guard::Status => self.status = true,
            Guard::Audience => self.audience = true,
        }
    }
}

impl Guard {
    /// The key that says it in an entry.
    pub fn key(self) -> &'static str {
        match self {
            Self::Status => "status",
            Self::Audience => "audience",
        }
    }
}

/// What a key guards when it is spelt as in an entry.
pub(super) fn of_key(key: &str) -> Option<Guard> {
    [Guard::Status, Guard::Audience].into_iter().find(|guard| guard.key() == key)
}

/// Words of other tools for what an entry's status says here.
const OF_STATUS: [&str; 8] = ["draft", "publish", "status", "state", "expir", "embargo", "unlisted", "archiv"];

/// Words of other tools for what an entry's audience says here.
const OF_AUDIENCE: [&str; 12] = [
    "audience",
    "visib",
    "private",
    "public",
    "restrict",
    "confiden",
    "access",
    "permission",
    "classif",
    "hidden",
    "secret",
    "internal",
];

/// What an unknown key may have been meant to guard, also where it slipped into a table or another tool calls it
/// something else.
pub(super) fn meant(written: &str, known: &[&str]) -> Option<Guard> {
    let every = known.iter().copied().chain(["status", "audience"]);
    let written = hidden::strip(written);
    let near = suggest::nearest(&written, every).map(|near| if near == "audiences" { "audience" } else { near });
    near.and_then(of_key).or_else(|| means_guarded(&written))
}

/// What another tool's key guards: `draft`, `visibility`, `review_status`.
pub fn means_guarded(key: &str) -> Option<Guard> {
    let key = key.to_ascii_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| key.contains(word));
    if says(&OF_STATUS) { Some(Guard::Status) } else { says(&OF_AUDIENCE).then_some(Guard::Audience) }
}

/// What a table, or a table in it, says of who may see the entry.
pub(super) fn inside(node: &Node<'_>) -> Option<Guard> {
    match &node.data {
        Data::Table(table) => table.iter().find_map(|(key, _, value)| means_guarded(key).or_else(|| inside(value))),
        Data::List(items) => items.iter().find_map(inside),
        _ => None,
    }
}
