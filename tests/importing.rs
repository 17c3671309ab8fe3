//! `handbook import` on handbooks that hold something already.

use std::fs;

use prompt_handbook::fields::Syntax;

use crate::harness::{Handbook, Run, TODAY};
use crate::notations::entries;

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

/// What was imported is written as the writer of all front matter writes what was read of it.
#[test]
fn an_entry_is_written_as_every_other() {
    let handbook = handbook(
        "title,prompt,author,owner,roles,tags,audience,created,source\n\
         A \"\"b\"\" \\,\"Write ${x:3} for [YOUR NAME], ${y:\"\"q\"\"\nz}.\",\"jo, --\",--,content lead,\"#a, b\",public,2026-05-04 10:00,https://a.example/\n\
         Two,Write two.,,,,,,,\n",
    );
    let said = import(&handbook, &[]).expect_code(0).stdout;
    let read = entries(&handbook.path("."));
    assert_eq!(read.entries.len(), 2);
    for entry in &read.entries {
        let written = handbook.read(entry.source.path.as_str());
        assert_eq!(written, entry.front_matter(&read.config, Syntax::Toml) + "\n" + entry.body_text().trim_start());
    }
    for line in ["of authors, what says nothing was left out: `--`", "`#a` of tags became `a`", "of owner, what says"] {
        assert!(said.contains(line), "{line}:\n{said}");
    }
}

