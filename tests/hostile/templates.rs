//! Content never passes through the template engine: what looks like a template is text.

use super::attacks::{Laced, hidden_texts, is_of};
use super::files::check_and_build;

/// What the template engine would take for its own. Each is short enough for every field.
const TEMPLATES: [&str; 2] = [
    "{{ 7*7 }} {% include \"x\" %} {{ get_env(name=\"HOME\") }}",
    "{# x #} {%- if true -%} {{ page.title }} {{<cards cards={x} />}} {% raw %}",
];

#[test]
fn templates_in_content_are_text() {
    TEMPLATES.into_iter().for_each(expect_text);
}

fn expect_text(template: &str) {
    let laced = Laced::with(template);
    check_and_build(&laced.handbook, "templates in every field");
    assert!(laced.handbook.path("public").exists());
    let hidden = hidden_texts(&laced);
    assert!(hidden.is_empty(), "not shown:\n{}", hidden.join("\n"));
    let home = std::env::var("HOME").unwrap_or_default();
    for (path, bytes) in
        laced.handbook.files("public").into_iter().filter(|(path, _)| is_of(path, "html") || is_of(path, "xml"))
    {
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains("of prompt 49"), "{path}");
        assert!(home.len() < 4 || !text.contains(&home), "{path} has {home}");
    }
}
