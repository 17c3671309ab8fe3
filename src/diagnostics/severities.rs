//! What the handbook and a run say of how much the problems of a rule matter.

use std::collections::BTreeMap;

use crate::diagnostics::{Diagnostic, Severity};

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
