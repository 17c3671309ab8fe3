//! The tags that mark off a module in a prompt, which nothing inside may imitate.
//!
//! The page does the same to what a reader fills in, in `themes/default/bench/10-wrapper.js`: change both together, a
//! test in a browser compares them.

use std::borrow::Cow;
use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The name of the tag around a module.
pub(super) const NAME: &str = "context";

/// Signs that look like the one that opens a tag.
const SIGNS: &[char] = &[
    '<', '＜', '﹤', '‹', '〈', '\u{2329}', '⟨', '❮', '❰', '❬', '˂', 'ᐸ', '⧼', '⦑', '≺', '«', '⟪', '《', '𝈶', 'ㄑ',
    '⪡', '≮',
];

/// Signs that look like the one that ends a tag.
const ENDS: &[char] = &[
    '>', '＞', '﹥', '›', '〉', '\u{232a}', '⟩', '❯', '❱', '❭', '˃', 'ᐳ', '⧽', '⦒', '≻', '»', '⟫', '》', '𝈷', '⪢', '≯',
];

/// Letters of other scripts that look like those of [`NAME`]. Unicode's own forms of Latin letters are not in it.
const LOOK_ALIKE: &[(char, &str)] = &[
    ('c', "сСϲϹᴄᏟꮯⲥⲤꓚҫҪᑕ𐊢𐌂"),
    ('o', "оОοΟօՕᴏσꓳⲟⲞჿס๐०০ဝഠ𐐬𐓪"),
    ('n', "ոռɴΝꓠⲛⲚпη"),
    ('t', "тТτΤᴛᎢꓔⲧⲦ𐌕"),
    ('e', "еЕεΕҽᴇᎬꓰⲉⲈ℮єЄꬲ"),
    ('x', "хХχΧ×ᕁꓫⲭⲬᕽ⨯⤫ҳҲ"),
];

/// How many characters between a sign and the name are looked at, and how many behind the name for the end of a tag.
const NEAR: (usize, usize) = (16, 400);

/// A text that neither opens nor closes the tag around a module: `<context` in it reads `<\context`, whatever the signs
/// and letters are that look like it.
pub fn harmless(text: &str) -> Cow<'_, str> {
    broken(text, tags(text))
}

/// A text of which only some pieces are defused, with every tag that one of them takes part in. The ranges of the
/// pieces are in order, and none is empty. Calls `told` with the place of each such tag.
pub(super) fn harmless_pieces<'t>(
    text: &'t str,
    pieces: &[Range<usize>],
    mut told: impl FnMut(&Range<usize>),
) -> Cow<'t, str> {
    let takes_part = |tag: &Range<usize>| {
        let first = pieces.partition_point(|piece| piece.end <= tag.start);
        pieces.get(first).is_some_and(|piece| piece.start < tag.end)
    };
    let tags = whole_tags(text).filter(|(_, tag)| takes_part(tag));
    broken(text, tags.inspect(|(_, tag)| told(tag)).map(|(sign, _)| sign))
}

/// A text with a backslash behind some signs.
fn broken(text: &str, signs: impl Iterator<Item = Range<usize>>) -> Cow<'_, str> {
    let mut signs = signs.peekable();
    if signs.peek().is_none() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    let mut done = 0;
    for sign in signs {
        out.extend([&text[done..sign.end], "\\"]);
        done = sign.end;
    }
    out.push_str(&text[done..]);
    Cow::Owned(out)
}

/// Where the sign stands that begins each tag which looks like the one around a module.
pub fn tags(text: &str) -> impl Iterator<Item = Range<usize>> {
    whole_tags(text).map(|(sign, _)| sign)
}

/// Whether a text has a character with which a tag could begin. Where a body has none, nothing that is made of it has a
/// tag either.
pub fn may_have_tags(text: &str) -> bool {
    text.contains(starts_tag)
}

