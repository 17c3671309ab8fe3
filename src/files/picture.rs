//! Whether an SVG is only a picture.
//!
//! A browser that opens one runs what is in it, on the address of the site. So it is read as browsers read it, as XML,
//! but without document types, whose entities and attributes are not in the text; and only what is known to draw
//! passes: elements and attributes by name (`names.rs`), references into the picture, styles that load nothing
//! (`style.rs`), and no more than can be drawn (`weight.rs`). Anything else refuses the whole picture.

mod fault;
mod names;
mod style;
mod weight;

use roxmltree::{Attribute, Document, Node, NodeType, PI};

use self::fault::{Fault, shown};
use self::names::{SVG, XLINK};
use self::weight::DEEPEST;
use crate::files::Refusal;

/// Namespace of `xml:space` and `xml:base`.
const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// The most attributes that an element may have. The parser compares each with those before it.
const MOST_ATTRIBUTES: usize = 500;

/// The most namespaces that may be declared. The parser keeps the list of all that hold for each element that adds one.
const MOST_NAMESPACES: usize = 1000;

/// The encodings in which markup is what it looks like in UTF-8, as which it is read here.
const ENCODINGS: [&str; 6] = ["utf-8", "utf8", "us-ascii", "ascii", "iso-8859-1", "windows-1252"];

/// Why a picture must not be published; `None` when it neither runs nor loads anything.
pub fn refusal(text: &str) -> Option<Refusal> {
    let fault = check(text).err()?;
    Some(Refusal { reason: fault.what, help: fault.help })
}

fn check(text: &str) -> Result<(), Fault> {
    if !is_read_as_utf8(text) {
        return Err(Fault::new("the picture is in an encoding that is not read").help("save the picture as UTF-8"));
    }
    check_text(text)?;
    let picture = Document::parse(text).map_err(|error| not_read(&error))?;
    if !picture.root_element().has_tag_name((SVG, "svg")) {
        let help = "begin it with `<svg xmlns=\"http://www.w3.org/2000/svg\">`, or export the picture again";
        return Err(Fault::new("it does not begin as a picture: browsers would not show it").help(help));
    }
    picture.root().descendants().try_for_each(check_node)?;
    check_depth(&picture)?;
    weight::check(&picture)
}

fn not_read(error: &roxmltree::Error) -> Fault {
    match error {
        roxmltree::Error::DtdDetected => {
            let help = "delete the line that begins with `<!DOCTYPE`, up to its `>`, or export the picture as PNG";
            Fault::new("the picture has a document type, which could add to what is seen in it").help(help)
        }
        error => Fault::new(format!("the picture is not well-formed XML: {error}")).help("export the picture again"),
    }
}

/// Whether browsers decode the text as it is decoded here. What they look for in the first line is found by each in
/// its own way, so it has to be written in the usual one.
fn is_read_as_utf8(text: &str) -> bool {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let Some(rest) = text.strip_prefix("<?xml").filter(|rest| rest.starts_with([' ', '\t', '\r', '\n'])) else {
        return true;
    };
    let Some((declared, _)) = rest.split_once("?>") else { return false };
    let parts: [(&str, &[&str]); 3] = [("version", &["1.0"]), ("encoding", &ENCODINGS), ("standalone", &["yes", "no"])];
    let rest = parts.into_iter().try_fold(declared, |rest, (name, values)| after_part(rest, name, values));
    rest.is_some_and(|rest| rest.trim().is_empty())
}

/// What follows a part of the first line, if it is there; `None` if it has none of these values.
fn after_part<'t>(rest: &'t str, name: &str, values: &[&str]) -> Option<&'t str> {
    let Some(part) = rest.trim_start().strip_prefix(name) else { return Some(rest) };
    let part = part.trim_start().strip_prefix('=')?.trim_start();
    let quote = part.chars().next().filter(|c| ['"', '\''].contains(c))?;
    let (value, rest) = part[1..].split_once(quote)?;
    values.iter().any(|known| known.eq_ignore_ascii_case(value)).then_some(rest)
}

/// Refuses what the parser would spend too long on, or would not report, before it parses.
fn check_text(text: &str) -> Result<(), Fault> {
    if text.matches("xmlns").count() > MOST_NAMESPACES {
        return Err(Fault::new(format!("the picture declares more than {MOST_NAMESPACES} namespaces")));
    }
    // No tag has a `<` in it, not even in a value.
    if text.split('<').any(|tag| count_values(tag) > MOST_ATTRIBUTES) {
        return Err(Fault::new(format!("an element of the picture has more than {MOST_ATTRIBUTES} attributes")));
    }
    // What is text to XML is markup to a browser that has to guess and takes the picture for a page.
    let sections = text.split("<![CDATA[").skip(1).map(|rest| rest.split("]]>").next().unwrap_or_default());
    if sections.into_iter().any(|section| section.contains('<')) {
        return Err(Fault::new("the picture has a `CDATA` section with a `<` in it").help("write `&lt;` instead"));
    }
    Ok(())
}

