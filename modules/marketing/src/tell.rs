use async_trait::async_trait;
use base::{Job, Outcome, PublicUrl, Result, Work, people::Person};
use leads::Lead;
use mail::{NewFormLead, Recipient};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::form;

/// Tells a member who looks after a form that somebody filled it in.
#[derive(Serialize, Deserialize)]
pub struct TellNewLead {
    lead_id: Uuid,
    lead_name: String,
    lead_email: String,
    form_title: String,
    message: String,
    member: Uuid,
}

impl TellNewLead {
    pub(crate) fn about(lead: &Lead, form: &form::Model, member: Uuid, message: &str) -> Self {
        Self {
            lead_id: lead.id,
            lead_name: lead.person_name().unwrap_or_else(|| lead.title.clone()),
            lead_email: lead.email.clone().unwrap_or_default(),
            form_title: form.title.clone(),
            message: message.to_owned(),
            member,
        }
    }
}

#[typetag::serde]
#[async_trait]
impl Job for TellNewLead {
    fn kind(&self) -> &'static str {
        "tell_new_lead"
    }

    async fn run(&self, work: &Work) -> Result<Outcome> {
        let asked =
            work.read(async |tx| Ok((tx.org_name().await?, tx.people([self.member]).await?.remove(&self.member))));
        let (org_name, Some(Person { name, email, is_active: true })) = asked.await? else {
            return Ok(Outcome::GiveUp("the assignee is no longer a member".to_owned()));
        };
        let told = NewFormLead {
            org_name,
            form_title: self.form_title.clone(),
            lead_name: self.lead_name.clone(),
            lead_email: self.lead_email.clone(),
            message: self.message.clone(),
            link: work.tool::<PublicUrl>()?.to(&format!("leads/{}", self.lead_id)),
        };
        mail::send(work, Recipient { name, address: email }, told).await
    }
}
