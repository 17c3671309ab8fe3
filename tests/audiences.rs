//! Nothing of an entry reaches somebody who may not see it: every entry carries canaries, words that stand nowhere else.

use std::collections::BTreeSet;

use crate::harness::{Handbook, Run, TODAY};

/// A group of entries that are seen together.
#[derive(Debug, Clone, Copy)]
struct Level {
    /// What every canary of its entries begins with. None begins with another.
    mark: &'static str,
    audience: usize,
    draft: bool,
}

const AUDIENCES: [&str; 3] = ["public", "team", "restricted"];

const LEVELS: [Level; 6] = [
    Level { mark: "zqpub", audience: 0, draft: false },
    Level { mark: "zqtea", audience: 1, draft: false },
    Level { mark: "zqres", audience: 2, draft: false },
    Level { mark: "zdpub", audience: 0, draft: true },
    Level { mark: "zdtea", audience: 1, draft: true },
    Level { mark: "zdres", audience: 2, draft: true },
];

const KINDS: [(&str, &str); 10] = [
    ("prompt", "prompts"),
    ("project", "projects"),
    ("work", "working-descriptions"),
    ("module", "context"),
    ("workflow", "workflows"),
    ("win", "wins"),
    ("model", "models"),
    ("person", "people"),
    ("collection", "collections"),
    ("page", "guides"),
];

/// For whom a site is built.
#[derive(Debug, Clone, Copy)]
struct Reading {
    audience: usize,
    drafts: bool,
}

impl Reading {
    fn all() -> impl Iterator<Item = Self> {
        (0..AUDIENCES.len()).flat_map(|audience| [false, true].map(|drafts| Self { audience, drafts }))
    }

    fn sees(self, level: Level) -> bool {
        level.audience <= self.audience && (self.drafts || !level.draft)
    }

    fn arguments(self) -> Vec<&'static str> {
        let mut arguments = vec!["--audience", AUDIENCES[self.audience]];
        arguments.extend(Some("--drafts").filter(|_| self.drafts));
        arguments
    }
}

/// An entry while it is written, with the canaries that a site with it must show.
struct Writer {
    level: Level,
    kind: &'static str,
    front: String,
    canaries: Vec<String>,
}

impl Writer {
    fn canary(&mut self, field: &str) -> String {
        let canary = self.word(field);
        self.canaries.push(canary.clone());
        canary
    }

    fn word(&self, field: &str) -> String {
        format!("{}{}{field}", self.level.mark, self.kind)
    }

    fn set(&mut self, key: &str) -> &mut Self {
        let canary = self.canary(key.split('_').next().unwrap_or(key));
        self.raw(key, &format!("\"{canary}\""))
    }

    fn list(&mut self, key: &str) -> &mut Self {
        let canary = self.canary(key.split('_').next().unwrap_or(key));
        self.raw(key, &format!("[\"{canary}\"]"))
    }

    fn raw(&mut self, key: &str, value: &str) -> &mut Self {
        self.front.extend([key, " = ", value, "\n"]);
        self
    }

    fn table(&mut self, header: &str) -> &mut Self {
        self.front.extend([header, "\n"]);
        self
    }

    /// The fields that every kind has.
    fn common(&mut self) {
        self.set("title").set("summary").set("team").set("version").list("authors").list("tags").set("owner");
        // A term of the config that no other entry has, and a name that fits a profile of every level.
        self.list("roles").raw("reviewed_by", "\"jo\"");
        let alias = self.canary("alias");
        self.raw("aliases", &format!("[\"old/{alias}\"]"));
        self.raw("audience", &format!("\"{}\"", AUDIENCES[self.level.audience])).raw("updated", "2026-05-01");
        if self.level.draft {
            self.raw("status", "\"draft\"");
        }
        if self.level.mark != LEVELS[0].mark {
            // Who sees less is referred to, so that what sees more could be told of there.
            let folder = KINDS.iter().find(|(kind, _)| *kind == self.kind).map(|(_, folder)| folder);
            let related = folder.map(|folder| format!("[\"{folder}/{}{}id\"]", LEVELS[0].mark, self.kind));
            self.raw("related", &related.unwrap_or(format!("[\"people/{}/jo\"]", LEVELS[0].mark)));
        }
    }

