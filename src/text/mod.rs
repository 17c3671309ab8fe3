//! Text and where it stands: sources, spans, slugs, spellings, near names, digests, addresses of sites, text in HTML.
//!
//! Takes strings, gives strings and positions. Knows nothing of Markdown, TOML or the handbook.
//! Start reading at [`source`].

pub mod address;
pub mod digest;
mod distance;
pub mod hidden;
pub mod html;
pub mod shown;
pub mod slug;
pub mod source;
pub mod span;
pub mod spelling;
pub mod suggest;
mod unicode;
pub mod words;

pub use source::{Source, Sources};
pub use span::{SourceId, Span, Spanned};
