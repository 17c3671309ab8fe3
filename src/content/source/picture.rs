//! Whether an SVG is only a picture.
//!
//! It is read without a parser, so that no trick of spelling gets past one: what looks as if it could run something
//! or load something is refused. Every search goes once over the text.

/// Why a picture must not be published; `None` when it neither runs nor loads anything.
pub(super) fn why_refused(text: &str) -> Option<String> {
    let lower = text.to_ascii_lowercase();
    // A browser drops line ends inside an address, and takes them for spaces between attributes.
    let squeezed: String = lower.chars().filter(|c| !c.is_control()).collect();
    let spaced: String = lower.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let plain = without_escapes(&spaced);
    let marked = |marks: &[(&str, &'static str)], text: &str| {
        marks.iter().find(|(mark, _)| text.contains(mark)).map(|(_, what)| *what)
    };
    let active = marked(&RUNNING, &squeezed)
        .or_else(|| has_event_attribute(&spaced).then_some("an event handler"))
        .or_else(|| has_other_letters(&spaced).then_some("text in an encoding that is not read here"));
    if let Some(what) = active {
        return Some(format!("the picture holds {what}, which could run"));
    }
    let loads = marked(&LOADING, &squeezed)
        .or_else(|| [&spaced, &plain].into_iter().find_map(|text| marked(&LOADING_STYLES, text)))
        .or_else(|| [&spaced, &plain].into_iter().any(|text| has_outer_url(text)).then_some("`url(…)`"))
        .or_else(|| spaced.split('<').find_map(outer_reference))
        .or_else(|| has_style_in_parts(&spaced).then_some("a style sheet in parts"));
    loads.map(|what| format!("the picture holds {what}, which could load something from elsewhere"))
}

const RUNNING: [(&str, &str); 12] = [
    ("<script", "a script"),
    (":script", "a script"),
    ("foreignobject", "foreign content"),
    ("javascript:", "a script address"),
    ("data:text", "an embedded page"),
    ("www.w3.org/1999/xhtml", "a part of a web page"),
    ("<!entity", "an entity"),
    ("<?xml-stylesheet", "a style sheet"),
    ("<iframe", "a frame"),
    ("<handler", "a handler"),
    ("&#", "an encoded character"),
    ("http-equiv", "a header"),
];

const LOADING: [(&str, &str); 2] =
    [("xml:base", "`xml:base`"), ("data:image/svg", "a picture that nothing has checked")];

const LOADING_STYLES: [(&str, &str); 2] = [("@import", "`@import`"), ("image-set(", "`image-set(…)`")];

fn has_event_attribute(spaced: &str) -> bool {
    let is_assigned = |rest: &str| {
        let name = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
        name > 0 && rest[name..].trim_start().starts_with('=')
    };
    spaced.match_indices("on").any(|(at, on)| {
        let before = spaced[..at].chars().next_back();
        // Asked first: then a name is read once, however often it has `on` in it.
        let starts = before.is_some_and(|c| c.is_whitespace() || matches!(c, '"' | '\'' | '/'));
        starts && is_assigned(&spaced[at + on.len()..])
    })
}

/// Whether a browser would read other letters than stand here: the encodings in which these mean themselves are few.
fn has_other_letters(spaced: &str) -> bool {
    let declared = spaced.trim_start_matches('\u{feff}').strip_prefix("<?xml").and_then(|rest| rest.split_once("?>"));
    let encoding = declared.and_then(|(head, _)| head.split_once("encoding"));
    encoding.is_some_and(|(_, name)| {
        let name = name.trim_start_matches([' ', '=', '"', '\'']).split([' ', '"', '\'']).next().unwrap_or_default();
        !["utf-8", "utf8", "us-ascii", "iso-8859-1", "windows-1252"].contains(&name)
    })
}

/// The text with the escapes of style sheets undone: `\75 rl` is `url`. An escape takes any spaces after it along,
/// which finds more than a browser does, and no less.
fn without_escapes(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\\') {
        plain.push_str(before);
        let digits = after.bytes().take(6).take_while(u8::is_ascii_hexdigit).count();
        let code = u32::from_str_radix(&after[..digits], 16).ok().and_then(char::from_u32);
        plain.extend(code.map(|c| c.to_ascii_lowercase()));
        rest = if digits > 0 { after[digits..].trim_start() } else { after };
    }
    plain + rest
}

/// Whether a style or a paint names anything but a part of the picture or an embedded one.
fn has_outer_url(text: &str) -> bool {
    text.match_indices("url(").any(|(at, url)| !is_inner(&text[at + url.len()..]))
}

/// Whether an address leads to a part of the picture, or is a picture itself. It may stand in quotes.
fn is_inner(address: &str) -> bool {
    let address = address.trim_start();
    let quote =
        ["\"", "'", "&quot;", "&apos;"].into_iter().find(|quote| address.starts_with(quote)).unwrap_or_default();
    let address = address[quote.len()..].trim_start();
    address.starts_with('#') || address.starts_with("data:image/")
}

