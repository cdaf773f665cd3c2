use crate::{
    Invoice, cii, ubl,
    xml::{Namespaces, ReadError, Source},
};

const NAMESPACES: Namespaces = &[
    ("in", ubl::INVOICE),
    ("cn", ubl::CREDIT_NOTE),
    ("cac", ubl::AGGREGATE),
    ("cbc", ubl::BASIC),
    ("rsm", cii::MESSAGE),
    ("ram", cii::AGGREGATE),
    ("qdt", cii::QUALIFIED),
    ("udt", cii::UNQUALIFIED),
];

/// What was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    pub syntax: Syntax,
    /// BT-24: by what it says that it is made.
    pub specification: Option<String>,
    /// BT-23.
    pub process: Option<String>,
    pub invoice: Invoice,
    /// Elements that EN 16931 has no place for, or that are there once too often, by their path: they were left out. A hundred at most.
    pub unread: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Syntax {
    /// UBL 2.1, Invoice or Credit Note.
    Ubl,
    /// UN/CEFACT Cross Industry Invoice D16B.
    Cii,
}

/// Reads an invoice that anybody may have made, in either syntax, in UTF-8. Whether it is right, [`crate::check()`] says.
///
/// # Errors
/// What is too large or too deep, has a document type, is not well-formed, is no invoice; and what the types do not let be: a missing date,
/// an unknown currency, a rate where the category has none. What is only unknown is left out and told ([`Document::unread`]).
pub fn read(document: &[u8]) -> Result<Document, ReadError> {
    let source = Source::parse(document, NAMESPACES)?;
    let root = source.root().seen();
    if root.is("in:Invoice") || root.is("cn:CreditNote") {
        let (specification, process) = (root.text("cbc:CustomizationID"), root.text("cbc:ProfileID"));
        let invoice = ubl::read(root)?;
        return Ok(Document { syntax: Syntax::Ubl, specification, process, invoice, unread: source.unread() });
    }
    if root.is("rsm:CrossIndustryInvoice") {
        let context = "rsm:ExchangedDocumentContext";
        let parameter =
            |which: &str| root.text(&format!("{context}/ram:{which}SpecifiedDocumentContextParameter/ram:ID"));
        let (specification, process) = (parameter("Guideline"), parameter("BusinessProcess"));
        let invoice = cii::read(root)?;
        return Ok(Document { syntax: Syntax::Cii, specification, process, invoice, unread: source.unread() });
    }
    Err(ReadError::NotAnInvoice(root.name()))
}
