//! Whether a style loads anything: the functions and rules that it uses, read as a browser's tokenizer does.
//!
//! Source of the tokens: CSS Syntax Module Level 3, §4. An escape can spell any name, so a style with one outside of
//! quotes is refused, and what is left needs no more than comments, strings and names.

/// Functions that give a value and load nothing.
const FUNCTIONS: &[&str] = &[
    "abs",
    "acos",
    "asin",
    "atan",
    "atan2",
    "blur",
    "brightness",
    "calc",
    "circle",
    "clamp",
    "color",
    "color-mix",
    "conic-gradient",
    "contrast",
    "cos",
    "cubic-bezier",
    "drop-shadow",
    "ellipse",
    "env",
    "exp",
    "format",
    "grayscale",
    "hsl",
    "hsla",
    "hue-rotate",
    "hwb",
    "hypot",
    "icc-color",
    "inset",
    "invert",
    "lab",
    "lch",
    "light-dark",
    "linear",
    "linear-gradient",
    "local",
    "log",
    "matrix",
    "matrix3d",
    "max",
    "min",
    "minmax",
    "mod",
    "oklab",
    "oklch",
    "opacity",
    "path",
    "perspective",
    "polygon",
    "pow",
    "radial-gradient",
    "rect",
    "rem",
    "repeating-linear-gradient",
    "repeating-radial-gradient",
    "rgb",
    "rgba",
    "rotate",
    "rotate3d",
    "rotatex",
    "rotatey",
    "rotatez",
    "round",
    "saturate",
    "scale",
    "scale3d",
    "scalex",
    "scaley",
    "scalez",
    "sepia",
    "sign",
    "sin",
    "skew",
    "skewx",
    "skewy",
    "sqrt",
    "steps",
    "tan",
    "translate",
    "translate3d",
    "translatex",
    "translatey",
    "translatez",
    "var",
    "xywh",
    // Of selectors and conditions.
    "and",
    "dir",
    "has",
    "is",
    "lang",
    "not",
    "nth-child",
    "nth-last-child",
    "nth-last-of-type",
    "nth-of-type",
    "or",
    "selector",
    "where",
];

/// Rules that load nothing.
const RULES: &[&str] = &[
    "-moz-keyframes",
    "-o-keyframes",
    "-webkit-keyframes",
    "charset",
    "container",
    "font-face",
    "keyframes",
    "layer",
    "media",
    "page",
    "property",
    "supports",
];

/// What a style takes for a space. A form feed cannot stand in XML.
const SPACES: [char; 4] = [' ', '\t', '\n', '\r'];

/// Kinds of pictures that are nothing but points.
const RASTER: [&str; 8] = ["png", "jpeg", "jpg", "gif", "webp", "avif", "bmp", "x-icon"];

/// Kinds of fonts, as tools name them.
const FONTS: [&str; 6] = [
    "data:font/",
    "data:application/font",
    "data:application/x-font",
    "data:application/vnd.ms-fontobject",
    "data:application/octet-stream",
    "data:application/x-woff",
];

/// The first thing in a style that could load something, or hide that it does, and why it is not let through.
pub(super) fn what_loads(style: &str) -> Option<(String, &'static str)> {
    Tokens(style).find_map(|token| match token {
        Token::Escape => Some(("\\".to_owned(), "can hide what is meant")),
        Token::Rule(name) if name.eq_ignore_ascii_case("import") => Some((format!("@{name}"), LOADS)),
        Token::Rule(name) if !is_among(name, RULES) => Some((format!("@{name}"), UNKNOWN)),
        Token::Function(name) if !is_among(name, FUNCTIONS) => Some((format!("{name}(…)"), UNKNOWN)),
        Token::Broken(address) => Some((format!("url({address})"), LOADS)),
        Token::Address(address) if !is_fine(address) => Some((format!("url({address})"), LOADS)),
        _ => None,
    })
}

const LOADS: &str = "could load something";
const UNKNOWN: &str = "is not known to be harmless";

fn is_among(name: &str, list: &[&str]) -> bool {
    list.iter().any(|known| name.eq_ignore_ascii_case(known))
}

/// Whether an address is of a part of the picture, or a picture or font that is written there.
fn is_fine(address: &str) -> bool {
    address.starts_with('#') || is_raster(address) || is_font(address)
}

