//! `handbook serve`: the preview shows what a build writes, to this machine only, and lives on when content is wrong.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::harness::{Handbook, TODAY, handbook};

pub const PATIENCE: Duration = Duration::from_secs(45);

/// A server of a handbook, ended when it is dropped.
pub struct Server {
    pub child: Child,
    pub address: String,
    said: Arc<Mutex<String>>,
}

impl Server {
    pub fn start(of: &Handbook) -> Self {
        Self::start_by(handbook(), of)
    }

    /// Starts with a command that is prepared.
    pub fn start_by(mut command: Command, of: &Handbook) -> Self {
        let mut child = command
            .args(["serve", "--port", "0", "--today", TODAY, "--root"])
            .arg(of.path(""))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the command starts");
        let stderr = BufReader::new(child.stderr.take().expect("a piped stderr"));
        let said = Arc::new(Mutex::new(String::new()));
        let heard = Arc::clone(&said);
        std::thread::spawn(move || {
            for line in stderr.lines().map_while(Result::ok) {
                heard.lock().expect("a lock").push_str(&(line + "\n"));
            }
        });
        let mut server = Self { child, address: String::new(), said };
        let words = server.wait_for("http://");
        let address = words.split("http://").nth(1).and_then(|rest| rest.split('/').next());
        address.expect("an address").clone_into(&mut server.address);
        server
    }

