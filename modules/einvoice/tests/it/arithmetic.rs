use einvoice::{
    Sale,
    calculate::{Fault, GrossLine, Place, Reason, calculate, net_of},
    model::{Adjustment, BaseQuantity, Category, Currency, DocumentAdjustment, Exemption, Gross, Line, Tax},
};
use rust_decimal::Decimal;

use crate::{
    dice::Dice,
    documents::{self, dec},
};

const MANY: u64 = 100_000;

fn euro() -> Currency {
    Currency::parse("EUR").unwrap()
}

fn sale<'a>(lines: &'a [Line], allowances: &'a [DocumentAdjustment]) -> Sale<'a> {
    Sale {
        currency: euro(),
        lines,
        allowances,
        charges: &[],
        prepaid: Decimal::ZERO,
        rounding: Decimal::ZERO,
        exemptions: &[],
    }
}

fn line(quantity: &str, price: &str, rate: &str) -> Line {
    Line::new("1", "Tea", dec(quantity), "C62", dec(price), Tax::Standard(dec(rate)))
}

#[test]
fn a_hundred_thousand_documents_add_up() {
    for seed in 0..MANY {
        let it = documents::invoice(&mut Dice::new(seed));
        let lines: Decimal = it.lines.iter().map(|line| line.net).sum();
        let allowances: Decimal = it.allowances.iter().map(|one| one.adjustment.amount).sum();
        let charges: Decimal = it.charges.iter().map(|one| one.adjustment.amount).sum();
        let tax: Decimal = it.breakdown.iter().map(|part| part.amount).sum();
        let totals = it.totals;
        assert_eq!(
            (totals.lines, totals.allowances, totals.charges, totals.tax),
            (lines, allowances, charges, tax),
            "{seed}"
        );
        assert_eq!(totals.without_tax, lines - allowances + charges, "{seed}");
        assert_eq!(totals.with_tax, lines - allowances + charges + tax, "{seed}");
        assert_eq!(totals.due, totals.with_tax - totals.prepaid + totals.rounding, "{seed}");
        assert_eq!(it.breakdown.iter().map(|part| part.taxable).sum::<Decimal>(), totals.without_tax, "{seed}");
        for part in &it.breakdown {
            let error = part.amount - part.taxable * part.tax.rate() / Decimal::ONE_HUNDRED;
            assert!(error.abs() <= Decimal::new(5, it.currency.places() + 1), "{seed}: {part:?}");
            assert_eq!(part.amount, it.currency.round(part.amount), "{seed}");
        }
    }
}

#[test]
fn the_order_of_the_lines_changes_nothing() {
    for seed in 0..2_000 {
        let dice = &mut Dice::new(seed);
        let it = documents::invoice(dice);
        let mut other = it.clone();
        dice.shuffle(&mut other.lines);
        dice.shuffle(&mut other.allowances);
        other.calculate(&[documents::exempt()]).unwrap();
        assert_eq!((other.totals, other.breakdown), (it.totals, it.breakdown), "{seed}");
    }
}

#[test]
fn tax_is_rounded_once_for_each_rate_and_half_up() {
    // Line by line, three times 0.35 × 10 % would be three times 0.04.
    let three =
        calculate(&sale(&[line("1", "0.35", "10"), line("1", "0.35", "10"), line("1", "0.35", "10.0")], &[])).unwrap();
    assert_eq!(three.breakdown.len(), 1);
    assert_eq!(three.totals.tax, dec("0.11"));
    let midpoint = calculate(&sale(&[line("1", "0.25", "10")], &[])).unwrap();
    assert_eq!(midpoint.totals.tax, dec("0.03"));
    let back = calculate(&sale(&[line("-1", "0.25", "10")], &[])).unwrap();
    assert_eq!(back.totals.tax, dec("-0.03"));
}

#[test]
fn a_line_is_rounded_to_the_minor_unit_of_its_currency() {
    for (currency, net) in [("JPY", "4"), ("EUR", "3.70"), ("KWD", "3.704")] {
        let currency = Currency::parse(currency).unwrap();
        let lines = [line("3", "1.2345", "10")];
        assert_eq!(calculate(&Sale { currency, ..sale(&lines, &[]) }).unwrap().lines, [dec(net)]);
    }
}

#[test]
fn the_price_may_be_for_more_than_one() {
    let mut lines = [line("250", "4.99", "19")];
    lines[0].price.base = Some(BaseQuantity { quantity: dec("100"), unit: None });
    lines[0].allowances = vec![Adjustment::percent(dec("10"), dec("12.48"), euro(), "Regular").unwrap()];
    lines[0].charges = vec![Adjustment::amount(dec("1"), "Packing")];
    assert_eq!(calculate(&sale(&lines, &[])).unwrap().lines, [dec("12.23")]);
}

#[test]
fn where_there_is_no_tax_the_reason_stands_beside_it() {
    let mut lines = [line("1", "10", "19"), line("1", "20", "19")];
    lines[0].tax = Tax::ReverseCharge;
    lines[1].tax = Tax::Exempt;
    let exempt = Exemption { text: Some("Medical care".into()), code: None };
    let exemptions = [(Category::Exempt, exempt.clone())];
    let sums = calculate(&Sale { exemptions: &exemptions, ..sale(&lines, &[]) }).unwrap();
    let reasons: Vec<_> = sums.breakdown.into_iter().map(|part| (part.tax, part.exemption)).collect();
    assert_eq!(reasons, [(Tax::Exempt, Some(exempt)), (Tax::ReverseCharge, Category::ReverseCharge.usual_exemption())]);
}