    fn own(&mut self) {
        let module = format!("{}moduleid", self.level.mark);
        let prompt = format!("{}promptid", self.level.mark);
        match self.kind {
            "prompt" => self.prompt(&module),
            "project" => {
                self.raw("prompts", &format!("[\"{prompt}\"]")).raw("context", &format!("[\"{module}\"]"));
                self.table("[[setup]]").set("tool").list("steps");
            }
            "work" => {
                self.raw("prompts", &format!("[\"{prompt}\"]")).raw("context", &format!("[\"{module}\"]"));
                self.table("[[iterations]]").set("tried").set("saw").set("changed");
            }
            "module" => {
                self.set("type").set("approved_by").set("short").table("[values]").list("names");
            }
            "workflow" => {
                self.set("start_with").set("end_with").table("[[steps]]").raw("title", "\"step\"");
                self.raw("prompt", &format!("\"{prompt}\"")).set("text").set("carry").set("checkpoint");
            }
            "win" => {
                self.raw("date", "2026-05-01").list("who").set("before").set("after").set("try_it");
                self.raw("entries", &format!("[\"prompts/{prompt}\"]"));
            }
            "model" => drop(self.set("vendor").list("good_at").list("poor_at").set("data_rules").front.len()),
            "person" => {
                let label = self.canary("label");
                self.set("role")
                    .raw("links", &format!("[{{ label = \"{label}\", url = \"https://{label}.example\" }}]"));
            }
            "collection" => drop(self.raw("entries", &format!("[\"prompts/{prompt}\"]")).front.len()),
            _ => {}
        }
    }

    fn prompt(&mut self, module: &str) {
        let check = self.canary("check");
        self.raw("context", &format!("[\"{module}\"]")).raw("checks", &format!("[\"{check}\"]"));
        let (model, note) = (self.canary("modelname"), self.canary("note"));
        self.raw("works_with", &format!("[{{ model = \"{model}\", note = \"{note}\" }}]"));
        self.table("[[variables]]").set("name").set("label").set("help").set("default");
        self.table("[[variables]]").raw("name", "\"pick\"").raw("type", "\"choice\"").list("options");
        self.table("[[variables]]").raw("name", "\"from\"").raw("type", "\"choice\"");
        self.raw("options_from", &format!("\"{module}/names\""));
        let input = self.canary("input");
        self.table("[[examples]]").set("output").raw("inputs", &format!("{{ pick = \"{input}\" }}"));
    }

    /// A body with a canary in each of its parts.
    fn body(&mut self) -> String {
        let [text, heading, alt, link, code, cell, note] =
            ["text", "heading", "alt", "link", "code", "cell", "note"].map(|part| self.canary(part));
        let (picture, table) = (self.word("picture"), self.word("table"));
        let send = match self.kind {
            "prompt" => format!(
                "```prompt\n{} {{{{{}}}}} {{{{pick}}}} {{{{from}}}}\n```\n",
                self.canary("sent"),
                self.word("name")
            ),
            "project" => format!("```prompt\n{}\n```\n", self.canary("sent")),
            // A short name that fits one entry among those that are for everybody.
            "page" if self.level.mark == LEVELS[0].mark => "[[jo]]\n".to_owned(),
            _ => String::new(),
        };
        format!(
            "{text}\n\n## {heading}\n\n![{alt}]({picture}.png) [{link}]({table}.csv)[^1]\n\n    {code}\n\n| {cell} |\n|---|\n\n[^1]: {note}\n\n{send}"
        )
    }
}

