//! What both syntaxes share: trees to write, and trees to read that came from anybody.

mod element;
mod node;
mod source;
pub mod value;

pub use element::Element;
pub use node::{Node, WriteError, write};
pub use source::{ReadError, Source};

/// Prefixes as both syntaxes are known by; only their addresses count when a document is read.
pub type Namespaces = &'static [(&'static str, &'static str)];

/// XML's own white space; the no-break space and its like belong to a text.
pub fn trim(text: &str) -> &str {
    text.trim_matches([' ', '\t', '\n', '\r'])
}
