use einvoice::model::{
    Adjustment, BaseQuantity, Classification, Country, Currency, DocumentAdjustment, Gross, Invoice, Item, Line,
    Period, Price, Schemed, Tax,
};
use rust_decimal::Decimal;

use super::{dec, parts, text, word};
use crate::dice::Dice;

/// What may stand on one invoice together.
pub fn taxes(dice: &mut Dice) -> Vec<Tax> {
    if dice.one_in(8) {
        return vec![Tax::OutsideScope];
    }
    let mut taxes = vec![Tax::Standard(dec("19")), Tax::Standard(dec("7")), Tax::Standard(dec("5.5"))];
    taxes.extend([Tax::ZeroRated, Tax::Exempt, Tax::ReverseCharge, Tax::IntraCommunity, Tax::Export]);
    // Not at nought for the Canary Islands: the norm and CEN's rules for UBL allow it, those for CII do not.
    taxes.extend([Tax::CanaryIslands(dec("7")), Tax::CeutaMelilla(dec("4")), Tax::CeutaMelilla(dec("0"))]);
    dice.shuffle(&mut taxes);
    taxes.truncate(1 + dice.below(3));
    taxes
}

pub fn line(dice: &mut Dice, nth: usize, currency: Currency, taxes: &[Tax], period: Option<Period>) -> Line {
    let unit = dice.pick(&["C62", "HUR", "KGM", "MTR", "XPK"]);
    let quantity = dice.decimal(-2_000, 20_000, 3);
    let mut it = Line::new(nth.to_string(), text(dice), quantity, unit, Decimal::ZERO, dice.pick(taxes));
    it.price = price(dice, unit);
    it.note = dice.maybe(text);
    it.object = dice.maybe(parts::object);
    it.order_line = dice.maybe(word);
    it.buyer_accounting = dice.maybe(text);
    it.period = dice.maybe(|dice| parts::period_within(dice, period));
    it.item = item(dice, it.item.name);
    it.charges = dice.some(1, |dice| adjustment(dice, currency, 10_000, "FC"));
    let base = it.price.base.as_ref().map_or(Decimal::ONE, |base| base.quantity);
    let most = currency.round(it.quantity * it.price.net / base).max(Decimal::ZERO).trunc();
    it.allowances = dice.some(1, |dice| adjustment(dice, currency, i64::try_from(most).unwrap(), "95"));
    it
}

fn price(dice: &mut Dice, unit: &str) -> Price {
    let net = dice.decimal(0, 1_000_000, 4);
    Price {
        net,
        gross: dice.maybe(|dice| {
            let discount = dice.decimal(0, 500, 2);
            Gross { price: net + discount, discount }
        }),
        base: dice
            .maybe(|dice| BaseQuantity { quantity: dice.decimal(1, 1_000, 1), unit: dice.maybe(|_| unit.to_owned()) }),
    }
}

/// No larger than `most`; with its base and percentage, or without either.
pub fn adjustment(dice: &mut Dice, currency: Currency, most: i64, code: &str) -> Adjustment {
    let base = Decimal::from(dice.between(0, most.max(0)));
    let mut it = if dice.one_in(2) {
        Adjustment::percent(dice.decimal(0, 1_000, 1), base, currency, text(dice)).unwrap()
    } else {
        Adjustment::amount(base, text(dice))
    };
    match dice.below(3) {
        0 => it.reason = None,
        1 => return it,
        _ => {}
    }
    it.reason_code = Some(code.to_owned());
    it
}

/// Allowances and charges on the document, of the categories of its lines, with no more taken off than there is.
pub fn on_the_document(dice: &mut Dice, it: &mut Invoice) {
    it.calculate(&[]).unwrap();
    for part in it.breakdown.clone() {
        it.charges.extend(dice.some(1, |dice| DocumentAdjustment {
            adjustment: adjustment(dice, it.currency, 5_000, "FC"),
            tax: part.tax,
        }));
        let most = i64::try_from(part.taxable.max(Decimal::ZERO).trunc()).unwrap();
        it.allowances.extend(dice.some(1, |dice| DocumentAdjustment {
            adjustment: adjustment(dice, it.currency, most, "95"),
            tax: part.tax,
        }));
    }
    it.totals.prepaid = dice.maybe(|dice| Decimal::from(dice.between(0, 1_000))).unwrap_or_default();
    it.totals.rounding = it.currency.round(dice.maybe(|dice| dice.decimal(-50, 50, 2)).unwrap_or_default());
}

fn item(dice: &mut Dice, name: String) -> Item {
    Item {
        name,
        description: dice.maybe(text),
        seller_id: dice.maybe(word),
        buyer_id: dice.maybe(word),
        standard_id: dice.maybe(|_| Schemed::new("0160", "4012345001235")),
        classifications: dice.some(2, |dice| Classification {
            scheme: "STI".to_owned(),
            version: dice.maybe(word),
            code: dice.between(10_000_000, 99_999_999).to_string(),
        }),
        origin: dice.maybe(|dice| Country::parse(dice.pick(&["CN", "IT"])).unwrap()),
        attributes: dice.some(2, |dice| (word(dice), text(dice))),
    }
}
