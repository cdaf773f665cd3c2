//! The invoice as EN 16931 has it.

use einvoice::{
    Invoice,
    model::{Account, Address, Buyer, Contact, Delivery, Identifier, Kind, Note, Payment, Period, Seller},
};

use crate::{invoice::Model, party::Party, reckon::Reckoned, settings::BankAccount, tax::TaxCategory};

/// UNTDID 4461: credit transfer.
const TRANSFER: &str = "30";

/// `None` while it lacks what every invoice has.
pub fn document(row: &Model, reckoned: &Reckoned) -> Option<Invoice> {
    let (from, to) = (row.seller.as_ref()?, &row.buyer);
    let (at, there) = (from.address()?, to.address()?);
    let seller = Seller {
        legal_id: from.legal_id.clone().map(Identifier::plain),
        vat_id: from.vat_id.clone(),
        contact: contact(from),
        ..Seller::new(&from.name, at)
    };
    let buyer = Buyer {
        legal_id: to.legal_id.clone().map(Identifier::plain),
        vat_id: to.vat_id.clone(),
        contact: contact(to),
        ..Buyer::new(&to.name, there.clone())
    };
    let mut invoice =
        Invoice::new(row.number.as_ref()?, Kind::Invoice, row.issue_date?, reckoned.currency, seller, buyer);
    invoice.due_on = row.due_date;
    invoice.buyer_reference.clone_from(&row.buyer_reference);
    invoice.references.order.clone_from(&row.order_reference);
    invoice.notes = row.notes.iter().map(|text| Note { subject: None, text: text.clone() }).collect();
    invoice.period = Period::new(row.service_from, row.service_to);
    invoice.delivery = delivery(row, there);
    invoice.payment = row.bank_account.as_ref().map(|account| payment(account, row));
    invoice.lines.clone_from(&reckoned.lines);
    for (line, net) in invoice.lines.iter_mut().zip(&reckoned.sums.lines) {
        line.net = *net;
    }
    invoice.allowances.clone_from(&reckoned.allowances);
    invoice.charges.clone_from(&reckoned.charges);
    invoice.totals = reckoned.sums.totals;
    invoice.breakdown.clone_from(&reckoned.sums.breakdown);
    Some(invoice)
}

fn contact(party: &Party) -> Option<Contact> {
    party.email.clone().map(|email| Contact { email: Some(email), ..Contact::default() })
}

/// What goes to another member state says where to.
fn delivery(row: &Model, there: Address) -> Option<Delivery> {
    let crosses = row.taxes.0.iter().any(|part| part.category == TaxCategory::K);
    crosses.then(|| Delivery { delivered_on: row.service_to, address: Some(there), ..Delivery::default() })
}

fn payment(account: &BankAccount, row: &Model) -> Payment {
    Payment {
        means: TRANSFER.to_owned(),
        remittance: row.number.clone(),
        accounts: vec![Account { id: account.iban.clone(), name: account.name.clone(), bic: account.bic.clone() }],
        ..Payment::default()
    }
}
