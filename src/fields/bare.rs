//! What a bare word means: true or false, a day, a number.

use jiff::civil::Date;

/// The words for true and false of YAML 1.2 (`true`, `false`) and of YAML 1.1 (`yes`, `on` and their opposites, but not
/// its single letters `y` and `n`), in any case.
pub(super) fn truth(word: &str) -> Option<bool> {
    let is = |words: [&str; 3]| words.iter().any(|known| word.eq_ignore_ascii_case(known));
    if is(["true", "yes", "on"]) { Some(true) } else { is(["false", "no", "off"]).then_some(false) }
}

/// The day that a text begins with, of year, month and day; a time may follow and does not count.
pub(super) fn day(text: &str) -> Option<Date> {
    let (date, rest) = text.split_at_checked("0000-00-00".len())?;
    let is_written_so =
        date.bytes().enumerate().all(|(at, b)| if at == 4 || at == 7 { b == b'-' } else { b.is_ascii_digit() });
    let is_alone = rest.is_empty() || rest.starts_with(['T', 't', ' ']);
    if is_written_so && is_alone { date.parse().ok() } else { None }
}

/// Whether a text is a whole number, of any size.
pub(super) fn is_whole(word: &str) -> bool {
    let digits = word.strip_prefix(['-', '+']).unwrap_or(word);
    !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())
}

/// A whole number as TOML writes it: decimal, hexadecimal, octal or binary. `-0` is 0.
pub(super) fn whole(digits: &str) -> Option<u32> {
    let digits = digits.strip_prefix('-').filter(|rest| rest.bytes().all(|b| b == b'0')).unwrap_or(digits);
    let radices = [("0x", 16), ("0o", 8), ("0b", 2)];
    let prefixed = radices.iter().find_map(|(prefix, radix)| Some((digits.strip_prefix(prefix)?, *radix)));
    let (digits, radix) = prefixed.unwrap_or((digits, 10));
    u32::from_str_radix(digits, radix).ok()
}
