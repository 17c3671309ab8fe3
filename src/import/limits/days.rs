//! Days as tables write them.

use jiff::civil::Date;

use crate::import::folded::words;

/// The starts of the months' names in the languages of the Latin script in which tables are common.
const MONTHS: [&[&str]; 12] = [
    &["jan", "ene", "gen"],
    &["feb", "fev"],
    &["mar", "mrz", "maa"],
    &["apr", "avr", "abr"],
    &["may", "mai", "mei", "mag"],
    &["jun", "juin", "giu"],
    &["jul", "juil", "lug"],
    &["aug", "aou", "ago"],
    &["sep", "set"],
    &["oct", "okt", "out", "ott"],
    &["nov"],
    &["dec", "dez", "dic"],
];

/// What may stand behind a day, besides digits.
const TIME: [&str; 12] = ["am", "pm", "z", "utc", "gmt", "cet", "cest", "est", "edt", "pst", "pdt", "uhr"];

/// Whether a text is a day, with or without a time, and none that it can mean is to come.
pub(super) fn has_come(text: &str, today: Date) -> bool {
    let days = readings(text);
    !days.is_empty() && days.into_iter().all(|day| day <= today)
}

/// Every day that a text can mean: `04/05/2026` is two of them.
fn readings(text: &str) -> Vec<Date> {
    let text = text.replace(['年', '月', '日'], " ");
    let digits = |day: &str, time: &str| day.ends_with(is_digit) && time.starts_with(is_digit);
    let spaced =
        text.split_once('T').filter(|(day, time)| digits(day, time)).map(|(day, time)| format!("{day} {time}"));
    let words = words(&spaced.unwrap_or(text));
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        [day, time @ ..] if day.len() == 8 && is_time(time) => compact(day).into_iter().collect(),
        [first, second, third, time @ ..] if is_time(time) => of_three(first, second, third),
        _ => Vec::new(),
    }
}

fn is_time(words: &[&str]) -> bool {
    words
        .iter()
        .all(|word| TIME.contains(word) || word.trim_end_matches(['z', 'h', 'a', 'p', 'm']).chars().all(is_digit))
}

const fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}

/// `20260504`.
fn compact(day: &str) -> Option<Date> {
    let number: u32 = day.parse().ok()?;
    date(i16::try_from(number / 10_000).ok()?, number / 100 % 100, number % 100)
}

fn of_three(first: &str, second: &str, third: &str) -> Vec<Date> {
    let number = |word: &str| word.trim_end_matches(|c: char| c.is_ascii_alphabetic()).parse::<u32>().ok();
    let year = |word: &str| match word.len() {
        4 => word.parse().ok(),
        2 => word.parse::<i16>().ok().map(|year| 2000 + year),
        _ => None,
    };
    let read = |y: &str, m: &str, d: &str| date(year(y)?, month(m).or_else(|| number(m))?, number(d)?);
    if first.len() == 4 && year(first).is_some() {
        return read(first, second, third).into_iter().collect();
    }
    let orders = [read(third, second, first), read(third, first, second), read(first, second, third)];
    orders.into_iter().flatten().collect()
}

fn month(name: &str) -> Option<u32> {
    let at = MONTHS.iter().position(|starts| starts.iter().any(|start| name.starts_with(start)))?;
    u32::try_from(at + 1).ok()
}

fn date(year: i16, month: u32, day: u32) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_has_come_in_every_way_to_read_it() {
        let today = jiff::civil::date(2026, 11, 20);
        for text in [
            "2026-11-20",
            "2026-05-04T10:00:00.000Z",
            "2026-05-04T10:00:00+02:00",
            "2026/5/4 8:00 am",
            "04/05/2026 10:00",
            "4.5.26",
            "4. Mai 2026",
            "August 4th, 2026",
            "4 août 2026",
            "Oct 4, 2026 9:30 PM",
            "20260504",
        ] {
            assert!(has_come(text, today), "{text}");
        }
        for text in [
            "",
            "soon",
            "2026",
            "46146",
            "2026-11-21",
            "12/01/2026",
            "01/12/2026",
            "2026-02-30",
            "2026-05-04 or later",
            "Dec 1, 2026",
            "99999999",
            "0",
            "TTT",
        ] {
            assert!(!has_come(text, today), "{text}");
        }
    }
}
