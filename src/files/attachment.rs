//! Which of a handbook's other files may be published, and the bytes that are.

use std::fs::File;
use std::io::{self, ErrorKind, Read, Seek};

use camino::Utf8Path;

use crate::files::{FILE_LIMIT, Refusal, below, picture};

/// The types that a browser shows or saves without running anything. Not among them, beside pages and programs: what
/// is XML, since a browser draws and runs what its namespaces say, and what is packed, since nothing looks inside.
const HARMLESS: [&str; 32] = [
    "png", "jpg", "jpeg", "gif", "webp", "avif", "ico", "bmp", "pdf", "csv", "tsv", "txt", "json", "toml", "yaml",
    "yml", "docx", "xlsx", "pptx", "odt", "ods", "odp", "key", "zip", "mp3", "mp4", "webm", "ogg", "wav", "m4a", "mov",
    "ics",
];

/// The most bytes of a file that is published: it is copied into every site and shown to nobody as a page.
pub const ATTACHMENT_LIMIT: u64 = 100 * 1024 * 1024;

/// How a text begins that browsers take for markup, where they have to guess; what ends in a letter has a space or a `>`
/// behind it. Source: MIME Sniffing, §7.1.
const MARKUP: [&str; 19] = [
    "<!doctype html",
    "<!--",
    "<?xml",
    "<a",
    "<b",
    "<body",
    "<br",
    "<div",
    "<font",
    "<h1",
    "<head",
    "<html",
    "<iframe",
    "<p",
    "<script",
    "<style",
    "<svg",
    "<table",
    "<title",
];

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
    let help = match extension {
        "jfif" | "jpe" | "pjpeg" => "rename it to `.jpg`, or save it so",
        "tif" | "tiff" | "heic" | "heif" | "psd" | "jxl" => "save it as PNG or JPEG",
        _ => "attach an image, a PDF, a table or an archive instead",
    };
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
    // What the system says of it: a file with holes takes little room until it is copied.
    let size = file.metadata()?.len();
    if size > ATTACHMENT_LIMIT {
        const MIB: u64 = 1024 * 1024;
        let reason = format!("it has {} MiB, more than {}", size.div_ceil(MIB), ATTACHMENT_LIMIT / MIB);
        return Ok(Err(Refusal { reason, help: "put it where files of this size are kept, and link to it there" }));
    }
    let mut start = Vec::new();
    (&mut file).take(GUESSED_FROM).read_to_end(&mut start)?;
    file.rewind()?;
    let start = without_lead(&start);
    // A text may be about markup, as a prompt with tags of its own.
    let is_page = if extension == "txt" { is_markup(start) } else { start.first() == Some(&b'<') };
    if !is_page {
        return Ok(Ok(Attachment::File(file)));
    }
    let reason = format!("it begins as a page does, and not as a file of type `.{extension}`");
    let help = match extension {
        "txt" => "begin it with another line than one with a tag of HTML",
        _ => "attach the file itself; if this is it, give it its own ending",
    };
    Ok(Err(Refusal { reason, help }))
}

/// What a browser that guesses looks at: what comes after byte-order marks and spaces, of which each browser skips other
/// ones. A zero is left, since sound and films begin with it; only in UTF-16 each letter has one.
fn without_lead(mut start: &[u8]) -> &[u8] {
    let is_wide = start.starts_with(b"\xff\xfe") || start.starts_with(b"\xfe\xff");
    loop {
        start = match start {
            [0, rest @ ..] if is_wide => rest,
            [0xef, 0xbb, 0xbf, rest @ ..]
            | [0xff, 0xfe, rest @ ..]
            | [0xfe, 0xff, rest @ ..]
            | [1..=b' ', rest @ ..] => rest,
            _ => return start,
        };
    }
}

fn is_markup(start: &[u8]) -> bool {
    let start: Vec<u8> = start.iter().filter(|byte| **byte != 0).take(20).map(u8::to_ascii_lowercase).collect();
    MARKUP.iter().any(|mark| {
        let Some(rest) = start.strip_prefix(mark.as_bytes()) else { return false };
        !mark.ends_with(|c: char| c.is_ascii_alphanumeric()) || !rest.first().is_some_and(u8::is_ascii_alphanumeric)
    })
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
    fn an_attachment_has_a_limit_of_size_also_where_it_has_holes() {
        let temporary = tempfile::tempdir().expect("a folder");
        let folder = Utf8Path::from_path(temporary.path()).expect("a UTF-8 path");
        for name in ["a.zip", "a.csv"] {
            let file = File::create(folder.join(name)).expect("a file");
            file.set_len(ATTACHMENT_LIMIT).expect("room");
            assert!(refusal(folder, name).is_none() && open(folder, name).is_ok());
            file.set_len(ATTACHMENT_LIMIT + 1).expect("room");
            let reason = refusal(folder, name).expect("a refusal").reason;
            assert_eq!(reason, "it has 101 MiB, more than 100");
            assert_eq!(open(folder, name).expect_err("a refusal").kind(), ErrorKind::InvalidData);
        }
    }

    #[test]
    fn a_page_under_another_ending_is_refused_where_a_browser_may_guess() {
        for page in [
            "<html>",
            "<!DOCTYPE html>",
            "\u{feff}<script>",
            " \r\n\t\u{c}<!-- -->",
            "\u{b}<script>",
            "\u{1}\u{1f}\u{feff} \u{feff}\u{b}<p>",
            "<?xml version='1.0'?>",
            "<P\tid='a'>",
            "<a/>",
        ] {
            let wide = |mark: u16| -> Vec<u16> { std::iter::once(mark).chain(page.encode_utf16()).collect() };
            let little: Vec<u8> = wide(0xfeff).into_iter().flat_map(u16::to_le_bytes).collect();
            let big: Vec<u8> = wide(0xfeff).into_iter().flat_map(u16::to_be_bytes).collect();
            for name in ["a.png", "a.pdf", "a.yaml", "a.key", "a.PNG", "a.csv", "a.tsv", "a.ics", "a.json", "a.txt"] {
                for content in [page.as_bytes(), &little, &big] {
                    assert!(!passes(name, content), "{name} {content:?}");
                }
            }
        }
        for name in ["a.csv", "a.json", "a.png"] {
            assert!(!passes(name, "<instructions>"), "{name}");
        }
    }

    #[test]
    fn what_begins_as_its_type_does_passes() {
        for (name, content) in [
            ("a.png", "\u{89}PNG <html>"),
            ("a.yaml", "a: <b>"),
            ("a.toml", ""),
            ("a.pdf", "%PDF-1.4"),
            ("a.csv", "\u{feff}a,<b>"),
            ("a.txt", "<instructions>\nDo it.\n</instructions>"),
            ("a.txt", "<prompt>"),
            ("a.txt", "<answer>"),
            ("a.txt", "<background>"),
            ("a.txt", "a <script>"),
            ("a.mp4", "\0\0\0<ftyp"),
        ] {
            assert!(passes(name, content), "{name} {content}");
        }
    }

    #[test]
    fn a_type_that_is_not_published_says_what_to_save_instead() {
        for (name, expected) in [
            ("a.jfif", "rename it to `.jpg`"),
            ("a.TIFF", "save it as PNG or JPEG"),
            ("a.tif", "save it as PNG or JPEG"),
            ("a.heic", "save it as PNG or JPEG"),
            ("a.exe", "attach an image"),
        ] {
            let refusal = refusal(Utf8Path::new("nowhere"), name).expect(name);
            assert!(refusal.help.starts_with(expected), "{name}: {}", refusal.help);
        }
    }
}
