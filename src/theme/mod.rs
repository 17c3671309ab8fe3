//! The look of a site: templates, strings and styles.
//!
//! Takes the built-in theme and the files of a user's theme that replace some of its files, gives a [`Theme`]
//! that turns view data into HTML. Mistakes in a template are problems with file and line. It never sees an
//! entry: a template gets the plain data of [`view`], and prose reaches it only as finished HTML. Start reading
//! at [`Theme::new`].

mod built_in;
mod mistakes;
mod strings;
mod unused;
pub mod view;

pub use strings::Strings;

use std::collections::BTreeMap;
use std::iter;
use std::sync::Arc;

use serde::Serialize;
use tera::{Context, Tera};

use crate::diagnostics::{Diagnostic, Problems};
use crate::files::theme::ThemeFile;
use crate::text::{Source, Sources, digest};

/// A file that the site publishes under a name with a digest of its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// Path on the site, e.g. `assets/site.0123456789.css`.
    pub path: String,
    /// What is in it.
    pub text: String,
}

/// Templates, strings and styles, ready to use.
#[derive(Debug)]
pub struct Theme {
    tera: Tera,
    /// The words of the interface.
    pub strings: Strings,
    /// Style sheet and scripts.
    pub assets: Vec<Asset>,
    sources: BTreeMap<String, Arc<Source>>,
}

/// Where templates of the built-in theme can always be found, whatever a user's theme replaces.
const BUILT_IN: &str = "default/";

impl Theme {
    /// Puts a user's files over the built-in theme. Templates that cannot be used are problems; the built-in one
    /// then stands in for them.
    pub fn new(user: &[ThemeFile], language: &str, sources: &mut Sources, problems: &mut Problems) -> Self {
        let built_in = built_in::files(sources);
        let strings = Strings::read(&built_in, user, language, problems);
        let files = overlay(&built_in, user);
        let assets = assets(&files);
        let mut theme = Self { tera: Tera::new(), strings, assets, sources: BTreeMap::new() };
        problems.extend(unused::templates(&built_in, user));
        theme.add_templates(&built_in, user, problems);
        theme
    }

    fn add_templates(&mut self, built_in: &[ThemeFile], user: &[ThemeFile], problems: &mut Problems) {
        let named = |(path, source): &ThemeFile, prefix: &str| {
            path.strip_prefix("templates/").map(|name| (format!("{prefix}{name}"), Arc::clone(source)))
        };
        let base: Vec<_> = built_in.iter().filter_map(|file| named(file, BUILT_IN)).collect();
        let over: Vec<_> = user.iter().filter_map(|file| named(file, "")).collect();
        self.sources = base.iter().chain(&over).cloned().collect();
        self.tera = new_tera();
        let all = base.iter().chain(&over).map(|(name, source)| (name.as_str(), source.text.as_str()));
        if let Err(error) = self.tera.add_raw_templates(all.collect::<Vec<_>>()) {
            problems.extend(mistakes::all(&error, &self.sources));
            self.tera = new_tera();
            let all = base.iter().map(|(name, source)| (name.as_str(), source.text.as_str()));
            self.tera.add_raw_templates(all.collect::<Vec<_>>()).expect("the built-in theme is tested");
        }
    }

    /// Sets what every page of a site has in common.
    pub fn set_site(&mut self, site: &view::SiteView) {
        let words = self.strings.all().clone();
        let context = self.tera.global_context();
        context.insert("site", site);
        context.insert("t", &words);
    }

    /// Renders a template with the fields of a view as its variables.
    ///
    /// # Errors
    ///
    /// The template's mistake, located; `page` says which page it was rendered for.
    pub fn render<V: Serialize>(&self, template: &str, view: &V, page: &str) -> Result<String, Box<Diagnostic>> {
        let context = Context::from_serialize(view);
        let rendered = context.and_then(|context| self.tera.render(template, &context));
        rendered.map_err(|error| Box::new(mistakes::diagnostic(&error, &self.sources, Some(page))))
    }

    /// The published path of an asset by its plain name, e.g. `site.css`.
    pub fn asset(&self, name: &str) -> Option<&str> {
        let (stem, extension) = name.rsplit_once('.')?;
        let prefix = format!("assets/{stem}.");
        let found = self.assets.iter().find(|asset| asset.path.starts_with(&prefix) && asset.path.ends_with(extension));
        found.map(|asset| asset.path.as_str())
    }
}

fn new_tera() -> Tera {
    let mut tera = Tera::new();
    tera.autoescape_on(vec![".html", ".xml"]);
    tera.set_fallback_prefixes([BUILT_IN]).expect("no template was added yet");
    tera
}

/// The built-in files with the user's in place of those of the same path.
fn overlay<'f>(built_in: &'f [ThemeFile], user: &'f [ThemeFile]) -> BTreeMap<&'f str, &'f Source> {
    built_in.iter().chain(user).map(|(path, source)| (path.as_str(), &**source)).collect()
}

/// The script that must run before anything is shown, and so stands apart from the others.
const BOOT: &str = "scripts/boot.js";

/// The scripts of a site with the folders that each is made of: of every page, of a page with a form, and of search.
const SCRIPTS: [(&str, &[&str]); 3] =
    [("site", &["scripts/"]), ("bench", &["text/", "bench/"]), ("search", &["text/", "search/"])];

/// The style sheets of a site with the folder that each is made of: of every page, and of the front page.
const STYLES: [(&str, &str); 2] = [("site", "styles/"), ("home", "home/")];

/// The styles and scripts as a few files, each in the order of the names of its parts.
fn assets(files: &BTreeMap<&str, &Source>) -> Vec<Asset> {
    let joined = |folder: &str, ending: &str| -> String {
        let parts =
            files.iter().filter(|(path, _)| path.starts_with(folder) && path.ends_with(ending) && **path != BOOT);
        parts.map(|(_, source)| compact(&source.text)).collect()
    };
    let named = |name: &str, extension: &str, text: String| Asset {
        path: format!("assets/{name}.{}.{extension}", digest::short(text.as_bytes())),
        text,
    };
    let mut assets: Vec<Asset> =
        STYLES.iter().map(|(name, folder)| named(name, "css", joined(folder, ".css"))).collect();
    let boot = files.get(BOOT).map(|source| compact(&source.text)).unwrap_or_default();
    let script = |folders: &[&str]| folders.iter().map(|folder| joined(folder, ".js")).collect();
    let scripts = SCRIPTS.iter().map(|(name, folders)| (*name, script(folders)));
    assets.extend(
        iter::once(("boot", boot))
            .chain(scripts)
            .filter(|(_, text)| !text.is_empty())
            .map(|(name, text)| named(name, "js", text)),
    );
    assets
}

/// A style sheet or script without indents, empty lines and comments that have a line to themselves: a quarter less to
/// load, and still as it was written. A text of several lines in a script would change, so such a script is kept whole.
fn compact(text: &str) -> String {
    let has_long_comment = text.lines().any(|line| line.matches("/*").count() != line.matches("*/").count());
    let is_comment = |line: &str| {
        let is_block = line.starts_with("/*") && line.find("*/") == Some(line.len() - 2);
        line.starts_with("//") || is_block && !has_long_comment
    };
    let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty() && !is_comment(line));
    if lines().any(|line| line.contains('`')) {
        return text.trim_end().to_owned() + "\n";
    }
    lines().flat_map(|line| [line, "\n"]).collect()
}
