//! What each kind adds to the common fields: one file a kind.
//!
//! To add a kind: its variant in [`Kind`], a file here with its record, and a line in the `kinds!` registry.

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

use crate::config::Config;
use crate::content::{Common, Entry, Kind};
use crate::diagnostics::{Diagnostic, Problems, Rule};
use crate::front_matter::{self, Field, FieldSpec, Record};
use crate::text::{Span, Spanned};

/// How much it matters that what is referred to exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strength {
    /// An entry must be there.
    Entry,
    /// A plain name will do; it is a link when an entry of the kind has it.
    Name,
}

/// A field that names another entry.
#[derive(Debug, Clone)]
pub struct Reference {
    /// The field, e.g. `context`.
    pub field: &'static str,
    /// The reference as written.
    pub written: String,
    /// Where.
    pub span: Span,
    /// The kind that the field is for; any when `None`.
    pub kind: Option<Kind>,
    /// Whether it must exist.
    pub strength: Strength,
}

impl Reference {
    /// A field that names an entry of one kind.
    pub fn to(field: &'static str, kind: Kind, text: &Spanned<String>) -> Self {
        Self { field, written: text.value.clone(), span: text.span, kind: Some(kind), strength: Strength::Entry }
    }

    /// A field that names an entry of any kind.
    pub fn any(field: &'static str, text: &Spanned<String>) -> Self {
        Self { field, written: text.value.clone(), span: text.span, kind: None, strength: Strength::Entry }
    }

    /// A field that holds a plain name, or the id of an entry of one kind.
    pub fn name(field: &'static str, kind: Kind, text: &Spanned<String>) -> Self {
        Self { field, written: text.value.clone(), span: text.span, kind: Some(kind), strength: Strength::Name }
    }
}

/// What a kind's record says about itself.
pub trait KindFields: Record {
    /// The facts by which a reader decides whether to trust it, by field, most telling first.
    const DECISIVE: &'static [&'static str] = &["owner", "updated", "review_by"];

    /// Its references, in the order of its fields.
    fn references(&self) -> Vec<Reference> {
        Vec::new()
    }

    /// The texts of its fields that it is found by, beside title and body. All of them can be read on its page.
    fn texts(&self) -> Vec<&str> {
        Vec::new()
    }

    /// What can be wrong with it that its types do not rule out.
    fn check(&self, _entry: &Entry, _problems: &mut Problems) {}
}

/// The registry: each kind with its record.
macro_rules! kinds {
    ($($kind:ident => $record:ident,)+) => {
        /// The fields of an entry's kind.
        #[derive(Debug, Clone)]
        pub enum Fields {
            $(#[doc = concat!("Of a `", stringify!($record), "`.")] $kind(Box<$record>),)+
        }

        impl Fields {
            /// Reads the fields that a kind adds.
            pub(super) fn read(kind: Kind, fields: &mut front_matter::Fields<'_, '_, '_>) -> Self {
                match kind { $(Kind::$kind => Self::$kind(Box::new(fields.record())),)+ }
            }

            /// The references of these fields.
            pub fn references(&self) -> Vec<Reference> {
                match self { $(Self::$kind(fields) => fields.references(),)+ }
            }

            /// The texts of these fields that the entry is found by.
            pub fn texts(&self) -> Vec<&str> {
                match self { $(Self::$kind(fields) => fields.texts(),)+ }
            }

            pub(super) fn check(&self, entry: &Entry, problems: &mut Problems) {
                match self { $(Self::$kind(fields) => fields.check(entry, problems),)+ }
            }
        }

        /// The facts by which a reader decides whether to trust an entry of a kind, by field, most telling first.
        pub fn decisive(kind: Kind) -> &'static [&'static str] {
            match kind { $(Kind::$kind => $record::DECISIVE,)+ }
        }

        /// The fields that a kind adds, for documentation.
        pub fn fields_of(kind: Kind) -> &'static [FieldSpec] {
            match kind { $(Kind::$kind => $record::FIELDS,)+ }
        }
    };
}

kinds! {
    Prompt => Prompt,
    Project => Project,
    WorkingDescription => WorkingDescription,
    ContextModule => ContextModule,
    Workflow => Workflow,
    Win => Win,
    Model => Model,
    Person => Person,
    Collection => Collection,
    Page => Page,
}

/// The texts of some fields that are there.
fn given<'f>(fields: impl IntoIterator<Item = &'f Field<String>>) -> impl Iterator<Item = &'f str> {
    fields.into_iter().flatten().map(|text| text.value.as_str())
}

/// Every field of every kind, the common ones first.
pub fn all_fields() -> impl Iterator<Item = &'static FieldSpec> {
    Common::FIELDS.iter().chain(Kind::ALL.iter().flat_map(|kind| fields_of(*kind)))
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

/// Reports that a part, whose table stands at `span`, has no such field.
pub(super) fn missing(problems: &mut Problems, span: Span, what: &str, field: &str, example: &str) {
    let problem = Diagnostic::new(Rule::MissingField, span, format!("{what} has no `{field}`"));
    problems.push_missing(span, field, problem.help(format!("add `{field} = {example}`")));
}
