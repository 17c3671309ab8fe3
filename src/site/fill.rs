//! What the page's script needs to put values and context into a prompt, so that it only joins: the grammar is in
//! [`content::template`](crate::content::template), the rules are those of [`assemble`](crate::handbook::assemble).
//!
//! The texts of modules are not in it: see [`context_data`](super::context_data).
//!
//! The form is filled in by `themes/default/bench/20-join.js`, which is the twin of
//! [`assemble`](crate::handbook::assemble): both put the same text together from the same inputs, and
//! `tests/filling.rs` compares them. So a rule about values or context is decided in Rust, once, and comes as data;
//! what the script must do itself is kept so small that two languages cannot differ.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Serialize;

use crate::content::kinds::Variable;
use crate::content::limits::OFFERED;
use crate::content::template::Segment;
use crate::content::{Fields, Kind, Status};
use crate::handbook::{Handbook, Ix, Listed, ListedItem};
use crate::site::Site;
use crate::site::caches::Group;
use crate::site::parts::has_place_for_context;
use crate::text::html::{in_single_quotes, push_attribute};

/// A prompt or project as data. The names of fields are read by the script.
#[derive(Serialize)]
struct Fill<'f> {
    /// For each message its pieces.
    messages: Vec<Vec<Piece<'f>>>,
    /// The blanks, in the order of the form.
    variables: Vec<Blank<'f>>,
    /// The context that is listed, in order.
    context: Vec<Item<'f>>,
    /// Whether the text has a place for context that no tag of its own places; without one it stands before.
    places: bool,
}

/// A piece of the text; the script tells them apart by their keys. Context is named by its places in the list: the
/// first that is not left out is meant.
#[derive(Serialize)]
#[serde(untagged)]
enum Piece<'f> {
    /// Text as it is.
    Text(&'f str),
    Value {
        value: &'f str,
    },
    Rest {
        rest: bool,
    },
    Context {
        context: Vec<usize>,
    },
    If {
        #[serde(rename = "if")]
        name: &'f str,
        then: Vec<Piece<'f>>,
        #[serde(rename = "else", skip_serializing_if = "Vec::is_empty")]
        otherwise: Vec<Piece<'f>>,
    },
}

/// A blank: what the script needs to judge a value, and to name it when it is missing.
#[derive(Serialize)]
struct Blank<'f> {
    name: &'f str,
    label: String,
    #[serde(rename = "type")]
    kind: &'static str,
    required: bool,
    #[serde(skip_serializing_if = "str::is_empty")]
    default: &'f str,
}

/// An item of the context that is listed.
#[derive(Serialize)]
struct Item<'f> {
    #[serde(skip_serializing_if = "Option::is_none")]
    slot: Option<&'f str>,
    /// The module's id; of a slot, the one that fills it unless the reader picks another.
    #[serde(skip_serializing_if = "Option::is_none")]
    module: Option<&'f str>,
    /// What it is called: the module's title; of one that is not in this handbook, the reference as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    /// The version of the module's script.
    #[serde(skip_serializing_if = "Option::is_none")]
    script: Option<&'f str>,
    required: bool,
    /// Whether a tag of its own places it.
    placed: bool,
}

/// The data of an entry that has a text to send, as JSON that can stand in an attribute between single quotes, which
/// JSON seldom has.
pub(super) fn json(site: &Site, ix: Ix) -> String {
    let entry = site.handbook.entry(ix);
    let from = From { site, listed: Listed::of(&site.handbook, ix) };
    let fill = Fill {
        messages: entry.messages.iter().map(|message| from.pieces(&message.template.segments)).collect(),
        variables: entry.fields.variables().iter().map(|variable| blank(variable)).collect(),
        context: from.listed.items.iter().map(|item| from.item(item)).collect(),
        places: has_place_for_context(entry),
    };
    let json = serde_json::to_string(&fill).expect("texts and numbers are always JSON");
    in_single_quotes(&json)
}

/// A variable as the script sees it. What the form shows of it (help, options) is in the page already.
fn blank(variable: &Variable) -> Blank<'_> {
    Blank {
        name: variable.name(),
        label: variable.label(),
        kind: variable.variable_type().word(),
        required: variable.is_required(),
        default: variable.default_value(),
    }
}

/// Where the data is taken from.
struct From<'s> {
    site: &'s Site,
    listed: Listed<'s>,
}

