//! Days in other spellings than that of the notation.

use jiff::civil::Date;

use super::quotes::without_quotes;

/// A day in another spelling, where it can be only one: the year first, with dots the day first, else by a number that is
/// no month, or by the name of the month. A time behind it does not count.
pub(super) fn any_day(written: &str) -> Option<Date> {
    let written = without_quotes(written.trim());
    by_name(written).or_else(|| by_numbers(written))
}

/// The months in English and German, which share the first three letters of most.
const MONTHS: [[&str; 2]; 12] = [
    ["january", "januar"],
    ["february", "februar"],
    ["march", "märz"],
    ["april", "april"],
    ["may", "mai"],
    ["june", "juni"],
    ["july", "juli"],
    ["august", "august"],
    ["september", "september"],
    ["october", "oktober"],
    ["november", "november"],
    ["december", "dezember"],
];

/// A day with the name of its month, as `May 4, 2026` or `4. Mai 2026`.
fn by_name(written: &str) -> Option<Date> {
    let lower = written.to_lowercase();
    let words = lower.split(|c: char| c.is_whitespace() || matches!(c, ',' | '.' | '-' | '/'));
    let is_time = |word: &str| word.contains(':') || matches!(word, "am" | "pm");
    let words: Vec<&str> = words.filter(|word| !word.is_empty() && !is_time(word)).collect();
    let &[first, second, third] = words.as_slice() else { return None };
    let (year, day, month) = match (first.len(), third.len()) {
        (4, _) if number(first).is_some() => (first, third, second),
        (_, 4) => (third, if number(first).is_some() { first } else { second }, other(first, second)),
        _ => return None,
    };
    let day = ["st", "nd", "rd", "th"].iter().find_map(|end| day.strip_suffix(end)).unwrap_or(day);
    Date::new(number(year)?, month_of(month)?, number(day)?.try_into().ok()?).ok()
}

/// The one of two words that is no number.
fn other<'w>(first: &'w str, second: &'w str) -> &'w str {
    if number(first).is_some() { second } else { first }
}

fn number(word: &str) -> Option<i16> {
    word.parse().ok().filter(|_| word.bytes().all(|b| b.is_ascii_digit()))
}

/// The number of a month by its name or a beginning of three letters.
fn month_of(word: &str) -> Option<i8> {
    let is_it = |names: &[&str; 2]| {
        let is_short = |name: &&str| word.chars().count() >= 3 && (name.starts_with(word));
        names.iter().any(is_short) || *names == MONTHS[8] && word == "sept"
    };
    MONTHS.iter().position(is_it).and_then(|at| i8::try_from(at + 1).ok())
}

fn by_numbers(written: &str) -> Option<Date> {
    let separator = ['/', '.', '-'].into_iter().find(|separator| written.contains(*separator))?;
    let parts: Vec<&str> = written.split(separator).collect();
    let numbers: Vec<i16> = parts.iter().map(|part| number(part.trim())).collect::<Option<_>>()?;
    let &[a, b, c] = numbers.as_slice() else { return None };
    let (year, month, day) = match (parts[0].len(), parts[2].trim().len(), separator) {
        (4, ..) => (a, b, c),
        (_, 4, '.') => (c, b, a),
        (_, 4, _) if a > 12 => (c, b, a),
        (_, 4, _) if b > 12 => (c, a, b),
        _ => return None,
    };
    Date::new(year, month.try_into().ok()?, day.try_into().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_known_where_it_can_be_only_one() {
        let day = "2026-05-04".parse().ok();
        for written in [
            "04.05.2026",
            "4.5.2026",
            "2026/05/04",
            "“2026-05-04”",
            "May 4, 2026",
            "4 May 2026",
            "May 4th, 2026 10:21 AM",
            "4. Mai 2026",
            "04-May-2026",
            "2026 May 4",
        ] {
            assert_eq!(any_day(written), day, "{written}");
        }
        for written in [
            "5/4/2026",
            "May 2026",
            "4 May",
            "Ma 4, 2026",
            "May 32, 2026",
            "soon",
            "4 mayor 2026",
            "2026-05-04-draft",
            "2026-05-x-04",
        ] {
            assert_eq!(any_day(written), None, "{written}");
        }
        assert_eq!(any_day("Sept 3, 2026"), "2026-09-03".parse().ok());
        assert_eq!(any_day("13/4/2026"), "2026-04-13".parse().ok());
    }
}
