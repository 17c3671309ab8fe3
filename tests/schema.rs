//! The schemas are right, and say of an entry what the check says: whatever it takes they take, and what it refuses for
//! its fields they refuse, as far as a schema can see it.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use camino::Utf8Path;
use jsonschema::Validator;
use prompt_handbook::content::Kind;
use prompt_handbook::diagnostics::{Diagnostic, Rule, Severity};
use prompt_handbook::fields::{DRAFTS, Drafts, LESS, Syntax};
use prompt_handbook::schema::Offers;
use prompt_handbook::schema::json_schema::{self, Subject};
use prompt_handbook::text::SourceId;
use prompt_handbook::workspace::{Loader, Strictness, Workspace};
use serde_json::{Value, json};

use crate::browser::skip;
use crate::cases;
use crate::harness::{Handbook, TODAY, files_below, repository};

/// Rules about fields that a schema can see.
const SEEN: [Rule; 6] =
    [Rule::UnknownKey, Rule::WrongType, Rule::UnknownTerm, Rule::MissingField, Rule::UnknownReference, Rule::TooLarge];

/// What the check refuses, and no schema can see: what one field says of another.
const UNSEEN: &[&str] = &["tests/cases/rules/missing-field-audience.case: handbook.toml"];

/// What the check takes, and the schema does not: what nobody writes on purpose, and one text for a list, which is none in TOML.
const NARROWER: &[&str] = &[
    "tests/cases/rules/unknown-term.case: good",
    "tests/cases/folders/obsidian.case: Marketing",
    "tests/cases/rules/invalid-value-comments.case: cut",
    "tests/cases/rules/wrong-type-words.case: hashes",
    "tests/cases/rules/wrong-type-words.case: other",
    "tests/cases/site/words-in-one-text.case: a",
];

fn load(root: &Path) -> Workspace {
    let root = Utf8Path::from_path(root).expect("a path in UTF-8");
    Loader::new(root, TODAY.parse().expect("a day")).load().expect("a folder that can be read")
}

fn schema(subject: Subject, offers: &Offers) -> Value {
    Value::Object(json_schema::of(subject, offers))
}

/// As strict as an editor: what a format says counts.
fn validator(subject: Subject, offers: &Offers) -> Validator {
    let options = jsonschema::options().should_validate_formats(true);
    options.build(&schema(subject, offers)).unwrap_or_else(|error| panic!("{}: {error}", subject.name()))
}

/// The validators of every kind.
struct Validators(BTreeMap<Kind, Validator>);

impl Validators {
    fn new(offers: &Offers) -> Self {
        Self(Kind::ALL.iter().map(|kind| (*kind, validator(Subject::Kind(*kind), offers))).collect())
    }

    fn flaws(&self, kind: Kind, front: &Value) -> Vec<String> {
        flaws_of(&self.0[&kind], front)
    }
}

