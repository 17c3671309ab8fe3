//! What a reference means for those who read an entry: a person or an entry, by what its field is for.

use crate::content::Kind;
use crate::fields::{FieldKey, Part, Target};
use crate::handbook::{Handbook, Ix, PersonIx};

/// Whom or what a reference means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meant {
    /// A person, with or without a profile.
    Person(PersonIx),
    /// An entry.
    Entry(Ix),
}

impl Handbook {
    /// What a reference in a field of an entry means; `None` for a plain name, and where nobody may see it here. The
    /// field is that of [`Reference::field`](crate::content::Reference::field).
    pub fn meant(&self, ix: Ix, field: FieldKey, target: &Target, written: &str) -> Option<Meant> {
        if target.folder == Some(Kind::Person.folder()) {
            return self.person_named(ix, written).map(Meant::Person);
        }
        let entry = match target.part {
            Part::Whole => written,
            Part::List => written.rsplit_once('/')?.0,
        };
        self.meaning(ix, field, entry).map(Meant::Entry)
    }
}
