//! What is made of what came in, as the organisation itself.

use std::collections::BTreeSet;

use base::{Fields, Result, Tx};
use leads::{Entity as LeadEntity, open_lead_of};
use notes::{Subject, living_ties};
use uuid::Uuid;

use super::{
    view::{NewContactMessage, NewSubmission},
    visit::Visit,
};
use crate::{form, message, tell::TellNewLead};

/// A lead, or a comment on the open one of the same e-mail address.
pub async fn submission(tx: &Tx, form: &form::Model, visit: &Visit, said: NewSubmission) -> Result<()> {
    let ties = living_ties::<form::Entity>(tx, form.id).await?;
    let mut told: BTreeSet<Uuid> = ties.assigned_to.iter().flatten().copied().collect();
    let message = said.message().unwrap_or_default().to_owned();
    let earlier = match &said.email {
        Some(email) => open_lead_of(tx, email).await?,
        None => None,
    };
    let lead = match earlier {
        Some(lead) => {
            notes::comment_on(tx, &Subject::from_row::<LeadEntity>(&lead), said.comment(form)).await?;
            told.extend(living_ties::<LeadEntity>(tx, lead.id).await?.assigned_to.into_iter().flatten());
            lead
        }
        None => {
            leads::create(tx, |row| {
                said.write(form, row);
                row.site_ip = visit.ip();
                row.site_user_agent = visit.user_agent();
                row.site_referrer = visit.referrer();
                ties
            })
            .await?
        }
    };
    for member in told {
        tx.enqueue_for(member, TellNewLead::about(&lead, form, member, &message)).await?;
    }
    Ok(())
}

/// A message to answer.
pub async fn message(tx: &Tx, form: &form::Model, visit: &Visit, said: NewContactMessage) -> Result<()> {
    let row = message::Model {
        form_id: Some(form.id),
        name: said.name.into(),
        email: said.email.into(),
        message: said.message.into(),
        reason: said.reason.unwrap_or_default(),
        ip: visit.ip(),
        user_agent: visit.user_agent(),
        referrer: visit.referrer(),
        ..message::Model::default()
    };
    tx.insert::<message::Entity>(row, Fields::none()).await.map(|_| ())
}