/// How many values in quotes a tag has.
fn count_values(tag: &str) -> usize {
    let (mut rest, mut count) = (tag, 0);
    while let Some(at) = rest.find(['"', '\'', '>']) {
        let quote = &rest[at..=at];
        let Some((_, after)) = rest[at + 1..].split_once(quote).filter(|_| quote != ">") else { break };
        (rest, count) = (after, count + 1);
    }
    count
}

fn check_depth(picture: &Document<'_>) -> Result<(), Fault> {
    // Numbered in the order of the text, so that what holds a node has its depth before it.
    let mut depths = Vec::new();
    for node in picture.root().descendants() {
        let depth = node.parent().map_or(0, |parent| depths[parent.id().get_usize()] + 1);
        if depth > DEEPEST {
            return Err(Fault::of(node, &format!("elements nested more than {DEEPEST} deep")));
        }
        depths.push(depth);
    }
    Ok(())
}

fn check_node(node: Node<'_, '_>) -> Result<(), Fault> {
    match node.node_type() {
        NodeType::Element => check_element(node),
        NodeType::PI => check_instruction(node),
        // A host that does not say what a picture is lets the browser guess, and to a page this comment has ended.
        // An element whose text is no markup to a page may have ended in one, too.
        NodeType::Comment if node.text().is_some_and(|text| text.contains(['<', '>']) || text.starts_with('-')) => {
            Err(Fault::of(node, "a comment with markup in it").help("delete the comment"))
        }
        NodeType::Root | NodeType::Comment | NodeType::Text => Ok(()),
    }
}

/// Instructions to programs mean nothing to a browser, except those of XML itself, as `xml-stylesheet`, which loads and
/// can run a transformation. Source: Extensible Markup Language 1.0, §2.6, reserves their names.
fn check_instruction(node: Node<'_, '_>) -> Result<(), Fault> {
    let Some(PI { target, value }) = node.pi() else { return Ok(()) };
    let is_reserved = target.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("xml"));
    if is_reserved || value.is_some_and(|value| value.contains(['<', '>'])) {
        return Err(Fault::of(node, &format!("an instruction `<?{}`", shown(target))));
    }
    Ok(())
}

fn check_element(node: Node<'_, '_>) -> Result<(), Fault> {
    let name = node.tag_name();
    match name.namespace() {
        Some(SVG) if names::ELEMENTS.contains(&name.name()) => {}
        Some(namespace) if names::is_inert(namespace) => {}
        _ => return Err(unknown_element(node)),
    }
    node.attributes().try_for_each(|attribute| check_attribute(node, attribute))?;
    match name.name() {
        "style" => check_style_sheet(node),
        _ => Ok(()),
    }
}

fn unknown_element(node: Node<'_, '_>) -> Fault {
    let name = shown(node.tag_name().name());
    match (node.tag_name().namespace(), name.as_str()) {
        (Some(SVG), "script" | "handler" | "listener") => Fault::of(node, &format!("`<{name}>`, which could run")),
        (Some(SVG), "foreignObject") => Fault::of(node, "`<foreignObject>`, a part of a web page").help(
            "export it with labels that are drawn (draw.io: no formatted text; Mermaid: `htmlLabels: false`), or as PNG",
        ),
        (Some(SVG), _) => Fault::of(node, &format!("`<{name}>`, which is none of the elements that only draw")),
        (namespace, _) => {
            let space = namespace.map_or("no namespace".to_owned(), |name| format!("the namespace `{}`", shown(name)));
            Fault::of(node, &format!("`<{name}>` of {space}, which is not known to be only a picture's"))
        }
    }
}

fn check_attribute(node: Node<'_, '_>, attribute: Attribute<'_, '_>) -> Result<(), Fault> {
    let (name, value) = (attribute.name(), attribute.value());
    match attribute.namespace() {
        None if node.tag_name().namespace() == Some(SVG) => check_own_attribute(node, name, value),
        // Of another program's element, which a browser makes nothing of.
        None => Ok(()),
        Some(XLINK) if name == "href" => check_reference(node, value),
        Some(XLINK) if names::LINK_ATTRIBUTES.contains(&name) => Ok(()),
        Some(XML) if names::XML_ATTRIBUTES.contains(&name) => Ok(()),
        Some(namespace) if names::is_inert(namespace) => Ok(()),
        Some(_) => Err(unknown_attribute(node, name)),
    }
}

fn check_own_attribute(node: Node<'_, '_>, name: &str, value: &str) -> Result<(), Fault> {
    match name {
        "href" => check_reference(node, value),
        "target" if names::TARGETS.contains(&value) => Ok(()),
        "attributeName" if names::STYLED.contains(&value) || names::ANIMATED.contains(&value) => Ok(()),
        "attributeName" => Err(Fault::of(node, &format!("an animation of `{}`", shown(value)))),
        // The last four are what an animation puts in the place of another value.
        "style" | "from" | "to" | "by" | "values" => check_style(node, value),
        _ if names::STYLED.contains(&name) => check_style(node, value),
        _ if names::PLAIN.contains(&name) || name.starts_with("data-") || name.starts_with("aria-") => Ok(()),
        _ => Err(unknown_attribute(node, name)),
    }
}

