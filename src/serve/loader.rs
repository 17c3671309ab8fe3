//! The handbook as it is now: loaded anew when a file has changed, and asked for one path.

use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::{Duration, Instant};

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Method, Response, StatusCode, header};

use crate::files::attachment::{self, Attachment};
use crate::serve::answer::{self, plain};
use crate::serve::{Loading, Preview};
use crate::site::{Content, headers};

/// The state of the preview. Requests that are answered at the same time share it, and one of them loads.
pub(super) struct Loader {
    loading: Loading,
    state: RwLock<State>,
    /// Held by the one that loads.
    turn: Mutex<()>,
    /// When it was last looked whether a file has changed.
    looked: Mutex<Instant>,
}

/// For how long after a look the parts of a page are taken to be as new as the page. Later somebody asks for them who
/// has the page open: what has been taken away since is not to be found by its words.
const AS_NEW: Duration = Duration::from_secs(2);

#[derive(Clone)]
struct State {
    seen: u64,
    preview: Arc<Preview>,
}

/// What is asked for, of a request that may be answered.
pub(super) struct Question {
    /// As it stands in the request.
    pub(super) path: String,
    /// The part of a file that is wanted.
    pub(super) range: Option<HeaderValue>,
}

impl Question {
    /// Reads a request. A part can only be had of what is sent. Source: RFC 9110, §14.2.
    pub(super) fn of(method: &Method, path: &str, headers: &HeaderMap) -> Self {
        // Nothing here has a mark by which `If-Range` could say that it is still the same file.
        let has_part = method == Method::GET && !headers.contains_key(header::IF_RANGE);
        let range = headers.get(header::RANGE).filter(|_| has_part).cloned();
        Self { path: path.to_owned(), range }
    }
}

impl Loader {
    /// Loads for the first time.
    ///
    /// # Errors
    ///
    /// When the handbook cannot be read.
    pub(super) fn new(loading: Loading) -> Result<Self, String> {
        let seen = (loading.look)();
        let preview = Arc::new((loading.load)()?);
        Ok(Self {
            loading,
            state: RwLock::new(State { seen, preview }),
            turn: Mutex::new(()),
            looked: Mutex::new(Instant::now()),
        })
    }

    /// Answers; this takes as long as the page takes to render, and where a file has changed, the handbook to load.
    pub(super) fn answer(&self, question: &Question) -> Response<Body> {
        let path = route_path(&question.path);
        let is_part = belongs_to_a_page(&path) && self.has_looked();
        let preview = if is_part { Ok(self.state().preview) } else { self.fresh() };
        match preview {
            Ok(preview) => preview.answer(&path, question.range.as_ref()),
            Err(message) => plain(StatusCode::INTERNAL_SERVER_ERROR, &message),
        }
    }

    fn has_looked(&self) -> bool {
        self.looked.lock().unwrap_or_else(PoisonError::into_inner).elapsed() < AS_NEW
    }

    fn state(&self) -> State {
        self.state.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The preview of the files as they are. Whoever sees a change loads it; others that see it wait for that one.
    fn fresh(&self) -> Result<Arc<Preview>, String> {
        let seen = (self.loading.look)();
        *self.looked.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
        let current = self.state();
        if seen == current.seen {
            return Ok(current.preview);
        }
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let before = self.state();
        // Another one has loaded in the meantime: perhaps what was seen here, perhaps what was there before.
        let seen = if before.seen == current.seen { seen } else { (self.loading.look)() };
        if seen == before.seen {
            return Ok(before.preview);
        }
        let preview = Arc::new((self.loading.load)()?);
        let state = State { seen, preview: Arc::clone(&preview) };
        *self.state.write().unwrap_or_else(PoisonError::into_inner) = state;
        // The last one to have the old site gives its memory back, which nobody needs to wait for.
        std::thread::spawn(move || drop((current, before)));
        Ok(preview)
    }
}

impl Preview {
    fn answer(&self, path: &str, range: Option<&HeaderValue>) -> Response<Body> {
        match self.routes.render(&self.site, path) {
            Some(Ok(Content::Bytes(bytes))) => answer::bytes(StatusCode::OK, &headers::content_type(path), bytes),
            Some(Ok(Content::Attachment(file))) => self.attachment(&file, range),
            Some(Err(mistake)) => {
                let help = mistake.help.as_deref().unwrap_or_default();
                plain(StatusCode::INTERNAL_SERVER_ERROR, &format!("{}\n{help}", mistake.message))
            }
            None => self.not_found(),
        }
    }

    fn attachment(&self, path: &str, range: Option<&HeaderValue>) -> Response<Body> {
        let content_type = headers::content_type(path);
        let opened = attachment::open(&self.attachments, path).and_then(|opened| match opened {
            Attachment::Picture(bytes) => Ok(answer::bytes(StatusCode::OK, &content_type, bytes)),
            Attachment::File(file) => answer::file(file, &content_type, range),
        });
        match opened {
            Ok(mut response) => {
                let policy = HeaderValue::from_static(headers::attachment_policy(path));
                response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
                response
            }
            Err(error) => plain(StatusCode::NOT_FOUND, &error.to_string()),
        }
    }

    fn not_found(&self) -> Response<Body> {
        match self.routes.render(&self.site, "404.html") {
            Some(Ok(Content::Bytes(bytes))) => {
                answer::bytes(StatusCode::NOT_FOUND, &headers::content_type("404.html"), bytes)
            }
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
pub(super) fn route_path(address: &str) -> String {
    let path = percent_encoding::percent_decode_str(address.trim_start_matches('/')).decode_utf8_lossy().into_owned();
    if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path }
}
