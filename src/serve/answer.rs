//! What is sent: bytes, files in pieces, and the headers of every answer.

use std::fs::File;
use std::io::{self, Seek as _, SeekFrom};
use std::ops::Range;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use axum::body::{Body, Bytes, HttpBody};
use axum::http::{HeaderName, HeaderValue, Response, StatusCode, header};
use hyper::body::{Frame, SizeHint};
use tokio::io::{AsyncRead as _, ReadBuf};

/// What keeps other sites from loading an answer, framing it, holding its window or guessing its type. Nothing is kept,
/// since the next request may have another answer.
const ALWAYS: [(HeaderName, &str); 7] = [
    (header::CACHE_CONTROL, "no-store"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::CONTENT_SECURITY_POLICY, "frame-ancestors 'none'"),
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
];

/// How much of a file is read and sent at once, in bytes.
const PIECE: usize = 64 * 1024;

/// An answer with what every answer has. Its own policy stays beside the one that all have.
pub(super) fn sealed(mut response: Response<Body>) -> Response<Body> {
    for (name, value) in ALWAYS {
        response.headers_mut().append(name, HeaderValue::from_static(value));
    }
    response
}

/// A short text.
pub(super) fn plain(status: StatusCode, text: &str) -> Response<Body> {
    bytes(status, "text/plain; charset=utf-8", text.as_bytes().to_vec())
}

/// Bytes of a type.
pub(super) fn bytes(status: StatusCode, content_type: &str, bytes: Vec<u8>) -> Response<Body> {
    let mut response = Response::new(Body::from(bytes));
    *response.status_mut() = status;
    let content_type = HeaderValue::from_str(content_type);
    let content_type = content_type.unwrap_or(HeaderValue::from_static("application/octet-stream"));
    response.headers_mut().insert(header::CONTENT_TYPE, content_type);
    response
}

/// A file of a type, or the part of it that `Range` asks for, read while it is sent.
///
/// # Errors
///
/// When the file cannot be read.
pub(super) fn file(mut file: File, content_type: &str, range: Option<&HeaderValue>) -> io::Result<Response<Body>> {
    let size = file.metadata()?.len();
    let mut response = bytes(StatusCode::OK, content_type, Vec::new());
    response.headers_mut().insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    let part = match range.and_then(|range| part(range.to_str().unwrap_or_default(), size)) {
        None => 0..size,
        Some(part) => {
            let is_there = !part.is_empty();
            let status = if is_there { StatusCode::PARTIAL_CONTENT } else { StatusCode::RANGE_NOT_SATISFIABLE };
            *response.status_mut() = status;
            let last = part.end.saturating_sub(1);
            let said = if is_there { format!("bytes {}-{last}/{size}", part.start) } else { format!("bytes */{size}") };
            response
                .headers_mut()
                .insert(header::CONTENT_RANGE, HeaderValue::try_from(said).map_err(io::Error::other)?);
            part
        }
    };
    file.seek(SeekFrom::Start(part.start))?;
    *response.body_mut() = Body::new(Pieces::new(file, part.end - part.start));
    Ok(response)
}

/// The part of a file of this size that a `Range` asks for; empty when the file has none of it, `None` when the whole
/// is sent: for several parts, and for what is not understood. Source: RFC 9110, §14.
fn part(range: &str, size: u64) -> Option<Range<u64>> {
    let (unit, range) = range.split_once('=')?;
    let (first, last) = range.split_once('-').filter(|_| unit.trim().eq_ignore_ascii_case("bytes"))?;
    match (first.trim(), last.trim()) {
        ("", last) => Some(size.saturating_sub(number(last)?)..size),
        (first, last) => {
            let first = number(first)?;
            let end = if last.is_empty() { u64::MAX } else { number(last)?.saturating_add(1) };
            (first < end).then(|| if first < size { first..end.min(size) } else { 0..0 })
        }
    }
}

/// A number in digits only. One that is too large is beyond every file.
fn number(text: &str) -> Option<u64> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().unwrap_or(u64::MAX).min(u64::MAX - 1))
}

/// A file as a body: a piece is read when there is room for it on the way to the reader, so that neither memory nor a
/// thread is held by a slow one.
struct Pieces {
    file: tokio::fs::File,
    left: u64,
    piece: Vec<u8>,
}

impl Pieces {
    fn new(file: File, length: u64) -> Self {
        Self { file: tokio::fs::File::from_std(file), left: length, piece: Vec::new() }
    }
}

impl HttpBody for Pieces {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        if self.left == 0 {
            return Poll::Ready(None);
        }
        let Self { file, left, piece } = &mut *self;
        piece.resize(PIECE.min(usize::try_from(*left).unwrap_or(PIECE)), 0);
        let mut room = ReadBuf::new(piece);
        if let Err(error) = ready!(Pin::new(file).poll_read(context, &mut room)) {
            return Poll::Ready(Some(Err(error)));
        }
        let read = room.filled();
        if read.is_empty() {
            // It has become shorter than was said, and the reader must not take what came for the whole.
            return Poll::Ready(Some(Err(io::ErrorKind::UnexpectedEof.into())));
        }
        *left -= read.len() as u64;
        Poll::Ready(Some(Ok(Frame::data(Bytes::copy_from_slice(read)))))
    }

    fn is_end_stream(&self) -> bool {
        self.left == 0
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_part_is_read_as_the_standard_has_it() {
        let size = 100;
        for (range, expected) in [
            ("bytes=0-9", Some(0..10)),
            ("bytes=90-", Some(90..100)),
            ("bytes=-5", Some(95..100)),
            ("bytes=-500", Some(0..100)),
            ("bytes=50-1000", Some(50..100)),
            ("bytes=99-99", Some(99..100)),
            ("Bytes=0-0", Some(0..1)),
            ("bytes=0-18446744073709551615", Some(0..100)),
            ("bytes=0-99999999999999999999999", Some(0..100)),
            ("bytes=100-", Some(0..0)),
            ("bytes=99999999999999999999999-", Some(0..0)),
            ("bytes=-0", Some(100..100)),
            ("bytes=9-0", None),
            ("bytes=900-0", None),
            ("bytes=0-1,5-6", None),
            ("bytes=-", None),
            ("bytes=+1-5", None),
            ("bytes=a-b", None),
            ("bytes 0-1", None),
            ("lines=0-1", None),
            ("bytes=--1", None),
            ("", None),
        ] {
            assert_eq!(part(range, size), expected, "{range}");
        }
        assert_eq!(part("bytes=0-", 0), Some(0..0));
    }
}
