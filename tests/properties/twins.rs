//! A twin shows what the page shows.

use prompt_handbook::markdown::{self, Highlighter, Outline, Surroundings};
use proptest::prelude::*;

use super::bodies::{body, deep_body};
use super::cases;
use super::html::outline_of;
use super::shape::{self, Spacing};
use crate::page::Everywhere;

/// A page on which every third link and image of the handbook leads nowhere.
struct Somewhere<'o>(Everywhere<'o>);

impl Surroundings for Somewhere<'_> {
    fn link(&self, nth: usize) -> Option<String> {
        self.0.link(nth).filter(|href| nth % 3 != 2 || href.starts_with("http"))
    }

    fn wikilink_text(&self, nth: usize) -> Option<String> {
        self.0.wikilink_text(nth)
    }

    fn image(&self, nth: usize) -> Option<String> {
        self.0.image(nth).filter(|_| nth % 3 != 2)
    }

    fn prompt(&self, nth: usize, out: &mut String) -> bool {
        self.0.prompt(nth, out)
    }

    fn word(&self, key: &'static str) -> &str {
        key
    }
}

/// The twin of a body, and the shapes of both.
fn shapes(body: &str) -> (String, String, String) {
    let outline: Outline = outline_of(body);
    let page = Somewhere(Everywhere(&outline));
    let twin = markdown::markdown(body, &outline, &page);
    let spacing = if body.contains('<') { Spacing::Ignored } else { Spacing::Counts };
    let shapes = (shape::of_source(body, &outline, &page, spacing), shape::of_twin(&twin, spacing));
    (twin, shapes.0, shapes.1)
}

/// In one pass a body becomes what it becomes in two.
fn same_in_one_pass(body: &str) -> Result<(), TestCaseError> {
    let outline: Outline = outline_of(body);
    let around = Somewhere(Everywhere(&outline));
    let highlighter = Highlighter::default();
    let apart = (markdown::html(body, &outline, &around, &highlighter), markdown::markdown(body, &outline, &around));
    prop_assert_eq!(markdown::html_and_markdown(body, &outline, &around, &around, &highlighter), apart);
    Ok(())
}

fn same(body: &str) -> Result<(), TestCaseError> {
    let (twin, source, again) = shapes(body);
    prop_assert_eq!(
        &source,
        &again,
        "\nbody:\n{}\ntwin:\n{}\nof the body:\n{}\nof the twin:\n{}",
        body,
        twin,
        &source,
        &again
    );
    Ok(())
}

proptest! {
    #![proptest_config(cases(4000))]

    #[test]
    fn a_twin_reads_as_its_page(body in body()) {
        same(&body)?;
        same_in_one_pass(&body)?;
    }
}

proptest! {
    #![proptest_config(cases(500))]

    #[test]
    fn a_deep_body_has_a_twin(body in deep_body()) {
        let (twin, ..) = shapes(&body);
        prop_assert!(twin.is_empty() || twin.ends_with('\n'));
    }

    #[test]
    fn a_plain_line_reads_as_itself(line in "[^\\n\\r]{0,12}|[-*+#>=:|`~_!<&\\[\\](){}0-9a. \\\\]{0,12}") {
        let line = prompt_handbook::text::hidden::strip(&line).into_owned();
        let twin = markdown::plain(&line);
        let shown = shape::of_twin(&twin, Spacing::Counts);
        let words = line.split_whitespace().collect::<Vec<_>>().join(" ");
        let expected = if words.is_empty() { "body: \n".to_owned() } else { format!("body: \n  paragraph: {words}\n") };
        prop_assert_eq!(shown, expected, "{}", twin);
    }
}

/// Each of these was once read back as something else.
#[test]
fn bodies_that_once_broke() {
    for body in [
        "\\* a\n",
        "a \\` b \\` c\n",
        "1. a\n\n1) b\n",
        "- a\n\n* b\n",
        "- > a\n\n  b\n- c\n",
        "- a\n  ***\n  b\n",
        "**_a_** *b*_c_ ***d** e*\n",
        "***é&copy*a**a*\n",
        "a[*(b)*](javascript:x)c\n",
        "- - \n- a\n",
        "- [ ] a\n\t---\n",
        "- [ ] \n  - \n\n- é\n",
        "Term\n:   \né\n: \n",
        "Term\n: é\n  - ---\n",
        "[^a]: \n[^a][[wiki]]\n",
        "[^a]\\[[^b c]\n\n[^a]: x\n",
        "[^b c]: \né\\\n&#32;[^b c]: \n",
        "- [^a]: [r]: /u\n- é\n",
        "~~~ a`b\n`x`\n~~~\n",
        "~~~\\~\\`\n",
        "```a&amp;b\\*c\nx\n```\n",
        "\\ &#32;\né\n",
        "- é\n\\\\~&#32;\n::~\n",
        "- \\[&#10;]\n",
        "***\n[r](```\n&amp;[^a]: *\n",
        "> [!TIP]\n>\n> 2. a\n",
        "| a \\| b | `c\\|d` |\n|---|:-:|\n| | x |\n",
        "` a ` `` ` `` [a](<b c> \"d \\\"e\\\"\")\n",
        "# a #\\#\n\n## b \\#\n",
    ] {
        let (twin, source, again) = shapes(body);
        assert_eq!(source, again, "\nbody:\n{body}\ntwin:\n{twin}");
    }
}
