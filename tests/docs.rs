//! The pages that document the tool know every field, rule, setting, command and option.

use std::fs;

use prompt_handbook::content::{Common, Kind, kinds, limits};
use prompt_handbook::diagnostics::printers::PRINTERS;
use prompt_handbook::fields::Record;
use prompt_handbook::import::formats::IMPORTERS;
use prompt_handbook::schema::guide::{PAGES, grouped};
use prompt_handbook::{handbook, markdown};

use crate::harness::{Handbook, repository};

fn page(path: &str) -> String {
    fs::read_to_string(repository().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Which of some names a page does not have in backticks.
fn missing<'n>(page: &str, names: impl IntoIterator<Item = &'n str>) -> Vec<&'n str> {
    names.into_iter().filter(|name| !page.contains(&format!("`{name}`"))).collect()
}

/// `HANDBOOK_UPDATE=1` writes the pages anew.
#[test]
fn the_pages_that_list_what_is_declared_are_what_the_command_prints() {
    for page in PAGES {
        let path = repository().join(format!("content/guides/{}.md", page.name));
        let printed = Handbook::new().run(&["guide", page.name]).expect_code(0).stdout;
        if std::env::var_os("HANDBOOK_UPDATE").is_some() {
            fs::write(&path, printed).expect("a file of the guide");
            continue;
        }
        let kept = fs::read_to_string(&path).expect("a page of the guide");
        let differs = kept.lines().zip(printed.lines()).find(|(kept, printed)| kept != printed);
        assert_eq!(differs, None, "{} is not what `handbook guide {}` prints", path.display(), page.name);
        assert_eq!(kept.len(), printed.len(), "{}", path.display());
    }
}

#[test]
fn the_command_lists_its_pages_and_knows_no_others() {
    let handbook = Handbook::new();
    let list = handbook.run(&["guide"]).expect_code(0).stdout;
    assert!(PAGES.iter().all(|page| list.contains(page.name)), "{list}");
    let failed = handbook.run(&["guide", "field"]).expect_code(2).stderr;
    assert!(failed.contains("did you mean `fields`?"), "{failed}");
}

#[test]
fn the_command_prints_the_fields_of_one_kind() {
    let handbook = Handbook::new();
    for kind in Kind::ALL {
        let printed = handbook.run(&["guide", kind.word()]).expect_code(0).stdout;
        let tables = [Common::TABLE, kinds::table_of(*kind)];
        let keys = tables.iter().flat_map(|table| table.fields).map(|field| field.key);
        assert_eq!(missing(&printed, keys), [""; 0], "{}", kind.word());
        let headings = printed.lines().filter_map(|line| line.strip_prefix("## "));
        let anchors: Vec<String> = headings.map(|heading| heading.to_lowercase().replace(' ', "-")).collect();
        for link in printed.split("](#").skip(1) {
            let anchor = link.split(')').next().unwrap_or_default();
            assert!(anchors.iter().any(|known| known == anchor), "{anchor} of {anchors:?}");
        }
    }
}

#[test]
fn every_printer_is_described() {
    let page = page("content/guides/command-line.md");
    assert_eq!(missing(&page, PRINTERS.iter().map(|printer| printer.name)), [""; 0]);
}

#[test]
fn every_limit_that_no_field_has_is_told() {
    let page = page("content/guides/rules.md");
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
