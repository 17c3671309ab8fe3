//! Problems with their source lines, for a person at a terminal.

use std::borrow::Cow;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Patch, Renderer, Snippet};
use rayon::prelude::*;

use crate::diagnostics::printer::{Colour, Printer, Reader, View};
use crate::diagnostics::{Diagnostic, Label, Severity};
use crate::text::{Source, Span, shown};

/// Its line in the registry.
pub(super) const PRINTER: Printer =
    Printer { name: "terminal", what: "Source lines with labels, for people", reader: Reader::Person, write: print };

fn print(problems: &[Diagnostic], view: View<'_>) -> String {
    let renderer = match view.colour {
        Colour::Always => Renderer::styled(),
        Colour::Never => Renderer::plain(),
    };
    let excerpt = |problem| with_columns(renderer.render(&groups(problem, view)), problem, view) + "\n\n";
    // A large handbook may have thousands of hints.
    problems.par_iter().map(excerpt).collect::<Vec<String>>().concat()
}

fn groups<'a>(problem: &'a Diagnostic, view: View<'a>) -> Vec<Group<'a>> {
    let level = match problem.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Hint => Level::NOTE.with_name("hint"),
    };
    let main = level.primary_title(&problem.message).id(problem.rule.name());
    let mut main = primary(Group::with_title(main), problem, view);
    for place in elsewhere(problem) {
        if let Some(file) = withheld(place.span, view) {
            main = main.element(file);
            continue;
        }
        let excerpt = Excerpt::of(view.sources.get(place.span.source), &[place.span]);
        let at = AnnotationKind::Context.span(excerpt.local(place.span)).label(&place.text);
        main = main.element(excerpt.snippet(view).annotation(at));
    }
    let Some(help) = &problem.help else { return vec![main] };
    let fix = problem.fix.as_ref().filter(|fix| fix.span.range().len().max(fix.replacement.len()) <= PLACE_SHOWN);
    match fix {
        Some(fix) => vec![main, patch(help, fix.span, &fix.replacement, view)],
        None => vec![main.element(Level::HELP.message(help))],
    }
}

/// The name of a place's file, where nothing more may be shown of it.
fn withheld(place: Span, view: View<'_>) -> Option<Origin<'_>> {
    let source = view.sources.get(place.source);
    source.is_withheld.then(|| Origin::path(shown::path(&view.path(&source.path)).into_owned()))
}

/// Adds the place of a problem, with those of its further places that are near it.
fn primary<'a>(main: Group<'a>, problem: &'a Diagnostic, view: View<'a>) -> Group<'a> {
    if let Some(file) = withheld(problem.span, view) {
        return main.element(file);
    }
    let here: Vec<_> = problem.places.iter().filter(|place| is_near(problem.span, place.span)).collect();
    let spans: Vec<Span> = std::iter::once(problem.span).chain(here.iter().map(|place| place.span)).collect();
    let excerpt = Excerpt::of(view.sources.get(problem.span.source), &spans);
    let mut annotation = AnnotationKind::Primary.span(excerpt.local(problem.span));
    if !problem.label.is_empty() {
        annotation = annotation.label(&problem.label);
    }
    let mut snippet = excerpt.snippet(view).annotation(annotation);
    for place in here {
        let at = AnnotationKind::Context.span(excerpt.local(place.span));
        snippet = snippet.annotation(at.label(&place.text));
    }
    main.element(snippet)
}

/// Puts the columns of places right that were printed from pieces of lines.
fn with_columns(printed: String, problem: &Diagnostic, view: View<'_>) -> String {
    let here = problem.places.iter().map(|place| place.span).filter(|place| is_near(problem.span, *place));
    let first = std::iter::once(problem.span).chain(here).collect();
    let others = elsewhere(problem).map(|place| vec![place.span]);
    let excerpts = std::iter::once(first).chain(others).filter(|spans: &Vec<Span>| withheld(spans[0], view).is_none());
    let corrected = |spans: Vec<Span>| Excerpt::of(view.sources.get(spans[0].source), &spans).corrected(spans[0], view);
    excerpts.filter_map(corrected).fold(printed, |text, (wrong, right)| text.replacen(&wrong, &right, 1))
}

fn elsewhere(problem: &Diagnostic) -> impl Iterator<Item = &Label> {
    problem.places.iter().filter(|place| !is_near(problem.span, place.span))
}

/// Whether two places are shown in one piece of a file.
fn is_near(place: Span, other: Span) -> bool {
    place.source == other.source && place.start.abs_diff(other.start) as usize <= NEAR
}

fn patch<'a>(help: &'a str, span: Span, replacement: &'a str, view: View<'a>) -> Group<'a> {
    let excerpt = Excerpt::of(view.sources.get(span.source), &[span]);
    let patch = Patch::new(excerpt.local(span), shown::source(replacement));
    Level::HELP.secondary_title(help).element(excerpt.snippet(view).patch(patch))
}

/// How many bytes of a line are shown before a place and behind it. A line may be a whole file.
const AROUND: usize = 200;

/// How many bytes of a place are shown.
const PLACE_SHOWN: usize = 400;

/// How many bytes lie at most between two places that are shown in one piece.
const NEAR: usize = 4_000;

