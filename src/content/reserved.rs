//! Names that no content can take, since the site needs them itself.
//!
//! Which those are is said by who makes something of that name: the families of outputs, above this floor. Here is only
//! what it means that a name is taken.

use crate::config::Config;

/// A name that is taken, and for what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReservedName {
    form: Form,
    /// In its canonical form.
    name: &'static str,
    /// What it is for, as the end of a sentence.
    what: &'static str,
}

/// What a name is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// A folder right below the site's root, with everything in it.
    Folder,
    /// A page right below the root, with its other versions: `meeting` is `meeting.html` and `meeting.json`.
    Page,
    /// One file, by its path from the root.
    File,
    /// A file of that name in any folder.
    Anywhere,
}

impl ReservedName {
    /// A folder right below the site's root, with everything in it.
    pub const fn folder(name: &'static str, what: &'static str) -> Self {
        Self { form: Form::Folder, name, what }
    }

    /// A page right below the root, with its other versions: `meeting` is `meeting.html` and `meeting.json`.
    pub const fn page(name: &'static str, what: &'static str) -> Self {
        Self { form: Form::Page, name, what }
    }

    /// One file, by its path from the root.
    pub const fn file(name: &'static str, what: &'static str) -> Self {
        Self { form: Form::File, name, what }
    }

    /// A file of that name in any folder.
    pub const fn anywhere(name: &'static str, what: &'static str) -> Self {
        Self { form: Form::Anywhere, name, what }
    }

    /// Whether a path from the root is one that the name was taken for.
    pub fn covers(&self, path: &str) -> bool {
        let last = path.rsplit('/').next().unwrap_or(path);
        match self.form {
            Form::Folder => path.strip_prefix(self.name).is_some_and(|rest| rest.starts_with('/')),
            Form::Page => path.strip_suffix(".html") == Some(self.name),
            Form::File => path == self.name,
            Form::Anywhere => last == self.name,
        }
    }
}

/// Everything that is taken on the site of a handbook.
#[derive(Debug, Clone)]
pub struct Reserved {
    names: Vec<ReservedName>,
    /// The folders of the config's facets.
    facets: Vec<String>,
}

impl Reserved {
    /// Some names, and those of the config's facets.
    pub fn new(names: impl IntoIterator<Item = ReservedName>, config: &Config) -> Self {
        let facets = config.facets.iter().map(|facet| facet.name.clone()).collect();
        Self { names: names.into_iter().collect(), facets }
    }

    /// Whether the name of a folder is taken, in its canonical form and whatever the config's facets are called.
    pub fn has_folder(&self, name: &str) -> bool {
        self.what(Form::Folder, name).is_some()
    }

    /// What a folder is for whose name is taken, in its canonical form.
    pub(super) fn folder(&self, name: &str) -> Option<&'static str> {
        let is_facet = || self.facets.iter().any(|facet| facet == name);
        self.what(Form::Folder, name).or_else(|| is_facet().then_some("the pages of its terms"))
    }

    /// What a name in its canonical form is taken for.
    pub(super) fn what(&self, form: Form, name: &str) -> Option<&'static str> {
        self.names.iter().find(|taken| taken.form == form && taken.name == name).map(|taken| taken.what)
    }
}
