//! One problem: what is wrong, where, and what to do.

use std::borrow::Cow;

use crate::diagnostics::{Rule, Severity};
use crate::text::{SourceId, Span, shown};

/// One problem in the content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Which check found it.
    pub rule: Rule,
    /// How much it matters here, after the config's `[rules]` and `--strict`.
    pub severity: Severity,
    /// Whether it stays an error whatever the config's `[rules]` say of its rule.
    pub is_fixed: bool,
    /// What is wrong, in the reader's words: lower case, no full stop, names in backticks.
    pub message: String,
    /// Where.
    pub span: Span,
    /// What the place is; may be empty.
    pub label: String,
    /// The list of which this is about an item, where it is.
    pub list: Option<Span>,
    /// Further places.
    pub places: Vec<Label>,
    /// Other files whose words the texts may have: who may not read those files may not read the texts.
    pub quoted: Vec<SourceId>,
    /// What to do.
    pub help: Option<String>,
    /// The mending, where it is certain.
    pub fix: Option<Fix>,
}

/// A further place that belongs to a problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What this place is.
    pub text: String,
}

/// A change of the source that mends the problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What is replaced.
    pub span: Span,
    /// What stands there afterwards.
    pub replacement: String,
}

impl Diagnostic {
    /// A problem with the rule's own severity.
    pub fn new(rule: Rule, span: Span, message: impl Into<String>) -> Self {
        let message = message.into();
        debug_assert!(!message.trim_end().ends_with(':'), "a message without its reason: {message}");
        Self {
            rule,
            severity: rule.severity(),
            is_fixed: rule.is_fixed(),
            message: readable(message),
            span,
            label: String::new(),
            list: None,
            places: Vec::new(),
            quoted: Vec::new(),
            help: None,
            fix: None,
        }
    }

    /// Says that the texts may have words of another file, beside its name.
    #[must_use]
    pub fn quotes(mut self, source: SourceId) -> Self {
        self.quoted.push(source);
        self
    }

    /// Says that it is about an item of a list: of many that are alike a report names a few.
    #[must_use]
    pub fn in_list(mut self, list: Span) -> Self {
        self.list = Some(list);
        self
    }

    /// Keeps it an error whatever the config says of its rule: something could get out that must not.
    #[must_use]
    pub fn fixed(mut self) -> Self {
        self.is_fixed = true;
        self
    }

    /// Says what the place is.
    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Self {
        self.label = readable(text.into());
        self
    }

    /// Adds a further place.
    #[must_use]
    pub fn place(mut self, span: Span, text: impl Into<String>) -> Self {
        self.places.push(Label { span, text: readable(text.into()) });
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(readable(text.into()));
        self
    }

    /// Says what to do, where there is something to say.
    #[must_use]
    pub fn maybe_help(mut self, text: Option<String>) -> Self {
        self.help = text.map(readable).or(self.help);
        self
    }

    /// Offers the mending: the place of the problem becomes `replacement`.
    #[must_use]
    pub fn fix(mut self, replacement: impl Into<String>) -> Self {
        self.fix = Some(Fix { span: self.span, replacement: replacement.into() });
        self
    }
}

/// The longest message, in characters: longer ones quote a value that nobody reads to its end.
const MESSAGE_LIMIT: usize = 400;

/// A message on one line, whatever the names and values in it hold, without the middle of what is too long.
fn readable(message: String) -> String {
    let message = match shown::line(&message) {
        Cow::Borrowed(_) => message,
        Cow::Owned(shown) => shown,
    };
    let length = message.chars().count();
    if length <= MESSAGE_LIMIT {
        return message;
    }
    let start: String = message.chars().take(MESSAGE_LIMIT / 2).collect();
    let end: String = message.chars().skip(length - MESSAGE_LIMIT / 4).collect();
    format!("{start} … {end}")
}
