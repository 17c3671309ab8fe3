//! What lies in a handbook's folder or in its repository configures no program: days come from git, and nothing else.

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::harness::{Run, TODAY, handbook};

/// An entry that does not say when it changed.
const PROMPT: &str = "+++\ntitle = \"A\"\nsummary = \"Text\"\n+++\n```prompt\nText\n```\n";

/// The day of the one commit of an entry.
const DAY: &str = "2026-05-04";

/// A repository with a handbook in its folder `team handbook`, and a program that leaves a canary when it is run.
struct World {
    folder: TempDir,
}

impl World {
    fn new() -> Self {
        let world = Self { folder: tempfile::tempdir().expect("a folder") };
        fs::create_dir_all(world.handbook().join("content/prompts")).expect("folders");
        fs::create_dir_all(world.path("home")).expect("a folder");
        world.file("repository/team handbook/handbook.toml", "title = \"Test\"\n");
        world.file("repository/team handbook/content/prompts/ü a.md", PROMPT);
        world.file("repository/other.txt", "text");
        let program = format!("#!/bin/sh\necho \"$0 $*\" >>'{}'\ncat >/dev/null\n", world.path("canary").display());
        world.file("program", program);
        fs::set_permissions(world.path("program"), fs::Permissions::from_mode(0o755)).expect("a mode");
        world.git(&["init", "-q", "-b", "main"]);
        world.commit(DAY);
        world
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn repository(&self) -> PathBuf {
        self.path("repository")
    }

    fn handbook(&self) -> PathBuf {
        self.path("repository/team handbook")
    }

    fn file(&self, path: &str, text: impl AsRef<[u8]>) {
        fs::create_dir_all(self.path(path).parent().expect("a folder")).expect("folders");
        fs::write(self.path(path), text).expect("a file");
    }

    /// Git as a colleague uses it, who knows nothing of the tester's own settings.
    fn git(&self, arguments: &[&str]) -> String {
        let mut command = Command::new("git");
        command.args(["-c", "user.name=M", "-c", "user.email=m@example.org", "-c", "protocol.file.allow=always"]);
        command.current_dir(self.repository()).args(arguments).env("HOME", self.path("home"));
        let output = command.env("GIT_CONFIG_NOSYSTEM", "1").output().expect("git starts");
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("text").trim().to_owned()
    }

    /// Commits all there is, on this day.
    fn commit(&self, day: &str) {
        self.git(&["add", "-A"]);
        let at = format!("{day}T12:00:00+0000");
        let mut command = Command::new("git");
        command.args(["-c", "user.name=M", "-c", "user.email=m@example.org", "commit", "-q", "--allow-empty", "-mC"]);
        command.env("GIT_COMMITTER_DATE", &at).env("GIT_AUTHOR_DATE", &at).env("HOME", self.path("home"));
        assert!(command.current_dir(self.repository()).status().expect("git starts").success());
    }

    /// Gives the newest commit a signature, which is looked at only where a config says so.
    fn sign(&self) {
        let commit = self.git(&["cat-file", "commit", "HEAD"]);
        let signature = "gpgsig -----BEGIN PGP SIGNATURE-----\n \n aaaa\n -----END PGP SIGNATURE-----\n\n";
        self.file("commit", format!("{}\n", commit.replacen("\n\n", &format!("\n{signature}"), 1)));
        let signed = self.git(&["hash-object", "-t", "commit", "-w", &self.path("commit").display().to_string()]);
        self.git(&["update-ref", "HEAD", &signed]);
    }

    /// Settings that run the program wherever they are heeded.
    fn config(&self) -> String {
        let program = self.path("program").display().to_string();
        format!(
            "[core]\n\trepositoryFormatVersion = 0\n\tfsmonitor = {program}\n\tpager = {program}\n\tsshCommand = {program}\n\
             \thooksPath = {hooks}\n\talternateRefsCommand = {program}\n\tgitProxy = {program}\n\teditor = {program}\n\
             \tattributesFile = {attributes}\n\
             [log]\n\tshowSignature = true\n\tdiffMerges = on\n\tmailmap = true\n\tfollow = true\n\
             [gpg]\n\tprogram = {program}\n[gpg \"ssh\"]\n\tprogram = {program}\n\
             [pager]\n\tlog = {program}\n\trev-parse = {program}\n[diff]\n\texternal = {program}\n\
             [diff \"x\"]\n\ttextconv = {program}\n\tcommand = {program}\n[filter \"x\"]\n\tclean = {program}\n\tprocess = {program}\n\
             [alias]\n\tlog = !{program}\n\trev-parse = !{program}\n[credential]\n\thelper = !{program}\n\
             [trace2]\n\teventTarget = {trace}\n[submodule]\n\trecurse = true\n",
            hooks = self.path("hooks").display(),
            attributes = self.path("attributes").display(),
            trace = self.path("canary").display(),
        )
    }

    fn run(&self, arguments: &[&str]) -> Run {
        self.run_by(handbook(), arguments)
    }

    fn run_by(&self, mut command: Command, arguments: &[&str]) -> Run {
        command.current_dir(self.handbook()).args(arguments).args(["--today", TODAY]).stdin(Stdio::null());
        command.env("HOME", self.path("home")).output().expect("the command starts").into()
    }

    /// Runs every command that reads the handbook, and expects that no program but git ran.
    #[track_caller]
    fn expect_silence(&self) -> Run {
        for command in [&["check"] as &[&str], &["search", "text"], &["assemble", "prompts/none"]] {
            let run = self.run(command);
            assert!(!self.path("canary").exists(), "{command:?}: {}", self.canary());
            assert!(!run.stderr.contains("panicked"), "{}", run.stderr);
        }
        let built = self.run(&["build"]).expect_code(0);
        assert!(!self.path("canary").exists(), "build: {}", self.canary());
        built
    }

    fn canary(&self) -> String {
        fs::read_to_string(self.path("canary")).unwrap_or_default()
    }

    /// The day that the entry's page shows.
    fn shown(&self) -> Option<String> {
        let page = fs::read_to_string(self.handbook().join("public/prompts/ü a.html")).expect("the page");
        let (_, after) = page.split_once("datetime=\"")?;
        after.get(..10).map(str::to_owned)
    }

    #[track_caller]
    fn expect_day(&self, run: &Run) {
        assert!(!run.stderr.contains("note:"), "{}", run.stderr);
        assert_eq!(self.shown().as_deref(), Some(DAY));
    }

    #[track_caller]
    fn expect_note(&self, run: &Run, words: &str) {
        assert!(run.stderr.contains(words), "{}", run.stderr);
        assert_eq!(run.stderr.matches("note:").count(), 1, "{}", run.stderr);
        assert_eq!(self.shown(), None);
    }

    /// Puts a bare repository, which has the commits of the real one and settings that run a program, into a folder.
    fn plant_bare(&self, folder: &Path) {
        let git = self.repository().join(".git");
        for part in ["objects", "refs"] {
            copy(&git.join(part), &folder.join(part));
        }
        fs::copy(git.join("HEAD"), folder.join("HEAD")).expect("a copy");
        fs::write(folder.join("config"), self.config()).expect("a file");
        for name in ["hooks/post-checkout", "hooks/post-index-change", "hooks/reference-transaction"] {
            fs::create_dir_all(folder.join("hooks")).expect("a folder");
            fs::copy(self.path("program"), folder.join(name)).expect("a copy");
        }
    }
}

fn copy(from: &Path, to: &Path) {
    for (path, bytes) in crate::harness::files_below(from) {
        let to = to.join(path);
        fs::create_dir_all(to.parent().expect("a folder")).expect("folders");
        fs::write(to, bytes).expect("a file");
    }
}

#[test]
fn an_entry_has_the_day_of_its_last_commit() {
    let world = World::new();
    let built = world.expect_silence();
    world.expect_day(&built);
}

#[test]
fn a_bare_repository_beside_the_config_is_not_asked() {
    let world = World::new();
    world.sign();
    world.plant_bare(&world.handbook());
    let built = world.expect_silence();
    world.expect_day(&built);
    fs::remove_dir_all(world.repository().join(".git")).expect("a folder");
    let built = world.expect_silence();
    world.expect_note(&built, "bare");
}

#[test]
fn a_bare_repository_above_the_handbook_is_not_asked() {
    let world = World::new();
    world.sign();
    world.plant_bare(&world.repository());
    let built = world.expect_silence();
    world.expect_day(&built);
}

#[test]
fn the_config_of_an_unpacked_repository_runs_nothing() {
    let world = World::new();
    world.sign();
    world.file("attributes", "* diff=x filter=x\n");
    world.file("repository/.gitattributes", "* diff=x filter=x\n");
    world.file("repository/.git/info/attributes", "* diff=x filter=x\n");
    world.file("repository/.git/config", world.config());
    let built = world.expect_silence();
    world.expect_day(&built);
}

#[test]
fn a_config_that_includes_another_runs_nothing() {
    let world = World::new();
    world.sign();
    world.file("more", world.config());
    let more = world.path("more").display().to_string();
    world.file(
        "repository/.git/config",
        format!("[core]\n\trepositoryFormatVersion = 0\n[include]\n\tpath = {more}\n[includeIf \"gitdir:**\"]\n\tpath = {more}\n"),
    );
    let built = world.expect_silence();
    world.expect_day(&built);
}

/// Objects that are not there are fetched by a command that the config names, if git may fetch them.
#[test]
fn a_partial_clone_fetches_nothing() {
    let world = World::new();
    world.commit("2026-06-01");
    let program = world.path("program").display().to_string();
    let tree = world.git(&["rev-parse", "HEAD:team handbook"]);
    fs::remove_file(world.repository().join(".git/objects").join(&tree[..2]).join(&tree[2..])).expect("an object");
    world.file(
        "repository/.git/config",
        format!(
            "[core]\n\trepositoryFormatVersion = 1\n[extensions]\n\tpartialClone = origin\n[remote \"origin\"]\n\
             \turl = {url}\n\tpromisor = true\n\tuploadpack = {program}\n\tvcs = x\n[protocol]\n\tallow = always\n",
            url = world.path("elsewhere").display(),
        ),
    );
    let built = world.expect_silence();
    world.expect_note(&built, "git does not tell");
}

/// A file `.git` that points to a folder of the content: nothing of its config is heeded.
#[test]
fn a_file_that_names_another_repository_runs_nothing() {
    let world = World::new();
    world.sign();
    let planted = world.handbook().join("content/planted");
    world.plant_bare(&planted);
    fs::rename(world.repository().join(".git"), world.path("moved")).expect("a move");
    for target in ["team handbook/content/planted", "../moved"] {
        world.file("repository/.git", format!("gitdir: {target}\n"));
        let built = world.expect_silence();
        world.expect_day(&built);
    }
}

#[test]
fn a_work_tree_of_its_own_and_a_branch_have_their_days() {
    let world = World::new();
    let tree = world.path("tree").display().to_string();
    world.git(&["pack-refs", "--all"]);
    world.git(&["worktree", "add", "-q", "-b", "side", &tree]);
    fs::remove_dir_all(world.handbook().join("content")).expect("a folder");
    let mut command = handbook();
    command.args(["build", "--root"]).arg(world.path("tree/team handbook"));
    let run: Run = command.args(["--today", TODAY]).output().expect("the command starts").into();
    assert!(!run.stderr.contains("note:"), "{}", run.stderr);
    let page = fs::read_to_string(world.path("tree/team handbook/public/prompts/ü a.html")).expect("the page");
    assert!(page.contains(&format!("datetime=\"{DAY}\"")));
}

#[test]
fn a_repository_of_any_shape_has_its_days() {
    let world = World::new();
    for shape in [&["gc", "-q"] as &[&str], &["checkout", "-q", "--detach"], &["config", "core.worktree", "/"]] {
        world.git(shape);
        let built = world.expect_silence();
        world.expect_day(&built);
    }
    fs::create_dir(world.handbook().join(".git")).expect("a folder");
    let built = world.expect_silence();
    world.expect_day(&built);
    fs::remove_dir_all(world.repository().join(".git")).expect("a folder");
    world.git(&["init", "-q", "-b", "main", "--object-format=sha256"]);
    world.commit(DAY);
    let built = world.expect_silence();
    world.expect_day(&built);
}

/// The environment of a hook, or of whoever started this, says nothing about the repository of the handbook.
#[test]
fn what_the_environment_says_of_git_is_not_heeded() {
    let world = World::new();
    world.sign();
    world.plant_bare(&world.path("planted"));
    let mut command = handbook();
    let program = world.path("program").display().to_string();
    command.env("GIT_DIR", world.path("planted")).env("GIT_EXTERNAL_DIFF", &program).env("GIT_PAGER", &program);
    command.env("GIT_CONFIG_COUNT", "1").env("GIT_CONFIG_KEY_0", "log.showSignature");
    command.env("GIT_CONFIG_VALUE_0", "true").env("GIT_TRACE2_EVENT", world.path("canary"));
    command.env("GIT_EXEC_PATH", world.path("nowhere")).env("GIT_CONFIG_PARAMETERS", "'core.fsmonitor'='x'");
    let built = world.run_by(command, &["build"]).expect_code(0);
    world.expect_day(&built);
    assert!(!world.path("canary").exists());
}

/// A git in the repository is no git, whichever way `PATH` leads there.
#[test]
fn a_git_of_the_content_is_not_run() {
    let world = World::new();
    for place in ["git", "bin/git", "../bin/git"] {
        let place = world.handbook().join(place);
        fs::create_dir_all(place.parent().expect("a folder")).expect("a folder");
        fs::copy(world.path("program"), place).expect("a copy");
    }
    let path = std::env::var("PATH").expect("a path");
    let [bin, above] = ["bin", "../bin"].map(|folder| world.handbook().join(folder).display().to_string());
    for start in ["", ".", "bin", bin.as_str(), above.as_str()] {
        let mut command = handbook();
        command.env("PATH", format!("{start}:{path}"));
        let built = world.run_by(command, &["build"]).expect_code(0);
        world.expect_day(&built);
        assert!(!world.path("canary").exists(), "PATH={start}: {}", world.canary());
    }
    let mut command = handbook();
    command.env("PATH", "bin::.");
    let built = world.run_by(command, &["build"]).expect_code(0);
    world.expect_note(&built, "PATH");
}

#[test]
fn a_repository_of_somebody_else_is_told_unless_it_is_trusted() {
    let world = World::new();
    let is_root = Command::new("chown").args(["-R", "12345"]).arg(world.repository()).output().expect("chown starts");
    if !is_root.status.success() {
        return;
    }
    let built = world.expect_silence();
    world.expect_note(&built, "ownership");
    world.file("home/.gitconfig", "[safe]\n\tdirectory = *\n");
    let built = world.expect_silence();
    world.expect_day(&built);
}

#[test]
fn what_cannot_be_read_is_told_once() {
    let world = World::new();
    let object = world.git(&["rev-parse", "HEAD"]);
    let path = world.repository().join(".git/objects").join(&object[..2]).join(&object[2..]);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).expect("a mode");
    fs::write(path, "broken").expect("a file");
    let built = world.expect_silence();
    world.expect_note(&built, "git does not tell");
    fs::write(world.repository().join(".git/HEAD"), "broken").expect("a file");
    let built = world.expect_silence();
    world.expect_note(&built, "not a git repository");
}

