//! A folder to a handbook that is read, resolved and checked: what every command, test and measurement begins with.
//!
//! Takes a handbook's folder and the day of the run, gives a [`Workspace`]: everything that is known before an audience
//! is chosen, and the report for those who write or for one audience. Problems gather and stop nothing; only what the system
//! does not let us read is a failure. It never prints, takes no arguments and does not look for the folder. Start
//! reading at [`Loader::load`]; [`read()`] is the part of it that looks at each entry alone, and [`Kept`] what need not be
//! read again by who loads again and again.

mod kept;
mod load;
mod stages;

pub use kept::Kept;
pub use load::{Loader, Read, Strictness, Workspace, read};
pub use stages::Stages;