/// Writes the entries of a level, one of each kind; gives their canaries.
fn write_level(handbook: &Handbook, level: Level) -> Vec<String> {
    let mut canaries = Vec::new();
    for (kind, folder) in KINDS {
        let mut writer = Writer { level, kind, front: String::new(), canaries: Vec::new() };
        writer.common();
        writer.own();
        let body = writer.body();
        let id = writer.canary("id");
        handbook.file(&format!("content/{folder}/{id}.md"), format!("+++\n{}+++\n{body}", writer.front));
        for file in ["picture.png", "table.csv"] {
            let (stem, ending) = file.split_once('.').expect("an ending");
            let (name, content) = (writer.canary(stem), writer.canary(&format!("{stem}content")));
            handbook.file(&format!("content/{folder}/{name}.{ending}"), content);
        }
        canaries.extend(writer.canaries);
    }
    let mut writer = Writer { level, kind: "jo", front: String::new(), canaries: Vec::new() };
    writer.common();
    handbook.file(&format!("content/people/{}/jo.md", level.mark), format!("+++\n{}+++\n", writer.front));
    canaries.extend(writer.canaries);
    canaries
}

fn empty() -> Handbook {
    let handbook = Handbook::new();
    let audiences = AUDIENCES.map(|name| format!("\"{name}\"")).join(", ");
    let kinds = || KINDS.iter().map(|(kind, _)| *kind).chain(["jo"]);
    let roles: Vec<String> =
        LEVELS.iter().flat_map(|level| kinds().map(move |kind| format!("\"{}{kind}roles\"", level.mark))).collect();
    handbook.file(
        "handbook.toml",
        format!(
            "title = \"Canaries\"\nbase_url = \"https://x.example\"\naudiences = [{audiences}]\naudience = \"team\"\n[facets]\nroles = [{}]\n",
            roles.join(", ")
        ),
    );
    handbook
}

/// A handbook with these levels, and the canaries of each.
fn with_levels(levels: impl IntoIterator<Item = Level>) -> (Handbook, Vec<(Level, Vec<String>)>) {
    let handbook = empty();
    let canaries = levels.into_iter().map(|level| (level, write_level(&handbook, level))).collect();
    (handbook, canaries)
}

fn site(handbook: &Handbook, reading: Reading) -> Vec<(String, String)> {
    handbook.build(&reading.arguments());
    // Files of all types: what is not text is searched for the canary's letters too.
    let files = handbook.files("public").into_iter();
    files.map(|(path, bytes)| (path.to_lowercase(), String::from_utf8_lossy(&bytes).to_lowercase())).collect()
}

fn has(site: &[(String, String)], word: &str) -> Option<String> {
    site.iter().find(|(path, text)| path.contains(word) || text.contains(word)).map(|(path, _)| path.clone())
}

#[test]
fn nobody_sees_what_is_not_for_them_and_everybody_what_is() {
    let (handbook, levels) = with_levels(LEVELS);
    for reading in Reading::all() {
        let site = site(&handbook, reading);
        for (level, canaries) in &levels {
            if !reading.sees(*level) {
                // Even a part of a word would tell: of the search index, which cuts them.
                assert_eq!(has(&site, level.mark), None, "{reading:?} shows something of {level:?}");
                continue;
            }
            let missing: Vec<&String> = canaries.iter().filter(|canary| has(&site, canary).is_none()).collect();
            assert!(missing.is_empty(), "{reading:?} lacks {missing:?}");
        }
    }
}

/// A build says nothing either of what it leaves out, but which files have problems; every entry here has some.
#[test]
fn nobody_is_told_of_what_is_not_for_them() {
    let (handbook, levels) = with_levels(LEVELS);
    for reading in Reading::all() {
        let run = handbook.run(&[&["build", "--today", TODAY, "--strict"], reading.arguments().as_slice()].concat());
        let said = format!("{}{}", run.stdout, run.stderr);
        for (level, canaries) in levels.iter().filter(|(level, _)| !reading.sees(*level)) {
            // Ids and the names of attachments are those of files.
            let words =
                canaries.iter().filter(|word| !["id", "picture", "table"].iter().any(|end| word.ends_with(end)));
            let told: Vec<&String> = words.filter(|word| said.contains(*word)).collect();
            assert!(told.is_empty(), "{reading:?} is told {told:?} of {level:?}:\n{said}");
        }
        assert!(run.code == 1 && said.contains("missing-section") | said.contains("summary"), "{said}");
    }
}

