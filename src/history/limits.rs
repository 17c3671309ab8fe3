//! A program that is run within limits of time, output and memory, and ended at each.

use std::io::{self, Read};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

/// The most that it may print, in bytes: the history of fifty thousand entries prints a tenth.
const OUTPUT_LIMIT: u64 = 256 * 1024 * 1024;

/// The most that is heard of what it complains about, in bytes.
const COMPLAINT_LIMIT: u64 = 4096;

/// What a program gave.
#[derive(Debug)]
pub(super) struct Answer {
    /// Whether it ended well.
    pub(super) is_success: bool,
    /// What it printed; U+FFFD for what is not UTF-8.
    pub(super) out: String,
    err: String,
}

impl Answer {
    /// The first thing that it complained about, on one line.
    pub(super) fn complaint(&self) -> String {
        let grave = |line: &&str| line.starts_with("fatal: ") || line.starts_with("error: ");
        let line = self.err.lines().find(grave).or_else(|| self.err.lines().next()).unwrap_or("it says nothing");
        line.trim_start_matches("fatal: ").trim_start_matches("error: ").to_owned()
    }
}

/// Runs a program to its end, or ends it at a limit.
///
/// # Errors
///
/// That it cannot be started, or which limit it met.
pub(super) fn run(command: Command, patience: Duration) -> Result<Answer, String> {
    run_within(command, patience, OUTPUT_LIMIT)
}

fn run_within(mut command: Command, patience: Duration, output: u64) -> Result<Answer, String> {
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(|error| format!("it cannot be started: {error}"))?;
    limit(&child);
    let result = hear(&mut child, Instant::now() + patience, output);
    if result.is_err() {
        end(&mut child);
    }
    result.map_err(|limit| match limit {
        Limit::Time => format!("it had no answer after {} seconds", patience.as_secs()),
        Limit::Output => format!("it said more than {} MiB", output / 1024 / 1024),
    })
}

/// Which limit was met.
enum Limit {
    Time,
    Output,
}

fn hear(child: &mut Child, end: Instant, output: u64) -> Result<Answer, Limit> {
    let out = listen(child.stdout.take(), output + 1);
    let err = listen(child.stderr.take(), COMPLAINT_LIMIT);
    let out = receive(&out, end)?;
    if out.len() as u64 > output {
        return Err(Limit::Output);
    }
    let err = receive(&err, end)?;
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    Ok(Answer { is_success: wait(child, end)?, out: text(out), err: text(err) })
}

/// Reads so many bytes on a thread of its own, and lets the rest go by.
fn listen(pipe: Option<impl Read + Send + 'static>, limit: u64) -> Receiver<Vec<u8>> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let Some(mut pipe) = pipe else { return };
        let mut bytes = Vec::new();
        // What cannot be read is as good as not said.
        let _ = pipe.by_ref().take(limit).read_to_end(&mut bytes);
        if bytes.len() as u64 == limit {
            let _ = sender.send(bytes);
            let _ = io::copy(&mut pipe, &mut io::sink());
        } else {
            let _ = sender.send(bytes);
        }
    });
    receiver
}

fn receive(from: &Receiver<Vec<u8>>, end: Instant) -> Result<Vec<u8>, Limit> {
    match from.recv_timeout(end.saturating_duration_since(Instant::now())) {
        Ok(bytes) => Ok(bytes),
        Err(RecvTimeoutError::Timeout) => Err(Limit::Time),
        Err(RecvTimeoutError::Disconnected) => Ok(Vec::new()),
    }
}

/// Waits for the end of a program that says nothing any more, and says whether it ended well.
fn wait(child: &mut Child, end: Instant) -> Result<bool, Limit> {
    let mut pause = Duration::from_micros(100);
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Ok(status.success()),
            Ok(None) if Instant::now() < end => thread::sleep(pause),
            _ => return Err(Limit::Time),
        }
        pause = (pause * 2).min(Duration::from_millis(20));
    }
}

/// Ends it. It stays in the group of this process, so that whoever ends that from a terminal ends both.
fn end(child: &mut Child) {
    let _ = child.kill();
    let _ = child.wait();
}

/// Keeps a history that was made for it from filling the machine's memory: git holds all paths of a commit at once. And
/// from working on for nobody, where this process is killed before it could end it.
#[cfg(target_os = "linux")]
fn limit(child: &Child) {
    use rustix::process::{Pid, Resource, Rlimit, prlimit};

    const MEMORY: Option<u64> = Some(2 * 1024 * 1024 * 1024);
    const SECONDS: Option<u64> = Some(60);
    let pid = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
    // Where the system does not allow it there is still the limit of time.
    let _ = prlimit(pid, Resource::Data, Rlimit { current: MEMORY, maximum: MEMORY });
    let _ = prlimit(pid, Resource::Cpu, Rlimit { current: SECONDS, maximum: SECONDS });
}

#[cfg(not(target_os = "linux"))]
fn limit(_: &Child) {}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    const PATIENCE: Duration = Duration::from_mins(1);

    fn shell(line: &str, patience: Duration) -> Result<Answer, String> {
        let mut command = Command::new("/bin/sh");
        command.args(["-c", line]);
        run_within(command, patience, 1024 * 1024)
    }

    #[test]
    fn an_answer_is_heard_whole() {
        let answer = shell("printf 'a\\nb'; echo 'warning: x' >&2; echo 'fatal: no' >&2; exit 3", PATIENCE);
        let answer = answer.expect("an answer");
        assert_eq!((answer.out.as_str(), answer.is_success), ("a\nb", false));
        assert_eq!(answer.complaint(), "no");
    }

    #[test]
    fn what_takes_too_long_is_ended() {
        let folder = tempfile::tempdir().expect("a folder");
        let canary = folder.path().join("canary");
        let start = Instant::now();
        for line in ["exec sleep 60", "exec >&- 2>&- sleep 60", "read -t 2 x <>/dev/full; sleep 2; echo >'CANARY'"] {
            let line = line.replace("CANARY", &canary.display().to_string());
            let limit = shell(&line, Duration::from_millis(200)).expect_err("no answer");
            assert_eq!(limit, "it had no answer after 0 seconds");
        }
        assert!(start.elapsed() < Duration::from_secs(20));
        thread::sleep(Duration::from_millis(2500));
        assert!(!canary.exists());
    }

    #[test]
    fn what_says_too_much_is_ended() {
        assert_eq!(shell("exec yes", PATIENCE).expect_err("too much"), "it said more than 1 MiB");
        assert!(shell("yes | head -c 100000 >&2", PATIENCE).expect("an answer").is_success);
    }
}