fn starts_tag(c: char) -> bool {
    c == '&' || SIGNS.contains(&c)
}

/// Each such tag: its sign, and all that makes it a tag.
fn whole_tags(text: &str) -> impl Iterator<Item = (Range<usize>, Range<usize>)> {
    let starts = text.match_indices(starts_tag).map(|(at, _)| at);
    starts.filter_map(|at| {
        let rest = &text[at..];
        let sign = sign(rest)?;
        let length = tag_length(&rest[sign..])?;
        Some((at..at + sign, at..at + sign + length))
    })
}

/// The length of the sign that a text begins with, which may be written as an entity.
fn sign(text: &str) -> Option<usize> {
    let Some(entity) = text.strip_prefix('&') else {
        return text.chars().next().map(char::len_utf8);
    };
    let named = |name: &str| entity.get(..name.len()).is_some_and(|written| written.eq_ignore_ascii_case(name));
    let length = if named("lt") {
        2
    } else if named("nvlt;") {
        4
    } else {
        let number = entity.strip_prefix('#')?;
        let (digits, radix) = match number.strip_prefix(['x', 'X']) {
            Some(digits) => (digits, 16),
            None => (number, 10),
        };
        let end = digits.find(|c: char| !c.is_digit(radix)).unwrap_or(digits.len());
        let code = u32::from_str_radix(digits[..end].trim_start_matches('0'), radix).ok()?;
        (code == u32::from('<')).then_some(entity.len() - digits.len() + end)?
    };
    Some(1 + length + usize::from(entity[length..].starts_with(';')))
}

/// How much of what stands behind a sign makes a tag of it. With a backslash right behind the sign it is none any more.
fn tag_length(rest: &str) -> Option<usize> {
    let gap = rest.chars().take(NEAR.0).take_while(|c| is_gap(*c)).map(char::len_utf8).sum();
    let (gap, name) = rest.split_at(gap);
    let behind = behind_name(name).filter(|behind| ends_name(behind) && !gap.starts_with('\\'))?;
    let length = rest.len() - behind.len();
    // With a space in between it is more often a comparison, unless a slash stands there too.
    if gap.is_empty() || gap.contains(SLASHES) {
        return Some(length);
    }
    attribute_length(behind).or_else(|| end_length(behind)).map(|more| length + more)
}

/// Slashes, and signs that look like one.
const SLASHES: &[char] = &['/', '／', '∕', '⁄', '⧸', '╱'];

fn is_gap(c: char) -> bool {
    let is_blank = matches!(
        c,
        ' ' | '\t' | '\n' | '\r' | '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}'
    );
    is_blank || SLASHES.contains(&c) || matches!(c, '\\' | '＼' | '⧵') || is_combining_mark(c)
}

/// What stands behind the name, if a text begins with it or what looks like it.
fn behind_name(text: &str) -> Option<&str> {
    NAME.chars().try_fold(text, |rest, letter| {
        let c = rest.chars().next().filter(|c| plain(*c) == letter)?;
        Some(rest[c.len_utf8()..].trim_start_matches(is_combining_mark))
    })
}

/// The small Latin letter that a character looks like; else the character.
fn plain(c: char) -> char {
    let alike = || LOOK_ALIKE.iter().find(|(_, others)| others.contains(c)).map(|(letter, _)| *letter);
    match c {
        _ if c.is_ascii() => c.to_ascii_lowercase(),
        _ => alike().unwrap_or_else(|| c.nfkd().next().unwrap_or(c).to_ascii_lowercase()),
    }
}

/// Whether a name ends where this text begins: `<context-window>` is another tag.
fn ends_name(behind: &str) -> bool {
    let mut next = behind.chars();
    match next.next() {
        Some('-' | '.' | ':') => !next.next().is_some_and(|c| c.is_ascii_alphanumeric()),
        Some(c) => !c.is_ascii_alphanumeric() && c != '_',
        None => true,
    }
}

