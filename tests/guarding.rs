//! `handbook serve`: no other site reads it, and nobody holds it up.

use std::fs::File;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::browser::{Browser, Page};
use crate::harness::Handbook;
use crate::serving::{PATIENCE, Reply, Server, small, with_git};

/// Sends a whole request as it is written here, and reads until the server closes.
fn send(server: &Server, request: &str) -> Reply {
    let mut stream = connect(server);
    stream.write_all(request.as_bytes()).expect("the server reads");
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).expect("the server answers");
    Reply::of(&bytes)
}

fn connect(server: &Server) -> TcpStream {
    let stream = TcpStream::connect(&server.address).expect("the server listens");
    stream.set_read_timeout(Some(PATIENCE)).expect("a timeout");
    stream
}

/// The address of a file of the site that its first page names.
fn asset(server: &Server) -> String {
    let page = server.get("/").text();
    let start = page.find("assets/site.").expect("a style sheet");
    let end = page[start..].find('"').expect("an end") + start;
    format!("/{}", &page[start..end])
}

#[test]
fn every_answer_says_that_it_is_for_its_own_pages() {
    let handbook = small();
    handbook.file("content/a.pdf", "%PDF-1.4").entry("files", "", "[a](a.pdf)");
    let server = Server::start(&handbook);
    let get = |path: &str| format!("GET {path} HTTP/1.1\r\nHost: {}\r\n", server.address);
    let picture = "/guides/dot%20%26%20line.svg";
    for (head, status) in [
        (get("/"), 200),
        (get("/prompts/a.md"), 200),
        (get("/search/none.js"), 404),
        (get(&asset(&server)), 200),
        (get(picture), 200),
        (get("/a.pdf"), 200),
        (get("/a.pdf") + "Range: bytes=0-1\r\n", 206),
        (get("/a.pdf") + "Range: bytes=90-\r\n", 416),
        (get("/no"), 404),
        (get("/") + "Sec-Fetch-Site: cross-site\r\n", 403),
        (get("/") + "Host: x\r\n", 403),
        (get("/").replace("GET", "POST"), 405),
        (get("/").replace("GET", "HEAD"), 200),
    ] {
        let reply = server.ask(&head);
        assert_eq!(reply.status, status, "{head}");
        for line in [
            "cross-origin-resource-policy: same-origin",
            "cross-origin-opener-policy: same-origin",
            "x-frame-options: deny",
            "content-security-policy: frame-ancestors 'none'",
            "x-content-type-options: nosniff",
            "referrer-policy: same-origin",
            "cache-control: no-store",
            "content-type: ",
            "content-length: ",
        ] {
            assert!(reply.head.contains(&format!("\r\n{line}")), "{head}: no {line} in\n{}", reply.head);
        }
    }
    for (path, kind) in [(picture, "image/svg+xml"), ("/a.pdf", "application/pdf")] {
        let head = server.get(path).head;
        assert!(head.contains(&format!("content-type: {kind}\r\n")), "{head}");
        let policies = head.lines().filter(|line| line.starts_with("content-security-policy: "));
        assert!(policies.into_iter().any(|policy| policy.contains("sandbox")), "{head}");
    }
}

