//! What is written is read back as it was, in both syntaxes and from one to the other.

use einvoice::{Invoice, Profile, Syntax, WriteError, cii, model::Kind, read, ubl};

use crate::{
    dice::Dice,
    documents::{invoice, strict_invoice},
};

const MANY: u64 = 600;
const PROFILES: [Profile; 4] = [Profile::En16931, Profile::Peppol, Profile::XRechnung, Profile::FacturX];

fn each_of_many(mut each: impl FnMut(&Invoice, Profile, u64)) {
    for seed in 0..MANY {
        let dice = &mut Dice::new(seed);
        let it = if dice.one_in(2) { invoice(dice) } else { strict_invoice(dice) };
        each(&it, dice.pick(&PROFILES), seed);
    }
}

#[test]
fn ubl_reads_what_it_wrote() {
    each_of_many(|it, profile, seed| {
        let written = ubl::write(it, profile).unwrap();
        let document = read(written.as_bytes()).unwrap_or_else(|error| panic!("{seed}: {error}\n{written}"));
        assert_eq!(document.invoice, *it, "{seed}");
        assert_eq!(document.syntax, Syntax::Ubl);
        assert_eq!(document.specification.as_deref(), Some(profile.specification()));
        assert_eq!(document.process.as_deref(), profile.process());
        assert_eq!(document.unread, [""; 0], "{seed}");
    });
}

#[test]
fn cii_reads_what_it_wrote() {
    each_of_many(|it, profile, seed| {
        let profile = if it.preceding.len() > 1 { Profile::FacturX } else { profile };
        let written = cii::write(it, profile).unwrap();
        let document = read(written.as_bytes()).unwrap_or_else(|error| panic!("{seed}: {error}\n{written}"));
        assert_eq!(document.invoice, *it, "{seed}");
        assert_eq!(document.syntax, Syntax::Cii);
        assert_eq!(document.specification.as_deref(), Some(profile.specification()));
        assert_eq!(document.process.as_deref(), profile.process());
        assert_eq!(document.unread, [""; 0], "{seed}");
    });
}

#[test]
fn one_syntax_becomes_the_other_and_comes_back() {
    each_of_many(|it, _, seed| {
        let first = ubl::write(it, Profile::FacturX).unwrap();
        let there = cii::write(&read(first.as_bytes()).unwrap().invoice, Profile::FacturX).unwrap();
        let back = ubl::write(&read(there.as_bytes()).unwrap().invoice, Profile::FacturX).unwrap();
        assert_eq!(back, first, "{seed}");
    });
}

#[test]
fn a_carriage_return_is_kept() {
    let mut it = strict_invoice(&mut Dice::new(1));
    it.terms = Some("Within two weeks,\r\nthanks".into());
    it.seller.legal_information = Some("Sitz\tHamburg\u{7f}".into());
    for written in [ubl::write(&it, Profile::Peppol).unwrap(), cii::write(&it, Profile::FacturX).unwrap()] {
        assert_eq!(read(written.as_bytes()).unwrap().invoice, it);
    }
}

#[test]
fn characters_that_no_xml_carries_are_refused() {
    for character in ['\0', '\u{1}', '\u{b}', '\u{1f}', '\u{fffe}', '\u{ffff}'] {
        let mut it = strict_invoice(&mut Dice::new(1));
        it.seller.name = format!("Elbe{character} Logistik");
        let refused = |element| WriteError::Character { element, character: character.into() };
        assert_eq!(ubl::write(&it, Profile::Peppol), Err(refused("cbc:RegistrationName")));
        assert_eq!(cii::write(&it, Profile::FacturX), Err(refused("ram:Name")));
    }
}

#[test]
fn what_is_empty_is_not_written() {
    let mut it = strict_invoice(&mut Dice::new(2));
    it.terms = Some(" \n".into());
    it.seller.trading_name = Some(String::new());
    let mut plain = it.clone();
    (plain.terms, plain.seller.trading_name) = (None, None);
    assert_eq!(ubl::write(&it, Profile::Peppol), ubl::write(&plain, Profile::Peppol));
    assert_eq!(cii::write(&it, Profile::Peppol), cii::write(&plain, Profile::Peppol));
}

#[test]
fn only_factur_x_has_room_for_two_preceding_invoices_in_cii() {
    let mut it = strict_invoice(&mut Dice::new(3));
    let one = einvoice::model::Preceding { number: "1".into(), issued_on: None };
    it.preceding = vec![one.clone(), one];
    assert_eq!(cii::write(&it, Profile::XRechnung), Err(WriteError::OnePrecedingInvoice));
    assert!(cii::write(&it, Profile::FacturX).is_ok());
    assert!(ubl::write(&it, Profile::XRechnung).is_ok());
}

#[test]
fn a_credit_note_of_which_only_the_due_date_is_known_keeps_it() {
    let mut it = strict_invoice(&mut Dice::new(4));
    it.kind = Kind::CreditNote;
    it.payment = None;
    it.due_on = Some(crate::documents::day(3));
    let written = ubl::write(&it, Profile::En16931).unwrap();
    assert!(written.contains("<CreditNote xmlns=\"urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2\""));
    assert_eq!(read(written.as_bytes()).unwrap().invoice, it);
}
