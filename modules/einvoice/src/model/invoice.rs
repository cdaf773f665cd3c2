use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::{
    Attachment, Buyer, Currency, Delivery, DocumentAdjustment, Kind, Line, Note, Payee, Payment, Period, Preceding,
    References, Seller, TaxBreakdown, TaxPoint, TaxRepresentative, Totals,
};

/// An invoice or a credit note. What the profile decides (BT-23, BT-24) is said when it is written.
///
/// Texts are compared and kept without white space at their edges; an empty one is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invoice {
    /// BT-1.
    pub number: String,
    /// BT-3.
    pub kind: Kind,
    /// BT-2.
    pub issued_on: NaiveDate,
    /// BT-9.
    pub due_on: Option<NaiveDate>,
    /// BT-5.
    pub currency: Currency,
    /// BT-6 with BT-111.
    pub tax_currency: Option<TaxCurrency>,
    /// BT-7 or BT-8.
    pub tax_point: Option<TaxPoint>,
    /// BT-10: what the buyer wants to find its way by, such as a Leitweg-ID.
    pub buyer_reference: Option<String>,
    /// BT-19: where the buyer books it.
    pub buyer_accounting: Option<String>,
    /// BT-20.
    pub terms: Option<String>,
    /// BG-1.
    pub notes: Vec<Note>,
    pub references: References,
    /// BG-3.
    pub preceding: Vec<Preceding>,
    /// BG-4.
    pub seller: Seller,
    /// BG-7.
    pub buyer: Buyer,
    /// BG-10: who is paid, if not the seller.
    pub payee: Option<Payee>,
    /// BG-11.
    pub tax_representative: Option<TaxRepresentative>,
    /// BG-13.
    pub delivery: Option<Delivery>,
    /// BG-14.
    pub period: Option<Period>,
    /// BG-16.
    pub payment: Option<Payment>,
    /// BG-20.
    pub allowances: Vec<DocumentAdjustment>,
    /// BG-21.
    pub charges: Vec<DocumentAdjustment>,
    /// BG-22.
    pub totals: Totals,
    /// BG-23.
    pub breakdown: Vec<TaxBreakdown>,
    /// BG-24.
    pub attachments: Vec<Attachment>,
    /// BG-25.
    pub lines: Vec<Line>,
}

impl Invoice {
    /// With what cannot be missing; the totals are nought until [`crate::calculate()`] has been asked for them.
    #[must_use]
    pub fn new(
        number: impl Into<String>,
        kind: Kind,
        issued_on: NaiveDate,
        currency: Currency,
        seller: Seller,
        buyer: Buyer,
    ) -> Self {
        Self {
            number: number.into(),
            kind,
            issued_on,
            due_on: None,
            currency,
            tax_currency: None,
            tax_point: None,
            buyer_reference: None,
            buyer_accounting: None,
            terms: None,
            notes: Vec::new(),
            references: References::default(),
            preceding: Vec::new(),
            seller,
            buyer,
            payee: None,
            tax_representative: None,
            delivery: None,
            period: None,
            payment: None,
            allowances: Vec::new(),
            charges: Vec::new(),
            totals: Totals::default(),
            breakdown: Vec::new(),
            attachments: Vec::new(),
            lines: Vec::new(),
        }
    }
}

/// The currency in which the tax is accounted for, where it is not the invoice's: one does not go without the other (BR-53).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TaxCurrency {
    /// BT-6.
    pub currency: Currency,
    /// BT-111, in that currency.
    pub tax_total: Decimal,
}
