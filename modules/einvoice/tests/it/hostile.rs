//! Documents that mean no good, and documents that are merely strange.

use einvoice::{Profile, ReadError, cii, read, ubl};

use crate::{
    dice::Dice,
    documents::{invoice, strict_invoice},
};

fn right() -> String {
    ubl::write(&strict_invoice(&mut Dice::new(1)), Profile::Peppol).unwrap()
}

fn refused(document: &str) -> ReadError {
    read(document.as_bytes()).unwrap_err()
}

#[test]
fn entities_and_document_types_are_refused() {
    let bomb = r#"<!DOCTYPE Invoice [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>"#;
    let outside = r#"<!DOCTYPE Invoice SYSTEM "file:///etc/passwd">"#;
    for declaration in [bomb, outside, "<!DOCTYPE Invoice>"] {
        let document = right().replacen("<Invoice", &format!("{declaration}<Invoice"), 1);
        assert_eq!(
            refused(&document.replacen("<CreditNote", &format!("{declaration}<CreditNote"), 1)),
            ReadError::DocumentType
        );
    }
    assert!(matches!(refused("<Invoice>&unknown;</Invoice>"), ReadError::Xml(_)));
}

#[test]
fn what_is_too_deep_or_too_large_is_refused() {
    assert_eq!(refused(&format!("{}{}", "<a>".repeat(200_000), "</a>".repeat(200_000))), ReadError::TooDeep);
    assert_eq!(refused(&format!("<a>{}</a>", "<b/>".repeat(1_100_000))), ReadError::TooLarge);
    assert_eq!(refused(&" ".repeat(33 * 1024 * 1024)), ReadError::TooLarge);
}

#[test]
fn what_is_no_invoice_is_refused() {
    assert!(matches!(refused(""), ReadError::Xml(_)));
    assert!(matches!(refused("<Invoice"), ReadError::Xml(_)));
    assert!(matches!(refused("<a></b>"), ReadError::Xml(_)));
    assert_eq!(refused("<Invoice/>"), ReadError::NotAnInvoice("Invoice".into()));
    let other = right()
        .replace("schema:xsd:Invoice-2", "schema:xsd:Order-2")
        .replace("schema:xsd:CreditNote-2", "schema:xsd:Order-2");
    assert!(matches!(refused(&other), ReadError::NotAnInvoice(_)));
    assert_eq!(read(&[0xff, 0xfe, 0x3c, 0x00]).unwrap_err(), ReadError::NotUtf8);
    let latin = right().replacen("encoding=\"UTF-8\"", "encoding=\"ISO-8859-1\"", 1);
    assert_eq!(refused(&latin), ReadError::NotUtf8);
}

#[test]
fn a_mark_at_the_beginning_is_passed_over() {
    assert!(read(format!("\u{feff}{}", right()).as_bytes()).is_ok());
}

#[test]
fn only_the_address_of_a_namespace_counts() {
    let document = right();
    let renamed = document
        .replace("cbc:", "x:")
        .replace("xmlns:cbc", "xmlns:x")
        .replace("cac:", "cbc:")
        .replace("xmlns:cac", "xmlns:cbc");
    assert_eq!(read(renamed.as_bytes()).unwrap().invoice, read(document.as_bytes()).unwrap().invoice);
    let strangers = document.replace("CommonBasicComponents-2", "CommonBasicComponents-3");
    assert!(matches!(refused(&strangers), ReadError::Missing { .. }));
}

#[test]
fn comments_do_not_cut_a_text_in_two() {
    let it = strict_invoice(&mut Dice::new(1));
    let document = right().replacen(&it.number, &format!("{}<!-- and -->-2", it.number), 1);
    assert_eq!(read(document.as_bytes()).unwrap().invoice.number, format!("{}-2", it.number));
}

#[test]
fn what_is_not_understood_is_left_out_and_told() {
    let document = right().replacen(
        "<cbc:IssueDate>",
        "<cbc:UUID>1</cbc:UUID><x:Thing xmlns:x=\"urn:x\"><x:In/></x:Thing><cbc:IssueDate>",
        1,
    );
    let document =
        document.replacen("</cac:Party>", "<cac:Person><cbc:FirstName>A</cbc:FirstName></cac:Person></cac:Party>", 1);
    let root = if document.contains("<CreditNote") { "CreditNote" } else { "Invoice" };
    let read = read(document.as_bytes()).unwrap();
    assert_eq!(
        read.unread,
        [format!("{root}/UUID"), format!("{root}/Thing"), format!("{root}/AccountingSupplierParty/Party/Person"),]
    );
    assert_eq!(read.invoice, strict_invoice(&mut Dice::new(1)));
}

#[test]
fn a_second_of_what_there_is_one_of_is_told() {
    let document = right().replacen("<cbc:IssueDate>", "<cbc:ID>SECOND</cbc:ID><cbc:IssueDate>", 1);
    let read = read(document.as_bytes()).unwrap();
    assert!(read.unread[0].ends_with("/ID[2]"), "{:?}", read.unread);
    assert_ne!(read.invoice.number, "SECOND");
}

#[test]
fn numbers_that_are_none_are_refused() {
    let amounts = amount_due(&right());
    for wrong in ["1e3", "1_000", "1,5", "NaN", "0x10", "--1", "+", ".", "9999999999999999", "1.0000000000001", "١"] {
        let document = right().replacen(&amounts, &format!(">{wrong}</cbc:PayableAmount>"), 1);
        assert!(matches!(refused(&document), ReadError::Wrong { .. }), "{wrong}");
    }
    for fine in ["+1", "1.", ".5", "-0", "000000000000000000001.50000000000000000000"] {
        let document = right().replacen(&amounts, &format!(">{fine}</cbc:PayableAmount>"), 1);
        assert!(read(document.as_bytes()).is_ok(), "{fine}");
    }
}

/// `>12.00</cbc:PayableAmount>`
fn amount_due(document: &str) -> String {
    let end = document.find("</cbc:PayableAmount>").unwrap();
    let start = document[..end].rfind('>').unwrap();
    document[start..end + "</cbc:PayableAmount>".len()].to_owned()
}

#[test]
fn documents_cut_or_changed_anywhere_never_panic() {
    for seed in 0..40 {
        let dice = &mut Dice::new(seed);
        let it = invoice(dice);
        let written = if seed % 2 == 0 { ubl::write(&it, Profile::Peppol) } else { cii::write(&it, Profile::FacturX) };
        let bytes = written.unwrap().into_bytes();
        for _ in 0..60 {
            let mut changed = bytes.clone();
            match dice.below(3) {
                0 => changed.truncate(dice.below(bytes.len())),
                1 => changed[dice.below(bytes.len())] = u8::try_from(dice.below(256)).unwrap(),
                _ => {
                    let (from, to) = (dice.below(bytes.len()), dice.below(bytes.len()));
                    changed.drain(from.min(to)..from.max(to));
                }
            }
            if let Ok(document) = read(&changed) {
                let _ = einvoice::check(&document.invoice, Profile::XRechnung);
            }
        }
    }
}