impl<'s> From<'s> {
    /// The pieces of a part of a text, as deep as its conditions.
    fn pieces(&self, segments: &'s [Segment]) -> Vec<Piece<'s>> {
        segments.iter().map(|segment| self.piece(segment)).collect()
    }

    /// One piece. What a tag means is settled here, so that the script never resolves a name.
    fn piece(&self, segment: &'s Segment) -> Piece<'s> {
        match segment {
            Segment::Text(text) => Piece::Text(text),
            Segment::Variable(name) => Piece::Value { value: name },
            Segment::Context => Piece::Rest { rest: true },
            Segment::Module(name) => Piece::Context { context: self.up_to_required(self.listed.named(name)) },
            Segment::Slot(name) => Piece::Context { context: self.up_to_required(self.listed.slots(name)) },
            Segment::If { name, then, otherwise } => {
                Piece::If { name, then: self.pieces(then), otherwise: self.pieces(otherwise) }
            }
        }
    }

    /// The places that can be meant: of each module the first, up to one that nobody can leave out. What comes after
    /// that can never be the first that is there.
    fn up_to_required(&self, places: &[usize]) -> Vec<usize> {
        let items = &self.listed.items;
        let mut meant: Vec<usize> = Vec::new();
        for at in places {
            if items[*at].item.is_required() {
                meant.push(*at);
                break;
            }
            if meant.iter().all(|earlier| items[*earlier].module != items[*at].module) {
                meant.push(*at);
            }
        }
        meant
    }

    /// An item with what the script needs to load its module; of one that nobody may see here, only what the author
    /// wrote.
    fn item(&self, listed: &ListedItem<'s>) -> Item<'s> {
        let handbook = &self.site.handbook;
        let written = || Some(listed.written().to_owned()).filter(|written| !written.is_empty());
        Item {
            slot: listed.item.slot.as_ref().map(|slot| slot.value.as_str()),
            module: listed.module.map(|module| handbook.entry(module).id.as_str()),
            title: listed.module.map(|module| handbook.entry(module).title().to_owned()).or_else(written),
            script: listed.module.map(|module| self.site.context_version(module)),
            required: listed.item.is_required(),
            placed: listed.is_placed,
        }
    }
}

impl Site {
    /// The options of a slot, with its default chosen and the default's group, or the one that is called as the slot
    /// is, first. As HTML, since a handbook may have thousands of modules and a template would go through them for each
    /// slot.
    pub(super) fn slot_options(&self, slot: &str, default: Option<Ix>) -> String {
        let groups = self.slot_options.groups.get_or_init(|| groups(self));
        let is_first = |group: &Group| match default {
            Some(module) => group.has(module),
            None => group.label.eq_ignore_ascii_case(slot),
        };
        let (first, others): (Vec<&Group>, Vec<&Group>) = groups.iter().partition(|group| is_first(group));
        let html = offered(first.into_iter().chain(others), default);
        let Some(default) = default else { return html };
        // Replaced in finished HTML: every quote of an author is escaped there, so the attribute is found nowhere else.
        let value = value(&self.handbook, default);
        html.replacen(&value, &format!("{value} selected"), 1)
    }
}

/// As many options of some groups as a slot offers, and its default whatever it stands behind: a list without its
/// default would show another module as chosen.
fn offered<'g>(groups: impl Iterator<Item = &'g Group>, default: Option<Ix>) -> String {
    let mut left = OFFERED;
    let mut html = String::new();
    for group in groups {
        let shown = group.options.iter().enumerate().filter(|(at, (ix, _))| *at < left || Some(*ix) == default);
        let options: String = shown.map(|(_, (_, option))| option.as_str()).collect();
        left = left.saturating_sub(group.options.len());
        if !options.is_empty() {
            html.extend([&group.opening, &options, "</optgroup>\n"]);
        }
    }
    html
}

/// The modules by type, types in alphabetical order; those without a type come first.
fn groups(site: &Site) -> Vec<Group> {
    let mut by_type: BTreeMap<&str, Vec<Ix>> = BTreeMap::new();
    for (ix, entry) in site.handbook.of_kind(Kind::ContextModule) {
        let Fields::ContextModule(module) = &entry.fields else { continue };
        by_type.entry(module.module_type.as_ref().map_or("", |word| word.value.as_str())).or_default().push(ix);
    }
    by_type.into_iter().map(|(label, modules)| group(site, label, modules)).collect()
}

/// A group of options in the order of titles, as people look for them.
fn group(site: &Site, label: &str, mut modules: Vec<Ix>) -> Group {
    modules.sort_by_cached_key(|ix| crate::content::canonical(site.handbook.entry(*ix).title()));
    let mut opening = String::from("<optgroup label=\"");
    push_attribute(&mut opening, if label.is_empty() { site.word("context") } else { label });
    opening.push_str("\">\n");
    let options = modules.into_iter().map(|ix| (ix, option(site, ix))).collect();
    Group { label: label.to_owned(), opening, options }
}

/// The option of a module, with the version of its script. A deprecated one can still be chosen, and says so.
fn option(site: &Site, module: Ix) -> String {
    let entry = site.handbook.entry(module);
    let mut html = String::new();
    let _ = write!(html, "<option {} data-script=\"{}\">", value(&site.handbook, module), site.context_version(module));
    push_attribute(&mut html, entry.title());
    if entry.status() == Some(Status::Deprecated) {
        push_attribute(&mut html, &format!(" ({})", site.word("deprecated")));
    }
    html.push_str("</option>\n");
    html
}

/// The attribute by which an option is known.
fn value(handbook: &Handbook, module: Ix) -> String {
    let mut attribute = String::from("value=\"");
    push_attribute(&mut attribute, handbook.entry(module).id.as_str());
    attribute.push('"');
    attribute
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::handbook::{Inputs, assemble};
    use crate::site::Routes;
    use crate::site::fixture::site;

    const PROMPT: &str = "+++
title = \"P\"
context = [\"voice\", { module = \"facts\", required = false }, { slot = \"reader\", module = \"cfo\" }]
[[variables]]
name = \"x\"
default = \"a 'b' & <c>\"
+++
```prompt
{{context:context/voice}} {{#if x}}{{x}}{{else}}none{{/if}} \\{{y}}
```

```prompt
{{slot:reader}}
```
";
    const VOICE: &str =
        "+++\ntitle = \"Voice \\\"1\\\" & <co>\"\nversion = \"2.1\"\nincludes = [\"base\"]\n+++\nPlain <b>.\n";

    fn entries() -> Vec<(&'static str, &'static str)> {
        let plain = "+++\ntitle = \"Plain\"\ntype = \"persona\"\n+++\nText.\n";
        let modules = ["context/base", "context/facts", "context/cfo"].map(|id| (id, plain));
        [("prompts/p", PROMPT), ("context/voice", VOICE)].into_iter().chain(modules).collect()
    }

    fn data(site: &Site, id: &str) -> Value {
        let ix = site.handbook.find(id).expect("the entry");
        let json = json(site, ix);
        assert!(!json.contains(['\'', '<']), "{json}");
        let json = json.replace("&#39;", "'").replace("&lt;", "<").replace("&amp;", "&");
        serde_json::from_str(&json).expect("JSON")
    }

    #[test]
    fn pieces_say_what_they_are_made_of() {
        let site = site("", &entries());
        let data = data(&site, "prompts/p");
        let condition = json!({ "if": "x", "then": [{ "value": "x" }], "else": ["none"] });
        assert_eq!(data["messages"], json!([[{ "context": [0] }, " ", condition, " {{y}}"], [{ "context": [2] }]]));
        assert_eq!(data["places"], false);
        let default = "a 'b' & <c>";
        assert_eq!(
            data["variables"],
            json!([{ "name": "x", "label": "X", "type": "text", "required": false, "default": default }])
        );
        let placed: Vec<&Value> = (0..3).map(|at| &data["context"][at]["placed"]).collect();
        assert_eq!(placed, [true, false, true]);
        assert_eq!(data["context"][2]["slot"], "reader");
    }

    #[test]
    fn a_module_is_loaded_as_it_is_assembled() {
        for wrap in ["xml", "markdown"] {
            let site = site(&format!("[context]\nwrap = \"{wrap}\""), &entries());
            let prompt = site.handbook.find("prompts/p").expect("the prompt");
            let whole = assemble(&site.handbook, prompt, &Inputs::default()).expect("nothing is lacking").text();
            let rendered =
                Routes::of(&site).render(&site, "assets/context/voice.js").expect("a route").expect("a script");
            let crate::site::Content::Bytes(script) = rendered else { panic!("no bytes") };
            let script = String::from_utf8(script).expect("UTF-8");
            let arguments = script.strip_prefix("handbook.module(").and_then(|rest| rest.strip_suffix(");\n"));
            let call: Value = serde_json::from_str(&format!("[{}]", arguments.expect("a call"))).expect("JSON");
            assert_eq!(call[0], "context/voice");
            for part in call[1].as_array().expect("parts") {
                let text = part[1].as_str().expect("a text");
                assert!(whole.contains(text), "{text}\nis not in\n{whole}");
            }
        }
    }

    #[test]
    fn a_slot_offers_every_module_and_its_default_first() {
        let site = site("", &entries());
        let default = site.handbook.find("context/cfo");
        let options = site.slot_options("reader", default);
        assert_eq!(options.matches("<option ").count(), 4);
        assert_eq!(options.matches("value=\"context/cfo\" selected").count(), 1);
        assert!(options.starts_with("<optgroup label=\"persona\">"), "{options}");
        assert!(!site.slot_options("reader", None).contains("selected"));
    }
}
