//! What holds for every text: of the front-matter splitter, anchors, the template grammar, the filtered stream of a
//! body, and the two writers of it.

use prompt_handbook::content::template::{Segment, Template, UseOf};
use prompt_handbook::diagnostics::Problems;
use prompt_handbook::fields::split;
use prompt_handbook::text::slug::Anchors;
use prompt_handbook::text::{Source, SourceId, hidden};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, RngSeed};

mod bodies;
mod html;
mod records;
mod shape;
mod twins;

/// A property's settings. The cases are the same in every run, so that no run fails by chance; `HANDBOOK_CASES=50`
/// tries fifty times as many, and others each time. Nothing is written into the repository: a failure prints its
/// smallest case.
fn cases(count: u32) -> Config {
    let times: Option<u32> = std::env::var("HANDBOOK_CASES").ok().and_then(|times| times.parse().ok());
    let rng_seed = if times.is_some() { RngSeed::Random } else { RngSeed::Fixed(2026) };
    Config { failure_persistence: None, rng_seed, ..Config::with_cases(count * times.unwrap_or(1)) }
}

fn source(text: &str) -> Source {
    Source::new(SourceId(0), "a.md", text)
}

/// Lines that look like front matter, and lines that nearly do.
fn front_matter_text() -> impl Strategy<Value = String> {
    let line = select(vec![
        "+++",
        "+++ ",
        "++",
        "++++",
        "\u{feff}+++",
        "\u{feff}",
        "a = 1",
        "",
        "text",
        "---",
        " +++",
        "+++x",
        "ä",
        "\u{85}+++",
        "+++\u{a0}",
    ]);
    let end = select(vec!["\n", "\r\n", "\r", ""]);
    vec((line, end), 0..8).prop_map(|lines| lines.into_iter().flat_map(|(line, end)| [line, end]).collect())
}

/// A text in the template grammar, with every tag written without spaces and no condition alone on its line.
fn template_text() -> impl Strategy<Value = String> {
    let text = "[a-zé\\n .}%#/:-]{0,6}";
    let leaf = prop_oneof![
        4 => text.prop_map(|text| format!("x{text}x")),
        1 => Just("\\{{".to_owned()),
        1 => "[a-z][a-z0-9_]{0,4}".prop_filter("a word of the grammar", |name| name != "else" && name != "context").prop_map(|name| format!("{{{{{name}}}}}")),
        1 => Just("{{context}}".to_owned()),
        1 => "[a-z/-]{1,6}".prop_map(|name| format!("{{{{context:{name}}}}}")),
        1 => "[a-z][a-z_]{0,4}".prop_map(|name| format!("{{{{slot:{name}}}}}")),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        (vec(inner.clone(), 1..4), vec(inner, 0..3)).prop_map(|(then, otherwise)| {
            let (then, otherwise) = (then.concat(), otherwise.concat());
            let otherwise = if otherwise.is_empty() { String::new() } else { format!("{{{{else}}}}{otherwise}") };
            format!("x{{{{#if name}}}}{then}{otherwise}{{{{/if}}}}x")
        })
    })
}

/// The text that segments were read from.
fn restored(segments: &[Segment]) -> String {
    segments.iter().map(restored_one).collect()
}

fn restored_one(segment: &Segment) -> String {
    match segment {
        Segment::Text(text) => text.replace("{{", "\\{{"),
        Segment::Variable(name) => format!("{{{{{name}}}}}"),
        Segment::Context => "{{context}}".to_owned(),
        Segment::Module(name) => format!("{{{{context:{name}}}}}"),
        Segment::Slot(name) => format!("{{{{slot:{name}}}}}"),
        Segment::If { name, then, otherwise } => {
            let otherwise =
                if otherwise.is_empty() { String::new() } else { format!("{{{{else}}}}{}", restored(otherwise)) };
            format!("{{{{#if {name}}}}}{}{otherwise}{{{{/if}}}}", restored(then))
        }
    }
}

