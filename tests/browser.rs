//! A real browser for tests: Chromium without a window, driven over the protocol of its developer tools (CDP).
//!
//! [`Browser::launch`] starts one, [`Browser::page`] opens a page in a profile of its own, and a [`Page`] is told what
//! to do. Everything that a person would find in the console or the network panel in red is in [`Page::problems`].
//! A new ability is a method of `Page` around [`Page::call`]: the protocol's own documentation has the names.

use std::cell::RefCell;
use std::io::{BufRead, BufReader, ErrorKind};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde_json::{Value, json};
use tempfile::TempDir;
use tungstenite::{Message, WebSocket};

/// How long the browser may take for anything. Generous: the cores are shared.
const PATIENCE: Duration = Duration::from_secs(45);

/// Where browsers are installed, beside what `HANDBOOK_CHROME` names.
const PLACES: [&str; 4] =
    ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/usr/bin/google-chrome-stable"];

/// No window, no sandbox (tests may run as root, and open only our own pages), and no talk with the network.
const FLAGS: [&str; 13] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    // A host on this machine by a name, which a browser does not trust as it trusts this machine itself.
    "--host-resolver-rules=MAP handbook.example 127.0.0.1",
    // The order of a day's parts as it is typed.
    "--lang=en-US",
    "--remote-debugging-port=0",
    "about:blank",
];

/// Says that a test is skipped because a tool is missing. With `HANDBOOK_REQUIRE_TOOLS=1` that is a failure.
#[expect(clippy::print_stderr, reason = "a note for whoever runs the tests")]
pub fn skip(missing: &str) {
    let required = std::env::var_os("HANDBOOK_REQUIRE_TOOLS").is_some_and(|value| value == "1");
    assert!(!required, "{missing}; `tests/run` installs it");
    eprintln!("note: skipped, {missing}; `tests/run` installs it");
}

/// A browser that runs until it is dropped.
pub struct Browser {
    child: Child,
    wire: RefCell<Wire>,
    /// Its profile, removed after it has ended.
    _profile: TempDir,
}

impl Browser {
    /// Starts one. `None`, with a note, when none is installed.
    pub fn launch() -> Option<Self> {
        let Some(program) = program() else {
            skip("there is no Chromium (`HANDBOOK_CHROME` names one)");
            return None;
        };
        let profile = tempfile::tempdir().expect("a temporary folder");
        let mut child = Command::new(program)
            .args(FLAGS)
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the browser starts");
        let socket = Wire::connect(&address(&mut child));
        Some(Self { child, wire: RefCell::new(socket), _profile: profile })
    }

