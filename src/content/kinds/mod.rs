//! What each kind adds to the common fields: one file a kind.
//!
//! To add a kind: its variant in [`Kind`], a file here with its record, and a line in the registry `each_kind`.

mod collection;
mod context_module;
mod model;
mod page;
mod person;
mod project;
mod prompt;
pub(super) mod shared;
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
    Check, Example, MANY_OPTIONS, OPTIONS_LIMIT, Options, Prompt, TestResult, VARIABLES_LIMIT, Variable, VariableType,
    WorksWith,
};
pub use shared::{ContextItem, ContextUse, LinkItem, WebLink, short_module};
pub use win::Win;
pub use workflow::{Step, Trust, Workflow};
pub use working_description::{Iteration, WorkingDescription};

use jiff::civil::Date;

use crate::config::Config;
use crate::content::{Common, Entry, Kind};
use crate::diagnostics::{Diagnostic, Problems, Rule};
use crate::fields::{FieldSpec, Fielded, Keys, Known, Record, Syntax, TableSpec, means_guarded, write};
use crate::text::Span;

/// What a kind's record says about itself.
pub trait KindFields: Record {
    /// The kind.
    const KIND: Kind;

    /// The facts by which a reader decides whether to trust it, by field, most telling first.
    const DECISIVE: &'static [&'static str] = &["owner", "updated", "review_by"];

    /// The day that it counts for, where that is another than the day of its last change.
    fn day(&self) -> Option<Date> {
        None
    }

    /// What can be wrong with it that its types do not rule out.
    fn check(&self, _entry: &Entry, _problems: &mut Problems) {}
}

/// The registry: every kind, in the order in which lists of kinds have them. Hands it to a macro that makes something of
/// each.
macro_rules! each_kind {
    ($then:ident) => {
        $then! {
            Prompt,
            Project,
            WorkingDescription,
            ContextModule,
            Workflow,
            Win,
            Model,
            Person,
            Collection,
            Page,
        }
    };
}

pub(crate) use each_kind;

macro_rules! fields {
    ($($kind:ident,)+) => {
        /// The fields of an entry's kind.
        #[derive(Debug, Clone)]
        pub enum Fields {
            $(#[doc = concat!("Of a `", stringify!($kind), "`.")] $kind(Box<$kind>),)+
        }

        impl Fields {
            /// Reads the fields that a kind adds.
            pub(super) fn read(kind: Kind, keys: &mut Keys<'_, '_, '_>) -> Self {
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

            pub(super) fn check(&self, entry: &Entry, problems: &mut Problems) {
                match self { $(Self::$kind(fields) => fields.check(entry, problems),)+ }
            }
        }

        /// The facts by which a reader decides whether to trust an entry of a kind, by field, most telling first.
        pub fn decisive(kind: Kind) -> &'static [&'static str] {
            match kind { $(Kind::$kind => $kind::DECISIVE,)+ }
        }

        /// What a kind adds to the common fields.
        pub fn table_of(kind: Kind) -> &'static TableSpec {
            match kind { $(Kind::$kind => $kind::TABLE,)+ }
        }
    };
}

each_kind!(fields);

/// The fields that a kind adds.
pub fn fields_of(kind: Kind) -> &'static [FieldSpec] {
    table_of(kind).fields
}

/// Every field of every kind, the common ones first.
pub fn all_fields() -> impl Iterator<Item = &'static FieldSpec> {
    Common::TABLE.fields.iter().chain(Kind::ALL.iter().flat_map(|kind| fields_of(*kind)))
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
pub(super) fn missing<T: Record>(problems: &mut Problems, span: Span, key: &str, syntax: Syntax) {
    let problem = Diagnostic::new(Rule::MissingField, span, format!("the {} has no `{key}`", T::TABLE.noun));
    let help = T::TABLE.field(key).map(|spec| write::advice(spec, syntax));
    problems.push_missing(span, key, problem.maybe_help(help));
}
