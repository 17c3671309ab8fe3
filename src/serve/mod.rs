//! A preview on this machine: routes rendered when they are asked for.
//!
//! Takes a way to load the site, answers requests on loopback from its table of routes and from nothing else.
//! A request looks whether a file has changed, and loads anew if so. Requests whose `Host` or `Origin` is not this
//! machine are refused, so that no web page can read the handbook through a name of its own. It never writes, and
//! never follows a symbolic link below `content/`. Start reading at [`run`].

use std::io::{self, Read as _};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Mutex;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderValue, Method, Response, StatusCode, header};
use camino::Utf8PathBuf;
use tokio::net::TcpListener;

use crate::content::source::below;
use crate::site::{Content, Rendered, Routes, Site};

/// A site that is being looked at.
#[derive(Debug)]
pub struct Preview {
    /// The site.
    pub site: Site,
    /// Its table.
    pub routes: Routes,
    /// The folder that attachments lie in.
    pub attachments: Utf8PathBuf,
}

/// Why nothing can be served.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The handbook cannot be read.
    #[error("{0}")]
    Load(String),
    /// The port cannot be used.
    #[error("cannot listen on port {0}: {1}")]
    Listen(u16, std::io::Error),
    /// The server stopped.
    #[error("the server stopped: {0}")]
    Stopped(std::io::Error),
}

/// How a preview is loaded, and how a change is noticed.
struct Loader<'l> {
    load: &'l (dyn Fn() -> Result<Preview, String> + Sync),
    look: &'l (dyn Fn() -> u64 + Sync),
    state: Mutex<(u64, Preview)>,
}

/// Serves until the process is ended from outside: it has nothing to put in order, and Ctrl-C, which it leaves to the
/// system, so ends it in the middle of a load too. `look` gives a number that changes when a file does; `ready` is told the address.
///
/// # Errors
///
/// When the handbook cannot be read at the start, or no port can be listened on.
pub fn run(
    port: u16,
    load: &(dyn Fn() -> Result<Preview, String> + Sync),
    look: &(dyn Fn() -> u64 + Sync),
    ready: &dyn Fn(&str),
) -> Result<(), Failure> {
    let seen = look();
    let preview = load().map_err(Failure::Load)?;
    let loader = Loader { load, look, state: Mutex::new((seen, preview)) };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(Failure::Stopped)?;
    runtime.block_on(listen(port, loader, ready))
}

async fn listen(port: u16, loader: Loader<'_>, ready: &dyn Fn(&str)) -> Result<(), Failure> {
    let listener = bind(port).await?;
    let address = listener.local_addr().map_err(|error| Failure::Listen(port, error))?;
    ready(&address.to_string());
    // The loader borrows from the caller, and handlers must own what they use: requests are handed over by a channel.
    let (requests, mut inbox) = tokio::sync::mpsc::channel::<Question>(64);
    let router = Router::new().fallback(move |request: Request| ask(requests.clone(), request));
    tokio::select! {
        stopped = std::future::IntoFuture::into_future(axum::serve(listener, router)) => stopped.map_err(Failure::Stopped),
        () = async { while let Some(question) = inbox.recv().await { loader.reply(question); } } => Ok(()),
    }
}

/// The port, or one that is free when it is busy.
async fn bind(port: u16) -> Result<TcpListener, Failure> {
    let loopback = IpAddr::V4(Ipv4Addr::LOCALHOST);
    match TcpListener::bind(SocketAddr::new(loopback, port)).await {
        Ok(listener) => Ok(listener),
        Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => {
            TcpListener::bind(SocketAddr::new(loopback, 0)).await.map_err(|error| Failure::Listen(port, error))
        }
        Err(error) => Err(Failure::Listen(port, error)),
    }
}

struct Question {
    path: String,
    answer: tokio::sync::oneshot::Sender<Response<Body>>,
}

async fn ask(requests: tokio::sync::mpsc::Sender<Question>, request: Request) -> Response<Body> {
    if !is_for_this_machine(&request) {
        return plain(StatusCode::FORBIDDEN, "this preview answers only to its own machine");
    }
    if ![Method::GET, Method::HEAD].contains(request.method()) {
        let mut response = plain(StatusCode::METHOD_NOT_ALLOWED, "this preview is only read");
        response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
        return response;
    }
    let (answer, reply) = tokio::sync::oneshot::channel();
    let path = request.uri().path().to_owned();
    if requests.send(Question { path, answer }).await.is_err() {
        return plain(StatusCode::SERVICE_UNAVAILABLE, "stopping");
    }
    reply.await.unwrap_or_else(|_| plain(StatusCode::SERVICE_UNAVAILABLE, "stopping"))
}

