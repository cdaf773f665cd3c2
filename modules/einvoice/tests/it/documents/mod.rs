//! Random invoices that are right: every optional field there or not, texts of every script.

mod parts;
mod sale;
mod strict;
mod text;

use chrono::{Days, NaiveDate};
use einvoice::model::{
    Buyer, Category, Currency, Exemption, Invoice, Kind, Payee, Preceding, Seller, Tax, TaxCurrency, TaxPoint,
    TaxPointEvent, TaxRepresentative,
};
use rust_decimal::Decimal;

use crate::dice::Dice;
use parts::{address, attachments, contact, date, delivery, identifier, payment, period, references, schemed};
use sale::{line, taxes};
pub use strict::strict_invoice;
pub use text::{text, word};

/// Right by EN 16931 alone.
pub fn invoice(dice: &mut Dice) -> Invoice {
    let currency = dice.pick(&["EUR", "EUR", "USD", "SEK", "JPY"]);
    invoice_in(currency, dice)
}

fn invoice_in(currency: &str, dice: &mut Dice) -> Invoice {
    let currency = Currency::parse(currency).unwrap();
    let taxes = taxes(dice);
    let outside = taxes.contains(&Tax::OutsideScope);
    let number = format!("{}-{}", word(dice), dice.between(1, 99_999));
    let kind = dice.pick(&Kind::ALL);
    let mut it = Invoice::new(number, kind, date(dice), currency, seller(dice, outside), buyer(dice, outside));

    it.due_on = dice.maybe(date);
    it.tax_point = dice.maybe(|dice| {
        if dice.one_in(2) { TaxPoint::On(date(dice)) } else { TaxPoint::With(dice.pick(&TaxPointEvent::ALL)) }
    });
    it.buyer_reference = dice.maybe(text);
    it.buyer_accounting = dice.maybe(text);
    it.terms = dice.maybe(text);
    it.notes = dice.some(2, parts::note);
    it.references = references(dice);
    it.preceding = dice.some(2, |dice| Preceding { number: word(dice), issued_on: dice.maybe(date) });
    it.payee = dice.maybe(|dice| Payee {
        name: format!("Payee {}", text(dice)),
        identifier: dice.maybe(|dice| identifier(dice, "payee")),
        legal_id: dice.maybe(|dice| identifier(dice, "payee-legal")),
    });
    if !outside {
        it.tax_representative = dice.maybe(|dice| TaxRepresentative {
            name: text(dice),
            vat_id: format!("FR{}", dice.between(10_000, 99_999)),
            address: address(dice),
        });
    }
    it.period = dice.maybe(period);
    it.delivery = delivery(dice, taxes.contains(&Tax::IntraCommunity));
    it.payment = dice.maybe(payment);
    it.attachments = attachments(dice);

    for nth in 0..=dice.below(4) {
        let line = line(dice, nth + 1, currency, &taxes, it.period);
        it.lines.push(line);
    }
    sale::on_the_document(dice, &mut it);
    it.calculate(&[exempt()]).unwrap();
    it.tax_currency = dice.maybe(|dice| {
        let currency = Currency::parse(if currency.code() == "EUR" { "GBP" } else { "EUR" }).unwrap();
        TaxCurrency { currency, tax_total: it.totals.tax * dice.decimal(50, 150, 2) }
    });
    if let Some(other) = &mut it.tax_currency {
        other.tax_total = other.currency.round(other.tax_total);
    }
    it
}

pub fn exempt() -> (Category, Exemption) {
    (Category::Exempt, Exemption { text: Some("Medical care".into()), code: Some("VATEX-EU-132-1C".into()) })
}

fn seller(dice: &mut Dice, outside: bool) -> Seller {
    let mut it = Seller::new(text(dice), address(dice));
    it.trading_name = dice.maybe(|dice| format!("Trading as {}", text(dice)));
    it.identifiers = dice.some(2, |dice| identifier(dice, "seller"));
    it.identifiers.sort_by_key(|one| one.scheme.is_some());
    it.legal_id = dice.maybe(|dice| identifier(dice, "seller-legal"));
    it.vat_id = (!outside).then(|| format!("DE{}", dice.between(100_000_000, 999_999_999)));
    it.tax_registration = dice.maybe(word);
    it.legal_information = dice.maybe(text);
    it.electronic_address = dice.maybe(schemed);
    it.contact = dice.maybe(contact);
    if outside {
        it.legal_id = Some(identifier(dice, "seller-legal"));
    }
    it
}

fn buyer(dice: &mut Dice, outside: bool) -> Buyer {
    let mut it = Buyer::new(text(dice), address(dice));
    it.trading_name = dice.maybe(text);
    it.identifier = dice.maybe(|dice| identifier(dice, "buyer"));
    it.legal_id = dice.maybe(|dice| identifier(dice, "buyer-legal"));
    it.vat_id = (!outside).then(|| format!("ATU{}", dice.between(10_000_000, 99_999_999)));
    it.electronic_address = dice.maybe(schemed);
    it.contact = dice.maybe(contact);
    it
}

pub fn first_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 1, 1).unwrap()
}

pub fn day(after: u64) -> NaiveDate {
    first_day() + Days::new(after)
}

pub fn dec(text: &str) -> Decimal {
    text.parse().unwrap()
}
