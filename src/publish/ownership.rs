//! Whether a folder is ours to replace.

use std::fs::{self, Metadata};
use std::io::ErrorKind;

use camino::{Utf8Path, Utf8PathBuf};

use crate::publish::failure::{Refusal, Trouble};
use crate::publish::mark::is_marked;
use crate::publish::place::Place;

/// How the output folder stands before a build.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// It does not exist.
    Missing,
    /// It exists and holds nothing.
    Empty,
    /// It has the mark of a build. Which of its files the build made is for [`super::present::Present`] to say.
    Ours,
}

/// Says how the output folder stands, and refuses one that is not ours to replace.
pub(super) fn inspect(place: &Place) -> Result<Standing, Trouble> {
    if is_inside_a_site(place) {
        return Err(place.refuse(Refusal::InsideASite));
    }
    let metadata = match fs::symlink_metadata(&place.out) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Standing::Missing),
        Err(error) => return Err(Trouble::io("look at", &place.out)(error)),
    };
    if let Some(because) = refusal_by_type(&metadata) {
        return Err(place.refuse(because));
    }
    if is_mount_point(place, &metadata)? {
        return Err(place.refuse(Refusal::Immovable));
    }
    inspect_folder(place)
}

/// Whether a folder above is a site, which its next build replaces with all that is in it. Asked of the place where
/// links lead to, since it is there that something would be deleted.
fn is_inside_a_site(place: &Place) -> bool {
    let or_here = |path: &Utf8Path| if path.as_str().is_empty() { Utf8PathBuf::from(".") } else { path.to_owned() };
    let existing = place.parent().ancestors().find_map(|above| or_here(above).canonicalize_utf8().ok());
    existing.is_some_and(|folder| folder.ancestors().any(is_marked))
}

fn refusal_by_type(metadata: &Metadata) -> Option<Refusal> {
    if metadata.is_symlink() {
        Some(Refusal::SymbolicLink)
    } else if metadata.is_dir() {
        None
    } else {
        Some(Refusal::NotAFolder)
    }
}

fn inspect_folder(place: &Place) -> Result<Standing, Trouble> {
    if is_marked(&place.out) {
        return Ok(Standing::Ours);
    }
    let mut entries = fs::read_dir(&place.out).map_err(Trouble::io("list", &place.out))?;
    match entries.next() {
        None => Ok(Standing::Empty),
        Some(_) => Err(place.refuse(Refusal::Unmarked)),
    }
}

#[cfg(unix)]
fn is_mount_point(place: &Place, out: &Metadata) -> Result<bool, Trouble> {
    use std::os::unix::fs::MetadataExt;

    let parent = fs::metadata(place.parent()).map_err(Trouble::io("look at", place.parent()))?;
    Ok(parent.dev() != out.dev())
}

/// Elsewhere the rename itself fails and says so.
#[cfg(not(unix))]
fn is_mount_point(_: &Place, _: &Metadata) -> Result<bool, Trouble> {
    Ok(false)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::fixture::{Check, Fixture, mark};
    use crate::publish::mark::MARK;

    fn check(fixture: &Fixture, expected: &Result<Standing, Refusal>) {
        let found = match inspect(&fixture.place()) {
            Ok(standing) => Ok(standing),
            Err(Trouble::NotOurs { because, .. }) => Err(because),
            Err(trouble) => panic!("{trouble:?}"),
        };
        assert_eq!(&found, expected);
    }

    #[test]
    fn a_missing_folder_is_accepted() -> Check {
        check(&Fixture::new()?, &Ok(Standing::Missing));
        Ok(())
    }

    #[test]
    fn an_empty_folder_is_accepted() -> Check {
        let fixture = Fixture::new()?;
        fs::create_dir(fixture.out())?;
        check(&fixture, &Ok(Standing::Empty));
        Ok(())
    }

    #[test]
    fn a_marked_folder_is_ours() -> Check {
        let fixture = Fixture::new()?;
        fixture.write("public/.handbook-site", &mark(&[]))?;
        check(&fixture, &Ok(Standing::Ours));
        Ok(())
    }

    #[test]
    fn a_mark_that_no_build_wrote_makes_nothing_ours() -> Check {
        let fixture = Fixture::new()?;
        fixture.write("public/.handbook-site", "made by hand")?;
        check(&fixture, &Err(Refusal::Unmarked));
        Ok(())
    }

    #[test]
    fn a_folder_with_other_files_is_refused() -> Check {
        let fixture = Fixture::new()?;
        fixture.write("public/thesis.doc", "years of work")?;
        check(&fixture, &Err(Refusal::Unmarked));
        Ok(())
    }

    #[test]
    fn a_file_is_refused() -> Check {
        let fixture = Fixture::new()?;
        fixture.write("public", "a file")?;
        check(&fixture, &Err(Refusal::NotAFolder));
        Ok(())
    }

    #[test]
    fn a_folder_in_a_site_is_refused_at_any_depth() -> Check {
        let fixture = Fixture::new()?;
        fixture.write(".handbook-site", &mark(&[]))?;
        check(&fixture, &Err(Refusal::InsideASite));
        fixture.write("public/.handbook-site", &mark(&[]))?;
        check(&fixture, &Err(Refusal::InsideASite));
        let deep = Place::of(&fixture.root().join("not/there/yet")).map_err(|trouble| format!("{trouble:?}"))?;
        assert!(is_inside_a_site(&deep));
        Ok(())
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_that_a_link_puts_into_a_site_is_refused() -> Check {
        let fixture = Fixture::new()?;
        fixture.write("site/.handbook-site", &mark(&[]))?;
        fixture.write("site/team/index.html", "")?;
        std::os::unix::fs::symlink("site/team", fixture.root().join("link"))?;
        let place = Place::of(&fixture.root().join("link/public")).map_err(|trouble| format!("{trouble:?}"))?;
        assert!(is_inside_a_site(&place));
        Ok(())
    }

    #[cfg(unix)]
    #[test]
    fn a_symbolic_link_is_refused_whatever_it_points_to() -> Check {
        let fixture = Fixture::new()?;
        fixture.write("elsewhere/.handbook-site", &mark(&[]))?;
        std::os::unix::fs::symlink("elsewhere", fixture.out())?;
        check(&fixture, &Err(Refusal::SymbolicLink));
        Ok(())
    }

    #[cfg(unix)]
    #[test]
    fn a_symbolic_link_is_no_mark() -> Check {
        let fixture = Fixture::new()?;
        fixture.write("elsewhere", &mark(&[]))?;
        fs::create_dir(fixture.out())?;
        std::os::unix::fs::symlink("../elsewhere", fixture.out().join(MARK))?;
        check(&fixture, &Err(Refusal::Unmarked));
        Ok(())
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_mount_point_is_refused() -> Check {
        let refused = inspect(&Place::of(Utf8Path::new("/proc")).map_err(|trouble| format!("{trouble:?}"))?);
        assert!(matches!(refused, Err(Trouble::NotOurs { because: Refusal::Immovable, .. })));
        Ok(())
    }
}
