use einvoice::{
    Profile, Severity, check,
    model::{
        Adjustment, BaseQuantity, Card, DirectDebit, Exemption, Gross, Invoice, Kind, Note, Payment, Period, Schemed,
        Tax,
    },
};

use super::{
    each_breaks_its_rule,
    sample::{of, sample},
};
use crate::{
    documents::{day, dec},
    rules::sample as samples,
};

fn payment(it: &mut Invoice) -> &mut Payment {
    it.payment.as_mut().unwrap()
}

fn first_adjustment(it: &mut Invoice) -> &mut Adjustment {
    &mut it.allowances[0].adjustment
}

fn debited() -> Invoice {
    let mut it = sample();
    let debit = DirectDebit {
        mandate: Some("M-1".into()),
        creditor: Some("DE98ZZZ09999999999".into()),
        account: Some("DE02120300000000202051".into()),
    };
    it.payment = Some(Payment { means: "59".into(), direct_debit: Some(debit), ..Payment::default() });
    it
}

#[test]
fn what_peppol_and_xrechnung_ask_for_alike() {
    for profile in [Profile::Peppol, Profile::XRechnung] {
        each_breaks_its_rule(
            profile,
            sample,
            &[
                (&["BR-CO-15", "PEPPOL-EN16931-R005"], |it| it.tax_currency.as_mut().unwrap().currency = it.currency),
                (&["PEPPOL-EN16931-R055"], |it| it.tax_currency.as_mut().unwrap().tax_total = dec("-1")),
                (&["PEPPOL-EN16931-R010"], |it| it.buyer.electronic_address = None),
                (&["PEPPOL-EN16931-R020"], |it| it.seller.electronic_address = None),
                (&["PEPPOL-EN16931-R041"], |it| first_adjustment(it).percent = Some(dec("5"))),
                (&["PEPPOL-EN16931-R042"], |it| first_adjustment(it).base = Some(dec("100"))),
                (&["PEPPOL-EN16931-R040"], |it| {
                    first_adjustment(it).base = Some(dec("100"));
                    first_adjustment(it).percent = Some(dec("4.97"));
                }),
                (&["PEPPOL-EN16931-R046"], |it| {
                    it.lines[0].price.gross = Some(Gross { price: dec("30"), discount: dec("1") });
                }),
                (&["PEPPOL-EN16931-R110"], |it| {
                    it.period = Some(Period::From(day(10)));
                    it.lines[0].period = Some(Period::From(day(9)));
                }),
                (&["PEPPOL-EN16931-R111"], |it| {
                    it.period = Some(Period::Until(day(10)));
                    it.lines[0].period = Some(Period::Until(day(11)));
                }),
                (&["PEPPOL-EN16931-R120"], |it| it.lines[0].price.net += dec("0.0021")),
                (&["PEPPOL-EN16931-R121"], |it| {
                    it.lines[0].price.base = Some(BaseQuantity { quantity: dec("0"), unit: None });
                }),
                (&["PEPPOL-EN16931-R130"], |it| {
                    it.lines[0].price.base = Some(BaseQuantity { quantity: dec("1"), unit: Some("KGM".into()) });
                }),
            ],
        );
        each_breaks_its_rule(
            profile,
            debited,
            &[(&["PEPPOL-EN16931-R061"], |it| payment(it).direct_debit.as_mut().unwrap().mandate = None)],
        );
    }
}

#[test]
fn what_peppol_alone_asks_for() {
    each_breaks_its_rule(
        Profile::Peppol,
        sample,
        &[
            (&["PEPPOL-EN16931-R002"], |it| it.notes = vec![Note { subject: None, text: "Hello".into() }; 2]),
            (&["PEPPOL-EN16931-R003"], |it| it.buyer_reference = None),
            (&["PEPPOL-EN16931-P0100"], |it| it.kind = Kind::SelfBilledInvoice),
            (&["PEPPOL-EN16931-P0101"], |it| it.kind = Kind::SelfBilledCreditNote),
            (&["PEPPOL-EN16931-P0112"], |it| it.kind = Kind::CorrectedInvoice),
            (&["PEPPOL-EN16931-P0100"], |it| it.kind = Kind::parse("325").unwrap()),
            (&["PEPPOL-EN16931-CL001"], |it| it.attachments = vec![super::attached("application/xml")]),
            (&["PEPPOL-EN16931-CL008"], |it| {
                it.buyer.electronic_address = Some(Schemed::new("EM", "nadia@bluekettle.example"));
            }),
            (&["PEPPOL-EN16931-P0104"], |it| wrong_reason(it, "VATEX-EU-G")),
            (&["PEPPOL-EN16931-P0105"], |it| wrong_reason(it, "VATEX-EU-O")),
            (&["PEPPOL-EN16931-P0106"], |it| wrong_reason(it, "VATEX-EU-IC")),
            (&["PEPPOL-EN16931-P0107"], |it| wrong_reason(it, "VATEX-EU-AE")),
            (&["PEPPOL-EN16931-P0108"], |it| second_hand(it, "VATEX-EU-D")),
            (&["PEPPOL-EN16931-P0109"], |it| second_hand(it, "VATEX-EU-F")),
            (&["PEPPOL-EN16931-P0110"], |it| second_hand(it, "VATEX-EU-I")),
            (&["PEPPOL-EN16931-P0111"], |it| second_hand(it, "VATEX-EU-J")),
        ],
    );
}

