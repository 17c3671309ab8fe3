#![doc = include_str!("ARCHITECTURE.md")]

// The order of these lines is the order of the floors, lowest first: a module uses only modules listed before it.
pub mod text;
pub mod diagnostics;
pub mod fields;
pub mod markdown;
pub mod config;
pub mod files;
pub mod history;
pub mod content;
pub mod import;
pub mod handbook;
pub mod schema;
pub mod check;
pub mod search;
pub mod theme;
pub mod site;
pub mod workspace;
pub mod publish;
pub mod serve;
pub mod cli;