    /// An empty page that shares neither storage nor cache with other pages.
    pub fn page(&self) -> Page<'_> {
        let context = self.call(None, "Target.createBrowserContext", &json!({}));
        // What a reader copies is read back from the clipboard.
        let grant = json!({ "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"], "browserContextId": context["browserContextId"] });
        self.call(None, "Browser.grantPermissions", &grant);
        let target = json!({ "url": "about:blank", "browserContextId": context["browserContextId"] });
        let target = self.call(None, "Target.createTarget", &target);
        let attach = json!({ "targetId": target["targetId"], "flatten": true });
        let attached = self.call(None, "Target.attachToTarget", &attach);
        let session = attached["sessionId"].as_str().expect("a session").to_owned();
        let page = Page { browser: self, session };
        for domain in ["Page", "Runtime", "Log", "Network"] {
            page.call(&format!("{domain}.enable"), &json!({}));
        }
        page
    }

    fn call(&self, session: Option<&str>, method: &str, parameters: &Value) -> Value {
        let answer = self.wire.borrow_mut().call(session, method, parameters);
        answer.unwrap_or_else(|error| panic!("{method} {parameters}: {error}"))
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.wire.get_mut().send(None, "Browser.close", &json!({}));
        let end = Instant::now() + Duration::from_secs(5);
        while Instant::now() < end && matches!(self.child.try_wait(), Ok(None)) {
            std::thread::sleep(Duration::from_millis(20));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn program() -> Option<PathBuf> {
    let named = std::env::var_os("HANDBOOK_CHROME").filter(|path| !path.is_empty()).map(PathBuf::from);
    named.into_iter().chain(PLACES.map(PathBuf::from)).find(|path| path.is_file())
}

/// Where the browser listens, as it says on stderr. The rest of what it says is read and dropped.
fn address(child: &mut Child) -> String {
    let mut lines = BufReader::new(child.stderr.take().expect("a piped stderr")).lines();
    let mut said = String::new();
    for line in lines.by_ref().map_while(Result::ok) {
        if let Some(address) = line.strip_prefix("DevTools listening on ") {
            let address = address.trim().to_owned();
            std::thread::spawn(move || lines.map_while(Result::ok).for_each(drop));
            return address;
        }
        said.push_str(&line);
        said.push('\n');
    }
    panic!("the browser ended before it listened:\n{said}");
}

/// What the browser tells unasked.
struct Event {
    session: String,
    method: String,
    parameters: Value,
}

/// The connection: calls with their answers, and the events that arrive in between.
struct Wire {
    socket: WebSocket<TcpStream>,
    calls: u64,
    events: Vec<Event>,
}

impl Wire {
    fn connect(address: &str) -> Self {
        let host = address.trim_start_matches("ws://").split('/').next().unwrap_or_default();
        let stream = TcpStream::connect(host).expect("the browser listens");
        stream.set_read_timeout(Some(PATIENCE)).expect("a timeout");
        let (socket, _) = tungstenite::client(address, stream).expect("a websocket");
        Self { socket, calls: 0, events: Vec::new() }
    }

    fn send(&mut self, session: Option<&str>, method: &str, parameters: &Value) -> Result<u64, tungstenite::Error> {
        self.calls += 1;
        let mut message = json!({ "id": self.calls, "method": method, "params": parameters });
        if let Some(session) = session {
            message["sessionId"] = json!(session);
        }
        self.socket.send(Message::text(message.to_string()))?;
        Ok(self.calls)
    }

    fn call(&mut self, session: Option<&str>, method: &str, parameters: &Value) -> Result<Value, String> {
        let id = self.send(session, method, parameters).map_err(|error| error.to_string())?;
        loop {
            let mut message = self.receive()?;
            if message["id"] != json!(id) {
                self.keep(message);
            } else if message["error"].is_null() {
                return Ok(message["result"].take());
            } else {
                return Err(message["error"]["message"].as_str().unwrap_or("no reason given").to_owned());
            }
        }
    }

    fn receive(&mut self) -> Result<Value, String> {
        loop {
            match self.socket.read() {
                Ok(Message::Text(text)) => return serde_json::from_str(&text).map_err(|error| error.to_string()),
                Ok(_) => {}
                // The system may break off a wait for reasons of its own.
                Err(tungstenite::Error::Io(error)) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(format!("the browser does not answer: {error}")),
            }
        }
    }

    fn keep(&mut self, mut message: Value) {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let (session, method) = (text(&message["sessionId"]), text(&message["method"]));
        self.events.push(Event { session, method, parameters: message["params"].take() });
    }

    /// Waits until an event of a session is among those from `first` on.
    fn wait(&mut self, session: &str, method: &str, first: usize) -> Result<(), String> {
        let end = Instant::now() + PATIENCE;
        while !self.events[first..].iter().any(|event| event.session == session && event.method == method) {
            if Instant::now() > end {
                return Err(format!("{method} did not come in time"));
            }
            let message = self.receive()?;
            self.keep(message);
        }
        Ok(())
    }
}

/// A page that a browser shows.
pub struct Page<'b> {
    browser: &'b Browser,
    session: String,
}

impl Page<'_> {
    /// Calls a method of the protocol for this page.
    pub fn call(&self, method: &str, parameters: &Value) -> Value {
        self.browser.call(Some(&self.session), method, parameters)
    }

    /// Goes to an address and waits until everything on the page is loaded.
    pub fn open(&self, address: &str) {
        let first = self.browser.wire.borrow().events.len();
        let navigated = self.call("Page.navigate", &json!({ "url": address }));
        let failed = navigated["errorText"].as_str();
        assert!(failed.is_none(), "{address}: {}", failed.unwrap_or_default());
        // Going to a heading of the same page loads nothing.
        if navigated["loaderId"].is_string() {
            let loaded = self.browser.wire.borrow_mut().wait(&self.session, "Page.loadEventFired", first);
            loaded.unwrap_or_else(|error| panic!("{address}: {error}"));
        }
    }

    /// Does something that leads to another page, and waits until that is loaded.
    pub fn follow(&self, act: impl FnOnce()) {
        let first = self.browser.wire.borrow().events.len();
        act();
        let loaded = self.browser.wire.borrow_mut().wait(&self.session, "Page.loadEventFired", first);
        loaded.unwrap_or_else(|error| panic!("no other page: {error}"));
    }

    /// The value of an expression, as JSON; that of a promise once it is kept. Counts as an act of the reader.
    pub fn evaluate(&self, script: &str) -> Value {
        let parameters =
            json!({ "expression": script, "awaitPromise": true, "returnByValue": true, "userGesture": true });
        let mut evaluated = self.call("Runtime.evaluate", &parameters);
        let exception = &evaluated["exceptionDetails"];
        assert!(exception.is_null(), "{script}\n{}", exception_text(exception));
        evaluated["result"]["value"].take()
    }

    /// Everything that went wrong since the page was made: exceptions, errors in the console, what the page's
    /// policy refused, and files that could not be loaded.
    pub fn problems(&self) -> Vec<String> {
        // What happened before this answer has arrived before it.
        self.evaluate("0");
        let wire = self.browser.wire.borrow();
        wire.events.iter().filter(|event| event.session == self.session).filter_map(problem).collect()
    }

    /// Saves what is in view as a PNG.
    pub fn screenshot(&self, path: &Path) {
        let shot = self.call("Page.captureScreenshot", &json!({ "format": "png" }));
        let text = shot["data"].as_str().expect("a picture");
        let bytes = data_encoding::BASE64.decode(text.as_bytes()).expect("base64");
        std::fs::write(path, bytes).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    }

    /// Whether the reader's system asks for dark colours.
    pub fn emulate_dark(&self, dark: bool) {
        let scheme = if dark { "dark" } else { "light" };
        let features = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
        self.call("Emulation.setEmulatedMedia", &features);
    }

    /// The size of the view in CSS pixels. Narrow ones behave as a phone.
    pub fn emulate_size(&self, width: u32, height: u32) {
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600 });
        self.call("Emulation.setDeviceMetricsOverride", &size);
    }

    /// Whether the page's own scripts run, from the next page on. [`Page::evaluate`] always works.
    pub fn emulate_scripts(&self, run: bool) {
        self.call("Emulation.setScriptExecutionDisabled", &json!({ "value": !run }));
    }
}

