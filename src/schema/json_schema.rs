//! JSON Schemas of front matter and of `handbook.toml`, in draft 2020-12.
//!
//! The field and not the notation tells what a value is, so a schema of entries holds for TOML and for YAML: of what an
//! editor or a program makes of either, it takes whatever the handbook would. A date is a text in JSON, with quotes or
//! without; YAML makes a number of `version: 1.10`, so every text may be one; a key without a value waits to be filled in
//! and counts as absent. What the handbook takes and nobody has to write is left out, because a schema that takes everything
//! offers nothing and finds nothing: a number or a day in quotes of the wrong notation is for `handbook check`, and so are `yes` and
//! `on` for true, which only the oldest YAML has.
//!
//! What is tried with editors: the meanings of a closed list stand in `enumDescriptions`, which the servers for YAML and
//! JSON show beside each word; what may also be written and should not be offered stands in a `not`, into which they
//! do not look.

use std::cell::RefCell;
use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::Offers;
use super::offers::Ids;
use crate::config::{FILE_NAME, Written};
use crate::content::{Common, Kind, kinds};
use crate::diagnostics::{RULES, Rule, Severity};
use crate::fields::{
    DRAFTS, Data, Drafts, FieldSpec, Guard, LESS, Need, Node, Part, Record, Shape, Strength, TableSpec, Target, Terms,
    Unknown, declared, doc_text,
};
use crate::text::words::capitalised;

/// What a schema describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// The front matter of entries of one kind.
    Kind(Kind),
    /// That of any entry: a schema for each kind, of which one must fit.
    Entry,
    /// `handbook.toml`.
    Config,
}

impl Subject {
    /// Every subject.
    pub fn all() -> impl Iterator<Item = Self> {
        Kind::ALL.iter().copied().map(Self::Kind).chain([Self::Entry, Self::Config])
    }

    /// Its name in commands and addresses.
    pub fn name(self) -> &'static str {
        match self {
            Self::Kind(kind) => kind.word(),
            Self::Entry => "entry",
            Self::Config => "handbook",
        }
    }

    /// The subject of a name; the config has three.
    pub fn named(name: &str) -> Option<Self> {
        if [FILE_NAME, "config"].contains(&name) {
            return Some(Self::Config);
        }
        Self::all().find(|subject| subject.name() == name)
    }
}

/// The schema of a subject, with what a handbook offers. Every part of it stands in the order of the declarations.
pub fn of(subject: Subject, offers: &Offers) -> Map<String, Value> {
    let notation = if subject == Subject::Config { Notation::Toml } else { Notation::Any };
    let builder = Builder::new(offers, notation);
    let described = match subject {
        Subject::Kind(kind) => builder.kind(kind),
        Subject::Entry => builder.any_kind(),
        Subject::Config => builder.config(),
    };
    let mut schema = object(json!({ "$schema": "https://json-schema.org/draft/2020-12/schema" }));
    schema.extend(described);
    builder.define(&mut schema);
    schema
}

/// The rules whose severity may be set, each with what it is about.
fn of_rules() -> Map<String, Value> {
    let severities = [Severity::Error, Severity::Warning, Severity::Hint].map(Severity::word);
    let words: Vec<&str> = severities.into_iter().chain(["off"]).collect();
    let one = |rule: Rule| {
        let doc = rule.doc();
        json!({
            "description": doc.split("\n\n").next().unwrap_or_default().replace('\n', " "),
            "enum": words,
            "default": rule.severity().word(),
        })
    };
    let rules = RULES.iter().filter(|rule| !rule.is_fixed()).map(|rule| (rule.name().to_owned(), one(*rule)));
    object(json!({ "properties": rules.collect::<Map<_, _>>(), "additionalProperties": false }))
}

/// The facets that every handbook has, and what others can be called.
fn of_facets(list: &Map<String, Value>) -> Map<String, Value> {
    let known = crate::config::FACETS.map(|name| (name.to_owned(), Value::Object(list.clone())));
    object(json!({
        "properties": known.into_iter().collect::<Map<_, _>>(),
        "patternProperties": { "^[a-z][a-z0-9_]*$": list },
        "additionalProperties": false,
    }))
}

/// How a file may be written, which says how narrow its schema can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Notation {
    /// In TOML, where nothing is guessed.
    Toml,
    /// In TOML or YAML.
    Any,
}

