//! The generated handbooks that benches run on.

use std::path::{Path, PathBuf};
use std::process::Command;

use prompt_handbook::text::digest::Digest;

/// The generator: `HANDBOOK_CORPUS`, else the one beside the repository.
fn generator() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/bench/corpus.py");
    let named = std::env::var_os("HANDBOOK_CORPUS").map(PathBuf::from);
    named.into_iter().chain([beside]).find(|path| path.is_file())
}

/// Where handbooks and sites are written: in memory where there is such a place, so that the disk is not measured.
pub fn folder() -> PathBuf {
    let memory = Path::new("/dev/shm");
    let base = std::env::var_os("HANDBOOK_BENCH_DIR").map(PathBuf::from);
    let base = base.unwrap_or_else(|| if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() });
    base.join("handbook-bench")
}

/// A generated handbook of a size, in the layout of a tool. Made once, then kept under a name that says what it was made
/// from: a handbook and queries of different words would find nothing in each other.
pub fn handbook(entries: usize, format: &str) -> PathBuf {
    let Some(generator) = generator() else {
        #[allow(clippy::print_stdout)]
        {
            println!("no corpus generator: set HANDBOOK_CORPUS to the path of corpus.py");
        }
        std::process::exit(0);
    };
    let out = folder().join(format!("{format}-{entries}-{}", made_from(&generator)));
    if out.join("corpus-info.json").is_file() {
        return out;
    }
    let size = entries.to_string();
    let made = Command::new("python3")
        .arg(generator)
        .args(["--entries", &size, "--seed", "1", "--format", format, "--out"])
        .arg(&out)
        .status()
        .expect("python3 runs the generator");
    assert!(made.success(), "the generator failed");
    out
}

/// What decides the words of a handbook, as a digest: the generator, and its word list or the Python that it takes them from.
fn made_from(generator: &Path) -> String {
    let words = match std::env::var_os("BENCH_WORDS") {
        Some(list) => std::fs::read(list).expect("the word list of BENCH_WORDS"),
        None => Command::new("python3").arg("--version").output().expect("python3 runs").stdout,
    };
    Digest::default().add(&std::fs::read(generator).expect("the generator")).add(&words).short()
}
