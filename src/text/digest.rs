//! Short digests of content, for file names that may be cached for ever.

/// How many digits a short digest has.
pub const LENGTH: usize = 10;

/// The first ten hexadecimal digits of the BLAKE3 hash, 40 bits: enough that two assets of one site hardly ever share
/// one.
pub fn short(bytes: &[u8]) -> String {
    Digest::default().add(bytes).short()
}

/// A digest of what comes in pieces.
#[derive(Debug, Default)]
pub struct Digest(blake3::Hasher);

impl Digest {
    /// Adds a piece: pieces are one behind another, as if they were one.
    pub fn add(&mut self, bytes: &[u8]) -> &mut Self {
        self.0.update(bytes);
        self
    }

    /// The short digest of all pieces, as [`short`] has it.
    pub fn short(&self) -> String {
        self.0.finalize().to_hex()[..LENGTH].to_owned()
    }
}