/// What an event says went wrong.
fn problem(event: &Event) -> Option<String> {
    let parameters = &event.parameters;
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    match event.method.as_str() {
        "Runtime.exceptionThrown" => Some(exception_text(&parameters["exceptionDetails"])),
        "Runtime.consoleAPICalled" if parameters["type"] == "error" || parameters["type"] == "assert" => {
            let said = parameters["args"].as_array().into_iter().flatten();
            let said: Vec<String> = said.map(|value| text(&value["value"]) + &text(&value["description"])).collect();
            Some(format!("console: {}", said.join(" ")))
        }
        "Log.entryAdded" if parameters["entry"]["level"] == "error" => {
            // What is no page cannot name its picture: the browser then asks the host for one of its own accord.
            let asked = parameters["entry"]["url"].as_str().is_some_and(|url| url.ends_with("/favicon.ico"));
            (!asked).then(|| format!("{} {}", text(&parameters["entry"]["text"]), text(&parameters["entry"]["url"])))
        }
        // A load that is given up because the reader goes elsewhere is no failure.
        "Network.loadingFailed" if parameters["canceled"] != true => {
            let reason = text(&parameters["errorText"]) + &text(&parameters["blockedReason"]);
            Some(format!("a {} could not be loaded: {reason}", text(&parameters["type"]).to_lowercase()))
        }
        _ => None,
    }
}

