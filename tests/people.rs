//! Who is one person, which page is whose, and that neither hangs on what else there is.

use std::collections::BTreeSet;

use crate::harness::Handbook;

/// The pages of a folder of the built site, without those of its list.
fn pages(handbook: &Handbook, folder: &str) -> BTreeSet<String> {
    handbook.build(&[]);
    let files = handbook.files("public");
    let names =
        files.iter().filter_map(|(path, _)| path.strip_prefix(folder)?.strip_prefix('/')?.strip_suffix(".html"));
    names.filter(|name| *name != "index").map(str::to_owned).collect()
}

fn page(handbook: &Handbook, path: &str) -> String {
    handbook.read(&format!("public/{path}.html"))
}

/// A handbook with a page for each name, written by whoever has it.
fn with_names(names: &[&str]) -> Handbook {
    let handbook = Handbook::new();
    for (at, name) in names.iter().enumerate() {
        handbook.entry(&format!("guides/g{at}"), &format!("authors = [\"{name}\"]"), "text");
    }
    handbook
}

#[test]
fn names_that_are_spelt_differently_are_different_people() {
    for names in [&["李明", "黎明"], &["J. Park", "J Park"], &["c", "c#"]] {
        let handbook = with_names(names);
        let both = pages(&handbook, "people");
        assert_eq!(both.len(), 2, "{names:?} are {both:?}");
        for path in &both {
            let shown = names
                .iter()
                .filter(|name| page(&handbook, &format!("people/{path}")).contains(&format!("<h1>{name}<")));
            assert_eq!(shown.count(), 1, "{path} is somebody's");
        }
        for name in names {
            let alone = pages(&with_names(&[name]), "people");
            assert!(alone.is_subset(&both), "the page of {name} moved: {alone:?} to {both:?}");
        }
    }
}

#[test]
fn names_that_differ_in_case_form_and_white_space_are_one_person() {
    let handbook = with_names(&["Mara Lind", "mara-lind", "MARA  LIND"]);
    assert_eq!(pages(&handbook, "people"), ["mara-lind".to_owned()].into());
    let handbook = with_names(&["Zoe\u{308}", "Zoë"]);
    assert_eq!(pages(&handbook, "people").len(), 1);
}

/// Whoever leaves them out means the same colleague, and addresses have none.
#[test]
fn accents_tell_nobody_apart() {
    for names in [["Renée Aubrac", "Renee Aubrac"], ["Renee Aubrac", "Renée Aubrac"]] {
        let handbook = with_names(&names);
        assert_eq!(pages(&handbook, "people"), ["renee-aubrac".to_owned()].into());
        assert!(page(&handbook, "people/renee-aubrac").contains("<h1>Renée Aubrac<"));
    }
}

#[test]
fn a_name_that_a_profile_has_is_that_profile() {
    for (id, title, name) in [
        ("mara", "Mara Lind", "Mara Lind"),
        ("mara", "Mara Lind", "mara lind"),
        ("Jo", "Joanna", "jo"),
        ("Mara-Lind", "M", "Mara Lind"),
        ("zoë", "Zoë Z", "zoë"),
        ("zoë-lind", "Zoë Z", "Zoë Lind"),
        ("sales/jo", "Joanna", "jo"),
        ("j-park", "Joanna", "J. Park"),
    ] {
        let handbook = with_names(&[name]);
        handbook.entry(&format!("people/{id}"), &format!("title = \"{title}\""), "text");
        assert_eq!(pages(&handbook, "people"), [id.to_owned()].into(), "{name} is {id}");
        assert!(page(&handbook, &format!("people/{id}")).contains("guides/g0.html"), "{id} has what {name} wrote");
        assert!(page(&handbook, "guides/g0").contains(title), "the entry of {name} shows {title}");
    }
}

#[test]
fn a_published_entry_names_the_person_of_a_draft() {
    let handbook = with_names(&["Mara Lind"]);
    handbook.entry("people/mara", "title = \"Mara Lind\"\nstatus = \"draft\"", "text");
    assert_eq!(pages(&handbook, "people"), ["mara-lind".to_owned()].into());
    handbook.build(&["--drafts"]);
    assert!(page(&handbook, "people/mara").contains("guides/g0.html"));
    assert!(!handbook.path("public/people/mara-lind.html").exists());
}

#[test]
fn a_profile_of_other_letters_is_not_somebody_who_sounds_like_it() {
    let handbook = with_names(&["黎明"]);
    handbook.entry("people/li-ming", "title = \"李明\"", "text");
    assert_eq!(pages(&handbook, "people").len(), 2);
    assert!(!page(&handbook, "people/li-ming").contains("guides/g0.html"));
}

#[test]
fn every_tag_has_an_address_of_its_own_that_no_other_tag_moves() {
    let tagged = |tags: &str| {
        let handbook = Handbook::new();
        handbook.entry("guides/one", &format!("tags = [{tags}]\nteam = \"nul\"\nauthors = [\"aux\"]"), "text");
        handbook
    };
    let all = pages(&tagged("\"c\", \"c#\", \"c++\", \"con\", \"Index\", \"launch email\""), "tags");
    assert_eq!(all.len(), 6);
    assert!(all.contains("c") && all.contains("launch-email") && !all.contains("con"), "{all:?}");
    let few = pages(&tagged("\"c++\", \"con\""), "tags");
    assert!(few.len() == 2 && few.is_subset(&all), "{few:?} are not among {all:?}");
    let handbook = tagged("\"c\"");
    for (folder, device) in [("people", "aux"), ("teams", "nul")] {
        let pages = pages(&handbook, folder);
        assert!(pages.len() == 1 && !pages.contains(device), "{folder}: {pages:?}");
    }
}
