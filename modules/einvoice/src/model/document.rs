use chrono::NaiveDate;

use super::{Address, Identifier};

/// BG-1.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Note {
    /// BT-21: UNTDID 4451.
    pub subject: Option<String>,
    /// BT-22.
    pub text: String,
}

/// BG-3: the invoice that this one corrects, credits or follows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preceding {
    /// BT-25.
    pub number: String,
    /// BT-26.
    pub issued_on: Option<NaiveDate>,
}

/// What else the document refers to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct References {
    /// BT-11.
    pub project: Option<String>,
    /// BT-12.
    pub contract: Option<String>,
    /// BT-13: the buyer's order.
    pub order: Option<String>,
    /// BT-14: the seller's.
    pub sales_order: Option<String>,
    /// BT-15.
    pub receiving_advice: Option<String>,
    /// BT-16.
    pub despatch_advice: Option<String>,
    /// BT-17.
    pub tender: Option<String>,
    /// BT-18, with its scheme (UNTDID 1153): what is invoiced, such as a meter or a subscription.
    pub object: Option<Identifier>,
}

/// BG-14, BG-26: with a beginning, an end or both, never with neither (BR-CO-19, BR-CO-20).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    From(NaiveDate),
    Until(NaiveDate),
    Between(NaiveDate, NaiveDate),
}

impl Period {
    #[must_use]
    pub fn new(start: Option<NaiveDate>, end: Option<NaiveDate>) -> Option<Self> {
        match (start, end) {
            (Some(start), Some(end)) => Some(Self::Between(start, end)),
            (Some(start), None) => Some(Self::From(start)),
            (None, Some(end)) => Some(Self::Until(end)),
            (None, None) => None,
        }
    }

    /// BT-73, BT-134.
    #[must_use]
    pub fn start(self) -> Option<NaiveDate> {
        match self {
            Self::From(start) | Self::Between(start, _) => Some(start),
            Self::Until(_) => None,
        }
    }

    /// BT-74, BT-135.
    #[must_use]
    pub fn end(self) -> Option<NaiveDate> {
        match self {
            Self::Until(end) | Self::Between(_, end) => Some(end),
            Self::From(_) => None,
        }
    }
}

/// BG-13.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Delivery {
    /// BT-70: who received it.
    pub party_name: Option<String>,
    /// BT-71.
    pub location: Option<Identifier>,
    /// BT-72.
    pub delivered_on: Option<NaiveDate>,
    /// BG-15.
    pub address: Option<Address>,
}

/// BG-24: a document that supports the invoice, outside of it, inside of it or only named.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attachment {
    /// BT-122.
    pub reference: String,
    /// BT-123.
    pub description: Option<String>,
    /// BT-124: an absolute address.
    pub location: Option<String>,
    /// BT-125.
    pub file: Option<File>,
}

/// BT-125.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// BT-125-1: one of the seven of BR-CL-24.
    pub mime: String,
    /// BT-125-2.
    pub name: String,
    pub bytes: Vec<u8>,
}
