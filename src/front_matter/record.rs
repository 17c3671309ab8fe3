//! Records and closed lists of terms, declared once: the struct, its reading, and the description that help
//! lines and documentation use.

use toml::Spanned as TomlSpanned;
use toml::de::DeValue;

use super::fields::{Fields, Reader};
use crate::text::Spanned;

/// A field as documentation shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FieldSpec {
    /// The key in the TOML.
    pub key: &'static str,
    /// What the value must be, e.g. `a list of texts`.
    pub shape: &'static str,
    /// What it means.
    pub doc: &'static str,
}

/// A struct that is read from the keys of a table.
pub trait Record: Sized {
    /// Its fields, in the order of the documentation.
    const FIELDS: &'static [FieldSpec];

    /// Reads every field; wrong ones are reported and get their default.
    fn read(fields: &mut Fields<'_, '_, '_>) -> Self;
}

/// What a single TOML value can become.
pub trait Value: Sized {
    /// What is expected, in words, with an article: `a text`.
    const SHAPE: &'static str;
    /// The same for a list: `a list of texts`.
    const LIST: &'static str;

    /// Reads the value; `None` after reporting when it is wrong.
    fn read(value: &TomlSpanned<DeValue<'_>>, reader: &mut Reader<'_>) -> Option<Self>;

    /// Whether the value says nothing, so that its field counts as absent.
    fn is_blank(&self) -> bool {
        false
    }
}

/// What a field of a record can be: an optional value or a list.
pub trait FieldType: Default {
    /// What is expected, in words.
    const SHAPE: &'static str;

    /// Reads the value; `None` after reporting when it is wrong.
    fn read(value: &TomlSpanned<DeValue<'_>>, reader: &mut Reader<'_>) -> Option<Self>;
}

impl<T: Value> FieldType for Option<Spanned<T>> {
    const SHAPE: &'static str = T::SHAPE;

    fn read(value: &TomlSpanned<DeValue<'_>>, reader: &mut Reader<'_>) -> Option<Self> {
        let span = reader.span(value.span());
        let value = T::read(value, reader)?;
        Some((!value.is_blank()).then(|| Spanned::new(value, span)))
    }
}

impl<T: Value> FieldType for Vec<Spanned<T>> {
    const SHAPE: &'static str = T::LIST;

    fn read(value: &TomlSpanned<DeValue<'_>>, reader: &mut Reader<'_>) -> Option<Self> {
        let DeValue::Array(items) = value.get_ref() else {
            reader.wrong_type(value, T::LIST);
            return None;
        };
        let mut list = Vec::with_capacity(items.len());
        let whole = reader.span(value.span());
        for item in items {
            let span = reader.span(item.span());
            let before = reader.reported();
            if let Some(read) = T::read(item, reader).filter(|read| !read.is_blank()) {
                list.push(Spanned::new(read, span));
            }
            reader.note_item(whole, span, before);
        }
        Some(list)
    }
}

/// Declares a record. Each field's doc comment is also its documentation for users; `as "key"` names a key that
/// is not the field's name.
macro_rules! record {
    ($(#[$meta:meta])* $vis:vis struct $name:ident ($shape:literal, $list:literal) {
        $($(#[doc = $doc:literal])+ $field:ident $(as $key:literal)? : $type:ty,)*
    }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Default)]
        $vis struct $name {
            $($(#[doc = $doc])+ pub $field: $type,)*
        }

        impl $crate::front_matter::Record for $name {
            const FIELDS: &'static [$crate::front_matter::FieldSpec] = &[
                $($crate::front_matter::FieldSpec {
                    key: $crate::front_matter::record!(@key $field $($key)?),
                    shape: <$type as $crate::front_matter::FieldType>::SHAPE,
                    doc: concat!($($doc, "\n"),+),
                },)*
            ];

            fn read(fields: &mut $crate::front_matter::Fields<'_, '_, '_>) -> Self {
                Self { $($field: fields.field($crate::front_matter::record!(@key $field $($key)?)),)* }
            }
        }

        impl $crate::front_matter::Value for $name {
            const SHAPE: &'static str = $shape;
            const LIST: &'static str = $list;

            fn read(
                value: &toml::Spanned<toml::de::DeValue<'_>>,
                reader: &mut $crate::front_matter::Reader<'_>,
            ) -> Option<Self> {
                $crate::front_matter::Fields::of_table(value, $shape, reader)
            }
        }
    };
    (@key $field:ident $key:literal) => { $key };
    (@key $field:ident) => { stringify!($field) };
}

/// Declares a closed list of terms as an enum.
macro_rules! terms {
    ($(#[$meta:meta])* $vis:vis enum $name:ident ($what:literal) {
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

            /// The term as it is written.
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// The term of a word.
            pub fn of_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|term| term.word() == word)
            }
        }

        impl $crate::front_matter::Value for $name {
            const SHAPE: &'static str = concat!("a ", $what);
            const LIST: &'static str = concat!("a list of texts, each a ", $what);

            fn read(
                value: &toml::Spanned<toml::de::DeValue<'_>>,
                reader: &mut $crate::front_matter::Reader<'_>,
            ) -> Option<Self> {
                let words: Vec<&str> = Self::ALL.iter().map(|term| term.word()).collect();
                let word = reader.term(value, $what, &words)?;
                Self::of_word(&word)
            }
        }
    };
}

pub(crate) use {record, terms};
