//! UBL 2.1, `Invoice` and `CreditNote`, as EN 16931-3-2 binds it to the terms.
//!
//! Where UBL wants an element that EN 16931 has nothing for, it is written as Peppol BIS 3 has it, and read as nothing: `NA` for the
//! order of which only the seller's number is known and for the network of a card, means `1` for the credit note that has a due date and no
//! payment instructions.

mod write;
mod read;

use crate::{Invoice, Profile, xml, xml::WriteError};

pub(crate) use read::read;

pub(crate) const INVOICE: &str = "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2";
pub(crate) const CREDIT_NOTE: &str = "urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2";
pub(crate) const AGGREGATE: &str = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2";
pub(crate) const BASIC: &str = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2";

/// UNTDID 1001: the document is about what is invoiced.
const INVOICED_OBJECT: &str = "130";
/// UNTDID 1001: the document is a project, where there is no better place for it.
const PROJECT: &str = "50";
/// What Peppol writes where UBL wants something and there is nothing.
const NOTHING: &str = "NA";
/// UNTDID 4461: not defined.
const UNDEFINED_MEANS: &str = "1";

/// As a credit note if the amounts go back to the buyer, as an invoice otherwise.
///
/// # Errors
/// A character that no XML can carry.
pub fn write(invoice: &Invoice, profile: Profile) -> Result<String, WriteError> {
    let own = if invoice.kind.is_credit() { CREDIT_NOTE } else { INVOICE };
    let root = write::document(invoice, profile);
    match own {
        INVOICE => xml::write(&root, &[("", INVOICE), ("cac", AGGREGATE), ("cbc", BASIC)]),
        _ => xml::write(&root, &[("", CREDIT_NOTE), ("cac", AGGREGATE), ("cbc", BASIC)]),
    }
}
