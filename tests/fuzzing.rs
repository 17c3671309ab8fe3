//! The fuzzer's corpora, replayed: every input that once broke a promise, and those that lead into every branch.

use std::panic::catch_unwind;

use crate::harness::{files_below, repository};

#[path = "fuzz/promises.rs"]
mod promises;

#[test]
fn the_promises_hold_for_every_kept_input() {
    let mut broken = Vec::new();
    for (name, promise) in promises::ALL {
        let corpus = files_below(&repository().join("tests/fuzz/corpus").join(name));
        assert!(corpus.len() > 5, "{name} has a corpus of {}", corpus.len());
        for (path, bytes) in corpus {
            if catch_unwind(|| promise(&bytes)).is_err() {
                broken.push(format!("{name}/{path}"));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}
