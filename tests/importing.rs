//! `handbook import` on handbooks that hold something already.

use std::fs;

use crate::harness::{Handbook, Run, TODAY};

const TABLE: &str = "title,prompt,roles\nFirst,Write the first text.,content lead\nSecond,Write {{a_name}}.,\n";

/// A handbook with a facet of its own terms, and a table beside it.
fn handbook(table: &str) -> Handbook {
    let handbook = Handbook::new();
    handbook.file("handbook.toml", "title = \"Test\"\n\n[facets]\nroles = [\"Content Lead\"]\n");
    handbook.file("table.csv", table);
    handbook
}

fn import(handbook: &Handbook, arguments: &[&str]) -> Run {
    handbook.run(&[["import", "csv", "table.csv"].as_slice(), arguments].concat())
}

#[test]
fn what_was_imported_has_no_errors_and_is_not_imported_again() {
    let handbook = handbook(TABLE);
    let first = import(&handbook, &[]).expect_code(0);
    assert!(first.stderr.contains("wrote 2 entries into content/prompts/imported"), "{}", first.stderr);
    handbook.run(&["check", "--today", TODAY]).expect_code(0);
    let before = handbook.files("content");
    let again = import(&handbook, &[]).expect_code(0);
    assert!(again.stdout.starts_with("imported 0 of 2 rows, skipped 2"), "{}", again.stdout);
    assert!(again.stdout.contains("its prompt is that of `prompts/imported/second` already"), "{}", again.stdout);
    assert_eq!(handbook.files("content"), before);
    // Elsewhere it is another handbook's business; and what is new is imported.
    import(&handbook, &["--into", "prompts/other"]).expect_code(0);
    handbook.file("table.csv", format!("{TABLE}Third,Write the third text.,\n"));
    let third = import(&handbook, &[]).expect_code(0);
    assert!(third.stderr.contains("wrote 1 entry into"), "{}", third.stderr);
}

#[test]
fn an_import_that_stops_half_way_says_what_it_wrote() {
    let handbook = handbook(TABLE);
    // A folder with the name of the second file.
    fs::create_dir_all(handbook.path("content/prompts/imported/second.md")).expect("a folder");
    let run = import(&handbook, &[]).expect_code(2);
    assert!(run.stdout.starts_with("imported 1 of 1 row, skipped 0"), "{}", run.stdout);
    assert!(run.stderr.contains("wrote 1 entry") && run.stderr.contains("row 3 and those after it"), "{}", run.stderr);
    assert!(handbook.path("content/prompts/imported/first.md").is_file());
}

#[test]
fn a_folder_that_no_entry_can_lie_in_is_refused_at_once() {
    let handbook = handbook(TABLE);
    let run = import(&handbook, &["--into", "prompts/x.html"]).expect_code(2);
    assert!(run.stderr.contains("the folder `x.html` has the name of a file of the site"), "{}", run.stderr);
    assert!(!handbook.path("content/prompts").exists());
}

/// Whatever column of a table says that a row is not for everybody, no site shows it that is.
#[test]
fn a_row_that_is_marked_restricted_or_draft_is_not_shown_to_more_people() {
    let columns = [
        ("audience", "restricted", "public"),
        ("Visibility", "Restricted", "Public"),
        ("access", "partners only", "public"),
        ("Status", "draft", "In Review"),
        ("Review status", "WIP", "published"),
        ("confidential", "yes", "no"),
        ("Is private", "TRUE", "FALSE"),
        ("published", "no", "2026-05-04"),
        ("Freigabe", "confidential", "frei"),
    ];
    for (column, limit, open) in columns {
        for map in [&[][..], &["--map", "title=Name,prompt=Text"]] {
            let handbook = Handbook::new();
            handbook.file("handbook.toml", "title = \"T\"\naudience = \"public\"\n");
            let table = format!("Name,Text,{column}\nHidden,Write zqhidden.,{limit}\nOpen,Write zqopen.,{open}\n");
            handbook.file("table.csv", table);
            import(&handbook, map).expect_code(0);
            handbook.build(&["--audience", "public"]);
            let site: Vec<(String, Vec<u8>)> = handbook.files("public");
            let has = |word: &str| site.iter().any(|(_, bytes)| String::from_utf8_lossy(bytes).contains(word));
            assert!(has("zqopen") && !has("zqhidden"), "{column} {map:?}");
        }
    }
}

#[test]
fn an_import_tells_what_became_of_audience_and_status() {
    let handbook = handbook(
        "title,prompt,audience,status\nOne,Write one.,restricted,approved\nTwo,Write two.,partners,\nThree,Write three.,,archived\n",
    );
    let said = import(&handbook, &[]).expect_code(0).stdout;
    for line in [
        "`audience` → audience, `status` → status",
        "the status `approved` became `in-review`, to be approved by you",
        "`partners` in `audience` is no audience of the handbook, so the entry is a draft",
        "the status `archived` became `deprecated`",
    ] {
        assert!(said.contains(line), "{line}:\n{said}");
    }
    let front = |name: &str| handbook.read(&format!("content/prompts/imported/{name}.md"));
    assert!(front("one").contains("status = \"in-review\"\naudience = \"restricted\""), "{}", front("one"));
    assert!(front("two").contains("status = \"draft\"") && !front("two").contains("audience"), "{}", front("two"));
    assert!(front("three").contains("status = \"deprecated\""), "{}", front("three"));
    // Who maps the column by hand means what it says.
    let mapped = import(&handbook, &["--into", "prompts/mapped", "--map", "status=status"]).expect_code(0);
    assert!(!mapped.stdout.contains("approved by you"), "{}", mapped.stdout);
    let text = handbook.read("content/prompts/mapped/one.md");
    assert!(text.contains("status = \"approved\"\naudience = \"restricted\""), "{text}");
    handbook.run(&["check", "--today", TODAY]).expect_code(0);
}
