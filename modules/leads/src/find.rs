use base::{Result, Tx, value::Email};
use sea_orm::{
    ColumnTrait,
    sea_query::{Alias, Expr, ExprTrait},
};

use crate::{
    lead::{Column, Entity, Model},
    status::LeadStatus,
};

/// Of the leads of this e-mail address that somebody still works on, the newest.
pub async fn open_lead_of(tx: &Tx, email: &Email) -> Result<Option<Model>> {
    let email = email.as_str().to_lowercase();
    tx.alone_with(&format!("lead of {email}")).await?;
    let same = Expr::col((Entity, Alias::new("email_lower"))).eq(email);
    let shut = [LeadStatus::Converted, LeadStatus::Closed];
    let leads = tx.find::<Entity>().filter(same).filter(Column::Status.is_not_in(shut)).all(MOST).await?;
    Ok(leads.into_iter().max_by_key(|lead| (lead.created_at, lead.id)))
}

/// More open leads of one address than this nobody keeps.
const MOST: u64 = 100;
