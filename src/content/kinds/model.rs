//! What a model or tool is good and poor at, and when that was last checked.

use jiff::civil::Date;

use super::KindFields;
use crate::content::{Common, KindSpec};
use crate::fields::{Address, Field, List, Long, Weight, record};

record! {
    /// The fields that a model adds.
    pub struct Model ("model") {
        /// Who makes it.
        vendor: Field<String> [fact, searched(Weight::Body), example("Anthropic")],
        /// What it is good at.
        good_at: List<String> [items(100), searched(Weight::Body), example(r#"["long texts"]"#)],
        /// What it is poor at.
        poor_at: List<String> [items(100), searched(Weight::Body), example(r#"["exact word counts"]"#)],
        /// Which data may be given to it.
        data_rules: Field<Long> [searched(Weight::Body), example("Nothing about customers")],
        /// Where it is opened.
        open_url: Field<Address> [example("https://claude.ai/new")],
        /// When somebody last checked all this.
        checked_on: Field<Date> [past, fact, example("2026-11-01")],
    }
}

impl KindFields for Model {
    const SPEC: KindSpec = KindSpec {
        about: "What a model or tool is good and poor at.",
        word: "model",
        one: "a model",
        many: "models",
        folder: "models",
        decisive: &[Self::KEYS.vendor, Self::KEYS.checked_on, Common::KEYS.owner, Common::KEYS.review_by],
        is_called: true,
        ..KindSpec::USUAL
    };
}
