//! What is kept from one load to the next is never seen: after every change the handbook is the one that a fresh load has.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::thread::sleep;
use std::time::Duration;

use camino::{Utf8Path, Utf8PathBuf};
use prompt_handbook::diagnostics::printers::{Colour, Printer, View};
use prompt_handbook::files::Watch;
use prompt_handbook::handbook::{Handbook, Reading};
use prompt_handbook::site::{Content, Routes, Site};
use prompt_handbook::workspace::{Kept, Loader, Strictness};

use crate::harness::{self, TODAY, files_below, repository};

/// How many changes are made.
const STEPS: u64 = 60;

/// Numbers that look random and are the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % end
    }
}

/// All that can be seen of a handbook: the report, the site of one audience, and what stopped it.
#[derive(PartialEq, Eq)]
struct Seen {
    report: String,
    site: BTreeMap<String, Vec<u8>>,
}

fn load(root: &Utf8Path, kept: &mut Kept) -> Seen {
    let mut loader = Loader::new(root, TODAY.parse().expect("a day")).with_kept(kept);
    let mut workspace = match loader.load() {
        Ok(workspace) => workspace,
        Err(failure) => return Seen { report: failure.to_string(), site: BTreeMap::new() },
    };
    let problems = workspace.report(Strictness::Normal);
    let print = Printer::named("json").expect("a printer");
    let view = View { sources: &workspace.sources, prefix: Utf8Path::new(""), colour: Colour::Never };
    let report = print.print(&problems, view);
    let reading = Reading { audience: workspace.catalog.config.build_audience(), drafts: true };
    let site = Site::new(Handbook::new(workspace.catalog, reading), workspace.theme, "https://x.example");
    let bytes = |content| match content {
        Ok(Content::Bytes(bytes)) => bytes,
        Ok(Content::Attachment(path)) => path.into_bytes(),
        Err(mistake) => format!("{mistake:?}").into_bytes(),
    };
    let site = Routes::of(&site).iter().map(|route| (route.path.clone(), bytes(route.render(&site)))).collect();
    Seen { report, site }
}

/// Part of the example handbook, so that links lead nowhere as well.
fn install(on: &harness::Handbook) {
    for (path, bytes) in files_below(&repository().join("content")).into_iter().step_by(3) {
        on.file(&format!("content/{path}"), bytes);
    }
    on.file("handbook.toml", fs::read(repository().join("handbook.toml")).expect("the example's config"));
    on.file("themes/own/styles/own.css", "p { color: red }\n");
}

/// Changes something; some changes change nothing that is read.
fn change(root: &Path, dice: &mut Dice) -> &'static str {
    let mut paths: Vec<_> = files_below(&root.join("content")).into_iter().map(|(path, _)| path).collect();
    paths.sort();
    let path = |nth: usize| root.join("content").join(&paths[nth]);
    let one = path(dice.below(paths.len()));
    let other = path(dice.below(paths.len()));
    let text = || fs::read_to_string(&one).unwrap_or_default();
    let write = |path: &Path, text: &[u8]| fs::write(path, text).expect("a written file");
    let config = root.join("handbook.toml");
    let config_text = || fs::read_to_string(&config).expect("a config");
    match dice.below(17) {
        0 => write(&one, format!("{}\nOne more line, and a [link](../index.md#x).\n", text()).as_bytes()),
        1 => write(&one, text().replacen("title = \"", "title = \"A ", 1).as_bytes()),
        2 => return same_size_and_time(&one, &text()),
        3 => fs::remove_file(&one).expect("a file that is gone"),
        4 => fs::rename(&one, &other).expect("a file in the place of another"),
        5 => fs::rename(&one, one.with_file_name(format!("renamed-{}.md", dice.below(1000)))).expect("a new name"),
        6 => write(&root.join(format!("content/prompts/new-{}.md", dice.below(1000))), text().as_bytes()),
        7 => write(&one, b"+++\ntitle = \"A\nsummary = [\n+++\n\xff\n"),
        8 => write(&one, text().replacen("+++", "---", 1).as_bytes()),
        9 => write(&root.join(format!("content/p{}.markdown", dice.below(9))), b"# Not read\n"),
        10 => write(&config, config_text().replacen("title = \"", "title = \"A ", 1).as_bytes()),
        11 => write(&config, config_text().replace("\"default\"", "\"own\"").as_bytes()),
        12 => {
            write(&root.join("themes/own/strings/en.toml"), format!("home = \"Home {}\"\n", dice.below(9)).as_bytes());
        }
        13 => write(&root.join("content/prompts/p.svg"), text().as_bytes()),
        14 => write(&one, &vec![b'x'; 1024 * 1024 + 1]),
        15 => {
            let hidden = root.join(format!("content/.hidden-{}", dice.below(3)));
            fs::create_dir_all(&hidden).expect("a folder");
            write(&hidden.join("not-read.md"), text().as_bytes());
        }
        _ => write(&one, text().as_bytes()),
    }
    "a change"
}

