//! Text in HTML, where none of its characters is a mark. Writing to a string cannot fail.

use pulldown_cmark_escape::{escape_html, escape_html_body_text};

/// Adds a text that stands between tags. Its quotes stay.
pub fn push_text(html: &mut String, text: &str) {
    let _ = escape_html_body_text(html, text);
}

/// Adds a text that stands in an attribute, in quotes of either kind.
pub fn push_attribute(html: &mut String, text: &str) {
    let _ = escape_html(html, text);
}

/// A text that stands between tags.
pub fn text(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    push_text(&mut html, text);
    html
}

/// A text that stands in an attribute, in quotes of either kind.
pub fn attribute(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    push_attribute(&mut html, text);
    html
}

/// A text that stands in an attribute in double quotes, in which a model reads an apostrophe as what it is.
pub fn in_double_quotes(text: &str) -> String {
    self::text(text).replace('"', "&quot;")
}

/// A text that stands in an attribute in single quotes: JSON, of which every other word is in double ones, stays short.
pub fn in_single_quotes(text: &str) -> String {
    text.replace('&', "&amp;").replace('\'', "&#39;").replace('<', "&lt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_character_is_a_mark_where_it_stands() {
        let written = "<b a=\"c\" d='e'>&amp;";
        assert_eq!(text(written), "&lt;b a=\"c\" d='e'&gt;&amp;amp;");
        assert_eq!(attribute(written), "&lt;b a=&quot;c&quot; d=&#39;e&#39;&gt;&amp;amp;");
        assert_eq!(in_double_quotes(written), "&lt;b a=&quot;c&quot; d='e'&gt;&amp;amp;");
        assert_eq!(in_single_quotes(written), "&lt;b a=\"c\" d=&#39;e&#39;>&amp;amp;");
    }
}
