//! Front matter: one declaration of each field, one tree of values from TOML or YAML, one reader, one writer.
//!
//! Takes a [`Source`], gives records whose every value knows its place and whose every field knows its declaration. The
//! reader reports all problems of a file (syntax, unknown keys, wrong types, unknown terms, what is missing), not the
//! first, and still gives what could be read. It never knows which kinds of entry there are. Start reading at
//! [`FieldSpec`] and [`Shape`], then [`parse()`]; `record!` and `terms!` declare what can be read, [`walk`] visits what
//! was read, and [`mod@write`] writes it; [`filled()`] makes a record of values that stand in no file.

mod asked;
mod bare;
mod blanks;
mod comment;
mod days;
mod declared;
mod filled;
mod foreign;
mod guard;
mod kept_back;
mod lookalike;
mod mend;
mod parse;
mod parsed;
mod quotes;
mod reader;
mod record;
mod repair;
mod shape;
mod spec;
mod split;
mod swapped;
mod syntax;
mod toml;
mod tree;
mod value;
mod view;
mod words;
pub mod write;
mod yaml;

pub use declared::declared;
pub use filled::filled;
pub use foreign::Unknown;
pub use guard::{Doubt, means_guarded};
pub use kept_back::{DRAFTS, Drafts, Due, LESS, Telling};
pub use lookalike::{Frame, Lookalike, fenced_guard, lookalike};
pub use mend::Known;
pub use parse::{Front, parse};
pub use reader::{Keys, Reader};
pub use record::{FieldType, Record, Value};
pub(crate) use record::{record, terms};
pub use shape::{Part, Shape, Strength, TableSpec, Target, Terms, with_article};
pub use spec::{Fact, FieldKey, FieldSpec, Guard, Need, Weight, doc_text};
pub use split::{FRONT_MATTER_LIMIT, Fences, Parts, split};
pub use syntax::{Syntax, quoted};
pub use tree::{Data, Node, Table};
pub use value::{Address, Long, Pairs, Scalar, Text, TextSort};
pub use view::{Fielded, Items, Leaf, Named, ValueRef, walk};

#[cfg(doc)]
use crate::text::Source;
use crate::text::Spanned;

/// A field that may be absent. Blank text counts as absent.
pub type Field<T> = Option<Spanned<T>>;

/// A list that may be absent or empty.
pub type List<T> = Vec<Spanned<T>>;
