//! A file that is a text, and what is reported of one that is not.

use std::fs::{File, Metadata};
use std::io::{self, Read};
use std::sync::Arc;

use memchr::memchr;

use crate::diagnostics::{Diagnostic, Problems, Rule};
use crate::files::below::{self, Folder};
use crate::files::{FILE_LIMIT, Failure};
use crate::text::{Source, Sources, Span};

/// What to do about a text in another encoding.
const SAVE: &str = "save it again as UTF-8";

/// A file's bytes as text.
pub(super) enum Text {
    Whole(String),
    /// The text with U+FFFD for what is not UTF-8, and where that begins.
    Broken(String, usize),
    /// The text of a file in UTF-16.
    Utf16(String),
    TooLarge(u64),
}

/// The text of a file below a folder, and what the system said of the file before it was read. No link is followed, also
/// where one has come since the folder was listed.
pub(super) fn read(folder: &mut Folder<'_>, path: &str) -> Result<(Text, Metadata), Failure> {
    let read = folder.open(path).and_then(|(file, metadata)| Ok((read_text(file, metadata.len())?, metadata)));
    read.map_err(|error| {
        let path = folder.path.join(path);
        match error.kind() {
            io::ErrorKind::InvalidInput => Failure::NotAFile { kind: below::kind_of(&path), path },
            _ => Failure::Io { action: "read", path, error },
        }
    })
}

fn read_text(file: File, size: u64) -> io::Result<Text> {
    if size > FILE_LIMIT {
        return Ok(Text::TooLarge(size));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0) + 1);
    // The file may have grown since its size was asked for.
    file.take(FILE_LIMIT + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > FILE_LIMIT {
        return Ok(Text::TooLarge(bytes.len() as u64));
    }
    if let Some(text) = utf16(&bytes) {
        return Ok(Text::Utf16(text));
    }
    end_lines(&mut bytes);
    Ok(match String::from_utf8(bytes) {
        Ok(text) => Text::Whole(text),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            Text::Broken(String::from_utf8_lossy(error.as_bytes()).into_owned(), at)
        }
    })
}

/// Makes a line feed of each carriage return that stands alone: it ends a line in old files, in Markdown and in what an
/// author sees, and must do so for front matter too. No place changes.
fn end_lines(bytes: &mut [u8]) {
    let first = memchr(b'\r', bytes).unwrap_or(bytes.len());
    for at in first..bytes.len() {
        if bytes[at] == b'\r' && bytes.get(at + 1) != Some(&b'\n') {
            bytes[at] = b'\n';
        }
    }
}

/// The text of bytes that are UTF-16, by the mark that they begin with, or by a zero in every second byte.
fn utf16(bytes: &[u8]) -> Option<String> {
    const LOOKED_AT: usize = 64;
    let seen = &bytes[..bytes.len().min(LOOKED_AT)];
    let zeros = |from: usize| seen.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    let is_most = |zeros: usize| seen.len() >= 8 && zeros * 4 > seen.len();
    let big = match bytes {
        [0xFE, 0xFF, ..] => true,
        [0xFF, 0xFE, ..] => false,
        _ if is_most(zeros(0)) && zeros(1) == 0 => true,
        _ if is_most(zeros(1)) && zeros(0) == 0 => false,
        _ => return None,
    };
    let unit =
        |pair: &[u8]| if big { u16::from_be_bytes([pair[0], pair[1]]) } else { u16::from_le_bytes([pair[0], pair[1]]) };
    let units: Vec<u16> = bytes.chunks_exact(2).map(unit).collect();
    Some(String::from_utf16_lossy(&units).trim_start_matches('\u{feff}').to_owned())
}

/// Adds a text to the sources, and reports what is wrong with it. Gives whether the source has all of it: of a file
/// that is too large it has nothing.
pub(super) fn add(path: &str, text: Text, sources: &mut Sources, problems: &mut Problems) -> (Arc<Source>, bool) {
    match text {
        Text::Whole(text) => (sources.add(path, text), true),
        Text::Broken(text, at) => {
            let source = sources.add(path, text);
            let end = at + '\u{fffd}'.len_utf8();
            let problem = Diagnostic::new(Rule::NotUtf8, Span::new(source.id, at..end), "the file is not UTF-8 text");
            problems.push(problem.label("the first byte that is no character").help(SAVE));
            (source, false)
        }
        Text::Utf16(text) => {
            let source = sources.add(path, text);
            let problem = Diagnostic::new(Rule::NotUtf8, Span::file(source.id), "the file is UTF-16 text, not UTF-8");
            problems.push(problem.help(SAVE));
            (source, false)
        }
        Text::TooLarge(size) => {
            let source = sources.add(path, "");
            let message =
                format!("the file has {} KiB, more than the {} KiB that are read", size / 1024, FILE_LIMIT / 1024);
            let problem = Diagnostic::new(Rule::TooLarge, Span::file(source.id), message);
            problems.push(problem.help("split it, or put the long part beside it as an attachment"));
            (source, false)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lone_carriage_return_ends_a_line() {
        for (written, read) in [("a\rb\r\rc\r", "a\nb\n\nc\n"), ("a\r\nb\r\r\n", "a\r\nb\n\r\n"), ("ü", "ü")] {
            let mut bytes = written.as_bytes().to_vec();
            end_lines(&mut bytes);
            assert_eq!(bytes, read.as_bytes());
        }
    }
}
