//! Canaries: nothing of a draft or of an entry for a narrower audience is in any file of a wider site.

use std::fmt::Write as _;

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

/// An entry with a canary in every field that can hold one.
fn plant(handbook: &Handbook, group: &str, audience: &str, (kind, folder, needs): (&str, &str, &str)) {
    let word = |field: &str| canary(group, kind, field);
    let id = format!("{folder}{}", word("id"));
    let mut front = format!(
        "title = \"{}\"\nsummary = \"{}\"\n{audience}{needs}authors = [\"{}\"]\nowner = \"{}\"\nteam = \"{}\"\nversion = \"{}\"\n\
         tags = [\"{}\"]\naliases = [\"{}\"]\nadapted_from = \"https://x.example/{}\"\n",
        word("title"),
        word("summary"),
        word("author"),
        word("owner"),
        word("team"),
        word("version"),
        word("tag"),
        word("alias"),
        word("from"),
    );
    let mut body = format!(
        "## {}\n\n{} ![{}]({}.csv.png) [{}]({}.csv)\n\n```{}\n{}\n```\n",
        word("heading"),
        word("body"),
        word("alt"),
        word("image"),
        word("link"),
        word("file"),
        word("info"),
        word("code")
    );
    extra(kind, &word, &mut front, &mut body);
    handbook.file(&format!("content/{folder}{}.csv", word("file")), word("bytes"));
    handbook.file(&format!("content/{folder}{}.csv.png", word("image")), word("pixels"));
    handbook.entry(&id, &front, &body);
}

/// The fields of a kind.
fn extra(kind: &str, word: &dyn Fn(&str) -> String, front: &mut String, body: &mut String) {
    match kind {
        "prompt" => {
            let _ = write!(
                front,
                "checks = [\"{}\"]\nworks_with = [{{ model = \"{}\", note = \"{}\" }}]\n[[variables]]\nname = \"{}\"\nlabel = \"{}\"\nhelp = \"{}\"\n\
                 default = \"{}\"\noptions = [\"{}\", \"{}\"]\n[[examples]]\ntitle = \"{}\"\noutput = \"{}\"\n",
                word("check"),
                word("model"),
                word("note"),
                word("name"),
                word("label"),
                word("help"),
                word("default"),
                word("default"),
                word("option"),
                word("example"),
                word("output")
            );
            let _ = write!(body, "\n```prompt\n{} {{{{{}}}}}\n```\n", word("text"), word("name"));
        }
        "project" => {
            let _ = write!(body, "\n```prompt\n{}\n```\n", word("text"));
            let _ = write!(front, "[[setup]]\ntool = \"{}\"\nsteps = [\"{}\"]\n", word("tool"), word("step"));
        }
        "working" => {
            let _ = write!(front, "[[iterations]]\ntried = \"{}\"\nsaw = \"{}\"\n", word("tried"), word("saw"));
        }
        "context" => {
            let _ = write!(
                front,
                "short = \"{}\"\ntype = \"{}\"\n[values]\n{} = [\"{}\"]\n",
                word("short"),
                word("type"),
                word("list"),
                word("value")
            );
        }
        "workflow" => {
            let _ = write!(
                front,
                "[[steps]]\ntitle = \"{}\"\ntext = \"{}\"\ncheckpoint = \"{}\"\n",
                word("steptitle"),
                word("steptext"),
                word("point")
            );
        }
        "win" => {
            let _ = write!(
                front,
                "who = [\"{}\"]\nbefore = \"{}\"\nafter = \"{}\"\n",
                word("who"),
                word("before"),
                word("after")
            );
        }
        "model" => {
            let _ = write!(front, "vendor = \"{}\"\ngood_at = [\"{}\"]\n", word("vendor"), word("good"));
        }
        "person" => {
            let _ = write!(front, "role = \"{}\"\n", word("role"));
        }
        _ => {}
    }
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
