//! Which tags a browser knows. Others are words of a prompt in angle brackets, such as `<example>`.
//!
//! The list decides what is reported as HTML, and which tags are loaded into tools as they were written. It is no
//! filter: on a page every tag is text, whatever its name.

/// The elements of HTML, today's and the older ones that browsers still draw, with the roots of SVG and `MathML`.
/// Sorted, for the binary search.
#[rustfmt::skip]
const ELEMENTS: [&str; 139] = [
    "a", "abbr", "acronym", "address", "applet", "area", "article", "aside", "audio", "b", "base", "basefont", "bdi",
    "bdo", "bgsound", "big", "blink", "blockquote", "body", "br", "button", "canvas", "caption", "center", "cite",
    "code", "col", "colgroup", "data", "datalist", "dd", "del", "details", "dfn", "dialog",
    "dir", "div", "dl", "dt", "em", "embed", "fieldset", "figcaption", "figure", "font", "footer", "form",
    "frame", "frameset", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hgroup", "hr", "html", "i", "iframe",
    "img", "input", "ins", "kbd", "keygen", "label", "legend", "li", "link", "listing", "main", "map",
    "mark", "marquee", "math", "menu", "menuitem", "meta", "meter", "nav", "nobr", "noembed", "noframes",
    "noscript", "object", "ol", "optgroup", "option", "output", "p", "param", "picture", "plaintext", "pre",
    "progress", "q", "rb", "rp", "rt", "rtc", "ruby", "s", "samp", "script", "search", "section", "select", 
    "slot", "small", "source", "span", "strike", "strong", "style", "sub", "summary", "sup", "svg", "table", "tbody",
    "td", "template", "textarea", "tfoot", "th", "thead", "time", "title", "tr", "track", "tt", "u", "ul", "var",
    "video", "wbr", "xmp",
];

/// The first byte of a text that a browser would take for HTML: a tag of an element that it knows, a comment or a
/// declaration.
pub(super) fn first_html(text: &str) -> Option<usize> {
    text.match_indices('<').map(|(at, _)| at).find(|at| is_html(&text[at + 1..]))
}

/// Whether what follows a `<` makes HTML of it. The name ends as in the tokenizer of HTML ("Tag name state"): at white
/// space, `/` or `>`; `<` is added, so that an unfinished tag does not swallow the next.
fn is_html(rest: &str) -> bool {
    if rest.starts_with(['!', '?']) {
        return true;
    }
    let name = rest.strip_prefix('/').unwrap_or(rest);
    let end = name.find(|c: char| c.is_whitespace() || matches!(c, '/' | '>' | '<')).unwrap_or(name.len());
    ELEMENTS.binary_search(&name[..end].to_ascii_lowercase().as_str()).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_elements_are_in_order() {
        assert!(ELEMENTS.is_sorted());
    }

    #[test]
    fn html_is_what_a_browser_knows() {
        for text in ["<b>", "</DIV>", "<img/onerror=x>", "<!-- a -->", "<!doctype html>", "<?php ?>", "<svg\nx>"] {
            assert_eq!(first_html(text), Some(0), "{text}");
        }
        for text in ["<example>", "</context>", "<b-1>", "<my:b>", "a < b", "<>", "<bold>"] {
            assert_eq!(first_html(text), None, "{text}");
        }
        assert_eq!(first_html("<example>\n<i>"), Some(10));
    }
}
