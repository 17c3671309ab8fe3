//! The names that no content can take: those of the families, and those of what is not theirs.
//!
//! A name counts in any letter case and Unicode form, as addresses do. Most are for files that some build makes; the
//! rest have a meaning to programs that nobody here controls, which is why each has its reader written beside it.

use crate::config::Config;
use crate::content::{Reserved, ReservedName};
use crate::site::FAMILIES;

/// The file that marks a folder as a site, with a list of what the build made of it. A build replaces no folder without
/// it, so content must not be able to put one there.
pub const MARK: &str = ".handbook-site";

/// What no family makes: what is still to come, since an address that was given away could not be had back, and what
/// hosts, browsers and other programs look for.
const OTHERS: &[ReservedName] = &[
    ReservedName::folder(".well-known", "what programs look for on every site"),
    ReservedName::page("context-builder", "putting context together"),
    ReservedName::page("contribute", "contributing"),
    ReservedName::page("insights", "what the handbook holds and lacks"),
    ReservedName::page("meeting", "the weekly meeting"),
    ReservedName::file("llms.txt", "AI tools"),
    ReservedName::file("llms-full.txt", "AI tools"),
    ReservedName::file("_headers", "the host"),
    ReservedName::file("_redirects", "the host"),
    ReservedName::file("cname", "the host"),
    ReservedName::file(".nojekyll", "the host"),
    ReservedName::file(MARK, "the next build"),
    ReservedName::file("favicon.ico", "browsers"),
    ReservedName::file("manifest.json", "browsers"),
    ReservedName::file("ads.txt", "buyers of advertising"),
    ReservedName::file("app-ads.txt", "buyers of advertising"),
    ReservedName::file("assetlinks.json", "apps"),
    ReservedName::file("security.txt", "those who find a hole"),
];

/// Files that hosts, and the programs that put a folder on them, read wherever they lie: they say which types and pages
/// a site has, or what is run to make it. Sources: the documentation of serve, Vercel, Netlify, Firebase, Azure Static
/// Web Apps, Cloudflare, Heroku, Google App Engine, Amplify, Render, Fly, GitHub and GitLab Pages.
const HOST_FILES: [&str; 22] = [
    "_config.yml",
    "_config.toml",
    "_routes.json",
    "amplify.yml",
    "app.yaml",
    "app.yml",
    "composer.json",
    "deno.json",
    "firebase.json",
    "fly.toml",
    "handbook.toml",
    "netlify.toml",
    "now.json",
    "package.json",
    "render.yaml",
    "routes.json",
    "serve.json",
    "static.json",
    "staticwebapp.config.json",
    "vercel.json",
    "wrangler.json",
    "wrangler.toml",
];

/// Every name that is taken on the site of a handbook with these settings. It needs no site, so that content can be
/// checked before there is one.
pub fn reserved(config: &Config) -> Reserved {
    let own = FAMILIES.iter().flat_map(|family| family.names).copied();
    let settings = HOST_FILES.iter().map(|file| ReservedName::anywhere(file, "hosts look for their settings"));
    Reserved::new(own.chain(OTHERS.iter().copied()).chain(settings), config)
}
