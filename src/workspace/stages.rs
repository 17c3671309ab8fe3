//! How long each stage took.

use std::time::{Duration, Instant};

/// Stages with their times, in order.
#[derive(Debug, Default)]
pub struct Stages {
    /// Name and time.
    pub list: Vec<(&'static str, Duration)>,
}

impl Stages {
    /// Does the work of a stage and notes how long it took.
    pub fn time<T>(&mut self, name: &'static str, work: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let done = work();
        self.list.push((name, start.elapsed()));
        done
    }
}
