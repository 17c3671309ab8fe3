//! Every rule is triggered somewhere, is explained, and reports the same places in every format. What a case file
//! cannot hold (bytes that are no text, links, large files) is here.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use prompt_handbook::diagnostics::{RULES, Rule};

use crate::harness::{Handbook, Run, TODAY, files_below, repository, run_in};

/// Rules that no case can trigger, because a case is one small text; the tests below do.
const ONLY_HERE: [(&str, &str); 2] =
    [("not-utf8", "a case is UTF-8 itself"), ("not-a-file", "a case holds ordinary files only")];

/// A problem by its place and rule, `path:line:column rule`.
type Found = String;

#[test]
fn every_rule_is_triggered_by_a_case() {
    let triggered = rules_in_cases();
    for rule in RULES {
        let name = rule.name();
        let here = ONLY_HERE.iter().any(|(only, _)| *only == name);
        assert_ne!(here, triggered.contains(name), "`{name}` must have a case, or a test here and a reason");
    }
}

#[test]
fn every_rule_is_explained() {
    for rule in RULES {
        let run = explain(rule.name()).expect_code(0);
        let mut lines = run.stdout.lines();
        let first = lines.next().expect("a heading");
        assert!(first.starts_with(&format!("{} ({}", rule.name(), rule.severity().word())), "{first}");
        assert_eq!(first.ends_with(", always)"), rule.is_fixed(), "{first}");
        assert!(lines.filter(|line| !line.trim().is_empty()).count() >= 2, "{} says too little", rule.name());
        assert!(run.stderr.is_empty());
    }
}

#[test]
fn the_list_of_rules_names_each_with_its_first_sentence() {
    let list = run_in(repository(), &["explain"]).expect_code(0).stdout;
    assert_eq!(list.lines().count(), RULES.len());
    for rule in RULES {
        let sentence = rule.doc().lines().next().expect("a sentence").to_owned();
        assert!(list.lines().any(|line| line.starts_with(rule.name()) && line.ends_with(&sentence)), "{}", rule.name());
    }
}

#[test]
fn an_unknown_rule_is_wrong_usage_with_a_suggestion() {
    let near = explain("broken-lnik").expect_code(2);
    assert_eq!(near.stdout, "");
    assert!(near.stderr.contains("there is no rule `broken-lnik`"), "{}", near.stderr);
    assert!(near.stderr.contains("did you mean `broken-link`?"), "{}", near.stderr);
    let far = explain("spelling").expect_code(2);
    assert!(far.stderr.contains("`handbook explain` lists all rules"), "{}", far.stderr);
}

#[test]
fn the_broken_handbook_is_reported_in_full_as_json() {
    assert_eq!(from_json(&broken("json").stdout), expected());
}

#[test]
fn the_broken_handbook_is_reported_in_full_as_annotations() {
    assert_eq!(from_github(&broken("github").stdout), expected());
}

#[test]
fn the_broken_handbook_is_reported_in_full_on_a_terminal() {
    assert_eq!(from_terminal(&broken("terminal").stdout), expected());
}

#[test]
fn the_broken_handbook_breaks_nearly_every_rule() {
    let expected = expected();
    let rules: BTreeSet<&str> = expected.iter().filter_map(|line| line.split(' ').next_back()).collect();
    let files: BTreeSet<&str> = expected.iter().filter_map(|line| line.split(':').next()).collect();
    assert!(expected.len() >= 40 && files.len() >= 15, "{} problems in {} files", expected.len(), files.len());
    let missing: Vec<&str> = RULES.iter().map(|rule| rule.name()).filter(|name| !rules.contains(name)).collect();
    // Its config turns hints about summaries off; the others are tested below.
    assert_eq!(missing, ["not-utf8", "not-a-file", "summary", "expansion-limit"]);
}

