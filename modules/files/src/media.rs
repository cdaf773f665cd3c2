//! Which files are taken. The content decides, not the name and not what the sender says; nothing that a browser would run
//! is on the list.

use base::Error;

/// By their first bytes (the `infer` crate's signatures).
const ALLOWED: &[&str] = &[
    "application/gzip",
    "application/msword",
    "application/pdf",
    "application/rtf",
    "application/vnd.ms-excel",
    "application/vnd.ms-powerpoint",
    "application/vnd.oasis.opendocument.presentation",
    "application/vnd.oasis.opendocument.spreadsheet",
    "application/vnd.oasis.opendocument.text",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/zip",
    "audio/mpeg",
    "audio/ogg",
    "audio/x-wav",
    "image/bmp",
    "image/gif",
    "image/heif",
    "image/jpeg",
    "image/png",
    "image/tiff",
    "image/webp",
    "video/mp4",
    "video/quicktime",
    "video/webm",
];

/// Enough for every signature, OOXML included.
const HEAD: usize = 8 * 1024;

/// Finds out what a stream is while it passes.
#[derive(Default)]
pub struct Sniffer {
    head: Vec<u8>,
    binary: bool,
    rest: Vec<u8>,
}

impl Sniffer {
    pub fn see(&mut self, chunk: &[u8]) {
        let room = HEAD.saturating_sub(self.head.len()).min(chunk.len());
        self.head.extend_from_slice(&chunk[..room]);
        if !self.binary {
            self.rest.extend_from_slice(chunk);
            match std::str::from_utf8(&self.rest) {
                Ok(text) => self.binary = !is_text(text),
                Err(error) => {
                    self.binary = error.error_len().is_some() || !is_text_bytes(&self.rest[..error.valid_up_to()]);
                }
            }
            let cut = std::str::from_utf8(&self.rest).map_or_else(|error| error.valid_up_to(), str::len);
            self.rest.drain(..cut);
        }
    }

    /// `None` when it is not allowed.
    pub fn media_type(&self) -> Option<&'static str> {
        if let Some(kind) = infer::get(&self.head) {
            return ALLOWED.iter().find(|allowed| **allowed == kind.mime_type()).copied();
        }
        // HTML, SVG and other markup begin with a bracket; plain text that does is refused with them.
        let markup = self.head.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'<')
            || self.head.starts_with(b"\xef\xbb\xbf<");
        (!self.binary && self.rest.is_empty() && !markup).then_some("text/plain")
    }
}

fn is_text(text: &str) -> bool {
    !text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{c}'))
}

fn is_text_bytes(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).is_ok_and(is_text)
}

pub fn refused() -> Error {
    Error::unsupported_media()
}

/// A name as it may be shown and sent in a header: no path, no control characters, at most 200 characters.
pub fn clean_name(given: &str) -> String {
    let name = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let name: String = name.chars().filter(|c| !c.is_control() && !BIDI.contains(c)).take(200).collect();
    let name = name.trim().trim_matches('.');
    if name.is_empty() { "file".to_owned() } else { name.to_owned() }
}

/// Turn the writing round: `gnp.exe` would show as `exe.png`.
const BIDI: &[char] =
    &['\u{202a}', '\u{202b}', '\u{202c}', '\u{202d}', '\u{202e}', '\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}'];
