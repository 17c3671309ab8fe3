//! What to do about a value of the wrong sort.

use super::asked::Asked;
use super::bare;
use super::days::any_day;
use super::quotes::without_quotes;
use super::shape::{Shape, TableSpec};
use super::spec::FieldSpec;
use super::syntax::{Syntax, quoted};
use super::tree::{Data, Node, Table};
use super::words::Single;
use super::write;
use crate::text::suggest;

/// The mending of a slip that has only one: what it does, and what stands there afterwards. It is what the field takes.
pub(super) fn of(value: &Node<'_>, shape: &Shape, asked: Asked, syntax: Syntax) -> Option<(String, String)> {
    let single = asked.single;
    let (help, replacement) = match shape {
        Shape::List(item) if item.is_text() || single == Single::Words => {
            let items: Vec<String> = single.items(value.as_text()?).into_iter().map(quoted).collect();
            let help = match items.len() {
                1 => "a list stands in brackets, even with one item",
                _ => "a list stands in brackets, each text in quotes",
            };
            (help, format!("[{}]", items.join(", ")))
        }
        Shape::List(Shape::Table(table)) if syntax == Syntax::Toml => {
            ("each part of a list has a heading in two pairs of brackets", heading(value, table, asked)?)
        }
        Shape::Text | Shape::Long | Shape::Address | Shape::Reference(_) => text(value)?,
        Shape::Day => day(value)?,
        Shape::Whole => {
            let number: u32 = value.as_text()?.trim().parse().ok()?;
            ("a number stands without quotes", number.to_string())
        }
        Shape::YesNo => ("true and false stand without quotes", bare::truth(value.as_text()?)?.to_string()),
        _ => return None,
    };
    Some((help.to_owned(), replacement))
}

fn day(value: &Node<'_>) -> Option<(&'static str, String)> {
    let written = value.as_text()?;
    if let Some(day) = bare::day(written) {
        return Some(("a date stands without quotes", day.to_string()));
    }
    let help = match value.data {
        Data::Bare(_) => "a date is written year, month, day",
        _ => "a date is written year, month, day, without quotes",
    };
    Some((help, any_day(written)?.to_string()))
}

/// The heading of a part of a list, where a part stands below the heading of a table.
fn heading(value: &Node<'_>, part: &TableSpec, asked: Asked) -> Option<String> {
    let key = asked.field?.key;
    let is_part = value.as_table()?.iter().all(|(key, ..)| part.field(key).is_some());
    let is_heading = value.span.range().len() == key.len() + "[]".len();
    (is_part && is_heading).then(|| Syntax::Toml.heading(key))
}

fn text(value: &Node<'_>) -> Option<(&'static str, String)> {
    match &value.data {
        Data::Whole(number) | Data::Decimal(number) => Some(("text stands in quotes", quoted(number))),
        Data::List(items) => match items.as_slice() {
            [item] => Some(("this takes one text, without brackets", quoted(item.as_text()?))),
            _ => None,
        },
        // The place of more keys is that of the first alone.
        Data::Table(keys) if keys.len() == 1 => {
            let (_, _, value) = keys.iter().next()?;
            Some(("this takes one text, without a key before it", quoted(value.as_text()?)))
        }
        _ => None,
    }
}

/// How a value that stands behind an unknown key is one of a field.
pub(super) enum Fit {
    /// As it stands.
    Whole,
    /// Written so.
    As(String),
}

/// Whether a value behind an unknown key can be that of a field, and hardly of another: a day, or parts with the keys of
/// its own.
pub(super) fn fit(value: &Node<'_>, shape: &Shape) -> Option<Fit> {
    match (shape, &value.data) {
        (Shape::Day, Data::Moment(_)) => Some(Fit::Whole),
        (Shape::Day, Data::Text(word) | Data::Bare(word)) => Some(Fit::As(any_day(word)?.to_string())),
        (Shape::List(Shape::Table(part)), Data::List(parts)) => {
            let is_key = |key: &str| part.field(key).is_some();
            let is_part = |keys: &Table<'_>| !keys.is_empty() && keys.iter().all(|(key, ..)| is_key(key));
            let fits = !parts.is_empty() && parts.iter().all(|item| item.as_table().is_some_and(is_part));
            fits.then_some(Fit::Whole)
        }
        _ => None,
    }
}

/// What to do where the mending is not certain: `field` is the one that the value belongs to.
pub(super) fn advice(shape: &Shape, field: Option<&FieldSpec>, syntax: Syntax) -> Option<String> {
    if let Some(written) = field.and_then(|field| as_lines(shape, field, syntax)) {
        return Some(format!("write {written}"));
    }
    let advice = match (shape, syntax) {
        (Shape::Day, Syntax::Toml) => "a date is written year, month, day, without quotes: `2026-05-04`",
        (Shape::Day, Syntax::Yaml) => "a date is written year, month, day: `2026-05-04`",
        (Shape::Whole, _) => "a number has digits only, without quotes: `45`",
        (Shape::YesNo, _) => "write `true` or `false`, without quotes",
        (Shape::Text | Shape::Long | Shape::Address | Shape::Reference(_), Syntax::Toml) => "text stands in quotes",
        (Shape::List(item), _) if item.is_table() => return None,
        (Shape::List(_), Syntax::Toml) => "a list stands in brackets, each text in quotes: `[\"launch\", \"email\"]`",
        (Shape::List(_), Syntax::Yaml) => "a list stands in brackets: `[launch, email]`",
        _ => return None,
    };
    Some(advice.to_owned())
}