/// A piece of a style.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'t> {
    /// A word or a number.
    Name(&'t str),
    /// The name of a function, with its parenthesis.
    Function(&'t str),
    /// What stands in `url(…)`.
    Address(&'t str),
    /// An address that ends otherwise than it should.
    Broken(&'t str),
    /// The name of a rule, behind its `@`.
    Rule(&'t str),
    /// A backslash outside of quotes: it can spell any name.
    Escape,
    /// A text in quotes, in which nothing is meant but itself.
    Text,
    /// Any other character; a space also for a comment.
    Mark(char),
}

/// What a style is made of.
pub(super) struct Tokens<'t>(pub(super) &'t str);

impl<'t> Iterator for Tokens<'t> {
    type Item = Token<'t>;

    fn next(&mut self) -> Option<Token<'t>> {
        let rest = self.0;
        let first = rest.chars().next()?;
        let (token, rest) = match first {
            '/' if rest.starts_with("/*") => (Token::Mark(' '), after_comment(rest)),
            '"' | '\'' => (Token::Text, string(rest).1),
            '\\' => (Token::Escape, &rest[1..]),
            '@' => rule(rest),
            first if is_of_name(first) => named(rest),
            first => (Token::Mark(first), &rest[first.len_utf8()..]),
        };
        self.0 = rest;
        Some(token)
    }
}

/// Whether an address is a picture of points that is written into it.
pub(super) fn is_raster(address: &str) -> bool {
    let start: String = address.chars().take(32).collect::<String>().to_ascii_lowercase();
    let kind = start.strip_prefix("data:image/").and_then(|rest| rest.split([',', ';']).next());
    kind.is_some_and(|kind| RASTER.contains(&kind) && start.len() > "data:image/".len() + kind.len())
}

fn is_of_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_') || !c.is_ascii()
}

/// Splits a name off.
fn name(rest: &str) -> (&str, &str) {
    rest.split_at(rest.find(|c| !is_of_name(c)).unwrap_or(rest.len()))
}

fn after_comment(rest: &str) -> &str {
    rest[2..].split_once("*/").map_or("", |(_, after)| after)
}

/// Splits a string off, which ends with its quote or its line. A backslash takes what follows into it.
fn string(rest: &str) -> (&str, &str) {
    let mut inside = rest[1..].char_indices().peekable();
    while let Some((at, c)) = inside.next() {
        match c {
            '\\' if matches!(inside.next(), Some((_, '\r'))) => drop(inside.next_if(|next| next.1 == '\n')),
            '\n' | '\r' => return (&rest[1..=at], &rest[at + 2..]),
            quote if rest.starts_with(quote) => return (&rest[1..=at], &rest[at + 2..]),
            _ => {}
        }
    }
    (&rest[1..], "")
}

fn rule(rest: &str) -> (Token<'_>, &str) {
    let (name, after) = name(&rest[1..]);
    // An `@` before something else starts no rule, and an escape after it is met next.
    (if name.is_empty() { Token::Mark('@') } else { Token::Rule(name) }, after)
}

/// Whatever an escape adds to a name, it is met before the parenthesis.
fn named(rest: &str) -> (Token<'_>, &str) {
    let (name, after) = name(rest);
    match after.strip_prefix('(') {
        None => (Token::Name(name), after),
        Some(inside) if name.eq_ignore_ascii_case("url") => address(inside),
        Some(inside) => (Token::Function(name), inside),
    }
}

/// Reads an address up to its parenthesis.
fn address(inside: &str) -> (Token<'_>, &str) {
    let start = inside.trim_start_matches(SPACES);
    let (address, after) = if start.starts_with(['"', '\'']) {
        let (address, after) = string(start);
        (address, after.trim_start_matches(SPACES).strip_prefix(')').filter(|_| !address.contains('\\')))
    } else {
        let (address, after) = start.split_once(')').unwrap_or((start, ""));
        (address, Some(after).filter(|_| !address.contains(['"', '\'', '(', '\\'])))
    };
    match after {
        Some(after) => (Token::Address(address), after),
        None => (Token::Broken(address), ""),
    }
}

fn is_font(address: &str) -> bool {
    let start: String = address.chars().take(64).collect::<String>().to_ascii_lowercase();
    FONTS.iter().any(|kind| start.starts_with(kind))
}
