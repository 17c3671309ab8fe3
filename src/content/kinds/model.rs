//! What a model or tool is good and poor at, and when that was last checked.

use jiff::civil::Date;

use super::shared::check_address;
use super::{KindFields, given};
use crate::content::{Entry, limits};
use crate::diagnostics::Problems;
use crate::front_matter::{Field, List, record};

record! {
    /// The fields that a model adds.
    pub struct Model ("a table", "a list of tables") {
        /// Who makes it.
        vendor: Field<String>,
        /// What it is good at.
        good_at: List<String>,
        /// What it is poor at.
        poor_at: List<String>,
        /// Which data may be given to it.
        data_rules: Field<String>,
        /// Where it is opened.
        open_url: Field<String>,
        /// When somebody last checked all this.
        checked_on: Field<Date>,
    }
}

impl KindFields for Model {
    const DECISIVE: &'static [&'static str] = &["vendor", "checked_on", "owner", "review_by"];

    fn texts(&self) -> Vec<&str> {
        let lists = self.good_at.iter().chain(&self.poor_at).map(|text| text.value.as_str());
        lists.chain(given([&self.vendor, &self.data_rules])).collect()
    }

    fn check(&self, _entry: &Entry, problems: &mut Problems) {
        limits::list("good_at", &self.good_at, problems);
        limits::list("poor_at", &self.poor_at, problems);
        if let Some(url) = &self.open_url {
            check_address(url, problems);
        }
    }
}
