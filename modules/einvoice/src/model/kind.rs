use super::{UnknownCode, code::find};
use crate::codes;

/// BT-3: what the document is (UNTDID 1001, as far as EN 16931 takes it: BR-CL-01). Those in common use have a name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Kind {
    #[default]
    Invoice,
    CreditNote,
    PartialInvoice,
    CorrectedInvoice,
    PrepaymentInvoice,
    SelfBilledInvoice,
    SelfBilledCreditNote,
    PartialConstructionInvoice,
    PartialFinalConstructionInvoice,
    FinalConstructionInvoice,
    /// Any other of the list, as [`Kind::parse`] gives it.
    Other(OtherKind),
}

/// A type without a name here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct OtherKind {
    code: &'static str,
    is_credit: bool,
}

impl Kind {
    /// Those that have a name.
    pub const ALL: [Self; 10] = [
        Self::Invoice,
        Self::CreditNote,
        Self::PartialInvoice,
        Self::CorrectedInvoice,
        Self::PrepaymentInvoice,
        Self::SelfBilledInvoice,
        Self::SelfBilledCreditNote,
        Self::PartialConstructionInvoice,
        Self::PartialFinalConstructionInvoice,
        Self::FinalConstructionInvoice,
    ];

    /// UNTDID 1001.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Invoice => "380",
            Self::CreditNote => "381",
            Self::PartialInvoice => "326",
            Self::CorrectedInvoice => "384",
            Self::PrepaymentInvoice => "386",
            Self::SelfBilledInvoice => "389",
            Self::SelfBilledCreditNote => "261",
            Self::PartialConstructionInvoice => "875",
            Self::PartialFinalConstructionInvoice => "876",
            Self::FinalConstructionInvoice => "877",
            Self::Other(other) => other.code,
        }
    }

    /// # Errors
    /// A code that is not in the list.
    pub fn parse(code: &str) -> Result<Self, UnknownCode> {
        let other =
            |list: &codes::List, is_credit| list.find(code).map(|code| Self::Other(OtherKind { code, is_credit }));
        find(Self::ALL, Self::code, code, "the types of invoices and credit notes (UNTDID 1001)").or_else(|unknown| {
            other(&codes::INVOICE_KIND, false).or_else(|| other(&codes::CREDIT_KIND, true)).ok_or(unknown)
        })
    }

    /// Whether the amounts go back to the buyer.
    #[must_use]
    pub fn is_credit(self) -> bool {
        match self {
            Self::Other(other) => other.is_credit,
            named => matches!(named, Self::CreditNote | Self::SelfBilledCreditNote),
        }
    }
}
