//! What decides who may see an entry: a mistake in it must never show the entry to more people.

use super::kept_back;
use super::spec::Guard;
use super::tree::{Data, Node};
use crate::text::spelling::{look, looks_like};
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
    /// About everything.
    pub(super) const ALL: Self = Self { status: true, audience: true };

    /// The doubt that a line leaves which could not be read: what it may have said.
    pub(super) fn of_lost(line: &str) -> Self {
        let line = line.trim();
        let has_key = line.contains([':', '=']);
        let mut doubt = Self::default();
        // An item of a list, or the end of one.
        if !has_key && line.starts_with(['-', '"', '\'', ']', '}']) {
            return doubt;
        }
        if key_of(line).is_none() {
            return Self::ALL;
        }
        for part in line.split(['{', '[', ',']) {
            if let Some(guard) = key_of(part).and_then(|key| meant(key, &[]).or_else(|| kept_back::of_key(key))) {
                doubt.add(guard);
            }
        }
        doubt
    }

    /// Adds what another one is about.
    pub(super) fn join(&mut self, other: Self) {
        self.status |= other.status;
        self.audience |= other.audience;
    }

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

/// The key that a line begins with, where one can be told.
pub(super) fn key_of(line: &str) -> Option<&str> {
    let key = line.split(['=', ':']).next().unwrap_or_default().trim().trim_matches(['"', '\'']);
    let is_key = !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'));
    is_key.then_some(key)
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
    let written = look(&hidden::strip(written));
    let near = suggest::nearest(&written, every).map(|near| if near == "audiences" { "audience" } else { near });
    near.and_then(of_key).or_else(|| means_guarded(&written))
}

/// What another tool's key guards: `draft`, `visibility`, `review_status`.
pub fn means_guarded(key: &str) -> Option<Guard> {
    let key = look(key);
    let says = |words: &[&str]| words.iter().any(|word| looks_like(&key, word));
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
