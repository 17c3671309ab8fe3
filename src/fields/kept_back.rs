//! Keys and words by which other tools, and people everywhere, keep something back from readers.

use jiff::civil::Date;

use super::bare;
use super::spec::Guard;
use super::tree::{Data, Node};
use crate::text::Spanned;
use crate::text::spelling::look;

/// The day before which another tool would not show an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// The key that says it.
    pub key: String,
    /// The day.
    pub day: Spanned<Date>,
}

/// Words that say who may see an entry whatever key they stand behind, with what they are about.
pub type Telling = Vec<(String, Guard)>;

/// The words that say so everywhere.
pub(super) const TELLING: [(&str, Guard); 8] = [
    ("draft", Guard::Status),
    ("wip", Guard::Status),
    ("unpublished", Guard::Status),
    ("unfinished", Guard::Status),
    ("private", Guard::Audience),
    ("confidential", Guard::Audience),
    ("secret", Guard::Audience),
    ("topsecret", Guard::Audience),
];

/// When a key keeps something back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum When {
    /// Where it says yes; anything else may be about a part of a page.
    Yes,
    /// Unless it says no.
    NotNo,
    /// Where it says no.
    No,
}

impl When {
    fn holds(self, value: &Node<'_>) -> bool {
        match self {
            Self::Yes => is_yes(value),
            Self::NotNo => !is_no(value),
            Self::No => says_no(value),
        }
    }
}

/// How a key of another tool says that an entry is a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Drafts {
    /// It is true or false, and of a draft it is this.
    Where(bool),
    /// It is this; anything else is about something else.
    OnlyWhere(bool),
    /// It is a table in which one of these keys says no, or a word of [`LESS`].
    InTable(&'static [&'static str]),
}

/// Keys by which other tools make no page of an entry, as they write them: the reader takes it for a draft, and a schema
/// takes the key.
pub const DRAFTS: &[(&str, Drafts)] = &[
    ("draft", Drafts::Where(true)),
    ("published", Drafts::Where(false)),
    ("publish", Drafts::Where(false)),
    // Hugo.
    ("headless", Drafts::OnlyWhere(true)),
    ("build", Drafts::InTable(&["render", "list"])),
    // Eleventy.
    ("eleventyExcludeFromCollections", Drafts::OnlyWhere(true)),
    ("permalink", Drafts::OnlyWhere(false)),
    // Zola.
    ("render", Drafts::OnlyWhere(false)),
];

/// What Hugo makes no page of, or lists nowhere, beside what says `never`.
pub const LESS: [&str; 2] = ["local", "link"];

/// Keys of which people may mean it, of tools that ask for a password too.
#[rustfmt::skip]
const KEYS: &[(Guard, When, &[&str])] = &[
    (Guard::Status, When::Yes, &[
        "hide", "exclude", "excluded", "ignore", "ignored", "skip", "omit", "disable", "delete", "trash", "norender",
    ]),
    (Guard::Status, When::NotNo, &["wip", "workinprogress", "unfinished", "disabled", "deleted"]),
    (Guard::Status, When::No, &[
        "listed", "live", "visible", "show", "display", "released", "ready", "enable", "enabled", "online", "approved",
    ]),
    (Guard::Audience, When::NotNo, &[
        "protected", "sensitive", "sensitivity", "nda", "members", "viewers", "readers", "acl", "loginrequired", "tlp",
        "password", "passphrase", "membersonly", "teamonly", "staffonly", "owneronly", "canview",
    ]),
];

/// Keys of the day on which something is to be published.
const DAYS: [&str; 14] = [
    "date",
    "published",
    "publish",
    "publishdate",
    "publishedat",
    "publishedon",
    "publishon",
    "datepublished",
    "pubdate",
    "release",
    "released",
    "releasedate",
    "golive",
    "availablefrom",
];

/// Keys of what something is called or filed under: a word there is one of many.
#[rustfmt::skip]
const NAMES: [&str; 15] = [
    "tag", "tags", "keyword", "keywords", "category", "categories", "topic", "topics", "title", "name", "label", "slug",
    "alias", "aliases", "heading",
];

/// A key without case, hyphens and the word `is`.
fn plain(key: &str) -> String {
    let key: String = look(key).chars().filter(|c| c.is_alphanumeric()).collect();
    key.strip_prefix("is").filter(|rest| listed(rest).is_some()).map(str::to_owned).unwrap_or(key)
}

