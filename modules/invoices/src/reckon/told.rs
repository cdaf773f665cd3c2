//! Faults in a bookkeeper's words.

use base::Faults;
use einvoice::calculate::{Fault, Place, Reason};

use super::Sale;
use crate::lines::AdjustmentKind;

/// Faults where they are in the body, in a bookkeeper's words.
pub fn told(sale: &Sale<'_>, wrong: &[Fault]) -> Faults {
    let nth = |kind: AdjustmentKind, nth: usize| {
        let of_kind = sale.adjustments.iter().enumerate().filter(|(_, row)| row.kind == kind);
        of_kind.map(|(at, _)| at).nth(nth).unwrap_or_default()
    };
    let mut faults = Faults::new();
    for fault in wrong {
        let at = match fault.place {
            Place::Document => "/lines".to_owned(),
            Place::Line(at) if at >= sale.lines.len() => format!("/adjustments/{}", at - sale.lines.len()),
            Place::Line(at) | Place::LineAllowance(at, _) | Place::LineCharge(at, _) => format!("/lines/{at}"),
            Place::Allowance(at) => format!("/adjustments/{}", nth(AdjustmentKind::Discount, at)),
            Place::Charge(at) => format!("/adjustments/{}", nth(AdjustmentKind::Charge, at)),
        };
        let is_line = at.starts_with("/lines/");
        let (member, code, sentence) = match fault.reason {
            Reason::AboveItsBase if is_line => {
                ("/discount_amount", "above_its_base", "The discount is more than the line comes to.")
            }
            Reason::AboveItsBase => {
                ("", "above_its_base", "The discount is more than the lines of its tax rate come to.")
            }
            Reason::RateOutOfRange => ("/tax/percent", "out_of_range", "The rate is above nought with the category S."),
            Reason::TooLarge => ("", "out_of_range", "It comes to more than an amount holds."),
            _ => ("", "invalid", "It cannot be reckoned."),
        };
        faults.add(format!("{at}{member}"), code, sentence);
    }
    faults
}
