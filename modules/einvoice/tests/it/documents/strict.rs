use einvoice::model::{Contact, Invoice, Kind, Schemed};

use super::{invoice_in, parts::payment, text, word};
use crate::dice::Dice;

/// Right by `XRechnung` and Peppol BIS 3 as well.
pub fn strict_invoice(dice: &mut Dice) -> Invoice {
    // Not in yen: Peppol's slack of two hundredths has no room for what is rounded to a whole one.
    let currency = dice.pick(&["EUR", "EUR", "USD", "SEK"]);
    let mut it = invoice_in(currency, dice);
    it.kind = dice.pick(&[Kind::Invoice, Kind::CreditNote]);
    it.buyer_reference = Some("04011000-1234512345-06".to_owned());
    it.notes.truncate(1);
    for address in [&mut it.seller.address, &mut it.buyer.address]
        .into_iter()
        .chain(it.delivery.as_mut().and_then(|delivery| delivery.address.as_mut()))
    {
        address.city = Some(word(dice));
        address.post_code = Some(dice.between(10_000, 99_999).to_string());
    }
    it.seller.contact = Some(full_contact(dice));
    it.seller.electronic_address = Some(numbered(dice));
    it.buyer.electronic_address = Some(numbered(dice));
    it.payment = Some(payment(dice));
    it
}

fn full_contact(dice: &mut Dice) -> Contact {
    Contact { name: Some(text(dice)), phone: Some("+49 30 123456".into()), email: Some("ada@example.com".into()) }
}

fn numbered(dice: &mut Dice) -> Schemed {
    Schemed::new(dice.pick(&["0204", "9930", "0088"]), dice.pick(&["4012345000009", "4006381333931"]))
}