/// How a field is written whose value, or the item of whose list, is a table.
fn as_lines(shape: &Shape, field: &FieldSpec, syntax: Syntax) -> Option<String> {
    match (shape, &field.shape) {
        (Shape::Table(wanted), Shape::Table(own)) if wanted == own => {
            let keys = write::keys_of(own, syntax).join(", ");
            Some(format!("`{}`", syntax.line(field.key, &format!("{{ {keys} }}"))))
        }
        (Shape::Table(wanted), Shape::List(Shape::Table(own))) if wanted == own => Some(write::lines(field, syntax)),
        (Shape::List(Shape::Table(_)) | Shape::Map(_), own) if shape == own => Some(write::lines(field, syntax)),
        _ => None,
    }
}

/// What to do about a table where a name belongs, as other tools have it.
pub(super) fn name_alone(value: &Node<'_>, shape: &Shape) -> Option<String> {
    let keys = value.as_table().filter(|_| shape.is_name())?;
    let name = ["name", "title", "id"].iter().find_map(|key| keys.get(key)?.as_text())?;
    Some(format!("write the name alone: `{}`", quoted(name)))
}

/// What is wrong with a value in TOML that stands without quotes and cannot be read, by what its field takes, and what to
/// do about it.
pub(super) fn cause(written: &str, shape: &Shape) -> Option<(String, String)> {
    let message = match shape {
        Shape::Day => format!("`{written}` is not a date"),
        Shape::Whole => format!("`{written}` is not a whole number"),
        Shape::YesNo => format!("`{written}` is neither true nor false"),
        Shape::Table(_) | Shape::Map(_) => return None,
        _ => "text without quotes".to_owned(),
    };
    let help = match shape {
        Shape::Term(terms) => format!("one of {}, in quotes", suggest::list(&terms.names())),
        _ => advice(shape, None, Syntax::Toml)?,
    };
    Some((message, help))
}

/// The mending of a value that cannot be parsed: what it does, and what stands there afterwards. It is what the field
/// takes.
pub(super) fn unparsed(written: &str, shape: &Shape) -> Option<(String, String)> {
    let (help, replacement) = match shape {
        Shape::Day => ("a date is written year, month, day, without quotes", any_day(written)?.to_string()),
        Shape::YesNo => ("write `true` or `false`, without quotes", bare::truth(written)?.to_string()),
        Shape::List(item) => ("a list stands in brackets, each text in quotes", list(written, item)?),
        _ => {
            let text = text_of(written, shape)?;
            let help = match (text.contains("\\\""), text.contains("\\\\")) {
                (true, _) => "text stands in straight quotes, and a quote in it behind a backslash",
                (false, true) => "a backslash in a text in double quotes is written twice",
                _ => "text stands in straight quotes",
            };
            (help, text)
        }
    };
    Some((help.to_owned(), replacement))
}

/// A text in quotes, where it is one that its field takes.
fn text_of(written: &str, shape: &Shape) -> Option<String> {
    // What opens a table or a list is none of the letters of a text.
    let is_open = |(opening, closing)| written.starts_with(opening) && !written.contains(closing);
    if [('{', '}'), ('[', ']')].into_iter().any(is_open) {
        return None;
    }
    let text = without_quotes(written);
    let is_other = text.is_empty() || written.starts_with('=') || written.starts_with('{') && written.contains('=');
    match shape {
        _ if is_other => None,
        Shape::Text | Shape::Long | Shape::Address | Shape::Reference(_) | Shape::Scalar => Some(quoted(text)),
        Shape::Either(shapes) => shapes.iter().find(|shape| shape.is_text()).map(|_| quoted(text)),
        Shape::Term(terms) => terms.names().contains(&text).then(|| quoted(text)),
        _ => None,
    }
}

/// A list of the texts between commas, or of those in quotes.
fn list(written: &str, item: &Shape) -> Option<String> {
    let inner = written.trim_start_matches('[').trim_end_matches(']').trim();
    let items = if inner.contains('"') { in_quotes(inner)? } else { between_commas(inner)? };
    let texts: Option<Vec<String>> = items.iter().map(|text| text_of(text, item)).collect();
    texts.filter(|texts| !texts.is_empty()).map(|texts| format!("[{}]", texts.join(", ")))
}

/// Texts in double quotes with nothing but commas and blanks between them; the last may lack its end.
fn in_quotes(inner: &str) -> Option<Vec<&str>> {
    let parts: Vec<&str> = inner.split('"').collect();
    let is_between = |text: &&str| text.trim_matches([',', ' ', '\t']).is_empty();
    (!inner.contains('\\') && parts.iter().step_by(2).all(is_between))
        .then(|| parts.into_iter().skip(1).step_by(2).map(str::trim).filter(|text| !text.is_empty()).collect())
}

fn between_commas(inner: &str) -> Option<Vec<&str>> {
    let items = inner.split(',').map(str::trim).filter(|item| !item.is_empty());
    (!inner.contains(['[', ']', '{', '}', '\''])).then(|| items.collect())
}