fn listed(key: &str) -> Option<(Guard, When)> {
    KEYS.iter().find(|(.., keys)| keys.contains(&key)).map(|(guard, when, _)| (*guard, *when))
}

/// What a key may be about, whatever it says.
pub(super) fn of_key(key: &str) -> Option<Guard> {
    listed(&plain(key)).map(|(guard, _)| guard)
}

/// Whether a key of [`DRAFTS`] says that an entry is a draft; nothing where it is none of them, or about something else.
pub(super) fn says_draft(key: &str, value: &Node<'_>) -> Option<bool> {
    let look = plain(key);
    let is_it = |(known, how): &&(&str, Drafts)| match how {
        Drafts::Where(_) => *known == key,
        _ => known.eq_ignore_ascii_case(&look),
    };
    let (_, how) = DRAFTS.iter().find(is_it)?;
    match how {
        Drafts::Where(truth) => value.as_truth().map(|said| said == *truth),
        Drafts::OnlyWhere(true) => is_yes(value).then_some(true),
        Drafts::OnlyWhere(false) => says_no(value).then_some(true),
        Drafts::InTable(keys) => {
            let is_less = |value| word(value).is_some_and(|word| LESS.contains(&word.as_str()));
            let mut pairs = value.as_table()?.iter();
            pairs.any(|(key, _, value)| keys.contains(&key) && (says_no(value) || is_less(value))).then_some(true)
        }
    }
}

/// What a key says by which something is kept back.
pub(super) fn says(key: &str, value: &Node<'_>) -> Option<Guard> {
    listed(&plain(key)).filter(|(_, when)| when.holds(value)).map(|(guard, _)| guard)
}

/// What a value says of who may see an entry, or one in it.
pub(super) fn told(key: &str, value: &Node<'_>, telling: &Telling) -> Option<Guard> {
    let key = plain(key);
    // `sidebar_label` and `linkTitle` are names too.
    if NAMES.iter().any(|name| key == *name || name.len() > 3 && key.ends_with(name)) {
        return None;
    }
    match &value.data {
        Data::Table(table) => table.iter().find_map(|(key, _, value)| told(key, value, telling)),
        Data::List(items) => items.iter().find_map(|item| told(&key, item, telling)),
        _ => {
            let word = word(value)?;
            telling.iter().find(|(known, _)| *known == word).map(|(_, guard)| *guard)
        }
    }
}

/// The day before which another tool would not show something.
pub(super) fn due(key: &str, value: &Node<'_>) -> Option<Due> {
    let day = match &value.data {
        Data::Moment(day) | Data::Bare(day) | Data::Text(day) => bare::day(day.trim())?,
        _ => return None,
    };
    DAYS.contains(&&*plain(key)).then(|| Due { key: key.to_owned(), day: Spanned::new(day, value.span) })
}

/// One word or a few, as it is compared.
pub(super) fn plain_word(text: &str) -> String {
    look(text.trim()).chars().filter(|c| !matches!(c, ' ' | '-' | '_')).collect()
}

fn word(value: &Node<'_>) -> Option<String> {
    /// The longest text that is taken for a word.
    const LONGEST: usize = 200;
    value.as_text().filter(|text| text.len() <= LONGEST).map(plain_word)
}

fn is_no(value: &Node<'_>) -> bool {
    match &value.data {
        Data::Truth(truth) => !truth,
        Data::Nothing => true,
        Data::Whole(number) => number == "0",
        Data::List(items) => items.is_empty(),
        Data::Text(_) | Data::Bare(_) => word(value).is_some_and(|word| {
            matches!(&*word, "" | "false" | "no" | "off" | "n" | "f" | "0" | "never" | "none" | "nobody")
        }),
        _ => false,
    }
}

/// Whether a value says no, and not only nothing.
fn says_no(value: &Node<'_>) -> bool {
    is_no(value)
        && !matches!(&value.data, Data::Nothing | Data::List(_))
        && value.as_text().is_none_or(|text| !text.trim().is_empty())
}

fn is_yes(value: &Node<'_>) -> bool {
    match &value.data {
        Data::Truth(truth) => *truth,
        Data::Whole(number) => number == "1",
        Data::Text(_) | Data::Bare(_) => {
            word(value).is_some_and(|word| matches!(&*word, "true" | "yes" | "on" | "y" | "t" | "1" | "always" | "all"))
        }
        _ => false,
    }
}
