//! The promises, and what they share with the project's tests, for the targets of the fuzzer.

#[path = "../page.rs"]
mod page;
pub mod promises;