#[test]
fn line_ends_of_two_bytes_and_a_byte_order_mark_move_no_place() {
    assert_eq!(check(&rewritten(|text| text.replace('\n', "\r\n"))), expected());
    assert_eq!(check(&rewritten(|text| format!("\u{feff}{text}"))), expected());
}

#[test]
fn bytes_that_are_no_text_are_named_where_they_begin() {
    let handbook = Handbook::new();
    handbook.file("content/latin.md", b"+++\ntitle = \"T\"\nsummary = \"S.\"\n+++\nCaf\xe9 and more\n");
    handbook.file("content/utf16.md", b"\xff\xfe+\0+\0+\0");
    handbook.file("content/picture.md", b"\x89PNG\r\n\x1a\n\0\0");
    handbook.file("content/good.md", "+++\ntitle = \"Café\"\nsummary = \"S.\"\n+++\nCafé\n");
    let prompt = "---\ntitle: T\n---\n{{topic}} and [a](b.md)\n";
    let utf16: Vec<u8> = prompt.encode_utf16().flat_map(u16::to_be_bytes).collect();
    handbook.file("content/prompts/unmarked.md", utf16);
    assert_eq!(
        check(&handbook),
        [
            "content/latin.md:5:4 not-utf8",
            "content/picture.md:1:1 not-utf8",
            "content/prompts/unmarked.md:1:1 not-utf8",
            "content/utf16.md:1:1 not-utf8"
        ]
    );
    let told = handbook.run(&["check"]).stdout;
    assert_eq!(told.matches("the file is UTF-16 text, not UTF-8").count(), 2, "{told}");
}

#[cfg(unix)]
#[test]
fn a_link_in_a_theme_is_told_and_not_followed() {
    let handbook = Handbook::new();
    handbook.file("handbook.toml", "title = \"Test\"\ntheme = \"mine\"\n").file("shared/win.html", "x");
    handbook.entry("a", "summary = \"S.\"", "Text.").file("themes/mine/styles/90.css", "");
    for (target, link) in [("../../shared", "templates"), ("../../../handbook.toml", "styles/91.css")] {
        std::os::unix::fs::symlink(target, handbook.path("themes/mine").join(link)).expect("a link");
    }
    let told = ["themes/mine/styles/91.css:1:1 unused-theme-file", "themes/mine/templates:1:1 unused-theme-file"];
    let checked = handbook.run(&["check", "--today", TODAY, "--format", "json"]).expect_code(0);
    assert_eq!(from_json(&checked.stdout), told);
}

#[test]
fn a_config_or_theme_that_is_no_text_is_named() {
    let handbook = Handbook::new();
    handbook.file("handbook.toml", b"title = \"Caf\xe9\"\ntheme = \"mine\"\n");
    handbook.file("themes/mine/strings/en.toml", b"home = \"Caf\xe9\"\n");
    assert_eq!(check(&handbook), ["handbook.toml:1:13 not-utf8", "themes/mine/strings/en.toml:1:12 not-utf8"]);
}

#[cfg(unix)]
#[test]
fn what_is_no_ordinary_file_is_refused_and_not_followed() {
    use std::os::unix::fs::symlink;

    let handbook = Handbook::new();
    handbook.entry("good", "summary = \"S.\"", "Body.").file("secret.txt", "SECRET");
    symlink(handbook.path("secret.txt"), handbook.path("content/link.md")).expect("a link");
    symlink(handbook.path("content/good.md"), handbook.path("content/inside.md")).expect("a link");
    symlink("/", handbook.path("content/folder")).expect("a link");
    symlink("nowhere", handbook.path("content/dangling.png")).expect("a link");
    let found = check(&handbook);
    let names = ["dangling.png", "folder", "inside.md", "link.md"];
    assert_eq!(found, names.map(|name| format!("content/{name}:1:1 not-a-file")));
    let text = handbook.run(&["check", "--today", TODAY]).stdout;
    assert!(text.contains("`content/link.md` is a symbolic link") && !text.contains("SECRET"), "{text}");
}

