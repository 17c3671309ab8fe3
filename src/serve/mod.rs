//! A preview on this machine: routes rendered when they are asked for.
//!
//! Takes a way to load the site, gives answers to requests on loopback, from its table of routes and from nothing else.
//! A request looks whether a file has changed, and loads anew if so. Requests that are not for this machine, or that a
//! page of another site makes, are refused, so that no web page can read the handbook. It never writes, never follows a
//! symbolic link below `content/`, never sends a picture that it has not checked, and never waits for a slow reader
//! while others want something. Start reading at [`run`], then `connection.rs` (who waits for whom), `guard.rs` (who
//! may ask), `loader.rs` (what is asked for) and `answer.rs` (what is sent).

mod answer;
mod connection;
mod guard;
mod loader;
mod preview;

pub use preview::{Loading, Preview};

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;

use tokio::net::TcpListener;

use crate::serve::loader::Loader;

/// Why nothing can be served.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The handbook cannot be read.
    #[error("{0}")]
    Load(String),
    /// The port cannot be used.
    #[error("cannot listen on port {0}: {1}")]
    Listen(u16, std::io::Error),
    /// The server cannot be started.
    #[error("the server cannot be started: {0}")]
    Start(std::io::Error),
}

/// How many pages are rendered, and pieces of files read, at the same time.
const THREADS: usize = 16;

/// Serves until the process is ended from outside: it has nothing to put in order, and Ctrl-C, which it leaves to the
/// system, so ends it in the middle of a load too. `ready` is told the address.
///
/// # Errors
///
/// When the handbook cannot be read at the start, or no port can be listened on.
pub fn run(port: u16, loading: Loading, ready: &dyn Fn(&str)) -> Result<(), Failure> {
    let loader = Arc::new(Loader::new(loading).map_err(Failure::Load)?);
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    let runtime = runtime.enable_all().max_blocking_threads(THREADS).build().map_err(Failure::Start)?;
    runtime.block_on(async {
        let listener = bind(port).await?;
        let address = listener.local_addr().map_err(|error| Failure::Listen(port, error))?;
        ready(&address.to_string());
        connection::accept(listener, loader).await;
        Ok(())
    })
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
