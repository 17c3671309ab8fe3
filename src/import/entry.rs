//! An entry as a Markdown file: TOML front matter and the prompt in a fence.

use std::fmt::Write as _;

use crate::fields::quoted;

use crate::import::field::Field;
use crate::import::placeholders::Variable;

/// A default longer than this wants a field of several lines.
const LONG: usize = 80;

/// A value of the front matter.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Value {
    /// A string.
    Text(String),
    /// A list of strings.
    List(Vec<String>),
    /// A day, already in the form `2026-05-04`.
    Date(String),
}

/// What an entry says about itself, in the order in which it is written.
pub(super) type Values = Vec<(Field, Value)>;

/// The front matter with its `+++` lines: first the values in their order, then a table for each variable, since in
/// TOML what follows a table's heading belongs to that table.
pub(super) fn front_matter(values: &[(Field, Value)], variables: &[Variable]) -> String {
    let mut toml = String::from("+++\n");
    for (field, value) in values {
        push(&mut toml, field.name(), &value.toml());
    }
    for variable in variables {
        toml.push_str("\n[[variables]]\n");
        push_variable(&mut toml, variable);
    }
    toml.push_str("+++\n");
    toml
}

/// The body: the template in a fence that nothing in it can close.
pub(super) fn body(template: &str) -> String {
    let fence = "`".repeat((longest_run(template) + 1).max(3));
    format!("{fence}prompt\n{template}\n{fence}\n")
}

impl Value {
    fn toml(&self) -> String {
        match self {
            Self::Text(text) => quoted(text),
            Self::List(items) => {
                format!("[{}]", items.iter().map(|item| quoted(item)).collect::<Vec<_>>().join(", "))
            }
            Self::Date(day) => day.clone(),
        }
    }
}

fn push(toml: &mut String, key: &str, value: &str) {
    // Writing to a string cannot fail.
    let _ = writeln!(toml, "{key} = {value}");
}

fn push_variable(toml: &mut String, variable: &Variable) {
    push(toml, "name", &quoted(&variable.name));
    push(toml, "label", &quoted(&variable.label));
    push(toml, "type", &quoted(kind(variable)));
    if let Some(default) = &variable.default {
        push(toml, "default", &quoted(default));
    }
    if let Some(example) = &variable.example {
        push(toml, "example", &quoted(example));
    }
}

/// The variable's type: one line or several, as its default needs.
fn kind(variable: &Variable) -> &'static str {
    let long = variable.default.as_deref().is_some_and(|text| text.contains('\n') || text.chars().count() > LONG);
    if long { "long" } else { "text" }
}

/// The longest run of backticks.
fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

    use super::*;

    fn variable(default: &str) -> Variable {
        let default = Some(default.to_owned());
        Variable { name: "x".to_owned(), label: "The \"x\"".to_owned(), default, example: None }
    }

    fn parsed(front_matter: &str) -> toml::Table {
        let inner = front_matter.strip_prefix("+++\n").and_then(|rest| rest.strip_suffix("+++\n")).expect("a value");
        inner.parse().expect("a value")
    }

    #[test]
    fn every_character_survives_the_quoting() {
        let all: String =
            (0..0x3000).chain(0xFFF0..0x10080).chain(0xE0000..0xE0100).filter_map(char::from_u32).collect();
        for text in [all.as_str(), "", "+++\n+++", "a\\u0041", "\"\"\"", "'''", "ends with \\", "👩\u{200D}💻 \u{202E}"]
        {
            let written = front_matter(&[(Field::Title, Value::Text(text.to_owned()))], &[variable(text)]);
            let table = parsed(&written);
            assert_eq!(table["title"].as_str(), Some(text));
            assert_eq!(table["variables"][0]["default"].as_str(), Some(text));
            assert_eq!(table["variables"][0]["label"].as_str(), Some("The \"x\""));
            assert_eq!(written.lines().filter(|line| line.starts_with("+++")).count(), 2);
        }
    }

    #[test]
    fn lists_and_days_have_their_types() {
        let values = [
            (Field::Authors, Value::List(vec!["a, b".to_owned(), "c".to_owned()])),
            (Field::Created, Value::Date("2026-05-04".to_owned())),
        ];
        let table = parsed(&front_matter(&values, &[]));
        assert_eq!(table["authors"].as_array().expect("a value").len(), 2);
        assert!(table["created"].as_datetime().is_some());
    }

    #[test]
    fn a_default_of_several_lines_makes_a_long_variable() {
        assert_eq!(kind(&variable("short")), "text");
        assert_eq!(kind(&variable("two\nlines")), "long");
        assert_eq!(kind(&variable(&"x".repeat(81))), "long");
    }

    #[test]
    fn nothing_in_a_prompt_closes_its_fence() {
        for template in [
            "a",
            "```js\nx\n```",
            "~~~~\n`````prompt\n~~~~",
            "``````",
            "\n  lead\n\n\ttab",
            "    ```",
            "> ```\n+++\n---",
        ] {
            assert_eq!(read_back(&body(template)), template);
        }
    }

    fn read_back(body: &str) -> String {
        let events: Vec<_> = Parser::new(body).collect();
        let Some(Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info)))) = events.first() else { panic!("{body}") };
        assert_eq!(&**info, "prompt");
        assert!(matches!(events.last(), Some(Event::End(TagEnd::CodeBlock))));
        let text: String = events
            .iter()
            .filter_map(|event| if let Event::Text(text) = event { Some(&**text) } else { None })
            .collect();
        text.strip_suffix('\n').expect("a value").to_owned()
    }
}
