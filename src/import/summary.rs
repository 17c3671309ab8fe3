//! A summary, or a title, from a prompt that comes without one: its first sentence that says something.

use crate::content::SUMMARY_LIMIT;

use crate::import::clean;

/// The most characters of a title that is made from a prompt.
const MOST_OF_TITLE: usize = 60;
/// How much text a sentence needs to stand alone, measured by [`weight`].
const ENOUGH: usize = 20;

/// The first sentence of a prompt, on one line, or nothing if the prompt is data and has no sentences.
///
/// The text is the prompt with words in the place of its placeholders.
pub(super) fn summary(words: &str) -> Option<String> {
    let text = paragraph(words)?;
    Some(cut(whole_quotes(first_sentence(&text)), SUMMARY_LIMIT))
}

/// A title from the prompt's first words.
pub(super) fn title(words: &str) -> Option<String> {
    let text = paragraph(words)?;
    let sentence = whole_quotes(first_sentence(&text));
    let words = sentence.trim_end_matches(['.', '。', ':', '：']);
    has_letters(words).then(|| cut(words, MOST_OF_TITLE))
}

/// A text of at most so many characters: whole, or cut at a word with an ellipsis.
pub(super) fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let end = text.char_indices().nth(most - 1).map_or(text.len(), |(at, _)| at);
    let head = &text[..end];
    // Text without spaces, such as Chinese, is cut where it must be; so is a single endless word.
    let at_word =
        if text[end..].starts_with(' ') { end } else { head.rfind(' ').filter(|at| *at > end / 2).unwrap_or(end) };
    let kept = head[..at_word].trim_end_matches(|c: char| c == ' ' || c == '\u{200D}' || ",;:.–—-(".contains(c));
    format!("{kept}…")
}

/// The first paragraph that reads as prose, without Markdown and without template syntax.
fn paragraph(words: &str) -> Option<String> {
    if is_data(words) {
        return None;
    }
    let (header, body) = header_and_body(words.trim_start());
    if let Some(description) = described(header) {
        return Some(description);
    }
    let lines = prose_lines(body);
    let start =
        lines.iter().position(|line| is_sentence(line)).or_else(|| lines.iter().position(|line| has_letters(line)))?;
    let more = lines[start + 1..].iter().take_while(|line| continues(line));
    let joined = std::iter::once(&lines[start]).chain(more).map(|line| unmarked(line)).collect::<Vec<_>>().join(" ");
    let text = plain(&joined);
    has_letters(&text).then_some(text)
}

/// Whether the prompt is JSON, XML with a prologue or HTML, where a first sentence would be a heap of braces.
fn is_data(words: &str) -> bool {
    let start = words.trim_start();
    let list = start.strip_prefix('[').is_some_and(|rest| rest.trim_start().starts_with(['{', '"']));
    start.starts_with('{') || list || start.starts_with("<!") || start.starts_with("<?")
}

/// A YAML header between `---` lines, which skills have, and what follows it.
fn header_and_body(text: &str) -> (&str, &str) {
    let Some(rest) = text.strip_prefix("---\n") else { return ("", text) };
    rest.split_once("\n---\n").unwrap_or(("", text))
}

/// The description in a YAML header: on its line, or indented below it.
fn described(header: &str) -> Option<String> {
    let (_, rest) = header.split_once("description:")?;
    let mut lines = rest.lines();
    let first = lines.next().unwrap_or_default().trim().trim_start_matches(['|', '>', '-']);
    let more = lines.take_while(|line| line.starts_with(' ')).map(str::trim);
    let joined = std::iter::once(first).chain(more).collect::<Vec<_>>().join(" ");
    let text = plain(&joined);
    let text = text.trim_matches(['"', '\'']);
    has_letters(text).then(|| text.to_owned())
}

/// The lines of a text, without what stands in code fences.
fn prose_lines(text: &str) -> Vec<&str> {
    let mut lines: Vec<&str> = text.lines().map(str::trim).collect();
    let mut fenced = false;
    lines.retain(|line| {
        let fence = line.starts_with("```") || line.starts_with("~~~");
        fenced ^= fence;
        !fence && !fenced
    });
    lines
}

/// Whether a line is more than a heading, a label, a tag or a rule.
fn is_sentence(line: &str) -> bool {
    let tag = line.starts_with('<') && line.ends_with('>');
    !line.starts_with(['#', '|', '■']) && !tag && has_letters(line) && weight(unmarked(line).as_str()) >= ENOUGH
}

/// Whether a line goes on with the paragraph above it.
fn continues(line: &str) -> bool {
    !line.is_empty()
        && !line.starts_with(['#', '-', '*', '•', '>', '|', '<'])
        && !line.starts_with(|c: char| c.is_ascii_digit())
}

fn has_letters(text: &str) -> bool {
    text.chars().any(char::is_alphabetic)
}

