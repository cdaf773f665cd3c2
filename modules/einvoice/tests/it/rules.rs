//! An invoice that is right, and what each single mistake is told to be.

mod amounts;
mod categories;
mod profiles;
mod sample;

use einvoice::{
    Invoice, Profile, Severity,
    calculate::{GrossLine, net_of},
    check,
    model::{
        Account, Adjustment, Attachment, BaseQuantity, Card, Classification, Currency, File, Gross, Identifier, Line,
        Note, Payee, Period, Preceding, Schemed, Tax, TaxRepresentative,
    },
};

use crate::{
    dice::Dice,
    documents::{day, dec, invoice, strict_invoice},
};
use sample::sample;

pub fn of_category(tax: einvoice::model::Tax) -> Invoice {
    let mut it = sample();
    sample::of(&mut it, tax);
    it
}

const PROFILES: [Profile; 4] = [Profile::En16931, Profile::Peppol, Profile::XRechnung, Profile::FacturX];

/// The rules that do not hold, each told once.
pub fn rules(it: &Invoice, profile: Profile) -> Vec<String> {
    check(it, profile).into_iter().map(|violation| violation.rule).collect()
}

/// Each change to the right invoice, and the rules that it breaks.
type Mistake = (&'static [&'static str], fn(&mut Invoice));

pub fn each_breaks_its_rule(profile: Profile, right: impl Fn() -> Invoice, mistakes: &[Mistake]) {
    assert_eq!(rules(&right(), profile), [""; 0], "it is right to begin with");
    for (broken, mistake) in mistakes {
        let mut it = right();
        mistake(&mut it);
        assert_eq!(rules(&it, profile), *broken);
    }
}

#[test]
fn what_is_right_is_told_to_be_right() {
    for seed in 0..3_000 {
        let errors = |it: &Invoice, profile| {
            let told = check(it, profile).into_iter().filter(|one| one.severity == Severity::Error);
            told.collect::<Vec<_>>()
        };
        assert_eq!(errors(&invoice(&mut Dice::new(seed)), Profile::En16931), [], "{seed}");
        for profile in PROFILES {
            assert_eq!(errors(&strict_invoice(&mut Dice::new(seed)), profile), [], "{seed} {profile:?}");
        }
    }
}

#[test]
fn prices_with_tax_make_an_invoice_that_is_right() {
    for seed in 0..500 {
        let dice = &mut Dice::new(seed);
        let mut it = sample();
        let mut gross = |_| GrossLine {
            quantity: dice.decimal(1, 9_999, 2),
            price: dice.decimal(1, 99_999, 2),
            discount: dec("0"),
            tax: dice.pick(&[Tax::Standard(dec("19")), Tax::Standard(dec("7")), Tax::ZeroRated]),
        };
        let lines: Vec<_> = (0..5).map(&mut gross).collect();
        let net = net_of(it.currency, &lines).unwrap();
        let named = lines.iter().zip(&net.lines).enumerate();
        it.lines = named
            .map(|(at, (line, net))| Line::new(at.to_string(), "Tea", line.quantity, "C62", net.price, line.tax))
            .collect();
        (it.allowances, it.charges) = (Vec::new(), Vec::new());
        it.totals.rounding = net.rounding;
        it.calculate(&[]).unwrap();
        let promised = lines.iter().map(|line| it.currency.round(line.quantity * line.price)).sum();
        assert_eq!(it.totals.due, promised, "{seed}");
        for profile in PROFILES {
            assert_eq!(rules(&it, profile), [""; 0], "{seed} {profile:?}");
        }
    }
}

#[test]
fn a_violation_reads_as_a_sentence() {
    let mut it = sample();
    it.number = " ".into();
    let told = &check(&it, Profile::En16931)[0];
    assert_eq!(told.to_string(), "The invoice has no number. [BR-02]");
    assert_eq!(told.at, "Invoice number (BT-1)");
}

