//! One mistake each in an invoice that is right; the public rules and ours have to find the same.

use einvoice::{
    Invoice,
    model::{
        Account, Adjustment, Card, Classification, Exemption, Gross, Identifier, Line, Note, Payment, Preceding,
        Schemed, Tax, TaxBreakdown,
    },
};

use crate::documents::dec;

type Mistake = (&'static str, fn(&mut Invoice));

/// What it is called, and how it is made. Some do nothing to an invoice that has no such place.
pub const MISTAKES: &[Mistake] = &[
    ("no mistake", |_| {}),
    ("no number", |it| it.number.clear()),
    ("no seller name", |it| it.seller.name.clear()),
    ("no buyer name", |it| it.buyer.name.clear()),
    ("seller VAT number without a country", |it| it.seller.vat_id = Some("123456".into())),
    ("buyer VAT number without a country", |it| it.buyer.vat_id = Some("99123456".into())),
    ("no seller VAT number", |it| it.seller.vat_id = None),
    ("no seller numbers at all", |it| {
        it.seller.vat_id = None;
        it.seller.tax_registration = None;
        it.seller.legal_id = None;
        it.seller.identifiers.clear();
        it.tax_representative = None;
    }),
    ("no buyer numbers", |it| {
        it.buyer.vat_id = None;
        it.buyer.legal_id = None;
    }),
    ("VAT numbers of everybody", |it| {
        it.seller.vat_id = Some("DE123456789".into());
        it.buyer.vat_id = Some("ATU12345678".into());
    }),
    ("no seller electronic address", |it| it.seller.electronic_address = None),
    ("no buyer electronic address", |it| it.buyer.electronic_address = None),
    ("unknown electronic address scheme", |it| it.buyer.electronic_address = Some(Schemed::new("MAIL", "a@b.example"))),
    ("no electronic address scheme", |it| it.seller.electronic_address = Some(Schemed::new("", "a@b.example"))),
    ("unknown legal scheme", |it| it.seller.legal_id = Some(Identifier::of("HRB", "1"))),
    ("unknown buyer scheme", |it| it.buyer.identifier = Some(Identifier::of("9999", "1"))),
    ("no contact", |it| it.seller.contact = None),
    ("no phone", |it| it.seller.contact.iter_mut().for_each(|contact| contact.phone = None)),
    ("no e-mail", |it| it.seller.contact.iter_mut().for_each(|contact| contact.email = None)),
    ("no seller city", |it| it.seller.address.city = None),
    ("no buyer post code", |it| it.buyer.address.post_code = None),
    ("no buyer reference", |it| it.buyer_reference = None),
    ("no payment", |it| it.payment = None),
    ("transfer to nowhere", |it| it.payment = Some(Payment { means: "30".into(), ..Payment::default() })),
    ("unknown means", |it| it.payment = Some(Payment { means: "999".into(), ..Payment::default() })),
    ("debit without mandate", |it| it.payment = Some(Payment { means: "59".into(), ..Payment::default() })),
    ("card without card", |it| it.payment = Some(Payment { means: "48".into(), ..Payment::default() })),
    ("transfer and card", |it| {
        let account = Account { id: "DE02120300000000202051".into(), name: None, bic: None };
        let card = Card { number: "1234".into(), holder: None };
        it.payment =
            Some(Payment { means: "58".into(), accounts: vec![account], card: Some(card), ..Payment::default() });
    }),
    ("cash discount badly said", |it| it.terms = Some("#SKONTO#TAGE=7#PROZENT=2#".into())),
    ("cash discount well said", |it| {
        it.terms = Some("#SKONTO#TAGE=7#PROZENT=2.00#\n#SKONTO#TAGE=14#PROZENT=1.00#".into());
    }),
    ("address of a document not whole", |it| {
        it.attachments.iter_mut().for_each(|one| one.location = Some("a.pdf".into()));
    }),
    ("attachment of a wrong type", |it| {
        it.attachments.iter_mut().flat_map(|one| &mut one.file).for_each(|file| file.mime = "text/html".into());
    }),
    ("two attachments of one name", |it| {
        it.attachments.iter_mut().flat_map(|one| &mut one.file).for_each(|file| file.name = "a".into());
    }),
    ("preceding invoice without number", |it| {
        it.preceding = vec![Preceding { number: String::new(), issued_on: Some(it.issued_on) }];
    }),
    ("no such note subject", |it| it.notes = vec![Note { subject: Some("QQQ".into()), text: "Hello".into() }]),
    ("invoiced object of no scheme", |it| it.references.object = Some(Identifier::of("QQQQ", "1"))),
    ("no line", |it| it.lines.clear()),
    ("a line without number", |it| first(it).id.clear()),
    ("a line without name", |it| first(it).item.name.clear()),
    ("a line of no unit", |it| first(it).unit.clear()),
    ("a line of no such unit", |it| first(it).unit = "QQQ".into()),
    ("a line whose price is negative", |it| first(it).price.net = dec("-1")),
    ("a line whose gross price is negative", |it| {
        first(it).price.gross = Some(Gross { price: dec("-1"), discount: dec("0") });
    }),
    ("a line that is not quantity times price", |it| first(it).price.net += dec("7")),
    ("a line that does not add up", |it| first(it).net += dec("1")),
    ("a line of another rate", |it| first(it).tax = Tax::Standard(dec("3"))),
    ("a line at no standard rate", |it| first(it).tax = Tax::Standard(dec("0"))),
    ("a line outside the scope", |it| first(it).tax = Tax::OutsideScope),
    ("a line of reverse charge", |it| first(it).tax = Tax::ReverseCharge),
    ("a line of an export", |it| first(it).tax = Tax::Export),
    ("a line in three decimals", |it| first(it).net += dec("0.001")),
    ("a line's charge without reason", |it| {
        first(it).charges = vec![Adjustment { amount: dec("0"), ..Adjustment::default() }];
    }),
    ("a line's allowance with a percentage of nothing", |it| {
        first(it).allowances = vec![Adjustment { percent: Some(dec("3")), ..Adjustment::amount(dec("0"), "Why") }];
    }),
    ("no standard item scheme", |it| first(it).item.standard_id = Some(Schemed::new("", "1"))),
    ("no such standard item scheme", |it| first(it).item.standard_id = Some(Schemed::new("QQQ", "1"))),
    ("no such class scheme", |it| {
        first(it).item.classifications = vec![Classification { scheme: "QQQ".into(), version: None, code: "1".into() }];
    }),
    ("an attribute without value", |it| first(it).item.attributes = vec![("Colour".into(), String::new())]),
    ("a sum of lines that is off", |it| it.totals.lines += dec("1")),
    ("a sum of allowances that is off", |it| it.totals.allowances += dec("1")),
    ("a sum of charges that is off", |it| it.totals.charges += dec("1")),
    ("a total without tax that is off", |it| it.totals.without_tax += dec("1")),
    ("a tax total that is off", |it| it.totals.tax += dec("1")),
    ("a total with tax that is off", |it| it.totals.with_tax += dec("1")),
    ("a due amount that is off", |it| it.totals.due += dec("1")),
    ("a due amount in three decimals", |it| it.totals.due += dec("0.001")),
    ("a tax that is off by much", |it| it.breakdown[0].amount += dec("2")),
    ("a taxable amount that is off", |it| it.breakdown[0].taxable += dec("2")),
    ("no breakdown", |it| it.breakdown.clear()),
    ("a breakdown twice", |it| it.breakdown.push(it.breakdown[0].clone())),
    ("a breakdown of nothing", |it| {
        it.breakdown.push(TaxBreakdown { tax: Tax::ZeroRated, taxable: dec("0"), amount: dec("0"), exemption: None });
    }),
    ("no reasons", |it| it.breakdown.iter_mut().for_each(|part| part.exemption = None)),
    ("reasons everywhere", |it| {
        let reason = Exemption { text: Some("Why not".into()), code: None };
        it.breakdown.iter_mut().for_each(|part| part.exemption = Some(reason.clone()));
    }),
    ("a reason of no such code", |it| {
        let reason = Exemption { text: None, code: Some("VATEX-QQ".into()) };
        it.breakdown.iter_mut().filter_map(|part| part.exemption.as_mut()).for_each(|one| *one = reason.clone());
    }),
    ("an allowance without reason", |it| it.allowances.iter_mut().for_each(|one| no_reason(&mut one.adjustment))),
    ("a charge without reason", |it| it.charges.iter_mut().for_each(|one| no_reason(&mut one.adjustment))),
    ("an allowance of no such reason", |it| {
        it.allowances.iter_mut().for_each(|one| one.adjustment.reason_code = Some("QQQ".into()));
    }),
    ("a charge of no such reason", |it| {
        it.charges.iter_mut().for_each(|one| one.adjustment.reason_code = Some("95".into()));
    }),
    ("delivered at no time", |it| {
        it.delivery.iter_mut().for_each(|delivery| delivery.delivered_on = None);
        it.period = None;
    }),
    ("delivered nowhere", |it| it.delivery = None),
    ("the tax currency is the own", |it| it.tax_currency.iter_mut().for_each(|other| other.currency = it.currency)),
    ("the tax total of another sign", |it| {
        it.tax_currency.iter_mut().for_each(|other| other.tax_total = -it.totals.tax);
    }),
];

fn first(it: &mut Invoice) -> &mut Line {
    &mut it.lines[0]
}

fn no_reason(of: &mut Adjustment) {
    (of.reason, of.reason_code) = (None, None);
}
