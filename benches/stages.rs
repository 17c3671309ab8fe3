//! What each stage costs, on a generated handbook of 1,000 entries: `cargo bench --bench stages`.

mod corpus;

use std::sync::Arc;

use camino::Utf8PathBuf;
use divan::Bencher;
use jiff::civil::date;
use prompt_handbook::check::{self, Scope};
use prompt_handbook::config::{Audience, Config};
use prompt_handbook::content;
use prompt_handbook::diagnostics::Problems;
use prompt_handbook::files;
use prompt_handbook::handbook::{Catalog, Handbook, Reading};
use prompt_handbook::site::{self, Routes, Site};
use prompt_handbook::theme::Theme;
use prompt_handbook::workspace::{self, Read, Stages};
use rayon::prelude::*;

const ENTRIES: usize = 1_000;

fn main() {
    divan::main();
}

fn root() -> Utf8PathBuf {
    Utf8PathBuf::from_path_buf(corpus::handbook(ENTRIES, "handbook")).expect("a UTF-8 path")
}

fn files() -> files::Files {
    files::read(&root(), &mut Problems::default()).expect("a readable handbook")
}

fn catalog() -> Catalog {
    let read = workspace::read(&root(), &mut Problems::default(), &mut Stages::default());
    let Read { config, entries, assets, .. } = read.expect("a readable handbook");
    Catalog::new(config, entries, assets)
}

const READING: Reading = Reading { audience: Audience(1), drafts: false };

fn site() -> Site {
    let mut sources = files().sources;
    let handbook = Handbook::new(catalog(), READING);
    let theme = Theme::new(&[], "en", &mut sources, &mut Problems::default());
    Site::new(handbook, theme, "")
}

#[divan::bench]
fn read_files(bencher: Bencher<'_, '_>) {
    bencher.bench(files);
}

#[divan::bench]
fn parse_entries(bencher: Bencher<'_, '_>) {
    let files = files();
    let config = Arc::new(Config::read(&files.config, &mut Problems::default()));
    bencher.bench(|| content::read(&files, &config, &mut Problems::default()));
}

#[divan::bench]
fn resolve(bencher: Bencher<'_, '_>) {
    let files = files();
    let config = Arc::new(Config::read(&files.config, &mut Problems::default()));
    let entries = content::read(&files, &config, &mut Problems::default());
    bencher
        .with_inputs(|| entries.clone())
        .bench_values(|entries| Catalog::new(Arc::clone(&config), entries, Vec::new()));
}

#[divan::bench]
fn check_all(bencher: Bencher<'_, '_>) {
    let catalog = catalog();
    let reserved = site::reserved(&catalog.config);
    let scope = Scope { catalog: &catalog, reserved: &reserved, today: date(2026, 11, 20) };
    bencher.bench(|| check::check(&scope, &mut Problems::default()));
}

#[divan::bench]
fn filter_and_relate(bencher: Bencher<'_, '_>) {
    bencher.with_inputs(catalog).bench_values(|catalog| Handbook::new(catalog, READING));
}

#[divan::bench]
fn table_of_routes(bencher: Bencher<'_, '_>) {
    let site = site();
    bencher.bench(|| Routes::of(&site));
}

#[divan::bench(args = [".html", ".md"])]
fn render(bencher: Bencher<'_, '_>, ending: &str) {
    bencher.with_inputs(site).bench_values(|site| {
        let routes = Routes::of(&site);
        let wanted: Vec<_> = routes.iter().filter(|route| route.path.ends_with(ending)).collect();
        wanted.par_iter().map(|route| route.render(&site).map_or(0, |_| 1)).sum::<usize>()
    });
}
