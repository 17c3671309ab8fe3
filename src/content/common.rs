//! The fields that every kind has.

use jiff::civil::Date;

use crate::front_matter::{Field, List, record, terms};

terms! {
    /// How far an entry has come.
    pub enum Status ("status") {
        /// Being written: built only with `--drafts`.
        Draft = "draft",
        /// Shared for reading and trying, not yet vetted.
        InReview = "in-review",
        /// Vetted by somebody who is named.
        Approved = "approved",
        /// Kept for its address; `replaced_by` says what to use.
        Deprecated = "deprecated",
    }
}

terms! {
    /// What the handbook teaches: the five orchestration skills.
    pub enum Skill ("skill") {
        /// Turning a goal into steps for people and models.
        WorkflowDesign = "workflow-design",
        /// Knowing which model to use for what, and where each fails.
        ModelLiteracy = "model-literacy",
        /// Telling good output from output that looks good.
        QualityCalibration = "quality-calibration",
        /// Giving a model what it needs to know, and no more.
        ContextEngineering = "context-engineering",
        /// Fitting AI work into tools, teams and processes.
        IntegrationThinking = "integration-thinking",
    }
}

record! {
    /// The fields that every kind has.
    pub struct Common ("a table", "a list of tables") {
        /// What the entry is called. The one field that every entry needs.
        title: Field<String>,
        /// One plain sentence, at most 200 characters: what you get from it.
        summary: Field<String>,
        /// Who wrote it: ids of people, or plain names.
        authors: List<String>,
        /// Who answers for it.
        owner: Field<String>,
        /// Which team it comes from.
        team: Field<String>,
        /// How far it has come: draft, in-review, approved or deprecated.
        status: Field<Status>,
        /// Its version, e.g. `1.2`.
        version: Field<String>,
        /// The day it was first written.
        created: Field<Date>,
        /// The day of its last change; taken from git where it is absent.
        updated: Field<Date>,
        /// The day by which somebody should read it again.
        review_by: Field<Date>,
        /// Who vetted it.
        reviewed_by: Field<String>,
        /// Which of the five orchestration skills it teaches.
        skills: List<Skill>,
        /// Free words to find it by.
        tags: List<String>,
        /// Who may see it: one of the config's audiences.
        audience: Field<String>,
        /// Ids of entries that belong with it.
        related: List<String>,
        /// Old addresses that lead here.
        aliases: List<String>,
        /// What to use instead, for a deprecated entry.
        replaced_by: Field<String>,
        /// The entry's id or the address that it was made from.
        adapted_from: Field<String>,
    }
}

/// The longest summary, in characters.
pub const SUMMARY_LIMIT: usize = 200;
