//! Which file names can become addresses.

use crate::content::reserved::{Form, Reserved};
use crate::content::{Id, Kind};
use crate::text::spelling::{canonical, spelling};
use crate::text::{digest, slug};

/// The endings of an entry's own files: its page, its twin, its data and its pack.
pub const OWN_ENDINGS: [&str; 4] = [".html", ".md", ".json", ".zip"];

/// Why something cannot have its address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flaw {
    /// The folder whose name it is, by its path, where it is not that of the file: everything in it has the same flaw.
    pub folder: Option<String>,
    /// What is wrong, as the end of a sentence or a sentence of its own.
    pub reason: String,
    /// What to do.
    pub help: String,
}

/// Names that Windows cannot store, with any ending. Source: Microsoft, Naming Files, Paths, and Namespaces.
const DEVICES: [&str; 7] = ["con", "prn", "aux", "nul", "conin$", "conout$", "clock$"];

/// The longest name of one folder or file, in bytes, so that every ending still fits the 255 of most systems.
const LONGEST_NAME: usize = 200;

/// The endings of files that the site makes itself.
const ENDINGS: [&str; 8] = [".html", ".md", ".xml", ".txt", ".json", ".zip", ".css", ".js"];

/// The name of a page that the site makes for somebody or for a term. It depends on the name alone and on no other that
/// the handbook has: one that its own letters make, accents aside, or one with a digest, after `what` where no letter
/// can stand in an address. So names that are spelt differently never share one, but for their accents: `Renee` is
/// `Renée`.
pub fn page_name(name: &str, what: &str) -> String {
    let key = spelling(name);
    let slug = slug::ascii(&key);
    let is_spelt = !slug.is_empty() && slug == without_accents(&key);
    if is_spelt && !ends_with_digest(&slug) && !is_list(&slug) && unusable_name(&slug).is_none() {
        return slug;
    }
    with_digest(if slug.is_empty() { what } else { &slug }, &key)
}

/// A name with its Latin letters in ASCII (U+00C0 to U+024F), and everything else as it is.
fn without_accents(key: &str) -> String {
    let is_latin = |c: char| ('\u{c0}'..='\u{24f}').contains(&c) && c.is_alphabetic();
    let mut bare = String::with_capacity(key.len());
    for c in key.chars() {
        if is_latin(c) {
            bare.push_str(&slug::ascii(c.encode_utf8(&mut [0; 4])));
        } else {
            bare.push(c);
        }
    }
    bare
}

/// A page's name that no other key has.
pub fn with_digest(start: &str, key: &str) -> String {
    format!("{start}-{}", digest::short(key.as_bytes()))
}

fn ends_with_digest(name: &str) -> bool {
    let is_digest = |end: &str| end.len() == digest::LENGTH && end.bytes().all(|b| b.is_ascii_hexdigit());
    name.rsplit_once('-').is_some_and(|(_, end)| is_digest(end))
}

/// Whether it is the name of a page of a list.
fn is_list(name: &str) -> bool {
    name == "index" || name.strip_prefix("page-").is_some_and(|number| number.parse::<u32>().is_ok())
}

/// Why an id cannot be an address; `None` when it can.
pub fn unusable(id: &Id, taken: &Reserved) -> Option<Flaw> {
    unusable_path(id.as_str()).or_else(|| reserved(id, taken))
}

/// Why the path of a file cannot be an address, whatever the site makes itself; `None` when it can.
pub fn unusable_path(path: &str) -> Option<Flaw> {
    let mut start = 0;
    for name in path.split('/') {
        let end = start + name.len();
        if let Some((reason, help)) = unusable_name(name) {
            let folder = (end < path.len()).then(|| path[..end].to_owned());
            return Some(Flaw { folder, reason, help });
        }
        start = end + 1;
    }
    unusable_folder(path)
}

/// Why the file at a path would stand where the site has something of its own; `None` where it would not.
pub fn reserved_path(path: &str, taken: &Reserved) -> Option<Flaw> {
    let whole = canonical(path);
    if let Some((first, _)) = path.split_once('/')
        && let Some(flaw) = reserved_folder(first, taken)
    {
        return Some(flaw);
    }
    if let Some(what) = taken.what(Form::File, &whole) {
        return Some(Flaw::of_file(format!("`{path}` is the site's own file, for {what}")));
    }
    if let Some(what) = taken.what(Form::Anywhere, whole.rsplit('/').next().unwrap_or(&whole)) {
        return Some(Flaw::of_file(format!("`{path}` has a name by which {what}")));
    }
    let stem = OWN_ENDINGS.iter().find_map(|ending| whole.strip_suffix(ending))?;
    match stem.rsplit_once('/') {
        None => reserved_page(stem, taken),
        Some((folder, name)) => {
            let kind = Kind::of_folder(folder)?;
            is_list(name)
                .then(|| Flaw::of_file(format!("`{path}` is the address of the list of all {}", kind.folder())))
        }
    }
}

impl Flaw {
    fn of_file(reason: String) -> Self {
        Self { folder: None, reason, help: "choose another name".to_owned() }
    }

    fn of_folder(folder: &str, reason: String) -> Self {
        Self { folder: Some(folder.to_owned()), reason, help: "rename the folder".to_owned() }
    }
}

fn reserved_folder(written: &str, taken: &Reserved) -> Option<Flaw> {
    let name = canonical(written);
    if let Some(what) = taken.folder(&name) {
        return Some(Flaw::of_folder(written, format!("the folder `{written}` is the site's own, for {what}")));
    }
    let what = taken.what(Form::File, &name)?;
    Some(Flaw::of_folder(written, format!("the folder `{written}` has the name of the site's own file for {what}")))
}