fn second_hand(it: &mut Invoice, code: &str) {
    samples::of(it, Tax::Export);
    it.breakdown[0].exemption = Some(Exemption { text: None, code: Some(code.into()) });
}

fn wrong_reason(it: &mut Invoice, code: &str) {
    samples::of(it, Tax::Exempt);
    it.breakdown[0].exemption = Some(Exemption { text: None, code: Some(code.into()) });
}

#[test]
fn what_xrechnung_alone_asks_for() {
    each_breaks_its_rule(
        Profile::XRechnung,
        sample,
        &[
            (&["BR-DE-1"], |it| it.payment = None),
            (&["BR-DE-2"], |it| it.seller.contact = None),
            (&["BR-DE-3"], |it| it.seller.address.city = None),
            (&["BR-DE-4"], |it| it.seller.address.post_code = None),
            (&["BR-DE-5"], |it| it.seller.contact.as_mut().unwrap().name = None),
            (&["BR-DE-6"], |it| it.seller.contact.as_mut().unwrap().phone = None),
            (&["BR-DE-7"], |it| it.seller.contact.as_mut().unwrap().email = None),
            (&["BR-DE-8"], |it| it.buyer.address.city = None),
            (&["BR-DE-9"], |it| it.buyer.address.post_code = None),
            (&["BR-DE-10"], |it| it.delivery.as_mut().unwrap().address.as_mut().unwrap().city = None),
            (&["BR-DE-11"], |it| it.delivery.as_mut().unwrap().address.as_mut().unwrap().post_code = None),
            (&["BR-DE-15"], |it| it.buyer_reference = None),
            (&["BR-S-02", "BR-S-03", "BR-S-04", "BR-DE-16"], |it| it.seller.vat_id = None),
            (&["BR-DE-17"], |it| it.kind = Kind::PrepaymentInvoice),
            (&["BR-DE-18"], |it| it.terms = Some("Thanks\n#SKONTO#TAGE=14#PROZENT=2#".into())),
            (&[], |it| it.terms = Some("#SKONTO#TAGE=14#PROZENT=2.00#BASISBETRAG=10.00#".into())),
            (&["BR-DE-19"], |it| payment(it).accounts[0].id = "DE03120300000000202051".into()),
            (&["BR-DE-22"], |it| it.attachments = vec![super::attached("text/csv"); 2]),
            (&["BR-TMP-2"], |it| {
                it.attachments = vec![super::attached("text/csv")];
                it.attachments[0].location = Some("a.pdf".into());
            }),
            (&["BR-61", "BR-DE-23-a"], |it| payment(it).accounts.clear()),
            (&["BR-DE-23-b"], |it| payment(it).card = Some(Card { number: "1234".into(), holder: None })),
            (&["BR-DE-24-a", "BR-DE-24-b"], |it| payment(it).means = "48".into()),
            (&["BR-DE-26"], |it| it.kind = Kind::CorrectedInvoice),
            (&["BR-DE-27"], |it| it.seller.contact.as_mut().unwrap().phone = Some("none".into())),
            (&["BR-DE-28"], |it| it.seller.contact.as_mut().unwrap().email = Some("theo@elbe".into())),
            (&["BR-DE-TMP-32"], |it| it.delivery.as_mut().unwrap().delivered_on = None),
        ],
    );
    each_breaks_its_rule(
        Profile::XRechnung,
        debited,
        &[
            (&["BR-DE-25-b"], |it| payment(it).accounts = sample().payment.unwrap().accounts),
            (&["BR-DE-20"], |it| payment(it).direct_debit.as_mut().unwrap().account = Some("1234".into())),
            (&["BR-DE-30"], |it| payment(it).direct_debit.as_mut().unwrap().creditor = None),
            (&["BR-DE-31"], |it| payment(it).direct_debit.as_mut().unwrap().account = None),
            (&["PEPPOL-EN16931-R061", "BR-DE-25-a"], |it| payment(it).direct_debit = None),
        ],
    );
}

#[test]
fn what_should_be_is_a_warning_and_what_must_be_an_error() {
    let mut it = sample();
    of(&mut it, Tax::Standard(dec("19")));
    it.kind = Kind::CorrectedInvoice;
    it.buyer_reference = None;
    let told: Vec<_> = check(&it, Profile::XRechnung).into_iter().map(|one| (one.rule, one.severity)).collect();
    assert_eq!(told, [("BR-DE-15".to_owned(), Severity::Error), ("BR-DE-26".to_owned(), Severity::Warning)]);
}