#[test]
fn no_repository_and_no_commit_are_nothing_to_tell() {
    let world = World::new();
    fs::remove_dir_all(world.repository().join(".git")).expect("a folder");
    for _ in 0..2 {
        let built = world.expect_silence();
        assert!(!built.stderr.contains("note:"), "{}", built.stderr);
        assert_eq!(world.shown(), None);
        world.git(&["init", "-q", "-b", "main"]);
        // It can be taken for the name of the newest commit.
        world.file("repository/HEAD", "text");
    }
}

#[test]
fn a_shallow_clone_is_told() {
    let world = World::new();
    world.commit("2026-06-01");
    fs::rename(world.repository(), world.path("origin")).expect("a move");
    fs::create_dir(world.repository()).expect("a folder");
    let origin = format!("file://{}", world.path("origin").display());
    world.git(&["clone", "-q", "--depth", "1", &origin, "."]);
    let built = world.expect_silence();
    world.expect_note(&built, "the clone is shallow");
}

#[test]
fn a_change_that_is_still_to_come_has_no_day() {
    let world = World::new();
    world.file("repository/team handbook/content/prompts/ü a.md", format!("{PROMPT}More.\n"));
    world.commit("2026-11-21");
    let built = world.expect_silence();
    assert!(!built.stderr.contains("note:"), "{}", built.stderr);
    assert_eq!(world.shown(), None);
}

