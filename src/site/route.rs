//! One file of the site, and the families of files that are alike.

use crate::content::ReservedName;
use crate::site::Site;
use crate::site::content::Rendered;

/// How a route makes its content. It captures what tells it from its siblings (a path, an index), and gets the rest.
type Render = Box<dyn Fn(&Site) -> Rendered + Send + Sync>;

/// One file of the site.
pub struct Route {
    /// Its path from the root, with `/` on every system, not percent-encoded: it names a file.
    pub path: String,
    render: Render,
}

impl Route {
    pub(super) fn new(path: impl Into<String>, render: impl Fn(&Site) -> Rendered + Send + Sync + 'static) -> Self {
        Self { path: path.into(), render: Box::new(render) }
    }

    /// Makes the content.
    ///
    /// # Errors
    ///
    /// The theme's mistake, where its template cannot be rendered.
    pub fn render(&self, site: &Site) -> Rendered {
        (self.render)(site)
    }
}

impl std::fmt::Debug for Route {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Route").field("path", &self.path).finish_non_exhaustive()
    }
}

/// A family of outputs: files that are alike, with a file of their own here.
pub(super) struct Family {
    /// The routes that it adds.
    pub(super) routes: fn(&Site) -> Vec<Route>,
    /// The names that it takes at the top of the site, beside those of entries, of the lists of kinds and of facets.
    pub(super) names: &'static [ReservedName],
}