/// Counts, orders, weights and the names of files may not tell either.
#[test]
fn a_site_is_as_if_what_it_hides_did_not_exist() {
    let (all, _) = with_levels(LEVELS);
    for reading in Reading::all() {
        let (only, _) = with_levels(LEVELS.into_iter().filter(|level| reading.sees(*level)));
        let (all, only) = (site(&all, reading), site(&only, reading));
        let paths = |site: &[(String, String)]| site.iter().map(|(path, _)| path.clone()).collect::<BTreeSet<_>>();
        assert_eq!(paths(&all), paths(&only), "{reading:?}");
        for ((path, one), (_, other)) in all.iter().zip(&only) {
            assert!(one == other, "{reading:?}: {path} differs when hidden entries are taken away");
        }
    }
}

/// Without `--audience` the config's counts.
#[test]
fn a_build_that_names_no_audience_is_for_the_one_of_the_config() {
    let (handbook, _) = with_levels(LEVELS);
    let team = site(&handbook, Reading { audience: 1, drafts: false });
    handbook.build(&[]);
    let files = handbook.files("public").into_iter();
    let plain: Vec<_> =
        files.map(|(path, bytes)| (path.to_lowercase(), String::from_utf8_lossy(&bytes).to_lowercase())).collect();
    assert!(team == plain);
}

/// A word that only the narrower entry has stays out where a wider one says nearly the same.
#[test]
fn shared_terms_count_only_what_is_seen() {
    let handbook = empty();
    handbook
        .entry("guides/open", "audience = \"public\"\ntags = [\"launch\"]\nteam = \"growth\"\nauthors = [\"mara-lind\"]", "a")
        .entry("guides/closed", "audience = \"restricted\"\ntags = [\"LAUNCH\", \"merger\"]\nteam = \"GROWTH\"\nauthors = [\"Mara Lind, Zqsecret\"]", "b")
        .entry("people/mara-lind", "audience = \"restricted\"\ntitle = \"Mara Zqsecret\"\nrole = \"zqsecret\"", "c");
    let site = site(&handbook, Reading { audience: 0, drafts: true });
    for word in ["zqsecret", "merger", "guides/closed"] {
        assert_eq!(has(&site, word), None, "{word}");
    }
    let raw = handbook.files("public");
    let (_, tag) = raw.iter().find(|(path, _)| path == "tags/launch.html").expect("the tag's page");
    assert!(!String::from_utf8_lossy(tag).contains("LAUNCH"), "the spelling of a hidden entry");
}

/// Entries by which a wider audience could get at a narrower one's module.
fn with_module() -> Handbook {
    let handbook = empty();
    handbook
        .entry(
            "context/plan",
            "audience = \"restricted\"\nshort = \"zqshort\"\n[values]\nnames = [\"zqvalue\"]",
            "zqbody",
        )
        .entry("context/open", "audience = \"public\"", "open text")
        .entry("prompts/secret", "audience = \"restricted\"", "```prompt\nzqprompt\n```");
    handbook
}

fn prompt(handbook: &Handbook, front: &str, sent: &str) {
    handbook.entry("prompts/open", &format!("audience = \"public\"\n{front}"), &format!("```prompt\n{sent}\n```"));
}

fn assemble(handbook: &Handbook, prompt: &str, arguments: &[&str]) -> Run {
    let all: Vec<&str> = ["assemble", prompt, "--today", TODAY].iter().chain(arguments).copied().collect();
    handbook.run(&all)
}