#[test]
fn what_another_site_asks_for_is_refused() {
    let handbook = small();
    let server = Server::start(&handbook);
    let host = server.address.clone();
    let port = host.rsplit(':').next().expect("a port");
    let fetched = |site: &str, mode: &str, dest: &str| {
        let metadata = format!("Sec-Fetch-Site: {site}\r\nSec-Fetch-Mode: {mode}\r\nSec-Fetch-Dest: {dest}\r\n");
        server.ask(&format!("GET / HTTP/1.1\r\nHost: {host}\r\n{metadata}")).status
    };
    for site in ["cross-site", "same-site"] {
        assert_eq!(fetched(site, "navigate", "document"), 200, "{site}");
        for (mode, dest) in [
            ("no-cors", "script"),
            ("no-cors", "image"),
            ("no-cors", "style"),
            ("cors", "empty"),
            ("navigate", "iframe"),
            ("navigate", "object"),
            ("navigate", "embed"),
        ] {
            assert_eq!(fetched(site, mode, dest), 403, "{site} {mode} {dest}");
        }
    }
    // Whether there is such a file is not said, and not even looked up.
    let visit = "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document\r\n";
    let visited = |path: &str| server.ask(&format!("GET {path} HTTP/1.1\r\nHost: {host}\r\n{visit}"));
    let (there, not_there) = (visited("/guides/dot%20%26%20line.svg"), visited("/guides/none.svg"));
    assert_eq!((there.status, there.text()), (403, not_there.text()));
    for (path, status) in [("/prompts/a.html", 200), ("/no.html", 404), ("/prompts/a.md", 403), ("/no.pdf", 403)] {
        assert_eq!(visited(path).status, status, "{path}");
    }
    assert_eq!(fetched("same-origin", "no-cors", "script"), 200);
    assert_eq!(fetched("none", "navigate", "document"), 200);
    for (target, headers, status) in [
        ("/".to_owned(), format!("Host: {host}\r\nHost: {host}\r\n"), 403),
        ("/".to_owned(), format!("Host: {host}\r\nHost: evil.example\r\n"), 403),
        ("/".to_owned(), "Host: localhost.\r\n".to_owned(), 403),
        ("/".to_owned(), format!("Host: evil@{host}\r\n"), 403),
        (format!("http://{host}/"), format!("Host: {host}\r\n"), 200),
        (format!("http://evil.example:{port}/"), format!("Host: {host}\r\n"), 403),
        (format!("http://{host}/"), "Host: evil.example\r\n".to_owned(), 403),
        ("/".to_owned(), format!("Host: {host}\r\nOrigin: http://127.0.0.1:1\r\n"), 403),
        ("/".to_owned(), format!("Host: {host}\r\nOrigin: null\r\n"), 403),
    ] {
        let reply = server.ask(&format!("GET {target} HTTP/1.1\r\n{headers}"));
        assert_eq!(reply.status, status, "{target} {headers}");
        assert_eq!(reply.text().contains("Welcome"), status == 200, "{target} {headers}");
    }
}

/// A handbook with an attachment of this many bytes, of which the first are its own.
fn with_large(size: u64) -> Handbook {
    let handbook = small();
    handbook.file("content/large.mp4", "0123456789").entry("films", "", "[a film](large.mp4)");
    let file = File::options().write(true).open(handbook.path("content/large.mp4")).expect("a file");
    file.set_len(size).expect("a sparse file");
    handbook
}

