//! The pages that document the tool know every field, rule, setting, command and option.

use std::fs;

use prompt_handbook::content::{kinds, limits};
use prompt_handbook::diagnostics::RULES;
use prompt_handbook::diagnostics::printers::PRINTERS;
use prompt_handbook::import::formats::IMPORTERS;
use prompt_handbook::{handbook, markdown};

use crate::harness::{Handbook, repository};

fn page(path: &str) -> String {
    fs::read_to_string(repository().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Which of some names a page does not have in backticks.
fn missing<'n>(page: &str, names: impl IntoIterator<Item = &'n str>) -> Vec<&'n str> {
    names.into_iter().filter(|name| !page.contains(&format!("`{name}`"))).collect()
}

#[test]
fn every_field_is_described() {
    let page = page("content/guides/fields.md");
    assert_eq!(missing(&page, kinds::all_fields().map(|field| field.key)), [""; 0]);
}

#[test]
fn every_rule_is_described() {
    let page = page("content/guides/rules.md");
    assert_eq!(missing(&page, RULES.iter().map(|rule| rule.name())), [""; 0]);
}

#[test]
fn every_printer_is_described() {
    let page = page("content/guides/command-line.md");
    assert_eq!(missing(&page, PRINTERS.iter().map(|printer| printer.name)), [""; 0]);
}

/// A number as the guides write it.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[test]
fn every_limit_is_in_the_table() {
    let page = page("content/guides/rules.md");
    let rows: Vec<Vec<String>> =
        page.lines().map(|line| line.split('|').map(|cell| cell.trim().to_owned()).collect()).collect();
    for (field, (items, characters)) in limits::of_fields() {
        let most = |limit: usize| if limit == usize::MAX { String::new() } else { grouped(limit) };
        let row = ["", &format!("`{field}`"), &most(items), &most(characters), ""].map(str::to_owned);
        assert!(rows.contains(&row.to_vec()), "no row {row:?}");
    }
    for number in [
        limits::SLOTS_LIMIT,
        limits::OFFERED,
        limits::DERIVED_PAGES,
        limits::DERIVED_PER_ENTRY,
        limits::CHOICES,
        limits::CHOICES_PER_ENTRY,
        limits::CHOICE_BYTES,
        limits::OPTION_MOST,
        limits::LINKS_MOST,
        limits::USES_MOST,
        limits::FILLED_MOST / 1024,
        limits::ASSEMBLED_MOST / 1024 / 1024,
        handbook::PARTS_LIMIT,
        handbook::EXPANSION_LIMIT / 1024,
        handbook::EXPANSION_OF_ALL / 1024 / 1024,
        handbook::EXPANSION_FACTOR,
        markdown::LINE_LIMIT,
        markdown::BLOCK_LIMIT / 1024,
        markdown::PAGE_LIMIT / 1024,
        kinds::OPTIONS_LIMIT,
        kinds::VARIABLES_LIMIT,
    ] {
        let is_told = page.contains(&format!(" {number} ")) || page.contains(&format!(" {} ", grouped(number)));
        assert!(is_told, "{number} is not told");
    }
}

#[test]
fn every_command_and_option_is_described() {
    let handbook = Handbook::new();
    let help = handbook.run(&["--help"]).expect_code(0).stdout;
    let commands: Vec<&str> = help
        .lines()
        .skip_while(|line| !line.starts_with("Commands:"))
        .skip(1)
        .take_while(|line| !line.trim().is_empty())
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help")
        .collect();
    assert!(commands.len() > 4, "{help}");
    let (page, readme) = (page("content/guides/command-line.md"), page("README.md"));
    for command in &commands {
        assert!(page.contains(&format!("handbook {command}")), "the guide does not know {command}");
        assert!(readme.contains(&format!("handbook {command}")), "README does not know {command}");
        let formats = IMPORTERS.iter().map(|importer| vec!["import", importer.name]);
        let topics = if *command == "import" { formats.collect() } else { vec![vec![*command]] };
        for topic in topics {
            assert!(page.contains(&format!("handbook {}", topic.join(" "))), "the guide does not know {topic:?}");
            let help = handbook.run(&[topic.as_slice(), &["--help"]].concat()).expect_code(0).stdout;
            for option in options(&help) {
                assert!(page.contains(&option), "the guide does not know {option} of {topic:?}");
            }
        }
    }
}

/// The long options that a help text names at the start of a line.
fn options(help: &str) -> Vec<String> {
    let lines = help.lines().filter_map(|line| {
        let line = line.trim_start();
        let line = line.strip_prefix("-h, ").or_else(|| line.strip_prefix("-V, ")).unwrap_or(line);
        line.strip_prefix("--")?.split(|c: char| !c.is_ascii_lowercase() && c != '-').next()
    });
    lines
        .filter(|name| !name.is_empty() && *name != "help" && *name != "version")
        .map(|name| format!("--{name}"))
        .collect()
}
