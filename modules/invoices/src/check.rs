//! What must hold in a draft, and that an issued invoice stays as it is.

use base::{Error, Faults, Result, Tx};

use crate::{
    invoice::Model,
    party::Party,
    state::{InvoiceState, Terms},
};

/// # Errors
/// 409 `issued`.
pub fn refuse_issued(row: &Model) -> Result<()> {
    if row.state == InvoiceState::Draft {
        return Ok(());
    }
    Err(Error::conflict("issued", "An issued invoice stays as it is."))
}

/// What may still be said of an issued invoice is for the house alone.
pub fn stays(before: &Model, row: &Model) -> Result<()> {
    let as_it_was = Model { internal_notes: before.internal_notes.clone(), ..row.clone() };
    if as_it_was == *before { Ok(()) } else { refuse_issued(before) }
}

pub async fn check(tx: &Tx, row: &mut Model, before: Option<&Model>, faults: &mut Faults) -> Result<()> {
    buyer(tx, row, before, faults).await?;
    tx.known::<contacts::Entity>(row.contact_id, before.and_then(|it| it.contact_id), "/contact_id", faults).await?;
    let opportunity = before.and_then(|it| it.opportunity_id);
    tx.known::<opportunities::Entity>(row.opportunity_id, opportunity, "/opportunity_id", faults).await?;
    match (row.terms, row.due_date) {
        (Terms::Custom, None) => {
            faults.add("/due_date", "required", "With the terms `custom`, say by which day it is to be paid.");
        }
        (Terms::Custom, Some(_)) | (_, None) => {}
        (_, Some(_)) => {
            faults.add(
                "/due_date",
                "made_by_terms",
                "The terms say when it is due; only `custom` ones leave it to you.",
            );
        }
    }
    if row.service_from.zip(row.service_to).is_some_and(|(from, to)| to < from) {
        faults.add("/service_to", "out_of_range", "It ends before it begins.");
    }
    if let Some(before) = before.filter(|before| before.line_count > 0) {
        if before.currency != row.currency {
            faults.add("/currency", "has_lines", "The lines have prices in this currency: put them in the other one.");
        }
        if before.prices_include_tax != row.prices_include_tax {
            faults.add("/prices_include_tax", "has_lines", "The lines have such prices: put them with the others.");
        }
    }
    Ok(())
}

/// The account is there, and says of the buyer what nobody else did.
async fn buyer(tx: &Tx, row: &mut Model, before: Option<&Model>, faults: &mut Faults) -> Result<()> {
    let same = before.filter(|before| before.account_id == row.account_id);
    if row.buyer.fill || same.is_none() {
        let account = tx.find::<accounts::Entity>().ids([row.account_id]).await?.pop();
        match (account, same) {
            (Some(account), _) if row.buyer.fill => row.buyer.fill_from(account.into()),
            (Some(_), _) => {}
            // It may be hidden from whoever changes something else.
            (None, Some(same)) => row.buyer.fill_from(same.buyer.clone()),
            (None, None) => {
                faults.add("/account_id", "unknown_reference", "There is no such account.");
            }
        }
    }
    row.buyer = Party { fill: false, ..std::mem::take(&mut row.buyer) };
    Ok(())
}
