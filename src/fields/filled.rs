//! Records of values that stand in no file.

use super::reader::{Keys, Reader};
use super::record::Record;
use super::syntax::Syntax;
use super::tree::{Node, Table};
use crate::diagnostics::Problems;
use crate::text::{SourceId, Span};

/// The record of some values, as it is read of a file that has them; a value that its field does not take is absent.
pub fn filled<T: Record>(values: impl IntoIterator<Item = (&'static str, Node<'static>)>) -> T {
    let mut table = Table::default();
    for (key, value) in values {
        // The first of two with one key counts.
        let _ = table.add(key.into(), Span::default(), value);
    }
    let mut unheard = Problems::default();
    let mut reader = Reader::new(SourceId::default(), Syntax::default(), &mut unheard);
    T::read(&mut Keys::new(&table, Span::default(), &mut reader))
}
