//! A repair that is offered is right: with it the problem is gone, and no other has come.

use std::fs;
use std::path::Path;

use camino::Utf8Path;
use prompt_handbook::diagnostics::Diagnostic;
use prompt_handbook::text::Sources;
use prompt_handbook::workspace::{Loader, Strictness};

use crate::cases;
use crate::harness::{Handbook, repository};

/// A problem without its place: an earlier repair in the file moves those behind it.
type Told = (String, &'static str, String);

fn problems(root: &Utf8Path) -> (Vec<Diagnostic>, Sources) {
    let today = "2026-11-20".parse().expect("a day");
    let mut workspace = Loader::new(root, today).load().expect("a readable handbook");
    (workspace.report(Strictness::Normal), workspace.sources)
}

fn told(problem: &Diagnostic, sources: &Sources) -> Told {
    (sources.get(problem.span.source).path.to_string(), problem.rule.name(), problem.message.clone())
}

/// What is in one list more often than in another.
fn more(list: &[Told], than: &[Told]) -> Vec<Told> {
    let mut rest = than.to_vec();
    list.iter()
        .filter(|told| match rest.iter().position(|other| other == *told) {
            Some(at) => {
                rest.swap_remove(at);
                false
            }
            None => true,
        })
        .cloned()
        .collect()
}

/// How many problems of the same rule a file has; of many that are alike a report counts the rest.
fn count_like(list: &[Told], told: &Told) -> usize {
    let alike = list.iter().filter(|other| (&other.0, other.1) == (&told.0, told.1));
    let rest = |message: &str| message.split_once(" more problem").and_then(|(count, _)| count.parse::<usize>().ok());
    alike.map(|(_, _, message)| rest(message).unwrap_or(1)).sum()
}

/// Whether a problem is about how something is written. What it means, such as an entry that is not there, may come to light
/// only when it can be read.
fn is_of_writing((_, rule, message): &Told) -> bool {
    const RULES: [&str; 7] = [
        "front-matter-syntax",
        "wrong-type",
        "unknown-term",
        "unknown-key",
        "invalid-value",
        "hidden-character",
        "template-syntax",
    ];
    RULES.contains(rule) && !message.contains(" more problem")
}

/// Applies each repair of a handbook alone, and says which are not right.
fn wrong_repairs(root: &Path) -> (usize, Vec<String>) {
    let root = Utf8Path::from_path(root).expect("a path of text");
    let (before, sources) = problems(root);
    let all: Vec<Told> = before.iter().map(|problem| told(problem, &sources)).collect();
    let mut wrong = Vec::new();
    let mut count = 0;
    for problem in &before {
        let Some(fix) = &problem.fix else { continue };
        let path = root.join(&sources.get(fix.span.source).path);
        // One that is told of a file whose bytes are no text, or that is not below the root, cannot be tried.
        let Ok(original) = fs::read_to_string(&path) else { continue };
        count += 1;
        let mut mended = original.clone();
        mended.replace_range(fix.span.range(), &fix.replacement);
        fs::write(&path, mended).expect("a writable file");
        let (after, sources_after) = problems(root);
        fs::write(&path, original).expect("a writable file");
        let after: Vec<Told> = after.iter().map(|problem| told(problem, &sources_after)).collect();
        let own = told(problem, &sources);
        let is_gone = count_like(&after, &own) < count_like(&all, &own);
        let come: Vec<Told> =
            more(&after, &all).into_iter().filter(|other| other.0 == own.0 && is_of_writing(other)).collect();
        if !is_gone || !come.is_empty() {
            wrong.push(format!("{own:?}\n  with {:?}\n  gone: {is_gone}, come: {come:#?}", fix.replacement));
        }
    }
    (count, wrong)
}

fn expect_right(name: &str, root: &Path, tried: &mut usize, wrong: &mut Vec<String>) {
    let (count, found) = wrong_repairs(root);
    *tried += count;
    wrong.extend(found.into_iter().map(|found| format!("{name}: {found}")));
}

#[test]
fn every_repair_that_a_case_is_offered_is_right() {
    let (mut tried, mut wrong) = (0, Vec::new());
    for (name, handbook) in cases::handbooks() {
        expect_right(&name, &handbook.path("."), &mut tried, &mut wrong);
    }
    assert!(tried > 60, "{tried} repairs were tried");
    assert!(wrong.is_empty(), "{} of {tried} repairs are wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_repair_that_the_broken_handbook_is_offered_is_right() {
    let handbook = Handbook::new();
    let broken = repository().join("tests/handbooks/broken");
    for (path, bytes) in crate::harness::files_below(&broken) {
        handbook.file(&path, bytes);
    }
    let (tried, wrong) = wrong_repairs(&handbook.path("."));
    assert!(tried > 10, "{tried} repairs were tried");
    assert!(wrong.is_empty(), "{} of {tried} repairs are wrong:\n{}", wrong.len(), wrong.join("\n"));
}
