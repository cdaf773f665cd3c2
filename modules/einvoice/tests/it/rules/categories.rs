use einvoice::{
    Invoice, Profile, Severity, check,
    model::{Exemption, Tax, TaxBreakdown},
};

use super::{
    rules,
    sample::{of, sample},
};
use crate::documents::dec;

fn all() -> [(&'static str, Tax); 9] {
    [
        ("S", Tax::Standard(dec("19"))),
        ("Z", Tax::ZeroRated),
        ("E", Tax::Exempt),
        ("AE", Tax::ReverseCharge),
        ("IC", Tax::IntraCommunity),
        ("G", Tax::Export),
        ("O", Tax::OutsideScope),
        ("AF", Tax::CanaryIslands(dec("7"))),
        ("AG", Tax::CeutaMelilla(dec("4"))),
    ]
}

/// Right, all of it in one category.
fn right(tax: Tax) -> Invoice {
    let mut it = sample();
    of(&mut it, tax);
    if tax == Tax::OutsideScope {
        it.seller.vat_id = None;
        it.buyer.vat_id = None;
    }
    it
}

fn broken_by(tax: Tax, mistake: impl FnOnce(&mut Invoice)) -> Vec<String> {
    let mut it = right(tax);
    assert_eq!(rules(&it, Profile::En16931), [""; 0]);
    mistake(&mut it);
    rules(&it, Profile::En16931)
}

fn named(name: &str, numbers: &[u8]) -> Vec<String> {
    numbers.iter().map(|number| format!("BR-{name}-{number:02}")).collect()
}

#[test]
fn there_is_a_breakdown_of_each_category_that_is_used() {
    let standard = all()[0].1;
    let told = broken_by(Tax::ZeroRated, |it| {
        it.breakdown.push(TaxBreakdown { tax: standard, taxable: dec("0"), amount: dec("0"), exemption: None });
    });
    assert_eq!(told, ["BR-S-01"]);

    for (name, tax) in all() {
        let told = broken_by(tax, |it| {
            let other = if tax == Tax::ZeroRated { Tax::Export } else { Tax::ZeroRated };
            it.breakdown[0].tax = other;
            it.breakdown[0].amount = dec("0");
            it.totals.tax = dec("0");
        });
        assert!(told.contains(&format!("BR-{name}-01")), "{told:?}");
    }
}

#[test]
fn categories_without_a_rate_have_one_group() {
    for (name, tax) in all().into_iter().filter(|(_, tax)| !tax.category().has_rate()) {
        let told = broken_by(tax, |it| {
            let twin = TaxBreakdown { taxable: it.breakdown[0].taxable, ..it.breakdown[0].clone() };
            it.breakdown.push(twin);
        });
        assert_eq!(told, named(name, &[1]));
    }
}

#[test]
fn who_has_to_say_a_tax_number() {
    for (name, tax) in all().into_iter().filter(|(_, tax)| *tax != Tax::OutsideScope) {
        assert_eq!(broken_by(tax, |it| it.seller.vat_id = None), named(name, &[2, 3, 4]));
        let told = broken_by(tax, |it| {
            it.seller.vat_id = None;
            it.seller.tax_registration = Some("21/815/08150".into());
        });
        let vat_number_only = matches!(tax, Tax::IntraCommunity | Tax::Export);
        assert_eq!(told, if vat_number_only { named(name, &[2, 3, 4]) } else { vec![] });
    }
    let no_buyer = |it: &mut Invoice| {
        it.buyer.vat_id = None;
        it.buyer.legal_id = None;
    };
    assert_eq!(broken_by(Tax::ReverseCharge, no_buyer), named("AE", &[2, 3, 4]));
    assert_eq!(broken_by(Tax::ReverseCharge, |it| it.buyer.vat_id = None), named("AE", &[]));
    assert_eq!(broken_by(Tax::IntraCommunity, |it| it.buyer.vat_id = None), named("IC", &[2, 3, 4]));
    assert_eq!(broken_by(Tax::OutsideScope, |it| it.buyer.vat_id = Some("ATU1".into())), named("O", &[2, 3, 4]));
    assert_eq!(
        broken_by(Tax::Exempt, |it| {
            it.seller.vat_id = None;
            it.allowances.clear();
            it.charges.clear();
            it.calculate(&[crate::documents::exempt()]).unwrap();
        }),
        named("E", &[2])
    );
}

#[test]
fn rates_that_cannot_be() {
    for (name, tax) in
        [("S", Tax::Standard(dec("0"))), ("AF", Tax::CanaryIslands(dec("-1"))), ("AG", Tax::CeutaMelilla(dec("-1")))]
    {
        let fill = |it: &mut Invoice| {
            for one in &mut it.breakdown {
                one.tax = tax;
                one.amount = it.totals.tax;
            }
        };
        let right = all().into_iter().find(|(other, _)| *other == name).unwrap().1;
        let told = broken_by(right, |it| {
            it.lines[0].tax = tax;
            it.allowances[0].tax = tax;
            it.charges[0].tax = tax;
            fill(it);
        });
        assert_eq!(told, named(name, &[5, 6, 7, 9]));
    }
}

#[test]
fn the_amounts_and_the_reason_of_each_category() {
    for (name, tax) in all() {
        let told = broken_by(tax, |it| {
            it.breakdown[0].taxable += dec("0.02");
            it.lines[0].net += dec("0.04");
            it.lines[0].net -= dec("0.04");
        });
        assert_eq!(told, named(name, &[8]), "two hundredths at {} % are no tax", tax.rate());
        let told = broken_by(tax, |it| {
            it.breakdown[0].amount += dec("0.01");
            it.totals.tax += dec("0.01");
            it.totals.with_tax += dec("0.01");
            it.totals.due += dec("0.01");
        });
        assert_eq!(told, named(name, &[9]));
        let has_reason = right(tax).breakdown[0].exemption.is_some();
        let told = broken_by(tax, |it| {
            let reason = Exemption { text: Some("Because".into()), code: None };
            it.breakdown[0].exemption = (!has_reason).then_some(reason);
        });
        assert_eq!(told, named(name, &[10]));
    }
    let told = broken_by(Tax::Exempt, |it| it.breakdown[0].exemption.as_mut().unwrap().code = Some("X".into()));
    assert_eq!(told, ["BR-CL-22"]);
}

#[test]
fn tax_that_is_nearly_right_is_a_warning() {
    for (off, severity) in [("0.99", Severity::Warning), ("1", Severity::Error)] {
        let mut it = right(Tax::Standard(dec("19")));
        it.breakdown[0].amount += dec(off);
        it.totals.tax += dec(off);
        it.totals.with_tax += dec(off);
        it.totals.due += dec(off);
        let told: Vec<_> = check(&it, Profile::En16931).into_iter().map(|one| (one.rule, one.severity)).collect();
        assert_eq!(told, [("BR-S-09".to_owned(), severity)]);
    }
}

#[test]
fn an_intra_community_supply_says_when_and_where_to() {
    let told = broken_by(Tax::IntraCommunity, |it| it.delivery.as_mut().unwrap().delivered_on = None);
    assert_eq!(told, named("IC", &[11]));
    let told = broken_by(Tax::IntraCommunity, |it| it.delivery.as_mut().unwrap().address = None);
    assert_eq!(told, named("IC", &[12]));
}

#[test]
fn what_is_outside_the_scope_stands_alone() {
    let mixed = |change: fn(&mut Invoice)| {
        broken_by(Tax::OutsideScope, |it| {
            it.seller.tax_registration = Some("21/815/08150".into());
            change(it);
            it.calculate(&[]).unwrap();
        })
    };
    let free_of_charge = |it: &mut Invoice| {
        it.allowances[0].tax = Tax::ZeroRated;
        it.allowances[0].adjustment.amount = dec("0");
    };
    assert_eq!(mixed(free_of_charge), named("O", &[11, 13]));
    assert_eq!(mixed(|it| it.charges[0].tax = Tax::ZeroRated), named("O", &[11, 14]));
    assert_eq!(
        mixed(|it| it.lines.push(einvoice::model::Line { tax: Tax::ZeroRated, ..it.lines[0].clone() })),
        named("O", &[11, 12])
    );
}
