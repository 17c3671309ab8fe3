//! An ordinary page: it shows its body.

use serde::Serialize;

use super::Presented;
use crate::content::kinds::Page;
use crate::diagnostics::Diagnostic;
use crate::site::parts::OnPage;

/// What the template of a page sees as `own`: nothing.
#[derive(Serialize)]
pub(super) struct View {}

impl Presented for Page {
    type View = View;

    // Its word alone says what number a page of a list has.
    const LABEL: &'static str = "page_kind";
    const LIST_LABEL: &'static str = "pages_kind";

    fn view(&self, _page: &OnPage<'_>) -> Result<View, Box<Diagnostic>> {
        Ok(View {})
    }
}
