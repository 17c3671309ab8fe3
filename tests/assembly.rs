//! `handbook assemble` where a case in `cases/assemble/` would be too long, or cannot say it.

use crate::harness::{Handbook, Run, TODAY};

/// A prompt whose text is its one variable.
fn of_variable(fields: &str) -> Handbook {
    let handbook = Handbook::new();
    let front_matter = format!("title = \"A\"\n[[variables]]\nname = \"x\"\n{fields}");
    handbook.entry("prompts/a", &front_matter, "```prompt\n[{{x}}]\n```");
    handbook
}

fn assemble(handbook: &Handbook, arguments: &[&str]) -> Run {
    let all: Vec<&str> = ["assemble", "prompts/a", "--today", TODAY].iter().chain(arguments).copied().collect();
    handbook.run(&all)
}

/// Demands that each value is sent as it was given.
fn expect_fit(handbook: &Handbook, values: &[&str]) {
    for value in values {
        let run = assemble(handbook, &["--var", &format!("x={value}")]).expect_code(0);
        assert_eq!(run.stdout, format!("[{value}]\n"));
    }
}

/// Demands that each value is refused, with a reason that names the variable, and nothing is sent.
fn expect_unfit(handbook: &Handbook, values: &[&str]) {
    for value in values {
        let run = assemble(handbook, &["--var", &format!("x={value}")]);
        assert_eq!((run.code, run.stdout.as_str()), (1, ""), "`{value}` {}", run.stderr);
        assert!(run.stderr.starts_with("does not fit: x: `") && run.stderr.contains("` is not "), "{}", run.stderr);
    }
}

#[test]
fn values_fit_their_type() {
    for (kind, fit, unfit) in [
        ("text", &["a", " a ", "{{x}}", "`a` \"b\" $c"][..], &[][..]),
        ("long", &["a\n\n  b\nc", "提示 عربي\tx"], &[]),
        ("number", &["1", "-2.5", "0"], &["one", "1,5", "1 2", "NaN", "inf", "0x1"]),
        (
            "date",
            &["2026-05-04", "2024-02-29"],
            &["2026-5-4", "04.05.2026", "2026-02-30", "20260504", "2026-05-04T10:00"],
        ),
        ("yes-no", &["yes"], &["Yes", "true", "1", "maybe"]),
        (
            "email",
            &["a@b.example", "a.b+c@d.e.example"],
            &["a", "a@b", "@b.example", "a@.", "a b@c.example", "a@b@c.example"],
        ),
        (
            "url",
            &["https://a.example", "http://a.example/b?c=d#e"],
            &["a.example", "ftp://a.example", "https://", "https://a b.example", "javascript:alert(1)"],
        ),
    ] {
        let handbook = of_variable(&format!("type = \"{kind}\""));
        expect_fit(&handbook, fit);
        expect_unfit(&handbook, unfit);
    }
}

#[test]
fn a_no_is_an_answer_and_leaves_nothing() {
    let handbook = of_variable("type = \"yes-no\"\nrequired = true");
    assert_eq!(assemble(&handbook, &["--var", "x=no"]).expect_code(0).stdout, "[]\n");
    assert!(assemble(&handbook, &[]).expect_code(1).stderr.contains("--var x="));
}

#[test]
fn a_choice_is_one_of_its_options() {
    let handbook = of_variable("type = \"choice\"\noptions = [\"short\", \"long, with links\", 3]");
    expect_fit(&handbook, &["short", "long, with links", "3"]);
    expect_unfit(&handbook, &["Short", "short, 3", "long"]);
}

#[test]
fn several_values_are_a_list() {
    let handbook = of_variable(
        "type = \"multi\"\noptions = [\"email\", \"social\", \"web, mobile\"]\ndefault = \"email, social\"",
    );
    expect_fit(&handbook, &["email", "social, email", "web, mobile"]);
    expect_unfit(&handbook, &["press", "email, press", "web"]);
    assert_eq!(assemble(&handbook, &[]).expect_code(0).stdout, "[email, social]\n");
    let two = assemble(&handbook, &["--var", "x=web, mobile", "--var", "x=email"]).expect_code(0);
    assert_eq!(two.stdout, "[web, mobile, email]\n");
    assemble(&handbook, &["--var", "x=email", "--var", "x=press"]).expect_code(1);
}

#[test]
fn one_value_is_not_several() {
    let run = assemble(&of_variable(""), &["--var", "x=a", "--var", "x=b"]).expect_code(1);
    assert!(run.stderr.starts_with("does not fit: x: "), "{}", run.stderr);
}

#[test]
fn only_optional_context_can_be_left_out() {
    let handbook = Handbook::new();
    handbook.entry("context/voice", "title = \"Voice\"", "Plain.");
    handbook.entry("context/other", "title = \"Other\"", "Other.");
    handbook.entry("prompts/a", "context = [\"voice\"]", "```prompt\nHello\n```");
    for id in ["voice", "other"] {
        let run = assemble(&handbook, &["--without", id]).expect_code(1);
        assert!(run.stderr.contains(&format!("context/{id}")) && run.stdout.is_empty(), "{}", run.stderr);
    }
    let run = assemble(&handbook, &["--without", "no-such"]).expect_code(2);
    assert!(run.stderr.contains("no-such"), "{}", run.stderr);
}

#[test]
fn line_ends_of_any_system_are_sent_as_line_feeds() {
    let entry = "+++\ntitle = \"A\"\ncontext = [\"voice\"]\n[[variables]]\nname = \"x\"\nrequired = false\n+++\n
- in a list\n\n  ```prompt system\n  {{#if x}}\n  {{x}}\n  {{else}}\n  none\n  {{/if}}\n\n  End.\n  ```\n";
    let module = "+++\ntitle = \"Voice\"\n+++\nPlain\nwords.\n\n```\ncode\n```\n";
    let assembled = |line_end: &str| {
        let handbook = Handbook::new();
        handbook.file("content/prompts/a.md", entry.replace('\n', line_end));
        handbook.file("content/context/voice.md", module.replace('\n', line_end));
        assemble(&handbook, &[]).expect_code(0).stdout
    };
    let expected = "<context name=\"Voice\">\nPlain\nwords.\n\n```\ncode\n```\n</context>\n\nnone\n\nEnd.\n";
    assert_eq!(assembled("\n"), expected);
    assert_eq!(assembled("\r\n"), expected);
}

#[test]
fn what_comes_to_too_much_is_not_assembled() {
    let handbook = Handbook::new();
    let text = format!("```prompt\n{}\n```", "{{x}}".repeat(1_000));
    handbook.entry("prompts/a", "title = \"A\"\n[[variables]]\nname = \"x\"\n", &text);
    let run = assemble(&handbook, &["--var", &format!("x={}", "y".repeat(4_194))]).expect_code(0);
    assert_eq!(run.stdout.len(), 4_194_001);
    let run = assemble(&handbook, &["--var", &format!("x={}", "y".repeat(4_195))]).expect_code(1);
    assert_eq!(run.stdout, "");
    assert_eq!(run.stderr, "too long: with these values the prompt comes to 4097 KiB, more than 4096\n");
}
