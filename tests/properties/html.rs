//! The filtered stream and the HTML of a body.

use prompt_handbook::diagnostics::Problems;
use prompt_handbook::markdown::stream::DEPTH_LIMIT;
use prompt_handbook::markdown::{self, Highlighter, Outline, outline};
use proptest::prelude::*;

use super::bodies::{body, deep_body};
use super::{cases, source};
use crate::page::{Everywhere, dead_end, fault, lost, stream_fault};

/// The outline of a body that is a file of its own.
pub fn outline_of(body: &str) -> Outline {
    outline(&source(body), 0..body.len(), Some("A title"), &mut Problems::default())
}

fn html_of(body: &str) -> String {
    let outline = outline_of(body);
    markdown::html(body, &outline, &Everywhere(&outline), &Highlighter::default())
}

proptest! {
    #![proptest_config(cases(3000))]

    #[test]
    fn the_stream_is_balanced_and_safe(body in prop_oneof![4 => body(), 1 => deep_body()]) {
        prop_assert_eq!(stream_fault(&body), None);
    }
}

proptest! {
    #![proptest_config(cases(1500))]

    #[test]
    fn the_html_is_balanced_and_safe(body in prop_oneof![4 => body(), 1 => deep_body()]) {
        let html = html_of(&body);
        prop_assert_eq!(fault(&html), None, "{}", html);
        prop_assert_eq!(lost(&body, &html), None, "{}", html);
    }

    #[test]
    fn footnotes_lead_there_and_back(body in body()) {
        let html = html_of(&body);
        prop_assert_eq!(dead_end(&html), None, "{}", html);
    }
}

/// Whatever stands across the last level that is shown.
#[test]
fn the_last_levels_are_balanced_too() {
    let blocks = [
        "| a | b |\n|---|---|\n| c |",
        "- a\n- b",
        "1. a\n\n   b",
        "a\n: b\n: c",
        "[^a]: b",
        "# h",
        "```\nx\n```",
        "<p>\n<b>",
        "*a **b ~~c [d](e.md) ![f](g.png)~~***",
        "> [!NOTE]\n> a",
        "- [ ] a",
    ];
    for depth in DEPTH_LIMIT - 8..DEPTH_LIMIT + 4 {
        for block in blocks {
            let quotes = "> ".repeat(depth);
            let quoted = format!("{quotes}{}\n", block.replace('\n', &format!("\n{quotes}")));
            let listed = format!(
                "{}{}\n",
                "- ".repeat(depth / 2),
                block.replace('\n', &format!("\n{}", "  ".repeat(depth / 2)))
            );
            for body in [quoted, listed] {
                assert_eq!(stream_fault(&body), None, "{block:?} at {depth}");
                assert_eq!(fault(&html_of(&body)), None, "{block:?} at {depth}");
            }
        }
    }
}
