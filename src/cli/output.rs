//! What a command writes, to stdout and to stderr.

use std::io::Write as _;

use crate::cli::outcome::Failure;
use crate::text::shown;

/// Writes to stderr what may hold names and values of the content. A closed stderr is nobody's problem.
pub(super) fn say(text: &str) {
    show(&shown::log(text));
}

/// Writes to stderr what was made to be shown, with colour only where that is seen.
pub(super) fn show(text: &str) {
    let _ = anstream::stderr().lock().write_all(text.as_bytes());
}

/// Writes a result to stdout that may hold names and values of the content.
pub(super) fn print(text: &str) -> Result<(), Failure> {
    print_exact(&shown::log(text))
}

/// Writes a result to stdout as it is: a report that was made to be shown, or a prompt that is used byte for byte.
pub(super) fn print_exact(text: &str) -> Result<(), Failure> {
    let mut out = anstream::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        // The reader of a pipe may stop early: that is an end, not a failure.
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Failure::new(format!("cannot write the result: {error}")))
        }
        _ => Ok(()),
    }
}
