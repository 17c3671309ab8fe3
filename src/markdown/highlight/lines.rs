//! A cache of parsed lines. Code repeats itself line by line far more than block by block: a bracket alone, an import, a
//! closing tag. The same line met in the same state need not be parsed again, because a grammar sees nothing but the
//! two.
//!
//! States are large and few, so a line names them by number: a block whose lines are all in the cache is read without
//! one.

use std::collections::HashMap;
use std::sync::Arc;

use syntect::parsing::{ParseState, ScopeStackOp, SyntaxReference};

use super::grammars::SYNTAXES;

/// What a grammar makes of a line: operations, each at its byte.
type Operations = Arc<[(usize, ScopeStackOp)]>;

/// Lines by their text, for one thread: the states of a grammar cannot be shared by threads.
#[derive(Default)]
pub(super) struct Lines {
    /// By the name of the language, its place in `states`.
    languages: HashMap<&'static str, usize>,
    /// The states of each language that have a number; the first is that before its first line.
    states: Vec<Vec<ParseState>>,
    /// For each line the states it was met in.
    met: HashMap<Box<str>, Vec<Met>>,
    /// How much is kept, in operations.
    kept: usize,
}

/// A line in a state.
struct Met {
    language: usize,
    /// The number of the state before it.
    before: usize,
    operations: Operations,
    /// The number of the state behind it.
    behind: usize,
}

/// Where in a block the reading is.
pub(super) struct Place {
    language: usize,
    /// The number of the state, if it has one.
    number: Option<usize>,
    /// The state itself, if the line before was parsed. One of the two is always there.
    state: Option<ParseState>,
}

impl Lines {
    /// How many operations are kept, of 32 bytes each: those of twelve thousand common lines.
    const KEPT: usize = 350_000;

    /// What a line in a state counts besides its operations.
    const LINE: usize = 8;

    /// Longer lines are hardly ever met twice.
    const SHORT: usize = 80;

    /// How many states of a language get a number: a new one is compared with each. Code that is nested in many ways, or
    /// full of texts that say how they end, has more, and then is parsed line by line.
    const STATES: usize = 100;

    /// The beginning of a block.
    pub(super) fn begin(&mut self, syntax: &'static SyntaxReference) -> Place {
        let language = *self.languages.entry(&syntax.name).or_insert_with(|| {
            self.states.push(vec![ParseState::new(syntax)]);
            self.states.len() - 1
        });
        Place { language, number: Some(0), state: None }
    }

    /// Parses the next line, or remembers it. `None` when the grammar fails.
    pub(super) fn parse(&mut self, place: &mut Place, line: &str) -> Option<Operations> {
        let (language, before) = (place.language, place.number.filter(|_| line.len() <= Self::SHORT));
        let is_met = |met: &&Met| met.language == language && Some(met.before) == before;
        if let Some(met) = self.met.get(line).and_then(|seen| seen.iter().find(is_met)) {
            (place.number, place.state) = (Some(met.behind), None);
            return Some(Arc::clone(&met.operations));
        }
        let mut state = place.state.take().unwrap_or_else(|| self.state(place).clone());
        let operations: Operations = state.parse_line(line, &SYNTAXES).ok()?.into();
        place.number = self.number(language, &state);
        place.state = Some(state);
        if let (Some(before), Some(behind)) = (before, place.number)
            && self.kept + operations.len() + Self::LINE <= Self::KEPT
        {
            self.kept += operations.len() + Self::LINE;
            let met = Met { language, before, operations: Arc::clone(&operations), behind };
            self.met.entry(line.into()).or_default().push(met);
        }
        Some(operations)
    }

    /// The state at a place.
    pub(super) fn state<'p>(&'p self, place: &'p Place) -> &'p ParseState {
        let numbered = || &self.states[place.language][place.number.unwrap_or_default()];
        place.state.as_ref().unwrap_or_else(numbered)
    }

    /// The number of a state, which it gets when it is first met and there is room.
    fn number(&mut self, language: usize, state: &ParseState) -> Option<usize> {
        let states = &mut self.states[language];
        if let Some(number) = states.iter().position(|known| known == state) {
            return Some(number);
        }
        let own = state.clone();
        // The library compares what a rule has captured by its place in memory, so a state with some is none of those
        // that can be met again: not even by itself.
        if states.len() == Self::STATES || own != *state {
            return None;
        }
        states.push(own);
        Some(states.len() - 1)
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::super::grammars::grammar;
    use super::*;

    fn read(lines: &mut Lines, language: &str, code: &str) {
        let mut place = lines.begin(grammar(language).expect("a grammar"));
        for line in code.split_inclusive('\n') {
            lines.parse(&mut place, line).expect("a line that is parsed");
        }
    }

    #[test]
    fn what_is_kept_has_a_bound() {
        let mut lines = Lines::default();
        for nth in 0..60 {
            // Lines of their own, each deeper than the last, and one that is met at every depth.
            let line = |depth| format!("[{nth}, {depth}{}, [\n[[], [], [], [], []],\n", ", []".repeat(15));
            read(&mut lines, "json", &(0..90).map(line).collect::<String>());
        }
        let operations: usize = lines.met.values().flatten().map(|met| met.operations.len() + Lines::LINE).sum();
        assert_eq!(operations, lines.kept);
        assert!(Lines::KEPT - 1_000 < lines.kept && lines.kept <= Lines::KEPT, "{}", lines.kept);
    }

    #[test]
    fn states_with_captures_take_no_number() {
        let mut code = "cat <<EOF\n".to_owned();
        for nth in 0..200 {
            let _ = writeln!(code, "line {nth} of $many");
        }
        code.push_str("EOF\n");
        let mut lines = Lines::default();
        read(&mut lines, "bash", &code);
        assert!(lines.states[0].len() < 20, "{}", lines.states[0].len());
    }
}
