/// BG-16: how it is to be paid, or was.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Payment {
    /// BT-81: UNTDID 4461, such as `30` credit transfer, `58` SEPA credit transfer, `59` SEPA direct debit, `48` card.
    pub means: String,
    /// BT-82.
    pub means_text: Option<String>,
    /// BT-83: what to write on the transfer.
    pub remittance: Option<String>,
    /// BG-17.
    pub accounts: Vec<Account>,
    /// BG-18.
    pub card: Option<Card>,
    /// BG-19.
    pub direct_debit: Option<DirectDebit>,
}

/// BG-17.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Account {
    /// BT-84: an IBAN without its spaces, or what else the bank calls it.
    pub id: String,
    /// BT-85.
    pub name: Option<String>,
    /// BT-86.
    pub bic: Option<String>,
}

/// BG-18.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Card {
    /// BT-87: never more than the first six and the last four digits.
    pub number: String,
    /// BT-88.
    pub holder: Option<String>,
}

/// BG-19.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DirectDebit {
    /// BT-89.
    pub mandate: Option<String>,
    /// BT-90.
    pub creditor: Option<String>,
    /// BT-91.
    pub account: Option<String>,
}
