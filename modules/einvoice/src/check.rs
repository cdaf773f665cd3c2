//! The rules: what is wrong with an invoice, in words that a bookkeeper understands.

mod adjustments;
mod category;
mod decimals;
mod document;
mod lines;
mod parties;
mod payment;
mod peppol;
mod report;
mod sums;
mod xrechnung;

use crate::{Invoice, Profile};

pub(crate) use category::category_rule;
use report::Report;
pub use report::{Severity, Violation};

/// Everything that is wrong by EN 16931 and by the profile, in the order of the document.
#[must_use]
pub fn check(invoice: &Invoice, profile: Profile) -> Vec<Violation> {
    let mut report = Report::default();
    document::check(invoice, &mut report);
    parties::check(invoice, &mut report);
    payment::check(invoice, &mut report);
    adjustments::check(invoice, &mut report);
    lines::check(invoice, &mut report);
    sums::check(invoice, &mut report);
    category::check(invoice, &mut report);
    decimals::check(invoice, &mut report);
    match profile {
        Profile::En16931 | Profile::FacturX => {}
        Profile::Peppol => {
            peppol::check_shared(invoice, &mut report);
            peppol::check_own(invoice, &mut report);
        }
        Profile::XRechnung => {
            peppol::check_shared(invoice, &mut report);
            xrechnung::check(invoice, &mut report);
        }
    }
    report.violations
}
