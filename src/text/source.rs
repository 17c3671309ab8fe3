//! Files as text, with lines and columns.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use camino::{Utf8Path, Utf8PathBuf};

use crate::text::SourceId;

/// One file's text and its path as it is shown to people.
#[derive(Debug)]
pub struct Source {
    /// Its number in the [`Sources`] that holds it.
    pub id: SourceId,
    /// Path relative to the handbook's root, with `/` on every system.
    pub path: Utf8PathBuf,
    /// The text. Where the file was not UTF-8, invalid bytes stand as U+FFFD.
    pub text: String,
    /// Whether only its path may be told; the text is empty then.
    pub is_withheld: bool,
    line_starts: OnceLock<Vec<u32>>,
}

/// A line and a column, both counted from 1; the column counts characters, not bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Character in the line, from 1.
    pub column: usize,
}

impl Source {
    /// A source of its own.
    pub fn new(id: SourceId, path: impl Into<Utf8PathBuf>, text: impl Into<String>) -> Self {
        Self { id, path: path.into(), text: text.into(), is_withheld: false, line_starts: OnceLock::new() }
    }

    /// Line and column of a byte. A byte past the end is taken as the end.
    pub fn position(&self, byte: usize) -> Position {
        let byte = self.text.floor_char_boundary(byte.min(self.text.len()));
        let starts = self.line_starts();
        let line = starts.partition_point(|&start| start as usize <= byte) - 1;
        // A byte order mark is no character that an editor would count.
        let before = self.text[starts[line] as usize..byte].trim_start_matches('\u{feff}');
        let column = before.chars().count() + 1;
        Position { line: line + 1, column }
    }

    /// The text of a range, cut to what exists.
    pub fn slice(&self, range: Range<usize>) -> &str {
        self.text.get(range).unwrap_or_default()
    }

    fn line_starts(&self) -> &[u32] {
        self.line_starts.get_or_init(|| {
            let breaks = self.text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
            std::iter::once(0).chain(breaks.map(|(at, _)| at as u32 + 1)).collect()
        })
    }
}

/// Every file that was read, by number.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    list: Vec<Arc<Source>>,
    /// Numbers below the end of the list that belong to no file, the lowest last.
    free: Vec<usize>,
}

impl Sources {
    /// Some files of earlier ones, with the numbers that they had.
    pub fn keeping(kept: impl IntoIterator<Item = Arc<Source>>) -> Self {
        let mut kept: Vec<Arc<Source>> = kept.into_iter().collect();
        kept.sort_unstable_by_key(|source| source.id);
        let mut sources = Self::default();
        for source in kept {
            while sources.list.len() < source.id.0 as usize {
                sources.free.push(sources.list.len());
                sources.list.push(nothing());
            }
            sources.list.push(source);
        }
        sources.free.reverse();
        sources
    }

    /// Adds a file; its number is the first that is free.
    pub fn add(&mut self, path: impl AsRef<Utf8Path>, text: impl Into<String>) -> Arc<Source> {
        let free = self.free.pop();
        let at = free.unwrap_or(self.list.len());
        let source = Arc::new(Source::new(SourceId(at as u32), path.as_ref(), text));
        if free.is_some() {
            self.list[at] = Arc::clone(&source);
        } else {
            self.list.push(Arc::clone(&source));
        }
        source
    }

    /// The file of a number that these sources gave out.
    pub fn get(&self, id: SourceId) -> &Arc<Source> {
        &self.list[id.0 as usize]
    }

    /// Forgets a file that nothing points into.
    pub fn forget(&mut self, id: SourceId) {
        self.list[id.0 as usize] = nothing();
    }

    /// The same files, with the text of some of them emptied, so that a report can name their paths and quote nothing.
    #[must_use]
    pub fn without_text(&self, is_hidden: impl Fn(SourceId) -> bool) -> Self {
        let emptied =
            |source: &Arc<Source>| Arc::new(Source { is_withheld: true, ..Source::new(source.id, &source.path, "") });
        let each = |source: &Arc<Source>| if is_hidden(source.id) { emptied(source) } else { Arc::clone(source) };
        Self { list: self.list.iter().map(each).collect(), free: self.free.clone() }
    }

    /// All files, in the order of their numbers.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Source>> {
        self.list.iter()
    }
}

/// What stands at a number that belongs to no file.
fn nothing() -> Arc<Source> {
    Arc::new(Source::new(SourceId::default(), "", ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_characters_from_one() {
        let source = Source::new(SourceId(0), "a.md", "ä b\nxyz");
        assert_eq!(source.position(0), Position { line: 1, column: 1 });
        assert_eq!(source.position(3), Position { line: 1, column: 3 });
        assert_eq!(source.position(5), Position { line: 2, column: 1 });
        assert_eq!(source.position(99), Position { line: 2, column: 4 });
    }
}