#[test]
fn what_cannot_be_is_refused_all_at_once() {
    let refused = |change: fn(&mut Line)| {
        let mut lines = [line("1", "10", "19")];
        change(&mut lines[0]);
        calculate(&sale(&lines, &[])).unwrap_err()
    };
    let on_line = |reason| vec![Fault { place: Place::Line(0), reason }];
    assert_eq!(refused(|line| line.price.net = dec("-1")), on_line(Reason::NegativePrice));
    assert_eq!(refused(|line| line.tax = Tax::Standard(dec("0"))), on_line(Reason::RateOutOfRange));
    assert_eq!(refused(|line| line.tax = Tax::CanaryIslands(dec("-1"))), on_line(Reason::RateOutOfRange));
    assert_eq!(
        refused(|line| line.price.gross = Some(Gross { price: dec("12"), discount: dec("1") })),
        on_line(Reason::PriceIsNotGrossLessDiscount)
    );
    assert_eq!(
        refused(|line| line.price.base = Some(BaseQuantity { quantity: dec("0"), unit: None })),
        on_line(Reason::BaseQuantityNotPositive)
    );
    assert_eq!(refused(|line| line.quantity = Decimal::MAX), on_line(Reason::TooLarge));
    assert_eq!(
        refused(|line| line.allowances = vec![Adjustment::amount(dec("10.01"), "Too much")]),
        on_line(Reason::AboveItsBase)
    );
    let mut above_its_base = Adjustment::amount(dec("6"), "Too much");
    above_its_base.base = Some(dec("5"));
    let mut lines = [line("1", "10", "19"), line("1", "-10", "19")];
    lines[0].allowances = vec![above_its_base, Adjustment::amount(dec("-1"), "Negative")];
    lines[0].charges = vec![Adjustment::amount(dec("0.001"), "Fine")];
    assert_eq!(
        calculate(&sale(&lines, &[])).unwrap_err(),
        [
            Fault { place: Place::LineAllowance(0, 0), reason: Reason::AboveItsBase },
            Fault { place: Place::LineAllowance(0, 1), reason: Reason::NegativeAdjustment },
            Fault { place: Place::LineCharge(0, 0), reason: Reason::FinerThanTheCurrency },
            Fault { place: Place::Line(1), reason: Reason::NegativePrice },
        ]
    );
}

#[test]
fn a_discount_on_the_document_is_not_larger_than_the_lines_of_its_rate() {
    let lines = [line("1", "10", "19"), line("1", "100", "7")];
    let off = |amount, rate| {
        [DocumentAdjustment { adjustment: Adjustment::amount(dec(amount), "Loyal"), tax: Tax::Standard(dec(rate)) }]
    };
    assert!(calculate(&sale(&lines, &off("10", "19"))).is_ok());
    let above = vec![Fault { place: Place::Allowance(0), reason: Reason::AboveItsBase }];
    assert_eq!(calculate(&sale(&lines, &off("10.01", "19"))).unwrap_err(), above);
    assert_eq!(calculate(&sale(&lines, &off("1", "16"))).unwrap_err(), above);
}

#[test]
fn prices_with_tax_are_kept_to_the_cent() {
    for seed in 0..20_000 {
        let dice = &mut Dice::new(seed);
        let currency = Currency::parse(dice.pick(&["EUR", "JPY", "KWD"])).unwrap();
        let rates = ["19", "7", "20", "8.1", "25"].map(|rate| Tax::Standard(dec(rate)));
        let lines: Vec<_> = (0..=dice.below(5)).map(|_| gross_line(dice, currency, &rates)).collect();
        let gross: Decimal = lines.iter().map(|line| currency.round(line.quantity * line.price) - line.discount).sum();

        let net = net_of(currency, &lines).unwrap();
        let priced: Vec<_> = lines
            .iter()
            .zip(&net.lines)
            .map(|(line, net)| Line::new("1", "Tea", line.quantity, "C62", net.price, line.tax))
            .collect();
        let sums = calculate(&Sale { currency, rounding: net.rounding, ..sale(&priced, &[]) }).unwrap();
        assert_eq!(sums.totals.due, gross, "{seed}");
        assert_eq!(sums.lines, net.lines.iter().map(|line| line.net).collect::<Vec<_>>(), "{seed}");
        let unit = Decimal::new(1, currency.places());
        assert!(net.rounding.abs() <= unit * Decimal::from(sums.breakdown.len()), "{seed}: {}", net.rounding);
        for (line, net) in lines.iter().zip(&net.lines) {
            let exact = (currency.round(line.quantity * line.price) - line.discount) * dec("100")
                / (dec("100") + line.tax.rate());
            assert!((net.net - exact).abs() < unit, "{seed}");
        }
    }
}

fn gross_line(dice: &mut Dice, currency: Currency, rates: &[Tax]) -> GrossLine {
    let quantity = dice.decimal(1, 50_000, 2);
    let price = dice.decimal(0, 100_000, currency.places());
    let most = currency.round(quantity * price).trunc();
    let discount =
        if dice.one_in(2) { Decimal::from(dice.between(0, i64::try_from(most).unwrap())) } else { Decimal::ZERO };
    GrossLine { quantity, price, discount, tax: dice.pick(rates) }
}

#[test]
fn what_no_net_amount_can_reach_is_the_rounding_amount() {
    let line = GrossLine { quantity: dec("1"), price: dec("0.03"), discount: dec("0"), tax: Tax::Standard(dec("20")) };
    let net = net_of(euro(), &[line]).unwrap();
    assert_eq!((net.lines[0].net, net.rounding), (dec("0.03"), dec("-0.01")));
}