/// The words of an exception. On `file://` its description is blank, so its text comes first.
fn exception_text(details: &Value) -> String {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let place = format!("{}:{}", text(&details["url"]), details["lineNumber"]);
    format!("{} {} ({place})", text(&details["text"]), text(&details["exception"]["description"]))
}

/// A file's address.
pub fn file_address(path: &Path) -> String {
    const ENCODED: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'%').add(b'?');
    format!("file://{}", utf8_percent_encode(path.to_str().expect("a UTF-8 path"), ENCODED))
}

/// A page in a folder of its own.
fn page_file(html: &str) -> (TempDir, String) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("a page.html");
    std::fs::write(&path, html).expect("a file");
    let address = file_address(&path);
    (folder, address)
}

#[test]
fn a_page_is_opened_asked_and_seen_in_other_ways() {
    let Some(browser) = Browser::launch() else { return };
    // A policy of `'self'` allows a script beside the page, also from a folder, and does not mind data.
    let (folder, address) = page_file(
        "<!doctype html><meta charset=utf-8>
         <meta http-equiv=Content-Security-Policy content=\"default-src 'none'; script-src 'self'\">
         <title>Ü</title><p id=a>a</p><script src=a.js></script><script type=application/json>{}</script>",
    );
    let script = "document.querySelector('p').textContent = 'scripted'";
    std::fs::write(folder.path().join("a.js"), script).expect("a file");
    let page = browser.page();
    page.emulate_dark(true);
    page.emulate_size(390, 844);
    page.open(&address);
    page.open(&format!("{address}#a"));
    assert_eq!(page.evaluate("document.title"), "Ü");
    assert_eq!(page.evaluate("Promise.resolve(document.querySelector('p').textContent)"), "scripted");
    assert_eq!(page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches"), true);
    assert_eq!(page.evaluate("screen.width"), 390);
    page.emulate_scripts(false);
    page.open(&address);
    assert_eq!(page.evaluate("document.querySelector('p').firstChild.data.trim()"), "a");
    assert_eq!(page.problems(), [""; 0]);
    let picture = folder.path().join("page.png");
    page.screenshot(&picture);
    assert!(std::fs::read(picture).expect("a picture").starts_with(b"\x89PNG"));
}

#[test]
fn everything_red_in_the_console_is_a_problem() {
    let Some(browser) = Browser::launch() else { return };
    let policy = "<meta http-equiv=Content-Security-Policy content=\"script-src 'self'\">";
    for (html, says) in [
        ("<script>console.error('told', 7)</script>".to_owned(), "told"),
        ("<script>missing()</script>".to_owned(), "missing"),
        ("<img src=missing.png>".to_owned(), "ERR_FILE_NOT_FOUND"),
        ("<link rel=stylesheet href=missing.css>".to_owned(), "ERR_FILE_NOT_FOUND"),
        (format!("{policy}<script>document.title = 'x'</script>"), "Content Security Policy"),
    ] {
        let (_folder, address) = page_file(&format!("<!doctype html><title>a</title>{html}"));
        let page = browser.page();
        page.open(&address);
        let problems = page.problems();
        assert!(problems.iter().any(|problem| problem.contains(says)), "{html}: {problems:?}");
    }
}