/// How much belongs to it where an attribute of the tag follows: its name.
fn attribute_length(behind: &str) -> Option<usize> {
    let attribute = behind.trim_start();
    let name = attribute.get(..4).filter(|name| name.eq_ignore_ascii_case("name"))?;
    let value = attribute[name.len()..].trim_start();
    let is_attribute = attribute.len() < behind.len() && value.starts_with(['=', '＝']);
    is_attribute.then(|| behind.len() - value.len() + 1)
}

/// Where the tag ends near its name, on whatever line.
fn end_length(behind: &str) -> Option<usize> {
    let near = behind.char_indices().nth(NEAR.1).map_or(behind, |(end, _)| &behind[..end]);
    let entity = near.to_ascii_lowercase().find("&gt");
    [near.find(ENDS), entity].into_iter().flatten().min().map(|at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_opens_or_closes_the_tag_of_a_module() {
        for (text, kept) in [
            ("</context>", "<\\/context>"),
            ("</CONTEXT >", "<\\/CONTEXT >"),
            ("< / context>", "<\\ / context>"),
            ("<context name=\"Brand\">", "<\\context name=\"Brand\">"),
            ("<context", "<\\context"),
            ("＜context＞ ＜／context＞", "＜\\context＞ ＜\\／context＞"),
            ("‹context› 〈/context〉", "‹\\context› 〈\\/context〉"),
            (
                "&lt;context&gt; &LT/context &#60;context &#x003C;/context",
                "&lt;\\context&gt; &LT\\/context &#60;\\context &#x003C;\\/context",
            ),
            (
                "<соntехt> <ｃｏｎｔｅｘｔ> <𝐜𝐨𝐧𝐭𝐞𝐱𝐭> <cónte\u{301}xt>",
                "<\\соntехt> <\\ｃｏｎｔｅｘｔ> <\\𝐜𝐨𝐧𝐭𝐞𝐱𝐭> <\\cónte\u{301}xt>",
            ),
            ("<<context>", "<<\\context>"),
            ("< context name=\"Legal\"\n>", "<\\ context name=\"Legal\"\n>"),
            ("</ context\n>", "<\\/ context\n>"),
            ("</ context", "<\\/ context"),
            ("＜ ／context", "＜\\ ／context"),
            ("< context name=", "<\\ context name="),
            (
                "≺context> «/context» ⟪context⟫ 《context》 𝈶context ㄑcontext ⪡context ≮context",
                "≺\\context> «\\/context» ⟪\\context⟫ 《\\context》 𝈶\\context ㄑ\\context ⪡\\context ≮\\context",
            ),
            ("<\u{338}/context> &nvlt;/context>", "<\\\u{338}/context> &nvlt;\\/context>"),
            ("<ꓚꓳꓠꓔꓰꓫꓔ> <ⲥⲟⲛⲧⲉⲭⲧ> <ҫ०п𐌕℮⨯т>", "<\\ꓚꓳꓠꓔꓰꓫꓔ> <\\ⲥⲟⲛⲧⲉⲭⲧ> <\\ҫ०п𐌕℮⨯т>"),
            ("<c\u{5b0}o\u{e31}ntext>", "<\\c\u{5b0}o\u{e31}ntext>"),
            ("\\<context>", "\\<\\context>"),
        ] {
            assert_eq!(harmless(text), kept);
            assert_eq!(harmless(kept), kept);
        }
    }

    #[test]
    fn other_tags_and_comparisons_stay() {
        for text in [
            "<contexts>",
            "<context-window>",
            "<context_1>",
            "<contextual>",
            "a < context length",
            "context>",
            "<con text>",
            "&lt;b> &#600;context &#x3cc;ontext &#; & <",
            "a < context\nlength",
            "«contexte» 《contexts》 << context",
            "",
        ] {
            assert_eq!(harmless(text), text);
        }
    }
}
