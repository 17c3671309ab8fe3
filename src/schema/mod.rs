//! What is declared of the fields, as others need it: a schema for editors and programs, pages for people.
//!
//! Takes the declarations of [`fields`](crate::fields) and, where there is one, the handbook that offers its own terms
//! and ids; gives a JSON Schema of each kind and of the config, and the text of the guide's pages that list every field and
//! every rule. It never looks at what an entry says beyond its names, and knows no field by itself: a field that is
//! declared is in all of them. Start reading at [`json_schema`].

pub mod guide;
pub mod json_schema;
mod offers;

pub use offers::Offers;
