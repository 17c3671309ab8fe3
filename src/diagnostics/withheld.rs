//! A report for somebody who may not read every file.

use std::collections::HashSet;

use crate::diagnostics::{Diagnostic, Label};
use crate::text::{SourceId, Sources, Span};

/// Files of which a report names the path and says nothing else.
#[derive(Debug, Default)]
pub struct Withheld {
    files: HashSet<SourceId>,
}

impl FromIterator<SourceId> for Withheld {
    fn from_iter<T: IntoIterator<Item = SourceId>>(files: T) -> Self {
        Self { files: files.into_iter().collect() }
    }
}

impl Withheld {
    /// The problems without any word of the hidden files. What is wrong in one of them is reported once for each rule
    /// and severity; what another file has to do with one is reported without quoting it.
    pub fn leave_out(&self, problems: Vec<Diagnostic>, sources: &Sources) -> Vec<Diagnostic> {
        let mut told = HashSet::new();
        let mut kept = Vec::with_capacity(problems.len());
        for problem in problems {
            if !self.files.contains(&problem.span.source) {
                kept.push(self.reworded(problem, sources));
            } else if told.insert((problem.span.source, problem.rule, problem.severity)) {
                kept.push(outlined(&problem));
            }
        }
        kept
    }

    /// The files as such a report may show them: no printer can quote what is not there.
    #[must_use]
    pub fn without_text(&self, sources: &Sources) -> Sources {
        sources.without_text(|source| self.files.contains(&source))
    }

    /// A problem of a file that may be read, without words of those that may not.
    fn reworded(&self, mut problem: Diagnostic, sources: &Sources) -> Diagnostic {
        for place in problem.places.iter_mut().filter(|place| self.files.contains(&place.span.source)) {
            *place = Label { span: Span::file(place.span.source), text: std::mem::take(&mut place.text) };
        }
        let Some(file) = problem.quoted.iter().find(|file| self.files.contains(file)) else { return problem };
        let message = format!("this does not agree with `{}`, which is left out here", sources.get(*file).path);
        Diagnostic {
            severity: problem.severity,
            is_fixed: problem.is_fixed,
            places: problem.places,
            ..Diagnostic::new(problem.rule, problem.span, message).help(HELP)
        }
    }
}

/// What is reported of a problem in a hidden file: that there is one, of which rule and how severe.
fn outlined(problem: &Diagnostic) -> Diagnostic {
    let message = "a file that is left out here, as a draft or for its audience, has a problem";
    Diagnostic {
        severity: problem.severity,
        is_fixed: problem.is_fixed,
        ..Diagnostic::new(problem.rule, Span::file(problem.span.source), message).help(HELP)
    }
}

/// The command that is for those who write, and hides nothing.
const HELP: &str = "`handbook check` says what is wrong";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::Rule;
    use crate::diagnostics::printers::{Colour, PRINTERS, View};

    #[test]
    fn nothing_of_a_hidden_file_is_printed_but_its_path() {
        let mut sources = Sources::default();
        let open = sources.add("content/open.md", "open words").id;
        let secret = sources.add("content/secret.md", "first zq\nsecond zq").id;
        let at = |source| Span::new(source, 2..8);
        let problem =
            |source| Diagnostic::new(Rule::RawHtml, at(source), "it says zq").label("zq").help("take zq away");
        let problems = vec![
            problem(secret).fix("zq"),
            problem(secret),
            problem(open).quotes(secret).fix("zq"),
            Diagnostic::new(Rule::DuplicateAddress, at(open), "the address is taken").place(at(secret), "by this"),
        ];
        let withheld = Withheld::from_iter([secret]);
        let problems = withheld.leave_out(problems, &sources);
        assert_eq!(problems.len(), 3);
        let sources = withheld.without_text(&sources);
        let ways = PRINTERS.iter().flat_map(|printer| [(printer, Colour::Always), (printer, Colour::Never)]);
        for (printer, colour) in ways {
            let text = printer.print(&problems, View { sources: &sources, prefix: "".into(), colour });
            assert!(!text.contains("zq") && text.contains("content/secret.md"), "{text}");
        }
    }
}
