//! What a check is, and what it sees.

use jiff::civil::Date;

use crate::content::Reserved;
use crate::diagnostics::Problems;
use crate::handbook::Catalog;

/// A check of the whole handbook. A plain function and no trait: a check has no state, and what it is called and how
/// severe it is are declared with its [`Rule`](crate::diagnostics::Rule).
pub(super) type Check = fn(&Scope<'_>, &mut Problems);

/// What a check sees. The same for every check, so that a new one needs nothing but its file and a line.
#[derive(Debug, Clone, Copy)]
pub struct Scope<'c> {
    /// Every entry, whoever may see it: who writes a handbook is told of everything in it. What a site for fewer
    /// readers may say of it is cut afterwards, by [`Withheld`](crate::diagnostics::Withheld).
    pub catalog: &'c Catalog,
    /// The names that no content can take. They come from above, because the families of the site declare them.
    pub reserved: &'c Reserved,
    /// The day that dates are compared with, in UTC. It comes from the edge: with a day of its own a check would give
    /// another report at midnight, and a test none that holds.
    pub today: Date,
}
