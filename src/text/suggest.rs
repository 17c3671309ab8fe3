//! Did you mean.

/// The known name nearest to what was written, if one is near enough to be meant.
///
/// Near is a Damerau distance of at most a third of the length (at least one), or one name that starts with the
/// other. Of a path only the last part counts as length, without its ending: a long folder makes no two files alike.
/// Of equally near names the first in the given order wins.
pub fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let lower = written.to_lowercase();
    let last = lower.rsplit('/').next().unwrap_or(&lower);
    let stem = last.rsplit_once('.').map_or(last, |(stem, _)| stem);
    let limit = (stem.chars().count() / 3).max(1);
    let mut best: Option<(usize, &str)> = None;
    for name in known {
        let Some(distance) = distance(&lower, &name.to_lowercase(), limit) else {
            continue;
        };
        if best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, name));
        }
    }
    best.map(|(_, name)| name)
}

/// How many letters of a name go with one slip.
const LETTERS: usize = 8;

/// Whether one name is another with a slip or two of the keyboard: nearer than [`nearest`] wants it, for names of which
/// both may be right.
pub fn is_slip(written: &str, name: &str) -> bool {
    let limit = (written.chars().count() / LETTERS).max(1);
    let may_be = written.len() <= LONGEST && written.len().abs_diff(name.len()) <= limit * char::MAX.len_utf8();
    may_be && strsim::damerau_levenshtein(written, name) <= limit
}

/// The longest name that is compared letter by letter, in bytes.
const LONGEST: usize = 300;

/// A help line for a wrong name: the nearest known one, else the whole list where it is short.
pub fn help(written: &str, known: &[&str]) -> Option<String> {
    const SHORT: usize = 14;
    if let Some(name) = nearest(written, known.iter().copied()) {
        return Some(format!("did you mean `{name}`?"));
    }
    match known.len() {
        1 => Some(format!("there is only {}", list(known))),
        2..=SHORT => Some(format!("one of {}", list(known))),
        _ => None,
    }
}

/// Names in backticks with commas: `` `a`, `b` ``.
pub fn list<S: AsRef<str>>(names: &[S]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{}`", name.as_ref())).collect();
    quoted.join(", ")
}

fn distance(written: &str, name: &str, limit: usize) -> Option<usize> {
    // The work grows with the product of the lengths, and so does the memory it takes.
    if written.len() <= LONGEST && written.len().abs_diff(name.len()) <= limit {
        let (written, name) = differing(written, name);
        let distance = strsim::damerau_levenshtein(written, name);
        if distance <= limit {
            return Some(distance);
        }
    }
    let starts = written.len() >= 3 && (name.starts_with(written) || written.starts_with(name) && name.len() >= 3);
    starts.then_some(limit + 1)
}

/// Two texts without what they begin and end with alike, which changes no distance: paths in one folder, and names that
/// somebody made by the thousand, differ in a few letters.
fn differing<'t>(a: &'t str, b: &'t str) -> (&'t str, &'t str) {
    let alike = |(a, b): &(char, char)| a == b;
    let before: usize = a.chars().zip(b.chars()).take_while(alike).map(|(c, _)| c.len_utf8()).sum();
    let (a, b) = (&a[before..], &b[before..]);
    let after: usize = a.chars().rev().zip(b.chars().rev()).take_while(alike).map(|(c, _)| c.len_utf8()).sum();
    (&a[..a.len() - after], &b[..b.len() - after])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_less_than_another_name() {
        assert!(is_slip("mara-lnd", "mara-lind") && is_slip("mara-lidn", "mara-lind"));
        assert!(!is_slip("marcus-lind", "mara-lind") && !is_slip("mara", "mara-lind"));
    }

    #[test]
    fn what_is_alike_changes_no_distance() {
        let texts =
            ["", "a", "ab", "ba", "abc", "acb", "cab", "aabb", "abab", "bcab", "abcab", "éab", "aéb", "aaa", "abcd"];
        for (a, b) in texts.iter().flat_map(|a| texts.map(|b| (*a, b))) {
            let (x, y) = differing(a, b);
            assert_eq!(strsim::damerau_levenshtein(x, y), strsim::damerau_levenshtein(a, b), "{a} {b}");
        }
    }

    #[test]
    fn finds_what_was_meant() {
        let known = ["title", "summary", "tags", "tasks"];
        assert_eq!(nearest("titel", known), Some("title"));
        assert_eq!(nearest("Tags", known), Some("tags"));
        assert_eq!(nearest("summ", known), Some("summary"));
        assert_eq!(nearest("banana", known), None);
        let files = ["guides/funnel.png", "prompts/launch-email.md"];
        assert_eq!(nearest("prompts/launch-emial.md", files), Some("prompts/launch-email.md"));
        assert_eq!(nearest("guides/other.png", files), None);
    }
}
