//! Which of a handbook's other files may be published, and the bytes that are.

use std::fs::File;
use std::io::{self, ErrorKind, Read, Seek};

use camino::Utf8Path;

use crate::content::source::{FILE_LIMIT, Refusal, below, picture};

/// The types that a browser shows or saves without running anything. Not among them, beside pages and programs: what
/// is XML, since a browser draws and runs what its namespaces say, and what is packed, since nothing looks inside.
const HARMLESS: [&str; 32] = [
    "png", "jpg", "jpeg", "gif", "webp", "avif", "ico", "bmp", "pdf", "csv", "tsv", "txt", "json", "toml", "yaml",
    "yml", "docx", "xlsx", "pptx", "odt", "ods", "odp", "key", "zip", "mp3", "mp4", "webm", "ogg", "wav", "m4a", "mov",
    "ics",
];

/// The types that every host sends as what they are: their text may be that of a page, as an example is.
const TEXTS: [&str; 5] = ["txt", "csv", "tsv", "json", "ics"];

/// How many bytes a browser looks at when it has to guess what a file is. Source: MIME Sniffing, §7.
const GUESSED_FROM: u64 = 1445;

/// What is published of a file.
#[derive(Debug)]
pub enum Attachment {
    /// The bytes of a picture: the same ones that were checked.
    Picture(Vec<u8>),
    /// A file to copy or to send from its start on, since it is of a type that runs nothing.
    File(File),
}

/// Opens a file below a folder as it is published. A picture is read once, and these bytes are both checked and given:
/// it may be another one than when the handbook was checked.
///
/// # Errors
///
/// When there is no such ordinary file in the folder, it cannot be read, or it must not be published.
pub fn open(folder: &Utf8Path, path: &str) -> io::Result<Attachment> {
    let file = below::open(folder, path)?;
    let opened = if is_picture(path) { open_picture(file) } else { open_other(file, &extension(path)) };
    opened?.map_err(|refusal| io::Error::new(ErrorKind::InvalidData, refusal.reason))
}

/// Why a file below a folder must not be published, by its type and by what is in it.
pub(super) fn refusal(folder: &Utf8Path, path: &str) -> Option<Refusal> {
    let extension = extension(path);
    if !is_picture(path) && !HARMLESS.contains(&extension.as_str()) {
        return Some(unpublished(&extension));
    }
    let file = below::open(folder, path);
    let opened = file.and_then(|file| if is_picture(path) { open_picture(file) } else { open_other(file, &extension) });
    match opened {
        Ok(opened) => opened.err(),
        Err(error) => Some(Refusal { reason: format!("it cannot be read: {error}"), help: "make the file readable" }),
    }
}

fn unpublished(extension: &str) -> Refusal {
    let named = if extension.is_empty() { "without an ending".to_owned() } else { format!("of type `.{extension}`") };
    let help = "attach an image, a PDF, a table or an archive instead";
    Refusal { reason: format!("files {named} are not published"), help }
}

fn is_picture(path: &str) -> bool {
    extension(path) == "svg"
}

fn extension(path: &str) -> String {
    Utf8Path::new(path).extension().unwrap_or_default().to_ascii_lowercase()
}

fn open_picture(file: File) -> io::Result<Result<Attachment, Refusal>> {
    let mut bytes = Vec::new();
    file.take(FILE_LIMIT + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > FILE_LIMIT {
        let reason = format!("the picture has more than the {} KiB that are read", FILE_LIMIT / 1024);
        return Ok(Err(Refusal { reason, help: "export it as PNG, or with fewer points" }));
    }
    let refusal = match std::str::from_utf8(&bytes) {
        Ok(text) => picture::refusal(text),
        Err(_) => Some(Refusal { reason: "the picture is not UTF-8".to_owned(), help: "save the picture as UTF-8" }),
    };
    Ok(refusal.map_or(Ok(Attachment::Picture(bytes)), Err))
}

/// A host that does not know a type sends the file without one, and then the browser guesses: a file that begins as a
/// page does would run.
fn open_other(mut file: File, extension: &str) -> io::Result<Result<Attachment, Refusal>> {
    if !TEXTS.contains(&extension) {
        let mut start = Vec::new();
        (&mut file).take(GUESSED_FROM).read_to_end(&mut start)?;
        file.rewind()?;
        if looks_like_a_page(&start) {
            let reason = format!("it begins as a page does, and not as a file of type `.{extension}`");
            return Ok(Err(Refusal { reason, help: "attach the file itself; if this is it, give it its own ending" }));
        }
    }
    Ok(Ok(Attachment::File(file)))
}

/// Whether a browser that guesses could take it for markup: all that it looks for begins with `<`, after a mark and
/// spaces. Source: MIME Sniffing, §7.1.
fn looks_like_a_page(start: &[u8]) -> bool {
    let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start);
    start.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'<')
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    const PICTURE: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\"/>";

    /// Whether a file with this content is opened, and whether there is no refusal of it, which must be the same.
    fn passes(name: &str, content: impl AsRef<[u8]>) -> bool {
        let temporary = tempfile::tempdir().expect("a folder");
        let folder = Utf8Path::from_path(temporary.path()).expect("a UTF-8 path");
        fs::write(folder.join(name), content).expect("a file");
        let opened = open(folder, name);
        assert_eq!(opened.is_ok(), refusal(folder, name).is_none(), "{name}");
        opened.is_ok()
    }

    #[test]
    fn a_picture_is_given_as_it_was_checked() {
        let temporary = tempfile::tempdir().expect("a folder");
        let folder = Utf8Path::from_path(temporary.path()).expect("a UTF-8 path");
        fs::write(folder.join("a.svg"), PICTURE).expect("a file");
        let opened = open(folder, "a.svg").expect("a picture");
        assert!(matches!(opened, Attachment::Picture(bytes) if bytes == PICTURE.as_bytes()));
        fs::write(folder.join("a.svg"), "<svg onload='x'/>").expect("a file");
        assert_eq!(open(folder, "a.svg").expect_err("no picture").kind(), ErrorKind::InvalidData);
    }

    #[test]
    fn pictures_are_utf_8_and_of_a_size_that_is_read() {
        let spaces = |count: u64| " ".repeat(usize::try_from(count).expect("a size"));
        let largest = PICTURE.to_owned() + &spaces(FILE_LIMIT - PICTURE.len() as u64);
        assert!(passes("a.svg", &largest));
        assert!(passes("a.SVG", PICTURE));
        assert!(!passes("a.svg", largest + " "));
        assert!(!passes("a.svg", [PICTURE.as_bytes(), b"<!--\xff-->"].concat()));
        assert!(!passes("a.svg", b"\xff\xfe<\0s\0v\0g\0"));
        assert!(!passes("a.svg", b"\x1f\x8b\x08"));
    }

    #[test]
    fn a_page_under_another_ending_is_refused_where_a_browser_may_guess() {
        for page in ["<html>", "<!DOCTYPE html>", "\u{feff}<script>", " \r\n\t\u{c}<!-- -->", "<?xml version='1.0'?>"] {
            for name in ["a.png", "a.pdf", "a.yaml", "a.toml", "a.key", "a.zip", "a.PNG"] {
                assert!(!passes(name, page), "{name} {page}");
            }
            for name in ["a.txt", "a.csv", "a.json"] {
                assert!(passes(name, page), "{name} {page}");
            }
        }
        for (name, content) in
            [("a.png", "\u{89}PNG <html>"), ("a.yaml", "a: <b>"), ("a.toml", ""), ("a.pdf", "%PDF-1.4")]
        {
            assert!(passes(name, content), "{name}");
        }
    }
}
