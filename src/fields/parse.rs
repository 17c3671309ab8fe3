//! Front matter to records: the notation is parsed, what is wrong with it is reported, and the rest is read all the same.

use std::borrow::Cow;
use std::ops::Range;

use super::guard::Doubt;
use super::mend::{Known, Mender};
use super::reader::{Keys, Reader};
use super::split::{Fences, Parts};
use super::swapped;
use super::syntax::Syntax;
use super::tree::Table;
use crate::diagnostics::{Diagnostic, Problems};
use crate::text::Source;

/// What a notation's parser makes of a text.
pub(super) struct Parsed<'s> {
    /// What could be read.
    pub(super) table: Table<'s>,
    /// What could not, in the order of the text.
    pub(super) mistakes: Vec<Mistake>,
}

/// A mistake of notation.
pub(super) struct Mistake {
    /// What is wrong.
    pub(super) problem: Diagnostic,
    /// The bytes of the source that have to be left out to read what else there is: whole lines. `None` where the rest was
    /// read in spite of it.
    pub(super) lines: Option<Range<usize>>,
    /// The bytes of the value that cannot be read, where it is one on a line of its own.
    pub(super) value: Option<Range<usize>>,
}

impl Mistake {
    /// A mistake in spite of which everything else was read.
    pub(super) fn beside(problem: Diagnostic) -> Self {
        Self { problem, lines: None, value: None }
    }
}

/// What was read of a front matter.
#[derive(Debug, Clone, Default)]
pub struct Front<T> {
    /// Its values.
    pub value: T,
    /// What decides who may see the entry and could not be understood.
    pub doubt: Doubt,
    /// Whether all of it could be parsed, and stands between fences as they should be.
    pub is_whole: bool,
}

/// How often a text is parsed again without the lines that are wrong.
const ROUNDS: usize = 8;

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
    reader.note_lost(&rest.lost);
    Front { is_whole: false, ..read_table(&parsed.table, reader, read) }
}

fn read_table<T>(table: &Table<'_>, mut reader: Reader<'_>, read: impl FnOnce(&mut Keys<'_, '_, '_>) -> T) -> Front<T> {
    let file = reader.file();
    let value = read(&mut Keys::new(table, file, &mut reader));
    Front { value, doubt: reader.finish(), is_whole: true }
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
    /// The keys of the blanked lines; `None` for one that does not tell.
    lost: Vec<Option<String>>,
}

impl<'s> Rest<'s> {
    fn of(mender: &Mender<'s>, problems: &mut Problems) -> Self {
        let Mender { source, front: range, syntax, .. } = *mender;
        let mut rest = Self { text: Cow::Borrowed(source.slice(range.clone())), lost: Vec::new() };
        for round in 0..ROUNDS {
            let mistakes = parse_text(&rest.text, source, range, syntax).mistakes;
            let places: Vec<Range<usize>> = mistakes.iter().filter_map(|mistake| mistake.lines.clone()).collect();
            // One at a time is all that the parser of YAML tells; that of TOML tells all, and then echoes of them.
            if round == 0 || syntax == Syntax::Yaml {
                problems.extend(mistakes.into_iter().map(|mistake| mender.mended(mistake)));
            }
            if places.is_empty() {
                break;
            }
            for lines in places {
                rest.blank(lines.start - range.start..lines.end - range.start);
            }
        }
        rest
    }

    /// Makes lines empty, so that every other place stays what it is.
    fn blank(&mut self, lines: Range<usize>) {
        let text = self.text.to_mut();
        let (start, end) = (lines.start.min(text.len()), lines.end.min(text.len()));
        self.lost.extend(text[start..end].lines().filter(|line| !line.trim().is_empty()).map(key));
        let blanks: String = text[start..end].bytes().map(|b| if b == b'\n' { '\n' } else { ' ' }).collect();
        text.replace_range(start..end, &blanks);
    }
}

/// The key that a line begins with, where one can be told.
fn key(line: &str) -> Option<String> {
    let key = line.split(['=', ':']).next().unwrap_or_default().trim().trim_matches(['"', '\'']);
    let is_key = !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'));
    is_key.then(|| key.to_owned())
}
