//! UN/CEFACT Cross Industry Invoice D16B, as EN 16931-3-3 binds it to the terms; Factur-X and `ZUGFeRD` 2.x in their profile EN 16931.
//!
//! Identifiers with a scheme are kept apart from those without, so they are read after them. An account that is no IBAN goes where those
//! go that are none.

mod write;
mod read;

use crate::{Invoice, Profile, xml, xml::WriteError};

pub(crate) use read::read;

/// What the document is called inside of a PDF, by Factur-X 1.0 and `ZUGFeRD` 2.1 and later.
pub const FACTUR_X_FILE_NAME: &str = "factur-x.xml";

pub(crate) const MESSAGE: &str = "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100";
pub(crate) const AGGREGATE: &str = "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100";
pub(crate) const QUALIFIED: &str = "urn:un:unece:uncefact:data:standard:QualifiedDataType:100";
pub(crate) const UNQUALIFIED: &str = "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100";

/// UNTDID 1001: the document is about what is invoiced.
const INVOICED_OBJECT: &str = "130";
/// UNTDID 1001: the document is a call for tenders or a lot of it.
const TENDER: &str = "50";
/// UNTDID 1001: the document supports the invoice.
const SUPPORTING: &str = "916";

/// # Errors
/// A character that no XML can carry; a second preceding invoice, unless for Factur-X, whose schema has room for it.
pub fn write(invoice: &Invoice, profile: Profile) -> Result<String, WriteError> {
    if invoice.preceding.len() > 1 && profile != Profile::FacturX {
        return Err(WriteError::OnePrecedingInvoice);
    }
    let namespaces = &[("rsm", MESSAGE), ("ram", AGGREGATE), ("qdt", QUALIFIED), ("udt", UNQUALIFIED)];
    xml::write(&write::document(invoice, profile), namespaces)
}