#[test]
fn assemble_loads_nothing_that_its_audience_may_not_see() {
    let slot = "context = [{ slot = \"extra\", required = false }]";
    for (front, sent, extra) in [
        ("context = [\"plan\"]", "Hi", &[][..]),
        ("context = [{ module = \"plan\", required = false }]", "Hi {{context}}", &[]),
        ("context = [{ module = \"plan\", slot = \"extra\" }]", "Hi {{slot:extra}}", &[]),
        ("context = [\"plan\"]", "Hi {{context:plan}}", &["--without", "plan"]),
        (slot, "Hi {{slot:extra}}", &["--slot", "extra=plan"]),
        (slot, "Hi {{slot:extra}}", &["--slot", "extra=context/plan"]),
        ("", "Hi {{context:plan}}", &[]),
        (
            "[[variables]]\nname = \"who\"\ntype = \"choice\"\noptions_from = \"plan/names\"",
            "Hi {{who}}",
            &["--var", "who=zqnone"],
        ),
    ] {
        let handbook = with_module();
        prompt(&handbook, front, sent);
        for audience in ["public", "team"] {
            let run = assemble(&handbook, "open", &[extra, &["--audience", audience]].concat());
            assert_ne!(run.code, 0, "{front}: {}", run.stdout);
            assert_eq!(run.stdout, "", "{front}");
            for canary in ["zqbody", "zqshort", "zqvalue", "zqprompt"] {
                assert!(!run.stderr.contains(canary), "{front} for {audience}: {}", run.stderr);
            }
        }
    }
}

#[test]
fn assemble_does_not_tell_of_prompts_that_are_not_seen() {
    let handbook = with_module();
    prompt(&handbook, "", "Hi");
    for written in ["secret", "prompts/secret", "secre", "prompts/secrets"] {
        let run = assemble(&handbook, written, &["--audience", "public"]);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""));
        assert!(!run.stderr.contains("prompts/secret`?"), "{}", run.stderr);
    }
    let seen = assemble(&handbook, "secret", &["--audience", "restricted"]).expect_code(0);
    assert_eq!(seen.stdout, "zqprompt\n");
}

#[test]
fn an_unknown_audience_or_status_is_never_taken_for_a_wide_one() {
    for front in ["audience = \"pubic\"", "audience = [\"public\"]", "status = \"drafts\"", "status = \"Draft\""] {
        let handbook = empty();
        handbook.entry("guides/one", front, "zqbody");
        let run = handbook.run(&["build", "--today", TODAY, "--audience", "public"]);
        let built = handbook.path("public").exists()
            && has(&site(&handbook, Reading { audience: 0, drafts: false }), "zqbody").is_some();
        assert!(run.code == 1 && !built, "{front} was published:\n{}", run.stderr);
    }
    let handbook = empty();
    handbook.entry("guides/one", "", "text");
    assert_eq!(handbook.run(&["build", "--audience", "pubic"]).code, 2);
}

/// What decides who sees an entry is never made a lesser mistake, and the entry is hidden meanwhile.
#[test]
fn no_config_publishes_an_entry_whose_audience_or_status_is_in_doubt() {
    let rules = ["unknown-term", "wrong-type", "unknown-key", "missing-title", "missing-field", "invalid-value"];
    for front in [
        "status = \"darft\"",
        "status = [\"draft\"]",
        "Status = \"draft\"",
        "statsu = \"draft\"",
        "[[setup]]\nstatus = \"draft\"",
        "audience = \"restrictd\"",
        "audience = [\"restricted\"]",
        "audiance = \"restricted\"",
        "audience = \"public\"\naudiance = \"restricted\"",
        "\"audi\u{200b}ence\" = \"restricted\"",
        "[[setup]]\naudience = \"restricted\"",
    ] {
        let entry = format!("+++\ntitle = \"T\"\n{front}\n+++\nzqbody");
        let late = format!("\n{entry}").replace(front, "audience = \"restricted\"");
        for text in [&entry, &late] {
            for severity in ["warning", "off"] {
                let handbook = empty();
                let rules: String = rules.map(|rule| format!("{rule} = \"{severity}\"\n")).concat();
                handbook
                    .file("handbook.toml", format!("{}[rules]\n{rules}", handbook.read("handbook.toml")))
                    .file("content/projects/one.md", text.replace("zqbody", "```prompt\nzqbody\n```"));
                let run = handbook.run(&["build", "--today", TODAY, "--audience", "public"]);
                assert!(run.code == 1 && !handbook.path("public").exists(), "{text} was published:\n{}", run.stderr);
                let said = assemble(&handbook, "projects/one", &["--audience", "public"]);
                assert!(!said.stdout.contains("zqbody"), "{text} was assembled");
            }
        }
    }
}