/// The keys of other tools that are read, or say whether an entry is a draft: an editor takes them, strikes them through and
/// does not offer them.
fn foreign(kind: Kind, own: &[&str]) -> impl Iterator<Item = (&'static str, Value)> {
    let told = |spec: &'static FieldSpec| spec.also.iter().map(|name| (*name, format!("Read as `{}`.", spec.key)));
    let more = kind.spec().also.iter().map(|(name, field)| (*name, format!("Read as `{field}`.")));
    let read =
        Common::TABLE.fields.iter().flat_map(told).chain(more).map(|(name, meaning)| (name, meaning, Map::new()));
    let all: Vec<_> = read.chain(drafts(kind)).filter(|(name, ..)| !own.contains(name)).collect();
    all.into_iter().map(|(name, meaning, value)| {
        let mut said = object(json!({ "description": meaning, "deprecated": true }));
        said.extend(value);
        (name, Value::Object(said))
    })
}

/// The keys that may say that an entry is a draft. Where other tools' keys may stand, they say anything else as well.
fn drafts(kind: Kind) -> impl Iterator<Item = (&'static str, String, Map<String, Value>)> {
    let is_open = kind.spec().unknown == Unknown::Foreign;
    let known = DRAFTS.iter().filter(move |(_, how)| !is_open || matches!(how, Drafts::Where(_)));
    known.map(move |(name, how)| {
        let value = if is_open { Map::new() } else { saying_draft(how) };
        (*name, "Read as `status`.".to_owned(), value)
    })
}

/// What such a key may say.
fn saying_draft(how: &Drafts) -> Map<String, Value> {
    match how {
        Drafts::Where(_) => object(json!({ "type": "boolean" })),
        Drafts::OnlyWhere(truth) => object(json!({ "const": truth })),
        Drafts::InTable(keys) => {
            let words: Vec<Value> =
                LESS.iter().chain(&["never"]).map(|word| json!(word)).chain([json!(false)]).collect();
            let says = |key: &&str| object(json!({ "properties": { *key: { "enum": words } }, "required": [*key] }));
            let mut table = object(json!({ "type": "object" }));
            table.extend(any_of(keys.iter().map(says)));
            table
        }
    }
}

struct Builder<'o> {
    offers: &'o Offers,
    notation: Notation,
    /// What references can name, by the name that they use for it.
    definitions: RefCell<BTreeMap<String, Value>>,
}

impl<'o> Builder<'o> {
    fn new(offers: &'o Offers, notation: Notation) -> Self {
        Self { offers, notation, definitions: RefCell::default() }
    }

    /// Adds the definitions that were used to a schema.
    fn define(self, schema: &mut Map<String, Value>) {
        let definitions = self.definitions.into_inner();
        if !definitions.is_empty() {
            let all = schema.entry("$defs").or_insert_with(|| json!({}));
            all.as_object_mut().expect("definitions stand in a table").extend(definitions);
        }
    }

    fn any_kind(&self) -> Map<String, Value> {
        let of_each = Kind::ALL.iter().map(|kind| (kind.word().to_owned(), Value::Object(self.kind(*kind))));
        let refs = Kind::ALL.iter().map(|kind| json!({ "$ref": format!("#/$defs/{}", kind.word()) }));
        object(json!({
            "title": "Front matter of an entry",
            "description": "The folder of an entry decides its kind, and so which of these holds.",
            "anyOf": refs.collect::<Vec<_>>(),
            "$defs": of_each.collect::<Map<_, _>>(),
        }))
    }

    fn kind(&self, kind: Kind) -> Map<String, Value> {
        let own = kinds::table_of(kind).fields;
        let mut schema = self.table(Common::TABLE.fields.iter().chain(own));
        for (name, terms) in &self.offers.facets {
            // One that the config wrongly gives the name of a field is none.
            properties(&mut schema).entry(name).or_insert_with(|| json!(self.facet(name, terms.as_deref())));
        }
        let names = own.iter().map(|spec| spec.key).collect::<Vec<_>>();
        for (name, said) in foreign(kind, &names) {
            properties(&mut schema).entry(name).or_insert_with(|| said);
        }
        if kind.spec().unknown == Unknown::Foreign {
            // What may be a slip of ours among the keys of other tools is reported by the check alone.
            schema.insert("additionalProperties".to_owned(), json!(true));
        }
        titled(&format!("Front matter of {}", kind.spec().one), kind.spec().about, schema)
    }

    fn config(&self) -> Map<String, Value> {
        let mut schema = self.table(Written::TABLE.fields);
        let facets = of_facets(&self.list(&Shape::Text));
        for (key, narrowed) in [("rules", of_rules()), ("facets", facets)] {
            if let Some(Value::Object(field)) = properties(&mut schema).get_mut(key) {
                field.extend(narrowed);
            }
        }
        titled(FILE_NAME, "The settings of a handbook.", schema)
    }