/// Braces, tags and what can stand between them, in any order.
fn brace_soup() -> impl Strategy<Value = String> {
    let piece = select(vec![
        "{{",
        "}}",
        "{",
        "}",
        "\\",
        "{{a}}",
        "{{ a }}",
        "{{#if a}}",
        "{{else}}",
        "{{/if}}",
        "{{context}}",
        "{{context:b}}",
        "{{slot:c}}",
        "\n",
        " ",
        "é",
        "👩\u{200d}💻",
        "#if",
        "{{#",
        "{{/",
        "{{{",
        "\r\n",
        "text",
    ]);
    vec(piece, 0..20).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(cases(2000))]

    #[test]
    fn a_file_is_its_front_matter_and_its_body(text in prop_oneof![front_matter_text(), any::<String>()]) {
        let source = source(&text);
        let parts = split(&source, &|_| false, &mut Problems::default());
        prop_assert_eq!(parts.body.end, text.len());
        prop_assert!(text.get(parts.body.clone()).is_some());
        let Some(front) = parts.front else {
            let before = text[..parts.body.start].trim_start_matches('\u{feff}');
            prop_assert_eq!(before, "");
            return Ok(());
        };
        prop_assert!(text.get(front.clone()).is_some());
        // Blank lines, spaces and slips of the pen are problems, and still leave it a fence.
        let unseen = |c: char| c.is_whitespace() || hidden::is_hidden(c);
        let is_fence = |line: &str| line.trim_end() == parts.syntax.fence();
        let is_flawed = |line: &str| line.is_empty() || line.starts_with(['+', '-', '—', '–', '=', '*', '_', ';', '\\', '%']);
        let fence = text[..front.start].trim_matches(unseen).lines().next_back().unwrap_or_default().trim_matches(unseen);
        prop_assert!(is_fence(fence) || is_flawed(fence), "a fence stands before the front matter: {:?}", fence);
        prop_assert!(front.end <= parts.body.start);
        for line in text[front.end..parts.body.start].lines() {
            prop_assert!(is_flawed(line.trim_matches(unseen)) || line.trim_end() == "...", "nothing else is lost: {:?}", line);
        }
    }

    #[test]
    fn anchors_are_unique_and_stay_the_same(headings in vec(prop_oneof!["[aAé -]{0,4}", "(a|a-1|A 1|-1|section)", any::<String>()], 0..20)) {
        let read = || {
            let mut anchors = Anchors::default();
            headings.iter().map(|heading| anchors.next(heading)).collect::<Vec<_>>()
        };
        let anchors = read();
        prop_assert_eq!(&anchors, &read());
        for (nth, anchor) in anchors.iter().enumerate() {
            prop_assert!(!anchor.is_empty());
            prop_assert!(!anchors[..nth].contains(anchor), "{} comes twice", anchor);
            prop_assert!(!anchor.contains(|c: char| c.is_whitespace() || c.is_control() || c.is_ascii_uppercase()), "{:?}", anchor);
        }
    }

    #[test]
    fn a_template_says_again_what_was_written(text in template_text()) {
        let template = Template::parse(&text);
        prop_assert_eq!(&template.mistakes, &[]);
        prop_assert_eq!(restored(&template.segments), text);
    }

    #[test]
    fn escaped_braces_are_the_braces(text in prop_oneof![brace_soup(), any::<String>()]) {
        let template = Template::parse(&text.replace("{{", "\\{{"));
        prop_assert_eq!(template.mistakes, []);
        prop_assert_eq!(template.uses, []);
        let expected = if text.is_empty() { Vec::new() } else { vec![Segment::Text(text)] };
        prop_assert_eq!(template.segments, expected);
    }

    #[test]
    fn every_use_and_mistake_of_a_template_has_a_place(text in prop_oneof![brace_soup(), any::<String>()]) {
        let template = Template::parse(&text);
        for used in &template.uses {
            let written = text.get(used.range.clone());
            prop_assert!(written.is_some_and(|written| written.starts_with("{{") && written.ends_with("}}")), "{:?}", written);
            prop_assert_eq!(used.of == UseOf::Context, used.name.is_empty());
        }
        for mistake in &template.mistakes {
            prop_assert!(text.get(mistake.range.clone()).is_some_and(|written| written.starts_with("{{")));
        }
        let ordered = template.uses.windows(2).all(|pair| pair[0].range.end <= pair[1].range.start);
        prop_assert!(ordered, "uses come in the order of the text");
    }
}