/// What a tag, from after its `<` on, names that a browser would load. The links of `a` wait for a click.
fn outer_reference(tag: &str) -> Option<&'static str> {
    let name = tag.split([' ', '/', '>']).next().unwrap_or_default();
    let is_link = name == "a" || name.ends_with(":a");
    let is_outer = |attribute: &str| {
        tag.match_indices(attribute).any(|(at, _)| {
            let value = tag[at + attribute.len()..].trim_start();
            value.strip_prefix('=').is_some_and(|value| !is_inner(value))
        })
    };
    // An animation can put another address in the place of a harmless one.
    let is_animated =
        || tag.contains("attributename") && ["href\"", "href'", "href "].iter().any(|end| tag.contains(end));
    if !is_link && is_outer("href") {
        Some("an `href` to another file")
    } else if is_outer("src") {
        Some("a `src`")
    } else if !is_link && is_animated() {
        Some("an `href` that changes")
    } else {
        None
    }
}

/// Whether anything stands between the parts of a style sheet: a browser reads them as one text, and a word that is
/// looked for here could be cut in two. One `CDATA` section around the whole is usual.
fn has_style_in_parts(text: &str) -> bool {
    let mut tags = text.split('<').peekable();
    while let Some(tag) = tags.next() {
        let (head, inside) = tag.split_once('>').unwrap_or((tag, ""));
        let name = head.split([' ', '/']).next().unwrap_or_default();
        let is_style = name == "style" || name.ends_with(":style");
        if !is_style || head.ends_with('/') {
            continue;
        }
        let is_wrapped = |next: &&str| {
            let after = next.strip_prefix("![cdata[").and_then(|section| section.split_once("]]>"));
            inside.trim().is_empty() && after.is_some_and(|(_, after)| after.trim().is_empty())
        };
        tags.next_if(is_wrapped);
        if tags.peek().is_some_and(|next| !next.starts_with('/')) {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_refused(svg: &str) -> bool {
        why_refused(svg).is_some()
    }

    #[test]
    fn pictures_that_could_run_are_refused() {
        for svg in [
            "<svg><script>x</script></svg>",
            "<svg><SCRIPT>x</SCRIPT></svg>",
            "<svg onload=\"x\"/>",
            "<svg\nonload = 'x'/>",
            "<svg/onload='x'/>",
            "<svg><a href='java\nscript:x'/></svg>",
            "<svg><foreignObject/></svg>",
            "<?xml version='1.0' encoding='iso-2022-jp'?><svg><\u{1b}(Bscript>x</\u{1b}(Bscript></svg>",
            "<!DOCTYPE svg [<!ENTITY a 'b'>]><svg/>",
            "<svg><a xlink:href='&#106;avascript:x'/></svg>",
            "<svg><h:img xmlns:h='http://www.w3.org/1999/xhtml' srcset='//evil.example'/></svg>",
        ] {
            assert!(is_refused(svg), "{svg}");
        }
    }

    #[test]
    fn pictures_that_could_load_are_refused() {
        for svg in [
            "<svg><style>@import url(//evil.example)</style></svg>",
            "<svg><style>@IMPORT \"//evil.example\";</style></svg>",
            "<svg><style>@\\69mport '//evil.example'</style></svg>",
            "<svg><style>@im<!-- -->port '//evil.example'</style></svg>",
            "<svg><style>@im<![CDATA[port '//evil.example']]></style></svg>",
            "<svg><style><![CDATA[@im]]>port '//evil.example'</style></svg>",
            "<svg><x:style>a{}<g/>b{}</x:style></svg>",
            "<svg><style>a { fill: url( 'https://evil.example/x' ) }</style></svg>",
            "<svg><style>a { fill: u\\72 l(https://evil.example/x) }</style></svg>",
            "<svg><style>a { fill: \\75\r\nrl(https://evil.example/x) }</style></svg>",
            "<svg><style>a { mask: image-set('https://evil.example/x' 1x) }</style></svg>",
            "<svg><g style=\"fill:url(&quot;https://evil.example/x&quot;)\"/></svg>",
            "<svg><g fill='url(other.svg#a)'/></svg>",
            "<svg><image href=\"https://evil.example/x.png\"/></svg>",
            "<svg><image\nxlink:href\n=\n'//evil.example/x.png'/></svg>",
            "<svg><use xlink:href=\"https://evil.example/x.svg#b\"/></svg>",
            "<svg><use href=\"data:image/svg+xml;base64,AAAA\"/></svg>",
            "<svg><image href='#'><set attributeName='href' to='https://evil.example/x'/></image></svg>",
            "<svg xml:base='https://evil.example/'><use href='#a'/></svg>",
        ] {
            assert!(is_refused(svg), "{svg}");
        }
    }

    #[test]
    fn pictures_are_not_refused() {
        for svg in [
            "<svg xmlns=\"http://www.w3.org/2000/svg\"><title>One month on</title><path d=\"M0 0\"/></svg>",
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?><svg/>",
            "<svg><style>.a{fill:url(#b)}</style><g fill=\"url('#b')\" style='mask:url(&quot;#c&quot;)'/></svg>",
            "<svg><style type='text/css'><![CDATA[ .a { fill: red } ]]></style><style/><g/></svg>",
            "<svg><use xlink:href=\"#a\"/><image href=\"data:image/png;base64,AAAA\"/></svg>",
            "<svg><a\nhref=\"https://ours.example/\"><path/></a></svg>",
            "<svg export-filename=\"C:\\Users\\me\\picture.svg\"><animate attributeName='r' to='2'/></svg>",
        ] {
            assert_eq!(why_refused(svg), None, "{svg}");
        }
    }
}
