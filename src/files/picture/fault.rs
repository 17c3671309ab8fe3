//! What is wrong with a picture, in words.

use roxmltree::Node;

/// What is wrong, and what to do.
#[derive(Debug)]
pub(super) struct Fault {
    pub(super) what: String,
    pub(super) help: &'static str,
}

impl Fault {
    pub(super) fn new(what: impl Into<String>) -> Self {
        let help = "export the picture as PNG, or without scripts and with everything in it that it shows";
        Self { what: what.into(), help }
    }

    /// A fault of a part of the picture, with its line.
    pub(super) fn of(node: Node<'_, '_>, what: &str) -> Self {
        let line = node.document().text_pos_at(node.range().start).row;
        Self::new(format!("line {line} of the picture has {what}"))
    }

    pub(super) fn help(self, help: &'static str) -> Self {
        Self { help, ..self }
    }
}

/// A text of the picture for a message: short, and on one line.
pub(super) fn shown(text: &str) -> String {
    const LONGEST: usize = 60;
    let mut short: String = text.chars().take(LONGEST).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short.escape_debug().to_string().replace('`', "'")
}
