use base::{
    Error, Faults, Fields, IfMatch, Result, Scope, Tx, Verb, access,
    value::{patch, patch_required},
};
use poem_openapi::types::MaybeUndefined;
use rust_decimal::Decimal;

use super::{
    row::{Entity, Model},
    view::{InvoiceSettings, InvoiceSettingsChange},
};
use crate::{party::Party, state::Terms};

/// As they are now: the organisation's name, and little else, until somebody says more.
pub async fn current(tx: &Tx) -> Result<Model> {
    match tx.find::<Entity>().one().await? {
        Some(row) => Ok(row),
        None => unset(tx).await,
    }
}

/// # Errors
/// 403 without the grants: `change`, and `create` for who is the first; 422 for what does not hold.
pub async fn change(tx: &Tx, change: InvoiceSettingsChange) -> Result<Model> {
    access::scope::<Entity>(tx.actor(), Verb::CHANGE)
        .filter(|scope| *scope == Scope::Org)
        .ok_or_else(Error::forbidden)?;
    tx.alone_with("the invoice settings").await?;
    let Some(found) = tx.find::<Entity>().one().await? else {
        let mut row = unset(tx).await?;
        change.write(&mut row)?;
        return tx.insert::<Entity>(row, Fields::none()).await;
    };
    let before = tx.open::<Entity>(found.id, Verb::CHANGE, &IfMatch::ANY).await?;
    let mut after = before.clone();
    change.write(&mut after)?;
    tx.update::<Entity>(&before, after, Fields::none()).await
}

async fn unset(tx: &Tx) -> Result<Model> {
    let seller = Party { name: tx.org_name().await?, ..Party::default() };
    Ok(Model { seller, ..Model::default() })
}

impl InvoiceSettingsChange {
    fn write(self, row: &mut Model) -> Result<()> {
        let mut faults = Faults::new();
        if let Some(seller) = self.seller.into_option() {
            seller.write(&mut row.seller);
        }
        match self.bank_account {
            MaybeUndefined::Undefined => {}
            MaybeUndefined::Null => row.bank_account = None,
            MaybeUndefined::Value(account) => row.bank_account = Some(account.checked(&mut faults)),
        }
        patch(&mut row.standard_rate, self.standard_rate);
        patch(&mut row.reduced_rate, self.reduced_rate);
        for (pointer, rate) in [("/standard_rate", row.standard_rate), ("/reduced_rate", row.reduced_rate)] {
            if rate.is_some_and(|rate| rate <= Decimal::ZERO) {
                faults.add(
                    pointer,
                    "out_of_range",
                    "A rate is above nought; what is taxed at nought is of the class zero.",
                );
            }
        }
        patch_required(&mut row.terms, self.terms);
        if row.terms == Terms::Custom {
            faults.add("/terms", "out_of_range", "Every new invoice would have to say its own day.");
        }
        patch(&mut row.notes, self.notes);
        faults.check()
    }
}

impl From<Model> for InvoiceSettings {
    fn from(row: Model) -> Self {
        Self {
            seller: row.seller,
            bank_account: row.bank_account,
            standard_rate: row.standard_rate.map(Into::into),
            reduced_rate: row.reduced_rate.map(Into::into),
            terms: row.terms,
            notes: row.notes,
        }
    }
}
