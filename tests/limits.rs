//! What a small file can make of itself: pages, options and texts in proportion, and time that grows with the input.

use std::fmt::Write as _;

use crate::harness::{Handbook, Run, TODAY};

/// The problems of a handbook that is too much.
fn refused(handbook: &Handbook) -> Run {
    handbook.run(&["check", "--today", TODAY]).expect_code(1)
}

/// A list of words in quotes.
fn list(word: &str, count: usize) -> String {
    let words: Vec<String> = (0..count).map(|nth| format!("\"{word}{nth}\"")).collect();
    format!("[{}]", words.join(", "))
}

#[test]
fn words_that_each_have_a_page_stay_in_proportion() {
    let handbook = Handbook::new();
    for nth in 0..12 {
        let tags = list(&format!("t{nth}x"), 40);
        let authors = list(&format!("Ann {nth}x"), 40);
        let aliases = list(&format!("old/a{nth}x"), if nth == 7 { 30 } else { 20 });
        handbook.entry(
            &format!("guides/g{nth}"),
            &format!("tags = {tags}\nauthors = {authors}\naliases = {aliases}"),
            "Text.",
        );
    }
    let told = refused(&handbook).stdout;
    assert!(told.contains("tags, teams, names and aliases make 1210 pages, more than 1060"), "{told}");
    assert!(told.contains("content/guides/g7.md:"), "{told}");
    assert_eq!(told.matches("error[too-large]").count(), 1, "{told}");
}

#[test]
fn forms_have_options_in_proportion() {
    let handbook = Handbook::new();
    handbook.entry("context/m", &format!("[values]\nl = {}", list("o", 1000)), "Text.");
    for prompt in 0..2 {
        let (mut variables, mut text) = (String::new(), String::new());
        for nth in 0..60 {
            let _ = write!(variables, "[[variables]]\nname = \"v{nth}\"\ntype = \"choice\"\noptions_from = \"m/l\"\n");
            let _ = write!(text, "{{{{v{nth}}}}}");
        }
        handbook.entry(&format!("prompts/p{prompt}"), &variables, &format!("```prompt\n{text}\n```"));
    }
    let told = refused(&handbook).stdout;
    assert!(told.contains("make 120000 options, more than 100900"), "{told}");
    assert!(told.contains("content/prompts/p0.md:6:16"), "{told}");
}

#[test]
fn a_slot_offers_so_many_modules_and_its_default() {
    let handbook = Handbook::new();
    for nth in 0..400 {
        handbook.entry(&format!("context/m{nth}"), &format!("title = \"M {nth:03}\""), "Text.");
    }
    let slots = "context = [{ slot = \"a\" }, { slot = \"b\", module = \"m399\" }]";
    handbook.entry("prompts/p", slots, "```prompt\nDo it. {{slot:a}} {{slot:b}}\n```").build(&[]);
    let page = handbook.read("public/prompts/p.html");
    assert_eq!(page.matches("<option value=\"context/").count(), 401);
    assert!(page.contains("value=\"context/m399\" selected"));
}

#[test]
fn modules_that_include_one_another_stay_in_proportion() {
    let chain = Handbook::new();
    for nth in 0..60 {
        let includes = if nth == 0 { String::new() } else { format!("includes = [\"m{}\"]", nth - 1) };
        chain.entry(&format!("context/m{nth}"), &includes, "Text.");
    }
    let told = refused(&chain).stdout;
    assert!(told.contains("`context/m50` with its includes has more than 50 modules"), "{told}");
    assert!(!told.contains("`context/m49` with"), "{told}");

    let many = Handbook::new();
    many.entry("context/base", "", &"word ".repeat(40_000));
    for nth in 0..120 {
        many.entry(&format!("context/m{nth}"), "includes = [\"base\"]", "Text.");
    }
    let told = refused(&many).stdout;
    assert!(told.contains("the modules have 196 KiB, and "), "{told}");
    assert_eq!(told.matches("error[").count(), 1, "{told}");
}