#[cfg(unix)]
#[test]
fn a_pipe_is_refused_and_not_waited_for() {
    let handbook = Handbook::new();
    let made = std::process::Command::new("mkfifo").arg(handbook.path("content/pipe.md")).status();
    if made.is_ok_and(|status| status.success()) {
        assert_eq!(check(&handbook), ["content/pipe.md:1:1 not-a-file"]);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_name_that_is_no_text_is_named() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    let handbook = Handbook::new();
    let name = handbook.path("content").join(OsStr::from_bytes(b"caf\xe9.md"));
    if fs::write(name, "+++\ntitle = \"T\"\n+++\n").is_ok() {
        assert_eq!(check(&handbook), ["content/caf\u{fffd}.md:1:1 unusable-name"]);
    }
}

#[test]
fn a_file_of_more_than_one_mebibyte_is_named_and_no_more_is_said_of_it() {
    const FRONT: &str = "+++\ntitle = \"T\"\nsummary = \"S.\"\n+++\n";
    let handbook = Handbook::new();
    let fits = format!("{FRONT}{}", "a".repeat(1024 * 1024 - FRONT.len()));
    handbook.file("content/fits.md", &fits).file("content/large.md", format!("{fits}a"));
    assert_eq!(check(&handbook), ["content/large.md:1:1 too-large"]);
}

#[test]
fn front_matter_of_more_than_64_kibibytes_is_named() {
    let handbook = Handbook::new();
    handbook.entry("large", &format!("summary = \"S.\"\nowner = \"{}\"", "a".repeat(64 * 1024)), "Body.");
    assert_eq!(check(&handbook), ["content/large.md:2:1 too-large"]);
}

#[test]
fn a_module_that_grows_beyond_its_bounds_is_named_with_its_path() {
    let handbook = Handbook::new();
    let body = "a".repeat(100 * 1024);
    handbook.entry("context/a", "summary = \"S.\"\nincludes = [\"b\"]", &body);
    handbook.entry("context/b", "summary = \"S.\"\nincludes = [\"c\"]", &body);
    handbook.entry("context/c", "summary = \"S.\"", &body);
    assert_eq!(check(&handbook), ["content/context/a.md:4:13 expansion-limit"]);
    let text = handbook.run(&["check", "--today", TODAY]).stdout;
    assert!(text.contains("`context/a` with its includes has more than 256 KiB"), "{text}");
    assert!(text.contains("the longest path: `context/a` → `context/b` → `context/c`"), "{text}");
}

#[test]
fn an_attachment_is_copied_only_if_an_entry_refers_to_it() {
    let handbook = Handbook::new();
    handbook.entry("guides/a", "summary = \"S.\"", "![The funnel](funnel.png)");
    handbook.entry("guides/draft", "summary = \"S.\"\nstatus = \"draft\"", "![Mine](draft.png)");
    for name in ["funnel.png", "unused.png", "draft.png"] {
        handbook.file(&format!("content/guides/{name}"), "not really a picture");
    }
    handbook.build(&[]);
    let copied = |name: &str| handbook.path(&format!("public/guides/{name}")).exists();
    assert!(copied("funnel.png"));
    assert!(!copied("unused.png") && !copied("draft.png"));
}

fn explain(rule: &str) -> Run {
    run_in(repository(), &["explain", rule])
}

/// The problems of a small handbook.
fn check(handbook: &Handbook) -> Vec<Found> {
    from_json(&handbook.run(&["check", "--today", TODAY, "--format", "json"]).expect_code(1).stdout)
}

/// The report on the handbook of mistakes.
fn broken(format: &str) -> Run {
    let arguments = ["check", "--root", "tests/handbooks/broken", "--today", TODAY, "--format", format];
    run_in(repository(), &arguments).expect_code(1)
}

/// A copy of the handbook of mistakes with other bytes for its entries and its config.
fn rewritten(change: impl Fn(&str) -> String) -> Handbook {
    let handbook = Handbook::new();
    for (path, bytes) in files_below(&repository().join("tests/handbooks/broken")) {
        let text = String::from_utf8(bytes).expect("every file of it is text");
        let is_source = path == "handbook.toml" || Path::new(&path).extension().is_some_and(|ending| ending == "md");
        handbook.file(&path, if is_source { change(&text) } else { text });
    }
    handbook
}

fn expected() -> Vec<Found> {
    let path = repository().join("tests/handbooks/broken/EXPECTED.txt");
    let text = fs::read_to_string(path).expect("the list of planted mistakes");
    let lines: Vec<Found> = text.lines().map(str::to_owned).collect();
    assert!(lines.is_sorted(), "EXPECTED.txt is sorted");
    lines
}

fn from_json(text: &str) -> Vec<Found> {
    let report: serde_json::Value = serde_json::from_str(text).expect("the report is JSON");
    let problems = report["problems"].as_array().expect("a list of problems");
    sorted(problems.iter().map(|problem| {
        let word = |key: &str| problem[key].as_str().expect("a text").to_owned();
        found(&word("path"), &problem["line"].to_string(), &problem["column"].to_string(), &word("rule"))
    }))
}

/// `::error file=F,line=L,col=C,endLine=…,endColumn=…,title=RULE::message`, a line each.
fn from_github(text: &str) -> Vec<Found> {
    sorted(text.lines().map(|line| {
        let command = line.strip_prefix("::").expect("a command").split("::").next().expect("its properties");
        let (_, properties) = command.split_once(' ').expect("properties after the command's name");
        let value = |key: &str| {
            let found = properties.split(',').filter_map(|pair| pair.split_once('=')).find(|(name, _)| *name == key);
            found.expect("a property").1
        };
        found(value("file"), value("line"), value("col"), value("title"))
    }))
}

/// `severity[RULE]: message`, then ` --> file:line:column`.
fn from_terminal(text: &str) -> Vec<Found> {
    let mut list = Vec::new();
    let mut rule = None;
    for line in text.lines() {
        let heading = ["error[", "warning[", "hint["].iter().find_map(|severity| line.strip_prefix(severity));
        if let Some(rest) = heading {
            rule = Some(rest.split(']').next().expect("the name of a rule"));
        } else if let Some(place) = line.trim_start().strip_prefix("--> ")
            && let Some(rule) = rule.take()
        {
            let parts: Vec<&str> = place.rsplitn(3, ':').collect();
            list.push(found(parts[2], parts[1], parts[0], rule));
        }
    }
    sorted(list.into_iter())
}

fn found(path: &str, line: &str, column: &str, rule: &str) -> Found {
    let path = path.strip_prefix("tests/handbooks/broken/").unwrap_or(path);
    assert!(Rule::named(rule).is_some(), "`{rule}` is a rule");
    format!("{path}:{line}:{column} {rule}")
}

fn sorted(found: impl Iterator<Item = Found>) -> Vec<Found> {
    let mut list: Vec<Found> = found.collect();
    list.sort();
    list
}

/// The names of the rules in the reports that cases expect.
fn rules_in_cases() -> BTreeSet<String> {
    let mut rules = BTreeSet::new();
    for entry in walkdir::WalkDir::new(repository().join("tests/cases")) {
        let entry = entry.expect("a listed file");
        if entry.path().extension().is_some_and(|ending| ending == "case") {
            rules.extend(rules_in(entry.path()));
        }
    }
    rules
}

fn rules_in(case: &Path) -> Vec<String> {
    let text = fs::read_to_string(case).expect("a readable case");
    let report = text.split_once("-- stdout --").map_or("", |(_, report)| report);
    let named = report.lines().filter_map(|line| line.split_once('[')?.1.split_once("]: "));
    named.map(|(rule, _)| rule.to_owned()).collect()
}

#[test]
fn a_form_that_nobody_fills_is_too_large() {
    let handbook = Handbook::new();
    let names = |count: usize| (0..count).map(|nth| format!("\"o{nth}\"")).collect::<Vec<_>>().join(", ");
    let each = |count: usize, write: fn(usize) -> String| (0..count).map(write).collect::<Vec<_>>().concat();
    let variables = |count| each(count, |nth| format!("[[variables]]\nname = \"v{nth}\"\n"));
    let uses = |count| each(count, |nth| format!("{{{{v{nth}}}}} "));
    handbook.entry("context/m", &format!("[values]\nmost = [{}]\nmore = [{}]", names(1000), names(1001)), "Text.");
    for (id, count) in [("most", 200), ("more", 201)] {
        let options = format!("[[variables]]\nname = \"v0\"\noptions = [{}]\n", names(count * 5));
        handbook.entry(&format!("prompts/listed-{id}"), &options, "```prompt\n{{v0}}\n```");
        let from = format!("[[variables]]\nname = \"v0\"\noptions_from = \"m/{id}\"\n");
        handbook.entry(&format!("prompts/from-{id}"), &from, "```prompt\n{{v0}}\n```");
        handbook.entry(&format!("prompts/asks-{id}"), &variables(count), &format!("```prompt\n{}\n```", uses(count)));
    }
    let run = handbook.run(&["check", "--format", "json", "--today", TODAY]).expect_code(1);
    let problems: Vec<&str> = run.stdout.split("too-large").collect();
    assert_eq!(problems.len() - 1, 3, "{}", run.stdout);
    for id in ["listed-more", "from-more", "asks-more"] {
        assert!(run.stdout.contains(id), "{id}");
    }
}

#[test]
fn a_prompt_comes_to_no_more_than_is_read() {
    let handbook = Handbook::new();
    let variable = |length: usize| format!("[[variables]]\nname = \"v\"\ndefault = \"{}\"\n", "x".repeat(length));
    let text = |uses: usize| format!("```prompt\n{}\n```", "{{v}}\n".repeat(uses));
    let example = "[[examples]]\noutput = \"O.\"\ninputs = { v = \"".to_owned() + &"y".repeat(60_000) + "\" }\n";
    handbook.entry("prompts/most-uses", &variable(1), &text(2_000));
    handbook.entry("prompts/more-uses", &variable(1), &text(2_001));
    handbook.entry("prompts/most-filled", &variable(1_000), &text(1_000));
    handbook.entry("prompts/more-filled", &variable(1_000), &text(1_100));
    handbook.entry("prompts/more-example", &(variable(1) + &example), &text(20));
    let option = format!("[[variables]]\nname = \"v\"\noptions = [\"a\", \"{}\"]\n", "o".repeat(201));
    handbook.entry("prompts/long-option", &option, &text(1));
    handbook.entry("context/long-value", &format!("[values]\nl = [\"{}\"]\n", "o".repeat(201)), "Text.");
    handbook.entry("guides/most-links", "", &"[[guides/most-links]] ".repeat(5_000));
    handbook.entry("guides/more-links", "", &"[[guides/most-links]] ".repeat(5_001));
    let run = handbook.run(&["check", "--format", "json", "--today", TODAY]).expect_code(1);
    let all: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    let problems = all["problems"].as_array().expect("a list").iter().filter(|one| one["rule"] == "too-large");
    let paths: BTreeSet<String> = problems.map(|one| one["path"].as_str().unwrap_or_default().to_owned()).collect();
    let wanted = ["context/long-value", "guides/more-links", "prompts/long-option", "prompts/more-example"];
    let wanted = wanted.into_iter().chain(["prompts/more-filled", "prompts/more-uses"]);
    assert_eq!(paths, wanted.map(|id| format!("content/{id}.md")).collect(), "{}", run.stdout);
}
