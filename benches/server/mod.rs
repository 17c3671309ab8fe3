//! A site over HTTP, as a host would send it.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::{Arc, Mutex};

use flate2::Compression;
use flate2::write::GzEncoder;
use percent_encoding::percent_decode_str;

/// A file server on loopback that compresses, and remembers what it sent.
pub struct Server {
    /// Where it listens, without a `/` at the end.
    pub address: String,
    sent: Arc<Mutex<Vec<(String, usize)>>>,
}

impl Server {
    /// Serves a folder until the process ends.
    pub fn start(folder: &Path) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        let sent = Arc::new(Mutex::new(Vec::new()));
        let (log, folder) = (Arc::clone(&sent), folder.to_owned());
        let cache: Arc<Mutex<HashMap<String, Arc<Vec<u8>>>>> = Arc::default();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (log, folder, cache) = (Arc::clone(&log), folder.clone(), Arc::clone(&cache));
                std::thread::spawn(move || serve(&stream, &folder, &log, &cache));
            }
        });
        Self { address, sent }
    }

    /// Forgets what was sent so far.
    pub fn forget(&self) {
        self.sent.lock().expect("the log").clear();
    }

    /// The compressed sizes of what was sent of some paths, each once: a browser asks again where a connection has ended.
    pub fn sent(&self, wanted: impl Fn(&str) -> bool) -> Vec<usize> {
        let sent = self.sent.lock().expect("the log");
        let mut seen = HashSet::new();
        sent.iter().filter(|(path, _)| wanted(path) && seen.insert(path)).map(|(_, bytes)| *bytes).collect()
    }
}

fn serve(
    stream: &TcpStream,
    folder: &Path,
    log: &Mutex<Vec<(String, usize)>>,
    cache: &Mutex<HashMap<String, Arc<Vec<u8>>>>,
) -> Option<()> {
    let mut reader = BufReader::new(stream);
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).ok()? == 0 {
            return None;
        }
        let path = percent_decode_str(line.split(' ').nth(1)?.split('?').next()?).decode_utf8().ok()?.into_owned();
        while line.trim() != "" {
            line.clear();
            reader.read_line(&mut line).ok()?;
        }
        let mut writer = stream;
        let found = compressed(folder, &path, cache);
        let status = if found.is_some() { "200 OK" } else { "404 Not Found" };
        let path = if found.is_some() { path } else { not_found(folder, &path) };
        let body = found.or_else(|| compressed(folder, &path, cache)).unwrap_or_default();
        log.lock().expect("the log").push((path.clone(), body.len()));
        let kind = match path.rsplit('.').next() {
            Some("html") => "text/html",
            Some("css") => "text/css",
            Some("js") => "text/javascript",
            Some("svg") => "image/svg+xml",
            _ => "text/plain",
        };
        let head = format!(
            "HTTP/1.1 {status}\r\nContent-Type: {kind}; charset=utf-8\r\nContent-Encoding: gzip\r\nCache-Control: max-age=600\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        writer.write_all(head.as_bytes()).ok()?;
        writer.write_all(&body).ok()?;
    }
}

/// The page that a host shows for a path that is not there: the nearest `404.html` above it.
fn not_found(folder: &Path, path: &str) -> String {
    let above = Path::new(path).ancestors().skip(1).map(|folder| format!("{}/404.html", folder.display()));
    above.map(|page| page.replace("//", "/")).find(|page| folder.join(&page[1..]).is_file()).unwrap_or_default()
}

fn compressed(folder: &Path, path: &str, cache: &Mutex<HashMap<String, Arc<Vec<u8>>>>) -> Option<Arc<Vec<u8>>> {
    if let Some(known) = cache.lock().expect("the cache").get(path) {
        return Some(Arc::clone(known));
    }
    let bytes = fs::read(folder.join(path.trim_start_matches('/'))).ok()?;
    let mut encoder = GzEncoder::new(Vec::new(), Compression::new(6));
    encoder.write_all(&bytes).ok()?;
    let body = Arc::new(encoder.finish().ok()?);
    cache.lock().expect("the cache").insert(path.to_owned(), Arc::clone(&body));
    Some(body)
}
