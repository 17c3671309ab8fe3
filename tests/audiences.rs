//! Canaries: nothing of a draft or of an entry for a narrower audience is in any file of a wider site.

use crate::harness::{Handbook, TODAY};

const CONFIG: &str = "title = \"Test\"\naudiences = [\"public\", \"team\", \"restricted\"]\naudience = \"team\"\nrepo_url = \"https://code.example/x\"\n\n[facets]\ntasks = [\"write\"]\n";

/// The kinds, each with its folder and what it needs to be without problems.
const KINDS: [(&str, &str, &str); 10] = [
    ("prompt", "prompts/", ""),
    ("project", "projects/", ""),
    ("working", "working-descriptions/", ""),
    ("context", "context/", ""),
    ("workflow", "workflows/", ""),
    ("win", "wins/", "date = 2026-05-04\n"),
    ("model", "models/", ""),
    ("person", "people/", ""),
    ("collection", "collections/", ""),
    ("page", "", ""),
];

/// Who may see an entry, by the words of the test.
const GROUPS: [(&str, &str); 4] = [
    ("pub", "audience = \"public\"\n"),
    ("tea", ""),
    ("res", "audience = \"restricted\"\n"),
    ("dra", "status = \"draft\"\naudience = \"public\"\n"),
];

/// A word that stands in one field of one entry and nowhere else.
fn canary(group: &str, kind: &str, field: &str) -> String {
    format!("zq{group}{kind}{field}qz")
}

