//! What each kind adds to the common fields: one file a kind.
//!
//! To add a kind: a file here with its record and what it says of itself, with `mod` and `pub use`; its name in the
//! registry `each_kind`, in `content/registry.rs`; a file in `site/kinds/` that says how it is shown; its template, and
//! its words in the theme's strings. The crate's own page lists them with what the tests then ask for. Everything else
//! is a walk over its record or a question to its [`KindSpec`].

mod collection;
mod context_module;
mod model;
mod page;
mod person;
mod project;
mod prompt;
mod win;
mod workflow;
mod working_description;

pub use collection::Collection;
pub use context_module::ContextModule;
pub use model::Model;
pub use page::Page;
pub use person::Person;
pub use project::{Project, Setup};
pub use prompt::{
    Asks, Check, CheckTable, Example, MANY_OPTIONS, OPTIONS_LIMIT, Options, Prompt, TestResult, VARIABLES_LIMIT,
    Variable, VariableType, WorksWith,
};
pub use win::Win;
pub use workflow::{Step, Trust, Workflow};
pub use working_description::{Iteration, WorkingDescription};

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::config::Config;
use crate::content::{Common, ContextItem, Entry, Kind, KindSpec, each_kind};
use crate::diagnostics::{Diagnostic, Problems, Rule};
use crate::fields::{FieldKey, FieldSpec, Fielded, Keys, Known, Record, Syntax, TableSpec, means_guarded, write};
use crate::text::{Span, Spanned};

/// What a kind's record says about itself.
pub trait KindFields: Record {
    /// What it is called, and what is done with its entries.
    const SPEC: KindSpec;

    /// The day that it counts for, where that is another than the day of its last change.
    fn day(&self) -> Option<Date> {
        None
    }

    /// The blanks of its text that the reader fills.
    fn variables(&self) -> &[Spanned<Variable>] {
        &[]
    }

    /// The context that goes along with it.
    fn context(&self) -> &[Spanned<ContextItem>] {
        &[]
    }

    /// What can be wrong with it that its types do not rule out.
    fn check(&self, _entry: &Entry, _problems: &mut Problems) {}
}

macro_rules! kinds {
    ($($kind:ident,)+) => {
        impl Kind {
            /// What it says of itself.
            pub const fn spec(self) -> &'static KindSpec {
                match self { $(Self::$kind => const { &$kind::SPEC },)+ }
            }
        }

        /// The fields of an entry's kind.
        #[derive(Debug, Clone, PartialEq)]
        pub enum Fields {
            $(#[doc = concat!("Of a `", stringify!($kind), "`.")] $kind(Box<$kind>),)+
        }

        impl Fields {
            /// Reads the fields that a kind adds.
            pub fn read(kind: Kind, keys: &mut Keys<'_, '_, '_>) -> Self {
                match kind { $(Kind::$kind => Self::$kind(Box::new(keys.record())),)+ }
            }

            /// These fields, to be walked.
            pub fn record(&self) -> &dyn Fielded {
                match self { $(Self::$kind(fields) => &**fields,)+ }
            }

            /// The day that the entry counts for, where that is another than the day of its last change.
            pub fn day(&self) -> Option<Date> {
                match self { $(Self::$kind(fields) => fields.day(),)+ }
            }

            /// The blanks of its text that the reader fills.
            pub fn variables(&self) -> &[Spanned<Variable>] {
                match self { $(Self::$kind(fields) => KindFields::variables(&**fields),)+ }
            }

            /// The context that goes along with it.
            pub fn context(&self) -> &[Spanned<ContextItem>] {
                match self { $(Self::$kind(fields) => KindFields::context(&**fields),)+ }
            }

            pub(super) fn check(&self, entry: &Entry, problems: &mut Problems) {
                match self { $(Self::$kind(fields) => fields.check(entry, problems),)+ }
            }
        }

        /// What a kind adds to the common fields.
        pub fn table_of(kind: Kind) -> &'static TableSpec {
            match kind { $(Kind::$kind => $kind::TABLE,)+ }
        }
    };
}

each_kind!(kinds);

impl Kind {
    /// The kind in a sentence, e.g. `context module`.
    pub fn noun(self) -> &'static str {
        table_of(self).noun
    }
}

/// The fields that a kind adds.
pub fn fields_of(kind: Kind) -> &'static [FieldSpec] {
    table_of(kind).fields
}

/// Every field of every kind, the common ones first.
pub fn all_fields() -> impl Iterator<Item = &'static FieldSpec> {
    Common::TABLE.fields.iter().chain(Kind::ALL.iter().flat_map(|kind| fields_of(*kind)))
}

/// The most items of an entry's list and the most characters of its texts, by key; of keys that have one of the two.
pub fn limits_of_fields() -> BTreeMap<&'static str, (usize, usize)> {
    let mut limits = BTreeMap::new();
    let mut open: Vec<&FieldSpec> = all_fields().collect();
    while let Some(spec) = open.pop() {
        open.extend(spec.shape.table().into_iter().flat_map(|table| table.fields));
        if (spec.most_items, spec.most_characters) != (usize::MAX, usize::MAX) {
            limits.insert(spec.key, (spec.most_items, spec.most_characters));
        }
    }
    limits
}

/// Whether a key tells that a line is one of front matter: that of a field, or another tool's for who may see an entry.
pub(super) fn is_head_key(key: &str) -> bool {
    is_field(key) || means_guarded(key).is_some()
}

/// The fields that the front matter of a kind may have, with the facets of the config.
pub(super) fn known_fields(kind: Kind, config: &Config) -> Known {
    let lists = config.facets.iter().map(|facet| facet.name.clone()).collect();
    Known { tables: vec![Common::TABLE, table_of(kind)], lists }
}

/// Whether some kind has a field of this name.
pub fn is_field(name: &str) -> bool {
    all_fields().any(|field| field.key == name)
}

/// For a key that this kind does not have: which kinds do.
pub(super) fn belongs_elsewhere(key: &str, kind: Kind, config: &Config) -> Option<String> {
    let kinds: Vec<String> = Kind::ALL
        .iter()
        .filter(|other| fields_of(**other).iter().any(|field| field.key == key))
        .map(|other| format!("a {}", other.noun()))
        .collect();
    if kinds.is_empty() {
        let facets = config.facets.iter().map(|facet| facet.name.as_str());
        return crate::text::suggest::nearest(key, facets).map(|name| format!("did you mean the facet `{name}`?"));
    }
    Some(format!(
        "`{key}` is a field of {}, and this is a {}: the folder decides the kind",
        kinds.join(" and "),
        kind.noun()
    ))
}

/// Reports that a table, which stands at `span`, has no field that it needs only because of what else it says.
pub(super) fn missing<T: Record>(problems: &mut Problems, span: Span, key: FieldKey, syntax: Syntax) {
    let problem = Diagnostic::new(Rule::MissingField, span, format!("the {} has no `{key}`", T::TABLE.noun));
    let help = T::TABLE.field(key.as_str()).map(|spec| write::advice(spec, syntax));
    problems.push_missing(span, key.as_str(), problem.maybe_help(help));
}
