//! TOML and YAML are two ways to write the same: the starter handbook in either builds to the same bytes.

use std::sync::Arc;

use prompt_handbook::content::Entry;
use prompt_handbook::diagnostics::Problems;
use prompt_handbook::fields::Syntax;
use prompt_handbook::workspace::{self, Read, Stages};

use crate::harness::Handbook;

/// Every entry of a handbook.
pub fn entries(root: &std::path::Path) -> Read {
    let root = camino::Utf8Path::from_path(root).expect("a path of text");
    workspace::read(root, &mut Problems::default(), &mut Stages::default()).expect("a readable handbook")
}

/// The starter handbook with the front matter of each entry written anew.
fn rewritten(syntax: Syntax) -> Handbook {
    let handbook = Handbook::starter();
    let read = entries(&handbook.path("."));
    assert!(read.entries.len() > 100, "{} entries", read.entries.len());
    for entry in &read.entries {
        let text = entry.front_matter(&read.config, syntax) + entry.body_text();
        handbook.file(entry.source.path.as_str(), text);
    }
    handbook
}

fn site(handbook: &Handbook) -> Vec<(String, Vec<u8>)> {
    handbook.build(&["--strict", "--drafts"]).files("public")
}

/// What stands around a byte of a line.
fn tail(line: &str, at: usize) -> String {
    String::from_utf8_lossy(&line.as_bytes()[at.saturating_sub(60)..line.len().min(at + 60)]).into_owned()
}

#[test]
fn the_starter_in_yaml_or_written_anew_in_toml_builds_to_the_same_bytes() {
    let starter = Handbook::starter();
    let expected = site(&starter);
    for syntax in [Syntax::Toml, Syntax::Yaml] {
        let built = site(&rewritten(syntax));
        let names = |files: &[(String, Vec<u8>)]| files.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
        assert_eq!(names(&built), names(&expected), "{syntax:?}");
        for ((name, bytes), (_, wanted)) in built.iter().zip(&expected) {
            let lines = |bytes: &[u8]| String::from_utf8_lossy(bytes).lines().map(str::to_owned).collect::<Vec<_>>();
            if bytes != wanted {
                let (built, wanted) = (lines(bytes), lines(wanted));
                let first = built.iter().zip(&wanted).find(|(built, wanted)| built != wanted);
                let (built, wanted) = first.expect("a line");
                let at = built.bytes().zip(wanted.bytes()).take_while(|(a, b)| a == b).count();
                panic!("{name} is another in {syntax:?}: {:?} for {:?}", tail(built, at), tail(wanted, at));
            }
        }
    }
}

#[test]
fn what_is_written_anew_is_in_the_notation_that_was_asked_for() {
    let handbook = rewritten(Syntax::Yaml);
    let read = entries(&handbook.path("."));
    let is_yaml = |entry: &&Arc<Entry>| entry.syntax == Syntax::Yaml && entry.source.text.starts_with("---\n");
    assert_eq!(read.entries.iter().filter(is_yaml).count(), read.entries.len());
}