#[test]
fn the_document_and_its_parties() {
    each_breaks_its_rule(
        Profile::En16931,
        sample,
        &[
            (&["BR-02"], |it| it.number.clear()),
            (&["BR-06"], |it| it.seller.name.clear()),
            (&["BR-07"], |it| it.buyer.name = "\u{a0}".into()),
            (&["BR-17"], |it| {
                it.seller.trading_name = Some("Elbe".into());
                it.payee = Some(Payee { name: "Elbe".into(), identifier: None, legal_id: None });
            }),
            (&["BR-18"], |it| it.tax_representative = Some(representative("", "FR12345"))),
            (&["BR-56"], |it| it.tax_representative = Some(representative("Anne", ""))),
            (&["BR-CO-09"], |it| it.tax_representative = Some(representative("Anne", "12345"))),
            (&["BR-CO-09"], |it| it.seller.vat_id = Some("QQ123".into())),
            (&["BR-CO-26"], |it| {
                it.seller.legal_id = None;
                it.seller.vat_id = None;
                it.seller.tax_registration = Some("21/815/08150".into());
            }),
            (&["BR-29"], |it| it.period = Some(Period::Between(day(2), day(1)))),
            (&["BR-52"], |it| it.attachments.push(Attachment::default())),
            (&["BR-55"], |it| it.preceding.push(Preceding { number: String::new(), issued_on: None })),
            (&["BR-62"], |it| it.seller.electronic_address = Some(Schemed::new("", "elbe"))),
            (&["BR-63"], |it| it.buyer.electronic_address = Some(Schemed::new("", "ada"))),
            (&["BR-CL-04"], |it| it.currency = Currency::parse("HRK").unwrap()),
            (&["BR-CL-05"], |it| it.tax_currency.as_mut().unwrap().currency = Currency::parse("HRK").unwrap()),
            (&["BR-CL-07"], |it| it.references.object = Some(Identifier::of("meter", "1"))),
            (&["BR-CL-08"], |it| it.notes.push(Note { subject: Some("X".into()), text: "Thanks".into() })),
            (&["BR-CL-10"], |it| it.buyer.identifier = Some(Identifier::of("9999", "1"))),
            (&["BR-CL-11"], |it| it.buyer.legal_id = Some(Identifier::of("HRB", "1"))),
            (&["BR-CL-24"], |it| it.attachments.push(attached("application/zip"))),
            (&["BR-CL-25"], |it| it.buyer.electronic_address = Some(Schemed::new("mail", "ada@example.com"))),
            (&["BR-CL-26"], |it| it.delivery.as_mut().unwrap().location = Some(Identifier::of("x", "1"))),
            (&["BR-CO-25"], |it| {
                it.due_on = None;
                it.terms = None;
            }),
        ],
    );
}

#[test]
fn the_payment() {
    each_breaks_its_rule(
        Profile::En16931,
        sample,
        &[
            (&["BR-49"], |it| it.payment.as_mut().unwrap().means.clear()),
            (&["BR-50"], |it| it.payment.as_mut().unwrap().accounts.push(Account::default())),
            (&["BR-51"], |it| {
                it.payment.as_mut().unwrap().card = Some(Card { number: "4111111111111111".into(), holder: None });
            }),
            (&["BR-61"], |it| it.payment.as_mut().unwrap().accounts.clear()),
            (&["BR-CL-16"], |it| it.payment.as_mut().unwrap().means = "cash".into()),
        ],
    );
}

#[test]
fn the_lines() {
    each_breaks_its_rule(
        Profile::En16931,
        sample,
        &[
            (&["BR-21"], |it| it.lines[0].id.clear()),
            (&["BR-23"], |it| it.lines[0].unit.clear()),
            (&["BR-25"], |it| it.lines[0].item.name.clear()),
            (&["BR-27"], |it| it.lines[0].price.net = dec("-1")),
            (&["BR-28"], |it| it.lines[0].price.gross = Some(Gross { price: dec("-1"), discount: dec("0") })),
            (&["BR-30"], |it| it.lines[0].period = Some(Period::Between(day(2), day(1)))),
            (&["BR-54"], |it| it.lines[0].item.attributes.push(("Colour".into(), String::new()))),
            (&["BR-64"], |it| it.lines[0].item.standard_id = Some(Schemed::new("", "4012345001235"))),
            (&["BR-65"], |it| it.lines[0].item.classifications.push(Classification::default())),
            (&["BR-CL-07"], |it| it.lines[0].object = Some(Identifier::of("meter", "1"))),
            (&["BR-CL-13"], |it| it.lines[0].item.classifications.push(classified("eclass"))),
            (&["BR-CL-21"], |it| it.lines[0].item.standard_id = Some(Schemed::new("GTIN", "4012345001235"))),
            (&["BR-CL-23"], |it| it.lines[0].unit = "pieces".into()),
            (&["BR-CL-23"], |it| {
                it.lines[0].price.base = Some(BaseQuantity { quantity: dec("1"), unit: Some("pieces".into()) });
            }),
            (&["BR-33"], |it| it.allowances[0].adjustment.reason = None),
            (&["BR-38"], |it| it.charges[0].adjustment.reason = Some(" ".into())),
            (&["BR-42"], |it| it.lines[0].allowances.push(Adjustment::amount(dec("0"), ""))),
            (&["BR-44"], |it| it.lines[0].charges.push(Adjustment::amount(dec("0"), ""))),
            (&["BR-CL-19"], |it| it.allowances[0].adjustment.reason_code = Some("FC".into())),
            (&["BR-CL-20"], |it| it.charges[0].adjustment.reason_code = Some("95".into())),
        ],
    );
}

fn representative(name: &str, vat_id: &str) -> TaxRepresentative {
    TaxRepresentative { name: name.into(), vat_id: vat_id.into(), address: sample().seller.address }
}

fn attached(mime: &str) -> Attachment {
    let file = File { mime: mime.into(), name: "a.zip".into(), bytes: vec![1] };
    Attachment { reference: "A".into(), file: Some(file), ..Attachment::default() }
}

fn classified(scheme: &str) -> Classification {
    Classification { scheme: scheme.into(), version: None, code: "1".into() }
}
