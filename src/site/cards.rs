//! Rows of lists. An entry stands in many lists, so each row is rendered once for each depth of page.
//!
//! The way to the root is all that differs between rows of one entry, and it depends on the depth of the page alone. So
//! the cache is a plain array by depth and entry, without a lock over the whole.

use std::sync::OnceLock;

use jiff::civil::Date;
use serde::Serialize;

use crate::content::Entry;
use crate::diagnostics::Diagnostic;
use crate::handbook::Ix;
use crate::site::Site;
use crate::site::address::{encode, entry_path, root};
use crate::theme::view::{CardView, CardsView};

/// How much a row says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Row {
    /// Everything by which one picks from a list.
    Full,
    /// The title, the kind and the day, for lists beside something else.
    Short,
}

impl Row {
    /// The template of a row, which has no frame.
    fn template(self) -> &'static str {
        match self {
            Self::Full => "card.html",
            Self::Short => "card-short.html",
        }
    }
}

/// What the template of a row sees: it stands in no frame, so it gets the way to the root itself.
#[derive(Serialize)]
struct RowView {
    card: CardView,
    root: String,
}

impl Site {
    /// The rows of some entries, one after another, for a page at a path.
    pub(super) fn cards(&self, entries: impl IntoIterator<Item = Ix>, path: &str) -> Result<String, Box<Diagnostic>> {
        self.rows(entries, Row::Full, path)
    }

    /// Rows under a heading; `None` when there are none.
    pub(super) fn cards_under(
        &self,
        label: &str,
        entries: &[Ix],
        path: &str,
    ) -> Result<Option<CardsView>, Box<Diagnostic>> {
        if entries.is_empty() {
            return Ok(None);
        }
        let html = self.rows(entries.iter().copied(), Row::Full, path)?;
        Ok(Some(CardsView { label: label.to_owned(), html, more: 0, path: String::new() }))
    }

    /// Short rows under a heading, but no more than a number; `None` when there are none.
    pub(super) fn short_cards_under(
        &self,
        label: &str,
        entries: &[Ix],
        most: usize,
        path: &str,
    ) -> Result<Option<CardsView>, Box<Diagnostic>> {
        if entries.is_empty() {
            return Ok(None);
        }
        let html = self.rows(entries.iter().copied().take(most), Row::Short, path)?;
        Ok(Some(CardsView {
            label: label.to_owned(),
            html,
            more: entries.len().saturating_sub(most),
            path: String::new(),
        }))
    }

    /// Rows one after another, cached where the page is of a depth that is kept.
    fn rows(&self, entries: impl IntoIterator<Item = Ix>, row: Row, path: &str) -> Result<String, Box<Diagnostic>> {
        let depth = path.matches('/').count();
        let kept = if row == Row::Full { &self.cards.full } else { &self.cards.short };
        let mut html = String::new();
        for ix in entries {
            match kept.get(depth) {
                Some(rows) => html.push_str(self.kept(&rows[ix.0], ix, row, path)?),
                None => html.push_str(&self.card(ix, row, path)?),
            }
        }
        Ok(html)
    }

    /// A row from the cache, rendered if it is not there. Two threads may render it at once, to the same HTML; a
    /// failure is not cached, since `get_or_init` cannot fail.
    fn kept<'c>(
        &self,
        place: &'c OnceLock<Box<str>>,
        ix: Ix,
        row: Row,
        path: &str,
    ) -> Result<&'c str, Box<Diagnostic>> {
        if let Some(html) = place.get() {
            return Ok(html);
        }
        let html = self.card(ix, row, path)?;
        Ok(place.get_or_init(|| html.into_boxed_str()))
    }

    /// Renders a row. Of `path` only the depth may show in it: the row is put on other pages of that depth.
    fn card(&self, ix: Ix, row: Row, path: &str) -> Result<String, Box<Diagnostic>> {
        let entry = self.handbook.entry(ix);
        let status = entry.status().map_or("", |status| status.word());
        let card = CardView {
            path: encode(&entry_path(&entry.id)),
            title: entry.title().to_owned(),
            summary: shortened(entry.summary()),
            kind: entry.kind.word().to_owned(),
            kind_label: self.kind_label(entry.kind),
            status: status.to_owned(),
            status_label: if status.is_empty() { String::new() } else { self.word(status).to_owned() },
            team: entry.common.team.as_ref().map(|team| team.value.clone()).unwrap_or_default(),
            day: self.maybe_day(last_day(entry)),
        };
        self.theme.render(row.template(), &RowView { card, root: root(path) }, path)
    }
}

/// The most characters of a summary in a row: an entry may stand in many lists, and its own page has all of it. Without
/// a bound the site would grow with the product of the two.
const SUMMARY_SHOWN: usize = 200;

/// Cut at the last space before the bound; at the bound where there is none, as in languages without spaces.
fn shortened(mut summary: String) -> String {
    if let Some((end, _)) = summary.char_indices().nth(SUMMARY_SHOWN) {
        summary.truncate(summary[..end].rfind(' ').unwrap_or(end));
        summary.push('…');
    }
    summary
}

/// The day that a row shows: of a win when it happened, of anything else its last change.
pub(super) fn last_day(entry: &Entry) -> Option<Date> {
    entry.fields.day().or(entry.updated)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_has_the_beginning_of_a_long_summary() {
        assert_eq!(shortened("a ".repeat(100)), "a ".repeat(100));
        assert_eq!(shortened("ab ".repeat(100)), "ab ".repeat(65) + "ab…");
        assert_eq!(shortened("ä".repeat(1_000)), "ä".repeat(200) + "…");
    }
}
