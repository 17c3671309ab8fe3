//! Web addresses that the config or the command line names.

use crate::markdown::Destination;

/// Stands in `edit_url` for the path of an entry's file.
pub const PATH: &str = "{path}";

/// Stands in a tool's address for the text.
const PROMPT: &str = "{prompt}";

/// What stands in an address before its path.
const SITE: &str =
    "between `https://` and the next `/` stands the name of the site and nothing else: `https://handbook.example`";

/// What an address is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// Paths are put behind it.
    Base,
    /// It is followed as it is, once what stands in braces is filled in.
    Whole,
}

/// What is wrong with an address, and what to do; `None` when it leads somewhere in every browser.
pub fn flaw(address: &str, usage: Use) -> Option<(String, &'static str)> {
    let filled = if usage == Use::Whole { address.replace(PATH, "x").replace(PROMPT, "x") } else { address.to_owned() };
    let because = |reason: &str, help| Some((format!("`{address}` {reason}"), help));
    let read = match Destination::of(&filled) {
        Destination::External(read) => read,
        Destination::Unsafe { scheme } if scheme.is_empty() && filled.contains("://") => {
            return because("does not name a site", SITE);
        }
        _ => return because("is not a web address", "it begins with `https://`"),
    };
    let Some((_, rest)) =
        filled.split_once("://").filter(|(scheme, _)| scheme.to_ascii_lowercase().starts_with("http"))
    else {
        return because("is not a web address", "it begins with `https://`");
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if !is_host(host) {
        return because("does not name a site", SITE);
    }
    if usage == Use::Base && rest.contains(['?', '#']) {
        return because(
            "has a `?` or `#`",
            "take away what begins with it: the addresses of pages are put behind the rest",
        );
    }
    if read != filled {
        return because(
            "has a character that cannot stand in an address",
            "write it with percent signs: a space is `%20`",
        );
    }
    None
}

/// Whether it is the name or number of a host, with or without a port.
fn is_host(host: &str) -> bool {
    let (name, port) = match host.rsplit_once(':') {
        Some((name, port)) if !port.ends_with(']') => (name, Some(port)),
        _ => (host, None),
    };
    let is_part = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_');
    let is_number = name.strip_prefix('[').and_then(|name| name.strip_suffix(']')).is_some_and(|number| {
        !number.is_empty() && number.chars().all(|c| c.is_ascii_hexdigit() || matches!(c, ':' | '.'))
    });
    let is_port = |port: &str| port.parse::<u16>().is_ok();
    (is_number || name.strip_suffix('.').unwrap_or(name).split('.').all(is_part)) && port.is_none_or(is_port)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_a_site_and_nothing_that_needs_repair() {
        for address in [
            "https://handbook.example",
            "http://localhost:4321/a/b/",
            "https://[::1]:80",
            "https://bücher.example/%20",
            "https://127.0.0.1",
        ] {
            assert_eq!(flaw(address, Use::Base), None);
        }
        for address in [
            "",
            "handbook.example",
            "https://",
            "https:///a",
            "https://exa mple.com",
            "https://a b",
            "https://example.com/a b",
            "https://example.com/?q=1",
            "https://example.com/#x",
            "https://a..b",
            "https://me:secret@example.com",
            "https://claude.ai@example.com/",
            "https://сlaude.ai",
            "https://example.com:port",
            "https://example.com\\a",
            " https://example.com",
            "mailto:a@example.com",
            "javascript:alert(1)",
            "https://example.com/{path}",
        ] {
            assert!(flaw(address, Use::Base).is_some(), "{address}");
        }
    }

    #[test]
    fn what_is_filled_in_may_stand_anywhere_behind_the_site() {
        for address in ["https://code.example/edit/{path}?x#y", "https://claude.ai/new?q={prompt}"] {
            assert_eq!(flaw(address, Use::Whole), None);
        }
        for address in ["https://code.example/{file}", "https://a b/{path}", "https:///{path}"] {
            assert!(flaw(address, Use::Whole).is_some(), "{address}");
        }
    }
}
