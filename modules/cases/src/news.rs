//! What those who watch a case are told by mail. Each job is done in the name of the member whom it tells, and finds the case
//! with their eyes when it runs.

use async_trait::async_trait;
use base::{Job, Outcome, PublicUrl, Result, Tx, Work, people::Person};
use mail::{CaseNews, Recipient};
use notes::Said;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    case::{Entity, Model},
    view::{CasePriority, CaseStatus},
    watchers,
};

/// Something that became of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum News {
    Status(CaseStatus),
    Priority(CasePriority),
    Answered,
    Noted,
}

impl News {
    fn in_words(self) -> String {
        match self {
            Self::Status(status) => format!("It is {} now.", status.in_words()),
            Self::Priority(priority) => format!("Its priority is {} now.", priority.in_words()),
            Self::Answered => "There is a new public comment.".to_owned(),
            Self::Noted => "There is a new internal comment.".to_owned(),
        }
    }
}

/// Tells those who watch a case of another status or priority.
pub async fn of_change(tx: &Tx, before: Option<&Model>, row: &Model) -> Result<()> {
    let Some(before) = before else { return Ok(()) };
    let status = (before.status != row.status).then_some(News::Status(row.status));
    let priority = (before.priority != row.priority).then_some(News::Priority(row.priority));
    tell(tx, row.id, status.into_iter().chain(priority).collect()).await
}

pub async fn of_comment(tx: &Tx, said: &Said) -> Result<()> {
    tell(tx, said.on, vec![if said.is_public { News::Answered } else { News::Noted }]).await
}

/// But for the one who did it.
async fn tell(tx: &Tx, case: Uuid, news: Vec<News>) -> Result<()> {
    if news.is_empty() {
        return Ok(());
    }
    let by = tx.actor().user();
    for member in watchers::of(tx, case).await?.into_iter().filter(|user| Some(*user) != by) {
        tx.enqueue_for(member, TellWatcher { case, member, by, news: news.clone() }).await?;
    }
    Ok(())
}

/// Tells a member who still watches a case what became of it.
#[derive(Serialize, Deserialize)]
pub struct TellWatcher {
    case: Uuid,
    member: Uuid,
    by: Option<Uuid>,
    news: Vec<News>,
}

#[typetag::serde]
#[async_trait]
impl Job for TellWatcher {
    fn kind(&self) -> &'static str {
        "tell_watcher"
    }

    async fn run(&self, work: &Work) -> Result<Outcome> {
        let told = work.read(async |tx| {
            let Some(case) = tx.find::<Entity>().ids([self.case]).await?.pop() else { return Ok(None) };
            if !watchers::watches(tx, case.id, self.member).await? {
                return Ok(None);
            }
            let (org_name, mut people) =
                (tx.org_name().await?, tx.people([self.member].into_iter().chain(self.by)).await?);
            let by = self.by.and_then(|by| people.get(&by));
            let by_name = by.map_or_else(|| org_name.clone(), |person| person.name.clone());
            let Some(Person { name, email, is_active: true }) = people.remove(&self.member) else { return Ok(None) };
            Ok(Some((Recipient { name, address: email }, org_name, by_name, case.title())))
        });
        let Some((to, org_name, by_name, case_name)) = told.await? else {
            return Ok(Outcome::Done);
        };
        let news = self.news.iter().map(|news| news.in_words()).collect::<Vec<_>>().join(" ");
        let link = work.tool::<PublicUrl>()?.to(&format!("cases/{}", self.case));
        mail::send(work, to, CaseNews { org_name, case_name, by_name, news, link }).await
    }
}
