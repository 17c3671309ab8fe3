//! Which column fills which field: as the map says, else by the names in the header.

use std::collections::BTreeMap;
use std::iter::once;

use crate::content::kinds::{KindFields, Prompt};
use crate::fields::Guard;
use crate::import::clean;
use crate::import::field::{Field, PROMPT, SUMMARY, TITLE};
use crate::import::folded::folded;
use crate::import::formats::csv::error::Error;
use crate::import::limits::{self, Chosen, Limit, Says};
use crate::text::suggest;

/// The columns of a table and what they fill.
#[derive(Debug)]
pub(super) struct Columns {
    names: Vec<String>,
    /// The position of the column for each field that has one, by the field's name.
    of: BTreeMap<&'static str, usize>,
    /// For each column what it says of who may see a row, and how that is known; nothing for title and prompt.
    limits: Vec<Vec<(Says, Chosen)>>,
}

impl Columns {
    /// The names of the fields that have a column, with the column's position.
    pub(super) fn fields(&self) -> impl Iterator<Item = (&'static str, usize)> {
        Field::all().filter_map(|field| Some((field.name(), *self.of.get(field.name())?)))
    }

    /// How many columns the header names.
    pub(super) fn len(&self) -> usize {
        self.names.len()
    }

    /// What may limit a row: its values, each with what its column is about. Behind the last column stands what has none.
    pub(super) fn limits<'r>(&self, row: impl Iterator<Item = &'r str>) -> Vec<Limit> {
        let mut values: Vec<Option<&str>> = row.map(Some).collect();
        values.resize(values.len().max(self.names.len()), None);
        values.into_iter().enumerate().flat_map(|(at, value)| self.limits_of(at, value)).collect()
    }

    fn limits_of<'v>(&self, at: usize, value: Option<&'v str>) -> impl Iterator<Item = Limit> + use<'_, 'v> {
        const BEHIND: &[(Says, Chosen)] = &[(Says::AnyWord, Chosen::ByName)];
        let of = self.limits.get(at).map_or(BEHIND, Vec::as_slice);
        let is_said = value.is_some_and(|value| !value.trim().is_empty());
        let counts = of.iter().filter(move |(says, _)| is_said || says.is_of_limits());
        counts.map(move |(says, chosen)| Limit {
            name: self.names.get(at).cloned().unwrap_or_else(|| display_name(at, "")),
            says: *says,
            chosen: *chosen,
            value: value.map(str::to_owned),
        })
    }

    /// The columns that were not used and may be about who may see a row all the same.
    pub(super) fn doubtful(&self) -> impl Iterator<Item = &str> {
        let unused = self.names.iter().enumerate().filter(|(at, _)| self.filled_by(*at).is_empty());
        unused.map(|(_, name)| name.as_str()).filter(|name| limits::may_limit(name))
    }

    /// Whether a column fills this field.
    pub(super) fn has(&self, field: &str) -> bool {
        self.of.contains_key(field)
    }

    /// What each column was used for, in lines of the report.
    pub(super) fn account(&self) -> Vec<String> {
        let (used, unused): (Vec<usize>, Vec<usize>) =
            (0..self.names.len()).partition(|at| !self.filled_by(*at).is_empty());
        let describe =
            |at: &usize| format!("{} → {}", clean::quoted(&self.names[*at]), self.filled_by(*at).join(" and "));
        let used: Vec<String> = used.iter().map(describe).collect();
        let unused: Vec<String> = unused.iter().map(|at| clean::quoted(&self.names[*at])).collect();
        let lines = [("columns", used), ("columns that were not used", unused)];
        let said = lines.into_iter().filter(|(_, names)| !names.is_empty());
        said.map(|(what, names)| format!("{what}: {}", names.join(", "))).collect()
    }

    /// The fields that a column fills or decides.
    fn filled_by(&self, at: usize) -> Vec<&'static str> {
        let limited = self.limits[at].iter().filter_map(|(says, _)| Some(limited(*says)?.key()));
        let filled = self.fields().filter(move |(_, column)| *column == at).map(|(field, _)| field);
        let mut fields: Vec<&str> = filled.chain(limited).collect();
        fields.dedup();
        fields
    }
}

