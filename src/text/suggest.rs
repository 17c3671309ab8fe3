//! Did you mean.

use crate::text::distance::{Far, Name, Rows};
use crate::text::spelling::spelling;

/// Names that are known, prepared for many questions.
pub struct Known<N> {
    names: Vec<N>,
    /// The names in lower case, in their own order, each with its place in the given one.
    sorted: Vec<(Name, usize)>,
    /// How many letters each of them shares with the one before.
    shared: Vec<usize>,
}

impl<N: AsRef<str>> Known<N> {
    /// The names in the order in which the first is preferred.
    pub fn new(names: impl IntoIterator<Item = N>) -> Self {
        let names: Vec<N> = names.into_iter().collect();
        let lower = |name: &N| Name::new(&name.as_ref().to_lowercase());
        let mut sorted: Vec<_> = names.iter().enumerate().map(|(at, name)| (lower(name), at)).collect();
        sorted.sort();
        let pairs = sorted.windows(2).map(|pair| alike(&pair[0].0.letters, &pair[1].0.letters));
        let shared = std::iter::once(0).chain(pairs).collect();
        Self { names, sorted, shared }
    }

    /// The name nearest to what was written, if one is near enough to be meant.
    ///
    /// Near is a distance of at most a third of the length (at least one, and at most as many as somebody may get wrong),
    /// or one name that starts with the other. Of a path only the last part counts as length, without its ending: a long
    /// folder makes no two files alike. Of equally near names the first in the given order wins.
    pub fn nearest(&self, written: &str) -> Option<&N> {
        let lower = written.to_lowercase();
        let last = lower.rsplit('/').next().unwrap_or(&lower);
        let stem = last.rsplit_once('.').map_or(last, |(stem, _)| stem);
        let at = self.within(&lower, stem.chars().count() / 3).or_else(|| self.beginning(&lower))?;
        Some(&self.names[at])
    }

    /// The nearest name with a slip or two of the keyboard: nearer than [`Known::nearest`] wants it, for names of which
    /// both may be right.
    pub fn slip(&self, written: &str) -> Option<&N> {
        /// How many letters of a name go with one slip.
        const LETTERS: usize = 8;
        let at = self.within(&written.to_lowercase(), written.chars().count() / LETTERS)?;
        Some(&self.names[at])
    }

    /// A help line for a wrong name: the nearest known one, else the whole list where it is short.
    pub fn help(&self, written: &str) -> Option<String> {
        match self.nearest(written) {
            Some(name) => Some(format!("did you mean `{}`?", name.as_ref())),
            None => choice(&self.names),
        }
    }

    /// The place of the nearest name within a distance, of one slip at least.
    fn within(&self, lower: &str, limit: usize) -> Option<usize> {
        if lower.len() > LONGEST {
            return None;
        }
        let mut limit = limit.clamp(1, SLIPS_MOST);
        let mut rows = Rows::from(lower, limit);
        let mut best: Option<(usize, usize)> = None;
        let mut next = 0;
        while let Some((name, at)) = self.sorted.get(next) {
            let found = rows.to(name, self.shared[next], limit);
            next += 1;
            match found {
                Ok(distance) => {
                    // What is as near may still come before it.
                    limit = distance;
                    best = Some(best.map_or((distance, *at), |best| best.min((distance, *at))));
                }
                Err(Far::AllWith(letters)) => {
                    next += self.shared[next..].iter().take_while(|shared| **shared >= letters).count();
                }
                Err(Far::Alone) => {}
            }
        }
        best.map(|(_, at)| at)
    }

    /// The place of the first name that starts with what was written, or the other way round.
    fn beginning(&self, lower: &str) -> Option<usize> {
        let written: Vec<char> = lower.chars().collect();
        let starts = |name: &[char]| {
            let (long, short) = if name.len() < written.len() { (&*written, name) } else { (name, &*written) };
            long.starts_with(short) && short.iter().map(|c| c.len_utf8()).sum::<usize>() >= SHORTEST
        };
        self.sorted.iter().filter(|(name, _)| starts(&name.letters)).map(|(_, at)| *at).min()
    }
}

/// The largest edit distance at which one name can be meant by another, however long both are: a third of a long name's
/// letters may differ by chance. Within this bound the letters alone, in any order, rule most long names out.
const SLIPS_MOST: usize = 16;

/// The longest name that is compared letter by letter, in bytes: the work grows with the product of the lengths.
const LONGEST: usize = 300;

/// The shortest beginning that says which name is meant, in bytes.
const SHORTEST: usize = 3;

/// How many letters two names have in common at their beginnings.
fn alike(a: &[char], b: &[char]) -> usize {
    a.iter().zip(b).take_while(|(a, b)| a == b).count()
}

/// The name that [`Known::nearest`] finds, for a single question.
pub fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    Known::new(known).nearest(written).copied()
}

