//! Days as people of the handbook's language write them.

use jiff::civil::Date;

use crate::site::Site;
use crate::theme::view::DayView;

impl Site {
    /// A day, in the order that the string `day_format` has and with the months of `months`. The form of ISO 8601 goes
    /// along, for the attribute `datetime` and for scripts.
    pub(super) fn day(&self, date: Date) -> DayView {
        let month = usize::try_from(date.month() - 1).unwrap_or_default();
        let month = self.word("months").split_whitespace().nth(month).unwrap_or_default();
        let text = self.word("day_format").replace("{day}", &date.day().to_string()).replace("{month}", month);
        DayView { iso: date.to_string(), text: text.replace("{year}", &date.year().to_string()) }
    }

    /// A day that may be missing: both forms are empty then.
    pub(super) fn maybe_day(&self, date: Option<Date>) -> DayView {
        date.map(|date| self.day(date)).unwrap_or_default()
    }
}
