//! Who may ask: this machine, and of its pages only those of the preview itself.
//!
//! Any web page can send a browser's requests here, and one that can read the answers, or run them as scripts, reads
//! drafts. So a request says whom it is for (`Host`, against names that were made to lead here) and whom it is from
//! (`Origin` and `Sec-Fetch-Site`). Programs other than browsers send neither of the last two.

use axum::body::Body;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode, Uri, header, request};

use crate::serve::answer::plain;
use crate::serve::loader::route_path;
use crate::site::headers;

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");
const SEC_FETCH_MODE: HeaderName = HeaderName::from_static("sec-fetch-mode");
const SEC_FETCH_DEST: HeaderName = HeaderName::from_static("sec-fetch-dest");

/// The answer to a request that is not to be answered.
pub(super) fn refusal(request: &request::Parts) -> Option<Response<Body>> {
    let headers = &request.headers;
    let Some(host) = host(headers).filter(|host| is_same(&request.uri, host)) else {
        return Some(plain(StatusCode::FORBIDDEN, "this preview answers only to its own machine"));
    };
    let is_asked = is_from_here(headers) || (is_visit(headers) && is_page(request.uri.path()));
    if !is_origin_ours(headers, &host) || !is_asked {
        return Some(plain(StatusCode::FORBIDDEN, "this preview answers only to its own pages"));
    }
    if ![Method::GET, Method::HEAD].contains(&request.method) {
        let mut response = plain(StatusCode::METHOD_NOT_ALLOWED, "this preview is only read");
        response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
        return Some(response);
    }
    None
}

/// An address on this machine.
#[derive(Debug, PartialEq, Eq)]
struct Host {
    port: u16,
}

/// Reads `name` or `name:port`, where the name is one of this machine's and the port is written as a number.
fn parse(address: &str) -> Option<Host> {
    let name = ["localhost", "127.0.0.1", "[::1]"]
        .into_iter()
        .find(|name| address.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name)))?;
    let rest = &address[name.len()..];
    if rest.is_empty() {
        return Some(Host { port: 80 });
    }
    let digits = rest.strip_prefix(':').filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
    digits.parse().ok().map(|port| Host { port })
}

/// The one `Host` of a request. With two, a proxy on the way could go by the other.
fn host(headers: &HeaderMap) -> Option<Host> {
    let mut hosts = headers.get_all(header::HOST).iter();
    let host = hosts.next()?;
    hosts.next().is_none().then(|| host.to_str().ok().and_then(parse))?
}

/// Whether a target that is a whole address names the same place as `Host`: it is what counts then. Source: RFC 9112,
/// §3.2.2.
fn is_same(target: &Uri, host: &Host) -> bool {
    let is_plain = target.scheme_str().is_none_or(|scheme| scheme == "http");
    is_plain && target.authority().is_none_or(|authority| parse(authority.as_str()).as_ref() == Some(host))
}

/// Whether `Origin`, where it is sent, is this preview under any of this machine's names. Another port is another
/// program, and `null` is nobody in particular.
fn is_origin_ours(headers: &HeaderMap, host: &Host) -> bool {
    headers.get_all(header::ORIGIN).iter().all(|origin| {
        let address = origin.to_str().ok().and_then(|origin| origin.strip_prefix("http://"));
        address.and_then(parse).as_ref() == Some(host)
    })
}

/// Whether a browser asks for a page of the preview or for a person. Source: Fetch Metadata Request Headers, W3C.
fn is_from_here(headers: &HeaderMap) -> bool {
    all(headers, &SEC_FETCH_SITE, &["same-origin", "none"])
}

/// Whether somebody comes from another site, in no frame: that site cannot read what is opened.
fn is_visit(headers: &HeaderMap) -> bool {
    let says = |name: &HeaderName, value: &str| headers.contains_key(name) && all(headers, name, &[value]);
    says(&SEC_FETCH_MODE, "navigate") && says(&SEC_FETCH_DEST, "document")
}

/// Whether an address is one of a page, to whose window the other site loses its hold. Of any other file it could see by
/// its window whether there is one: it is saved, and a page that says that there is none is not. So it is not even
/// looked for.
fn is_page(path: &str) -> bool {
    headers::content_type(&route_path(path)).starts_with("text/html")
}

