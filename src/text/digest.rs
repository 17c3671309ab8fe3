//! Short digests of content, for file names that may be cached for ever.

/// The first ten hexadecimal digits of the BLAKE3 hash: enough that two assets of one site never share one.
pub fn short(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex()[..10].to_owned()
}