/// Finds a column for each field, or says everything that is wrong with the map.
///
/// Without a map all fields are guessed. With one, only a missing title and prompt are: who maps by hand
/// does not want to be surprised by the rest. But what says who may see a row counts in any case.
pub(super) fn resolve(header: &[String], map: &[(String, String)]) -> Result<Columns, Vec<Error>> {
    let names: Vec<String> = header.iter().enumerate().map(|(at, name)| display_name(at, name)).collect();
    let mut of = mapped(&names, map)?;
    let is_guessed = |field: &Field| map.is_empty() || matches!(field.name(), TITLE | PROMPT);
    for field in Field::all().filter(is_guessed) {
        if !of.contains_key(field.name())
            && let Some(at) = guess(&names, field, &of)
        {
            of.insert(field.name(), at);
        }
    }
    let limits = limits(&names, &mut of);
    if of.contains_key(PROMPT) {
        Ok(Columns { names, of, limits })
    } else {
        Err(vec![Error::NoPrompt { columns: list(&names) }])
    }
}

/// What a column decides which says so much.
const fn limited(says: Says) -> Option<Guard> {
    match says {
        Says::Audience | Says::Restricted | Says::Open | Says::Signed | Says::Embargo => Some(Guard::Audience),
        Says::Status | Says::Archived => Some(Guard::Status),
        Says::AnyWord | Says::Filling | Says::Sentence => None,
    }
}

/// The fields of which a column given to them by hand says so much.
const GUARDED: [(Guard, Says); 2] = [(Guard::Status, Says::Status), (Guard::Audience, Says::Audience)];

/// What each column says of who may see a row: what its name does, whatever else the map gives it to, and what the map
/// says of status and audience. The words of a title and a prompt are no limits.
fn limits(names: &[String], of: &mut BTreeMap<&'static str, usize>) -> Vec<Vec<(Says, Chosen)>> {
    let mut limits: Vec<Vec<_>> = names.iter().map(|name| vec![(limits::says(name), Chosen::ByName)]).collect();
    for (field, at) in &*of {
        let says = if *field == SUMMARY { Says::Sentence } else { Says::Filling };
        match *field {
            TITLE | PROMPT => limits[*at].clear(),
            key if GUARDED.iter().any(|(guard, _)| guard.key() == key) => {}
            _ if limits[*at].iter().all(|(says, _)| says.is_of_limits()) => {}
            _ => limits[*at] = vec![(says, Chosen::ByName)],
        }
    }
    for (guard, says) in GUARDED {
        if let Some(at) = of.remove(guard.key()) {
            // By hand, a name that says the same says no more.
            limits[at].retain(|(own, _)| own.is_of_limits() && *own != says);
            limits[at].push((says, Chosen::ByHand));
        }
    }
    limits
}

/// A column's name as messages and the map use it; a column without one is known by its place.
fn display_name(at: usize, name: &str) -> String {
    let name = clean::one_line(name).text;
    if name.is_empty() { format!("column {}", at + 1) } else { name }
}

/// The part that the map decides.
fn mapped(names: &[String], map: &[(String, String)]) -> Result<BTreeMap<&'static str, usize>, Vec<Error>> {
    let mut of = BTreeMap::new();
    let mut errors = Vec::new();
    for (field, column) in map {
        match pair(names, field, column) {
            Ok((field, at)) => {
                if of.insert(field, at).is_some() {
                    errors.push(Error::FieldTwice { field });
                }
            }
            Err(mut wrong) => errors.append(&mut wrong),
        }
    }
    if errors.is_empty() { Ok(of) } else { Err(errors) }
}

