use async_trait::async_trait;
use base::{Fields, IfMatch, Job, Outcome, PublicUrl, Result, Tx, Verb, Work};
use chrono::{DateTime, Duration, Utc};
use mail::{CaseSurvey, Outgoing, Recipient, SendMail};
use sea_orm::ColumnTrait;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    answer, setting,
    survey::{self, Column, Entity as Survey, Model as Question},
};
use crate::{
    case::{Entity, Model},
    case_contact::{Column as Contact, Entity as Contacts},
    view::CaseStatus,
};

/// More questions than any case has.
const MOST: u64 = 10_000;

/// Lets the customer be asked when the case has stayed closed for as long as the organisation says. Who was turned away, or has
/// another case of it, is not.
pub async fn after_closing(tx: &Tx, before: Option<&Model>, row: &Model) -> Result<()> {
    let is_news = row.status == CaseStatus::Closed && before.is_none_or(|before| before.status != CaseStatus::Closed);
    let Some(closed_at) = row.closed_at.filter(|_| is_news) else { return Ok(()) };
    let Some(setting) = setting::enabled(tx).await? else { return Ok(()) };
    let at = tx.now() + Duration::hours(setting.delay_hours.into());
    let id = Uuid::new_v5(&row.id, format!("ask {closed_at}").as_bytes());
    tx.enqueue_at(at, id, AskSatisfaction { case: row.id, closed_at }).await
}

/// Asks the contacts of a case how satisfied they are, if it is still closed as it was then, and they were not asked before.
#[derive(Serialize, Deserialize)]
pub struct AskSatisfaction {
    pub case: Uuid,
    pub closed_at: DateTime<Utc>,
}

#[typetag::serde]
#[async_trait]
impl Job for AskSatisfaction {
    fn kind(&self) -> &'static str {
        "ask_satisfaction"
    }

    async fn run(&self, work: &Work) -> Result<Outcome> {
        let url = work.tool::<PublicUrl>()?;
        work.write(async |tx| self.ask(tx, work, url).await).await.map(|()| Outcome::Done)
    }
}

impl AskSatisfaction {
    async fn ask(&self, tx: &Tx, work: &Work, url: &PublicUrl) -> Result<()> {
        let Some(setting) = setting::enabled(tx).await? else { return Ok(()) };
        if tx.find::<Entity>().ids([self.case]).await?.is_empty() {
            return Ok(());
        }
        let case = tx.open::<Entity>(self.case, Verb::VIEW, &IfMatch::ANY).await?;
        if case.status != CaseStatus::Closed || case.closed_at != Some(self.closed_at) {
            return Ok(());
        }
        let asked = tx.find::<Survey>().filter(Column::CaseId.eq(case.id)).all(MOST).await?;
        if asked.iter().any(|asked| asked.closed_at == self.closed_at) {
            return Ok(());
        }
        let links = tx.links::<Contacts>(Contact::CaseId.eq(case.id)).await?;
        let contacts = tx.find::<contacts::Entity>().ids(links.into_iter().map(|link| link.contact_id)).await?;
        let org_name = tx.org_name().await?;
        let mut sent = 0_u32;
        for contact in contacts.into_iter().filter(|contact| contact.is_active) {
            let name = contact.name();
            let Some(address) = contact.email else { continue };
            let token = survey::token();
            let question = Question {
                case_id: case.id,
                contact_id: contact.id,
                closed_at: self.closed_at,
                question: setting.question.clone(),
                token_hash: survey::hash(&token),
                expires_at: tx.now() + survey::LIVES,
                ..Question::default()
            };
            tx.insert::<Survey>(question, Fields::none()).await?;
            let words = CaseSurvey {
                org_name: org_name.clone(),
                case_name: case.title(),
                question: setting.question.clone(),
                link: url.to(&format!("api/cases/survey/{token}/page/")),
                expires_days: u32::try_from(survey::LIVES.num_days()).unwrap_or_default(),
            };
            let id = work.id_for(contact.id);
            tx.enqueue_at(tx.now(), id, SendMail(Outgoing::new(id, Recipient { name, address }, words))).await?;
            sent += 1;
        }
        if sent == 0 {
            return Ok(());
        }
        let asked = answer::asked(tx, &case).await?;
        let told = Fields::none().with("recipients", None::<u32>, sent);
        tx.update_as::<Entity>(&case, asked, "survey_sent", told).await.map(drop)
    }
}
