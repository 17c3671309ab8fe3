#![doc = include_str!("ARCHITECTURE.md")]

// The order of these lines is the order of the floors: a module uses only modules above its own line.
pub mod config;
pub mod content;
pub mod diagnostics;
pub mod front_matter;
pub mod markdown;
pub mod text;
