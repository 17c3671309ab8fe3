//! Each context module as a small script, for prompts that load it.
//!
//! A page cannot fetch a file from a folder (`file://`), but it can load a script from one. So the texts that a prompt
//! puts in are not repeated on every page that may need them: they are loaded when a page does, and kept by the
//! browser for the next.

use std::fmt::Write as _;

use crate::content::{Kind, ReservedName};
use crate::handbook::{Ix, Target};
use crate::site::{Content, Route, Site, theme_assets};
use crate::text::digest;

/// The names that it takes: its scripts lie with those of the theme.
pub(super) const NAMES: &[ReservedName] = theme_assets::NAMES;

/// A route for every context module.
pub(super) fn routes(site: &Site) -> Vec<Route> {
    let modules = site.handbook.of_kind(Kind::ContextModule);
    modules.map(|(ix, entry)| Route::new(format!("assets/{}.js", entry.id), move |site| Ok(script(site, ix)))).collect()
}

/// A call with the module's id and everything it loads, in the order of loading. JSON is JavaScript since ECMAScript
/// 2019, so no text can end the call; and a script file, unlike a `script` element, is not ended by `</script>` in a
/// text.
fn script(site: &Site, module: Ix) -> Content {
    let id = |ix: Ix| site.handbook.entry(ix).id.as_str();
    let parts: Vec<(&str, String)> =
        site.handbook.with_includes(module).into_iter().map(|part| (id(part), site.handbook.wrapped(part))).collect();
    let json = serde_json::to_string(&(id(module), parts)).expect("texts are always JSON");
    let arguments = json.strip_prefix('[').and_then(|json| json.strip_suffix(']')).unwrap_or_default();
    Content::Bytes(format!("handbook.module({arguments});\n").into_bytes())
}

impl Site {
    /// What changes when the text of a module does: a page asks for the script with it, so that no browser keeps an old
    /// one. Made from what the text is made of, because making all texts for one page would take long. So whatever a
    /// module's text comes to depend on belongs in here too: the titles of what it links to do, for wikilinks show
    /// them.
    pub(super) fn context_version(&self, module: Ix) -> &str {
        self.context.of_entry[module.0].get_or_init(|| {
            let handbook = &self.handbook;
            let mut made_of = format!("{:?}", handbook.config.wrap);
            for part in handbook.with_includes(module) {
                let entry = handbook.entry(part);
                let version = entry.common.version.as_ref().map_or("", |version| &version.value);
                let _ = write!(made_of, "{}\n{version}\n", entry.title());
                // Line by line: a checkout with line ends of two bytes is the same handbook.
                made_of.extend(entry.body_text().lines().flat_map(|line| [line, "\n"]));
                for target in handbook.links(part).iter().flatten() {
                    if let Target::Entry(linked, _) = target {
                        made_of.push_str(handbook.entry(*linked).title());
                    }
                }
            }
            digest::short(made_of.as_bytes())
        })
    }
}
