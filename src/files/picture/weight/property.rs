//! Properties by which parts of a picture name others, and what is read of their values.

use super::super::style::Token;

/// How often what a property names is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Property {
    /// Once for all that is in the element: filters, masks and clips.
    Once,
    /// For every element that is filled.
    Fill,
    /// For every element that has a line around it.
    Stroke,
    /// For every point of a line.
    Points,
    /// For every element, as is not known better.
    Each,
}

impl Property {
    /// By its name in an attribute or a style.
    pub(super) fn of(name: &str) -> Self {
        let name = name.to_ascii_lowercase();
        match name.strip_prefix("-webkit-").unwrap_or(&name) {
            "filter" | "backdrop-filter" | "clip-path" => Self::Once,
            mask if mask.starts_with("mask") => Self::Once,
            "fill" => Self::Fill,
            "stroke" => Self::Stroke,
            "marker" | "marker-mid" => Self::Points,
            _ => Self::Each,
        }
    }
}

/// The name before the colon of a declaration.
pub(super) fn property_name<'t>(declaration: &[Token<'t>]) -> &'t str {
    let mut names =
        declaration.iter().filter_map(|token| if let Token::Name(name) = token { Some(*name) } else { None });
    names.next().unwrap_or_default()
}

/// Whether a value may be that of the element around.
pub(super) fn is_inheriting(token: &Token<'_>) -> bool {
    match token {
        Token::Name(name) => ["inherit", "unset", "revert", "revert-layer"].contains(&&*name.to_ascii_lowercase()),
        Token::Function(name) => name.eq_ignore_ascii_case("var"),
        _ => false,
    }
}

/// At most so many points a shape has: each has a letter, a sign, a dot or a space of its own before it.
pub(super) fn points(shape: &str) -> u64 {
    shape.bytes().filter(|byte| !byte.is_ascii_digit()).count() as u64
}

/// A style may give a shape as well.
pub(super) fn points_of_style(style: &str) -> u64 {
    let is_shape = style.to_ascii_lowercase().contains("path(");
    if is_shape { points(style) } else { 0 }
}
