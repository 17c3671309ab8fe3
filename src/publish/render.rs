//! Renders every route, and keeps of it what the present site does not have.

use std::fs::File;
use std::io::Seek;
use std::sync::atomic::{AtomicBool, Ordering};

use camino::Utf8Path;
use rayon::iter::{IndexedParallelIterator, IntoParallelIterator, ParallelIterator};

use crate::files::attachment::{self, Attachment};
use crate::publish::failure::{Failure, Trouble};
use crate::publish::present::{Present, chunks};
use crate::publish::staging::Staging;
use crate::publish::{Job, Published};
use crate::site::Content;

/// What became of the routes, none of which failed.
#[derive(Debug, Default)]
pub(super) struct Rendered {
    /// The size of all files in bytes.
    bytes: u64,
    /// How many files are in the staging folder.
    written: usize,
    /// The size of each route's file in bytes.
    pub(super) sizes: Vec<u64>,
    /// The routes whose files the present site has, by index.
    pub(super) unchanged: Vec<usize>,
}

impl Rendered {
    /// The account of a site that replaces one of which so many files are stale.
    pub(super) fn published(&self, stale: usize) -> Published {
        Published {
            files: self.written + self.unchanged.len(),
            bytes: self.bytes,
            written: self.written,
            unchanged: self.unchanged.len(),
            removed: stale,
        }
    }
}

/// The site that is and the one that grows.
struct Sites<'a> {
    present: &'a Present,
    staging: &'a Staging<'a>,
    /// The folder of the files that are copied.
    attachments: &'a Utf8Path,
    /// Set once a route has failed, since the site that grows will then not be published.
    is_given_up: AtomicBool,
}

/// What became of one route.
enum Fate<E> {
    /// Its file, of this size, is in the staging folder.
    Written(u64),
    /// The present site has its file, of this size.
    Unchanged(u64),
    /// It was rendered and not kept, since another failed.
    Dropped,
    /// It could not be rendered.
    Failed(E),
}

/// How many routes a thread takes at most without sharing them: the last thread at work should not have thousands that
/// nobody can help with.
const AT_A_TIME: usize = 64;

/// Renders every route on rayon's threads. What differs from the present site goes to the staging folder at once, so
/// that a thread holds the bytes of one route at most.
pub(super) fn render_all<E: Send>(
    job: &Job<'_, E>,
    present: &Present,
    staging: &Staging<'_>,
) -> Result<Rendered, Failure<E>> {
    let sites = Sites { present, staging, attachments: job.attachments, is_given_up: AtomicBool::new(false) };
    let fates = (0..job.paths.len()).into_par_iter().with_max_len(AT_A_TIME).map(|index| {
        let fate = render_one(job, &sites, index);
        (job.progress)(1);
        fate
    });
    let fates: Vec<Fate<E>> = fates.collect::<Result<_, Trouble>>()?;
    gather(fates).map_err(Failure::Render)
}

fn render_one<E>(job: &Job<'_, E>, sites: &Sites<'_>, index: usize) -> Result<Fate<E>, Trouble> {
    match (job.render)(index) {
        Err(error) => {
            sites.is_given_up.store(true, Ordering::Relaxed);
            Ok(Fate::Failed(error))
        }
        // Nothing will be published now: the others are rendered for their errors only.
        Ok(_) if sites.is_given_up.load(Ordering::Relaxed) => Ok(Fate::Dropped),
        Ok(content) => keep(sites, &job.paths[index], content),
    }
}

/// Adds up what became of the routes, or gives all of their errors.
fn gather<E>(fates: Vec<Fate<E>>) -> Result<Rendered, Vec<E>> {
    let mut rendered = Rendered::default();
    let mut errors = Vec::new();
    for (index, fate) in fates.into_iter().enumerate() {
        match fate {
            Fate::Written(size) => {
                rendered.bytes += size;
                rendered.sizes.push(size);
                rendered.written += 1;
            }
            Fate::Unchanged(size) => {
                rendered.bytes += size;
                rendered.sizes.push(size);
                rendered.unchanged.push(index);
            }
            Fate::Dropped => {}
            Fate::Failed(error) => errors.push(error),
        }
    }
    if errors.is_empty() { Ok(rendered) } else { Err(errors) }
}

fn keep<E>(sites: &Sites<'_>, path: &Utf8Path, content: Content) -> Result<Fate<E>, Trouble> {
    match content {
        Content::Bytes(bytes) => keep_bytes(sites, path, &bytes),
        Content::Attachment(below) => keep_copy(sites, path, &below),
    }
}

fn keep_bytes<E>(sites: &Sites<'_>, path: &Utf8Path, bytes: &[u8]) -> Result<Fate<E>, Trouble> {
    let size = bytes.len() as u64;
    if sites.present.holds(path.as_str(), size, bytes) {
        return Ok(Fate::Unchanged(size));
    }
    sites.staging.write(path, bytes)?;
    Ok(Fate::Written(size))
}

fn keep_copy<E>(sites: &Sites<'_>, path: &Utf8Path, below: &str) -> Result<Fate<E>, Trouble> {
    let source = &sites.attachments.join(below);
    match attachment::open(sites.attachments, below).map_err(Trouble::io("read", source))? {
        Attachment::Picture(bytes) => keep_bytes(sites, path, &bytes),
        Attachment::File(mut file) => keep_file(sites, path, (source, &mut file)),
    }
}

fn keep_file<E>(
    sites: &Sites<'_>,
    path: &Utf8Path,
    (source, file): (&Utf8Path, &mut File),
) -> Result<Fate<E>, Trouble> {
    let size = file.metadata().map_err(Trouble::io("read", source))?.len();
    if sites.present.holds(path.as_str(), size, chunks(file, size)) {
        return Ok(Fate::Unchanged(size));
    }
    file.rewind().map_err(Trouble::io("read", source))?;
    sites.staging.copy(path, file).map(Fate::Written)
}