/// One `field=column` of the map; both sides may be wrong at once.
fn pair(names: &[String], field: &str, column: &str) -> Result<(&'static str, usize), Vec<Error>> {
    let known = named(field.trim()).ok_or_else(|| unknown_field(field));
    let place = place_of(names, column).ok_or_else(|| unknown_column(names, column));
    match (known, place) {
        (Ok(field), Ok(at)) => Ok((field, at)),
        (field, place) => Err(field.err().into_iter().chain(place.err()).collect()),
    }
}

/// The name of the field that is called so, by its own name or by one of its headings.
fn named(name: &str) -> Option<&'static str> {
    let own = Field::all().map(Field::name).find(|own| *own == name);
    own.or_else(|| Field::all().find(|field| headings(*field).iter().any(|word| word == name)).map(Field::name))
}

/// The column of this name: as written, else without regard to case and punctuation.
fn place_of(names: &[String], column: &str) -> Option<usize> {
    let wanted = folded(column);
    let exact = names.iter().position(|name| name == column.trim());
    exact.or_else(|| names.iter().position(|name| !wanted.is_empty() && folded(name) == wanted))
}

/// The column that a field's usual headings point to, unless another field has it already.
fn guess(names: &[String], field: Field, of: &BTreeMap<&'static str, usize>) -> Option<usize> {
    let free = |at: &usize| !of.values().any(|used| used == at);
    headings(field).iter().find_map(|heading| names.iter().position(|name| folded(name) == *heading).filter(free))
}

/// Words for a field that stand in the headings of tables and in no front matter.
const WORDS: &[(&str, &[&str])] = &[
    (TITLE, &["act", "prompttitle", "promptname"]),
    (PROMPT, &["prompttext", "text", "content", "template", "body"]),
    (SUMMARY, &["shortdescription", "about"]),
    ("authors", &["contributors", "contributor", "by", "creator", "createdby"]),
    ("tags", &["labels", "label"]),
    ("team", &["department"]),
    ("owner", &["maintainer"]),
    ("adapted_from", &["source", "sourceurl", "url", "link"]),
    ("created", &["createdon"]),
    ("updated", &["updatedon"]),
    ("roles", &["role"]),
    ("tasks", &["task"]),
    ("channels", &["channel"]),
];

/// Column names that stand for the field when nothing was mapped, the surest first, in [`folded`] form: its key, what
/// other tools call it, then other words. A field without such words is rare in tables, so that a column of its name may
/// well mean something else.
///
/// Those of status and audience are in `limits`: more than one column can say that a row is not for everybody.
fn headings(field: Field) -> Vec<String> {
    let Some((name, words)) = WORDS.iter().find(|(name, _)| *name == field.name()) else { return Vec::new() };
    let of_kind = Prompt::SPEC.also.iter().filter(|(_, own)| own.as_str() == *name).map(|(other, _)| other);
    let all = once(name).chain(field.also()).chain(*words).chain(of_kind);
    let mut headings: Vec<String> = Vec::new();
    for heading in all.map(|word| folded(word)) {
        // `created_at` and `createdat` are one.
        if !headings.contains(&heading) {
            headings.push(heading);
        }
    }
    headings
}

fn unknown_field(field: &str) -> Error {
    let nearest = suggest::nearest(field, Field::all().map(Field::name)).map(str::to_owned);
    Error::UnknownField { field: field.to_owned(), nearest }
}

fn unknown_column(names: &[String], column: &str) -> Error {
    let nearest = suggest::nearest(column, names.iter().map(String::as_str)).map(str::to_owned);
    Error::UnknownColumn { column: column.to_owned(), nearest, columns: list(names) }
}

