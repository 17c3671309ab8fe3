//! What another tool says of who may see a prompt and how far it has come. In doubt it is a draft: what was kept from some
//! people in the other tool is not shown to more of them here.

mod days;
mod names;
mod phrases;
mod says;

use jiff::civil::Date;

use crate::config::{Audience, Config};
use crate::content::{Status, canonical};
use crate::text::slug;

use crate::import::clean::{self, quoted};

pub(super) use names::{may_limit, says};
pub(super) use says::Says;

/// How a name came to be taken for one that limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Chosen {
    /// By whoever imports.
    ByHand,
    /// By its words or its values.
    ByName,
}

/// What may limit who sees a prompt.
#[derive(Debug)]
pub(super) struct Limit {
    /// What the value stands under, as messages name it.
    pub name: String,
    /// What it is about.
    pub says: Says,
    /// How that is known.
    pub chosen: Chosen,
    /// The value as it was read; none where the input ends before it.
    pub value: Option<String>,
}

/// What limits are measured by.
#[derive(Clone, Copy)]
pub(super) struct Measure<'a> {
    /// The settings of the handbook, which has audiences of its own.
    pub config: &'a Config,
    /// The day of the run.
    pub today: Date,
    /// What the part is called that the prompt was read from.
    pub part: &'static str,
}

/// What all limits of a prompt come to.
#[derive(Debug, Default)]
pub(super) struct Verdict {
    /// The narrowest of the audiences that are named.
    pub audience: Option<Audience>,
    /// The least of the statuses that are named.
    pub status: Option<Status>,
    /// How that was found, in sentences.
    pub changes: Vec<String>,
    /// Why it is a draft, in parts of a sentence.
    doubts: Vec<String>,
}

/// What the limits of a prompt come to: of audiences the narrowest counts, of statuses the least.
pub(super) fn verdict(limits: &[Limit], measure: Measure<'_>) -> Verdict {
    let mut verdict = Verdict::default();
    for limit in limits {
        let Some(value) = &limit.value else {
            verdict.doubt(format!("the {} ends before {}", measure.part, quoted(&limit.name)));
            continue;
        };
        verdict.weigh(&clean::one_line(value).text, limit, measure);
    }
    verdict.settle();
    verdict
}

impl Verdict {
    fn weigh(&mut self, value: &str, limit: &Limit, measure: Measure<'_>) {
        let Measure { config, today, .. } = measure;
        match limit.says {
            Says::Open => self.open(value, limit, measure),
            Says::Signed if phrases::is_no(value) => self.says(value, limit),
            _ if value.is_empty() => {}
            Says::Audience => self.audiences(value, limit, config),
            Says::Status => self.status(value, limit, config),
            Says::Restricted => self.flag(value, limit, config),
            Says::Archived if !phrases::is_no(value) => self.archived(value, limit),
            Says::Embargo if !phrases::is_no(value) && !days::has_come(value, today) => self.says(value, limit),
            // What fills a field, such as a tag, may be called as an audience is and mean something else.
            Says::Signed | Says::Filling if phrases::is_limit(value) => self.says(value, limit),
            Says::AnyWord => self.any_word(value, limit, config),
            Says::Sentence if phrases::is_limit_alone(value) => self.says(value, limit),
            Says::Archived | Says::Embargo | Says::Signed | Says::Filling | Says::Sentence => {}
        }
    }

    fn audiences(&mut self, value: &str, limit: &Limit, config: &Config) {
        let parts = value.split([',', ';', '/', '|', '+', '&']).map(str::trim).filter(|part| !part.is_empty());
        let known: Option<Vec<Audience>> = parts.map(|part| audience_in_any_language(part, config)).collect();
        match known.and_then(|known| known.into_iter().max()) {
            Some(audience) => self.narrow(audience),
            // What has no audience here is for everybody elsewhere.
            None if phrases::is_for_all(value) => {}
            None => {
                self.doubt(format!("{} in {} is no audience of the handbook", quoted(value), quoted(&limit.name)));
            }
        }
    }

