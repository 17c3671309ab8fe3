//! Front matter to records: the notation is parsed, what is wrong with it is reported, and the rest is read all the same.

use std::borrow::Cow;
use std::ops::Range;

use super::guard::{Doubt, key_of};
use super::kept_back::Due;
use super::mend::{Known, Mender};
use super::parsed::{Mistake, Parsed};
use super::reader::{Keys, Reader};
use super::split::{Fences, Parts};
use super::swapped;
use super::syntax::Syntax;
use super::tree::Table;
use crate::diagnostics::{Diagnostic, Problems};
use crate::text::Source;

/// What was read of a front matter.
#[derive(Debug, Clone, Default)]
pub struct Front<T> {
    /// Its values.
    pub value: T,
    /// What decides who may see the entry and could not be understood.
    pub doubt: Doubt,
    /// The day before which another tool would not show the entry.
    pub due: Option<Due>,
    /// Whether all of it could be parsed, and stands between fences as they should be.
    pub is_whole: bool,
}

/// How often a text is parsed again without the lines that are wrong.
const ROUNDS: usize = 8;

/// The most mistakes that are told of one file.
const MISTAKES_MOST: usize = 50;

/// Parses the front matter in a range of a source, reports every mistake, and reads what could be understood.
pub fn parse<T>(
    source: &Source,
    parts: &Parts,
    known: &dyn Fn() -> Known,
    problems: &mut Problems,
    read: impl FnOnce(&mut Keys<'_, '_, '_>) -> T,
) -> Front<T> {
    let syntax = parts.syntax;
    let range = &parts.front.clone().unwrap_or(parts.body.start..parts.body.start);
    let parsed = parse_text(source.slice(range.clone()), source, range, syntax);
    if parsed.mistakes.is_empty() {
        let mut reader = Reader::new(source.id, syntax, problems);
        if parts.fences == Fences::Open {
            reader.note_unknown();
        }
        return Front { is_whole: parts.fences == Fences::Sound, ..read_table(&parsed.table, reader, read) };
    }
    if let Some(problem) = swapped::told(source, parts) {
        problems.push(problem);
        // Nothing of it is read, so nothing else is told of it.
        let mut unheard = Problems::default();
        let reader = Reader::new(source.id, syntax, &mut unheard);
        return Front { is_whole: false, ..read_table(&Table::default(), reader, read) };
    }
    let mender = Mender { source, front: range, syntax, known: &known() };
    let rest = Rest::of(&mender, problems);
    let parsed = parse_text(&rest.text, source, range, syntax);
    // What follows a mistake that cannot be left out is often a shifted piece of it: its keys are guesses, so they raise
    // no problems.
    let mut unheard = Problems::default();
    let is_left_out = parsed.mistakes.iter().all(|mistake| mistake.lines.is_none());
    let mut reader = Reader::new(source.id, syntax, if is_left_out { problems } else { &mut unheard });
    reader.note_lost(&rest.lost, if is_left_out { rest.doubt } else { Doubt::ALL });
    Front { is_whole: false, ..read_table(&parsed.table, reader, read) }
}

fn read_table<T>(table: &Table<'_>, mut reader: Reader<'_>, read: impl FnOnce(&mut Keys<'_, '_, '_>) -> T) -> Front<T> {
    let file = reader.file();
    let value = read(&mut Keys::new(table, file, &mut reader));
    let (doubt, due) = reader.finish();
    Front { value, doubt, due, is_whole: true }
}

fn parse_text<'t>(text: &'t str, source: &Source, range: &Range<usize>, syntax: Syntax) -> Parsed<'t> {
    match syntax {
        Syntax::Toml => super::toml::parse(text, source, range),
        Syntax::Yaml => super::yaml::parse(text, source, range),
    }
}

/// The text that is left when the lines that are wrong have been blanked.
struct Rest<'s> {
    text: Cow<'s, str>,
    /// The keys of the blanked lines; `None` for a line that does not say.
    lost: Vec<Option<String>>,
    /// What they may have said of who may see the entry.
    doubt: Doubt,
    /// How many mistakes came to be told.
    told: usize,
}

impl<'s> Rest<'s> {
    fn of(mender: &Mender<'s>, problems: &mut Problems) -> Self {
        let Mender { source, front: range, syntax, .. } = *mender;
        let mut rest = Self {
            text: Cow::Borrowed(source.slice(range.clone())),
            lost: Vec::new(),
            doubt: Doubt::default(),
            told: 0,
        };
        for round in 0..=ROUNDS {
            let mistakes = parse_text(&rest.text, source, range, syntax).mistakes;
            let places: Vec<Range<usize>> = mistakes.iter().filter_map(|mistake| mistake.lines.clone()).collect();
            for mistake in &mistakes {
                rest.doubt.join(mistake.doubt);
            }
            // The parser of YAML stops at its first error; that of TOML reports all, and then echoes of them.
            if round == 0 || syntax == Syntax::Yaml {
                rest.tell(mistakes, mender, problems);
            }
            if places.is_empty() || round == ROUNDS {
                break;
            }
            for lines in places {
                rest.blank(lines.start - range.start..lines.end - range.start);
            }
        }
        rest
    }

    /// Reports the first mistakes, each as its field would have it, and that there are more.
    fn tell(&mut self, mistakes: Vec<Mistake>, mender: &Mender<'_>, problems: &mut Problems) {
        let told = MISTAKES_MOST.saturating_sub(self.told);
        let rest = mistakes.len().saturating_sub(told);
        self.told += mistakes.len();
        for (nth, mistake) in mistakes.into_iter().enumerate().take(told + 1) {
            if nth < told {
                problems.push(mender.mended(mistake));
                continue;
            }
            let Diagnostic { rule, span, .. } = mistake.problem;
            let noun = if rest == 1 { "problem" } else { "problems" };
            let message = format!("{rest} more {noun} like those before it from here on");
            problems.push(Diagnostic::new(rule, span, message).help("mend the first ones, and check again"));
        }
    }

    /// Makes lines empty, so that every other place stays what it is.
    fn blank(&mut self, lines: Range<usize>) {
        let text = self.text.to_mut();
        let (start, end) = (lines.start.min(text.len()), lines.end.min(text.len()));
        for line in text[start..end].lines().filter(|line| !line.trim().is_empty()) {
            self.lost.push(key_of(line).map(str::to_owned));
            self.doubt.join(Doubt::of_lost(line));
        }
        let blanks: String = text[start..end].bytes().map(|b| if b == b'\n' { '\n' } else { ' ' }).collect();
        text.replace_range(start..end, &blanks);
    }
}
