//! An ordinary page: it adds nothing.

use super::KindFields;
use crate::content::Kind;
use crate::fields::record;

record! {
    /// The fields that a page adds: none.
    pub struct Page ("page") {}
}

impl KindFields for Page {
    const KIND: Kind = Kind::Page;
}
