//! An entry as a Markdown file: TOML front matter and the prompt in a fence.

use crate::content::kinds::{self, Prompt, VariableType};
use crate::content::{self, Common};
use crate::fields::{Scalar, Syntax};
use crate::import::placeholders::Variable;
use crate::text::{Span, Spanned};

/// A default longer than this wants a field of several lines.
const LONG: usize = 80;

/// An entry before it is a file.
#[derive(Default)]
pub(super) struct Records<'c> {
    /// The fields that every kind has.
    pub common: Common,
    /// The terms of each facet.
    pub facets: Vec<(&'c str, Vec<String>)>,
    /// The fields of a prompt.
    pub prompt: Prompt,
}

impl Records<'_> {
    /// The front matter with its `+++` lines.
    pub fn front_matter(&self) -> String {
        let facets = self.facets.iter().map(|(name, terms)| (*name, terms.iter().map(String::as_str).collect()));
        let facets: Vec<(&str, Vec<&str>)> = facets.collect();
        content::front_matter([&self.common, &self.prompt], &facets, Syntax::Toml)
    }
}

/// A variable as it is declared.
pub(super) fn declared(variable: &Variable) -> Spanned<kinds::Variable> {
    let text = |text: &Option<String>| text.clone().map(|text| anywhere(Scalar(text)));
    anywhere(kinds::Variable {
        name: Some(anywhere(variable.name.clone())),
        label: Some(anywhere(variable.label.clone())),
        variable_type: Some(anywhere(kind(variable))),
        default: text(&variable.default),
        example: text(&variable.example),
        ..kinds::Variable::default()
    })
}

fn anywhere<T>(value: T) -> Spanned<T> {
    Spanned::new(value, Span::default())
}

/// The body: the template in a fence that nothing in it can close.
pub(super) fn body(template: &str) -> String {
    let fence = "`".repeat((longest_run(template) + 1).max(3));
    format!("{fence}prompt\n{template}\n{fence}\n")
}

/// The variable's type: one line or several, as its default needs.
fn kind(variable: &Variable) -> VariableType {
    let long = variable.default.as_deref().is_some_and(|text| text.contains('\n') || text.chars().count() > LONG);
    if long { VariableType::Long } else { VariableType::Text }
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
            let title = Some(anywhere(text.to_owned()));
            let written = Records {
                common: Common { title, ..Common::default() },
                prompt: Prompt { variables: vec![declared(&variable(text))], ..Prompt::default() },
                ..Records::default()
            };
            let written = written.front_matter();
            let table = parsed(&written);
            assert_eq!(table["title"].as_str(), Some(text));
            assert_eq!(table["variables"][0]["default"].as_str(), Some(text));
            assert_eq!(table["variables"][0]["label"].as_str(), Some("The \"x\""));
            assert_eq!(written.lines().filter(|line| line.starts_with("+++")).count(), 2);
        }
    }

    #[test]
    fn a_default_of_several_lines_makes_a_long_variable() {
        assert_eq!(kind(&variable("short")), VariableType::Text);
        assert_eq!(kind(&variable("two\nlines")), VariableType::Long);
        assert_eq!(kind(&variable(&"x".repeat(81))), VariableType::Long);
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
