//! The search page, and the index as scripts that a browser loads one by one, so that it works from a folder too.
//!
//! Scripts and not JSON, because a page that was opened from a folder (`file://`) may load a script and not fetch a
//! file. What a script says is a call of `handbookSearch`, with its data as JSON in the arguments; the formats of
//! shards and vocabulary are those of [`search`](crate::search), and everything that numbers entries does so in the
//! order of ids.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::content::{Kind, ReservedName, Status};
use crate::handbook::Ix;
use crate::search::{block_size, shard_count};
use crate::site::address::{encode, entry_path, listing_path};
use crate::site::{Content, Rendered, Route, Site, links, paging};
use crate::text::digest::Digest;
use crate::theme::view::{CardsView, SearchView};

/// The names that it takes.
pub(super) const NAMES: &[ReservedName] =
    &[ReservedName::folder("search", "the search index"), ReservedName::page("search", "searching")];

/// The page, the manifest, the shards, the blocks of titles, the vocabulary and the filters. How many files there are
/// is known without the index, which takes the longest of all to make.
pub(super) fn routes(site: &Site) -> Vec<Route> {
    let mut list = vec![
        Route::new("search.html", page),
        Route::new("search/manifest.js", |site| Ok(script("manifest", &manifest(site)))),
        Route::new("search/words.js", |site| Ok(script("words", &site.search().vocabulary()))),
        Route::new("search/filters.js", |site| Ok(script("filters", &filters(site)))),
    ];
    for nth in 0..shard_count(&site.handbook) {
        list.push(Route::new(format!("search/{nth}.js"), move |site| {
            Ok(numbered("shard", nth, &site.search().shard(nth)))
        }));
    }
    let room = block_size(site.handbook.len());
    for nth in 0..site.handbook.len().div_ceil(room) {
        list.push(Route::new(format!("search/t{nth}.js"), move |site| {
            Ok(numbered("titles", nth, &titles(site, nth * room, room)))
        }));
    }
    list
}

/// A script that hands data to the search script.
fn script<T: Serialize>(name: &str, data: &T) -> Content {
    call(name, "", data)
}

/// The same for one of many, with its number first.
fn numbered<T: Serialize>(name: &str, nth: usize, data: &T) -> Content {
    call(name, &format!("{nth},"), data)
}

/// A call of the search script with JSON as its last argument: JSON is JavaScript since ECMAScript 2019.
fn call<T: Serialize>(name: &str, before: &str, data: &T) -> Content {
    Content::Bytes([format!("handbookSearch.{name}({before}").as_bytes(), &json(data), b")\n"].concat())
}

fn json<T: Serialize>(data: &T) -> Vec<u8> {
    serde_json::to_vec(data).expect("plain data always serializes")
}

/// What the browser must know before it can ask for anything else. It is loaded without a version, because it brings
/// it.
#[derive(Serialize)]
struct Manifest<'i> {
    /// Goes with every other file's address, so that none comes from a cache that holds an older build's.
    version: String,
    /// How many entries there are: the N of the inverse document frequency.
    documents: usize,
    /// How many titles are in a block.
    block: usize,
    /// The first word of each shard.
    first: Vec<&'i str>,
    /// The weight of each letter.
    weights: &'static [f64],
    /// Kinds by word and as people read them, in the order of the enum: titles name them by number.
    kinds: Vec<(&'static str, String)>,
    /// The same for statuses, whose numbers in titles begin with 1.
    statuses: Vec<(&'static str, String)>,
    /// What the page's address may narrow the answers by.
    filters: Vec<String>,
    /// The words of the interface.
    texts: BTreeMap<&'i str, &'i str>,
}

/// The manifest. It needs the whole index, for the words at which shards begin and for the version.
fn manifest(site: &Site) -> Manifest<'_> {
    let index = site.search();
    let filters = filters(site);
    Manifest {
        version: version(site, &filters),
        documents: site.handbook.len(),
        block: block_size(site.handbook.len()),
        first: index.first_words(),
        weights: index.weights(),
        kinds: Kind::ALL.iter().map(|kind| (kind.word(), site.kind_label(*kind))).collect(),
        texts: site
            .theme
            .strings
            .all()
            .iter()
            .filter(|(key, _)| key.starts_with("search"))
            .map(|(key, word)| (key.as_str(), word.as_str()))
            .collect(),
        statuses: Status::ALL.iter().map(|status| (status.word(), site.word(status.word()).to_owned())).collect(),
        filters: filters.into_iter().map(|filter| filter.key).collect(),
    }
}

