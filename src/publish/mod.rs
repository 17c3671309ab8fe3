//! Writes the routes of a site into a folder, all or nothing.
//!
//! Takes a [`Job`]: the folder, the path of every route, and a function that renders one of them. Gives
//! [`Published`], a count of what was done, and the folder then holds exactly these files; or a [`Failure`],
//! and the folder is as it was.
//!
//! It never replaces a folder that holds sources of the site ([`Out`]) or that a build did not make, nor a file in one
//! that no build made, never shows half a site (a kill at any moment leaves the old one or the new one; a power cut is
//! not guarded against, since nothing is flushed to the disk), never follows a symbolic link of the site, never touches
//! a file whose bytes did not change, and never holds the bytes of more routes than it has threads.
//!
//! Everything is prepared in a folder beside the site, and one rename puts it in place. Start with [`publish`],
//! then `render.rs` (what becomes of a route) and `swap.rs` (how the new site takes the place of the old one).

mod failure;
#[cfg(test)]
mod fixture;
mod job;
mod layout;
mod lock;
mod mark;
mod out;
mod ownership;
mod place;
mod present;
mod remove;
mod render;
mod staging;
mod swap;

use camino::Utf8PathBuf;

use crate::publish::failure::Trouble;
pub use crate::publish::failure::{Failure, Refusal};
pub use crate::publish::job::{Job, Published};
use crate::publish::layout::Layout;
use crate::publish::lock::Lock;
pub use crate::publish::out::Out;
use crate::publish::place::Place;
use crate::publish::present::Present;
use crate::publish::render::Rendered;
use crate::publish::staging::Staging;

/// Renders every route and makes them the whole content of the folder.
///
/// A build into the same folder that is under way is waited for, so a call from within a rayon task may wait for
/// itself.
///
/// # Errors
///
/// When the folder is not ours to replace, when any route fails to render (all such errors are given, in the order
/// of the routes), or when the file system refuses something. The site is then as it was, except after the one
/// failure that says that the new one is in place: deleting the old one.
pub fn publish<E: Send>(job: &Job<'_, E>) -> Result<Published, Failure<E>> {
    let layout = Layout::of(job.paths);
    debug_assert!(layout.is_ok(), "{:?}", layout.err());
    let layout = layout?;
    let place = Place::of(job.out.path())?;
    // Before the lock, so that a folder that is not ours gets not even a lock file as its neighbour.
    ownership::inspect(&place)?;
    let _lock = Lock::take(&place, job.waiting)?;
    swap::recover(&place)?;
    publish_locked(job, &layout, &place)
}

/// Publishes, while no other build works on the same folder.
fn publish_locked<E: Send>(job: &Job<'_, E>, layout: &Layout<'_>, place: &Place) -> Result<Published, Failure<E>> {
    let standing = ownership::inspect(place)?;
    let present = Present::read(place, standing)?;
    let staging = Staging::new(place, layout);
    let rendered = render::render_all(job, &present, &staging)?;
    let published = rendered.published(present.count_stale(layout));
    let staying = rendered.unchanged.iter().map(|&route| job.paths[route].as_str()).collect();
    present.refuse_changed(place, &staying)?;
    let mark = mark::text(job.paths.iter().map(|path| path.as_str()).zip(rendered.sizes.iter().copied()));
    if published.written > 0 || !present.is_exactly(layout, &mark) {
        complete(&staging, &rendered, job.paths)?;
        staging.seal(&mark)?;
        swap::put_in_place(place, standing)?;
    }
    Ok(published)
}

