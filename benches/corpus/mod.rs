//! The generated handbooks that benches run on.

use std::path::{Path, PathBuf};
use std::process::Command;

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

/// A generated handbook of a size, in the layout of a tool. Made once, then kept.
pub fn handbook(entries: usize, format: &str) -> PathBuf {
    let out = folder().join(format!("{format}-{entries}"));
    if out.join("corpus-info.json").is_file() {
        return out;
    }
    let Some(generator) = generator() else {
        #[allow(clippy::print_stdout)]
        {
            println!("no corpus generator: set HANDBOOK_CORPUS to the path of corpus.py");
        }
        std::process::exit(0);
    };
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
