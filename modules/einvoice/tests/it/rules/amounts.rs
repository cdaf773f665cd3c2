use einvoice::{Profile, model::Adjustment};
use rust_decimal::Decimal;

use super::{PROFILES, each_breaks_its_rule, rules, sample::sample};
use crate::documents::dec;

#[test]
fn the_sums() {
    each_breaks_its_rule(
        Profile::En16931,
        sample,
        &[
            // What is wrong in one place is wrong in what follows from it.
            (&["BR-CO-10", "BR-CO-13"], |it| it.totals.lines += dec("1")),
            (&["BR-CO-11", "BR-CO-13"], |it| it.totals.allowances += dec("1")),
            (&["BR-CO-12", "BR-CO-13"], |it| it.totals.charges += dec("1")),
            (&["BR-CO-13", "BR-CO-15"], |it| it.totals.without_tax += dec("1")),
            (&["BR-CO-14", "BR-CO-15"], |it| it.totals.tax += dec("1")),
            (&["BR-CO-15", "BR-CO-16"], |it| it.totals.with_tax += dec("1")),
            (&["BR-CO-16"], |it| it.totals.due += dec("1")),
            (&["BR-CO-10", "BR-S-08"], |it| it.lines[0].net += dec("1")),
            (&["BR-16", "BR-CO-10", "BR-S-08"], |it| it.lines.clear()),
            (&["BR-CO-14", "BR-CO-18", "BR-S-01"], |it| it.breakdown.clear()),
        ],
    );
}

#[test]
fn amounts_with_a_third_decimal() {
    each_breaks_its_rule(
        Profile::En16931,
        sample,
        &[
            (&["BR-DEC-02"], |it| it.allowances[0].adjustment.base = Some(dec("0.001"))),
            (&["BR-DEC-06"], |it| it.charges[0].adjustment.base = Some(dec("0.001"))),
            (&["BR-CO-11", "BR-S-08", "BR-DEC-01"], |it| it.allowances[0].adjustment.amount += dec("0.001")),
            (&["BR-CO-12", "BR-S-08", "BR-DEC-05"], |it| it.charges[0].adjustment.amount += dec("0.001")),
            (&["BR-CO-10", "BR-CO-13", "BR-DEC-09"], |it| it.totals.lines += dec("0.001")),
            (&["BR-CO-11", "BR-CO-13", "BR-DEC-10"], |it| it.totals.allowances += dec("0.001")),
            (&["BR-CO-12", "BR-CO-13", "BR-DEC-11"], |it| it.totals.charges += dec("0.001")),
            (&["BR-CO-13", "BR-CO-15", "BR-DEC-12"], |it| it.totals.without_tax += dec("0.001")),
            (&["BR-CO-14", "BR-CO-15", "BR-DEC-13"], |it| it.totals.tax += dec("0.001")),
            (&["BR-CO-15", "BR-CO-16", "BR-DEC-14"], |it| it.totals.with_tax += dec("0.001")),
            (&["BR-DEC-15"], |it| it.tax_currency.as_mut().unwrap().tax_total = dec("0.001")),
            (&["BR-CO-16", "BR-DEC-16"], |it| it.totals.prepaid = dec("0.001")),
            (&["BR-CO-16", "BR-DEC-17"], |it| it.totals.rounding = dec("0.001")),
            (&["BR-CO-16", "BR-DEC-18"], |it| it.totals.due += dec("0.001")),
            (&["BR-S-08", "BR-DEC-19"], |it| it.breakdown[0].taxable += dec("0.001")),
            (&["BR-CO-14", "BR-S-09", "BR-DEC-20"], |it| it.breakdown[0].amount += dec("0.001")),
            (&["BR-CO-10", "BR-S-08", "BR-DEC-23"], |it| it.lines[0].net += dec("0.001")),
            (&["BR-DEC-24"], |it| it.lines[0].allowances.push(Adjustment::amount(dec("0.001"), "Old"))),
            (&["BR-DEC-25"], |it| it.lines[0].allowances.push(based())),
            (&["BR-DEC-27"], |it| it.lines[0].charges.push(Adjustment::amount(dec("0.001"), "New"))),
            (&["BR-DEC-28"], |it| it.lines[0].charges.push(based())),
        ],
    );
}

#[test]
fn numbers_too_large_to_add_are_told_and_do_not_panic() {
    let mut it = sample();
    it.lines.push(it.lines[0].clone());
    for line in &mut it.lines {
        line.net = Decimal::MAX;
        line.quantity = Decimal::MAX;
    }
    it.totals.with_tax = Decimal::MIN;
    it.totals.prepaid = Decimal::MAX;
    for profile in PROFILES {
        let told = rules(&it, profile);
        assert!(["BR-CO-10", "BR-CO-16", "BR-S-08"].iter().all(|rule| told.contains(&(*rule).to_owned())), "{told:?}");
    }
}

fn based() -> Adjustment {
    Adjustment { base: Some(dec("0.001")), ..Adjustment::amount(dec("0"), "Base") }
}
