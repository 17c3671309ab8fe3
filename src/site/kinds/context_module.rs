//! A context module: the exact text that is loaded.
//!
//! The only kind whose twin is not its page: tools load the twin into a prompt, so it is what the assembly would put
//! there, without title, facts and wrapper.

use serde::Serialize;

use super::{OwnTwin, Presented};
use crate::content::kinds::ContextModule;
use crate::diagnostics::Diagnostic;
use crate::handbook::Ix;
use crate::site::Site;
use crate::site::parts::{OnPage, text};
use crate::theme::view::LinkView;

/// What the template of a context module sees as `own`.
#[derive(Serialize)]
pub(super) struct View {
    /// The exact text that is loaded.
    text: String,
    /// What it includes.
    includes: Vec<LinkView>,
    /// Its named lists.
    values: Vec<ValuesView>,
    /// Its short text.
    short: String,
}

/// A named list of values.
#[derive(Serialize)]
struct ValuesView {
    /// Its name.
    name: String,
    /// Its values.
    values: Vec<String>,
}

impl Presented for ContextModule {
    type View = View;

    fn view(&self, page: &OnPage<'_>) -> Result<View, Box<Diagnostic>> {
        let values = self.values.0.iter().map(|(name, list)| ValuesView {
            name: name.value.clone(),
            values: list.iter().map(|value| value.value.clone()).collect(),
        });
        let includes = page.site.handbook.referred(page.ix, ContextModule::KEYS.includes);
        Ok(View {
            text: loadable(page.site, page.ix),
            includes: includes.map(|ix| page.site.entry_link(ix)).collect(),
            values: values.collect(),
            short: text(self.short.as_ref()),
        })
    }

    const TWIN: Option<OwnTwin> = Some(loadable);
}

/// The exact text of a context module, after everything that it includes, with one line feed at its end. What a module
/// includes comes first because the module may speak of it.
fn loadable(site: &Site, module: Ix) -> String {
    let parts = site.handbook.with_includes(module).into_iter().map(|part| site.handbook.module_text(part));
    let mut text = parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n");
    text.push('\n');
    text
}
