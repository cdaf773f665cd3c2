//! The rules of EN 16931, where it is the law of the seller.

use base::{Error, Faults, Result};
use einvoice::{Profile, Severity, Violation};

use super::document::document;
use crate::{invoice::Model, reckon::Reckoned};

/// The European Economic Area, with Northern Ireland: Directive 2006/112/EC, Article 226, is the law there, and EN 16931 says what follows.
const AREA: &[&str] = &[
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IS", "IT", "LI", "LT",
    "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK", "XI",
];

/// # Errors
/// 422 with every rule that does not hold.
pub fn check(row: &Model, reckoned: &Reckoned) -> Result<()> {
    let country = row.seller.as_ref().and_then(|seller| seller.country.as_deref());
    if !country.is_some_and(|country| AREA.contains(&country)) {
        return Ok(());
    }
    let invoice = document(row, reckoned).ok_or_else(|| Error::internal("an invoice that is not complete"))?;
    let mut faults = Faults::new();
    for Violation { rule, at, what, .. } in einvoice::check(&invoice, Profile::En16931)
        .into_iter()
        .filter(|violation| violation.severity == Severity::Error)
        // The norm stops at hundredths, and three currencies' coins do not.
        .filter(|violation| reckoned.currency.places() <= 2 || !violation.rule.starts_with("BR-DEC-"))
    {
        faults.add("", rule.to_lowercase().replace('-', "_"), format!("{at}: {what}"));
    }
    faults.check()
}
