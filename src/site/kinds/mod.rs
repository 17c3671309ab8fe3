//! How entries of each kind are shown: one file a kind, with what its template sees and what its twin has around the
//! body.
//!
//! Which kinds there are says the registry of [`content::kinds`](crate::content::kinds); here each has a `mod` line.
//!
//! Page and twin show the same, so a kind declares both in one place: [`Presented::view`] for its template,
//! [`Presented::before`] and [`Presented::after`] for its twin. What a kind leaves out is shown by neither.

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

pub(super) use person::PersonView;

use serde::Serialize;

use crate::content::kinds::{self, KindFields};
use crate::content::{Fields, Kind, each_kind};
use crate::diagnostics::Diagnostic;
use crate::handbook::Ix;
use crate::site::Site;
use crate::site::parts::{InTwin, OnPage};

/// How a kind is shown. A trait beside [`KindFields`] and no part of it: what an entry is, no floor below needs the
/// look of.
trait Presented: KindFields {
    /// What its template sees as `own`.
    type View: Serialize;

    /// The key of the interface's word for an entry of it.
    const LABEL: &'static str = Self::SPEC.word;

    /// The key of the interface's word for the list of all its entries.
    const LIST_LABEL: &'static str = Self::SPEC.folder;

    /// The part of the page that only this kind has. It fails only where the theme's template of a row does.
    fn view(&self, page: &OnPage<'_>) -> Result<Self::View, Box<Diagnostic>>;

    /// Writes what stands before the body in the twin: what an entry is for, in a line or two, or the steps that are
    /// the thing itself. Nothing is written around it, so what is not written leaves no trace.
    fn before(&self, _twin: &mut InTwin<'_>) {}

    /// Writes what stands after the body: what goes along, what to check, examples, the entries of a path.
    fn after(&self, _twin: &mut InTwin<'_>) {}

    /// Makes the whole twin, where that is not the page as Markdown.
    const TWIN: Option<OwnTwin> = None;
}

/// Makes the twin of an entry.
pub(super) type OwnTwin = fn(&Site, Ix) -> String;

/// What the template of an entry sees as `own`: what its own kind adds, and nothing of another. It serializes as the
/// view of the kind alone, without its name: a template knows its kind.
#[derive(Serialize)]
pub(super) struct OwnView(Own);

macro_rules! presented {
    ($($kind:ident,)+) => {
        #[derive(Serialize)]
        #[serde(untagged)]
        enum Own {
            $($kind(Box<<kinds::$kind as Presented>::View>),)+
        }

        // Exhaustive by the registry: a kind that is added there does not compile until it says how it is shown.
        const fn label(kind: Kind) -> &'static str {
            match kind { $(Kind::$kind => <kinds::$kind as Presented>::LABEL,)+ }
        }

        const fn list_label(kind: Kind) -> &'static str {
            match kind { $(Kind::$kind => <kinds::$kind as Presented>::LIST_LABEL,)+ }
        }

        /// The part of the page that only the entry's kind has.
        pub(super) fn view(page: &OnPage<'_>) -> Result<OwnView, Box<Diagnostic>> {
            Ok(OwnView(match &page.entry().fields {
                $(Fields::$kind(fields) => Own::$kind(Box::new(fields.view(page)?)),)+
            }))
        }

        fn write_before(fields: &Fields, twin: &mut InTwin<'_>) {
            match fields { $(Fields::$kind(fields) => fields.before(twin),)+ }
        }

        fn write_after(fields: &Fields, twin: &mut InTwin<'_>) {
            match fields { $(Fields::$kind(fields) => fields.after(twin),)+ }
        }

        /// What makes the whole twin of an entry, where its kind makes something else of it than the page as Markdown.
        pub(super) fn own_twin(fields: &Fields) -> Option<OwnTwin> {
            match fields { $(Fields::$kind(_) => <kinds::$kind as Presented>::TWIN,)+ }
        }
    };
}

each_kind!(presented);

impl Site {
    /// A kind as people read it.
    pub(super) fn kind_label(&self, kind: Kind) -> String {
        self.word(label(kind)).to_owned()
    }

    /// All entries of a kind as people read it.
    pub(super) fn kind_list_label(&self, kind: Kind) -> &str {
        self.word(list_label(kind))
    }
}

/// What stands before the body of an entry in its twin.
pub(super) fn before(site: &Site, ix: Ix) -> String {
    let mut twin = InTwin::new(site, ix);
    write_before(&site.handbook.entry(ix).fields, &mut twin);
    twin.finish()
}

/// What stands after the body of an entry in its twin.
pub(super) fn after(site: &Site, ix: Ix) -> String {
    let mut twin = InTwin::new(site, ix);
    write_after(&site.handbook.entry(ix).fields, &mut twin);
    twin.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::kinds::all_fields;
    use crate::fields::Shape;
    use crate::site::fixture::site;

    #[test]
    fn every_kind_and_every_fact_has_words() {
        let site = site("", &[]);
        let has = |key: &str| assert!(site.theme.strings.all().contains_key(key), "`{key}` has no word in `en.toml`");
        for kind in Kind::ALL {
            has(label(*kind));
            has(list_label(*kind));
        }
        // The list of people says nothing about itself.
        for kind in Kind::listed().filter(|kind| *kind != Kind::Person) {
            has(&format!("about_{}", kind.word()));
        }
        for field in all_fields().filter(|field| field.fact.is_some()) {
            has(field.key);
            if let Shape::Term(terms) | Shape::List(Shape::Term(terms)) = &field.shape {
                terms.names().into_iter().for_each(|term| has(&format!("{}_{term}", field.key)));
            }
        }
    }
}
