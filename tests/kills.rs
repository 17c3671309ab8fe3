//! Whatever happens to a build, the folder holds one whole site.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::harness::{TODAY, files_below, handbook};

/// How many builds are killed.
const KILLS: u32 = 200;

/// How many entries each of the two handbooks has.
const ENTRIES: usize = 150;

/// Every file of a site.
type Site = BTreeMap<String, Vec<u8>>;

/// Two handbooks that differ everywhere, and the folder that both are built into.
struct Bench {
    folder: TempDir,
    sites: [Site; 2],
}

/// A folder in memory where there is one: a disk would only make the hundreds of builds slower.
fn quick_folder() -> TempDir {
    tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).expect("a temporary folder")
}

impl Bench {
    fn new() -> Self {
        let folder = quick_folder();
        for version in ["a", "b"] {
            write_handbook(&folder.path().join(version), version);
        }
        let bench = Self { folder, sites: [Site::new(), Site::new()] };
        let sites = ["a", "b"].map(|version| bench.reference(version));
        assert_ne!(sites[0], sites[1]);
        Self { sites, ..bench }
    }

    /// What a build that nothing disturbs makes.
    fn reference(&self, version: &str) -> Site {
        let out = self.folder.path().join(format!("reference-{version}"));
        succeed(start(&self.folder.path().join(version), &out));
        read(&out)
    }

    fn out(&self) -> PathBuf {
        self.folder.path().join("www/public")
    }

    fn start(&self, version: usize) -> Child {
        start(&self.folder.path().join(["a", "b"][version]), &self.out())
    }

    /// Which of the two sites the folder holds, whole.
    fn standing(&self) -> Option<usize> {
        if !self.out().exists() {
            return None;
        }
        let site = read(&self.out());
        let found = self.sites.iter().position(|known| *known == site);
        assert!(found.is_some(), "neither site whole: {}", self.difference(&site));
        found
    }

    /// What is wrong with a site that is neither.
    fn difference(&self, site: &Site) -> String {
        let differing = self.sites.iter().map(|known| {
            let wrong = known.iter().filter(|(path, bytes)| site.get(*path) != Some(bytes)).count();
            let extra = site.keys().filter(|path| !known.contains_key(*path)).count();
            format!("{wrong} of {} files missing or other, {extra} too many", known.len())
        });
        differing.collect::<Vec<_>>().join("; ")
    }

    /// Builds to the end: the folder holds the version, and nothing lies beside it.
    fn finish(&self, version: usize) {
        succeed(self.start(version));
        assert_eq!(self.standing(), Some(version));
        let names = fs::read_dir(self.folder.path().join("www")).expect("the folder above the site");
        let names: Vec<_> = names.map(|entry| entry.expect("a listed file").file_name()).collect();
        assert_eq!(names, ["public"], "litter beside the site");
    }

    /// How long a build takes that replaces one site by the other.
    fn measure(&self) -> Duration {
        let times = [0, 1, 0].map(|version| {
            let start = Instant::now();
            succeed(self.start(version));
            start.elapsed()
        });
        times[1].max(times[2])
    }
}

/// A handbook of many entries that refer to one another; each version has some that the other lacks.
fn write_handbook(root: &Path, version: &str) {
    let write = |path: String, text: String| {
        let path = root.join(path);
        fs::create_dir_all(path.parent().expect("a file has a folder")).expect("folders");
        fs::write(path, text).expect("a file");
    };
    write("handbook.toml".to_owned(), format!("title = \"Version {version}\"\n[facets]\ntasks = [\"write\"]\n"));
    let own = if version == "a" { "kept" } else { "moved" };
    for nth in 0..ENTRIES {
        let folder = if nth % 3 == 0 { own } else { "context" };
        let tag = nth % 7;
        let front = format!(
            "title = \"Entry {nth} {version}\"\nsummary = \"s\"\ntasks = [\"write\"]\ntags = [\"{version}{tag}\"]\nupdated = 2026-05-01"
        );
        let next = (nth + 3) % ENTRIES;
        let body = format!("Text {version} {nth}.\n\n## What to check\n\n- one\n- two [next]({next}.md)\n");
        write(format!("content/{folder}/{nth}.md"), format!("+++\n{front}\n+++\n{body}"));
    }
}

fn start(root: &Path, out: &Path) -> Child {
    let mut command = handbook();
    command.arg("build").arg("--today").arg(TODAY).arg("--root").arg(root).arg("--out").arg(out);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("the command starts")
}

fn succeed(build: Child) {
    let output = build.wait_with_output().expect("the command ends");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

fn read(folder: &Path) -> Site {
    files_below(folder).into_iter().collect()
}

/// Numbers that look random and are the same in every run: `SplitMix64`.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A moment up to a bit past the end, every other one in the last third, where the folders change places.
    fn moment(&mut self, whole: Duration) -> Duration {
        let share = |part: u64| u32::try_from(part % 1001).expect("at most a thousand");
        let (late, part) = (self.roll().is_multiple_of(2), share(self.roll()));
        let thousandths = if late { 650 + part * 45 / 100 } else { part };
        whole * thousandths / 1000
    }
}

#[test]
fn a_killed_build_leaves_one_whole_site() {
    let bench = Bench::new();
    let mut whole = bench.measure();
    let mut dice = Dice(2026);
    let mut ended = [0; 2];
    fs::remove_dir_all(bench.out()).expect("the site");
    for nth in 0..KILLS {
        let before = bench.standing();
        let version = before.map_or(0, |version| 1 - version);
        let mut build = bench.start(version);
        thread::sleep(dice.moment(whole));
        // It may have ended by itself: then there is nothing to kill, and the folder holds what it made.
        let _ = build.kill();
        build.wait().expect("the command ends");
        let after = bench.standing();
        assert!(after == before || after == Some(version));
        let has_changed = after == Some(version);
        ended[usize::from(has_changed)] += 1;
        // A machine that others use is slower at one time than at another: the moments follow the builds.
        whole = if has_changed { whole * 19 / 20 } else { whole * 21 / 20 };
        if nth % 20 == 19 {
            bench.finish(usize::try_from(nth / 20 % 2).expect("nought or one"));
        }
    }
    assert!(ended.iter().all(|count| *count > 5), "kills came before and after the change: {ended:?}");
}

#[test]
fn two_builds_at_once_both_succeed() {
    let bench = Bench::new();
    for _ in 0..5 {
        let builds = [0, 1, 0].map(|version| bench.start(version));
        builds.into_iter().for_each(succeed);
        assert!(bench.standing().is_some());
    }
    bench.finish(1);
}
