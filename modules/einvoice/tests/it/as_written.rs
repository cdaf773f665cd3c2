//! How it looks: what the schemas say of it, `tests/conformance.py` asks them.

use einvoice::{
    Invoice, Profile, cii,
    model::{Kind, Preceding, Tax, TaxPoint},
    ubl,
};

use crate::rules::of_category;

fn standard() -> Invoice {
    of_category(Tax::Standard(19.into()))
}

#[test]
fn an_invoice_in_ubl() {
    insta::assert_snapshot!(ubl::write(&standard(), Profile::XRechnung).unwrap());
}

#[test]
fn a_credit_note_in_ubl() {
    let mut it = standard();
    it.kind = Kind::CreditNote;
    it.preceding = vec![Preceding { number: "INV-2025-00917".into(), issued_on: None }];
    insta::assert_snapshot!(ubl::write(&it, Profile::Peppol).unwrap());
}

#[test]
fn an_invoice_in_cii() {
    insta::assert_snapshot!(cii::write(&standard(), Profile::FacturX).unwrap());
}

#[test]
fn what_is_outside_the_scope_has_a_rate_only_where_xrechnung_wants_one() {
    let it = of_category(Tax::OutsideScope);
    let rates = |document: &str, rate: &str| document.matches(&format!("<{rate}>")).count();
    let both = [Profile::Peppol, Profile::XRechnung];
    let ubl = both.map(|profile| rates(&ubl::write(&it, profile).unwrap(), "cbc:Percent"));
    let cii = both.map(|profile| rates(&cii::write(&it, profile).unwrap(), "ram:RateApplicablePercent"));
    assert_eq!((ubl, cii), ([0, 1], [0, 1]));
}

#[test]
fn a_line_ends_after_a_cash_discount() {
    let mut it = standard();
    it.terms = Some("Thanks\n#SKONTO#TAGE=14#PROZENT=2.00#".into());
    assert!(ubl::write(&it, Profile::XRechnung).unwrap().contains("#PROZENT=2.00#\n</cbc:Note>"));
    assert!(cii::write(&it, Profile::XRechnung).unwrap().contains("#PROZENT=2.00#\n</ram:Description>"));
}

#[test]
fn the_tax_point_stands_once_in_cii() {
    let mut it = standard();
    it.tax_point = Some(TaxPoint::On(crate::documents::day(5)));
    it.breakdown.push(it.breakdown[0].clone());
    assert_eq!(cii::write(&it, Profile::FacturX).unwrap().matches("<ram:TaxPointDate>").count(), 1);
}
