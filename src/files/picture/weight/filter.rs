//! What a filter takes: each of its primitives works on all points of the picture of the ones before it.

use std::collections::HashMap;

use roxmltree::Node;

use super::super::fault::{Fault, shown};
use super::super::names::SVG;
use super::super::style::Token;

/// The most primitives that a filter may have. Those of drawing programs have some ten.
const MOST: usize = 100;

/// The most filters that may be set one behind the other in one place.
const MOST_IN_A_LIST: usize = 10;

/// What is there before a filter begins.
const SOURCES: [&str; 6] =
    ["SourceGraphic", "SourceAlpha", "BackgroundImage", "BackgroundAlpha", "FillPaint", "StrokePaint"];

/// The functions of styles that are filters.
const FUNCTIONS: [&str; 10] = [
    "blur",
    "brightness",
    "contrast",
    "drop-shadow",
    "grayscale",
    "hue-rotate",
    "invert",
    "opacity",
    "saturate",
    "sepia",
];

/// Refuses filters of too many primitives.
pub(super) fn check(picture: &roxmltree::Document<'_>) -> Result<(), Fault> {
    let is_filter = |node: &Node<'_, '_>| node.has_tag_name((SVG, "filter"));
    for filter in picture.root().descendants().filter(is_filter) {
        if filter.descendants().filter(Node::is_element).count() > MOST + 1 {
            return Err(Fault::of(filter, &format!("a filter of more than {MOST} steps")).help("export it as PNG"));
        }
    }
    Ok(())
}

/// Refuses a value with too many filters, and one under a name of its own, by which another could repeat it without end.
pub(super) fn check_list(node: Node<'_, '_>, name: &str, tokens: &[Token<'_>]) -> Result<(), Fault> {
    let count = tokens.iter().filter(|token| is_filter(token)).count();
    if name.starts_with("--") && count > 0 {
        let what = format!("a filter or a reference in `{}`", shown(name));
        return Err(Fault::of(node, &what).help("write it where it is used"));
    }
    if name.to_ascii_lowercase().ends_with("filter") && count > MOST_IN_A_LIST {
        let what = format!("more than {MOST_IN_A_LIST} filters in one place");
        return Err(Fault::of(node, &what).help("export the picture as PNG"));
    }
    Ok(())
}

/// Whether a piece of a style is a filter, or could be one.
fn is_filter(token: &Token<'_>) -> bool {
    match token {
        Token::Address(_) => true,
        Token::Function(name) => FUNCTIONS.iter().any(|known| name.eq_ignore_ascii_case(known)),
        _ => false,
    }
}

/// How many primitives are computed for the last one of a filter, where each is computed whenever it is used.
pub(super) fn steps(filter: Node<'_, '_>) -> u64 {
    let mut results: HashMap<&str, u64> = HashMap::new();
    let (mut before, mut most) = (0_u64, 0);
    for primitive in filter.children().filter(Node::is_element) {
        let steps = inputs(primitive)
            .into_iter()
            .map(|name| match results.get(name.trim()) {
                Some(steps) => *steps,
                None if SOURCES.contains(&name) => 0,
                None => before,
            })
            .fold(1, u64::saturating_add);
        if let Some(result) = primitive.attribute("result") {
            let known = results.entry(result.trim()).or_default();
            *known = steps.max(*known);
        }
        before = steps;
        most = steps.max(most);
    }
    most
}

/// What a primitive works on, by its names; without one, on the result of the one before it.
fn inputs<'p>(primitive: Node<'p, '_>) -> Vec<&'p str> {
    let input = |name| primitive.attribute(name).unwrap_or_default();
    match primitive.tag_name().name() {
        "feFlood" | "feImage" | "feTurbulence" => Vec::new(),
        "feBlend" | "feComposite" | "feDisplacementMap" => vec![input("in"), input("in2")],
        "feMerge" => {
            primitive.children().filter(Node::is_element).map(|part| part.attribute("in").unwrap_or_default()).collect()
        }
        _ => vec![input("in")],
    }
}
