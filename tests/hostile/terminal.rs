//! What a name, a key or a value holds is shown by a terminal, and steers neither it nor the service that reads a log.

use crate::harness::{Handbook, Run, TODAY, handbook};

/// What a terminal or a CI service obeys, as a text of TOML can hold it.
const ORDERS: [&str; 8] = [
    "\\n::error::x",
    "\\n\\t::stop-commands::x",
    "\\u001b[2J\\u001b]0;x\\u0007",
    "\\u009b2J\\u0085",
    "\\u202e\\u2066",
    "\\u2028::warning::x\\u2029",
    "\\r::add-mask::x",
    "##[add-mask]x ##vso[task.x]",
];

/// The characters that an order stands for.
fn meant(order: &str) -> String {
    let text = order.replace("\\n", "\n").replace("\\t", "\t").replace("\\r", "\r");
    let mut parts = text.split("\\u");
    let mut meant = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (digits, rest) = part.split_at(4);
        meant.extend(u32::from_str_radix(digits, 16).ok().and_then(char::from_u32));
        meant.push_str(rest);
    }
    meant
}

/// A handbook whose names, keys and values hold this, as files hold it and as TOML does.
fn planted(order: &str) -> Handbook {
    let handbook = Handbook::new();
    let raw = meant(order);
    let in_a_name = raw.replace('/', "");
    handbook.file(
        "handbook.toml",
        format!(
            "title = \"T{order}\"\n\"key{order}\" = 1\n[facets]\nroles = [\"r{order}\"]\n[rules]\n\"rule{order}\" = \"x{order}\"\n"
        ),
    );
    handbook.entry(
        "prompts/a",
        &format!(
            "title = \"A{order}\"\nsummary = \"S{order}\"\nstatus = \"st{order}\"\nroles = [\"t{order}\"]\nowner = \"o{order}\"\n\
             \"k{order}\" = 1\ncontext = [\"c{order}\"]\naliases = [\"l{order}\"]\n\
             [[variables]]\nname = \"v{order}\"\nlabel = \"L{order}\"\noptions_from = \"x{order}\"\n[extra.\"y{order}\"]\n"
        ),
        &format!("[link](<x{}>) ![p](<q{}.png>) {raw}\n\n```prompt\n{{{{no{raw}}}}} {{{{a}}}}\n```\n", raw.replace('\n', ""), raw.replace('\n', "")),
    );
    handbook.entry(
        "prompts/fit",
        &format!("title = \"Fit{order}\"\n[[variables]]\nname = \"v\"\nlabel = \"L{order}\""),
        "```prompt\n{{v}}\n```",
    );
    handbook.entry(&format!("{in_a_name}x/b{in_a_name}"), &format!("titel = \"x{order}\""), "[x](none.md)");
    handbook.entry(&in_a_name, &format!("title = \"Fit{order}\""), "Text");
    for name in [
        format!("content/x{in_a_name}.markdown"),
        format!("content/{in_a_name}.svg"),
        format!("content/y{in_a_name}.exe"),
    ] {
        handbook.file(&name, "<svg onload='x'/>");
    }
    handbook.file(
        "table.csv",
        format!("prompt,title{raw},title\n\"Do {raw} {{{{a{raw}}}}}\",\"T{raw}\",\"U{raw}\"\n,\"E{raw}\",\n"),
    );
    handbook
}

/// Expects that nothing in an output is more than seen. `is_command` says which lines may be commands to a service.
#[track_caller]
fn expect_harmless(output: &str, is_command: fn(&str) -> bool, what: &str) {
    for line in output.split('\n') {
        let steers = |c: char| c.is_control() || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        assert!(!line.contains(steers), "{what}: {line:?}");
        assert!(!line.trim_start().starts_with("::") || is_command(line), "{what}: {line:?}");
        for command in ["##[", "##vso["] {
            assert!(is_command(line) || !line.contains(command), "{what}: {line:?}");
        }
    }
}

fn is_annotation(line: &str) -> bool {
    let kind = ["::error file=", "::warning file=", "::notice file="].iter().any(|kind| line.starts_with(kind));
    kind && line.matches("::").count() >= 2
}

#[test]
fn names_and_values_of_the_content_steer_nothing() {
    for order in ORDERS {
        let handbook = planted(order);
        for arguments in [
            &["check"] as &[&str],
            &["check", "--format", "json"],
            &["build"],
            &["build", "--format", "json"],
            &["search", "Fit"],
            &["search", "--explain", "no"],
            &["assemble", "prompts/fit"],
            &["assemble", "prompts/fit", "--var", "w=1"],
            &["assemble", "prompts/a"],
            &["import", "csv", "table.csv", "--dry-run"],
            &["import", "csv", "table.csv", "--dry-run", "--map", "prompt=none"],
        ] {
            let all: Vec<&str> = arguments.iter().copied().chain(["--today", TODAY]).collect();
            let run = handbook.run(&all);
            let what = format!("{order} {arguments:?}");
            expect_harmless(&run.stdout, |_| false, &what);
            expect_harmless(&run.stderr, |_| false, &what);
        }
        let run = handbook.run(&["check", "--format", "github", "--today", TODAY]);
        expect_harmless(&run.stdout, is_annotation, order);
        expect_harmless(&run.stderr, |_| false, order);
    }
}

/// Where colour is shown, an escape is one of ours: it sets a colour.
#[test]
fn only_our_own_colours_are_escapes() {
    for order in ORDERS {
        let handbook = planted(order);
        let mut command = handbook_in_colour();
        command.current_dir(handbook.path("")).args(["check", "--today", TODAY]);
        let run: Run = command.output().expect("the command starts").into();
        let coloured = run.stdout + &run.stderr;
        assert!(coloured.contains("\u{1b}["));
        let mut rest = String::new();
        for (nth, part) in coloured.split("\u{1b}[").enumerate() {
            let (colour, after) = if nth == 0 { ("", part) } else { part.split_once('m').expect("a colour") };
            assert!(colour.bytes().all(|b| b.is_ascii_digit() || b == b';'), "{colour:?}");
            rest.push_str(after);
        }
        expect_harmless(&rest, |_| false, order);
    }
}

fn handbook_in_colour() -> std::process::Command {
    let mut command = handbook();
    command.env_remove("NO_COLOR").env("CLICOLOR_FORCE", "1");
    command
}

/// A program still gets the very name, in whatever form the format has for it.
#[cfg(unix)]
#[test]
fn programs_are_told_the_very_names() {
    let handbook = Handbook::new();
    handbook.entry("prompts/a\n::x,y%\u{9b}", "titel = \"x\"", "Text");
    let json = handbook.run(&["check", "--format", "json", "--today", TODAY]).stdout;
    let report: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(report["problems"][0]["path"], "content/prompts/a\n::x,y%\u{9b}.md");
    assert!(json.contains("\\u009b"));
    let github = handbook.run(&["check", "--format", "github", "--today", TODAY]).stdout;
    assert!(github.contains(" file=content/prompts/a%0A%3A%3Ax%2Cy%25\\u{9b}.md,line="), "{github}");
}
