//! The one integration crate. Cases in `cases/` are small handbooks with expectations and need no Rust; the other
//! modules test what a case cannot say.

mod accessibility;
mod assembly;
mod audiences;
mod browser;
mod cases;
mod cleaning;
mod corpus;
mod determinism;
mod docs;
mod filling;
mod fuzzing;
mod guarding;
mod harness;
mod hostile;
mod keeping;
mod kills;
mod layout;
mod laws;
mod importing;
mod limits;
mod links;
mod notations;
mod page;
mod people;
mod properties;
mod reader;
mod repairs;
mod rules;
mod schema;
mod search;
// A host on loopback, which the benches measure with.
#[path = "../benches/server/mod.rs"]
mod server;
mod serving;
mod validity;
