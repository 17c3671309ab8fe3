//! Connections, and how long one may keep us waiting: whoever sends or reads too slowly is hung up on.

use std::collections::HashMap;
use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use axum::body::Body;
use axum::extract::Request;
use axum::http::{Response, StatusCode};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::AbortHandle;
use tokio::time::{Sleep, sleep};

use crate::serve::answer::{plain, sealed};
use crate::serve::guard;
use crate::serve::loader::{Loader, Question};

/// The most connections at a time; a further one takes the place of the one of which nothing came or went for longest.
/// A browser opens six.
const MOST: usize = 128;

/// How long the head of a request may take, from the end of the answer before it. A browser opens a new connection
/// when it needs one.
const HEAD_PATIENCE: Duration = Duration::from_secs(10);

/// How long a reader may take nothing of an answer. One that comes back asks for the rest.
const READER_PATIENCE: Duration = Duration::from_secs(5);

/// How long to wait after the system had no connection to give, as when too many files are open.
const PAUSE: Duration = Duration::from_millis(100);

/// Answers everything that comes to this port, for ever.
pub(super) async fn accept(listener: TcpListener, loader: Arc<Loader>) {
    let crowd = Arc::new(Crowd::default());
    for number in 0_u64.. {
        match listener.accept().await {
            Ok((stream, _)) => crowd.admit(number, stream, Arc::clone(&loader)),
            Err(_) => sleep(PAUSE).await,
        }
    }
}

/// The connections that there are, by their numbers.
#[derive(Default)]
struct Crowd(Mutex<HashMap<u64, Member>>);

/// A connection.
struct Member {
    /// When something last came or went.
    moved: Moved,
    task: AbortHandle,
}

type Moved = Arc<Mutex<Instant>>;

impl Crowd {
    /// Answers a connection. This is called on the one thread that runs its task as well, which so begins afterwards.
    fn admit(self: &Arc<Self>, number: u64, stream: TcpStream, loader: Arc<Loader>) {
        let moved = Arc::new(Mutex::new(Instant::now()));
        let stream = Impatient { stream, end: None, moved: Arc::clone(&moved) };
        let crowd = Arc::clone(self);
        let task = tokio::spawn(async move {
            answer_all(stream, loader).await;
            held(&crowd.0).remove(&number);
        });
        let mut members = held(&self.0);
        if members.len() >= MOST {
            let idle = members.iter().min_by_key(|(_, member)| *held(&member.moved)).map(|(number, _)| *number);
            if let Some(idle) = idle.and_then(|idle| members.remove(&idle)) {
                idle.task.abort();
            }
        }
        members.insert(number, Member { moved, task: task.abort_handle() });
    }
}

fn held<T>(value: &Mutex<T>) -> MutexGuard<'_, T> {
    value.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn answer_all(stream: Impatient, loader: Arc<Loader>) {
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let loader = Arc::clone(&loader);
        async move { Ok::<_, std::convert::Infallible>(answer(request, loader).await) }
    });
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEAD_PATIENCE);
    // It ends with an error when the other side is gone or too slow, of which nobody needs to know.
    let _ = http.serve_connection(TokioIo::new(stream), service).await;
}

async fn answer(request: Request<Incoming>, loader: Arc<Loader>) -> Response<Body> {
    let (request, _) = request.into_parts();
    if let Some(refusal) = guard::refusal(&request) {
        return sealed(refusal);
    }
    let question = Question::of(&request.method, request.uri.path(), &request.headers);
    // On a thread of its own: a page that takes long holds up nobody else.
    let answered = tokio::task::spawn_blocking(move || loader.answer(&question)).await;
    sealed(answered.unwrap_or_else(|_| plain(StatusCode::INTERNAL_SERVER_ERROR, "this page could not be made")))
}

/// A connection that fails when its reader takes nothing for too long.
struct Impatient {
    stream: TcpStream,
    /// Runs while something waits to be written.
    end: Option<Pin<Box<Sleep>>>,
    moved: Moved,
}

impl Impatient {
    /// Writes, or waits until the end of patience.
    fn poll<T>(
        &mut self,
        context: &mut Context<'_>,
        write: impl FnOnce(Pin<&mut TcpStream>, &mut Context<'_>) -> Poll<io::Result<T>>,
    ) -> Poll<io::Result<T>> {
        if let Poll::Ready(written) = write(Pin::new(&mut self.stream), context) {
            self.end = None;
            *held(&self.moved) = Instant::now();
            return Poll::Ready(written);
        }
        let end = self.end.get_or_insert_with(|| Box::pin(sleep(READER_PATIENCE)));
        end.as_mut().poll(context).map(|()| Err(io::ErrorKind::TimedOut.into()))
    }
}

impl AsyncRead for Impatient {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, room: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let read = Pin::new(&mut self.stream).poll_read(context, room);
        if read.is_ready() {
            *held(&self.moved) = Instant::now();
        }
        read
    }
}

impl AsyncWrite for Impatient {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.poll(context, |stream, context| stream.poll_write(context, bytes))
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.poll(context, |stream, context| stream.poll_write_vectored(context, parts))
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.poll(context, AsyncWrite::poll_flush)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.poll(context, AsyncWrite::poll_shutdown)
    }
}