    fn status(&mut self, value: &str, limit: &Limit, config: &Config) {
        let word = slug::ascii(value);
        let own = Status::of_word(&word);
        let usual = USUAL.iter().find(|(words, _)| words.contains(&word.as_str())).map(|(_, status)| *status);
        match own.or(usual).or_else(|| phrases::is_published(value).then_some(Status::InReview)) {
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
                None => self.doubt(format!("the status {} is not known", quoted(value))),
            },
        }
    }

    fn flag(&mut self, value: &str, limit: &Limit, config: &Config) {
        if phrases::is_no(value) {
            return;
        }
        match audience_of(&limit.name, config).filter(|_| phrases::is_yes(value)) {
            Some(audience) => self.narrow(audience),
            None => self.says(value, limit),
        }
    }

    fn open(&mut self, value: &str, limit: &Limit, measure: Measure<'_>) {
        if value.is_empty() {
            return self.doubt(format!("{} is empty", quoted(&limit.name)));
        }
        if phrases::is_open(value) || days::has_come(value, measure.today) {
            return;
        }
        match audience_of(value, measure.config) {
            Some(audience) => self.narrow(audience),
            None => self.says(value, limit),
        }
    }

    fn archived(&mut self, value: &str, limit: &Limit) {
        let is_day = value.starts_with(|c: char| c.is_ascii_digit());
        if phrases::is_yes(value) || is_day {
            self.lessen(Status::Deprecated);
            let (name, value) = (quoted(&limit.name), quoted(value));
            self.changes.push(format!("{name} says {value}, so the status became `deprecated`"));
        } else {
            self.says(value, limit);
        }
    }

    /// A name of another sort counts where its value is a limit and can hardly be anything else.
    fn any_word(&mut self, value: &str, limit: &Limit, config: &Config) {
        let usual = config.audience.unwrap_or(config.narrowest());
        if let Some(audience) = audience_of(value, config).filter(|audience| *audience > usual) {
            self.narrow(audience);
            let name = quoted(&config.audiences[audience.0]);
            self.changes.push(format!("the audience is {name}, since {} says so", quoted(&limit.name)));
        } else if phrases::is_limit(value) {
            self.says(value, limit);
        }
    }

    fn narrow(&mut self, audience: Audience) {
        self.audience = self.audience.max(Some(audience));
    }

    fn says(&mut self, value: &str, limit: &Limit) {
        self.doubt(format!("{} says {}", quoted(&limit.name), quoted(value)));
    }

    fn doubt(&mut self, why: String) {
        self.lessen(Status::Draft);
        self.doubts.push(why);
    }

    /// Puts all doubts into one sentence.
    fn settle(&mut self) {
        const MOST: usize = 3;
        let told = self.doubts.iter().take(MOST).map(String::as_str).collect::<Vec<_>>().join(", ");
        match self.doubts.len() {
            0 => {}
            1..=MOST => self.changes.push(format!("{told}, so the entry is a draft")),
            all => self.changes.push(format!("{told} and {} more, so the entry is a draft", all - MOST)),
        }
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
    (
        &[
            "archived",
            "archive",
            "retired",
            "obsolete",
            "outdated",
            "superseded",
            "archiviert",
            "veraltet",
            "archivado",
            "archiviato",
            "arquivado",
            "gearchiveerd",
        ],
        Status::Deprecated,
    ),
];

/// The audience that a word names, in any case and with any punctuation around it.
fn audience_of(word: &str, config: &Config) -> Option<Audience> {
    let alike = |name: &String| {
        canonical(name) == canonical(word) || !slug::ascii(word).is_empty() && slug::ascii(name) == slug::ascii(word)
    };
    config.audiences.iter().position(alike).map(Audience)
}

/// The same, where the word for everybody may be one of another language.
fn audience_in_any_language(word: &str, config: &Config) -> Option<Audience> {
    audience_of(word, config).or_else(|| phrases::is_for_all(word).then(|| config.audience_named("public")).flatten())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::fixture;

    fn found(column: &str, value: &str) -> (Option<usize>, Option<&'static str>) {
        let limit = Limit {
            name: column.to_owned(),
            says: says(column),
            chosen: Chosen::ByName,
            value: Some(value.to_owned()),
        };
        let measure = Measure { config: &fixture::config(), today: jiff::civil::date(2026, 11, 20), part: "row" };
        let verdict = verdict(&[limit], measure);
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
