//! Where the site lies, and the names of what lies beside it.

use camino::{Utf8Path, Utf8PathBuf};

use crate::publish::failure::{Refusal, Trouble};

/// The folder of a site and its neighbours, which share its file system, so that a rename can swap them.
#[derive(Debug)]
pub(super) struct Place {
    /// The folder of the site, without a trailing slash (with one, a symbolic link would be followed).
    pub(super) out: Utf8PathBuf,
    /// Where the next site is made, and, for a moment after an exchange, where the old one is.
    pub(super) staging: Utf8PathBuf,
    /// Where the old site is set aside when the file system cannot exchange two folders.
    pub(super) set_aside: Utf8PathBuf,
    /// The file whose lock means that a build is under way.
    pub(super) lock: Utf8PathBuf,
}

impl Place {
    /// The place of this output folder; refused when it has no name of its own.
    pub(super) fn of(out: &Utf8Path) -> Result<Self, Trouble> {
        let Some(name) = out.file_name() else {
            return Err(Trouble::NotOurs { out: out.to_owned(), because: Refusal::Nameless });
        };
        let parent = out.parent().unwrap_or(Utf8Path::new(""));
        let beside = |role| parent.join(format!(".{name}.handbook-{role}"));
        Ok(Self { out: parent.join(name), staging: beside("staging"), set_aside: beside("old"), lock: beside("lock") })
    }

    /// The folder that holds them all.
    pub(super) fn parent(&self) -> &Utf8Path {
        match self.out.parent() {
            Some(parent) if !parent.as_str().is_empty() => parent,
            _ => Utf8Path::new("."),
        }
    }

    /// Refuses the output folder.
    pub(super) fn refuse(&self, because: Refusal) -> Trouble {
        Trouble::NotOurs { out: self.out.clone(), because }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_neighbours_lie_beside_the_site() -> Result<(), Trouble> {
        let place = Place::of(Utf8Path::new("/srv/www/docs/"))?;
        assert_eq!(place.out.as_str(), "/srv/www/docs");
        assert_eq!(place.staging.as_str(), "/srv/www/.docs.handbook-staging");
        assert_eq!(place.set_aside.as_str(), "/srv/www/.docs.handbook-old");
        assert_eq!(place.lock.as_str(), "/srv/www/.docs.handbook-lock");
        assert_eq!(place.parent().as_str(), "/srv/www");
        Ok(())
    }

    #[test]
    fn a_bare_name_lies_in_the_current_folder() -> Result<(), Trouble> {
        let place = Place::of(Utf8Path::new("public"))?;
        assert_eq!(place.staging.as_str(), ".public.handbook-staging");
        assert_eq!(place.parent().as_str(), ".");
        Ok(())
    }

    #[test]
    fn a_folder_without_a_name_is_refused() {
        for out in ["/", "", ".", "..", "public/.."] {
            let refused = Place::of(Utf8Path::new(out));
            let Err(Trouble::NotOurs { because, .. }) = refused else {
                panic!("`{out}` was accepted: {refused:?}");
            };
            assert_eq!(because, Refusal::Nameless);
        }
    }
}
