//! The Markdown twin of each page: what the page shows, for tools.

use std::fmt::Write as _;

use crate::content::{Entry, Fields, Kind};
use crate::handbook::Ix;
use crate::markdown;
use crate::site::address::{Half, twin_path};
use crate::site::surroundings::Around;
use crate::site::twin_fields::line;
use crate::site::{Content, Route, Site, twin_fields};

/// A route for every entry.
pub(super) fn routes(site: &Site) -> Vec<Route> {
    let route = |(ix, entry): (Ix, &Entry)| {
        Route::new(twin_path(&entry.id), move |site: &Site| Ok(Content::Bytes(text(site, ix).into_bytes())))
    };
    site.handbook.entries().map(route).collect()
}

/// The twin. That of a context module is exactly the text that is loaded.
fn text(site: &Site, ix: Ix) -> String {
    let entry = site.handbook.entry(ix);
    if entry.kind == Kind::ContextModule {
        return loadable(site, ix);
    }
    let mut text = String::with_capacity(entry.body.len() + 512);
    let _ = writeln!(text, "# {}\n", line(&entry.title()));
    if !entry.summary().is_empty() {
        let _ = writeln!(text, "> {}\n", line(&entry.summary()));
    }
    facts(site, entry, ix, &mut text);
    text.push_str(&twin_fields::before(site, ix));
    let body = markdown::markdown(entry.body_text(), &entry.outline, &Around::new(site, ix, Half::Twin));
    text.push_str(&body);
    let after = twin_fields::after(site, ix);
    if !after.is_empty() {
        let gap = if text.ends_with("\n\n") { "" } else { "\n" };
        let _ = writeln!(text, "{gap}{}", after.trim_end());
    }
    text
}

/// The exact text of a context module, after everything that it includes.
pub(super) fn loadable(site: &Site, module: Ix) -> String {
    let parts = site.handbook.with_includes(module).into_iter().map(|part| site.handbook.module_text(part));
    let mut text = parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n");
    text.push('\n');
    text
}

fn facts(site: &Site, entry: &Entry, ix: Ix, text: &mut String) {
    let before = text.len();
    let mut fact = |key: &'static str, value: &str| {
        if !value.is_empty() {
            let _ = writeln!(text, "- {}: {}", site.word(key), line(value));
        }
    };
    fact("status_fact", entry.status().map_or("", |status| site.word(status.word())));
    fact("version", entry.common.version.as_ref().map_or("", |version| &version.value));
    fact("updated", &entry.updated.map(|date| date.to_string()).unwrap_or_default());
    let authors = site.handbook.authors(ix).iter().map(|person| site.handbook.people[person.0].name.as_str());
    fact("authors", &authors.collect::<Vec<_>>().join(", "));
    if text.len() > before {
        text.push('\n');
    }
    if let Fields::Prompt(prompt) = &entry.fields {
        variables(site, ix, prompt, text);
    }
}

fn variables(site: &Site, ix: Ix, prompt: &crate::content::kinds::Prompt, text: &mut String) {
    if prompt.variables.is_empty() {
        return;
    }
    let _ = writeln!(text, "## {}\n", site.word("variables"));
    for variable in &prompt.variables {
        let need = site.word(if variable.is_required() { "required" } else { "optional" });
        let _ = write!(
            text,
            "- `{}` ({}, {need}): {}",
            variable.name(),
            variable.variable_type().word(),
            line(&variable.label())
        );
        if let Some(help) = &variable.help {
            let _ = write!(text, ". {}", line(help));
        }
        let options = site.handbook.options(ix, variable);
        if !options.is_empty() {
            let _ = write!(text, " ({}: {})", site.word("options"), line(&options.join("; ")));
        }
        if !variable.default_value().is_empty() {
            let _ = write!(text, " ({}: {})", site.word("default"), line(variable.default_value()));
        }
        text.push('\n');
    }
    text.push('\n');
}