fn all(headers: &HeaderMap, name: &HeaderName, allowed: &[&str]) -> bool {
    headers.get_all(name).iter().all(|value| allowed.iter().any(|allowed| value == allowed))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_refused(target: &str, headers: &[(&str, &str)]) -> bool {
        let mut request = axum::http::Request::get(target);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        refusal(&request.body(()).expect("a request").into_parts().0).is_some()
    }

    #[test]
    fn only_the_names_of_this_machine_are_answered() {
        for host in ["localhost", "LocalHost:4321", "127.0.0.1:1", "[::1]:65535", "[::1]"] {
            assert!(!is_refused("/", &[("host", host)]), "{host}");
        }
        for host in [
            "",
            ":80",
            "localhost:",
            "localhost:x",
            "localhost:+1",
            "localhost:65536",
            "localhost.",
            "localhost.:80",
            "localhost.evil.example",
            "evil.example",
            "evil.example:80",
            "localhost@evil.example",
            "a@localhost",
            "localhost:80@evil.example",
            "localhost, evil.example",
            "127.0.0.1.evil.example",
            "127.1",
            "127.0.0.2",
            "0.0.0.0",
            "0",
            "2130706433",
            "0x7f000001",
            "[::]",
            "[::ffff:127.0.0.1]",
            "::1",
            "[::1",
            "local\u{131}host",
            "localhost/",
            "localhost:80:80",
            " localhost x",
        ] {
            assert!(is_refused("/", &[("host", host)]), "{host}");
        }
        assert!(is_refused("/", &[]), "no host");
        assert!(is_refused("/", &[("host", "localhost"), ("host", "localhost")]), "two hosts");
        assert!(is_refused("/", &[("host", "localhost"), ("host", "evil.example")]), "two hosts");
    }

    #[test]
    fn a_target_that_names_another_place_is_refused() {
        let host = ("host", "localhost:4321");
        for target in ["/", "http://localhost:4321/", "http://127.0.0.1:4321/a"] {
            assert!(!is_refused(target, &[host]), "{target}");
        }
        for target in [
            "http://evil.example/",
            "http://localhost:80/",
            "http://localhost/",
            "https://localhost:4321/",
            "http://a@localhost:4321/",
            "ftp://localhost:4321/",
            "evil.example:80",
        ] {
            assert!(is_refused(target, &[host]), "{target}");
        }
    }

    #[test]
    fn only_its_own_pages_and_people_are_answered() {
        let ask = |more: &[(&str, &str)]| is_refused("/", &[&[("host", "127.0.0.1:4321")], more].concat());
        for site in ["same-origin", "none"] {
            assert!(!ask(&[("sec-fetch-site", site), ("sec-fetch-mode", "no-cors"), ("sec-fetch-dest", "script")]));
        }
        for site in ["same-site", "cross-site", "", "Same-Origin", "same-origin, cross-site", "unheard-of"] {
            assert!(ask(&[("sec-fetch-site", site)]), "{site}");
            let navigates =
                |mode, dest| ask(&[("sec-fetch-site", site), ("sec-fetch-mode", mode), ("sec-fetch-dest", dest)]);
            assert!(!navigates("navigate", "document"), "{site}");
            for dest in ["iframe", "frame", "embed", "object", "empty", "script", "image", "", "document, iframe"] {
                assert!(navigates("navigate", dest), "{site} {dest}");
            }
            for mode in ["no-cors", "cors", "websocket", "nested-navigate", ""] {
                assert!(navigates(mode, "document"), "{site} {mode}");
            }
        }
        for (path, refused) in [
            ("/prompts/a.html", false),
            ("/prompts/", false),
            ("/no.html", false),
            ("/prompts/a%2Ehtml", false),
            ("/prompts/a.md", true),
            ("/a.pdf", true),
            ("/a.pdf?b.html", true),
            ("/a.html%00.pdf", true),
            ("/no.pdf", true),
            ("/feed.xml", true),
            ("/a.svg", true),
            ("/prompts", true),
        ] {
            let visit =
                [("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "document")];
            assert_eq!(is_refused(path, &[&[("host", "127.0.0.1:4321")], &visit[..]].concat()), refused, "{path}");
            let own = [("host", "127.0.0.1:4321"), ("sec-fetch-site", "same-origin")];
            assert!(!is_refused(path, &own), "{path}");
        }
        let twice = [("sec-fetch-site", "same-origin"), ("sec-fetch-site", "cross-site")];
        assert!(ask(&twice), "two answers");
    }

    #[test]
    fn another_origin_is_refused() {
        let ask = |origin: &str| is_refused("/", &[("host", "127.0.0.1:4321"), ("origin", origin)]);
        for origin in ["http://127.0.0.1:4321", "http://localhost:4321"] {
            assert!(!ask(origin), "{origin}");
        }
        for origin in [
            "null",
            "",
            "http://localhost",
            "http://localhost:4322",
            "https://localhost:4321",
            "http://evil.example:4321",
            "http://localhost:4321.evil.example",
            "http://localhost:4321/",
            "file://",
            "http://localhost:4321 null",
        ] {
            assert!(ask(origin), "{origin}");
        }
    }
}
