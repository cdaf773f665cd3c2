//! The arithmetic, on random documents and on some that were reckoned by hand.

use std::collections::BTreeMap;

use base::Faults;
use rand::{Rng, RngExt, SeedableRng, rngs::StdRng};
use rust_decimal::{Decimal, RoundingStrategy};

use crate::{
    invoice::Model,
    lines::{AdjustmentKind, AdjustmentRow, LineRow},
    reckon::{Reckoned, Sale, reckon},
    tax::TaxCategory,
};

fn number(text: &str) -> Decimal {
    text.parse().expect("a number")
}

fn line(quantity: &str, price: &str, percent: &str) -> LineRow {
    LineRow {
        name: "It".to_owned(),
        unit: "C62".to_owned(),
        quantity: number(quantity),
        unit_price: number(price),
        tax_category: TaxCategory::S,
        tax_percent: number(percent),
        ..LineRow::default()
    }
}

fn adjustment(kind: AdjustmentKind, amount: &str, percent: &str) -> AdjustmentRow {
    AdjustmentRow {
        kind,
        reason: "So".to_owned(),
        amount: number(amount),
        tax_category: TaxCategory::S,
        tax_percent: number(percent),
        ..AdjustmentRow::default()
    }
}

fn reckoned(
    currency: &str,
    prices_include_tax: bool,
    lines: &[LineRow],
    adjustments: &[AdjustmentRow],
) -> Result<(Reckoned, Model), Faults> {
    let reckoned = reckon(&Sale { currency, prices_include_tax, lines, adjustments })?;
    let mut row = Model { currency: currency.to_owned(), ..Model::default() };
    reckoned.put(&mut row);
    Ok((reckoned, row))
}

fn totals(row: &Model) -> [String; 7] {
    [row.line_total, row.discounts, row.charges, row.net_total, row.tax_total, row.rounding, row.total]
        .map(|amount| amount.normalize().to_string())
}

#[test]
fn several_rates_and_discounts_come_to_what_one_reckons_by_hand() {
    let lines = [
        LineRow { discount_percent: Some(number("5")), ..line("12", "38900", "19") },
        LineRow { discount_amount: Some(number("0.50")), ..line("3", "0.335", "19") },
        line("7.5", "120", "7"),
    ];
    let adjustments = [
        AdjustmentRow { percent: Some(number("10")), ..adjustment(AdjustmentKind::Discount, "0", "7") },
        adjustment(AdjustmentKind::Charge, "450", "19"),
    ];
    let (_, row) = reckoned("EUR", false, &lines, &adjustments).expect("it holds");
    // 443460.00 + 0.51 + 900.00; 10 per cent of 900; 19 per cent of 443910.51, and 7 of 810.
    assert_eq!(totals(&row), ["444360.51", "90", "450", "444720.51", "84399.7", "0", "529120.21"]);
    let taxes: Vec<_> = row.taxes.0.iter().map(|part| (part.percent.to_string(), part.tax.to_string())).collect();
    assert_eq!(taxes, [("7".to_owned(), "56.70".to_owned()), ("19".to_owned(), "84343.00".to_owned())]);
}

#[test]
fn currencies_have_their_own_places() {
    let (_, yen) = reckoned("JPY", false, &[line("3", "333.5", "10")], &[]).expect("it holds");
    assert_eq!(totals(&yen), ["1001", "0", "0", "1001", "100", "0", "1101"]);
    let (_, dinar) = reckoned("KWD", false, &[line("1.5", "0.333", "5")], &[]).expect("it holds");
    assert_eq!(totals(&dinar), ["0.5", "0", "0", "0.5", "0.025", "0", "0.525"]);
    let half = AdjustmentRow { amount: number("0.5"), ..adjustment(AdjustmentKind::Charge, "0.5", "10") };
    let refused = reckoned("JPY", false, &[line("3", "333", "10")], &[half]).expect_err("half a yen");
    assert_eq!(refused.iter().map(|fault| &*fault.pointer).collect::<Vec<_>>(), ["/adjustments/0/amount"]);
}

#[test]
fn prices_with_tax_come_to_what_they_promise() {
    // At 20 per cent no net amount gives 0.03 with tax: the rounding does.
    let (_, row) = reckoned("EUR", true, &[line("1", "0.03", "20")], &[]).expect("it holds");
    assert_eq!((row.total, row.net_total + row.tax_total + row.rounding), (number("0.03"), number("0.03")));
    assert!(!row.rounding.is_zero(), "{row:?}");
    let all = adjustment(AdjustmentKind::Discount, "119", "19");
    let (_, nothing) = reckoned("EUR", true, &[line("1", "119", "19")], &[all]).expect("all of it");
    assert_eq!(totals(&nothing), ["100", "100", "0", "0", "0", "0", "0"]);
}

#[test]
fn a_discount_above_what_it_is_taken_from_is_refused() {
    for with_tax in [false, true] {
        let lines = [LineRow { discount_amount: Some(number("1.01")), ..line("1", "1", "19") }, line("1", "5", "7")];
        let refused = reckoned("EUR", with_tax, &lines, &[]).expect_err("above the line");
        assert_eq!(refused.iter().map(|fault| &*fault.pointer).collect::<Vec<_>>(), ["/lines/0/discount_amount"]);
        let adjustments = [
            adjustment(AdjustmentKind::Charge, "1", "19"),
            adjustment(AdjustmentKind::Discount, "2.01", "19"),
            adjustment(AdjustmentKind::Discount, "5", "7"),
        ];
        let lines = [line("1", "1", "19"), line("1", "5", "7")];
        let refused = reckoned("EUR", with_tax, &lines, &adjustments).expect_err("above the lines");
        assert_eq!(refused.iter().map(|fault| &*fault.pointer).collect::<Vec<_>>(), ["/adjustments/1"]);
    }
}

