//! Connections, and how long one may keep us waiting: whoever sends or reads too slowly is hung up on.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::Body;
use axum::extract::Request;
use axum::http::{Response, StatusCode};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::{Sleep, sleep};

use crate::serve::answer::{plain, sealed};
use crate::serve::guard;
use crate::serve::loader::{Loader, Question};

/// The most connections at a time; further ones wait for one of these to end. A browser opens six.
const MOST: usize = 128;

/// How long the head of a request may take, from the end of the answer before it. A browser opens a new connection
/// when it needs one.
const HEAD_PATIENCE: Duration = Duration::from_secs(10);

/// How long a reader may take nothing of an answer.
const READER_PATIENCE: Duration = Duration::from_secs(20);

/// How long to wait after the system had no connection to give, as when too many files are open.
const PAUSE: Duration = Duration::from_millis(100);

/// Answers everything that comes to this port, for ever.
pub(super) async fn accept(listener: TcpListener, loader: Arc<Loader>) {
    let places = Arc::new(Semaphore::new(MOST));
    loop {
        let place = Arc::clone(&places).acquire_owned().await;
        match listener.accept().await {
            Ok((stream, _)) => {
                let loader = Arc::clone(&loader);
                tokio::spawn(async move {
                    answer_all(stream, loader).await;
                    drop(place);
                });
            }
            Err(_) => sleep(PAUSE).await,
        }
    }
}

async fn answer_all(stream: TcpStream, loader: Arc<Loader>) {
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let loader = Arc::clone(&loader);
        async move { Ok::<_, std::convert::Infallible>(answer(request, loader).await) }
    });
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEAD_PATIENCE);
    // It ends with an error when the other side is gone or too slow, of which nobody needs to know.
    let _ = http.serve_connection(TokioIo::new(Impatient::new(stream)), service).await;
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
}

impl Impatient {
    fn new(stream: TcpStream) -> Self {
        Self { stream, end: None }
    }

    /// Writes, or waits until the end of patience.
    fn poll<T>(
        &mut self,
        context: &mut Context<'_>,
        write: impl FnOnce(Pin<&mut TcpStream>, &mut Context<'_>) -> Poll<io::Result<T>>,
    ) -> Poll<io::Result<T>> {
        if let Poll::Ready(written) = write(Pin::new(&mut self.stream), context) {
            self.end = None;
            return Poll::Ready(written);
        }
        let end = self.end.get_or_insert_with(|| Box::pin(sleep(READER_PATIENCE)));
        end.as_mut().poll(context).map(|()| Err(io::ErrorKind::TimedOut.into()))
    }
}

impl AsyncRead for Impatient {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, room: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, room)
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
