use einvoice::model::{Contact, Invoice, Kind};

use super::{
    invoice,
    parts::{payment, schemed},
    text, word,
};
use crate::dice::Dice;

/// Right by `XRechnung` and Peppol BIS 3 as well.
pub fn strict_invoice(dice: &mut Dice) -> Invoice {
    let mut it = invoice(dice);
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
    it.seller.electronic_address = Some(schemed(dice));
    it.buyer.electronic_address = Some(schemed(dice));
    it.payment = Some(payment(dice));
    if it.currency.places() == 0 {
        // Peppol's slack of two hundredths has no room for a percentage rounded to a whole yen.
        let lines = it.lines.iter_mut().flat_map(|line| line.allowances.iter_mut().chain(&mut line.charges));
        for one in lines.chain(it.allowances.iter_mut().chain(&mut it.charges).map(|one| &mut one.adjustment)) {
            (one.base, one.percent) = (None, None);
        }
    }
    it
}

fn full_contact(dice: &mut Dice) -> Contact {
    Contact { name: Some(text(dice)), phone: Some("+49 30 123456".into()), email: Some("ada@example.com".into()) }
}