#[test]
fn a_part_of_an_attachment_can_be_asked_for() {
    let handbook = small();
    handbook.file("content/a.mp4", "0123456789").entry("films", "", "[a film](a.mp4)");
    let server = Server::start(&handbook);
    let ask = |method: &str, range: &str| {
        server.ask(&format!("{method} /a.mp4 HTTP/1.1\r\nHost: {}\r\n{range}", server.address))
    };
    for (range, status, body, line) in [
        ("", 200, "0123456789", "accept-ranges: bytes"),
        ("Range: bytes=2-4\r\n", 206, "234", "content-range: bytes 2-4/10"),
        ("Range: bytes=7-\r\n", 206, "789", "content-range: bytes 7-9/10"),
        ("Range: bytes=-2\r\n", 206, "89", "content-range: bytes 8-9/10"),
        ("Range: bytes=5-500\r\n", 206, "56789", "content-range: bytes 5-9/10"),
        ("Range: bytes=10-\r\n", 416, "", "content-range: bytes */10"),
        ("Range: bytes=-0\r\n", 416, "", "content-range: bytes */10"),
        ("Range: bytes=0-1,4-5\r\n", 200, "0123456789", "content-length: 10"),
        ("Range: bytes=4-1\r\n", 200, "0123456789", "content-length: 10"),
        ("Range: lines=1-2\r\n", 200, "0123456789", "content-length: 10"),
        ("Range: bytes=2-4\r\nIf-Range: \"a\"\r\n", 200, "0123456789", "content-length: 10"),
    ] {
        let reply = ask("GET", range);
        assert_eq!((reply.status, reply.text().as_str()), (status, body), "{range}");
        assert!(reply.head.contains(line), "{range}: {}", reply.head);
        assert!(reply.head.contains("content-type: video/mp4"), "{range}: {}", reply.head);
        let head = ask("HEAD", range);
        assert_eq!((head.status, head.body.len()), (200, 0), "{range}");
        assert!(head.head.contains("content-length: 10"), "{range}: {}", head.head);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_large_attachment_is_not_held_in_memory() {
    const SIZE: u64 = 100 * 1024 * 1024;
    let handbook = with_large(SIZE);
    let server = Server::start(&handbook);
    let mut stream = connect(&server);
    let request = format!("GET /large.mp4 HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", server.address);
    stream.write_all(request.as_bytes()).expect("the server reads");
    let mut piece = vec![0; 1024 * 1024];
    let mut read = 0;
    loop {
        let count = stream.read(&mut piece).expect("the server answers");
        read += count as u64;
        if count == 0 {
            break;
        }
    }
    assert!(read > SIZE, "only {read} bytes came");
    let status = std::fs::read_to_string(format!("/proc/{}/status", server.child.id())).expect("a process");
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("a peak");
    let peak: u64 = peak.trim().trim_end_matches(" kB").parse().expect("a number");
    assert!(peak < 80 * 1024, "{peak} KiB at the peak");
}

/// Reads until the other side closes, and says how long that took and how much came.
fn closed_after(mut stream: TcpStream, start: Instant) -> (Duration, u64) {
    let mut bytes = 0;
    let mut piece = vec![0; 64 * 1024];
    while let Ok(count @ 1..) = stream.read(&mut piece) {
        bytes += count as u64;
    }
    (start.elapsed(), bytes)
}

#[test]
fn idle_and_slow_connections_end_and_others_are_answered() {
    const SIZE: u64 = 100 * 1024 * 1024;
    let handbook = with_large(SIZE);
    let server = Server::start(&handbook);
    let start = Instant::now();
    let begun = |request: &str| {
        let mut stream = connect(&server);
        stream.write_all(request.replace("HOST", &server.address).as_bytes()).expect("the server reads");
        stream
    };
    // None of these takes what comes.
    let deaf: Vec<_> = (0..20).map(|_| begun("GET /large.mp4 HTTP/1.1\r\nHost: HOST\r\n\r\n")).collect();
    let silent = connect(&server);
    let halfway = begun("GET / HTTP/1.1\r\nHost: HO");
    let kept = begun("GET /no HTTP/1.1\r\nHost: HOST\r\n\r\n");
    let bodiless = begun("GET /no HTTP/1.1\r\nHost: HOST\r\nContent-Length: 1000\r\n\r\n");
    let mut slow = begun("GET / HTTP/1.1\r\n");
    let dripping = std::thread::spawn(move || {
        while slow.write_all(b"A: b\r\n").is_ok() && start.elapsed() < PATIENCE {
            std::thread::sleep(Duration::from_millis(200));
        }
        start.elapsed()
    });
    assert_eq!(server.get("/").status, 200);
    assert!(start.elapsed() < Duration::from_secs(8), "{:?}: it waited for somebody", start.elapsed());
    for (what, stream) in [("silent", silent), ("halfway", halfway), ("kept", kept), ("without body", bodiless)] {
        let (time, _) = closed_after(stream, start);
        assert!(time < Duration::from_secs(25), "{what}: open for {time:?}");
    }
    let time = dripping.join().expect("a thread");
    assert!(time < Duration::from_secs(25), "dripping: open for {time:?}");
    std::thread::sleep(Duration::from_secs(32).saturating_sub(start.elapsed()));
    for stream in deaf {
        let (_, bytes) = closed_after(stream, start);
        assert!(bytes < SIZE, "a reader that took nothing was waited for");
    }
}

#[test]
fn more_connections_than_it_takes_end_and_make_room() {
    let handbook = small();
    let server = Server::start(&handbook);
    let crowd: Vec<_> = (0..300).map(|_| connect(&server)).collect();
    let start = Instant::now();
    assert_eq!(server.get("/").status, 200);
    assert!(start.elapsed() < Duration::from_secs(4), "{:?}", start.elapsed());
    drop(crowd);
}

/// As many as it takes, none of which takes what comes, and again as many.
#[test]
fn readers_that_take_nothing_make_room_at_once() {
    const SIZE: u64 = 100 * 1024 * 1024;
    let handbook = with_large(SIZE);
    let server = Server::start(&handbook);
    let mut crowd = Vec::new();
    for _ in 0..3 {
        crowd.extend((0..130).map(|_| {
            let mut stream = connect(&server);
            let request = format!("GET /large.mp4 HTTP/1.1\r\nHost: {}\r\n\r\n", server.address);
            stream.write_all(request.as_bytes()).expect("the server reads");
            stream
        }));
        let start = Instant::now();
        assert_eq!(server.get("/").status, 200);
        assert!(start.elapsed() < Duration::from_secs(4), "{:?}", start.elapsed());
    }
    drop(crowd);
}

/// A load that takes long holds up neither what needs none nor the refusals.
#[cfg(unix)]
#[test]
fn others_are_answered_while_it_loads() {
    let handbook = small();
    let (command, _bin) = with_git(&handbook, "test ! -e slow || { echo >waits; exec sleep 6; }");
    let server = Server::start_by(command, &handbook);
    let sheet = asset(&server);
    handbook.file("slow", "").entry("prompts/a", "", "Changed.");
    let mut waiting = connect(&server);
    let request = format!("GET / HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", server.address);
    waiting.write_all(request.as_bytes()).expect("the server reads");
    let end = Instant::now() + PATIENCE;
    while !handbook.path("waits").exists() {
        assert!(Instant::now() < end, "no load began");
        std::thread::sleep(Duration::from_millis(10));
    }
    let start = Instant::now();
    assert_eq!(server.get(&sheet).status, 200);
    assert_eq!(send(&server, "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").status, 403);
    assert!(start.elapsed() < Duration::from_secs(4), "{:?}", start.elapsed());
    let mut bytes = Vec::new();
    waiting.read_to_end(&mut bytes).expect("the server answers");
    assert_eq!(Reply::of(&bytes).status, 200);
}

/// A host of one page under another address of this machine.
struct Elsewhere {
    port: u16,
}

impl Elsewhere {
    fn start(page: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        let page = page.to_owned();
        std::thread::spawn(move || {
            for mut stream in listener.incoming().map_while(Result::ok) {
                let mut request = [0; 4096];
                let count = stream.read(&mut request).unwrap_or_default();
                let request = String::from_utf8_lossy(&request[..count]).into_owned();
                let body = if request.starts_with("GET / ") { page.as_str() } else { "" };
                let head =
                    "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nAccess-Control-Allow-Origin: *\r\nConnection: close";
                let _ = write!(stream, "{head}\r\nContent-Length: {}\r\n\r\n{body}", body.len());
            }
        });
        Self { port }
    }
}

/// Tries everything by which a page reads or uses another site, and lists what worked.
const THIEF: &str = r#"<!doctype html><title>thief</title><script>
const target = "TARGET";
const before = new Set(Object.keys(window));
const load = (make) => new Promise((done) => {
  const element = make();
  element.onload = () => done(true);
  element.onerror = () => done(false);
  document.documentElement.append(element);
  setTimeout(() => done(false), 8000);
});
const make = (name, values) => () => Object.assign(document.createElement(name), values);
const reads = async (options) => {
  try { const answer = await fetch(target + "/", options); return answer.type !== "opaque" || false; } catch { return false; }
};
async function steal() {
  const taken = [];
  const note = async (what, worked) => { if (await worked) taken.push(what); };
  for (const path of PATHS) {
    await note("script " + path, load(make("script", { src: target + path })));
    await note("module " + path, load(make("script", { type: "module", src: target + path })));
  }
  await note("picture", load(make("img", { src: target + "PICTURE" })));
  await note("style", load(make("link", { rel: "stylesheet", href: target + "STYLE" })));
  await note("fetch", reads({}));
  await note("fetch no-cors", fetch(target + "/", { mode: "no-cors" }).then(() => true, () => false));
  await note("fetch credentials", reads({ credentials: "include" }));
  for (const name of ["iframe", "embed", "object"]) {
    const element = make(name, { src: target + "/", data: target + "/" })();
    document.documentElement.append(element);
  }
  await new Promise((done) => setTimeout(done, 1500));
  for (let at = 0; at < frames.length; at++) {
    try { if (frames[at].document.body.innerText.includes("Welcome")) taken.push("frame"); } catch {}
    if (frames[at].length > 0) taken.push("frame with frames");
  }
  return taken.concat(Object.keys(window).filter((name) => !before.has(name) && !/^\d+$/.test(name)));
}
</script>"#;

#[test]
fn no_page_of_another_origin_reads_the_preview() {
    let Some(browser) = Browser::launch() else { return };
    let handbook = small();
    let server = Server::start(&handbook);
    handbook.build(&["--base-url", ""]);
    let files = handbook.files("public");
    let names = files.iter().map(|(path, _)| format!("/{path}"));
    let scripts: Vec<String> = names.filter(|path| path.rsplit('.').next() == Some("js")).collect();
    assert!(scripts.len() > 3, "{scripts:?}");
    let style = asset(&server);
    let port = server.address.rsplit(':').next().expect("a port").to_owned();
    // Another port of the same name is of the same site, another name of this machine is another site.
    for (target, own) in [("127.0.0.1", "127.0.0.1"), ("127.0.0.1", "localhost"), ("localhost", "handbook.example")] {
        let thief = THIEF
            .replace("PATHS", &serde_json::to_string(&scripts).expect("JSON"))
            .replace("PICTURE", "/guides/dot%20%26%20line.svg")
            .replace("STYLE", &style)
            .replace("TARGET", &format!("http://{target}:{port}"));
        let elsewhere = Elsewhere::start(&thief);
        let page = browser.page();
        page.open(&format!("http://{own}:{}/", elsewhere.port));
        assert_eq!(page.evaluate("steal()"), Value::Array(Vec::new()), "{own} read {target}");
    }
    // A person is let in from elsewhere, and then its pages work.
    let elsewhere = Elsewhere::start(&format!("<a href=\"http://127.0.0.1:{port}/prompts/a.html\">a</a>"));
    let page = browser.page();
    page.open(&format!("http://localhost:{}/", elsewhere.port));
    page.follow(|| drop(page.evaluate("document.querySelector('a').click()")));
    assert!(text(&page).contains("Hello"), "{}", text(&page));
    assert_eq!(page.problems(), [""; 0]);
}

fn text(page: &Page<'_>) -> String {
    page.evaluate("document.documentElement.textContent").as_str().unwrap_or_default().to_owned()
}

/// What a site would send to itself if the picture ran, opened in ways in which a person can open it.
#[test]
fn an_attachment_that_is_opened_by_itself_runs_nothing() {
    let Some(browser) = Browser::launch() else { return };
    let handbook = small();
    let picture = "<svg xmlns=\"http://www.w3.org/2000/svg\"><title>Shown</title><style>rect { fill: #00f }</style>\
                   <image href=\"data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAAC\"/><rect width=\"9\" height=\"9\"/></svg>";
    handbook.file("content/shown.svg", picture).file("content/a.txt", "plain").file("content/a.json", "{}");
    handbook.file("content/tone.wav", recording());
    handbook.entry("files", "", "![a](shown.svg) [b](a.txt) [c](a.json) [d](tone.wav)");
    let server = Server::start(&handbook);
    for path in ["shown.svg", "a.txt", "a.json"] {
        let page = browser.page();
        page.open(&format!("http://{}/{path}", server.address));
        // The address of a page in a sandbox is nobody's.
        assert_eq!(page.evaluate("origin"), "null", "{path}");
        let ran = page.evaluate(
            "const script = document.createElementNS(document.documentElement.namespaceURI, 'script');
             script.textContent = 'document.ran = true';
             document.documentElement.append(script);
             document.ran === true",
        );
        assert_eq!(ran, false, "{path}");
    }
    let page = browser.page();
    page.open(&format!("http://{}/tone.wav", server.address));
    let player = "new Promise((done) => { const player = document.querySelector('video'); \
                  player.readyState ? done(true) : player.onloadedmetadata = () => done(true) })";
    assert_eq!(page.evaluate(player), true, "a recording plays");
    page.open(&format!("http://{}/shown.svg", server.address));
    assert_eq!(page.evaluate("getComputedStyle(document.querySelector('rect')).fill"), "rgb(0, 0, 255)");
    page.open(&format!("http://{}/files.html", server.address));
    assert_eq!(page.evaluate("document.querySelector('main img').decode().then(() => true)"), true);
    assert_eq!(page.problems(), [""; 0]);
}

#[test]
fn an_attachment_that_a_browser_does_not_show_is_saved() {
    let Some(browser) = Browser::launch() else { return };
    let handbook = small();
    handbook.file("content/a.zip", "PK\x05\x06").file("content/b.docx", "PK").file("content/c.csv", "a,b\n");
    handbook.entry("files", "", "[a](a.zip) [b](b.docx) [c](c.csv)");
    let server = Server::start(&handbook);
    let page = browser.page();
    let saved = tempfile::tempdir().expect("a folder");
    let allow = serde_json::json!({ "behavior": "allow", "downloadPath": saved.path() });
    page.call("Page.setDownloadBehavior", &allow);
    for name in ["a.zip", "b.docx", "c.csv"] {
        page.open(&format!("http://{}/files.html", server.address));
        page.evaluate(&format!("document.querySelector('main a[href$=\"{name}\"]').click()"));
        let end = Instant::now() + PATIENCE;
        let path = handbook.path(&format!("content/{name}"));
        let expected = std::fs::read(path).expect("a file");
        while std::fs::read(saved.path().join(name)).ok().as_ref() != Some(&expected) {
            assert!(Instant::now() < end, "{name} was not saved");
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

/// A second of silence.
fn recording() -> Vec<u8> {
    let (rate, silence) = (8000_u32, vec![128; 8000]);
    let mut wave = b"RIFF".to_vec();
    wave.extend((36 + rate).to_le_bytes());
    wave.extend(b"WAVEfmt \x10\0\0\0\x01\0\x01\0");
    wave.extend(rate.to_le_bytes());
    wave.extend(rate.to_le_bytes());
    wave.extend(b"\x01\0\x08\0data");
    wave.extend(rate.to_le_bytes());
    wave.extend(silence);
    wave
}
