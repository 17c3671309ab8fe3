//! The notations of front matter, and how each is spoken of.

use std::fmt::Write as _;

use crate::text::hidden;

/// A notation of front matter. Reading gives the same values; messages are phrased as the file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum Syntax {
    /// TOML between `+++` lines, the house style.
    #[default]
    Toml,
    /// YAML between `---` lines.
    Yaml,
}

impl Syntax {
    /// The notation in a sentence.
    pub fn name(self) -> &'static str {
        match self {
            Self::Toml => "TOML",
            Self::Yaml => "YAML",
        }
    }

    /// The other one.
    pub(super) fn other(self) -> Self {
        match self {
            Self::Toml => Self::Yaml,
            Self::Yaml => Self::Toml,
        }
    }

    /// The line before and after the front matter.
    pub fn fence(self) -> &'static str {
        match self {
            Self::Toml => "+++",
            Self::Yaml => "---",
        }
    }

    /// What has to be said of a text where quotes are not a matter of course.
    pub(super) fn in_quotes(self) -> &'static str {
        match self {
            Self::Toml => " in quotes",
            Self::Yaml => "",
        }
    }

    /// A key with its value, as one line: `tags = ["launch"]`. The value is one of [`quoted`], a list of such in
    /// brackets, a number, a day, or `true` and `false`, which are the same in both.
    pub fn line(self, key: &str, value: &str) -> String {
        match self {
            Self::Toml => format!("{key} = {value}"),
            Self::Yaml => format!("{key}: {value}"),
        }
    }

    /// A small table on one line, of keys and values as in [`line`](Self::line): `{ max_words = 180 }`.
    pub fn braces(self, key: &str, value: &str) -> String {
        format!("{{ {} }}", self.line(key, value))
    }

    /// How a list of tables begins: `[[steps]]` above each of its tables in TOML, `steps:` above all of them in YAML.
    pub fn heading(self, key: &str) -> String {
        match self {
            Self::Toml => format!("[[{key}]]"),
            Self::Yaml => format!("{key}:"),
        }
    }
}

/// A text in double quotes, which mean the same in TOML and YAML. Whatever cannot be seen is written as its number, so
/// that a reviewer meets it.
pub fn quoted(text: &str) -> String {
    let mut written = String::with_capacity(text.len() + 2);
    written.push('"');
    for c in text.chars() {
        match c {
            '"' => written.push_str("\\\""),
            '\\' => written.push_str("\\\\"),
            '\n' => written.push_str("\\n"),
            '\t' => written.push_str("\\t"),
            '\r' => written.push_str("\\r"),
            c if hidden::is_hidden(c) => push_escape(&mut written, c),
            c => written.push(c),
        }
    }
    written.push('"');
    written
}

fn push_escape(written: &mut String, c: char) {
    let code = u32::from(c);
    // Writing to a string cannot fail.
    let _ = if code > 0xFFFF { write!(written, "\\U{code:08X}") } else { write!(written, "\\u{code:04X}") };
}
