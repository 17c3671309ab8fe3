//! A limit on the steps of every search with oniguruma: the engine has one for the whole process, and the highlighter's
//! library passes none along.

use std::ffi::c_ulong;

/// From now on a search that goes back more often than this finds nothing. Counted in steps, not in time, so that a
/// slow machine finds what a fast one does.
#[expect(unsafe_code, reason = "a call into C, the only one of the project")]
pub(super) fn limit(steps: u32) {
    // SAFETY: sets one number that each search copies when it begins; it takes any value and no pointer.
    unsafe {
        onig_sys::onig_set_retry_limit_in_search(c_ulong::from(steps));
    }
}
