//! Which file names can become addresses.

use unicode_normalization::UnicodeNormalization;

use crate::config::Config;
use crate::content::{Id, Kind};
use crate::text::{digest, slug};

/// Folders of the site that hold pages of its own, beside those of the kinds and of the config's facets.
pub const RESERVED_FOLDERS: [&str; 6] = ["api", "assets", "search", "skills", "tags", "teams"];

/// Pages right below the site's root that it makes itself.
const RESERVED_PAGES: [&str; 6] = ["404", "context-builder", "contribute", "insights", "meeting", "search"];

/// Names that Windows cannot store, with any ending.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// The longest name of one folder or file, in bytes, so that every ending still fits the 255 of most systems.
const LONGEST_NAME: usize = 200;

/// The endings of files that the site makes itself.
const ENDINGS: [&str; 8] = [".html", ".md", ".xml", ".txt", ".json", ".zip", ".css", ".js"];

/// What many hosts and file systems take for the same address.
pub fn canonical(address: &str) -> String {
    if address.is_ascii() {
        return address.to_ascii_lowercase();
    }
    address.nfkc().flat_map(char::to_lowercase).nfc().collect()
}

/// One form for every spelling of a name or term: letter case, Unicode form and white space tell none apart, and a hyphen
/// is the white space of ids.
pub fn spelling(name: &str) -> String {
    canonical(&name.split_whitespace().collect::<Vec<_>>().join("-"))
}

/// The name of a page that the site makes for somebody or for a term. Which one it is does not hang on what other names
/// there are: one that its own letters make, accents aside, or one with a digest, after `what` where no letter can stand
/// in an address. So names that are spelt differently never share one, but for their accents: `Renee` is `Renée`.
pub fn page_name(name: &str, what: &str) -> String {
    let key = spelling(name);
    let slug = slug::ascii(&key);
    let is_spelt = !slug.is_empty() && slug == without_accents(&key);
    if is_spelt && !ends_with_digest(&slug) && !is_list(&slug) && unusable_name(&slug).is_none() {
        return slug;
    }
    with_digest(if slug.is_empty() { what } else { &slug }, &key)
}

/// A name with the letters of European languages in ASCII, and everything else as it is.
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

/// Why an id cannot be an address, and what to do; `None` when it can.
pub fn unusable(id: &Id, config: &Config) -> Option<(String, String)> {
    unusable_path(id.as_str()).or_else(|| reserved(id, config))
}

/// Why the path of a file cannot be an address, whatever the site makes itself; `None` when it can.
pub fn unusable_path(path: &str) -> Option<(String, String)> {
    path.split('/').find_map(unusable_name).or_else(|| unusable_folder(path))
}

/// Why one of the folders of a path cannot be one of the site: it has the name of a file that the site could have in
/// the same place, and no system stores both.
fn unusable_folder(path: &str) -> Option<(String, String)> {
    let (folders, _) = path.rsplit_once('/')?;
    let is_file = |name: &&str| ENDINGS.iter().any(|ending| name.to_ascii_lowercase().ends_with(ending));
    let name = folders.split('/').find(is_file)?;
    Some((
        format!("the folder `{}` has the name of a file of the site", name.escape_debug()),
        "rename the folder".to_owned(),
    ))
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
    let numbered = (stem.starts_with("com") || stem.starts_with("lpt"))
        && stem.len() == 4
        && stem.ends_with(|c: char| c.is_ascii_digit());
    if DEVICES.contains(&stem.as_str()) || numbered {
        return because("is a device on Windows and cannot be stored there", plain);
    }
    None
}

fn reserved(id: &Id, config: &Config) -> Option<(String, String)> {
    let help = "choose another name".to_owned();
    if id.kind() != Kind::Page {
        let name = canonical(id.name());
        let top = id.folder() == id.kind().folder();
        return (top && is_list(&name))
            .then(|| (format!("`{id}` is the address of the list of all {}", id.kind().folder()), help));
    }
    let first = canonical(id.as_str().split('/').next().unwrap_or_default());
    let is_folder = id.as_str().contains('/');
    let facet = config.facets.iter().any(|facet| facet.name == first);
    if is_folder && (RESERVED_FOLDERS.contains(&first.as_str()) || facet) {
        return Some((format!("the folder `{first}` of the site holds pages that the handbook makes itself"), help));
    }
    let kind_folder = Kind::ALL.iter().any(|kind| *kind != Kind::Page && kind.folder() == first);
    if is_folder && kind_folder {
        // Reached only when the case differs: on many systems it is the same folder.
        return Some((format!("the folder is written `{first}`, in lower case"), "rename the folder".to_owned()));
    }
    if first == "index" && !is_folder && id.as_str() != "index" {
        return Some((format!("`{id}` is the front page, whose file is `index.md`"), "rename the file".to_owned()));
    }
    (!is_folder && RESERVED_PAGES.contains(&first.as_str()))
        .then(|| (format!("`{first}` is a page that the handbook makes itself"), help))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_form_for_every_spelling() {
        assert_eq!(canonical("Prompts/LAUNCH"), "prompts/launch");
        assert_eq!(canonical("caf\u{e9}"), canonical("cafe\u{301}"));
        assert_eq!(canonical("ÉTÉ"), canonical("été"));
    }

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
