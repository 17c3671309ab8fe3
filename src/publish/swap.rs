//! The new site takes the place of the old one.

use std::fs;
use std::io::{self, ErrorKind};

use camino::Utf8Path;

use crate::publish::failure::{Refusal, Trouble};
use crate::publish::mark;
use crate::publish::ownership::{self, Standing};
use crate::publish::place::Place;
use crate::publish::remove;

/// Puts right what a killed build left: an old site that was set aside goes back if there is no other, and the rest
/// is deleted.
pub(super) fn recover(place: &Place) -> Result<(), Trouble> {
    let has_site = ownership::inspect(place)? == Standing::Ours;
    // A link of that name was planted: what was set aside is a folder.
    let is_folder = fs::symlink_metadata(&place.set_aside).is_ok_and(|found| found.is_dir());
    if !has_site && is_folder && mark::is_marked(&place.set_aside) {
        let restored = fs::rename(&place.set_aside, &place.out);
        restored.map_err(Trouble::io("put the old site back to", &place.out))?;
    }
    remove_neighbours(place, "delete what an earlier build left at")
}

/// Makes the staging folder the site, and deletes the old one.
pub(super) fn put_in_place(place: &Place, standing: Standing) -> Result<(), Trouble> {
    let placed = match standing {
        Standing::Missing => fs::rename(&place.staging, &place.out),
        Standing::Empty | Standing::Ours => replace(place),
    };
    placed.map_err(|error| why_not_placed(place, error))?;
    remove_neighbours(place, "delete the old site (the new one is in place), now at")
}

/// Some folders only turn out to be immovable when they are moved: a mount of the same file system, or a folder of a
/// container's image.
fn why_not_placed(place: &Place, error: io::Error) -> Trouble {
    match error.kind() {
        ErrorKind::ResourceBusy | ErrorKind::CrossesDevices => place.refuse(Refusal::Immovable),
        _ => Trouble::io("put the new site in place at", &place.out)(error),
    }
}

fn remove_neighbours(place: &Place, action: &'static str) -> Result<(), Trouble> {
    for neighbour in [&place.staging, &place.set_aside] {
        remove::remove(neighbour).map_err(Trouble::io(action, neighbour))?;
    }
    Ok(())
}

fn replace(place: &Place) -> io::Result<()> {
    match exchange(&place.staging, &place.out) {
        Err(error) if error.kind() == ErrorKind::Unsupported => by_two_renames(place),
        result => result,
    }
}

/// For a moment there is no site, and a build that is killed then is put right by the next one.
fn by_two_renames(place: &Place) -> io::Result<()> {
    fs::rename(&place.out, &place.set_aside)?;
    fs::rename(&place.staging, &place.out).inspect_err(|_| {
        // If not even this succeeds, the next build does it.
        let _ = fs::rename(&place.set_aside, &place.out);
    })
}

/// Swaps the names of two folders in one step; unsupported where the system or the file system cannot.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange(left: &Utf8Path, right: &Utf8Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;

    let unsupported = [Errno::INVAL, Errno::NOSYS, Errno::NOTSUP, Errno::OPNOTSUPP];
    let (left, right) = (left.as_std_path(), right.as_std_path());
    match renameat_with(CWD, left, CWD, right, RenameFlags::EXCHANGE) {
        Err(errno) if unsupported.contains(&errno) => Err(ErrorKind::Unsupported.into()),
        result => Ok(result?),
    }
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange(_: &Utf8Path, _: &Utf8Path) -> io::Result<()> {
    Err(ErrorKind::Unsupported.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::fixture::{Check, Fixture, mark};

    fn check_recovered(fixture: &Fixture, expected: &[(&str, &str)]) -> Check {
        recover(&fixture.place()).map_err(|trouble| format!("{trouble:?}"))?;
        let expected = expected.iter().map(|&(path, text)| (path.to_owned(), text.to_owned()));
        assert_eq!(fixture.tree()?, expected.collect());
        Ok(())
    }

    #[test]
    fn an_exchange_leaves_both() -> Check {
        let fixture = Fixture::new()?;
        fixture.write("public/a", "old")?;
        fixture.write(".public.handbook-staging/a", "new")?;
        replace(&fixture.place())?;
        let tree = fixture.tree()?;
        assert_eq!(tree["public/a"], "new");
        assert!(tree.values().any(|text| text == "old"));
        Ok(())
    }

    #[test]
    fn two_renames_do_where_there_is_no_exchange() -> Check {
        let fixture = Fixture::new()?;
        fixture.write("public/a", "old")?;
        fixture.write(".public.handbook-staging/a", "new")?;
        by_two_renames(&fixture.place())?;
        let tree = fixture.tree()?;
        assert_eq!(tree["public/a"], "new");
        assert_eq!(tree[".public.handbook-old/a"], "old");
        Ok(())
    }

    #[test]
    fn a_failed_second_rename_undoes_the_first() -> Check {
        let fixture = Fixture::new()?;
        fixture.write("public/a", "old")?;
        assert!(by_two_renames(&fixture.place()).is_err());
        assert_eq!(fixture.tree()?, [("public/a".into(), "old".into())].into());
        Ok(())
    }

    #[test]
    fn a_site_set_aside_goes_back_if_there_is_none() -> Check {
        let fixture = Fixture::new()?;
        fixture.write(".public.handbook-old/.handbook-site", &mark(&[]))?;
        fixture.write(".public.handbook-old/a", "old")?;
        fixture.write(".public.handbook-staging/a", "new")?;
        check_recovered(&fixture, &[("public/.handbook-site", &mark(&[])), ("public/a", "old")])
    }

    #[test]
    fn a_site_set_aside_is_deleted_if_there_is_another() -> Check {
        let fixture = Fixture::new()?;
        fixture.write("public/.handbook-site", &mark(&[]))?;
        fixture.write(".public.handbook-old/.handbook-site", &mark(&[]))?;
        fixture.write(".public.handbook-old/a", "old")?;
        check_recovered(&fixture, &[("public/.handbook-site", &mark(&[]))])
    }

    #[cfg(unix)]
    #[test]
    fn a_link_never_goes_back() -> Check {
        let fixture = Fixture::new()?;
        fixture.write("elsewhere/.handbook-site", &mark(&[]))?;
        std::os::unix::fs::symlink("elsewhere", fixture.root().join(".public.handbook-old"))?;
        check_recovered(&fixture, &[("elsewhere/.handbook-site", &mark(&[]))])
    }

    #[test]
    fn half_a_site_never_goes_back() -> Check {
        let fixture = Fixture::new()?;
        fixture.write(".public.handbook-old/a", "half deleted")?;
        fixture.write(".public.handbook-staging/a", "half made")?;
        check_recovered(&fixture, &[("/", "")])
    }
}