    fn table<'f>(&self, fields: impl IntoIterator<Item = &'f FieldSpec>) -> Map<String, Value> {
        let (mut all, mut required) = (Map::new(), Vec::new());
        for spec in fields {
            all.insert(spec.key.to_owned(), Value::Object(self.field(spec)));
            if matches!(spec.need, Need::Required(_)) {
                required.push(spec.key);
            }
        }
        let mut schema = object(json!({ "type": "object", "properties": all }));
        if !required.is_empty() {
            schema.insert("required".to_owned(), json!(required));
        }
        schema.insert("additionalProperties".to_owned(), json!(false));
        schema
    }

    fn nested(&self, table: &TableSpec) -> Map<String, Value> {
        let mut schema = object(json!({ "title": capitalised(table.noun) }));
        schema.extend(self.table(table.fields));
        schema
    }

    fn field(&self, spec: &FieldSpec) -> Map<String, Value> {
        let shape = self.or_absent(spec.need, self.value_of(spec));
        let mut schema = titled(&capitalised(&spec.key.replace('_', " ")), &spec.meaning(), shape);
        limit(&mut schema, &spec.shape, spec);
        if matches!(spec.need, Need::Required(_)) {
            let least = if matches!(spec.shape, Shape::List(_)) { "minItems" } else { "minLength" };
            schema.insert(least.to_owned(), json!(1));
        }
        if let Some(default) = self.default_of(spec) {
            schema.insert("default".to_owned(), default);
        }
        let example = spec.example.filter(|written| *written != "…");
        if let Some(example) = example.map(|written| value(&declared(&spec.shape, written))) {
            schema.insert("examples".to_owned(), json!([example]));
        }
        schema
    }

    fn default_of(&self, spec: &FieldSpec) -> Option<Value> {
        if self.is_audience(spec) {
            return self.offers.audience.as_ref().map(|name| json!(name));
        }
        spec.default.map(|written| value(&declared(&spec.shape, written)))
    }

    /// Whether it is the field that names one of the config's audiences.
    fn is_audience(&self, spec: &FieldSpec) -> bool {
        self.notation == Notation::Any && spec.guards == Some(Guard::Audience)
    }

    fn value_of(&self, spec: &FieldSpec) -> Map<String, Value> {
        if self.is_audience(spec) && !self.offers.audiences.is_empty() {
            return object(json!({ "enum": self.offers.audiences }));
        }
        self.shape(&spec.shape)
    }

    fn shape(&self, shape: &Shape) -> Map<String, Value> {
        match shape {
            Shape::Text | Shape::Long => self.text(),
            Shape::Whole => object(json!({ "type": "integer", "minimum": u32::MIN, "maximum": u32::MAX })),
            Shape::YesNo => object(json!({ "type": "boolean" })),
            Shape::Day => object(json!({ "type": "string", "format": "date" })),
            Shape::Address => address(),
            Shape::Reference(target) => self.reference(target),
            Shape::Term(terms) => term(terms),
            Shape::Scalar => object(json!({
                "type": ["string", "number", "boolean", "array"],
                "items": { "type": ["string", "number"] },
            })),
            Shape::List(item) => self.list(item),
            Shape::Table(table) => self.nested(table),
            Shape::Map(item) => object(json!({ "type": "object", "additionalProperties": self.shape(item) })),
            Shape::Either(shapes) => any_of(shapes.iter().map(|shape| self.shape(shape))),
        }
    }

    fn text(&self) -> Map<String, Value> {
        match self.notation {
            Notation::Toml => object(json!({ "type": "string" })),
            Notation::Any => object(json!({ "type": ["string", "number"] })),
        }
    }

    fn list(&self, item: &Shape) -> Map<String, Value> {
        object(json!({ "type": "array", "items": self.shape(item) }))
    }

    /// A facet of the config. One without terms, as they come with every handbook, takes nothing yet.
    fn facet(&self, name: &str, terms: Option<&[String]>) -> Map<String, Value> {
        let list = match terms {
            None => self.list(&Shape::Text),
            Some([]) => object(json!({ "type": "array", "maxItems": 0 })),
            Some(terms) => object(json!({ "type": "array", "items": { "enum": terms } })),
        };
        let description = format!("Terms of the facet `{name}`, a closed list in `{FILE_NAME}`.");
        titled(&capitalised(&name.replace('_', " ")), &description, self.or_absent(Need::Optional, list))
    }

    /// Where something is offered, what can be named; any text elsewhere.
    fn reference(&self, target: &Target) -> Map<String, Value> {
        let Some((name, known)) = self.nameable(target) else { return self.text() };
        self.definitions.borrow_mut().entry(name.clone()).or_insert_with(|| json!(known));
        let defined = object(json!({ "$ref": format!("#/$defs/{name}") }));
        if target.strength == Strength::Name { any_of([defined, self.text()]) } else { defined }
    }

    /// What the handbook offers for a reference, with a name for it.
    fn nameable(&self, target: &Target) -> Option<(String, Map<String, Value>)> {
        let folder = target.folder.unwrap_or("entries");
        match (target.part, target.strength) {
            (Part::List, _) => Some((format!("lists-of-{folder}"), called(self.offers.lists()?))),
            (Part::Whole, Strength::Entry) => {
                Some((format!("ids-of-{folder}"), called(self.offers.ids(target.folder)?)))
            }
            (Part::Whole, Strength::Name) => {
                let names = self.offers.names(folder);
                let known = object(json!({ "enum": names }));
                (!names.is_empty()).then(|| (format!("names-of-{folder}"), known))
            }
        }
    }

    /// The same, or nothing yet where the field may be absent: in YAML a key without a value, and in both an empty text
    /// where a word, an id or an address belongs.
    fn or_absent(&self, need: Need, mut schema: Map<String, Value>) -> Map<String, Value> {
        if matches!(need, Need::Required(_)) {
            return schema;
        }
        if let Some(Value::Array(choices)) = schema.get_mut("anyOf") {
            choices.push(json!(absent()));
            return schema;
        }
        let is_pattern = schema.contains_key("pattern");
        match schema.get_mut("type") {
            Some(sorts) if !is_pattern => self.or_null(sorts),
            _ => return any_of([schema, absent()]),
        }
        schema
    }

    fn or_null(&self, sorts: &mut Value) {
        let null = json!("null");
        match (self.notation, sorts) {
            (Notation::Toml, _) => {}
            (Notation::Any, Value::Array(sorts)) => sorts.push(null),
            (Notation::Any, sort) => *sort = Value::Array(vec![sort.take(), null]),
        }
    }
}

