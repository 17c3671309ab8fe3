//! A link out of the handbook.

use crate::content::form::Form;
use crate::diagnostics::{Diagnostic, Problems, Rule};
use crate::fields::{Address, Field, Node, Reader, Shape, Value, ValueRef, record};
use crate::markdown::{Destination, unsafe_link};
use crate::text::{Span, Spanned};

record! {
    /// A link out of the handbook.
    pub struct WebLink ("link") {
        /// What it says. The address itself where it is absent.
        label: Field<String> [example("Our channel")],
        /// Where it leads.
        url: Field<Address> [required, example("https://chat.example/ai")],
    }
}

/// A link as written: an address, or a table.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LinkItem(pub WebLink, Form);

impl Value for LinkItem {
    const SHAPE: Shape = Shape::Either(&[Shape::Address, WebLink::SHAPE]);

    fn read(value: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        if value.as_text().is_some() {
            let url = Some(Spanned::new(Address::read(value, reader)?, value.span));
            return Some(Self(WebLink { label: None, url }, Form::Text));
        }
        Some(Self(reader.nested(value, &Self::SHAPE)?, Form::Table))
    }

    fn view(&self) -> ValueRef<'_> {
        match (&self.0.url, self.1) {
            (Some(url), Form::Text) => url.view(),
            _ => ValueRef::Table(&self.0),
        }
    }
}

/// Checks one address that leads out of the handbook.
pub(super) fn check_address(url: &str, span: Span, problems: &mut Problems) {
    match Destination::of(url) {
        Destination::External(_) => {}
        Destination::Unsafe { scheme } => problems.push(unsafe_link(span, &scheme)),
        _ => {
            let problem = Diagnostic::new(Rule::InvalidValue, span, format!("`{url}` is not a web address"));
            problems.push(problem.help("it begins with `https://`; entries of the handbook belong into `related`"));
        }
    }
}