/// Whether a request names this machine, and comes from a page of it where it says from where.
fn is_for_this_machine(request: &Request) -> bool {
    let header = |name| request.headers().get(name).map(|value| value.to_str().unwrap_or_default());
    let is_origin_ours =
        header(header::ORIGIN).is_none_or(|origin| origin.strip_prefix("http://").is_some_and(is_this_machine));
    header(header::HOST).is_some_and(is_this_machine) && is_origin_ours
}

fn is_this_machine(host: &str) -> bool {
    let has_port = |(_, port): &(&str, &str)| port.bytes().all(|b| b.is_ascii_digit());
    let name = host.rsplit_once(':').filter(has_port).map_or(host, |(name, _)| name);
    ["localhost", "127.0.0.1", "[::1]"].iter().any(|ours| name.eq_ignore_ascii_case(ours))
}

impl Loader<'_> {
    fn reply(&self, question: Question) {
        let path = route_path(&question.path);
        // The reader may have gone elsewhere.
        let _ = question.answer.send(self.response(&path));
    }

    fn response(&self, path: &str) -> Response<Body> {
        let mut state = self.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if !belongs_to_a_page(path) {
            let seen = (self.look)();
            if seen != state.0 {
                match (self.load)() {
                    Ok(preview) => *state = (seen, preview),
                    Err(message) => return plain(StatusCode::INTERNAL_SERVER_ERROR, &message),
                }
            }
        }
        let preview = &state.1;
        match preview.routes.render(&preview.site, path) {
            Some(rendered) => preview.found(path, rendered),
            None => preview.not_found(),
        }
    }
}

impl Preview {
    fn found(&self, path: &str, rendered: Rendered) -> Response<Body> {
        match rendered {
            Ok(Content::Bytes(bytes)) => respond(StatusCode::OK, content_type(path), bytes),
            Ok(Content::Attachment(file)) => match self.attachment(&file) {
                Ok(bytes) => respond(StatusCode::OK, content_type(path), bytes),
                Err(error) => plain(StatusCode::NOT_FOUND, &error.to_string()),
            },
            Err(mistake) => {
                let help = mistake.help.as_deref().unwrap_or_default();
                plain(StatusCode::INTERNAL_SERVER_ERROR, &format!("{}\n{help}", mistake.message))
            }
        }
    }

    fn attachment(&self, path: &str) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        below::open(&self.attachments, path)?.read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    fn not_found(&self) -> Response<Body> {
        match self.routes.render(&self.site, "404.html") {
            Some(Ok(Content::Bytes(bytes))) => respond(StatusCode::NOT_FOUND, "text/html; charset=utf-8", bytes),
            _ => plain(StatusCode::NOT_FOUND, "not found"),
        }
    }
}

/// Whether a browser asks for a file only because of a page that it has just been given: what all pages share, and the
/// search. These are many, and as new as the page.
fn belongs_to_a_page(path: &str) -> bool {
    let is_in = |folder: &str| path.starts_with(folder);
    let is_part = [".css", ".js"].iter().any(|ending| path.ends_with(ending));
    is_part && (is_in("assets/") || is_in("search/"))
}

/// The route that an address means: percent signs decoded, a folder's `index.html`.
fn route_path(address: &str) -> String {
    let path = percent_encoding::percent_decode_str(address.trim_start_matches('/')).decode_utf8_lossy().into_owned();
    if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path }
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "xml" => "application/xml; charset=utf-8",
        "md" => "text/markdown; charset=utf-8",
        "txt" => "text/plain; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "pdf" => "application/pdf",
        _ => "application/octet-stream",
    }
}

fn plain(status: StatusCode, text: &str) -> Response<Body> {
    respond(status, "text/plain; charset=utf-8", text.as_bytes().to_vec())
}

fn respond(status: StatusCode, content_type: &str, bytes: Vec<u8>) -> Response<Body> {
    let response = Response::builder()
        .status(status)
        .header(header::CONTENT_TYPE, content_type)
        .header(header::CACHE_CONTROL, "no-store")
        .header(header::X_CONTENT_TYPE_OPTIONS, "nosniff")
        .body(Body::from(bytes));
    response.expect("the headers are fixed texts")
}