/// A document that nobody thought of.
fn random(rng: &mut StdRng, places: u32) -> (Vec<LineRow>, Vec<AdjustmentRow>) {
    let taxes = [
        (TaxCategory::S, "19"),
        (TaxCategory::S, "7"),
        (TaxCategory::S, "5.5"),
        (TaxCategory::Z, "0"),
        (TaxCategory::Ae, "0"),
    ];
    let tax = |rng: &mut StdRng| taxes[rng.random_range(0..taxes.len())];
    let lines: Vec<LineRow> = (0..rng.random_range(1..9))
        .map(|_| {
            let (tax_category, percent) = tax(rng);
            let quantity = Decimal::new(rng.random_range(0..200_000), rng.random_range(0..5));
            let unit_price = Decimal::new(rng.random_range(0..2_000_000), rng.random_range(0..5));
            let (mut discount_percent, mut discount_amount) = (None, None);
            match rng.random_range(0..4) {
                0 => discount_percent = Some(Decimal::new(rng.random_range(0..10_000), 2)),
                1 => {
                    let half = quantity * unit_price / Decimal::TWO;
                    discount_amount = Some(half.round_dp_with_strategy(places, RoundingStrategy::ToZero));
                }
                _ => {}
            }
            LineRow { quantity, unit_price, discount_percent, discount_amount, tax_category, ..line("1", "1", percent) }
        })
        .collect();
    let adjustments = (0..rng.random_range(0..4))
        .map(|_| {
            let (tax_category, percent) = tax(rng);
            let kind = if rng.random() { AdjustmentKind::Discount } else { AdjustmentKind::Charge };
            let of = AdjustmentRow { tax_category, ..adjustment(kind, "0", percent) };
            if rng.random() {
                AdjustmentRow { percent: Some(Decimal::new(rng.random_range(0..3_000), 2)), ..of }
            } else {
                AdjustmentRow { amount: Decimal::new(rng.random_range(0..5_000), places), ..of }
            }
        })
        .collect();
    (lines, adjustments)
}

/// Whatever the document, what is kept is what the standard's rules say, reckoned here once more from what is kept of its parts.
#[test]
fn what_is_kept_holds_for_any_document() {
    let mut rng = StdRng::seed_from_u64(4);
    let mut held = 0;
    for nth in 0..20_000 {
        let (currency, places) = [("EUR", 2), ("JPY", 0), ("KWD", 3)][nth % 3];
        let with_tax = rng.next_u32() % 2 == 0;
        let (lines, adjustments) = random(&mut rng, places);
        let Ok((reckoned, row)) = reckoned(currency, with_tax, &lines, &adjustments) else { continue };
        held += 1;
        let round = |amount: Decimal| amount.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero);
        let sum = |kind| {
            let of_kind = adjustments.iter().zip(&reckoned.adjusted).filter(move |(one, _)| one.kind == kind);
            of_kind.map(|(_, (_, net))| *net).sum::<Decimal>()
        };
        assert_eq!(row.line_total, reckoned.sums.lines.iter().sum::<Decimal>());
        assert_eq!((row.discounts, row.charges), (sum(AdjustmentKind::Discount), sum(AdjustmentKind::Charge)));
        assert_eq!(row.net_total, row.line_total - row.discounts + row.charges);
        assert_eq!(row.total, row.net_total + row.tax_total + row.rounding);
        let mut taxable: BTreeMap<_, Decimal> = BTreeMap::new();
        for (line, net) in lines.iter().zip(&reckoned.sums.lines) {
            assert!(!net.is_sign_negative() || net.is_zero(), "{line:?} {net}");
            *taxable.entry((line.tax_category.category(), line.tax_percent)).or_default() += *net;
        }
        for (one, (_, net)) in adjustments.iter().zip(&reckoned.adjusted) {
            let signed = if one.kind == AdjustmentKind::Discount { -*net } else { *net };
            *taxable.entry((one.tax_category.category(), one.tax_percent)).or_default() += signed;
        }
        let taxes = taxable.iter().map(|((_, percent), taxable)| round(taxable * percent / Decimal::ONE_HUNDRED));
        assert_eq!(row.tax_total, taxes.sum::<Decimal>());
        assert_eq!(row.tax_total, row.taxes.0.iter().map(|part| part.tax.into_inner()).sum::<Decimal>());
        assert_eq!(round(row.total), row.total);
        if with_tax {
            let promised: Decimal = lines
                .iter()
                .map(|line| {
                    let goods = round(line.quantity * line.unit_price);
                    let percent = line.discount_percent.map(|percent| round(goods * percent / Decimal::ONE_HUNDRED));
                    goods - percent.or(line.discount_amount).unwrap_or_default()
                })
                .sum();
            let adjusted: Decimal = adjustments
                .iter()
                .zip(&reckoned.adjusted)
                .map(|(one, (amount, _))| if one.kind == AdjustmentKind::Discount { -*amount } else { *amount })
                .sum();
            assert_eq!(row.total, promised + adjusted);
        } else {
            assert!(row.rounding.is_zero());
        }
    }
    assert!(held > 10_000, "{held}");
}