/// What git reads never ends, wherever it looks: it is ended, and says so.
#[test]
fn a_repository_that_never_answers_is_given_up() {
    let world = World::new();
    let config = world.repository().join(".git/config");
    fs::remove_file(&config).expect("a file");
    assert!(Command::new("mkfifo").arg(&config).status().expect("mkfifo starts").success());
    let start = Instant::now();
    let built = world.run(&["build"]).expect_code(0);
    assert!(start.elapsed() < Duration::from_mins(1));
    world.expect_note(&built, "no answer");
}

/// A commit of long ago with ten million files in eight small objects, as anybody can push it: the days of the files
/// that are there now do not wait for them.
#[test]
fn a_history_full_of_files_that_are_gone_costs_nothing() {
    let world = World::new();
    let write = |arguments: &[&str], input: &str| {
        let mut command = Command::new("git");
        command.current_dir(world.repository()).args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut git = command.spawn().expect("git starts");
        git.stdin.take().expect("a pipe").write_all(input.as_bytes()).expect("git reads");
        String::from_utf8(git.wait_with_output().expect("an end").stdout).expect("a name").trim().to_owned()
    };
    let file = write(&["hash-object", "-w", "--stdin"], "text");
    let mut tree =
        write(&["mktree"], &(0..10).map(|nth| format!("100644 blob {file}\t{nth}\n")).collect::<Vec<_>>().concat());
    for _ in 0..6 {
        let folders = (0..10).map(|nth| format!("040000 tree {tree}\t{nth}\n")).collect::<Vec<_>>().concat();
        tree = write(&["mktree"], &folders);
    }
    // Put in by name, level by level: an index of ten million files would take minutes.
    for (folder, name) in [("team handbook/content", "old"), ("team handbook", "content"), ("", "team handbook")] {
        let there = world.git(&["ls-tree", &format!("HEAD:{folder}")]);
        let others = there.lines().filter(|line| !line.ends_with(&format!("\t{name}")));
        let entries = others.map(|line| format!("{line}\n")).collect::<Vec<_>>().concat();
        tree = write(&["mktree"], &format!("{entries}040000 tree {tree}\t{name}\n"));
    }
    let identity = ["-c", "user.name=M", "-c", "user.email=m@example.org", "commit-tree", "-m", "C", "-p", "HEAD"];
    let commit = write(&[&identity[..], &[&tree]].concat(), "");
    world.git(&["update-ref", "HEAD", &commit]);
    world.commit("2026-05-05");
    let built = world.run(&["build"]).expect_code(0);
    world.expect_day(&built);
}