/// Makes the staging folder, which holds what differs, a whole site but for its mark.
fn complete(staging: &Staging<'_>, rendered: &Rendered, paths: &[Utf8PathBuf]) -> Result<(), Trouble> {
    staging.ensure()?;
    staging.take_over(&rendered.unchanged, paths)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::fs;
    use std::io;
    use std::sync::Barrier;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::thread;

    use super::fixture::{Check, Fixture, mark};
    use super::mark::MARK;
    use super::*;
    use crate::site::Content;

    type Site<'a> = &'a [(&'a str, &'a str)];

    /// Publishes files with these texts; a text that starts with `error:` fails, and one with `copy:` is a file to copy.
    fn publish_texts(fixture: &Fixture, site: Site<'_>) -> Result<Published, Failure<String>> {
        let paths: Vec<Utf8PathBuf> = site.iter().map(|(path, _)| path.into()).collect();
        let done = AtomicUsize::new(0);
        let published = publish(&Job {
            out: &Out::of_test(fixture.out()),
            paths: &paths,
            attachments: fixture.root(),
            render: &|index| render_text(site[index].1),
            progress: &|files| {
                done.fetch_add(files, Ordering::Relaxed);
            },
            waiting: &|| (),
        });
        assert!(!matches!(published, Ok(_) | Err(Failure::Render(_))) || done.into_inner() == site.len());
        published
    }

    fn render_text(text: &str) -> Result<Content, String> {
        match text.split_once(':') {
            Some(("error", error)) => Err(error.to_owned()),
            Some(("copy", source)) => Ok(Content::Attachment(source.to_owned())),
            _ => Ok(Content::Bytes(text.into())),
        }
    }

    /// The whole of the temporary folder is the site, with its mark and no neighbours.
    fn check_site(fixture: &Fixture, expected: Site<'_>) -> io::Result<()> {
        let mut tree: BTreeMap<_, _> = [(format!("public/{MARK}"), mark(expected))].into();
        tree.extend(expected.iter().map(|(path, text)| (format!("public/{path}"), (*text).to_owned())));
        assert_eq!(fixture.tree()?, tree);
        Ok(())
    }

    fn counts(published: Published) -> [usize; 4] {
        let Published { files, written, unchanged, removed, .. } = published;
        [files, written, unchanged, removed]
    }

    #[test]
    fn a_first_site_is_written_whole() -> Check {
        let fixture = Fixture::new()?;
        let site: Site<'_> = &[("a/b/c.html", "c"), ("a/d.html", "dd"), ("index.html", "")];
        let published = publish_texts(&fixture, site)?;
        assert_eq!(published, Published { files: 3, bytes: 3, written: 3, unchanged: 0, removed: 0 });
        Ok(check_site(&fixture, site)?)
    }

    #[test]
    fn missing_parents_are_made() -> Check {
        let fixture = Fixture::new()?;
        let out = fixture.root().join("deep/down/public");
        let job = Job::<String> {
            out: &Out::of_test(out.clone()),
            paths: &["a".into()],
            attachments: fixture.root(),
            render: &|_| Ok(Content::Bytes(Vec::new())),
            progress: &|_| (),
            waiting: &|| (),
        };
        publish(&job)?;
        assert!(out.join("a").is_file());
        Ok(())
    }

    #[test]
    fn an_empty_folder_becomes_the_site() -> Check {
        let fixture = Fixture::new()?;
        fs::create_dir(fixture.out())?;
        publish_texts(&fixture, &[("a", "text")])?;
        Ok(check_site(&fixture, &[("a", "text")])?)
    }

    #[test]
    fn a_site_without_routes_is_only_marked() -> Check {
        let fixture = Fixture::new()?;
        publish_texts(&fixture, &[("a", "text")])?;
        assert_eq!(counts(publish_texts(&fixture, &[])?), [0, 0, 0, 1]);
        Ok(check_site(&fixture, &[])?)
    }

    #[test]
    fn a_folder_that_is_not_ours_is_not_touched() -> Check {
        let fixture = Fixture::new()?;
        fixture.write("public/thesis.doc", "years of work")?;
        let failure = publish_texts(&fixture, &[("a", "text")]);
        assert!(matches!(failure, Err(Failure::NotOurs { because: Refusal::Unmarked, .. })));
        assert_eq!(fixture.tree()?, [("public/thesis.doc".into(), "years of work".into())].into());
        Ok(())
    }

    #[test]
    fn a_change_writes_what_differs_and_keeps_the_rest() -> Check {
        let fixture = Fixture::new()?;
        publish_texts(&fixture, &[("a/gone", "1"), ("a/kept", "2"), ("b/changed", "3"), ("b/longer", "4")])?;
        let site: Site<'_> = &[("a/kept", "2"), ("b/changed", "x"), ("b/longer", "44"), ("c/new", "5")];
        assert_eq!(counts(publish_texts(&fixture, site)?), [4, 3, 1, 1]);
        Ok(check_site(&fixture, site)?)
    }

    #[cfg(unix)]
    #[test]
    fn an_unchanged_file_stays_the_same_file() -> Check {
        use std::os::unix::fs::MetadataExt;

        let fixture = Fixture::new()?;
        let identity = |path: &str| fs::metadata(fixture.out().join(path)).map(|file| (file.ino(), file.mtime_nsec()));
        publish_texts(&fixture, &[("a/kept", "1"), ("b", "2")])?;
        let before = (identity("a/kept")?, identity("")?);
        publish_texts(&fixture, &[("a/kept", "1"), ("b", "3")])?;
        assert_eq!(identity("a/kept")?, before.0);
        assert_ne!(identity("")?, before.1);
        Ok(())
    }

    #[cfg(unix)]
    #[test]
    fn an_unchanged_site_stays_the_same_folder() -> Check {
        use std::os::unix::fs::MetadataExt;

        let fixture = Fixture::new()?;
        let site: Site<'_> = &[("a/b", "1"), ("c", "copy:source")];
        fixture.write("source", "2")?;
        publish_texts(&fixture, site)?;
        let before = fs::metadata(fixture.out())?.ino();
        assert_eq!(counts(publish_texts(&fixture, site)?), [2, 0, 2, 0]);
        assert_eq!(fs::metadata(fixture.out())?.ino(), before);
        assert_eq!(fixture.names()?, ["public", "source"]);
        Ok(())
    }

    /// The refusal of a build, which touched nothing.
    fn check_refused(fixture: &Fixture, expected: &Refusal) -> Check {
        let before = fixture.tree()?;
        match publish_texts(fixture, &[("a", "text")]) {
            Err(Failure::NotOurs { because, .. }) => assert_eq!(&because, expected),
            other => panic!("{other:?}"),
        }
        assert_eq!(fixture.tree()?, before);
        Ok(())
    }

    #[test]
    fn a_mark_that_was_planted_makes_no_file_ours() -> Check {
        let fixture = Fixture::new()?;
        for (known, refusal) in [
            (vec![], Refusal::Foreign { path: "a".into(), more: 2 }),
            (vec![("a", ""), ("notes", "")], Refusal::Foreign { path: "thesis.doc".into(), more: 0 }),
            (
                vec![("a", "text"), ("notes", "x"), ("thesis.doc", "")],
                Refusal::Changed { path: "notes".into(), more: 1 },
            ),
        ] {
            fixture.write("public/thesis.doc", "years of work")?;
            fixture.write("public/notes", "mine")?;
            fixture.write("public/a", "text")?;
            fixture.write("public/.handbook-site", &mark(&known))?;
            check_refused(&fixture, &refusal)?;
        }
        fixture.write("public/.handbook-site", "planted")?;
        check_refused(&fixture, &Refusal::Unmarked)
    }

    #[test]
    fn what_was_put_into_the_site_by_hand_stays() -> Check {
        let fixture = Fixture::new()?;
        publish_texts(&fixture, &[("a", "text"), ("b/c", "text")])?;
        fixture.write("public/b/mine", "")?;
        check_refused(&fixture, &Refusal::Foreign { path: "b/mine".into(), more: 0 })?;
        fs::remove_file(fixture.out().join("b/mine"))?;
        fixture.write("public/b/c", "more text")?;
        check_refused(&fixture, &Refusal::Changed { path: "b/c".into(), more: 0 })?;
        fixture.write("public/b/c", "text")?;
        fs::create_dir(fixture.out().join("empty"))?;
        fixture.write("public/b/.DS_Store", "left by a system")?;
        assert_eq!(counts(publish_texts(&fixture, &[("a", "text")])?), [1, 0, 1, 2]);
        Ok(check_site(&fixture, &[("a", "text")])?)
    }

    #[test]
    fn a_file_that_somebody_took_out_of_the_site_comes_back() -> Check {
        let fixture = Fixture::new()?;
        publish_texts(&fixture, &[("a", "text"), ("b", "text")])?;
        fs::remove_file(fixture.out().join("b"))?;
        assert_eq!(counts(publish_texts(&fixture, &[("a", "text"), ("b", "text")])?), [2, 1, 1, 0]);
        Ok(check_site(&fixture, &[("a", "text"), ("b", "text")])?)
    }

    #[test]
    fn a_file_becomes_a_folder_and_a_folder_a_file() -> Check {
        let fixture = Fixture::new()?;
        publish_texts(&fixture, &[("a", "file"), ("b/c", "in a folder")])?;
        let site: Site<'_> = &[("a/c", "in a folder"), ("b", "file")];
        assert_eq!(counts(publish_texts(&fixture, site)?), [2, 2, 0, 2]);
        Ok(check_site(&fixture, site)?)
    }

    #[cfg(unix)]
    #[test]
    fn symbolic_links_in_the_site_are_neither_followed_nor_replaced() -> Check {
        use std::os::unix::fs::symlink;

        let fixture = Fixture::new()?;
        publish_texts(&fixture, &[("a/b", "text"), ("c", "text")])?;
        fs::rename(fixture.out().join("a"), fixture.root().join("a"))?;
        symlink("../a", fixture.out().join("a"))?;
        fs::remove_file(fixture.out().join("c"))?;
        symlink("../a/b", fixture.out().join("c"))?;
        check_refused(&fixture, &Refusal::Foreign { path: "a".into(), more: 1 })
    }

    #[test]
    fn a_file_is_copied() -> Check {
        let fixture = Fixture::new()?;
        let large = "x".repeat(200_000);
        fixture.write("public/index.html", "")?;
        fs::remove_dir_all(fixture.out())?;
        fixture.write("large", &large)?;
        let published = publish_texts(&fixture, &[("images/large.png", "copy:large")])?;
        assert_eq!((published.bytes, published.written), (200_000, 1));
        fixture.write("large", &format!("{}y", &large[1..]))?;
        assert_eq!(counts(publish_texts(&fixture, &[("images/large.png", "copy:large")])?), [1, 1, 0, 0]);
        assert!(fs::read_to_string(fixture.out().join("images/large.png"))?.ends_with("xy"));
        Ok(())
    }

    #[cfg(unix)]
    #[test]
    fn the_mode_of_a_copied_file_is_not_taken_over() -> Check {
        use std::os::unix::fs::PermissionsExt;

        let fixture = Fixture::new()?;
        fixture.write("source", "text")?;
        fs::set_permissions(fixture.root().join("source"), fs::Permissions::from_mode(0o700))?;
        publish_texts(&fixture, &[("a", "copy:source"), ("b", "text")])?;
        let mode = |path| fs::metadata(fixture.out().join(path)).map(|file| file.permissions().mode());
        assert_eq!(mode("a")?, mode("b")?);
        Ok(())
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_became_a_link_is_not_copied() -> Check {
        let fixture = Fixture::new()?;
        let site: Site<'_> = &[("a", "copy:content/a")];
        fixture.write("content/a", "text")?;
        fixture.write("secret/a", "secret")?;
        publish_texts(&fixture, site)?;
        fs::rename(fixture.root().join("content"), fixture.root().join("moved"))?;
        std::os::unix::fs::symlink("secret", fixture.root().join("content"))?;
        assert!(matches!(publish_texts(&fixture, site), Err(Failure::Io { action: "read", .. })));
        assert_eq!(fs::read_to_string(fixture.out().join("a"))?, "text");
        Ok(())
    }

    /// As an attacker would who exchanges a picture after the check and before the copy.
    #[test]
    fn a_picture_that_became_another_is_not_copied() -> Check {
        let fixture = Fixture::new()?;
        let picture = |inside: &str| format!("<svg xmlns=\"http://www.w3.org/2000/svg\">{inside}</svg>");
        let site: Site<'_> = &[("a.svg", "copy:a.svg"), ("b.SVG", "copy:b.SVG")];
        fixture.write("a.svg", &picture("<g/>"))?;
        fixture.write("b.SVG", &picture("<g/>"))?;
        publish_texts(&fixture, site)?;
        for name in ["a.svg", "b.SVG"] {
            fixture.write(name, &picture("<script/>"))?;
            assert!(matches!(publish_texts(&fixture, site), Err(Failure::Io { action: "read", .. })));
            assert_eq!(fs::read_to_string(fixture.out().join(name))?, picture("<g/>"));
            fixture.write(name, &picture("<path/>"))?;
        }
        publish_texts(&fixture, site)?;
        assert_eq!(fs::read_to_string(fixture.out().join("b.SVG"))?, picture("<path/>"));
        Ok(())
    }

    #[test]
    fn all_render_errors_come_in_the_order_of_the_routes() -> Check {
        let fixture = Fixture::new()?;
        let site: Site<'_> = &[("a", "1"), ("b", "2")];
        publish_texts(&fixture, site)?;
        let failure =
            publish_texts(&fixture, &[("a", "error:first"), ("b", "x"), ("c", "error:second"), ("d", "error:third")]);
        let Err(Failure::Render(errors)) = failure else {
            panic!("{failure:?}");
        };
        assert_eq!(errors, ["first", "second", "third"]);
        Ok(check_site(&fixture, site)?)
    }

    #[test]
    fn an_io_error_leaves_the_site_and_names_the_file() -> Check {
        let fixture = Fixture::new()?;
        let site: Site<'_> = &[("a", "1")];
        publish_texts(&fixture, site)?;
        let failure = publish_texts(&fixture, &[("a", "x"), ("b", "copy:missing")]);
        let Err(Failure::Io { action, path, source }) = failure else {
            panic!("{failure:?}");
        };
        assert_eq!((action, path, source.kind()), ("read", fixture.root().join("missing"), io::ErrorKind::NotFound));
        Ok(check_site(&fixture, site)?)
    }

    #[test]
    fn a_file_and_a_folder_cannot_share_a_path() -> Check {
        let fixture = Fixture::new()?;
        let failure = publish_texts(&fixture, &[("a", "file"), ("a/b", "in a folder")]);
        let Err(Failure::Io { action, path, .. }) = failure else {
            panic!("{failure:?}");
        };
        assert_eq!((action, path), ("write", fixture.out().join("a")));
        assert!(fixture.names()?.is_empty());
        Ok(())
    }

    #[test]
    fn a_panic_while_rendering_leaves_the_site() -> Check {
        let fixture = Fixture::new()?;
        publish_texts(&fixture, &[("a", "1")])?;
        let panicked = std::panic::catch_unwind(|| {
            publish(&Job::<String> {
                out: &Out::of_test(fixture.out()),
                attachments: fixture.root(),
                paths: &["a".into()],
                render: &|_| panic!("a fault in a template"),
                progress: &|_| (),
                waiting: &|| (),
            })
        });
        assert!(panicked.is_err());
        Ok(check_site(&fixture, &[("a", "1")])?)
    }

    #[test]
    fn what_a_killed_build_left_is_cleared() -> Check {
        let fixture = Fixture::new()?;
        publish_texts(&fixture, &[("a", "1")])?;
        fixture.write(".public.handbook-staging/a", "half a")?;
        fixture.write(".public.handbook-lock", "")?;
        publish_texts(&fixture, &[("a", "1")])?;
        Ok(check_site(&fixture, &[("a", "1")])?)
    }

    #[test]
    fn two_builds_wait_for_one_another() -> Check {
        let fixture = Fixture::new()?;
        let sites = [[("a", "1"), ("b", "1"), ("one", "1")], [("a", "2"), ("b", "2"), ("two", "2")]];
        for _ in 0..20 {
            let start = Barrier::new(sites.len());
            thread::scope(|scope| {
                for site in &sites {
                    scope.spawn(|| {
                        start.wait();
                        publish_texts(&fixture, site).expect("both are published, one after the other");
                    });
                }
            });
            let last = usize::from(!fixture.out().join("one").exists());
            check_site(&fixture, &sites[last])?;
        }
        Ok(())
    }
}
