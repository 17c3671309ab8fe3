//! Where in a foreign file a prompt was read.

use std::fmt;

/// A part of a foreign file of which one prompt is made, such as `row 3`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Origin {
    /// What such a part is called, in one word: the same for all of a file.
    pub part: &'static str,
    /// Which it is, as whoever looks at the file counts. Later parts have higher numbers.
    pub number: usize,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.part, self.number)
    }
}