/// Who stops the command from a terminal stops git too.
#[test]
fn git_ends_with_the_command() {
    use std::os::unix::process::CommandExt;

    let world = World::new();
    let bin = world.path("bin");
    world.file(
        "bin/git",
        format!("#!/bin/sh\necho >'{0}/started'\nsleep 3\necho >'{0}/canary'\n", world.path("").display()),
    );
    fs::set_permissions(bin.join("git"), fs::Permissions::from_mode(0o755)).expect("a mode");
    let mut command = handbook();
    let path = std::env::var("PATH").expect("a path");
    command.env("PATH", format!("{}:{path}", bin.display())).current_dir(world.handbook()).arg("check");
    let mut running = command.process_group(0).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it starts");
    let end = Instant::now() + Duration::from_mins(1);
    while !world.path("started").exists() {
        assert!(Instant::now() < end, "git was not asked");
        std::thread::sleep(Duration::from_millis(10));
    }
    let group = rustix::process::Pid::from_child(&running);
    // Where these tests run in the background, Ctrl-C's own signal is ignored.
    rustix::process::kill_process_group(group, rustix::process::Signal::TERM).expect("a signal");
    running.wait().expect("an end");
    std::thread::sleep(Duration::from_millis(3500));
    assert!(!world.path("canary").exists());
}