/// The help line of [`Known::help`], for a single question.
pub fn help(written: &str, known: &[&str]) -> Option<String> {
    Known::new(known).help(written)
}

/// The one name of which something written is another spelling, or a slip in one letter of a long word: it cannot mean
/// anything else. What has more words, or a letter before the name, may be its opposite, as `not-approved` is; and a sign
/// may take it back.
pub fn certain<'a>(written: &str, known: &[&'a str]) -> Option<&'a str> {
    /// The fewest letters of a word of which another word in one letter is a slip.
    const LONG: usize = 5;
    /// Quotes of any kind around it are how it was typed, and not what it says.
    const QUOTES: [char; 13] = ['"', '\'', '“', '”', '„', '‟', '‘', '’', '‚', '«', '»', '‹', '›'];
    let spelt = spelling(written.trim_matches(QUOTES));
    if let Some(name) = known.iter().find(|name| spelling(name) == spelt) {
        return Some(name);
    }
    let words = |text: &str| text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).count();
    let is_slip = |name: &&&str| {
        let known = spelling(name);
        known.chars().count() >= LONG
            && words(&spelt) <= words(&known)
            && spelt.chars().all(|c| c.is_alphanumeric() || known.contains(c))
            && !spelt.ends_with(&known)
            && Known::new([known]).within(&spelt, 1).is_some()
    };
    let mut slips = known.iter().filter(is_slip);
    slips.next().filter(|_| slips.next().is_none()).copied()
}

/// A help line with the names to choose from, where they are few.
pub fn choice<S: AsRef<str>>(names: &[S]) -> Option<String> {
    const SHORT: usize = 14;
    match names.len() {
        1 => Some(format!("there is only {}", list(names))),
        2..=SHORT => Some(format!("one of {}", list(names))),
        _ => None,
    }
}

/// Names in backticks with commas: `` `a`, `b` ``.
pub fn list<S: AsRef<str>>(names: &[S]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{}`", name.as_ref())).collect();
    quoted.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_less_than_another_name() {
        let known = Known::new(["mara-lind"]);
        assert!(known.slip("mara-lnd").is_some() && known.slip("mara-lidn").is_some());
        assert!(known.slip("marcus-lind").is_none() && known.slip("mara").is_none());
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

    #[test]
    fn only_a_slip_is_certain() {
        let known = ["public", "team", "in-review", "approved", "restricted"];
        for (written, name) in [
            ("Public", "public"),
            (" TEAM ", "team"),
            ("In Review", "in-review"),
            ("inreview", "in-review"),
            ("aproved", "approved"),
            ("pubilc", "public"),
            ("ｒｅｓｔｒｉｃｔｅｄ", "restricted"),
        ] {
            assert_eq!(certain(written, &known), Some(name), "{written}");
        }
        for written in [
            "not-approved",
            "unapproved",
            "approved draft",
            "disapproved",
            "pre-approved",
            "public, restricted",
            "nonpublic",
            "republic",
            "xpublic",
            "public-",
            "approved?",
            "teams",
            "team-leads",
            "teem",
            "restricted to team",
            "",
        ] {
            assert_eq!(certain(written, &known), None, "{written}");
        }
        assert_eq!(certain("staff", &["staff1", "staff2"]), None);
    }

    #[test]
    fn of_equally_near_names_the_first_given_wins() {
        assert_eq!(nearest("prompt", ["prompts", "promp"]), Some("prompts"));
        assert_eq!(nearest("prompt", ["promp", "prompts"]), Some("promp"));
        assert_eq!(nearest("summ", ["summary-two", "summary-one"]), Some("summary-two"));
    }

    /// What the tables, their limits and the names that are skipped must not change.
    fn among_all<'a>(written: &str, known: &[&'a str], limit: usize) -> Option<&'a str> {
        let distances = known.iter().map(|name| (strsim::osa_distance(written, name), *name));
        distances.filter(|(distance, _)| *distance <= limit).min_by_key(|(distance, _)| *distance).map(|(_, name)| name)
    }

    #[test]
    fn a_name_is_found_as_if_all_were_compared() {
        const LETTERS: [&str; 4] = ["a", "b", "é", "/"];
        let name = |nth: usize| -> String {
            let digits = (0..nth % 7).map(|digit| nth.wrapping_mul(2_654_435_761) >> (5 * digit) & 3);
            digits.map(|letter| LETTERS[letter]).collect()
        };
        let names: Vec<String> = (0..600).map(name).collect();
        for (nth, written) in names.iter().enumerate() {
            let known: Vec<&str> = names.iter().skip(nth * 31 % 500).take(60).map(String::as_str).collect();
            for limit in 1..5 {
                let found = Known::new(known.clone()).within(written, limit).map(|at| known[at]);
                assert_eq!(found, among_all(written, &known, limit), "{written} within {limit} of {known:?}");
            }
        }
    }
}
