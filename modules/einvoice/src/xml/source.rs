use std::{cell::RefCell, collections::HashSet};

use quick_xml::{Reader, events::Event};
use roxmltree::{Document, NodeId, ParsingOptions};

use super::{Element, Namespaces};

/// In bytes: with its attachments an invoice is seldom above ten million.
const LARGEST: usize = 32 * 1024 * 1024;
/// Elements within elements: an invoice has eight or so.
const DEEPEST: usize = 64;
/// Elements, texts and comments.
const MOST_NODES: u32 = 1_000_000;
/// Of the elements that were not understood.
const MOST_TOLD: usize = 100;

/// Why a document was not read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    #[error("The document is larger than 32 MiB, or has more than a million parts.")]
    TooLarge,
    #[error("The document is nested more than 64 elements deep.")]
    TooDeep,
    #[error("The document declares a document type, which is refused.")]
    DocumentType,
    #[error("The document is not in UTF-8.")]
    NotUtf8,
    #[error("The document is not well-formed XML: {0}")]
    Xml(String),
    #[error("{0} is neither a UBL invoice, nor a UBL credit note, nor a Cross Industry Invoice.")]
    NotAnInvoice(String),
    /// The rule says what is missing.
    #[error("{at} is missing or empty. [{rule}]")]
    Missing { at: String, rule: String },
    #[error("{at} is “{value}”: {why} [{rule}]")]
    Wrong { at: String, value: String, why: String, rule: String },
}

/// A document as it came, and which of its elements have been taken in.
pub struct Source<'d> {
    document: Document<'d>,
    pub(super) namespaces: Namespaces,
    pub(super) seen: RefCell<HashSet<NodeId>>,
}

impl<'d> Source<'d> {
    /// Refuses what is too large, too deep, not UTF-8, not well-formed, or has a document type (and so entities).
    pub fn parse(text: &'d [u8], namespaces: Namespaces) -> Result<Self, ReadError> {
        if text.len() > LARGEST {
            return Err(ReadError::TooLarge);
        }
        let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
        let text = std::str::from_utf8(text).map_err(|_| ReadError::NotUtf8)?;
        survey(text)?;
        let options = ParsingOptions { allow_dtd: false, nodes_limit: MOST_NODES, ..ParsingOptions::default() };
        let document = Document::parse_with_options(text, options).map_err(|error| match error {
            roxmltree::Error::NodesLimitReached => ReadError::TooLarge,
            roxmltree::Error::DtdDetected => ReadError::DocumentType,
            other => ReadError::Xml(other.to_string()),
        })?;
        Ok(Self { document, namespaces, seen: RefCell::default() })
    }

    pub fn root(&self) -> Element<'_> {
        Element { node: self.document.root_element(), source: self }
    }

    /// The elements that nobody asked for, each by its path, without those inside of them.
    pub fn unread(&self) -> Vec<String> {
        let seen = self.seen.borrow();
        self.document
            .root_element()
            .descendants()
            .filter(|node| node.is_element() && !seen.contains(&node.id()))
            .filter(|node| node.parent().is_some_and(|parent| seen.contains(&parent.id())))
            .take(MOST_TOLD)
            .map(|node| Element { node, source: self }.path())
            .collect()
    }
}

/// A first look without a tree, so that depth costs no stack.
fn survey(text: &str) -> Result<(), ReadError> {
    let mut reader = Reader::from_str(text);
    let mut depth = 0_usize;
    loop {
        match reader.read_event() {
            Ok(Event::Start(_)) if depth == DEEPEST => return Err(ReadError::TooDeep),
            Ok(Event::Start(_)) => depth += 1,
            Ok(Event::End(_)) => depth = depth.saturating_sub(1),
            Ok(Event::DocType(_)) => return Err(ReadError::DocumentType),
            Ok(Event::Decl(declaration)) => {
                let encoding = declaration.encoding().and_then(Result::ok);
                let known = |name: &[u8]| name.eq_ignore_ascii_case(b"utf-8") || name.eq_ignore_ascii_case(b"us-ascii");
                if encoding.is_some_and(|name| !known(&name)) {
                    return Err(ReadError::NotUtf8);
                }
            }
            Ok(Event::Eof) => return Ok(()),
            Ok(_) => {}
            Err(error) => return Err(ReadError::Xml(error.to_string())),
        }
    }
}
