//! Links out of the handbook.

use crate::content::LinkItem;
use crate::fields::List;
use crate::markdown;
use crate::site::links::web_link;
use crate::site::parts::{InTwin, line};
use crate::text::words::one_line;
use crate::theme::view::LinkView;

/// The links that have an address, in the order of the field.
pub(in crate::site) fn web_links(links: &List<LinkItem>) -> Vec<LinkView> {
    addresses(links).map(|(url, label)| web_link(url, label)).collect()
}

/// Address and label of each; one without an address was reported when it was read.
fn addresses(links: &List<LinkItem>) -> impl Iterator<Item = (&str, Option<&str>)> {
    links.iter().filter_map(|item| {
        let label = item.0.label.as_ref().map(|label| label.value.as_str());
        item.0.url.as_ref().map(|url| (&*url.value, label))
    })
}

impl InTwin<'_> {
    /// The links that have an address, under a heading.
    pub(in crate::site) fn web_links(&mut self, links: &List<LinkItem>) {
        self.items("links", addresses(links).map(|(url, label)| Self::web_link(url, label)));
    }

    /// A link out of the handbook; its text alone where the address must not be followed, as on the page.
    pub(in crate::site) fn web_link(address: &str, label: Option<&str>) -> String {
        let link = web_link(address, label);
        if link.path.is_empty() { line(&link.label) } else { markdown::link(&one_line(&link.label), &link.path) }
    }
}