/// Every field of the table that fits into a cell can be named, and takes what its shape takes.
#[test]
fn a_column_is_given_to_any_field_that_a_cell_can_fill() {
    let handbook = handbook(
        "title,prompt,Checked,No,Again,Skill,Saved,Module,Person\n\
         A,Write one.,Jo Park,1.10,2027-01-02,\"Context engineering, juggling\",45,\"brand-voice, nowhere\",jo@a.example\n\
         B,Write two.,--,2,soon,,a lot,,\n",
    );
    handbook.entry("context/brand-voice", "", "Plain.");
    let map =
        "reviewed_by=Checked,version=No,review_by=Again,skills=Skill,minutes_saved=Saved,context=Module,owner=Person";
    let said = import(&handbook, &["--map", map]).expect_code(0).stdout;
    let text = handbook.read("content/prompts/imported/a.md");
    for line in [
        "owner = \"jo@a.example\"\nreviewed_by = \"Jo Park\"",
        "version = \"1.10\"",
        "review_by = 2027-01-02\nskills = [\"context-engineering\"]",
        "context = [\"brand-voice\"]\nminutes_saved = 45",
    ] {
        assert!(text.contains(line), "{line}:\n{text}");
    }
    for line in [
        "`juggling` in skills was left out, since it is none of `workflow-design`",
        "`nowhere` in context was left out, since it is no entry",
        "`a lot` in minutes_saved was left out, since it is no whole number",
        "the day `soon` in review_by was left out",
        "in owner there is an e-mail address, which the site would publish: `jo@a.example`",
    ] {
        assert!(said.contains(line), "{line}:\n{said}");
    }
    let failed = import(&handbook, &["--map", "variables=No"]).expect_code(2).stderr;
    assert!(failed.contains("unknown field `variables`"), "{failed}");
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
            import(&handbook, &[map, &["--today", TODAY]].concat()).expect_code(0);
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

/// What became of each value of a column that stands behind the title and the prompt, and what the import said.
fn statuses(column: &str, values: &[&str], arguments: &[&str]) -> (Vec<String>, String) {
    let quoted = |value: &str| format!("\"{}\"", value.replace('"', "\"\""));
    let row = |(at, value): (usize, &&str)| format!("Row{at},Write number {at}.,{}\n", quoted(value));
    let rows: String = values.iter().enumerate().map(row).collect();
    let handbook = handbook(&format!("title,prompt,{}\n{rows}", quoted(column)));
    let said = import(&handbook, &[arguments, &["--today", TODAY]].concat()).expect_code(0).stdout;
    let status = |at: usize| {
        let text = handbook.read(&format!("content/prompts/imported/row{at}.md"));
        let line = text.lines().find_map(|line| line.strip_prefix("status = ")).expect("a status").trim_matches('"');
        line.to_owned()
    };
    ((0..values.len()).map(status).collect(), said)
}

/// Every one of the values becomes this status, with and without a map.
#[track_caller]
fn all_become(status: &str, column: &str, values: &[&str]) {
    for map in [&[][..], &["--map", "title=title,prompt=prompt"]] {
        let (found, said) = statuses(column, values, map);
        for (value, found) in values.iter().zip(&found) {
            assert_eq!(found, status, "`{value}` in `{column}` {map:?}\n{said}");
        }
    }
}

#[test]
fn a_box_says_what_it_says() {
    let yes = [
        "checked", "✓", "✔", "✔️", "✅", "x", "X", "[x]", "yes", "Y", "TRUE", "1", "on", "ja", "oui", "si", "sí", "да",
    ];
    let no = ["", " ", "no", "FALSE", "0", "unchecked", "☐", "[ ]", "nein", "нет", "perhaps"];
    for column in ["Public", "published", "Is shared", "Visible?", "Live", "Approved", "Freigegeben", "Publié"] {
        all_become("in-review", column, &yes);
        all_become("draft", column, &no);
    }
    for column in ["Confidential", "Hide", "Draft", "Vertraulich"] {
        all_become("draft", column, &yes);
        all_become("in-review", column, &["", "no", "FALSE", "0", "unchecked", "☐", "[ ]", "nein", "нет"]);
    }
}

#[test]
fn a_day_of_publishing_that_is_to_come_is_a_no() {
    let past = [
        "2026-11-20",
        "2026-05-04T10:00:00Z",
        "2026/05/04",
        "04/05/2026 10:00",
        "4.5.2026",
        "May 4, 2026",
        "4 May 2026",
    ];
    let doubt = [
        "2026-11-21",
        "2027-01-01 08:00",
        "31.12.2026",
        "12/01/2026",
        "01/12/2026",
        "Dec 1, 2026",
        "99999999",
        "2026-13-45",
        "soon",
    ];
    for column in ["Published", "Publish date", "published_at", "Go live"] {
        all_become("in-review", column, &past);
        all_become("draft", column, &doubt);
    }
    all_become("draft", "Embargo until", &["2026-11-21", "yes", "the launch"]);
    all_become("in-review", "Embargo", &["", "no", "2026-11-20"]);
}

/// A cell that is the word for a limit makes a draft, whatever its column fills.
#[test]
fn a_limit_in_a_column_that_fills_a_field_is_one() {
    let limits =
        ["draft", "Private", "confidential", "restricted", "WIP", "Draft 2", "TLP:RED", "only me", "privé", "機密"];
    for column in ["tags", "Category", "team", "Owner", "description", "Source", "created", "channels"] {
        let (found, said) = statuses(column, &limits, &[]);
        assert!(found.iter().all(|status| status == "draft"), "{column}: {found:?}\n{said}");
    }
    for map in ["tags=Status,team=Visibility", "team=Status,tags=Visibility", "authors=Status,summary=Visibility"] {
        let handbook =
            handbook("title,prompt,Status,Visibility\nA,One.,draft,\nB,Two.,,private\nC,Three.,unheard of,\n");
        let said = import(&handbook, &["--map", map, "--today", TODAY]).expect_code(0).stdout;
        for name in ["a", "b", "c"] {
            let text = handbook.read(&format!("content/prompts/imported/{name}.md"));
            assert!(text.contains("status = \"draft\""), "{map}: {text}\n{said}");
        }
    }
}

#[test]
fn a_column_that_limits_is_known_by_many_names() {
    for column in ["TLP", "Clearance", "Sensitivity label", "Data classification", "Classification", "Access level"] {
        all_become("draft", column, &["RED", "partners", "Confidential", "Nur intern"]);
    }
    for column in ["State", "Workflow state", "Review status", "Statut", "Estado", "Stato", "状態", "Статус"] {
        all_become("draft", column, &["draft", "unheard of", "Entwurf", "下書き", "draft (v2)"]);
        all_become("in-review", column, &["published", "veröffentlicht", "publié", "已发布"]);
    }
    for column in [
        "Hidden",
        "HIDE",
        "Hide from site",
        "Not yet public",
        "HR only",
        "Team only",
        "owner_only",
        "Private?",
        "Privé",
        "Poufne",
        "Bozza",
        "社外秘",
        "черновик",
    ] {
        all_become("draft", column, &["yes", "x", "1", "✓", "Ja", "是"]);
    }
    for column in [
        "Publish",
        "Live",
        "Ready",
        "Share",
        "Show on site",
        "isPublic",
        "Öffentlich",
        "Pubblicato",
        "公開",
        "Публичный",
    ] {
        all_become("draft", column, &["no", "", "nein", "false", "Anna"]);
    }
    all_become("deprecated", "Archived", &["yes", "TRUE", "2026-05-04"]);
    all_become("in-review", "Archived", &["no", ""]);
    all_become("in-review", "TLP", &["CLEAR", "TLP:WHITE"]);
    all_become("in-review", "Sichtbarkeit", &["öffentlich", "Public", ""]);
}

#[test]
fn a_value_that_begins_with_a_limit_or_lists_one_is_one() {
    let limits = [
        "only me",
        "do not publish",
        "Do not distribute!",
        "internal use only",
        "draft (v2)",
        "Draft 2",
        "private; team",
        "public, restricted",
        "embargoed",
        "TLP:RED",
    ];
    all_become("draft", "Notes", &limits);
    all_become("draft", "Audience", &limits[..7]);
    let honest =
        ["TEXT", "internal", "Draft emails", "Private equity", "public", "A note on how to keep a draft private."];
    all_become("in-review", "Notes", &honest);
}

#[test]
fn a_row_that_ends_before_a_limit_is_a_draft_and_that_is_said_once() {
    let handbook =
        handbook("title,prompt,Notes,Confidential,Status\nA,One.,x\nB,Two.,x,no,published\nC,Three.,draft,yes,wip?\n");
    let said = import(&handbook, &[]).expect_code(0).stdout;
    assert!(
        said.contains("the row ends before `Confidential`, the row ends before `Status`, so the entry is a draft"),
        "{said}"
    );
    assert_eq!(said.matches("so the entry is a draft").count(), 2, "{said}");
    assert!(handbook.read("content/prompts/imported/b.md").contains("status = \"in-review\""), "{said}");
}

#[test]
fn an_unused_column_that_may_limit_is_named() {
    let (_, said) = statuses("Licence phase", &["blue"], &[]);
    assert!(said.contains("look at this: `Licence phase` was not used"), "{said}");
    let (_, said) = statuses("Colour", &["blue"], &[]);
    assert!(!said.contains("look at this"), "{said}");
}
