//! Which site an address leads to, as a browser would decide it.

use unicode_normalization::UnicodeNormalization;

/// The schemes of addresses on other sites.
const SITES: [&str; 2] = ["https", "http"];

/// Whether an address leads to another site, which a browser would tell where the reader comes from.
pub fn leads_to_a_site(address: &str) -> bool {
    scheme(address).is_some_and(is_of_site)
}

/// Whether a scheme is that of a site.
pub fn is_of_site(scheme: &str) -> bool {
    SITES.iter().any(|site| site.eq_ignore_ascii_case(scheme))
}

/// What follows `https://` or `http://` where that may be the name of a site. Whether it is one, says [`names_host`].
pub fn past_scheme(address: &str) -> Option<&str> {
    let rest = ["https://", "http://"].into_iter().find_map(|scheme| address.strip_prefix(scheme))?;
    (!rest.is_empty() && !rest.starts_with(['/', '\\', '?', '#'])).then_some(rest)
}

/// What stands before the first colon, when no character before it ends a path segment.
pub fn scheme(address: &str) -> Option<&str> {
    let colon = address.find(':')?;
    let before = &address[..colon];
    (!before.contains(['/', '?', '#', '\\'])).then_some(before)
}

/// Whether what follows `http:` says plainly where it leads: browsers read `https:\\\\a` and `https:a` in ways of their own,
/// and what stands before an `@` is no part of the site's name, though it looks like one.
pub fn names_host(rest: &str) -> bool {
    let Some(rest) = rest.strip_prefix("//") else { return false };
    // A backslash is a slash to a browser: where it stands in the name, nobody sees where the name ends.
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    !host.is_empty() && host.chars().all(is_of_host) && host.split('.').all(|label| !is_disguised(label))
}

/// Whether a character may stand in the name of a site: one that looks like a slash or a dot, or that a browser takes
/// for an `@` or a `/` (UTS #46 maps characters before they are looked at), hides where the name ends.
fn is_of_host(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_' | ':' | '[' | ']');
    }
    let looks_like_a_mark = matches!(c, '\u{2000}'..='\u{2bff}' | '\u{3000}'..='\u{303f}' | '\u{a789}' | '\u{1735}'
        | '\u{338}' | '\u{337}' | '\u{5c3}' | '\u{589}' | '\u{660}' | '\u{6d4}' | '\u{701}' | '\u{702}' | '\u{ff61}');
    !looks_like_a_mark && !c.is_whitespace() && std::iter::once(c).nfkc().all(|c| !c.is_ascii() || c.is_alphanumeric())
}

/// Whether a part of a site's name looks like another: Latin letters with those of a script that shares their forms, or
/// only such letters of Cyrillic script. Browsers show these in a spelling of their own.
fn is_disguised(label: &str) -> bool {
    let is_alike = |c: char| {
        matches!(c, '\u{370}'..='\u{3ff}' | '\u{400}'..='\u{52f}' | '\u{530}'..='\u{58f}'
        | '\u{13a0}'..='\u{13ff}' | '\u{ab70}'..='\u{abbf}' | '\u{2c80}'..='\u{2cff}')
    };
    let has_latin = label.chars().any(|c| matches!(c, 'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}'));
    let all_latin_forms = || label.chars().all(|c| c.is_ascii() || LATIN_FORMS.contains(c));
    label.chars().any(is_alike) && (has_latin || all_latin_forms())
}

/// Letters of Cyrillic script with the form of a Latin one.
const LATIN_FORMS: &str = "асԁеһіјӏорԛѕԝхуАВСЕНІЈКМОРЅТХУԚԜ";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_goes_on_behind_its_scheme() {
        assert_eq!(past_scheme("https://a.example/b"), Some("a.example/b"));
        assert_eq!(past_scheme("http://a"), Some("a"));
        for none in ["https://", "https:///a", "http://\\a", "https://?a", "http://#", "ftp://a", "a"] {
            assert_eq!(past_scheme(none), None, "{none}");
        }
    }

    #[test]
    fn only_some_schemes_lead_to_a_site() {
        assert!(leads_to_a_site("HTTPS://a.example") && leads_to_a_site("http://a"));
        assert!(!leads_to_a_site("mailto:a@b.example") && !leads_to_a_site("a/https:b"));
    }
}
