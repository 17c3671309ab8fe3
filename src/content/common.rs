//! The fields that every kind has.

use jiff::civil::Date;

use crate::content::kinds::Person;
use crate::content::limits::SUMMARY_MOST;
use crate::content::{AnyRef, Name, Origin};
use crate::diagnostics::Rule;
use crate::fields::{Field, Guard, List, Shape, Text, TextSort, Weight, record, terms};

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
    pub struct Common ("entry") {
        /// What the entry is called; without it the first heading of level 1, else the name of the file.
        title: Field<String> [characters(200), searched(Weight::Title), example("Launch email for a new feature")],
        /// One plain sentence, at most 200 characters: what you get from it. It stands in every list.
        summary: Field<String> [also(&["description", "excerpt", "abstract"]), recommended_by(Rule::Summary), characters(SUMMARY_MOST), searched(Weight::Summary), example("…")],
        /// Who wrote it: ids of people, or plain names.
        authors: List<Name<Person>> [also(&["author"]), items(50), characters(100), fact, searched(Weight::Terms), example(r#"["mara-lind"]"#)],
        /// Who answers for it. Often an author, and somebody else after a while.
        owner: Field<Name<Person>> [characters(100), fact, example("mara-lind")],
        /// Who vetted it.
        reviewed_by: Field<Name<Person>> [characters(100), fact, example("jo-park")],
        /// Which team it comes from. An open list; each team gets a page.
        team: Field<String> [characters(100), fact, searched(Weight::Terms), example("lifecycle")],
        /// How far it has come: draft, in-review, approved or deprecated. A draft is built only with `--drafts`.
        status: Field<Status> [guards(Guard::Status), example("approved")],
        /// Its version, e.g. `1.2`. A text, since 1.10 comes after 1.9.
        version: Field<String> [characters(100), fact, example("1.2")],
        /// The day it was first written.
        created: Field<Date> [also(&["created_at", "createdat", "date_created", "date"]), past, fact, example("2026-05-04")],
        /// The day of its last change; taken from git where it is absent. Lists and feeds show it.
        updated: Field<Date> [also(&["lastmod", "last_modified_at", "last_modified", "last_updated", "modified", "updated_at", "updatedat"]), past, fact, example("2026-06-01")],
        /// The day by which somebody should read it again. Afterwards the check warns.
        review_by: Field<Date> [fact, example("2026-12-01")],
        /// Which of the five orchestration skills it teaches.
        skills: List<Skill> [searched(Weight::Terms), example(r#"["context-engineering"]"#)],
        /// Free words to find it by.
        tags: List<Tag> [also(&["tag", "keywords", "categories", "category", "topics"]), words, items(50), characters(100), searched(Weight::Terms), example(r#"["launch", "email"]"#)],
        /// Ids of entries that belong with it. They are shown first under "Read next".
        related: List<AnyRef> [items(100), example(r#"["prompts/launch-email"]"#)],
        /// Old addresses that lead here, below the root of the site.
        aliases: List<String> [also(&["redirect_from", "redirects"]), words, items(100), characters(200), example(r#"["old/launch-mail"]"#)],
        /// What to use instead, for a deprecated entry.
        replaced_by: Field<AnyRef> [example("prompts/launch-email")],
        /// The entry's id or the address that it was made from.
        adapted_from: Field<Origin> [aside, example("prompts/launch-email")],
        /// Who may see it: one of the config's audiences. Without it, the audience that `handbook.toml` names.
        audience: Field<String> [guards(Guard::Audience), aside, example("team")],
    }
}

/// The sort of a [`Tag`].
#[derive(Debug)]
pub struct TagSort;

impl TextSort for TagSort {
    const SHAPE: Shape = Shape::Text;

    fn kept(text: String) -> String {
        match text.strip_prefix('#') {
            Some(word) if !word.trim().is_empty() => word.to_owned(),
            _ => text,
        }
    }
}

/// A free word, without the sign that some tools put before it.
pub type Tag = Text<TagSort>;

/// The longest summary, in characters.
pub const SUMMARY_LIMIT: usize = 200;
