use async_trait::async_trait;
use base::{Job, News, Outcome, PublicUrl, Record, Result, Tx, Work, people::Person};
use leads::{Entity, Lead};
use mail::{NewFormLead, Recipient};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::form;

/// Tells a member who looks after a form or its lead that somebody filled the form in. Done in that member's name: not if
/// they may not see the lead by then, or it is theirs no longer.
#[derive(Serialize, Deserialize)]
pub struct TellNewLead {
    lead_id: Uuid,
    form_id: Uuid,
    form_title: String,
    message: String,
    member: Uuid,
}

impl TellNewLead {
    pub(crate) fn about(lead: &Lead, form: &form::Model, member: Uuid, message: &str) -> Self {
        Self { lead_id: lead.id, form_id: form.id, form_title: form.title.clone(), message: message.to_owned(), member }
    }

    async fn is_theirs(&self, tx: &Tx) -> Result<bool> {
        Ok(notes::is_assigned(tx, Entity::KIND, self.lead_id, self.member).await?
            || notes::is_assigned(tx, form::Entity::KIND, self.form_id, self.member).await?)
    }
}

#[typetag::serde]
#[async_trait]
impl Job for TellNewLead {
    fn kind(&self) -> &'static str {
        "tell_new_lead"
    }

    async fn run(&self, work: &Work) -> Result<Outcome> {
        if let Some(put_off) = mail::put_off(work, self.member, News::Assigned).await? {
            return Ok(put_off);
        }
        let told = work.read(async |tx| {
            let lead = tx.find::<Entity>().ids([self.lead_id]).await?.pop();
            let person = tx.people([self.member]).await?.remove(&self.member);
            let (Some(lead), Some(Person { name, email, is_active: true })) = (lead, person) else {
                return Ok(None);
            };
            let theirs = self.is_theirs(tx).await?;
            Ok(theirs.then_some((tx.org_name().await?, lead, Recipient { name, address: email })))
        });
        let Some((org_name, lead, to)) = told.await? else { return Ok(Outcome::Done) };
        let told = NewFormLead {
            org_name,
            form_title: self.form_title.clone(),
            lead_name: lead.person_name().unwrap_or_else(|| lead.title.clone()),
            lead_email: lead.email.clone().unwrap_or_default(),
            message: self.message.clone(),
            link: work.tool::<PublicUrl>()?.to(&format!("leads/{}", self.lead_id)),
        };
        mail::send(work, to, told).await
    }
}
