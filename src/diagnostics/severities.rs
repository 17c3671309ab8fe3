//! How much a problem matters, by its rule and by what the handbook and the run say of the rule.

use std::collections::BTreeMap;

use crate::diagnostics::Diagnostic;

/// How much a problem matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The site cannot be published with it.
    Error,
    /// Something a reader would stumble over; `--strict` makes it an error.
    Warning,
    /// A way to make the entry better.
    Hint,
}

impl Severity {
    /// The word that every printer uses.
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Hint => "hint",
        }
    }
}

/// The severities of a run: the config's `[rules]`, then `--strict`.
#[derive(Debug, Clone, Default)]
pub struct Severities {
    /// What the config sets; `None` turns a rule off.
    pub set: BTreeMap<&'static str, Option<Severity>>,
    /// Whether warnings count as errors.
    pub strict: bool,
}

impl Severities {
    /// Gives a problem its severity; false when its rule is off.
    pub(super) fn apply(&self, problem: &mut Diagnostic) -> bool {
        match self.set.get(problem.rule.name()).filter(|_| !problem.is_fixed) {
            Some(None) => return false,
            Some(Some(severity)) => problem.severity = *severity,
            None => {}
        }
        if self.strict && problem.severity == Severity::Warning {
            problem.severity = Severity::Error;
        }
        true
    }
}