/// What is shown of a source: the lines around some places, and of a long line only what is near them. Finding it takes
/// as long as it is, not as the file is.
struct Excerpt<'a> {
    source: &'a Source,
    range: Range<usize>,
    /// Whether the first line begins before it.
    is_cut_before: bool,
    /// Whether the last line ends behind it.
    is_cut_behind: bool,
}

/// Stands where a line is cut.
const CUT: &str = "…";

impl<'a> Excerpt<'a> {
    fn of(source: &'a Source, spans: &[Span]) -> Self {
        let text = &source.text;
        let first = spans.iter().map(|span| shown_of(source, *span).start).min().unwrap_or(0);
        let last = spans.iter().map(|span| shown_of(source, *span).end).max().unwrap_or(0);
        let least = text.floor_char_boundary(first.saturating_sub(AROUND));
        let most = text.floor_char_boundary(last.saturating_add(AROUND).min(text.len()));
        let start = text[least..first].rfind('\n').map(|at| least + at + 1);
        let end = text[last..most].find('\n').map(|at| last + at + 1);
        Self {
            source,
            range: start.unwrap_or(least)..end.unwrap_or(most),
            is_cut_before: start.is_none() && least > 0 && text.as_bytes()[least - 1] != b'\n',
            is_cut_behind: end.is_none() && most < text.len(),
        }
    }

    /// Itself for the printer, with its lines' numbers.
    fn snippet<T: Clone>(&self, view: View<'_>) -> Snippet<'a, T> {
        Snippet::source(self.text()).line_start(self.source.position(self.range.start).line).path(self.path(view))
    }

    fn path(&self, view: View<'_>) -> String {
        shown::path(&view.path(&self.source.path)).into_owned()
    }

    /// A printer counts columns from where the text begins. Gives the place as it is printed, and as it is.
    fn corrected(&self, span: Span, view: View<'_>) -> Option<(String, String)> {
        let path = self.is_cut_before.then(|| self.path(view))?;
        let at = self.source.position(span.start as usize);
        let before = self.source.slice(self.range.start..span.start as usize);
        let is_first = !before.contains('\n');
        let printed = 1 + CUT.chars().count() + shown::source(before).chars().count();
        is_first.then(|| (format!("{path}:{}:{printed}", at.line), format!("{path}:{}:{}", at.line, at.column)))
    }

    fn text(&self) -> Cow<'a, str> {
        let text = shown::source(self.source.slice(self.range.clone()));
        if !self.is_cut_before && !self.is_cut_behind {
            return text;
        }
        let cut = |is_cut: bool| if is_cut { CUT } else { "" };
        Cow::Owned([cut(self.is_cut_before), &text, cut(self.is_cut_behind)].concat())
    }

    /// Where a span is in the text.
    fn local(&self, span: Span) -> Range<usize> {
        let before = if self.is_cut_before { CUT.len() } else { 0 };
        let shown_until = |at: usize| {
            let end = self.source.text.floor_char_boundary(at.clamp(self.range.start, self.range.end));
            before + shown::source(self.source.slice(self.range.start..end)).len()
        };
        let shown = shown_of(self.source, span);
        shown_until(shown.start)..shown_until(shown.end)
    }
}

/// What of a place is shown: of a long one the beginning.
fn shown_of(source: &Source, span: Span) -> Range<usize> {
    let text = &source.text;
    let boundary = |at: usize| text.floor_char_boundary(at.min(text.len()));
    let (start, end) = (boundary(span.start as usize), boundary(span.end as usize));
    if end.saturating_sub(start) <= PLACE_SHOWN {
        return start..end.max(start);
    }
    let end = boundary(start + PLACE_SHOWN);
    start..text[start..end].find('\n').map_or(end, |at| start + at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::Rule;
    use crate::text::Sources;

    fn printed(text: &str, range: Range<usize>) -> String {
        let mut sources = Sources::default();
        let source = sources.add("a.md", text);
        let problem =
            Diagnostic::new(Rule::WrongType, Span::new(source.id, range), "wrong").help("mend it").fix("\"1\"");
        print(&[problem], View { sources: &sources, prefix: "".into(), colour: Colour::Never })
    }

    #[test]
    fn of_a_long_line_what_is_near_is_shown_with_its_own_column() {
        let text = format!("+++\ntags = [{}]\n+++\n", "1,".repeat(30_000));
        let report = printed(&text, 40_012..40_013);
        assert!(report.len() < 3_000, "{}: {report}", report.len());
        assert!(report.contains("a.md:2:40009"), "{report}");
        assert!(report.contains('…') && report.contains("mend it"), "{report}");
    }

    #[test]
    fn of_a_long_place_the_beginning_is_shown() {
        let text = format!("title = \"{}\"\n", "ä".repeat(30_000));
        let report = printed(&text, 8..60_010);
        assert!(report.len() < 3_000 && report.contains("a.md:1:9"), "{report}");
    }

    #[test]
    fn a_short_line_is_shown_whole() {
        assert!(printed("a = 1\nb = 2\nc = 3\n", 10..11).contains("2 | b = 2\n"));
        assert!(!printed("a = 1\nb = 2\nc = 3\n", 10..11).contains('…'));
    }
}