/// Without knowing who an entry without an audience is for, nothing is built, and least is shown.
#[test]
fn a_config_must_say_which_of_its_own_audiences_is_meant() {
    let rules = "[rules]\nunknown-term = \"warning\"\nunknown-key = \"warning\"\nwrong-type = \"off\"\nmissing-field = \"off\"\n";
    for written in [
        "audiences = [\"everyone\", \"staff\", \"board\"]",
        "audience = \"taem\"",
        "audience = [\"restricted\"]",
        "audiance = \"restricted\"",
        "audiences = \"everyone, staff\"",
    ] {
        let handbook = Handbook::new();
        handbook.file("handbook.toml", format!("title = \"T\"\n{written}\n{rules}"));
        handbook.entry("prompts/one", "", "```prompt\nzqbody\n```");
        let run = handbook.run(&["build", "--today", TODAY]);
        assert!(run.code == 1 && !handbook.path("public").exists(), "{written} was built:\n{}", run.stderr);
        assert!(!assemble(&handbook, "one", &[]).stdout.contains("zqbody"), "{written} shows it");
    }
}

/// Even where the rule is off, a reference to a draft shows nothing of it.
#[test]
fn a_reference_to_a_draft_shows_nothing_of_it() {
    let handbook = empty();
    handbook.file("handbook.toml", format!("{}[rules]\ndraft-reference = \"off\"\n", handbook.read("handbook.toml")));
    handbook
        .entry("context/plan", "audience = \"public\"\nstatus = \"draft\"\ntitle = \"zqtitle\"\nshort = \"zqshort\"\n[values]\nnames = [\"zqvalue\"]", "## zqheading\n\nzqbody ![zqalt](zqfile.png)")
        .file("content/context/zqfile.png", "zqpicture");
    prompt(
        &handbook,
        "context = [\"plan\", { module = \"plan\", slot = \"extra\" }]\nrelated = [\"context/plan\"]\n[[variables]]\nname = \"who\"\ntype = \"choice\"\noptions_from = \"plan/names\"",
        "Hi {{who}} {{context:plan}} {{slot:extra}}",
    );
    handbook.entry(
        "guides/one",
        "audience = \"public\"\nreplaced_by = \"context/plan\"\nstatus = \"deprecated\"",
        "[[context/plan]] [a](../context/plan.md#zqheading)",
    );
    handbook.entry("collections/one", "audience = \"public\"\nentries = [\"context/plan\"]", "a");
    let site = site(&handbook, Reading { audience: 2, drafts: false });
    for canary in ["zqtitle", "zqshort", "zqvalue", "zqbody", "zqalt", "zqfile", "zqpicture"] {
        assert_eq!(has(&site, canary), None, "{canary}");
    }
    let run = assemble(&handbook, "open", &["--audience", "restricted", "--var", "who=x"]);
    assert!(!run.stdout.contains("zq") && !run.stderr.contains("zqbody"), "{}{}", run.stdout, run.stderr);
}

