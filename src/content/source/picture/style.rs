//! Whether a style loads anything: the functions and rules that it uses, read as a browser's tokenizer does.
//!
//! Source of the tokens: CSS Syntax Module Level 3, §4. An escape can spell any name, so a style with one is refused,
//! and what is left needs no more than comments, strings and names.

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

/// The first thing in a style that could load something, or hide that it does.
pub(super) fn what_loads(style: &str) -> Option<String> {
    let mut rest = style;
    while let Some(at) = rest.find(|c: char| is_of_name(c) || matches!(c, '/' | '"' | '\'' | '@' | '\\')) {
        rest = &rest[at..];
        rest = match rest.as_bytes()[0] {
            b'\\' => return Some("\\".to_owned()),
            b'/' => after_comment(rest),
            b'"' | b'\'' => match string(rest) {
                Ok((_, after)) => after,
                Err(what) => return Some(what),
            },
            b'@' => match after_rule(rest) {
                Ok(after) => after,
                Err(what) => return Some(what),
            },
            _ => match after_name(rest) {
                Ok(after) => after,
                Err(what) => return Some(what),
            },
        };
    }
    None
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
fn name(rest: &str) -> (String, &str) {
    let end = rest.find(|c| !is_of_name(c)).unwrap_or(rest.len());
    (rest[..end].to_ascii_lowercase(), &rest[end..])
}

fn after_comment(rest: &str) -> &str {
    match rest.strip_prefix("/*") {
        Some(comment) => comment.split_once("*/").map_or("", |(_, after)| after),
        None => &rest[1..],
    }
}

/// Splits a string off, which ends with its quote or its line.
fn string(rest: &str) -> Result<(&str, &str), String> {
    let quote = &rest[..1];
    let end =
        rest[1..].find(|c: char| quote.starts_with(c) || matches!(c, '\n' | '\r')).map_or(rest.len(), |at| at + 1);
    let inside = &rest[1..end];
    if inside.contains('\\') {
        return Err("\\".to_owned());
    }
    Ok((inside, rest.get(end + 1..).unwrap_or_default()))
}

fn after_rule(rest: &str) -> Result<&str, String> {
    let (name, after) = name(&rest[1..]);
    // An `@` before something else starts no rule, and an escape after it is met next.
    if name.is_empty() || RULES.contains(&name.as_str()) { Ok(after) } else { Err(format!("@{name}")) }
}

fn after_name(rest: &str) -> Result<&str, String> {
    let (name, after) = name(rest);
    // Whatever an escape adds to the name, it is met before the parenthesis.
    let Some(inside) = after.strip_prefix('(') else { return Ok(after) };
    match name.as_str() {
        "url" => after_address(inside),
        name if FUNCTIONS.contains(&name) => Ok(inside),
        name => Err(format!("{name}(…)")),
    }
}

/// Reads an address up to its parenthesis: of a part of the picture, or of a picture or font that is written there.
fn after_address(inside: &str) -> Result<&str, String> {
    let start = inside.trim_start_matches(SPACES);
    let (address, after) = if start.starts_with(['"', '\'']) {
        let (address, after) = string(start)?;
        (address, after.trim_start_matches(SPACES).strip_prefix(')'))
    } else {
        let (address, after) = start.split_once(')').unwrap_or((start, ""));
        (address, Some(after).filter(|_| !address.contains(['"', '\'', '(', '\\'])))
    };
    let is_fine = address.starts_with('#') || is_raster(address) || is_font(address);
    match after {
        Some(after) if is_fine => Ok(after),
        _ => Err(format!("url({address})")),
    }
}

fn is_font(address: &str) -> bool {
    let start: String = address.chars().take(64).collect::<String>().to_ascii_lowercase();
    FONTS.iter().any(|kind| start.starts_with(kind))
}
