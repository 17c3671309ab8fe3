//! Fields that name other entries: their types, and what of them was written.

use std::marker::PhantomData;
use std::sync::Arc;

use crate::content::Kind;
use crate::content::kinds::KindFields;
use crate::fields::{FieldKey, Fielded, Leaf, Part, Shape, Strength, Target, Text, TextSort, ValueRef, walk};
use crate::text::Span;
use crate::text::spelling::canonical;

/// The sort of a [`Ref`].
#[derive(Debug)]
pub struct To<K>(PhantomData<fn() -> K>);

impl<K: KindFields> TextSort for To<K> {
    const SHAPE: Shape = Shape::Reference(target::<K>(Part::Whole, Strength::Entry));
}

/// The id of an entry of one kind, which must exist.
pub type Ref<K> = Text<To<K>>;

/// The sort of a [`Name`].
#[derive(Debug)]
pub struct NameOf<K>(PhantomData<fn() -> K>);

impl<K: KindFields> TextSort for NameOf<K> {
    const SHAPE: Shape = Shape::Reference(target::<K>(Part::Whole, Strength::Name));

    /// Nobody is called by signs alone: `--` stands where a name is not known.
    fn is_blank(text: &str) -> bool {
        let name = canonical(text);
        K::SPEC.within(&name).chars().all(is_sign)
    }
}

/// A plain name, or the id of an entry of one kind.
pub type Name<K> = Text<NameOf<K>>;

/// The sort of a [`ListIn`].
#[derive(Debug)]
pub struct ListOf<K>(PhantomData<fn() -> K>);

impl<K: KindFields> TextSort for ListOf<K> {
    const SHAPE: Shape = Shape::Reference(target::<K>(Part::List, Strength::Entry));
}

/// A list of values in an entry of one kind: the entry's id, `/`, and the name of the list.
pub type ListIn<K> = Text<ListOf<K>>;

/// The sort of an [`AnyRef`].
#[derive(Debug)]
pub struct ToAny;

const ANY: Shape = Shape::Reference(Target {
    folder: None,
    noun: "an entry",
    many: "entries",
    part: Part::Whole,
    strength: Strength::Entry,
});

impl TextSort for ToAny {
    const SHAPE: Shape = ANY;
}

/// The id of an entry of any kind, which must exist.
pub type AnyRef = Text<ToAny>;

/// The sort of an [`Origin`].
#[derive(Debug)]
pub struct OriginSort;

impl TextSort for OriginSort {
    const SHAPE: Shape = Shape::Either(&[ANY, Shape::Address]);
}

/// The id of an entry of any kind, or an address outside of the handbook.
pub type Origin = Text<OriginSort>;

/// Whether a character is punctuation or a blank, in the canonical form of a text.
fn is_sign(c: char) -> bool {
    let is_general = matches!(c, '\u{a1}' | '\u{a7}' | '\u{ab}' | '\u{b6}'..='\u{b7}' | '\u{bb}' | '\u{bf}'
        | '\u{2000}'..='\u{206f}' | '\u{2e00}'..='\u{2e5d}' | '\u{3000}'..='\u{3003}' | '\u{3008}'..='\u{3020}' | '\u{30fb}');
    !c.is_alphanumeric() && (c.is_ascii() || c.is_whitespace() || is_general)
}

const fn target<K: KindFields>(part: Part, strength: Strength) -> Target {
    Target { folder: Some(K::SPEC.folder), noun: K::SPEC.one, many: K::SPEC.many, part, strength }
}

/// What a field says of another entry.
#[derive(Debug, Clone)]
pub struct Reference {
    /// The field that it is asked for by: that of the entry, e.g. `context`; of a list in an entry the key itself, e.g.
    /// `options_from`, since such a reference does not mean the entry as a whole.
    pub field: FieldKey,
    /// The innermost key, e.g. `module` of one of the tables that `context` may have.
    pub key: FieldKey,
    /// The reference as written. Shared: who resolves it keeps it.
    pub written: Arc<str>,
    /// Where.
    pub span: Span,
    /// The kind that the field is for; any when `None`.
    pub kind: Option<Kind>,
    /// Whether it must exist.
    pub strength: Strength,
}

impl Reference {
    /// The [field](Self::field) of a reference that a walk meets.
    pub fn field_of(leaf: &Leaf<'_>, target: &Target) -> FieldKey {
        match target.part {
            Part::Whole => leaf.outer.field_key(),
            Part::List => leaf.field.field_key(),
        }
    }
}

/// Every reference of some records, in the order of their fields.
pub(super) fn references(records: [&dyn Fielded; 2]) -> Vec<Reference> {
    let mut all = Vec::new();
    for record in records {
        collect(record, &mut all);
    }
    all
}

fn collect(record: &dyn Fielded, all: &mut Vec<Reference>) {
    walk(record, &mut |leaf| {
        let (Shape::Reference(target), ValueRef::Text(text)) = (leaf.shape, leaf.value) else { return };
        let written = match target.part {
            Part::Whole => text,
            // What names no list is reported where the field is checked.
            Part::List => match text.rsplit_once('/') {
                Some((entry, _)) => entry,
                None => return,
            },
        };
        all.push(Reference {
            field: Reference::field_of(&leaf, target),
            key: leaf.field.field_key(),
            written: written.into(),
            span: leaf.span,
            kind: target.folder.and_then(Kind::of_folder),
            strength: target.strength,
        });
    });
}
