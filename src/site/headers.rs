//! What a host has to say of a file beside its bytes: one table, for the preview and for the files that set up hosts.

/// The type of a file by its ending, for `Content-Type`: browsers are told not to guess it
/// (`X-Content-Type-Options: nosniff`). Text is UTF-8. Source: the registry of media types, as `mime_guess` has it.
pub fn content_type(path: &str) -> String {
    match mime_guess::from_path(path).first_raw().unwrap_or("application/octet-stream") {
        text if text.starts_with("text/") => format!("{text}; charset=utf-8"),
        other => other.to_owned(),
    }
}

/// The `Content-Security-Policy` of an attachment: whatever is in it, it runs nothing, and is no part of the site's
/// address, because `sandbox` gives it an opaque origin (CSP Level 3). In a picture that is opened by itself nothing is
/// loaded either.
pub fn attachment_policy(path: &str) -> &'static str {
    match content_type(path).split(['/', '+']).collect::<Vec<_>>()[..] {
        // Drawing programs write styles into their files, and pictures and fonts as `data:` addresses: both stay
        // allowed.
        ["image", "svg", ..] => "default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'; sandbox",
        // The player asks for the file a second time, and from nobody's address it would not be given.
        ["audio" | "video", ..] => "sandbox allow-same-origin",
        _ => "sandbox",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_published_has_a_type() {
        for (path, expected) in [
            ("index.html", "text/html; charset=utf-8"),
            ("a/b.md", "text/markdown; charset=utf-8"),
            ("site.css", "text/css; charset=utf-8"),
            ("site.js", "text/javascript; charset=utf-8"),
            ("feed.xml", "text/xml; charset=utf-8"),
            ("index.json", "application/json"),
            ("a.SVG", "image/svg+xml"),
            ("a.png", "image/png"),
            ("a.avif", "image/avif"),
            ("a.pdf", "application/pdf"),
            ("a.csv", "text/csv; charset=utf-8"),
            ("a.mp4", "video/mp4"),
            ("a.zip", "application/zip"),
            ("a", "application/octet-stream"),
            ("a.unheard-of", "application/octet-stream"),
        ] {
            assert_eq!(content_type(path), expected, "{path}");
        }
    }

    #[test]
    fn no_attachment_may_run_a_script() {
        for path in ["a.svg", "a.SVG", "a.pdf", "a.png", "a.txt", "a.mp4", "a.m4a", "a.key", "a"] {
            let policy = attachment_policy(path);
            assert!(policy.contains("sandbox") && !policy.contains("allow-scripts"), "{path}: {policy}");
        }
        assert!(attachment_policy("a.SVG").starts_with("default-src 'none'"));
    }
}
