use async_trait::async_trait;
use base::{Job, Outcome, PublicUrl, Result, Work, people::Person};
use mail::{Notified, Recipient};
use notes::Subjects;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{mine::for_mail, notification::Entity, words};

/// Tells a member of one thing by mail, if they still see it and have not read it.
#[derive(Serialize, Deserialize)]
pub struct TellOfNews {
    pub notification: Uuid,
    pub member: Uuid,
}

#[typetag::serde]
#[async_trait]
impl Job for TellOfNews {
    fn kind(&self) -> &'static str {
        "tell_of_news"
    }

    async fn run(&self, work: &Work) -> Result<Outcome> {
        let (subjects, url) = (work.tool::<Subjects>()?, work.tool::<PublicUrl>()?);
        let found = work.read(async |tx| {
            let row = tx.find::<Entity>().only(for_mail(tx, subjects)).ids([self.notification]).await?.pop();
            let person = tx.people([self.member]).await?.remove(&self.member);
            let Some((row, Person { name, email, is_active: true })) = row.filter(|row| row.unread).zip(person) else {
                return Ok(None);
            };
            let items = words::items(tx, subjects, std::slice::from_ref(&row), url).await?;
            Ok(Some((row.kind, items, Recipient { name, address: email }, tx.org_name().await?)))
        });
        let Some((news, items, to, org_name)) = found.await?.filter(|(_, items, ..)| !items.is_empty()) else {
            return Ok(Outcome::Done);
        };
        if let Some(put_off) = mail::put_off(work, self.member, news).await? {
            return Ok(put_off);
        }
        let told = Notified { org_name, items, more: 0, link: url.to("notifications"), how_often: String::new() };
        mail::send(work, to, told).await
    }
}