/// A short id that fits a restricted module and a public one means the public one to a public prompt, in the check as on
/// the page.
#[test]
fn check_and_site_take_options_from_the_same_list() {
    let handbook = empty();
    let variable = "title = \"P\"\n[[variables]]\nname = \"who\"\ntype = \"choice\"\ndefault = \"open\"\noptions_from = \"readers/names\"\n";
    let example = "[[examples]]\ntitle = \"One\"\ninputs = { who = \"open\" }\noutput = \"o\"\n";
    handbook
        .entry("context/readers", "audience = \"restricted\"\n[values]\nnames = [\"zqvalue\", \"zqother\"]", "a")
        .entry("context/open/readers", "audience = \"public\"\n[values]\nnames = [\"open\", \"wide\"]", "b");
    prompt(&handbook, &format!("{variable}{example}"), "Hi {{who}}");
    for audience in AUDIENCES {
        let run = handbook.run(&["build", "--today", TODAY, "--audience", audience]).expect_code(0);
        assert!(!run.stderr.contains("zq"), "{}", run.stderr);
        let page = handbook.read("public/prompts/open.html");
        assert!(page.contains("<option value=\"open\" selected>") && !page.contains("zqvalue"), "{audience}: {page}");
    }
    let said = assemble(&handbook, "open", &["--audience", "public", "--var", "who=wide"]).expect_code(0);
    assert_eq!(said.stdout, "Hi wide\n");
    // What the page would not have is missing to the check, too.
    handbook.entry("context/open/readers", "audience = \"public\"", "b");
    let run = handbook.run(&["check", "--today", TODAY]).expect_code(1);
    assert!(run.stdout.contains("`context/open/readers` has no list `names`"), "{}", run.stdout);
}

/// A module that the text places is the one that the list names, whatever else has its name on a narrower site.
#[test]
fn a_text_places_the_module_that_its_list_means() {
    let handbook = empty();
    handbook.entry("context/voice", "audience = \"restricted\"", "zqsecret").entry(
        "context/open/voice",
        "audience = \"public\"\ntitle = \"Voice\"",
        "open text",
    );
    prompt(&handbook, "context = [\"voice\"]", "Hi\n\n{{context:context/voice}}");
    for audience in ["public", "restricted"] {
        let said = assemble(&handbook, "open", &["--audience", audience]).expect_code(0);
        assert_eq!(said.stdout, "Hi\n\n<context name=\"Voice\">\nopen text\n</context>\n", "{audience}");
        handbook.build(&["--audience", audience]);
        let page = handbook.read("public/prompts/open.html");
        assert!(page.contains("href=\"../context/open/voice.html\"><mark class=\"context\">"), "{audience}: {page}");
    }
}