fn list(names: &[String]) -> String {
    names.iter().map(|name| clean::quoted(name)).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The columns of the fields, without those that only limit.
    fn found(header: &[&str], map: &[(&str, &str)]) -> Result<Vec<(&'static str, usize)>, Vec<String>> {
        let header: Vec<String> = header.iter().map(ToString::to_string).collect();
        let map: Vec<_> = map.iter().map(|(field, column)| ((*field).to_owned(), (*column).to_owned())).collect();
        resolve(&header, &map)
            .map(|columns| columns.fields().collect())
            .map_err(|errors| errors.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn columns_are_guessed_by_their_usual_names() {
        let guessed = found(&["act", "prompt", "for_devs", "type", "contributor"], &[]).expect("a value");
        assert_eq!(guessed, [("prompt", 1), ("title", 0), ("authors", 4)]);
        let guessed = found(&["Prompt text", "NAME", "Last-Updated", "Status"], &[]).expect("a value");
        assert_eq!(guessed, [("prompt", 0), ("title", 1), ("updated", 2)]);
    }

    #[test]
    fn a_surer_heading_wins() {
        assert_eq!(found(&["text", "name", "title", "prompt"], &[]).expect("a value"), [("prompt", 3), ("title", 2)]);
    }

    #[test]
    fn a_map_decides_and_only_title_and_prompt_are_added() {
        let header = ["act", "prompt", "contributor", "tags"];
        assert_eq!(
            found(&header, &[("owner", "Contributor")]).expect("a value"),
            [("prompt", 1), ("title", 0), ("owner", 2)]
        );
        assert_eq!(found(&header, &[("prompt", "act")]).expect("a value"), [("prompt", 0)]);
    }

    #[test]
    fn every_mistake_in_the_map_is_named_with_a_suggestion() {
        let errors =
            found(&["act", "prompt"], &[("autors", "act"), ("tags", "promt"), ("title", "act"), ("title", "act")])
                .expect_err("a mistake");
        assert_eq!(errors.len(), 3);
        assert!(errors[0].starts_with("unknown field `autors` in `--map`; did you mean `authors`; the fields are"));
        assert_eq!(
            errors[1],
            "unknown column `promt` in `--map`; did you mean `prompt`; the columns are `act`, `prompt`"
        );
        assert_eq!(errors[2], "`--map` names the field `title` twice");
    }

    #[test]
    fn both_sides_of_a_pair_are_reported() {
        assert_eq!(found(&["act", "prompt"], &[("zzz", "qqq")]).expect_err("a mistake").len(), 2);
    }

    #[test]
    fn without_a_prompt_column_the_error_says_how_to_map_it() {
        let errors = found(&["act", ""], &[]).expect_err("a mistake");
        assert_eq!(
            errors,
            [
                "no column holds the prompt; say which one does with `--map prompt=COLUMN`; the columns are `act`, `column 2`"
            ]
        );
        assert_eq!(found(&["act", ""], &[("prompt", "column 2")]).expect("a value"), [("prompt", 1), ("title", 0)]);
    }

    #[test]
    fn a_heading_belongs_to_one_field_and_words_to_one_that_there_is() {
        let all: Vec<_> = Field::all().flat_map(headings).collect();
        for (at, heading) in all.iter().enumerate() {
            assert!(!all[..at].contains(heading), "{heading} stands for two fields");
        }
        for (name, words) in WORDS {
            assert!(Field::all().any(|field| field.name() == *name), "{name} is no field");
            assert!(words.iter().all(|word| folded(word) == **word), "{words:?}");
        }
    }

    /// The guide lists what is recognised, in the order in which it counts.
    #[test]
    fn the_guide_names_the_headings_of_each_field() {
        let guide = include_str!("../../../../content/guides/importing.md");
        for field in Field::all().filter(|field| !headings(*field).is_empty()) {
            let start = format!("| `{}`", field.name());
            let row = guide.lines().find_map(|line| line.strip_prefix(&start)?.trim_start().strip_prefix('|'));
            let row = row.unwrap_or_else(|| panic!("the guide has no row for {}", field.name()));
            let named: Vec<String> = row.trim_end_matches('|').split(',').map(folded).collect();
            assert_eq!(named, headings(field), "{}", field.name());
        }
    }

    #[test]
    fn the_account_names_every_column() {
        let header = ["act", "type", "prompt"].map(str::to_owned);
        let columns = resolve(&header, &[]).expect("columns");
        assert_eq!(
            columns.account(),
            ["columns: `act` → title, `prompt` → prompt", "columns that were not used: `type`"]
        );
    }
}
