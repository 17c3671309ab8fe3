#![doc = include_str!("ARCHITECTURE.md")]

// The order of these lines is the order of the floors: a module uses only modules above its own line.
pub mod check;
pub mod cli;
pub mod config;
pub mod content;
pub mod diagnostics;
pub mod front_matter;
pub mod handbook;
pub mod interchange;
pub mod markdown;
pub mod publish;
pub mod serve;
pub mod site;
pub mod text;
pub mod theme;