/// Mistakes in entries of every level, and in public ones that would quote narrower ones.
fn with_mistakes() -> Handbook {
    let handbook = empty();
    let hidden = "audience = \"restricted\"\ntitle = \"zqtitle\"";
    let wrong =
        "tags = \"zqtag\"\nzqkey = \"zqvalue\"\naliases = [\"zqalias\"]\nreview_by = 2020-01-01\nowner = \"zqowner\"";
    handbook
        .entry("guides/secret", &format!("{hidden}\n{wrong}"), "## zqheading\n\n<b>zqhtml</b> [zqlink](zqfile.md)")
        .entry("guides/draft", &format!("status = \"draft\"\nzqdraft = \"x\"\n{wrong}"), "<i>zqhtml</i>")
        .entry("guides/doubt", "audience = \"restrictd\"\nzqdoubt = \"x\"", "<i>zqhtml</i>")
        .file("content/guides/broken.md", "+++\ntitle = \"zqbroken\naudience = \"restricted\"\n+++\n<i>zqhtml</i>\n")
        .file(
            "content/guides/list.md",
            "+++\ntitle = \"zqlist\"\ntags = [\"a\",\naudience = \"restricted\"\n+++\n<i>zqhtml</i>\n",
        )
        .file("content/guides/open-end.md", "+++\ntitle = \"zqend\"\naudience = \"restricted\"\n\n<i>zqhtml</i>\n")
        .file(
            "content/guides/twice.md",
            "+++\ntitle = \"zqtwo\"\naudience = \"restricted\"\naudience = \"team\"\n+++\n<i>zqhtml</i>\n",
        )
        .file("content/guides/late.md", "\n+++\ntitle = \"zqlate\"\naudience = \"restricted\"\n+++\n<i>zqhtml</i>\n")
        .file("content/guides/yaml.md", "---\ntitle: [zqyaml\naudience: restricted\n---\n<i>zqhtml</i>\n")
        .entry("context/plan", &format!("{hidden}\n[values]\nnames = [\"zqname\", \"zqother\"]"), "zqbody")
        .entry("people/some-one", &hidden.replace("zqtitle", "Zqperson Name"), "")
        .entry("guides/taken", &format!("{hidden}\naliases = [\"guides/old\"]"), "zqbody");
    handbook.entry(
        "guides/open",
        "audience = \"public\"\naliases = [\"guides/Old\"]\nauthors = [\"Zqperson Nam\"]",
        "[a](secret.md#zqhead) [[context/plan]] [b](broken.md#x)",
    );
    let variable = |name: &str, list: &str| {
        format!(
            "[[variables]]\nname = \"{name}\"\ntype = \"choice\"\ndefault = \"x\"\noptions_from = \"plan/{list}\"\n"
        )
    };
    let front = format!(
        "title = \"P\"\n{}{}[[examples]]\ninputs = {{ one = \"y\", two = \"y\" }}\noutput = \"o\"",
        variable("one", "names"),
        variable("two", "namen")
    );
    prompt(&handbook, &front, "{{one}} {{two}}");
    handbook
}

#[test]
fn a_report_for_a_wider_audience_names_files_and_nothing_else_of_them() {
    let handbook = with_mistakes();
    let all = handbook.run(&["check", "--today", TODAY]).expect_code(1).stdout;
    for word in ["zqtag", "zqkey", "zqheading", "zqname", "zqnames"].into_iter().chain(["zqdraft", "Zqperson Name"]) {
        let word = word.trim_end_matches('s');
        assert!(all.contains(word), "the check lacks `{word}`:\n{all}");
    }
    for (format, audience) in ["terminal", "github", "json"].into_iter().flat_map(|f| [(f, "public"), (f, "team")]) {
        let run = handbook.run(&["build", "--today", TODAY, "--audience", audience, "--format", format]).expect_code(1);
        // What a public entry says itself, it may be told of.
        let said = format!("{}{}", run.stdout, run.stderr).replace("zqhead)", "").replace("`#zqhead`", "");
        let said = said.replace("Zqperson Nam\"", "").replace("`Zqperson Nam`", "");
        assert!(!said.to_lowercase().contains("zq"), "{format} for {audience}:\n{said}");
        for file in ["secret", "draft", "doubt", "broken", "list", "open-end", "twice", "late", "yaml"] {
            assert!(said.contains(&format!("guides/{file}.md")), "{format} lacks {file}:\n{said}");
        }
        assert!(said.contains("handbook check"), "{said}");
    }
    let said = assemble(&handbook, "open", &["--audience", "public"]).expect_code(1);
    assert!(said.stderr.contains("context/plan") && !said.stderr.contains("zq"), "{}", said.stderr);
}

/// Who sees everything is told everything.
#[test]
fn a_report_for_the_narrowest_audience_hides_only_what_is_in_doubt_or_a_draft() {
    let handbook = with_mistakes();
    let run = handbook.run(&["build", "--today", TODAY, "--audience", "restricted"]).expect_code(1);
    assert!(run.stderr.contains("zqtag") && run.stderr.contains("zqname"), "{}", run.stderr);
    assert!(!run.stderr.contains("zqdraft"), "{}", run.stderr);
    let run = handbook.run(&["build", "--today", TODAY, "--audience", "restricted", "--drafts"]).expect_code(1);
    assert!(run.stderr.contains("zqdraft") && run.stderr.contains("zqdoubt"), "{}", run.stderr);
}