fn reserved_page(name: &str, taken: &Reserved) -> Option<Flaw> {
    if name == "index" {
        return Some(Flaw::of_file("`index` is the front page".to_owned()));
    }
    let what = taken.what(Form::Page, name)?;
    Some(Flaw::of_file(format!("`{name}` is the site's own page, for {what}")))
}

/// Why one of the folders of a path cannot be one of the site: it has the name of a file that the site could have in
/// the same place, and no system stores both.
fn unusable_folder(path: &str) -> Option<Flaw> {
    let (folders, _) = path.rsplit_once('/')?;
    let ends = folders.match_indices('/').map(|(end, _)| end).chain([folders.len()]);
    let folder = ends.map(|end| &folders[..end]).find(|folder| {
        let name = canonical(folder);
        ENDINGS.iter().any(|ending| name.ends_with(ending))
    })?;
    let name = folder.rsplit('/').next().unwrap_or(folder);
    Some(Flaw::of_folder(folder, format!("the folder `{}` has the name of a file of the site", name.escape_debug())))
}

fn unusable_name(name: &str) -> Option<(String, String)> {
    let because = |reason: &str, help: &str| Some((format!("`{}` {reason}", name.escape_debug()), help.to_owned()));
    let plain = "use letters, digits and hyphens, e.g. `launch-email`";
    if let Some(c) =
        name.chars().find(|c| matches!(c, '<' | '>' | ':' | '"' | '|' | '?' | '*' | '\\' | '#' | '%') || c.is_control())
    {
        return because(
            &format!("has the character `{}`, which cannot stand in an address everywhere", c.escape_debug()),
            plain,
        );
    }
    if crate::text::hidden::find(name).is_some() {
        return because("has an invisible character", plain);
    }
    if name.is_empty() {
        return Some(("a part of the path has no name".to_owned(), plain.to_owned()));
    }
    if name.starts_with([' ', '.']) || name.ends_with([' ', '.']) {
        return because("begins or ends with a space or a dot", plain);
    }
    if name.len() > LONGEST_NAME {
        return Some((format!("the name has {} bytes", name.len()), format!("use at most {LONGEST_NAME}")));
    }
    let stem = name.split('.').next().unwrap_or(name).to_ascii_lowercase();
    let number = stem.strip_prefix("com").or_else(|| stem.strip_prefix("lpt"));
    let is_number = |number: &str| number.chars().count() == 1 && number.starts_with(|c: char| is_digit(c));
    let numbered = number.is_some_and(is_number);
    if DEVICES.contains(&stem.as_str()) || numbered {
        return because("is a device on Windows and cannot be stored there", plain);
    }
    None
}

/// A digit that Windows counts devices with: the three superscripts of Latin-1 too.
fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '¹' | '²' | '³')
}

fn reserved(id: &Id, taken: &Reserved) -> Option<Flaw> {
    if id.kind().is_listed() {
        let name = canonical(id.name());
        let is_top = id.folder() == id.kind().folder();
        return (is_top && is_list(&name))
            .then(|| Flaw::of_file(format!("`{id}` is the address of the list of all {}", id.kind().folder())));
    }
    let Some((first, _)) = id.as_str().split_once('/') else { return reserved_root(id, taken) };
    reserved_folder(first, taken).or_else(|| {
        let name = canonical(first);
        // Reached only when the case differs: on many systems it is the same folder.
        let kind_folder = Kind::of_folder(&name).is_some();
        let reason = || format!("the folder is written `{name}`, in lower case");
        kind_folder.then(|| Flaw::of_folder(first, reason()))
    })
}

/// Why an ordinary page right below the root cannot be there.
fn reserved_root(id: &Id, taken: &Reserved) -> Option<Flaw> {
    let name = canonical(id.as_str());
    if name == "index" {
        let reason = || format!("`{id}` is the front page, whose file is `index.md`");
        return (id.as_str() != "index")
            .then(|| Flaw { help: "rename the file".to_owned(), ..Flaw::of_file(reason()) });
    }
    reserved_page(&name, taken)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_has_one_name_whatever_other_pages_there_are() {
        let plain = [("Mara Lind", "mara-lind"), ("MARA  LIND", "mara-lind"), ("c", "c"), ("Zoë Groß", "zoe-gross")];
        for (name, page) in plain {
            assert_eq!(page_name(name, "person"), page);
        }
        let digested =
            ["c#", "c++", "李明", "黎明", "J. Park", "con", "Aux", "index", "page-2", "x-0123456789", "!!!", "_"];
        let mut pages: Vec<String> = digested.iter().map(|name| page_name(name, "person")).collect();
        assert!(pages.iter().all(|page| ends_with_digest(page) && page.is_ascii()), "{pages:?}");
        assert!(pages[4].starts_with("j-park-") && pages[10].starts_with("person-"), "{pages:?}");
        pages.sort();
        pages.dedup();
        assert_eq!(pages.len(), digested.len());
    }

    #[test]
    fn names_that_some_system_cannot_store() {
        for name in ["con", "AUX.x", "com1", "a:b", "a?", " a", "a.", "x\u{200b}y", ""] {
            assert!(unusable_name(name).is_some(), "{name:?}");
        }
        for name in ["launch-email", "提示", "a b", "console", "2.0"] {
            assert!(unusable_name(name).is_none(), "{name:?}");
        }
    }
}
