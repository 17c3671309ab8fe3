//! For whom a body is written.

/// For whom a body is written as Markdown again. Both are the same filtered stream; they differ in what only one of
/// them needs, and [`blocks`](super::blocks) is where they part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// For readers of Markdown: it reads as its page.
    Twin,
    /// For models: the tags of prompts and the levels of headings are those of the author, or so many levels deeper.
    /// Pictures are left out.
    Loadable { deeper: u8 },
}

impl Form {
    pub(super) fn is_loaded(self) -> bool {
        matches!(self, Self::Loadable { .. })
    }
}