/// A digest of everything that a page of an older site may have kept: shards, words, titles and filters. What is added
/// to the files belongs in here, or browsers mix old ones and new.
fn version(site: &Site, filters: &[Filter]) -> String {
    let mut digest = Digest::default();
    site.search().digest(&mut digest);
    digest.add(&json(&titles(site, 0, site.handbook.len()))).add(&json(&filters));
    digest.short()
}

/// Path, title, summary, and the numbers of kind and status (from 1, 0 for none) of some entries.
fn titles(site: &Site, from: usize, count: usize) -> Vec<(String, String, String, usize, usize)> {
    let entries = site.handbook.entries().skip(from).take(count);
    // By number, as the manifest lists them: an enum that is put in another order changes both.
    let row = |(_, entry): (Ix, &crate::content::Entry)| {
        let status = entry.status().map_or(0, |status| status as usize + 1);
        (encode(&entry_path(&entry.id)), entry.title().to_owned(), entry.summary(), entry.kind as usize, status)
    };
    entries.map(row).collect()
}

/// A list of terms that answers can be narrowed by, and which entries have which. A file of its own, loaded when
/// somebody first narrows: most queries never do.
#[derive(Serialize)]
struct Filter {
    /// The key in the page's address.
    key: String,
    /// What it is called, and its terms, as people read them.
    label: String,
    terms: Vec<String>,
    /// For each entry the numbers of its terms.
    entries: Vec<Vec<usize>>,
}

/// Kinds, then facets, skills, teams and tags; of those only what some entry has.
fn filters(site: &Site) -> Vec<Filter> {
    let handbook = &site.handbook;
    let kinds = Filter {
        key: "kind".to_owned(),
        label: site.word("kind").to_owned(),
        terms: Kind::ALL.iter().map(|kind| site.kind_label(*kind)).collect(),
        entries: handbook.entries().map(|(_, entry)| vec![entry.kind as usize]).collect(),
    };
    let groups = handbook.facets.iter().chain([&handbook.skills, &handbook.teams, &handbook.tags]);
    let filters = groups.map(|group| {
        let mut entries = vec![Vec::new(); handbook.len()];
        for (at, term) in group.terms.iter().enumerate() {
            // The place of an entry in the handbook is its number in the index: both are in the order of ids, without
            // gaps.
            for ix in &term.entries {
                entries[ix.0].push(at);
            }
        }
        Filter {
            key: group.name.clone(),
            label: links::group_label(site, group),
            terms: group.terms.iter().map(|term| links::labelled(site, group, term).label).collect(),
            entries,
        }
    });
    std::iter::once(kinds)
        .chain(filters.filter(|filter| filter.entries.iter().any(|terms| !terms.is_empty())))
        .collect()
}

/// Up to how many entries the page lists them all: without a script the browser's own search on the page is the search.
const ALL_SHOWN: usize = 1_000;

/// How many entries of a kind it lists where there are more: the kinds' own lists have pages.
const SHOWN: usize = 40;

/// The page: without script it lists everything by kind, each list in its own order. Ordinary pages have no list
/// elsewhere, so what is left out of theirs has no way to it.
fn page(site: &Site) -> Rendered {
    let mut frame = site.page("search.html", site.word("search").to_owned(), Vec::new());
    site.word("search_help").clone_into(&mut frame.description);
    let mut lists: Vec<CardsView> = Vec::new();
    for kind in Kind::ALL {
        let entries: Vec<Ix> = site.handbook.of_kind(*kind).map(|(ix, _)| ix).collect();
        let mut entries = paging::sorted(site, entries);
        let all = entries.len();
        if site.handbook.len() > ALL_SHOWN {
            entries.truncate(SHOWN);
        }
        let list = site.cards_under(site.kind_list_label(*kind), &entries, "search.html")?;
        let path = if kind.is_listed() { listing_path(*kind) } else { String::new() };
        lists.extend(list.map(|list| CardsView { more: all - entries.len(), path, ..list }));
    }
    site.render("search.html", frame, SearchView { lists })
}
