//! The schemas of entries and settings, for programs that write some.

use serde_json::{Value, json};

use crate::config::FACETS;
use crate::content::ReservedName;
use crate::schema::Offers;
use crate::schema::json_schema::{self, Subject};
use crate::site::{Content, Route, Site};

/// The name that it takes.
pub(super) const NAMES: &[ReservedName] = &[ReservedName::folder("api", "data that programs read")];

/// A route for every subject. They are those of every handbook, with the names of facets that the site shows: its
/// terms, and the ids of entries, are for those who write it.
pub(super) fn routes(_: &Site) -> Vec<Route> {
    Subject::all().map(|subject| Route::new(path(subject), move |site| Ok(schema(site, subject)))).collect()
}

/// The number is that of the format of all that lies below `api`: a program that reads it is not broken by the next.
fn path(subject: Subject) -> String {
    format!("api/v1/schema/{}.json", subject.name())
}

/// A schema, with its address as `$id` where that is known: it has to be absolute (JSON Schema 2020-12, Core, 8.2.1).
fn schema(site: &Site, subject: Subject) -> Content {
    let mut schema = json_schema::of(subject, &Offers::of_facets(facets(site)));
    if !site.base_url.is_empty() {
        schema.insert("$id".to_owned(), json!(format!("{}/{}", site.base_url, path(subject))));
    }
    Content::Bytes(format!("{}\n", Value::Object(schema)).into_bytes())
}

/// The facets that every handbook has, and those that some visible entry uses: the name of one that only hidden entries
/// have would give them away.
fn facets(site: &Site) -> Vec<String> {
    let used = site.handbook.facets.iter().filter(|group| !group.terms.is_empty()).map(|group| group.name.clone());
    let own = used.filter(|name| !FACETS.contains(&name.as_str()));
    FACETS.map(str::to_owned).into_iter().chain(own).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::Routes;
    use crate::site::fixture::site_at;

    fn published(base_url: &str, path: &str) -> Value {
        let config = "[facets]\nstage = [\"s\"]\nclients = [\"c\"]\n";
        let entries = [
            ("index", "+++\ntitle = \"I\"\nstage = [\"s\"]\n+++\n"),
            ("secret", "+++\ntitle = \"S\"\naudience = \"restricted\"\nclients = [\"c\"]\n+++\n"),
        ];
        let site = site_at(base_url, config, &entries);
        let Some(Ok(Content::Bytes(bytes))) = Routes::of(&site).render(&site, path) else { panic!("no {path}") };
        serde_json::from_slice(&bytes).expect("JSON")
    }

    #[test]
    fn a_published_schema_knows_the_facets_of_what_is_shown_and_no_more() {
        let schema = published("", "api/v1/schema/page.json");
        let fields = schema["properties"].as_object().expect("fields");
        assert!(fields.contains_key("roles") && fields.contains_key("stage") && !fields.contains_key("clients"));
        assert!(schema["$id"].is_null());
    }

    #[test]
    fn a_published_schema_is_called_by_its_address() {
        let schema = published("https://x.example/h", "api/v1/schema/handbook.json");
        assert_eq!(schema["$id"], "https://x.example/h/api/v1/schema/handbook.json");
    }
}
