use base::{
    Faults, Ref, Result, View,
    value::{CurrencyCode, Money, Text},
};
use chrono::NaiveDate;
use opportunities::Stage;
use poem_openapi::{Object, types::Example};
use uuid::Uuid;

use crate::lead::Model;

/// What to make of a lead. Empty, it becomes an account and a contact by what it says itself.
#[derive(Clone, Debug, Default, Object)]
#[oai(deny_unknown_fields, example)]
pub struct NewConversion {
    /// An account that is there already.
    pub account_id: Option<Uuid>,
    /// Or how the account is called: the lead's company when absent, and the person's name when there is none.
    pub account_name: Option<Text<255>>,
    /// A contact that is there already: the lead's own person when absent.
    pub contact_id: Option<Uuid>,
    /// `null` or absent: none.
    pub opportunity: Option<NewLeadOpportunity>,
}

/// The opportunity that a lead becomes. What is absent is as the lead says.
#[derive(Clone, Debug, Default, Object)]
#[oai(deny_unknown_fields)]
pub struct NewLeadOpportunity {
    /// The lead's title when absent.
    pub name: Option<Text<255>>,
    /// In `currency`.
    pub amount: Option<Money>,
    pub currency: Option<CurrencyCode>,
    /// `qualification` when absent. A won one needs an amount and a date.
    pub stage: Option<Stage>,
    pub closed_on: Option<NaiveDate>,
}

/// What a lead has become.
#[derive(Clone, Debug, Object)]
pub struct ConvertedLead {
    pub lead_id: Uuid,
    pub account: Ref,
    /// `null` when neither a last name nor an e-mail address is known.
    pub contact: Option<Ref>,
    pub opportunity: Option<Ref>,
    #[oai(skip)]
    pub version: i64,
}

impl NewConversion {
    /// What must hold before anything is looked up.
    pub(crate) fn check(&self, lead: &Model) -> Result<()> {
        let mut faults = Faults::new();
        if self.account_id.is_some() && self.account_name.is_some() {
            faults.add("/account_name", "one_of_two", "Give either account_id or account_name.");
        }
        if self.account_id.is_none() && self.account_name.is_none() && account_name(lead).is_none() {
            let why = "The lead has neither a company nor a person's name: how shall the account be called?";
            faults.add("/account_name", "required", why);
        }
        faults.check()
    }
}

/// What the account of a lead is called when nobody says otherwise.
pub(super) fn account_name(lead: &Model) -> Option<String> {
    let name = lead.company_name.clone().or_else(|| lead.person_name())?;
    Some(name.chars().take(255).collect())
}

impl View for ConvertedLead {
    /// The lead's: that is where to look at it.
    fn id(&self) -> Uuid {
        self.lead_id
    }

    fn version(&self) -> i64 {
        self.version
    }
}

impl Example for NewConversion {
    fn example() -> Self {
        Self {
            account_id: None,
            account_name: Text::parse("Blue Kettle Ltd").ok(),
            contact_id: None,
            opportunity: Some(NewLeadOpportunity {
                name: Text::parse("Espresso bar, 3 sites").ok(),
                amount: Money::parse("18000.00").ok(),
                currency: CurrencyCode::parse("GBP").ok(),
                stage: Some(Stage::Qualification),
                closed_on: NaiveDate::from_ymd_opt(2027, 3, 31),
            }),
        }
    }
}
