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

    fn view(&self, _page: &OnPage<'_>) -> Result<View, Box<Diagnostic>> {
        Ok(View {})
    }
}