/// What every entry has; `@field@` stands for a canary.
const FRONT: &str = "title = \"@title@\"
summary = \"@summary@\"
authors = [\"@author@\"]
owner = \"@owner@\"
team = \"@team@\"
version = \"@version@\"
tags = [\"@tag@\"]
aliases = [\"@alias@\"]
adapted_from = \"https://x.example/@from@\"
";
const BODY: &str = "## @heading@

@body@ ![@alt@](@image@.csv.png) [@link@](@file@.csv)

```@info@
@code@
```
";

/// The fields of each kind, for the front matter and for the body.
const OWN: [(&str, &str, &str); 8] = [
    (
        "prompt",
        "checks = [\"@check@\"]
works_with = [{ model = \"@model@\", note = \"@note@\" }]
[[variables]]
name = \"@name@\"
label = \"@label@\"
help = \"@help@\"
default = \"@default@\"
options = [\"@default@\", \"@option@\"]
[[examples]]
title = \"@example@\"
output = \"@output@\"
",
        "\n```prompt\n@text@ {{@name@}}\n```\n",
    ),
    ("project", "[[setup]]\ntool = \"@tool@\"\nsteps = [\"@step@\"]\n", "\n```prompt\n@text@\n```\n"),
    ("working", "[[iterations]]\ntried = \"@tried@\"\nsaw = \"@saw@\"\nchanged = \"@changed@\"\n", ""),
    ("context", "short = \"@short@\"\ntype = \"@type@\"\n[values]\n@list@ = [\"@value@\"]\n", ""),
    ("workflow", "[[steps]]\ntitle = \"@steptitle@\"\ntext = \"@steptext@\"\ncheckpoint = \"@point@\"\n", ""),
    ("win", "who = [\"@who@\"]\nbefore = \"@before@\"\nafter = \"@after@\"\ntry_it = \"@try@\"\n", ""),
    ("model", "vendor = \"@vendor@\"\ngood_at = [\"@good@\"]\ndata_rules = \"@rules@\"\n", ""),
    ("person", "role = \"@role@\"\n", ""),
];

/// A text with its canaries: every other piece between the signs is a field.
fn fill(text: &str, group: &str, kind: &str) -> String {
    let pieces = text.split('@').enumerate();
    pieces.map(|(nth, piece)| if nth % 2 == 0 { piece.to_owned() } else { canary(group, kind, piece) }).collect()
}

/// An entry with a canary in every field that can hold one, and files beside it.
fn plant(handbook: &Handbook, group: &str, audience: &str, (kind, folder, needs): (&str, &str, &str)) {
    let (own_front, own_body) = OWN.iter().find(|own| own.0 == kind).map_or(("", ""), |own| (own.1, own.2));
    let front = fill(&format!("{FRONT}{audience}{needs}{own_front}"), group, kind);
    let body = fill(&format!("{BODY}{own_body}"), group, kind);
    let file = |field: &str, ending: &str| format!("content/{folder}{}{ending}", canary(group, kind, field));
    handbook.file(&file("file", ".csv"), canary(group, kind, "bytes"));
    handbook.file(&file("image", ".csv.png"), canary(group, kind, "pixels"));
    handbook.entry(&format!("{folder}{}", canary(group, kind, "id")), &front, &body);
}

fn planted() -> Handbook {
    let handbook = Handbook::new();
    handbook.file("handbook.toml", CONFIG);
    for (group, audience) in GROUPS {
        for kind in KINDS {
            plant(&handbook, group, audience, kind);
        }
    }
    handbook
}

/// The groups that have a canary in any name or byte of a site, and what was found of those that should not.
fn groups_in(site: &[(String, Vec<u8>)], hidden: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for (path, bytes) in site {
        // Base 64 and other spellings are not used for text; letters stand as they are, in lower case in the index.
        let text = format!("{path}\n{}", String::from_utf8_lossy(bytes)).to_lowercase();
        for group in hidden {
            if let Some(at) = text.find(&format!("zq{group}")) {
                let end = text[at..].char_indices().nth(40).map_or(text.len(), |(end, _)| at + end);
                found.push(format!("{path} has {}", &text[at..end]));
            }
        }
    }
    found
}

#[test]
fn nothing_narrower_and_no_draft_is_in_a_site() {
    let handbook = planted();
    let all = ["pub", "tea", "res", "dra"];
    for (audience, drafts, shown) in [
        ("public", false, &["pub"][..]),
        ("team", false, &["pub", "tea"]),
        ("restricted", false, &["pub", "tea", "res"]),
        ("public", true, &["pub", "dra"]),
        ("team", true, &["pub", "tea", "dra"]),
    ] {
        let mut arguments = vec!["--audience", audience];
        arguments.extend(drafts.then_some("--drafts"));
        handbook.build(&arguments);
        let site = handbook.files("public");
        let hidden: Vec<&str> = all.into_iter().filter(|group| !shown.contains(group)).collect();
        assert_eq!(groups_in(&site, &hidden), Vec::<String>::new(), "for {audience}, drafts {drafts}");
        for group in shown {
            for (kind, folder, _) in KINDS {
                let id = canary(group, kind, "id");
                assert!(
                    site.iter().any(|(path, _)| *path == format!("{folder}{id}.html")),
                    "{id} is missing for {audience}"
                );
                let body = canary(group, kind, "body");
                let seen = site
                    .iter()
                    .filter(|(_, bytes)| bytes.windows(body.len()).any(|part| part == body.as_bytes()))
                    .count();
                assert!(seen >= 2, "the page and twin of {id} show its text");
            }
        }
    }
}

#[test]
fn a_wider_reading_cannot_load_a_narrower_module() {
    let handbook = planted();
    handbook.entry(
        "prompts/open",
        "audience = \"public\"\ncontext = [{ slot = \"persona\", required = false }]",
        "```prompt\nHello {{slot:persona}}\n```",
    );
    let slot = format!("persona={}", canary("res", "context", "id"));
    let refused = handbook.run(&["assemble", "open", "--slot", &slot, "--audience", "public", "--today", TODAY]);
    assert_eq!(refused.code, 2, "{}", refused.stdout);
    assert!(!refused.stdout.contains("zqres"), "{}", refused.stdout);
    let allowed = handbook.run(&["assemble", "open", "--slot", &slot, "--audience", "restricted", "--today", TODAY]);
    assert!(allowed.expect_code(0).stdout.contains(&canary("res", "context", "body")));
}

#[test]
fn search_keeps_to_the_audience() {
    let handbook = planted();
    let word = canary("res", "prompt", "title");
    let (id, team) =
        (canary("res", "prompt", "id"), handbook.run(&["search", &word, "--audience", "team", "--today", TODAY]));
    assert!(!team.stdout.contains(&id), "{}", team.stdout);
    let found = handbook.run(&["search", &word, "--audience", "restricted", "--today", TODAY]).expect_code(0);
    assert!(found.stdout.contains(&id), "{}", found.stdout);
}