fn flaws_of(validator: &Validator, value: &Value) -> Vec<String> {
    validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

/// The bytes of the line before front matter, at least.
const FENCE: usize = 4;

/// What stands between the fences.
fn front_matter(text: &str) -> Option<&str> {
    let text = text.trim_start_matches('\u{feff}');
    let fence = ["+++", "---"].into_iter().find(|fence| text.starts_with(fence))?;
    let (_, rest) = text.split_once('\n')?;
    let end = rest.lines().take_while(|line| line.trim_end() != fence).map(|line| line.len() + 1).sum::<usize>();
    rest.get(..end.min(rest.len()))
}

/// Front matter as an editor or a program has it in JSON.
fn json_of(front: &str, syntax: Syntax) -> Result<Value, String> {
    match syntax {
        Syntax::Toml => match toml::from_str(front) {
            Ok(table) => Ok(json_of_toml(&toml::Value::Table(table))),
            Err(error) => Err(error.to_string()),
        },
        Syntax::Yaml => match serde_saphyr::from_str::<Option<Value>>(front) {
            Ok(value) => Ok(value.unwrap_or_else(|| json!({}))),
            Err(error) => Err(error.to_string()),
        },
    }
}

fn json_of_toml(value: &toml::Value) -> Value {
    match value {
        toml::Value::String(text) => json!(text),
        toml::Value::Integer(number) => json!(number),
        toml::Value::Float(number) => json!(number),
        toml::Value::Boolean(truth) => json!(truth),
        toml::Value::Datetime(moment) => json!(moment.to_string()),
        toml::Value::Array(items) => items.iter().map(json_of_toml).collect(),
        toml::Value::Table(table) => table.iter().map(|(key, value)| (key.clone(), json_of_toml(value))).collect(),
    }
}

#[test]
fn every_schema_is_one() {
    let own = Offers::of(&load(repository()).catalog);
    for offers in [&Offers::general(), &own] {
        for subject in Subject::all() {
            let schema = schema(subject, offers);
            jsonschema::draft202012::meta::validate(&schema)
                .unwrap_or_else(|error| panic!("{}: {error}", subject.name()));
        }
    }
}

#[test]
fn defaults_and_examples_are_what_their_fields_take() {
    for subject in Subject::all() {
        expect_sound(&schema(subject, &Offers::general()));
    }
}

/// Holds the default and the examples of every part of a schema against it.
fn expect_sound(schema: &Value) {
    let examples = schema["examples"].as_array().into_iter().flatten();
    for value in schema.get("default").into_iter().chain(examples) {
        assert!(jsonschema::is_valid(schema, value), "{value} is not what is asked for by {schema}");
    }
    let named = ["properties", "$defs"].into_iter().filter_map(|key| schema[key].as_object());
    let parts = named.flat_map(serde_json::Map::values);
    let choices = schema["anyOf"].as_array().into_iter().flatten();
    parts.chain(choices).chain(schema.get("items")).for_each(expect_sound);
}

#[test]
fn the_starter_fits_its_own_schemas_and_the_general_ones() {
    let workspace = load(repository());
    for offers in [Offers::general(), Offers::of(&workspace.catalog)] {
        let validators = Validators::new(&offers);
        for entry in &workspace.catalog.entries {
            let front = front_matter(&entry.source.text).expect("front matter");
            let front = json_of(front, entry.syntax).unwrap_or_else(|error| panic!("{}: {error}", entry.id));
            assert_eq!(validators.flaws(entry.kind, &front), [""; 0], "{}", entry.id);
        }
        let config = json_of(&workspace.catalog.config.source.text, Syntax::Toml).expect("valid TOML");
        assert!(validator(Subject::Config, &offers).is_valid(&config));
    }
}

#[test]
fn what_the_check_takes_the_schema_takes_and_what_it_refuses_it_refuses() {
    let mut found = Verdicts::default();
    for (name, handbook) in cases::handbooks().chain([("broken".to_owned(), broken())]) {
        let mut workspace = load(&handbook.path(""));
        let report = workspace.report(Strictness::Normal);
        let offers = Offers::of(&workspace.catalog);
        let validators = Validators::new(&offers);
        for entry in &workspace.catalog.entries {
            let Some(head) = front_matter(&entry.source.text).filter(|_| entry.body.start > FENCE) else { continue };
            let mut problems = problems_in(&report, entry.source.id, head.len() + FENCE);
            // Of a page a schema takes every key, and cannot know a slip.
            problems.retain(|problem| entry.kind != Kind::Page || problem.rule != Rule::UnknownKey);
            let flaws = json_of(head, entry.syntax).map(|front| validators.flaws(entry.kind, &front));
            found.compare(&format!("{name}: {}", entry.id), &problems, flaws);
        }
        let config = &workspace.catalog.config.source;
        let problems = problems_in(&report, config.id, config.text.len());
        let settings = json_of(&config.text, Syntax::Toml);
        let flaws = settings.map(|settings| flaws_of(&validator(Subject::Config, &offers), &settings));
        found.compare(&format!("{name}: handbook.toml"), &problems, flaws);
    }
    assert!(found.wrong.is_empty(), "{}", found.wrong.join("\n"));
    assert!(found.taken > 300 && found.refused > 50, "{} taken, {} refused", found.taken, found.refused);
}

/// The handbook with every mistake in it.
fn broken() -> Handbook {
    let handbook = Handbook::new();
    for (path, bytes) in files_below(&repository().join("tests/handbooks/broken")) {
        handbook.file(&path, bytes);
    }
    handbook
}

/// The problems in the first bytes of a file.
fn problems_in(report: &[Diagnostic], source: SourceId, bytes: usize) -> Vec<&Diagnostic> {
    let is_there = |problem: &&Diagnostic| problem.span.source == source && (problem.span.start as usize) < bytes;
    report.iter().filter(is_there).collect()
}

#[derive(Default)]
struct Verdicts {
    taken: usize,
    refused: usize,
    wrong: Vec<String>,
}

impl Verdicts {
    /// Compares what the check says of a file with the flaws that its schema finds; a file that no other tool can parse
    /// has no schema.
    fn compare(&mut self, place: &str, problems: &[&Diagnostic], flaws: Result<Vec<String>, String>) {
        let is_refused = problems.iter().any(|problem| SEEN.contains(&problem.rule));
        let is_taken = !problems.iter().any(|problem| problem.severity == Severity::Error);
        let flaws = match flaws {
            Ok(flaws) => flaws,
            Err(error) if is_taken => return self.wrong.push(format!("{place} cannot be parsed: {error}")),
            Err(_) => return,
        };
        if problems.iter().any(|problem| problem.rule == Rule::FrontMatterSyntax) {
            return;
        }
        self.refused += usize::from(is_refused);
        self.taken += usize::from(is_taken);
        let is_known = |known: &[&str]| known.contains(&place);
        if is_refused && flaws.is_empty() != is_known(UNSEEN) {
            let messages: Vec<&str> = problems.iter().map(|problem| problem.message.as_str()).collect();
            self.wrong.push(format!("{place}: the check says {messages:?}, the schema {flaws:?}"));
        }
        if is_taken && !is_refused && flaws.is_empty() == is_known(NARROWER) {
            self.wrong.push(format!("{place}: the schema says {flaws:?}"));
        }
    }
}

/// What a schema says of one field of a prompt, in a handbook that has some context.
fn takes(field: &str, value: &Value) -> bool {
    let handbook = Handbook::new();
    handbook.entry("context/brand-voice", "[values]\ntones = [\"plain\"]", "Text.");
    handbook.entry("context/personas/cfo", "aliases = [\"context/old/boss\"]", "Text.");
    handbook.entry("people/mara-lind", "", "Text.");
    let offers = Offers::of(&load(&handbook.path("")).catalog);
    validator(Subject::Kind(Kind::Prompt), &offers).is_valid(&json!({ field: value }))
}

#[test]
fn a_reference_is_written_in_every_way_that_finds_its_entry() {
    for written in ["brand-voice", "context/brand-voice", "personas/cfo", "cfo", "old/boss", "context/old/boss"] {
        assert!(takes("context", &json!([written])), "{written}");
        assert!(takes("context", &json!([{ "module": written }])), "{written}");
    }
    for written in ["brand-voise", "voice", "context", "people/mara-lind", "context/brand-voice/tones", "boss"] {
        assert!(!takes("context", &json!([written])), "{written}");
    }
    for written in ["brand-voice/tones", "context/brand-voice/tones"] {
        assert!(takes("variables", &json!([{ "name": "tone", "options_from": written }])), "{written}");
    }
    assert!(!takes("variables", &json!([{ "name": "tone", "options_from": "brand-voice/tunes" }])));
    assert!(takes("related", &json!(["context/brand-voice"])) && !takes("related", &json!(["context/brand-voise"])));
}

#[test]
fn a_person_may_be_anybody_and_what_waits_to_be_filled_in_is_absent() {
    for (field, value) in [
        ("owner", json!("Somebody New")),
        ("owner", json!(null)),
        ("version", json!(1.10)),
        ("status", json!("")),
        ("created", json!(null)),
        ("replaced_by", json!("")),
        ("adapted_from", json!("https://a.example/ä")),
    ] {
        assert!(takes(field, &value), "{field}: {value}");
    }
    for (field, value) in
        [("owner", json!(["mara-lind"])), ("status", json!(" ")), ("adapted_from", json!("javascript:1"))]
    {
        assert!(!takes(field, &value), "{field}: {value}");
    }
}

/// What other tools say with the keys by which the reader takes an entry for a draft, or for none: as it is understood, and
/// as it is not.
fn said_of(how: Drafts) -> (Vec<String>, Vec<String>) {
    let owned = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    match how {
        Drafts::Where(_) => (owned(&["true", "false"]), owned(&["\"maybe\"", "[]"])),
        Drafts::OnlyWhere(truth) => (vec![truth.to_string()], vec![(!truth).to_string(), "\"some/where\"".to_owned()]),
        Drafts::InTable(keys) => {
            let table = |key: &&str, value: &str| format!("{{ {key} = \"{value}\" }}");
            let said = LESS.iter().chain(&["never"]).flat_map(|word| keys.iter().map(move |key| table(key, word)));
            (said.collect(), vec![table(&keys[0], "always"), "true".to_owned()])
        }
    }
}

#[test]
fn what_keeps_an_entry_back_elsewhere_is_taken_by_the_check_and_the_schema_of_every_kind() {
    let handbook = Handbook::new();
    let mut asked = Vec::new();
    for (kind, (key, how)) in Kind::ALL.iter().flat_map(|kind| DRAFTS.iter().map(move |key| (*kind, *key))) {
        let (understood, other) = said_of(how);
        // What other tools' keys say on a page beside it is their business.
        let other = other.into_iter().filter(|_| kind != Kind::Page).map(|value| (value, false));
        for (value, is_taken) in understood.into_iter().map(|value| (value, true)).chain(other) {
            let id = format!("{}/e{}", kind.folder(), asked.len());
            let id = id.trim_start_matches('/').to_owned();
            handbook.entry(&id, &format!("{key} = {value}"), "Text.");
            asked.push((kind, id, format!("{key} = {value}"), is_taken));
        }
    }
    let mut workspace = load(&handbook.path(""));
    let report = workspace.report(Strictness::Normal);
    let validators = Validators::new(&Offers::of(&workspace.catalog));
    for (kind, id, line, is_taken) in asked {
        let entry = workspace.catalog.entries.iter().find(|entry| entry.id.as_str() == id).expect("an entry");
        let of_key = |problem: &&Diagnostic| problem.span.source == entry.source.id && problem.rule == Rule::UnknownKey;
        assert_eq!(report.iter().find(of_key).is_none(), is_taken, "the check of {kind:?}: {line}");
        let plain = json!({ "title": "x" });
        let said = json_of(&format!("title = \"x\"\n{line}"), Syntax::Toml).expect("TOML");
        let is_like_plain = validators.flaws(kind, &said) == validators.flaws(kind, &plain);
        assert_eq!(is_like_plain, is_taken, "the schema of {kind:?}: {line}");
    }
}

#[test]
fn only_the_short_form_of_an_id_is_offered() {
    let handbook = Handbook::new();
    handbook.entry("context/personas/cfo", "authors = [\"Mara Lind\"]", "Text.");
    let text = handbook.run(&["schema", "prompt"]).expect_code(0).stdout;
    let schema: Value = serde_json::from_str(&text).expect("JSON");
    let modules = &schema["$defs"]["ids-of-context"]["anyOf"];
    assert_eq!(modules[0], json!({ "enum": ["personas/cfo"] }));
    assert_eq!(modules[1]["not"]["not"], json!({ "enum": ["cfo", "context/personas/cfo"] }));
    assert_eq!(schema["$defs"]["names-of-people"], json!({ "enum": ["Mara Lind"] }));
}

#[test]
fn the_command_knows_every_subject_by_name() {
    let handbook = Handbook::new();
    handbook.entry("context/voice", "", "Text.");
    for subject in Subject::all().map(Subject::name).chain(["handbook.toml", "config"]) {
        let text = handbook.run(&["schema", subject, "--general"]).expect_code(0).stdout;
        let schema: Value = serde_json::from_str(&text).expect("JSON");
        assert!(schema["title"].is_string() && !text.contains("ids-of"), "{subject}");
    }
    let all = handbook.run(&["schema"]).expect_code(0).stdout;
    assert!(all.contains("ids-of-context"), "{all}");
    let failed = handbook.run(&["schema", "promt"]).expect_code(2).stderr;
    assert!(failed.contains("did you mean `prompt`?"), "{failed}");
}

/// What taplo says of a `handbook.toml` whose first line names the schema; nothing where it is fine.
fn taplo(handbook: &Handbook, settings: &str) -> Option<String> {
    let script = repository().join(".tools/taplo/node_modules/@taplo/cli/dist/cli.js");
    if !script.is_file() {
        skip("taplo is not installed");
        return None;
    }
    let schema = handbook.run(&["schema", "handbook.toml"]).expect_code(0).stdout;
    handbook.file("schema.json", schema);
    handbook.file("handbook.toml", format!("#:schema ./schema.json\n{settings}"));
    let mut command = Command::new("node");
    command.arg(script).args(["lint", "--colors", "never", "handbook.toml"]).current_dir(handbook.path(""));
    let output = command.output().expect("node starts");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.success(), !said.contains("error:"), "{said}");
    Some(said)
}

#[test]
fn taplo_reads_the_schema_of_the_settings() {
    let handbook = Handbook::new();
    let settings = std::fs::read_to_string(repository().join("handbook.toml")).expect("the config");
    let Some(said) = taplo(&handbook, &settings) else { return };
    assert!(!said.contains("error:"), "{said}");
    for (wrong, expected) in [
        ("title = 5\n", "5 is not of type \"string\""),
        ("title = \"T\"\nteam_size = \"5\"\n", "\"5\" is not of type \"integer\""),
        ("title = \"T\"\ntitel = \"T\"\n", "'titel' was unexpected"),
        ("title = \"T\"\n[rules]\noverdue-review = \"eror\"\n", "\"eror\" is not one of"),
        ("language = \"en\"\n", "\"title\" is a required property"),
    ] {
        let said = taplo(&handbook, wrong).unwrap_or_default();
        assert!(said.contains(expected), "{wrong}{said}");
    }
}
