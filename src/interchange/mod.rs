//! Other people's formats: what comes in and what goes out.
//!
//! Takes bytes in a foreign format, gives the text of entries together with an account of everything
//! that was read. It never opens a file, asks the time or prints: the command line does that. Start
//! reading at [`import`].

pub mod import;
