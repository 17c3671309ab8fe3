//! What a table says of who may see a row and how far it has come. In doubt a row is a draft: what was kept from some
//! people in the other tool is not shown to more of them here.

use crate::config::{Audience, Config};
use crate::content::{Status, canonical};
use crate::text::slug;

use super::clean::{self, quoted};

/// What the values of a column are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Says {
    /// Who may see the row.
    Audience,
    /// How far it has come.
    Status,
    /// Yes for what not everybody may see.
    Restricted,
    /// Yes for what everybody may see.
    Open,
    /// Something else, unless a value can only be a limit.
    AnyWord,
}

/// How a column came to be taken for one that limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Chosen {
    /// By `--map`.
    ByHand,
    /// By its name or its values.
    ByName,
}

/// A value that limits a row.
#[derive(Debug)]
pub(super) struct Limit {
    /// The column, as messages name it.
    pub column: String,
    /// What it is about.
    pub says: Says,
    /// How that is known.
    pub chosen: Chosen,
    /// The value as it was read; not empty.
    pub value: String,
}

/// What all limits of a row come to.
#[derive(Debug, Default)]
pub(super) struct Verdict {
    /// The narrowest of the audiences that are named.
    pub audience: Option<Audience>,
    /// The least of the statuses that are named.
    pub status: Option<Status>,
    /// How that was found, in sentences.
    pub changes: Vec<String>,
}

/// Names of columns, in [`folded`](super::field::folded) form, whose values say who may see a row.
const AUDIENCE: [&str; 16] = [
    "audience",
    "audiences",
    "visibility",
    "visibleto",
    "access",
    "accesslevel",
    "sharing",
    "sharedwith",
    "permission",
    "permissions",
    "privacy",
    "confidentiality",
    "confidentialitylevel",
    "classification",
    "sensitivity",
    "securitylevel",
];

/// Names of columns whose values say how far a row has come.
const STATUS: [&str; 3] = ["status", "state", "approval"];

/// Names of columns that say yes for what is not for everybody.
const RESTRICTED: [&str; 12] = [
    "confidential",
    "private",
    "restricted",
    "secret",
    "sensitive",
    "internal",
    "internalonly",
    "hidden",
    "unlisted",
    "embargoed",
    "draft",
    "wip",
];

/// Names of columns that say yes for what is for everybody.
const OPEN: [&str; 5] = ["public", "published", "shareable", "shared", "visible"];

/// Words of a longer name that say what the column is about, such as the second of `Review status`.
const WORDS: [(&str, Says); 5] = [
    ("status", Says::Status),
    ("audience", Says::Audience),
    ("visibility", Says::Audience),
    ("confidentiality", Says::Audience),
    ("confidential", Says::Restricted),
];

/// What a column is about by its name.
pub(super) fn says(name: &str) -> Says {
    let folded = super::field::folded(name);
    let folded = folded.strip_prefix("is").filter(|rest| is_flag(rest)).unwrap_or(&folded);
    let lists: [(&[&str], Says); 4] =
        [(&AUDIENCE, Says::Audience), (&STATUS, Says::Status), (&RESTRICTED, Says::Restricted), (&OPEN, Says::Open)];
    if let Some((_, says)) = lists.into_iter().find(|(names, _)| names.contains(&folded)) {
        return says;
    }
    let lower = name.to_lowercase();
    let word = lower.split(|c: char| !c.is_alphanumeric()).find_map(|word| WORDS.iter().find(|(own, _)| *own == word));
    word.map_or(Says::AnyWord, |(_, says)| *says)
}

fn is_flag(name: &str) -> bool {
    RESTRICTED.contains(&name) || OPEN.contains(&name)
}

/// What the limits of a row come to: of audiences the narrowest counts, of statuses the least.
pub(super) fn verdict(limits: &[Limit], config: &Config) -> Verdict {
    let mut verdict = Verdict::default();
    for limit in limits {
        let value = clean::one_line(&limit.value).text;
        if value.is_empty() {
            continue;
        }
        match limit.says {
            Says::Audience => verdict.audiences(&value, limit, config),
            Says::Status => verdict.status(&value, limit, config),
            Says::Restricted => verdict.flag(&value, limit, config),
            Says::Open => verdict.open(&value, limit),
            Says::AnyWord => verdict.any_word(&value, limit, config),
        }
    }
    verdict
}

