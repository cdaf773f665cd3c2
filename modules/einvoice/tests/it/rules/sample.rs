use einvoice::{
    Invoice,
    model::{
        Account, Address, Adjustment, Buyer, Contact, Country, Currency, Delivery, DocumentAdjustment, Identifier,
        Kind, Line, Payment, Schemed, Seller, Tax, TaxCurrency,
    },
};

use crate::documents::{day, dec};

/// Right by every profile, without a warning.
pub fn sample() -> Invoice {
    let country = |code| Country::parse(code).unwrap();
    let mut seller =
        Seller::new("Elbe Logistik GmbH", Address::new("Hafenstraße 1", "20457", "Hamburg", country("DE")));
    seller.vat_id = Some("DE123456789".into());
    seller.legal_id = Some(Identifier::plain("HRB 12345"));
    seller.electronic_address = Some(Schemed::new("9930", "DE123456789"));
    seller.contact = Some(Contact {
        name: Some("Theo Marchetti".into()),
        phone: Some("+49 40 123456".into()),
        email: Some("theo@elbe.example".into()),
    });
    let mut buyer = Buyer::new("Blue Kettle Ltd", Address::new("Main Street 2", "1010", "Wien", country("AT")));
    buyer.vat_id = Some("ATU12345678".into());
    buyer.legal_id = Some(Identifier::plain("FN 1"));
    buyer.electronic_address = Some(Schemed::new("9914", "ATU12345678"));

    let euro = Currency::parse("EUR").unwrap();
    let mut it = Invoice::new("INV-2026-00001", Kind::Invoice, day(30), euro, seller, buyer);
    it.due_on = Some(day(44));
    it.buyer_reference = Some("04011000-1234512345-06".into());
    it.delivery =
        Some(Delivery { delivered_on: Some(day(20)), address: Some(it.buyer.address.clone()), ..Delivery::default() });
    it.payment = Some(Payment {
        means: "58".into(),
        accounts: vec![Account { id: "DE02120300000000202051".into(), name: None, bic: None }],
        ..Payment::default()
    });
    it.tax_currency = Some(TaxCurrency { currency: Currency::parse("USD").unwrap(), tax_total: dec("100") });
    of(&mut it, Tax::Standard(dec("19")));
    it
}

/// With a line, an allowance and a charge of that category.
pub fn of(it: &mut Invoice, tax: Tax) {
    it.lines = vec![Line::new("1", "Pallet", dec("10"), "C62", dec("25.50"), tax)];
    it.allowances = vec![DocumentAdjustment { adjustment: Adjustment::amount(dec("5"), "Loyal"), tax }];
    it.charges = vec![DocumentAdjustment { adjustment: Adjustment::amount(dec("7.50"), "Freight"), tax }];
    it.calculate(&[crate::documents::exempt()]).unwrap();
}