/// A measure of how much a text says: letters of dense scripts count twice.
fn weight(text: &str) -> usize {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

/// A line without the signs of Markdown around its words.
fn unmarked(line: &str) -> String {
    let line = line.trim_start_matches(|c: char| c == ' ' || "#>-*•+".contains(c));
    line.replace("**", "").replace("__", "").replace('`', "")
}

/// A text on one line and without what is left of any template syntax.
fn plain(text: &str) -> String {
    // Hidden characters go first: one of them may stand between two braces.
    let line = clean::one_line(text).text;
    if ["{{", "}}", "${"].iter().any(|syntax| line.contains(syntax)) {
        clean::one_line(&line.replace("${", "").replace(['{', '}'], "")).text
    } else {
        line
    }
}

/// The text up to the first full stop that ends a sentence of some length.
fn first_sentence(text: &str) -> &str {
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        if ends_sentence(c, &text[..at], &text[end..]) && weight(&text[..end]) >= ENOUGH {
            let closing = text[end..].chars().take_while(|c| "\"”’)".contains(*c)).map(char::len_utf8).sum::<usize>();
            return &text[..end + closing];
        }
    }
    text
}

/// A sentence without a quotation mark at its start whose partner stands somewhere behind the sentence.
fn whole_quotes(sentence: &str) -> &str {
    match sentence.strip_prefix(['"', '“', '\'']) {
        Some(rest) if !rest.contains(['"', '”', '\'']) => rest.trim_start(),
        _ => sentence,
    }
}

/// Whether a character between two texts is the end of a sentence.
fn ends_sentence(c: char, before: &str, after: &str) -> bool {
    let free = after.trim_start_matches(['"', '”', '’', ')']);
    let at_gap = free.is_empty() || free.starts_with(' ');
    match c {
        '。' | '！' | '？' => true,
        '!' | '?' | '؟' => at_gap,
        '.' => at_gap && !is_abbreviation(before.rsplit(' ').next().unwrap_or_default()),
        _ => false,
    }
}

/// Whether a full stop behind this word belongs to the word: `e.g`, `Dr`, `1`.
fn is_abbreviation(word: &str) -> bool {
    const KNOWN: [&str; 9] = ["etc", "vs", "mr", "mrs", "ms", "dr", "st", "approx", "incl"];
    let word = word.trim_start_matches(['(', '"', '“']);
    let inner_dot = word.contains('.') && word.split('.').all(|part| part.chars().count() == 1);
    word.chars().count() <= 1 || inner_dot || KNOWN.contains(&word.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(prompt: &str, expected: &str) {
        assert_eq!(summary(prompt).as_deref(), Some(expected), "of {prompt:?}");
    }

    #[test]
    fn the_first_sentence_is_the_summary() {
        check("I want you to act as a linux terminal. I will type.", "I want you to act as a linux terminal.");
        check(
            "Hi! Compare two tools, e.g. Figma vs. Sketch, for me. Then stop.",
            "Hi! Compare two tools, e.g. Figma vs. Sketch, for me.",
        );
        check("你是一位资深的短视频脚本创作者。你要写脚本。", "你是一位资深的短视频脚本创作者。");
        check("\"Explain how the topic connects. Then stop.\"", "Explain how the topic connects.");
        check("Say “this is the whole of it.” Then go on.", "Say “this is the whole of it.”");
    }

    #[test]
    fn headings_markers_and_code_are_passed_over() {
        check(
            "# Role\n\n**You** are a `senior` editor\nof long texts.\n- first",
            "You are a senior editor of long texts.",
        );
        check("```\ncode that is long enough\n```\n> Explain the code above.", "Explain the code above.");
        check("---\nname: x\ndescription: |\n  Finds bugs\n  in a diff.\nmodel: y\n---\nText", "Finds bugs in a diff.");
        check("---\nname: x\n---\n\nReview the diff of this branch.", "Review the diff of this branch.");
        check("# Only a heading", "Only a heading");
    }

    #[test]
    fn data_has_no_summary() {
        assert_eq!(summary("{\n  \"role\": \"Story Generator\"\n}"), None);
        assert_eq!(summary("[{\"a\": 1}]"), None);
        assert_eq!(summary("════ 1 ════"), None);
    }

    #[test]
    fn template_syntax_never_gets_into_it() {
        check("Use ${a.b} and {{#if x}} to answer me {like this}.", "Use a.b and #if x to answer me like this.");
    }

    #[test]
    fn a_long_sentence_is_cut_at_a_word() {
        let short = summary(&"some words, ".repeat(40)).expect("a value");
        assert!(short.chars().count() <= SUMMARY_LIMIT);
        assert!(short.ends_with("words…") || short.ends_with("some…"), "{short}");
        assert_eq!(summary(&"词".repeat(300)).expect("a value").chars().count(), SUMMARY_LIMIT);
    }

    #[test]
    fn a_title_is_the_start_of_the_sentence() {
        assert_eq!(title("Write a launch e-mail. Be short.").expect("a value"), "Write a launch e-mail");
        assert!(title(&"many words ".repeat(20)).expect("a value").chars().count() <= MOST_OF_TITLE);
    }
}
