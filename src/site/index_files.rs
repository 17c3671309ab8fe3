//! Files for machines and lost readers: not found, sitemap, robots.

use std::fmt::Write as _;

use crate::config::Audience;
use crate::content::{Kind, ReservedName};
use crate::handbook::Handbook;
use crate::site::address::{encode, entry_path};
use crate::site::{Content, Rendered, Route, Site};
use crate::text::html;
use crate::theme::view::TermListView;

/// The names that it takes.
pub(super) const NAMES: &[ReservedName] = &[
    ReservedName::page("404", "addresses that do not exist"),
    ReservedName::file("robots.txt", "search engines"),
    ReservedName::file("sitemap.xml", "search engines"),
];

/// Their routes; the sitemap only where the site's address is known, because it may hold nothing relative.
pub(super) fn routes(site: &Site) -> Vec<Route> {
    let mut routes = vec![
        Route::new("404.html", not_found),
        Route::new("robots.txt", |site| Ok(Content::Bytes(robots(site).into_bytes()))),
    ];
    if !site.base_url.is_empty() {
        routes.push(Route::new("sitemap.xml", |site| Ok(Content::Bytes(sitemap(site).into_bytes()))));
    }
    routes
}

/// The page for an address that does not exist. Many hosts look for `404.html` at the root.
fn not_found(site: &Site) -> Rendered {
    let page = site.page("404.html", site.word("not_found").to_owned(), Vec::new());
    let kinds = Kind::listed().map(|kind| site.kind_link(kind)).collect();
    let inner = TermListView { terms: kinds, of: "kinds".to_owned() };
    // A host shows the page at the address that was asked for, however deep that lies, so its links cannot be relative:
    // they begin with the path that the site is at, where that is known.
    site.render_from(site.location.clone(), "404.html", page, inner)
}

/// Search engines are asked to stay away from a site that is not for everyone. It is a request (RFC 9309) and protects
/// nothing: who may read a site is the host's matter. Read only at the root of a host, so a site below a path has the
/// same wish in the head of each page.
fn robots(site: &Site) -> String {
    let mut text = String::from("User-agent: *\n");
    text.push_str(if is_private(&site.handbook) { "Disallow: /\n" } else { "Allow: /\n" });
    if !site.base_url.is_empty() && !is_private(&site.handbook) {
        let _ = writeln!(text, "Sitemap: {}/sitemap.xml", site.base_url);
    }
    text
}

/// Every entry's page with its last change, in the form of sitemaps.org, which has absolute addresses only. Lists are
/// left out: what is in them is found by itself.
fn sitemap(site: &Site) -> String {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    // The front page by the name of its file, as links within the site have it: `/` would be a second address of it.
    let _ = writeln!(xml, "<url><loc>{}/index.html</loc></url>", html::attribute(&site.base_url));
    for (_, entry) in site.handbook.entries().filter(|(_, entry)| entry.id.as_str() != "index") {
        let _ = write!(
            xml,
            "<url><loc>{}/{}</loc>",
            html::attribute(&site.base_url),
            html::text(&encode(&entry_path(&entry.id)))
        );
        if let Some(date) = entry.updated {
            let _ = write!(xml, "<lastmod>{date}</lastmod>");
        }
        xml.push_str("</url>\n");
    }
    xml.push_str("</urlset>\n");
    xml
}

/// Whether a site shows more than what is for everyone. Audiences are ordered widest first, and the first is everyone.
pub(super) fn is_private(handbook: &Handbook) -> bool {
    handbook.audience > Audience(0)
}
