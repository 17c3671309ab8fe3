//! What was read, as it can be walked: every field with its declaration, value and place.

use jiff::civil::Date;

use super::shape::{Shape, TableSpec};
use super::spec::FieldSpec;
use crate::text::Span;

/// A value that was read.
#[derive(Clone, Copy)]
pub enum ValueRef<'v> {
    /// Nothing.
    Absent,
    /// A text.
    Text(&'v str),
    /// A whole number.
    Whole(u32),
    /// True or false.
    YesNo(bool),
    /// A day.
    Day(Date),
    /// Values in their order.
    List(&'v dyn Items),
    /// A record.
    Table(&'v dyn Fielded),
    /// Names of the author's own with their values.
    Map(&'v dyn Named),
}

impl ValueRef<'_> {
    /// Whether it says nothing: an empty list or map counts as absent too.
    pub fn is_absent(&self) -> bool {
        match self {
            Self::Absent => true,
            Self::List(items) => items.count() == 0,
            Self::Map(pairs) => pairs.count() == 0,
            _ => false,
        }
    }
}

/// A record, field by field.
pub trait Fielded {
    /// What it is and which fields it has.
    fn table(&self) -> &'static TableSpec;

    /// Visits every field in the order of the table, the absent ones too, with the place of its value; that of a list is
    /// the place of its first item.
    fn each<'r>(&'r self, visit: &mut dyn FnMut(&'static FieldSpec, Span, ValueRef<'r>));
}

/// A list of values.
pub trait Items {
    /// How many there are.
    fn count(&self) -> usize;

    /// Visits each in its order.
    fn each<'r>(&'r self, visit: &mut dyn FnMut(Span, ValueRef<'r>));
}

/// A table whose keys are the author's own.
pub trait Named {
    /// How many there are.
    fn count(&self) -> usize;

    /// Visits each in its order: its name, the places of name and value, the value.
    fn each<'r>(&'r self, visit: &mut dyn FnMut(&'r str, Span, Span, ValueRef<'r>));
}

/// A plain value, reached by a walk.
#[derive(Clone, Copy)]
pub struct Leaf<'v> {
    /// The field of the record that the walk began at.
    pub outer: &'static FieldSpec,
    /// The field that the value, or the list that it is an item of, belongs to.
    pub field: &'static FieldSpec,
    /// What the value may be.
    pub shape: &'static Shape,
    /// Where it stands.
    pub span: Span,
    /// The value: a text, a number, a day, true or false.
    pub value: ValueRef<'v>,
}

/// Visits every plain value of a record, also those in its tables and lists, in the order of the fields.
pub fn walk<'r>(record: &'r dyn Fielded, visit: &mut dyn FnMut(Leaf<'r>)) {
    record.each(&mut |field, span, value| step(Leaf { outer: field, field, shape: &field.shape, span, value }, visit));
}

fn step<'r>(at: Leaf<'r>, visit: &mut dyn FnMut(Leaf<'r>)) {
    match at.value {
        ValueRef::Absent => {}
        ValueRef::List(items) => {
            let shape = item_shape(at.shape);
            items.each(&mut |span, value| step(Leaf { shape, span, value, ..at }, visit));
        }
        ValueRef::Table(record) => {
            record.each(&mut |field, span, value| step(Leaf { field, shape: &field.shape, span, value, ..at }, visit));
        }
        ValueRef::Map(pairs) => {
            let shape = item_shape(at.shape);
            pairs.each(&mut |_, _, span, value| step(Leaf { shape, span, value, ..at }, visit));
        }
        ValueRef::Text(text) => visit(Leaf { shape: at.shape.of_text(text), ..at }),
        ValueRef::Whole(_) | ValueRef::YesNo(_) | ValueRef::Day(_) => visit(at),
    }
}

/// The shape of what is in a list or a map.
fn item_shape(shape: &'static Shape) -> &'static Shape {
    match shape {
        Shape::List(item) | Shape::Map(item) => item,
        other => other,
    }
}