impl Verdict {
    fn audiences(&mut self, value: &str, limit: &Limit, config: &Config) {
        let parts = value.split([',', ';', '/', '|', '+', '&']).map(str::trim).filter(|part| !part.is_empty());
        let known: Option<Vec<Audience>> = parts.map(|part| audience_of(part, config)).collect();
        match known.and_then(|known| known.into_iter().max()) {
            Some(audience) => self.narrow(audience),
            None => self.draft(format!(
                "{} in {} is no audience of the handbook, so the entry is a draft",
                quoted(value),
                quoted(&limit.column)
            )),
        }
    }

    fn status(&mut self, value: &str, limit: &Limit, config: &Config) {
        let word = slug::ascii(value);
        let own = Status::of_word(&word);
        let usual = USUAL.iter().find(|(words, _)| words.contains(&word.as_str())).map(|(_, status)| *status);
        match own.or(usual) {
            Some(Status::Approved) if limit.chosen == Chosen::ByName => {
                self.lessen(Status::InReview);
                self.changes.push(format!("the status {} became `in-review`, to be approved by you", quoted(value)));
            }
            Some(status) => {
                self.lessen(status);
                if own.is_none() {
                    self.changes.push(format!("the status {} became `{}`", quoted(value), status.word()));
                }
            }
            None => match audience_of(value, config) {
                Some(audience) => self.narrow(audience),
                None => self.draft(format!("the status {} is not known, so it became `draft`", quoted(value))),
            },
        }
    }

    fn flag(&mut self, value: &str, limit: &Limit, config: &Config) {
        if is_no(value) {
            return;
        }
        let said = format!("{} says {}", quoted(&limit.column), quoted(value));
        match audience_of(&limit.column, config).filter(|_| is_yes(value)) {
            Some(audience) => self.narrow(audience),
            None => self.draft(format!("{said}, so the entry is a draft")),
        }
    }

    fn open(&mut self, value: &str, limit: &Limit) {
        // A day is that of publishing.
        let is_day = value.starts_with(|c: char| c.is_ascii_digit()) && value.len() >= "2026-5-4".len();
        if !is_yes(value) && !is_day {
            self.draft(format!("{} says {}, so the entry is a draft", quoted(&limit.column), quoted(value)));
        }
    }

    /// A column of another sort counts where its value is a limit and can hardly be anything else.
    fn any_word(&mut self, value: &str, limit: &Limit, config: &Config) {
        let usual = config.audience.unwrap_or(config.narrowest());
        if let Some(audience) = audience_of(value, config).filter(|audience| *audience > usual) {
            self.narrow(audience);
            let name = quoted(&config.audiences[audience.0]);
            self.changes.push(format!("the audience is {name}, since {} says so", quoted(&limit.column)));
        } else if LIMITS.contains(&slug::ascii(value).as_str()) {
            self.draft(format!("{} says {}, so the entry is a draft", quoted(&limit.column), quoted(value)));
        }
    }

    fn narrow(&mut self, audience: Audience) {
        self.audience = self.audience.max(Some(audience));
    }

    fn draft(&mut self, change: String) {
        self.lessen(Status::Draft);
        self.changes.push(change);
    }

    fn lessen(&mut self, status: Status) {
        const LEAST_FIRST: [Status; 4] = [Status::Draft, Status::Deprecated, Status::InReview, Status::Approved];
        let candidates = [Some(status), self.status];
        self.status = LEAST_FIRST.into_iter().find(|status| candidates.contains(&Some(*status)));
    }
}

/// Words by which other tools call a status; whatever is not here makes a draft.
const USUAL: [(&[&str], Status); 4] = [
    (&["draft", "drafts", "wip", "work-in-progress", "in-progress", "todo", "to-do", "unpublished"], Status::Draft),
    (
        &["review", "needs-review", "under-review", "pending", "pending-review", "submitted", "proposed"],
        Status::InReview,
    ),
    (&["published", "publish", "live", "active", "final", "done", "ready", "released", "stable"], Status::InReview),
    (&["archived", "archive", "retired", "obsolete", "outdated", "superseded"], Status::Deprecated),
];

