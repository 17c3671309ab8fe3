//! Records and closed lists of terms, declared once: the struct, its reading, its walk, and the table that everything else
//! is derived from.

use std::borrow::Cow;

use super::reader::{Keys, Reader};
use super::shape::{Shape, TableSpec};
use super::tree::{Data, Node};
use super::view::{Fielded, Items, ValueRef};
use crate::text::{Span, Spanned};

/// A struct that is read from the keys of a table.
pub trait Record: Sized + Fielded {
    /// Its fields.
    const TABLE: &'static TableSpec;

    /// Reads every field; wrong ones are reported and get their default.
    fn read(keys: &mut Keys<'_, '_, '_>) -> Self;
}

/// What a single written value can become.
pub trait Value: Sized {
    /// What it may be.
    const SHAPE: Shape;

    /// Reads the value; `None` after reporting when it is wrong.
    fn read(value: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self>;

    /// The value as a walk meets it.
    fn view(&self) -> ValueRef<'_>;

    /// Whether the value says nothing, so that its field counts as absent.
    fn is_blank(&self) -> bool {
        false
    }
}

/// What a field of a record can be: an optional value or a list.
pub trait FieldType: Default {
    /// What it may be.
    const SHAPE: Shape;

    /// Reads the value; `None` after reporting when it is wrong.
    fn read(value: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self>;

    /// The value with its place as a walk meets it.
    fn view(&self) -> (Span, ValueRef<'_>);
}

impl<T: Value> FieldType for Option<Spanned<T>> {
    const SHAPE: Shape = T::SHAPE;

    fn read(value: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let read = T::read(value, reader)?;
        Some((!read.is_blank()).then(|| Spanned::new(read, value.span)))
    }

    fn view(&self) -> (Span, ValueRef<'_>) {
        self.as_ref().map_or((Span::default(), ValueRef::Absent), |value| (value.span, value.value.view()))
    }
}

impl<T: Value> FieldType for Vec<Spanned<T>> {
    const SHAPE: Shape = Shape::List(&T::SHAPE);

    fn read(value: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let items = match &value.data {
            Data::List(items) => Cow::Borrowed(items.as_slice()),
            // One text for a list is what people write in YAML.
            Data::Text(_) | Data::Bare(_) if reader.is_lenient() && reader.takes_single(&T::SHAPE) => {
                Cow::Owned(reader.single().nodes(value))
            }
            _ => {
                reader.wrong_type(value, &<Self as FieldType>::SHAPE);
                return None;
            }
        };
        let mut list = Vec::with_capacity(items.len());
        let is_apart = matches!(items, Cow::Owned(_)) && items.len() > 1;
        for (nth, item) in items.iter().enumerate().filter(|(_, item)| !matches!(item.data, Data::Nothing)) {
            let before = reader.reported();
            match T::read(item, reader) {
                Some(read) if read.is_blank() => {}
                Some(read) => list.push(Spanned::new(read, item.span)),
                None => reader.note_dropped(),
            }
            reader.note_item(value.span, item.span, before);
            if is_apart {
                reader.mend_whole(&items, nth, before);
            }
        }
        Some(list)
    }

    fn view(&self) -> (Span, ValueRef<'_>) {
        (self.first().map_or(Span::default(), |item| item.span), ValueRef::List(self))
    }
}

impl<T: Value> Items for Vec<Spanned<T>> {
    fn count(&self) -> usize {
        self.len()
    }

    fn each<'r>(&'r self, visit: &mut dyn FnMut(Span, ValueRef<'r>)) {
        for item in self {
            visit(item.span, item.value.view());
        }
    }
}

/// Plain words, as a walk meets a list of texts.
impl Items for Vec<&str> {
    fn count(&self) -> usize {
        self.len()
    }

    fn each<'r>(&'r self, visit: &mut dyn FnMut(Span, ValueRef<'r>)) {
        for word in self {
            visit(Span::default(), ValueRef::Text(word));
        }
    }
}

/// Declares a record, with what each of them is: `struct Step ("step")`. Each field's doc comment is also its
/// documentation for users; `as "key"` names a key that is not the field's name; in brackets stands what else is known of
/// it, each a method of [`FieldSpec`](super::FieldSpec).
macro_rules! record {
    ($(#[$meta:meta])* $vis:vis struct $name:ident ($noun:literal) {
        $($(#[doc = $doc:literal])+ $field:ident $(as $key:literal)? : $type:ty
            $([$($known:ident $(($($arg:expr),+))?),+ $(,)?])?,)*
    }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Default, PartialEq)]
        $vis struct $name {
            $($(#[doc = $doc])+ pub $field: $type,)*
        }

        // The type of the keys needs no name of its own: it is reached by the constant.
        #[allow(dead_code)]
        const _: () = {
            /// The key of each field.
            #[derive(Debug, Clone, Copy)]
            pub struct Keys {
                $($(#[doc = $doc])+ pub $field: $crate::fields::FieldKey,)*
            }

            impl $name {
                /// The key of each field, for whoever asks for one field by itself.
                $vis const KEYS: Keys = Keys {
                    $($field: $crate::fields::FieldKey::declared($crate::fields::record!(@key $field $($key)?)),)*
                };
            }
        };

        impl $crate::fields::Record for $name {
            const TABLE: &'static $crate::fields::TableSpec = &$crate::fields::TableSpec {
                noun: $noun,
                fields: &[
                    $($crate::fields::FieldSpec::new(
                        $crate::fields::record!(@key $field $($key)?),
                        <$type as $crate::fields::FieldType>::SHAPE,
                        concat!($($doc, "\n"),+),
                    )$($(.$known($($($arg),+)?))+)?,)*
                ],
            };

            // A record may have no field.
            #[allow(unused_mut, unused_variables)]
            fn read(keys: &mut $crate::fields::Keys<'_, '_, '_>) -> Self {
                let mut fields = <Self as $crate::fields::Record>::TABLE.fields.iter();
                // One line below for each line of the table.
                let mut next = || fields.next().expect("as many fields as are declared");
                Self { $($field: keys.field(next()),)* }
            }
        }

        impl $crate::fields::Fielded for $name {
            fn table(&self) -> &'static $crate::fields::TableSpec {
                <Self as $crate::fields::Record>::TABLE
            }

            #[allow(unused_mut, unused_variables)]
            fn each<'r>(
                &'r self,
                visit: &mut dyn FnMut(
                    &'static $crate::fields::FieldSpec,
                    $crate::text::Span,
                    $crate::fields::ValueRef<'r>,
                ),
            ) {
                let mut fields = <Self as $crate::fields::Record>::TABLE.fields.iter();
                $(if let Some(spec) = fields.next() {
                    let (span, value) = $crate::fields::FieldType::view(&self.$field);
                    visit(spec, span, value);
                })*
            }
        }

        impl $crate::fields::Value for $name {
            const SHAPE: $crate::fields::Shape =
                $crate::fields::Shape::Table(<Self as $crate::fields::Record>::TABLE);

            fn read(
                value: &$crate::fields::Node<'_>,
                reader: &mut $crate::fields::Reader<'_>,
            ) -> Option<Self> {
                reader.nested(value, &<Self as $crate::fields::Value>::SHAPE)
            }

            fn view(&self) -> $crate::fields::ValueRef<'_> {
                $crate::fields::ValueRef::Table(self)
            }
        }
    };
    (@key $field:ident $key:literal) => { $key };
    (@key $field:ident) => { stringify!($field) };
}

/// Declares a closed list of terms as an enum. Each term's doc comment is also its meaning for users.
macro_rules! terms {
    ($(#[$meta:meta])* $vis:vis enum $name:ident ($noun:literal) {
        $($(#[doc = $doc:literal])+ $variant:ident = $word:literal,)+
    }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        $vis enum $name {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl $name {
            /// Every term, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The words with their meanings.
            pub const TERMS: &'static $crate::fields::Terms = &$crate::fields::Terms {
                noun: $noun,
                words: &[$(($word, concat!($($doc, "\n"),+))),+],
            };

            /// The term as it is written.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// The term of a word.
            pub fn of_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|term| term.word() == word)
            }
        }

        impl $crate::fields::Value for $name {
            const SHAPE: $crate::fields::Shape = $crate::fields::Shape::Term(Self::TERMS);

            fn read(
                value: &$crate::fields::Node<'_>,
                reader: &mut $crate::fields::Reader<'_>,
            ) -> Option<Self> {
                Self::of_word(reader.term(value, Self::TERMS)?)
            }

            fn view(&self) -> $crate::fields::ValueRef<'_> {
                $crate::fields::ValueRef::Text(self.word())
            }
        }
    };
}

pub(crate) use {record, terms};