fn unknown_attribute(node: Node<'_, '_>, name: &str) -> Fault {
    let what = if name.to_ascii_lowercase().starts_with("on") { "could run" } else { "is not known to be harmless" };
    Fault::of(node, &format!("the attribute `{}`, which {what}", shown(name)))
}

/// What an element names: a part of the picture itself, or a picture that is written into it. A link too, since nothing
/// makes sure of one that leads out: that it exists, and that its place does not learn where the reader came from.
fn check_reference(node: Node<'_, '_>, address: &str) -> Result<(), Fault> {
    let is_inside = address.is_empty() || address.starts_with('#');
    let is_fine = match node.tag_name().name() {
        // A picture that shows itself has no end.
        "image" => address.is_empty() || style::is_raster(address),
        "feImage" => is_inside || style::is_raster(address),
        _ => is_inside,
    };
    if is_fine {
        return Ok(());
    }
    if node.tag_name().name() == "a" {
        let help = "take the link out of the picture, and write it in the text beside it";
        return Err(Fault::of(node, &format!("a link to `{}`, which leads out of it", shown(address))).help(help));
    }
    Err(Fault::of(node, &format!("an `href` to `{}`, which is not in the picture", shown(address))))
}

/// A browser reads all text of a style sheet as one.
fn check_style_sheet(node: Node<'_, '_>) -> Result<(), Fault> {
    if let Some(child) = node.children().find(Node::is_element) {
        return Err(Fault::of(child, "an element in a style sheet"));
    }
    let text: String = node.children().filter(Node::is_text).filter_map(|text| text.text()).collect();
    check_style(node, &text)
}

fn check_style(node: Node<'_, '_>, text: &str) -> Result<(), Fault> {
    match style::what_loads(text) {
        Some((what, why)) => Err(Fault::of(node, &format!("a style with `{}`, which {why}", shown(&what)))),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Pictures by whether they pass, from files that hold one a line; a line that begins with `#` is a note.
    fn check_each(list: &str, expected: bool) {
        let wrong: Vec<&str> = list
            .lines()
            .filter(|line| !line.is_empty() && !line.starts_with('#'))
            .filter(|line| refusal(&unescaped(line)).is_none() != expected)
            .collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    /// A line with `\n` for a line end, and with the namespaces that nearly all pictures declare.
    fn unescaped(line: &str) -> String {
        let line = line.replace("\\n", "\n");
        line.replacen("<svg+", "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink'", 1)
    }

    #[test]
    fn pictures_that_could_run_or_load_are_refused() {
        check_each(include_str!("../../tests/hostile/pictures-refused.txt"), false);
    }

    #[test]
    fn pictures_of_common_tools_pass() {
        check_each(include_str!("../../tests/hostile/pictures-fine.txt"), true);
    }

    #[test]
    fn what_costs_too_much_is_refused_at_once() {
        let many = |count: usize, piece: &dyn Fn(usize) -> String| (0..count).map(piece).collect::<String>();
        let start = "<svg xmlns='http://www.w3.org/2000/svg'";
        for picture in [
            format!("{start}{}/>", many(60_000, &|n| format!(" a{n}=''"))),
            format!("{start}{}/>", many(60_000, &|n| format!("\na{n} = \"'>\""))),
            format!("{start}{}/>", many(30_000, &|n| format!(" xmlns:a{n}='b{n}'"))),
            format!("{start}>{}", many(40_000, &|n| format!("<g xmlns:a{n}='b'>"))),
            format!("{start}>{}{}</svg>", "<g>".repeat(100_000), "</g>".repeat(100_000)),
            format!("{start}><style>{}</style></svg>", "url(".repeat(200_000)),
            format!("{start}><style>{}</style></svg>", "/*\"@".repeat(200_000)),
            format!("{start}><g class='{}", "<![CDATA[".repeat(100_000)),
            format!("{start}>{}", "<!--".repeat(200_000)),
            format!("{start}>{}", "&amp".repeat(200_000)),
        ] {
            let start = std::time::Instant::now();
            assert!(refusal(&picture).is_some() || picture.contains("/*"), "{}", &picture[..100]);
            assert!(start.elapsed().as_secs() < 5, "{:?} {}", start.elapsed(), &picture[..100]);
        }
    }

    #[test]
    fn any_text_is_read_to_an_end() {
        for text in
            ["", "<", "<svg", "<?xml", "<?xml ?>", "<?xml version='1.0", "\u{feff}", "\0", "&#0;", "<!--", "<![CDATA["]
        {
            assert!(refusal(text).is_some(), "{text}");
        }
    }
}