/// Another text of the same size, at the same time as far as programs can set it.
fn same_size_and_time(path: &Path, text: &str) -> &'static str {
    let time = fs::metadata(path).and_then(|meta| meta.modified()).expect("a time");
    fs::write(path, text.replace('e', "o")).expect("a written file");
    let file = fs::File::options().append(true).open(path).expect("a file");
    file.set_modified(time).expect("a time that is set");
    "a change that keeps size and time"
}

/// Changes come one after another within a step of the clock, on files that lay there long before and on such that were
/// changed just now.
#[test]
fn a_handbook_is_the_same_however_often_it_was_loaded_before() {
    let temporary = harness::Handbook::new();
    install(&temporary);
    fs::create_dir_all(temporary.path("themes/own/strings")).expect("a folder");
    let root = Utf8PathBuf::from_path_buf(temporary.path("")).expect("a UTF-8 path");
    // From then on the files have settled: they are not opened again before they are changed.
    sleep(Duration::from_millis(4200));
    let (mut kept, mut trusting) = (Kept::default(), Kept::default());
    let mut watch = Watch::new(root.clone());
    load(&root, &mut kept);
    load(&root, &mut trusting);
    let mut dice = Dice(7);
    for step in 0..STEPS {
        let made = change(root.as_std_path(), &mut dice);
        let fresh = load(&root, &mut Kept::default());
        expect_same(&load(&root, &mut kept), &fresh, &format!("step {step}: {made}"));
        watch.look();
        trusting.trust(watch.seen());
        expect_same(&load(&root, &mut trusting), &fresh, &format!("step {step}, after a look: {made}"));
    }
}

fn expect_same(again: &Seen, fresh: &Seen, when: &str) {
    assert_eq!(again.report, fresh.report, "{when}");
    assert_eq!(again.site.keys().collect::<Vec<_>>(), fresh.site.keys().collect::<Vec<_>>(), "{when}");
    for (path, bytes) in &fresh.site {
        assert!(again.site[path] == *bytes, "{when}: `{path}` differs");
    }
}

/// The same for whether anything has changed at all.
#[test]
fn every_change_is_noticed_once() {
    let handbook = harness::Handbook::new();
    handbook.entry("a", "", "one").entry("b", "", "two");
    let root = Utf8PathBuf::from_path_buf(handbook.path("")).expect("a UTF-8 path");
    let mut watch = Watch::new(root.clone());
    let mut last = watch.look();
    let changes: [(&str, &dyn Fn()); 6] = [
        ("an entry", &|| _ = handbook.entry("a", "", "uno")),
        ("the same size at the same time", &|| _ = same_size_and_time(&handbook.path("content/a.md"), "ee")),
        ("a new entry", &|| _ = handbook.entry("c", "", "three")),
        ("an entry that is gone", &|| fs::remove_file(root.join("content/b.md")).expect("a file that is gone")),
        ("an attachment", &|| _ = handbook.file("content/d/e.csv", "1,2")),
        ("the config", &|| _ = handbook.file("handbook.toml", "title = \"U\"\n")),
    ];
    for (what, change) in changes {
        assert_eq!(watch.look(), last, "nothing before {what}");
        change();
        let now = watch.look();
        assert_ne!(now, last, "{what}");
        last = now;
    }
    sleep(Duration::from_millis(4200));
    assert_eq!((watch.look(), watch.look()), (last, last), "nothing while files settle");
}
