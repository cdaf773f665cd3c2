//! The accounts that a contact is linked to beside their own, each with what they are there.

use std::collections::BTreeMap;

use base::{Beside, Checked, Faults, Fields, Result, Tx};
use sea_orm::{ColumnTrait, Condition};
use uuid::Uuid;

use crate::{
    account_contact::{Column, Entity, Model},
    contact,
    view::NewContactAccount,
};

type Roles = BTreeMap<Uuid, Option<String>>;

/// The further accounts that a body names; `None` leaves what is there.
#[derive(Clone, Debug, Default)]
pub struct Accounts(pub Option<Vec<NewContactAccount>>);

/// The links as they were and as they will be: checked, not yet kept.
#[derive(Default)]
pub struct Recast {
    was: Roles,
    will: Roles,
}

/// The links of many contacts.
pub async fn of(tx: &Tx, contacts: &[Uuid]) -> Result<Vec<Model>> {
    if contacts.is_empty() {
        return Ok(Vec::new());
    }
    tx.links::<Entity>(Column::ContactId.is_in(contacts.iter().copied())).await
}

impl Beside<contact::Entity> for Accounts {
    type Checked = Recast;

    /// Links to accounts that the actor does not see stay as they are.
    async fn check(self, tx: &Tx, contact: Option<Uuid>, faults: &mut Faults) -> Result<Recast> {
        let Some(wanted) = self.0 else {
            return Ok(Recast::default());
        };
        let there = match contact {
            Some(contact) => of(tx, &[contact]).await?,
            None => Vec::new(),
        };
        let was = there.into_iter().map(|link| (link.account_id, link.role)).collect();
        against(tx, was, wanted, faults).await
    }
}

async fn against(tx: &Tx, was: Roles, wanted: Vec<NewContactAccount>, faults: &mut Faults) -> Result<Recast> {
    let named = wanted.iter().map(|account| account.account_id);
    let seen = accounts::names(tx, was.keys().copied().chain(named)).await?;
    let mut will: Roles = was.clone().into_iter().filter(|(account, _)| !seen.contains_key(account)).collect();
    for (place, NewContactAccount { account_id, role }) in wanted.into_iter().enumerate() {
        let pointer = format!("/accounts/{place}/account_id");
        if !seen.contains_key(&account_id) {
            faults.add(pointer, "unknown_reference", "There is no such account.");
        } else if will.insert(account_id, role.map(Into::into)).is_some() {
            faults.add(pointer, "repeated", "This account is in the list already.");
        }
    }
    Ok(Recast { was, will })
}

impl Checked<contact::Entity> for Recast {
    fn fields(&self) -> Fields {
        Fields::none().with("accounts", &self.was, &self.will)
    }

    async fn keep(self, tx: &Tx, contact: &contact::Model) -> Result<()> {
        let Self { was, will } = self;
        let gone: Vec<Uuid> = was.iter().filter(|(id, role)| will.get(id) != Some(role)).map(|(id, _)| *id).collect();
        if !gone.is_empty() {
            let these = Condition::all().add(Column::ContactId.eq(contact.id)).add(Column::AccountId.is_in(gone));
            tx.unlink::<Entity>(these).await?;
        }
        let new = will.into_iter().filter(|(id, role)| was.get(id) != Some(role));
        tx.link::<Entity>(new.map(|(account_id, role)| Model {
            account_id,
            contact_id: contact.id,
            role,
            ..Model::default()
        }))
        .await
    }
}
