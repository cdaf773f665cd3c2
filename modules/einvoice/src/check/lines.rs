use rust_decimal::Decimal;

use super::{
    document::{in_order, object_scheme},
    report::{Report, filled},
};
use crate::{
    Invoice, codes,
    model::{Item, Line},
};

pub fn check(it: &Invoice, report: &mut Report) {
    for (at, line) in it.lines.iter().enumerate() {
        one(line, &format!("Line {}", at + 1), report);
    }
}

fn one(line: &Line, at: &str, report: &mut Report) {
    report.error(filled(&line.id), "BR-21", format!("{at}, identifier (BT-126)"), "The line has no number.");
    let unit = format!("{at}, unit (BT-130)");
    if filled(&line.unit) {
        report.error(
            codes::UNIT.has(&line.unit),
            "BR-CL-23",
            unit,
            "The unit is not a code of UN/ECE Recommendation 20.",
        );
    } else {
        report.error(false, "BR-23", unit, "The quantity has no unit.");
    }
    if let Some(code) = line.price.base.as_ref().and_then(|base| base.unit.as_ref()) {
        let what = "The unit of the price is not a code of UN/ECE Recommendation 20.";
        report.error(codes::UNIT.has(code), "BR-CL-23", format!("{at}, unit of the price (BT-150)"), what);
    }
    object_scheme(line.object.as_ref(), &format!("{at}, invoiced object (BT-128)"), report);
    let price = format!("{at}, net price (BT-146)");
    let what = "The price must not be negative; give a negative quantity for what is taken back.";
    report.error(line.price.net >= Decimal::ZERO, "BR-27", price, what);
    if let Some(gross) = line.price.gross {
        let what = "The price before its discount must not be negative.";
        report.error(gross.price >= Decimal::ZERO, "BR-28", format!("{at}, gross price (BT-148)"), what);
    }
    if let Some(period) = line.period {
        let what = "The period of the line ends before it begins.";
        report.error(in_order(period), "BR-30", format!("{at}, period (BG-26)"), what);
    }
    item(&line.item, at, report);
}

fn item(item: &Item, at: &str, report: &mut Report) {
    report.error(filled(&item.name), "BR-25", format!("{at}, item name (BT-153)"), "What is sold has no name.");
    if let Some(id) = &item.standard_id {
        let place = format!("{at}, standard item number (BT-157)");
        if filled(&id.scheme) {
            let what = "The scheme of the standard item number is not one of ISO 6523 (0160 is a GTIN).";
            report.error(codes::IDENTIFIER.has(&id.scheme), "BR-CL-21", place, what);
        } else {
            report.error(false, "BR-64", place, "The standard item number does not say of which scheme it is.");
        }
    }
    for one in &item.classifications {
        let place = format!("{at}, item classification (BT-158)");
        if filled(&one.scheme) {
            let what = "The scheme of the item's classification is not a code of UNTDID 7143.";
            report.error(codes::ITEM.has(&one.scheme), "BR-CL-13", place, what);
        } else {
            report.error(false, "BR-65", place, "The item's classification does not say of which scheme it is.");
        }
    }
    for (name, value) in &item.attributes {
        let what = "An attribute of the item needs both a name and a value.";
        report.error(filled(name) && filled(value), "BR-54", format!("{at}, item attribute (BG-32)"), what);
    }
}