/// What entries or lists can be called: the other ways are taken and not offered.
fn called(ids: &Ids) -> Map<String, Value> {
    let offered = object(json!({ "enum": ids.offered }));
    let others: Vec<&str> = ids.others().collect();
    if others.is_empty() {
        return offered;
    }
    any_of([offered, object(json!({ "not": { "not": { "enum": others } } }))])
}

/// A word of a closed list, each with its meaning.
fn term(terms: &Terms) -> Map<String, Value> {
    let meanings: Vec<String> = terms.words.iter().map(|(_, doc)| doc_text(doc)).collect();
    object(json!({ "enum": terms.names(), "enumDescriptions": meanings }))
}

/// An address with one of the schemes that may be published. Letters of any script can stand in it, so it is no URI.
fn address() -> Map<String, Value> {
    object(json!({ "type": "string", "format": "iri", "pattern": "^(https?|mailto|tel):" }))
}

/// A key without a value or with an empty text. It says what it is not, so that no editor offers it.
fn absent() -> Map<String, Value> {
    object(json!({ "not": { "type": ["number", "boolean", "array", "object"] }, "maxLength": 0 }))
}

fn any_of(choices: impl IntoIterator<Item = Map<String, Value>>) -> Map<String, Value> {
    object(json!({ "anyOf": choices.into_iter().collect::<Vec<_>>() }))
}

/// How many items and characters a value of a field may have: its own, and those of what is in its list or map.
fn limit(schema: &mut Map<String, Value>, shape: &Shape, spec: &FieldSpec) {
    let (most, inner) = match shape {
        Shape::List(item) => ("maxItems", Some(("items", item))),
        Shape::Map(item) => ("maxProperties", Some(("additionalProperties", item))),
        _ => ("maxItems", None),
    };
    if spec.most_items != usize::MAX && inner.is_some() {
        schema.insert(most.to_owned(), json!(spec.most_items));
    }
    if let Some((key, item)) = inner
        && let Some(Value::Object(within)) = schema.get_mut(key)
    {
        limit(within, item, spec);
    } else if spec.most_characters != usize::MAX {
        schema.insert("maxLength".to_owned(), json!(spec.most_characters));
    }
}

/// A schema behind what people read of it.
fn titled(title: &str, description: &str, schema: Map<String, Value>) -> Map<String, Value> {
    let mut titled = object(json!({ "title": title, "description": description }));
    titled.extend(schema);
    titled
}

fn properties(schema: &mut Map<String, Value>) -> &mut Map<String, Value> {
    schema.get_mut("properties").and_then(Value::as_object_mut).expect("a table has properties")
}

/// A declared value in JSON.
fn value(node: &Node<'_>) -> Value {
    match &node.data {
        Data::Text(text) | Data::Bare(text) | Data::Moment(text) => json!(text),
        Data::Whole(number) | Data::Decimal(number) => number.parse().map_or(Value::Null, Value::Number),
        Data::Truth(truth) => json!(truth),
        Data::Nothing | Data::Broken => Value::Null,
        Data::List(items) => items.iter().map(value).collect(),
        Data::Table(table) => table.iter().map(|(key, _, node)| (key.to_owned(), value(node))).collect(),
    }
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}