    /// Waits until it has said something on stderr, and gives all that it said.
    fn wait_for(&self, words: &str) -> String {
        let end = Instant::now() + PATIENCE;
        loop {
            let said = self.said.lock().expect("a lock").clone();
            if said.contains(words) {
                return said;
            }
            assert!(Instant::now() < end, "the server did not say `{words}`:\n{said}");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Asks for a path as a browser on this machine does.
    pub fn get(&self, path: &str) -> Reply {
        self.ask(&format!("GET {path} HTTP/1.1\r\nHost: {}\r\n", self.address))
    }

    /// Sends the head of a request, and reads until the server closes.
    pub fn ask(&self, head: &str) -> Reply {
        let mut stream = TcpStream::connect(&self.address).expect("the server listens");
        stream.set_read_timeout(Some(PATIENCE)).expect("a timeout");
        stream.write_all(format!("{head}Connection: close\r\n\r\n").as_bytes()).expect("the server reads");
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).expect("the server answers");
        Reply::of(&bytes)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub struct Reply {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

impl Reply {
    pub fn of(bytes: &[u8]) -> Self {
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n");
        let end = end.unwrap_or_else(|| panic!("not HTTP: {}", String::from_utf8_lossy(bytes)));
        let head = String::from_utf8_lossy(&bytes[..end]).to_lowercase();
        assert!(!head.contains("transfer-encoding"), "the length is known: {head}");
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
        Self { status, head, body: bytes[end + 4..].to_vec() }
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// A handbook with a file of every sort, and a secret beside its content.
pub fn small() -> Handbook {
    let handbook = Handbook::new();
    handbook.file("handbook.toml", "title = \"Test\"\nbase_url = \"https://x.example/sub\"\n");
    handbook.file("secret.txt", "secret");
    handbook.file("content/guides/dot & line.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    handbook.entry("index", "", "Welcome.");
    handbook.entry("guides/ü b", "aliases = [\"old/b\"]\ntags = [\"one\"]", "![dot](<dot & line.svg>)");
    handbook.entry("prompts/a", "authors = [\"Jo\"]\nupdated = 2026-01-01", "```prompt\nHello\n```");
    handbook.entry("context/voice", "", "Plain.");
    handbook
}

#[test]
fn every_route_is_served_as_it_is_built() {
    let handbook = small();
    handbook.build(&["--base-url", ""]);
    let server = Server::start(&handbook);
    let files = handbook.files("public");
    assert!(files.len() > 20, "only {} files", files.len());
    // A file that begins with a dot is the build's own mark, not a part of the site.
    // The page for lost readers knows where the preview is, and so has other links.
    for (path, bytes) in files.iter().filter(|(path, _)| !path.starts_with('.') && path != "404.html") {
        let parts: Vec<String> =
            path.split('/').map(|part| utf8_percent_encode(part, NON_ALPHANUMERIC).to_string()).collect();
        let reply = server.get(&format!("/{}", parts.join("/")));
        assert_eq!(reply.status, 200, "{path}");
        assert!(reply.body == *bytes, "{path} differs:\n{}", reply.text());
    }
    for (short, path) in [("/", "index.html"), ("/prompts/", "prompts/index.html"), ("/?a=1", "index.html")] {
        assert_eq!(server.get(short).text(), handbook.read(&format!("public/{path}")), "{short}");
    }
    assert!(server.get("/").head.contains("content-type: text/html; charset=utf-8"));
    assert!(server.get("/prompts/a.md").head.contains("content-type: text/markdown; charset=utf-8"));
}

#[test]
fn a_change_shows_on_the_next_request() {
    let handbook = small();
    let server = Server::start(&handbook);
    assert!(server.get("/prompts/a.html").text().contains("Hello"));
    handbook.entry("prompts/a", "", "```prompt\nGoodbye\n```");
    assert!(server.get("/prompts/a.html").text().contains("Goodbye"));
    assert_eq!(server.get("/prompts/b.html").status, 404);
    handbook.entry("prompts/b", "", "```prompt\nNew\n```");
    assert!(server.get("/prompts/b.html").text().contains("New"));
    assert!(server.get("/prompts/").text().contains("b.html"));
    std::fs::remove_file(handbook.path("content/prompts/a.md")).expect("a file");
    assert_eq!(server.get("/prompts/a.html").status, 404);
    assert!(!server.get("/").text().contains("a.html"));
    handbook.file("handbook.toml", "title = \"Renamed\"\n");
    assert!(server.get("/").text().contains("Renamed"));
}

#[test]
fn a_change_shows_in_every_file_that_is_asked_for_alone() {
    let handbook = small();
    let server = Server::start(&handbook);
    for (nth, path) in ["/prompts/a.md", "/feed.xml"].into_iter().enumerate() {
        let change = format!("change {nth}");
        handbook.entry("prompts/a", &format!("title = \"{change}\"\nupdated = 2026-01-01"), "```prompt\nHello\n```");
        assert!(server.get(path).text().contains(&change), "{path}");
    }
    let picture = "<svg xmlns=\"http://www.w3.org/2000/svg\"><g/></svg>";
    handbook.file("content/guides/dot & line.svg", picture);
    assert_eq!(server.get("/guides/dot%20%26%20line.svg").text(), picture);
}

#[test]
fn an_open_page_does_not_find_what_has_become_a_draft() {
    let handbook = small();
    handbook.entry("prompts/a", "", "```prompt\nHello zanzibar\n```");
    let server = Server::start(&handbook);
    let finds = || server.get("/search/words.js").text().contains("zanzibar");
    assert!(server.get("/search.html").status == 200 && finds());
    handbook.entry("prompts/a", "status = \"draft\"", "```prompt\nHello zanzibar\n```");
    // No page is asked for. The parts of one count as new for a moment.
    let end = Instant::now() + Duration::from_secs(20);
    while finds() {
        assert!(Instant::now() < end, "a search is answered from what is hidden now");
        std::thread::sleep(Duration::from_millis(200));
    }
}

#[cfg(unix)]
#[test]
fn an_attachment_that_became_a_link_is_not_followed() {
    let handbook = small();
    handbook.file("content/notes/a.txt", "notes").file("elsewhere/a.txt", "secret");
    handbook.entry("list", "", "[notes](notes/a.txt)");
    let server = Server::start(&handbook);
    assert_eq!(server.get("/notes/a.txt").text(), "notes");
    let swaps = [("content/notes/a.txt", "../../secret.txt"), ("content/notes", "../elsewhere")];
    for (path, target) in swaps {
        std::fs::rename(handbook.path(path), handbook.path("moved")).expect("a file to move");
        std::os::unix::fs::symlink(target, handbook.path(path)).expect("a link");
        let reply = server.get("/notes/a.txt");
        assert_eq!(reply.status, 404, "{path}");
        assert!(!reply.text().contains("secret"), "{path}");
        std::fs::remove_file(handbook.path(path)).expect("a link");
        std::fs::rename(handbook.path("moved"), handbook.path(path)).expect("a file to move back");
    }
    assert_eq!(server.get("/notes/a.txt").text(), "notes");
}

#[test]
fn a_preview_is_only_read() {
    let handbook = small();
    let server = Server::start(&handbook);
    let ask = |method: &str| server.ask(&format!("{method} / HTTP/1.1\r\nHost: {}\r\n", server.address));
    let (whole, head) = (ask("GET"), ask("HEAD"));
    assert_eq!((head.status, head.body.len()), (200, 0));
    assert!(head.head.contains(&format!("content-length: {}", whole.body.len())), "{}", head.head);
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "PROPFIND"] {
        let reply = ask(method);
        assert_eq!(reply.status, 405, "{method}");
        assert!(reply.head.contains("allow: get, head"), "{method}: {}", reply.head);
    }
}

/// A handbook that seems to lie in a repository, with a `git` beside it that does what these lines say.
#[cfg(unix)]
pub fn with_git(handbook: &Handbook, lines: &str) -> (Command, tempfile::TempDir) {
    use std::os::unix::fs::PermissionsExt;

    let root = handbook.path("").display().to_string();
    let bin = tempfile::tempdir().expect("a folder");
    let git = bin.path().join("git");
    std::fs::write(&git, format!("#!/bin/sh\ncd '{root}'\n{lines}\n")).expect("a file");
    std::fs::set_permissions(&git, std::fs::Permissions::from_mode(0o755)).expect("a mode");
    handbook.file(".git/HEAD", "");
    let mut command = crate::harness::handbook();
    let path = std::env::var("PATH").unwrap_or_default();
    command.env("PATH", format!("{}:{path}", bin.path().display()));
    (command, bin)
}

#[cfg(unix)]
#[test]
fn the_history_is_read_again_only_when_it_is_another() {
    let handbook = small();
    let (one, two) = ("1".repeat(40), "2".repeat(40));
    handbook.file("head", &one).file("day", "2026-02-03");
    let git = r#"case "$*" in
*log*) echo >>asked; printf '\001%s 1770000000\n\ncontent/context/voice.md\n' "$(cat day)";;
*) echo false; echo false; echo .git; cat head;;
esac"#;
    let (command, _bin) = with_git(&handbook, git);
    let server = Server::start_by(command, &handbook);
    let asked = || handbook.read("asked").lines().count();
    let shows = |day: &str| server.get("/context/voice.html").text().contains(&format!("datetime=\"{day}\""));
    assert!(shows("2026-02-03"));
    handbook.entry("context/voice", "", "Changed.").file("day", "2026-03-04");
    assert!(shows("2026-02-03"));
    assert_eq!(asked(), 1);
    handbook.entry("context/voice", "", "Changed again.").file("head", &two);
    assert!(shows("2026-03-04"));
    assert_eq!(asked(), 2);
}

#[cfg(unix)]
#[test]
fn what_git_refuses_is_said_once() {
    let handbook = small();
    let (command, _bin) = with_git(&handbook, "echo 'fatal: not yours' >&2; exit 128");
    let server = Server::start_by(command, &handbook);
    for text in ["One.", "Two.", "Three."] {
        handbook.entry("context/voice", "", text);
        assert!(server.get("/context/voice.html").text().contains(text));
    }
    assert_eq!(server.wait_for("not yours").matches("note:").count(), 1);
}

/// Ended as from a terminal while it waits for something, it does not wait on.
#[cfg(unix)]
#[test]
fn it_can_be_ended_while_it_loads() {
    let handbook = small();
    let (command, _bin) = with_git(&handbook, "test ! -e slow || { echo >waits; exec sleep 20; }");
    let mut server = Server::start_by(command, &handbook);
    handbook.file("slow", "").entry("prompts/a", "", "Changed.");
    let mut stream = TcpStream::connect(&server.address).expect("the server listens");
    let request = format!("GET / HTTP/1.1\r\nHost: {}\r\n\r\n", server.address);
    stream.write_all(request.as_bytes()).expect("the server reads");
    let end = Instant::now() + PATIENCE;
    while !handbook.path("waits").exists() {
        assert!(Instant::now() < end, "no load began");
        std::thread::sleep(Duration::from_millis(10));
    }
    let start = Instant::now();
    // Where these tests run in the background, Ctrl-C's own signal is ignored.
    let sent = Command::new("kill").args(["-TERM", &server.child.id().to_string()]).status().expect("kill starts");
    assert!(sent.success());
    server.child.wait().expect("a child to wait for");
    assert!(start.elapsed() < Duration::from_secs(15), "it waited for the load");
}

#[test]
fn an_error_is_told_and_the_site_goes_on() {
    let handbook = small();
    let server = Server::start(&handbook);
    handbook.entry("prompts/a", "titel = \"A\"", "```prompt\n{{nobody}} told me\n```");
    let reply = server.get("/prompts/a.html");
    assert_eq!(reply.status, 200);
    assert!(reply.text().contains("told me"));
    let said = server.wait_for("unknown-key");
    assert!(said.contains("content/prompts/a.md:") && said.contains("nobody"), "{said}");
    assert_eq!(server.get("/").status, 200);
    handbook.entry("prompts/a", "", "```prompt\nAll well\n```");
    assert!(server.get("/prompts/a.html").text().contains("All well"));
}

#[test]
fn only_this_machine_is_answered() {
    let handbook = small();
    let server = Server::start(&handbook);
    let port = server.address.rsplit(':').next().expect("a port").to_owned();
    for host in ["localhost", "LOCALHOST", "127.0.0.1", "[::1]"] {
        assert_eq!(server.ask(&format!("GET / HTTP/1.1\r\nHost: {host}:{port}\r\n")).status, 200, "{host}");
    }
    for host in ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "evil.example:80", "", "0.0.0.0"] {
        let reply = server.ask(&format!("GET / HTTP/1.1\r\nHost: {host}\r\n"));
        assert_eq!(reply.status, 403, "{host}");
        assert!(!reply.text().contains("Welcome"), "{host}");
    }
    assert_eq!(server.ask("GET / HTTP/1.0\r\n").status, 403, "no host");
    for (origin, status) in [
        (format!("http://{}", server.address), 200),
        (format!("http://localhost:{port}"), 200),
        ("https://evil.example".to_owned(), 403),
        ("http://127.0.0.1.evil.example".to_owned(), 403),
        ("null".to_owned(), 403),
    ] {
        let head = format!("GET / HTTP/1.1\r\nHost: {}\r\nOrigin: {origin}\r\n", server.address);
        assert_eq!(server.ask(&head).status, status, "{origin}");
    }
}

#[test]
fn nothing_outside_the_table_is_served() {
    let handbook = small();
    let server = Server::start(&handbook);
    let lost = server.get("/404.html").text();
    assert!(lost.contains("<link rel=\"stylesheet\" href=\"/assets/") && !lost.contains("=\"assets/"), "{lost}");
    let root = handbook.path("secret.txt").display().to_string();
    for path in [
        "/secret.txt",
        "/../secret.txt",
        "/content/../secret.txt",
        "/guides/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e%2fsecret.txt",
        "/..%5csecret.txt",
        "/..\\secret.txt",
        "/%252e%252e/secret.txt",
        "/guides/..%2f..%2fsecret.txt",
        "/./index.html",
        "/prompts/../index.html",
        "/%00",
        "/index.html%00.txt",
        "/%ff",
        "/no/such/page.html",
        "/content/index.md",
        "/handbook.toml",
        "/.handbook-site",
        &root,
        &format!("/{root}"),
    ] {
        let reply = server.get(path);
        assert_eq!(reply.status, 404, "{path}");
        assert_eq!(reply.text(), lost, "{path}");
    }
    assert_eq!(server.get("/").status, 200);
}