/// Values that limit a row in whatever column they stand.
const LIMITS: [&str; 15] = [
    "draft",
    "drafts",
    "wip",
    "work-in-progress",
    "in-progress",
    "unpublished",
    "not-published",
    "private",
    "confidential",
    "strictly-confidential",
    "restricted",
    "secret",
    "top-secret",
    "internal-only",
    "do-not-share",
];

/// The audience that a word names, in any case and with any punctuation around it.
fn audience_of(word: &str, config: &Config) -> Option<Audience> {
    let alike = |name: &String| {
        canonical(name) == canonical(word) || !slug::ascii(word).is_empty() && slug::ascii(name) == slug::ascii(word)
    };
    config.audiences.iter().position(alike).map(Audience)
}

fn is_yes(value: &str) -> bool {
    let value = value.trim().to_lowercase();
    ["yes", "y", "true", "t", "1", "x", "on", "ja", "oui", "si", "sí", "✓", "✔", "✅", "☑"].contains(&value.as_str())
}

fn is_no(value: &str) -> bool {
    let value = value.trim().to_lowercase();
    ["no", "n", "false", "f", "0", "off", "none", "nein", "non", "-", "–", "✗", "✘", "❌", "☐"]
        .contains(&value.as_str())
}

#[cfg(test)]
mod tests {
    use super::super::test_config;
    use super::*;

    fn found(column: &str, value: &str) -> (Option<usize>, Option<&'static str>) {
        let limit =
            Limit { column: column.to_owned(), says: says(column), chosen: Chosen::ByName, value: value.to_owned() };
        let verdict = verdict(&[limit], &test_config());
        (verdict.audience.map(|audience| audience.0), verdict.status.map(Status::word))
    }

    #[test]
    fn an_audience_is_one_of_the_handbook_or_makes_a_draft() {
        for column in ["audience", "Visibility", "Access", "Shared with", "Prompt audience", "Confidentiality"] {
            for (value, wanted) in [("public", 0), ("Team", 1), ("RESTRICTED ", 2), ("public, restricted", 2)] {
                assert_eq!(found(column, value), (Some(wanted), None), "{column}: {value}");
            }
            for value in ["confidential", "private", "partners", "pubic", "team, partners", "yes", "?"] {
                assert_eq!(found(column, value), (None, Some("draft")), "{column}: {value}");
            }
        }
    }

    #[test]
    fn a_status_is_one_of_the_usual_words_or_makes_a_draft() {
        for (value, wanted) in [
            ("Draft", "draft"),
            ("WIP", "draft"),
            ("In review", "in-review"),
            ("approved", "in-review"),
            ("Published", "in-review"),
            ("archived", "deprecated"),
            ("private", "draft"),
            ("confidential", "draft"),
            ("internal", "draft"),
            ("whatever", "draft"),
        ] {
            assert_eq!(found("Status", value), (None, Some(wanted)), "{value}");
            assert_eq!(found("Review status", value), (None, Some(wanted)), "{value}");
        }
        assert_eq!(found("state", "restricted"), (Some(2), None));
    }

    #[test]
    fn yes_and_no_are_read_by_what_they_are_said_of() {
        for value in ["yes", "TRUE", "1", "x", "maybe", "NDA"] {
            assert_eq!(found("Confidential", value), (None, Some("draft")), "{value}");
            assert_eq!(found("is_draft", value), (None, Some("draft")), "{value}");
        }
        assert_eq!(found("restricted", "yes"), (Some(2), None));
        for value in ["no", "False", "0", "-"] {
            assert_eq!(found("Confidential", value), (None, None), "{value}");
            assert_eq!(found("is public", value), (None, Some("draft")), "{value}");
        }
        for value in ["yes", "true", "2026-05-04", "04/05/2026 10:00"] {
            assert_eq!(found("published", value), (None, None), "{value}");
        }
    }

    #[test]
    fn a_limit_counts_in_any_column() {
        assert_eq!(found("Sichtbarkeit", "restricted"), (Some(2), None));
        assert_eq!(found("Etat", "WIP"), (None, Some("draft")));
        // A stage may be that of a funnel.
        assert_eq!(found("Stage", "In progress"), (None, Some("draft")));
        assert_eq!(found("Stage", "Awareness"), (None, None));
        for value in ["public", "team", "internal", "draft an e-mail", "TEXT"] {
            assert_eq!(found("kind", value), (None, None), "{value}");
        }
    }
}
