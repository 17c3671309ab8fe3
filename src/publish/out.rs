//! The folder of a site, which holds none of what the site is made of.

use camino::{Utf8Component, Utf8Path, Utf8PathBuf};

use crate::files::{FOLDER, THEMES};

/// A folder for a site, which is replaced as a whole: so nothing of the handbook lies in it, nor it in the sources.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Out(Utf8PathBuf);

impl Out {
    /// The folder that was asked for, of a handbook in the folder `root`, both below the `current` folder unless they are
    /// absolute; `None` where it holds the handbook, or lies in its sources.
    pub fn beside_sources(out: Utf8PathBuf, root: &Utf8Path, current: &Utf8Path) -> Option<Self> {
        // By the words of the paths, and by where their links lead.
        let ways: [fn(&Utf8Path) -> Utf8PathBuf; 2] = [normal, real];
        let holds = ways.iter().any(|way| holds_sources(&current.join(&out), &current.join(root), *way));
        (!holds).then_some(Self(out))
    }

    /// Its path, as it was asked for.
    pub fn path(&self) -> &Utf8Path {
        &self.0
    }

    /// A folder of a test, which has no handbook.
    #[cfg(test)]
    pub(super) fn of_test(out: impl Into<Utf8PathBuf>) -> Self {
        Self(out.into())
    }
}

/// Whether a folder holds the handbook, or lies in its sources.
fn holds_sources(out: &Utf8Path, root: &Utf8Path, way: fn(&Utf8Path) -> Utf8PathBuf) -> bool {
    let out = way(out);
    way(root).starts_with(&out) || [FOLDER, THEMES].iter().any(|folder| out.starts_with(way(&root.join(folder))))
}

/// A path with the links of its existing part followed.
fn real(path: &Utf8Path) -> Utf8PathBuf {
    let found = path.ancestors().find_map(|above| Some((above, above.canonicalize_utf8().ok()?)));
    let Some((above, whole)) = found else { return normal(path) };
    normal(&whole.join(path.strip_prefix(above).unwrap_or(path)))
}

/// A path without `.` and `..`, by its words alone.
fn normal(path: &Utf8Path) -> Utf8PathBuf {
    let mut parts = Utf8PathBuf::new();
    for part in path.components() {
        match part {
            Utf8Component::CurDir => {}
            Utf8Component::ParentDir => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_site_takes_the_place_of_its_sources() {
        let of = |out: &str| Out::beside_sources(out.into(), Utf8Path::new("team"), Utf8Path::new("/nowhere"));
        for out in ["team", ".", "team/content", "team/content/x", "team/themes", "team/public/..", "/"] {
            assert_eq!(of(out), None, "{out}");
        }
        for out in ["team/public", "public", "team/../public", "/srv/www"] {
            assert_eq!(of(out).map(|out| out.0), Some(out.into()), "{out}");
        }
    }
}
