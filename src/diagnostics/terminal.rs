//! Problems with their source lines, for a person at a terminal.

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Patch, Renderer, Snippet};

use crate::diagnostics::{Diagnostic, Severity, View};
use crate::text::{Source, Span, shown};

/// With colour.
pub(super) fn styled(problems: &[Diagnostic], view: View<'_>) -> String {
    print(problems, view, &Renderer::styled())
}

/// Without colour.
pub(super) fn plain(problems: &[Diagnostic], view: View<'_>) -> String {
    print(problems, view, &Renderer::plain())
}

fn print(problems: &[Diagnostic], view: View<'_>, renderer: &Renderer) -> String {
    let mut text = String::new();
    for problem in problems {
        text.push_str(&renderer.render(&groups(problem, view)));
        text.push_str("\n\n");
    }
    text
}

fn groups<'a>(problem: &'a Diagnostic, view: View<'a>) -> Vec<Group<'a>> {
    let level = match problem.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Hint => Level::NOTE.with_name("hint"),
    };
    let main = level.primary_title(&problem.message).id(problem.rule.name());
    let mut main = match withheld(problem.span, view) {
        Some(file) => main.element(file),
        None => main.element(primary(problem, view)),
    };
    for place in elsewhere(problem) {
        if let Some(file) = withheld(place.span, view) {
            main = main.element(file);
            continue;
        }
        let source = view.sources.get(place.span.source);
        main = main.element(
            snippet(source, &[place.span], view)
                .annotation(AnnotationKind::Context.span(local(source, &[place.span], place.span)).label(&place.text)),
        );
    }
    let mut groups = vec![];
    if let Some(help) = &problem.help {
        if let Some(fix) = &problem.fix {
            groups.push(main);
            groups.push(patch(help, fix.span, &fix.replacement, view));
            return groups;
        }
        main = main.element(Level::HELP.message(help));
    }
    groups.push(main);
    groups
}

/// The name of a place's file, where nothing more may be shown of it.
fn withheld(place: Span, view: View<'_>) -> Option<Origin<'_>> {
    let source = view.sources.get(place.source);
    source.is_withheld.then(|| Origin::path(shown::path(&view.path(&source.path)).into_owned()))
}

fn primary<'a>(problem: &'a Diagnostic, view: View<'a>) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let source = view.sources.get(problem.span.source);
    let here: Vec<_> = problem.places.iter().filter(|place| place.span.source == problem.span.source).collect();
    let spans: Vec<Span> = std::iter::once(problem.span).chain(here.iter().map(|place| place.span)).collect();
    let mut annotation = AnnotationKind::Primary.span(local(source, &spans, problem.span));
    if !problem.label.is_empty() {
        annotation = annotation.label(&problem.label);
    }
    let mut shown = snippet(source, &spans, view).annotation(annotation);
    for place in here {
        let at = AnnotationKind::Context.span(local(source, &spans, place.span));
        shown = shown.annotation(at.label(&place.text));
    }
    shown
}

fn elsewhere(problem: &Diagnostic) -> impl Iterator<Item = &super::Label> {
    problem.places.iter().filter(|place| place.span.source != problem.span.source)
}

fn patch<'a>(help: &'a str, span: Span, replacement: &'a str, view: View<'a>) -> Group<'a> {
    let source = view.sources.get(span.source);
    let patch = Patch::new(local(source, &[span], span), shown::source(replacement));
    Level::HELP.secondary_title(help).element(snippet(source, &[span], view).patch(patch))
}

/// The lines around some spans of one source: a printer need not look at a whole file to show two lines of it.
fn snippet<'a, T: Clone>(source: &'a Source, spans: &[Span], view: View<'a>) -> Snippet<'a, T> {
    let window = window(source, spans);
    Snippet::source(shown::source(source.slice(window.clone())))
        .line_start(source.position(window.start).line)
        .path(shown::path(&view.path(&source.path)).into_owned())
}

fn window(source: &Source, spans: &[Span]) -> std::ops::Range<usize> {
    let first = spans.iter().map(|span| span.start as usize).min().unwrap_or(0);
    let last = spans.iter().map(|span| span.end as usize).max().unwrap_or(0);
    let text = &source.text;
    let start = text[..first.min(text.len())].rfind('\n').map_or(0, |at| at + 1);
    let end = text[last.min(text.len())..].find('\n').map_or(text.len(), |at| last + at + 1);
    start..end
}

/// Where a span is in the lines around some spans, as they are shown.
fn local(source: &Source, spans: &[Span], span: Span) -> std::ops::Range<usize> {
    let window = window(source, spans);
    let shown_until = |at: u32| {
        let end = source.text.floor_char_boundary((at as usize).clamp(window.start, window.end));
        shown::source(source.slice(window.start..end)).len()
    };
    shown_until(span.start)..shown_until(span.end)
}
