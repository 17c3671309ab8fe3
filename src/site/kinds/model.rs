//! A model: what it is good and poor at, what it may be given, and where it is opened.

use serde::Serialize;

use super::Presented;
use crate::content::kinds::Model;
use crate::diagnostics::Diagnostic;
use crate::fields::List;
use crate::site::links::web_link;
use crate::site::parts::{InTwin, OnPage, line};
use crate::theme::view::{LinkView, NoteView};

/// What the template of a model sees as `own`.
#[derive(Serialize)]
pub(super) struct View {
    /// Where it is opened.
    links: Vec<LinkView>,
    /// What it is good and poor at, and which data it may be given.
    notes: Vec<NoteView>,
}

impl Presented for Model {
    type View = View;

    fn view(&self, page: &OnPage<'_>) -> Result<View, Box<Diagnostic>> {
        // Lists are notes of several texts, rules one of a single text: the template draws both alike.
        let texts = |texts: &List<String>| texts.iter().map(|text| text.value.clone()).collect::<Vec<_>>();
        let lists = [page.note("good_at", texts(&self.good_at)), page.note("poor_at", texts(&self.poor_at))];
        let rules = page.notes([("data_rules", self.data_rules.as_ref())]);
        Ok(View {
            links: self.open_url.iter().map(|url| web_link(url, None)).collect(),
            notes: lists.into_iter().flatten().chain(rules).collect(),
        })
    }

    // Facts of one value first, then the lists under headings, since a heading ends the list of facts.
    fn before(&self, twin: &mut InTwin<'_>) {
        twin.fact("vendor", self.vendor.as_ref());
        if let Some(day) = &self.checked_on {
            twin.written_fact("checked_on", &day.value.to_string());
        }
        if let Some(address) = &self.open_url {
            twin.written_fact("open_url", &InTwin::web_link(address, None));
        }
        twin.fact("data_rules", self.data_rules.as_ref());
        twin.items("good_at", self.good_at.iter().map(|text| line(text)));
        twin.items("poor_at", self.poor_at.iter().map(|text| line(text)));
    }
}
