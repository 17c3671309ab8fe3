//! What the tests of an import need of a handbook.

use crate::config::Config;
use crate::content::Reserved;
use crate::diagnostics::Problems;
use crate::text::Sources;

/// A config for tests, with a facet whose terms are not slugs.
pub(super) fn config() -> Config {
    let text = "title = \"T\"\n\n[facets]\nroles = [\"Content Lead\", \"designer\"]\n";
    let source = Sources::default().add("handbook.toml", text);
    let mut problems = Problems::default();
    let config = Config::read(&source, &mut problems);
    assert!(problems.is_empty());
    config
}

/// No names but those of the config's facets.
pub(super) fn reserved() -> Reserved {
    Reserved::new([], &config())
}
