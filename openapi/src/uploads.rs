//! Examples of files: poem-openapi takes none beside a schema that is written out.

use serde_json::{Value, json};

use crate::operations;

/// A picture of one pixel in letters alone: a header, no colours, an end (GIF specification 89a, 17 to 27).
const PICTURE: &str = "GIF89a\u{1}\0\u{1}\0\0\0\0;";
const TEXT: &str = "Offer 2026-114\n12 pallets, Hamburg to Leeds\n12,500.00 EUR\n";

pub(super) fn show(document: &mut Value) {
    for (path, _, operation) in operations(document) {
        if let Some(form) = operation.pointer_mut("/requestBody/content/multipart~1form-data") {
            form["example"] = json!({ "file": if path.ends_with("/logo/") { PICTURE } else { TEXT } });
        }
    }
}
