//! What to do about a value of the wrong sort.

use super::shape::Shape;
use super::syntax::{Syntax, quoted};
use super::tree::{Data, Node};
use super::value;

/// The mending of a slip that has only one: what it does, and what stands there afterwards. It is what the field takes.
pub(super) fn of(value: &Node<'_>, shape: &Shape) -> Option<(String, String)> {
    let (help, replacement) = match shape {
        Shape::List(item) if item.is_text() => {
            ("a list stands in brackets, even with one item", format!("[{}]", quoted(value.as_text()?)))
        }
        Shape::Text | Shape::Long | Shape::Address | Shape::Reference(_) => text(value)?,
        Shape::Day => ("a date stands without quotes", value::day(value.as_text()?)?.to_string()),
        Shape::Whole(least, most) => {
            let number: u32 = value.as_text()?.trim().parse().ok()?;
            ("a number stands without quotes", (*least..=*most).contains(&number).then(|| number.to_string())?)
        }
        Shape::YesNo => ("true and false stand without quotes", value::truth(value.as_text()?)?.to_string()),
        _ => return None,
    };
    Some((help.to_owned(), replacement))
}

fn text(value: &Node<'_>) -> Option<(&'static str, String)> {
    match &value.data {
        Data::Whole(number) | Data::Decimal(number) => Some(("text stands in quotes", quoted(number))),
        Data::List(items) => match items.as_slice() {
            [item] => Some(("this takes one text, without brackets", quoted(item.as_text()?))),
            _ => None,
        },
        _ => None,
    }
}

/// What to do where the mending is not certain.
pub(super) fn advice(shape: &Shape, syntax: Syntax) -> Option<String> {
    let advice = match (shape, syntax) {
        (Shape::Day, Syntax::Toml) => "a date is written year, month, day, without quotes: `2026-05-04`",
        (Shape::Day, Syntax::Yaml) => "a date is written year, month, day: `2026-05-04`",
        (Shape::Whole(..), _) => "a number has digits only, without quotes: `45`",
        (Shape::YesNo, _) => "write `true` or `false`, without quotes",
        (Shape::Text | Shape::Long | Shape::Address | Shape::Reference(_), Syntax::Toml) => "text stands in quotes",
        (Shape::List(Shape::Table(_)), Syntax::Toml) => {
            "each part has a heading in two pairs of brackets, `[[…]]`, and its keys below it"
        }
        (Shape::List(Shape::Table(_)), Syntax::Yaml) => {
            "each part begins with a hyphen, and its keys stand below one another"
        }
        (Shape::List(_), Syntax::Toml) => "a list stands in brackets, each text in quotes: `[\"launch\", \"email\"]`",
        (Shape::List(_), Syntax::Yaml) => "a list stands in brackets: `[launch, email]`",
        (Shape::Map(_), Syntax::Toml) => {
            "a table has a heading in brackets, `[…]`, and a line `name = value` for each of its keys"
        }
        (Shape::Table(_), Syntax::Toml) => {
            "a table has a heading in brackets, `[…]`, or stands in braces: `{ name = \"…\" }`"
        }
        (Shape::Map(_) | Shape::Table(_), Syntax::Yaml) => {
            "its keys stand below it, each on a line of its own, behind two blanks: `name: value`"
        }
        _ => return None,
    };
    Some(advice.to_owned())
}
