//! How notifications come to be.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use async_trait::async_trait;
use base::{Happened, Logged, News, Result, Teller, Told, Tx};
use notes::Subjects;
use sea_orm::ColumnTrait;
use uuid::Uuid;

use crate::{
    notification::{Column, Entity, Model},
    preferences::{MailSpan, Way, wishes},
    tell::TellOfNews,
};

/// Makes notifications of what a transaction did: of what its modules tell, and of what it logs of a record for everyone
/// to whom that is assigned. For each member and record there is one, and never for whoever did it.
#[derive(Clone)]
pub struct Feed {
    subjects: Arc<Subjects>,
}

/// A member, and what they are told of.
type About = (Uuid, String, Uuid);

impl Feed {
    #[must_use]
    pub fn new(subjects: Subjects) -> Self {
        Self { subjects: Arc::new(subjects) }
    }

    /// What was done to records that carry notes. Those who have a new one are told by whoever gave it to them.
    fn changes(&self, logged: Vec<Logged>) -> BTreeMap<String, BTreeMap<Uuid, (News, String)>> {
        let mut changes: BTreeMap<String, BTreeMap<Uuid, (News, String)>> = BTreeMap::new();
        for Logged { record_kind, record_id, verb } in logged {
            if verb == "created" || !self.subjects.has(&record_kind) {
                continue;
            }
            let news = if verb == "commented" { News::Commented } else { News::Changed };
            let records = changes.entry(record_kind).or_default();
            let known = records.get(&record_id).is_some_and(|(known, _)| *known >= news);
            if !known {
                records.insert(record_id, (news, verb));
            }
        }
        changes
    }

    async fn wanted(&self, tx: &Tx, happened: Happened) -> Result<BTreeMap<About, Model>> {
        let mut wanted = BTreeMap::new();
        let mut want = |member: Uuid, kind: String, id: Uuid, news: News, verb: String, once: Option<Uuid>| {
            if Some(member) == tx.actor().user() || !self.subjects.has(&kind) {
                return;
            }
            let notification = Model {
                member_user_id: member,
                kind: news,
                record_kind: kind.clone(),
                record_id: id,
                verb,
                unread: true,
                once,
                ..Model::default()
            };
            let about = wanted.entry((member, kind, id)).or_insert_with(|| notification.clone());
            if about.kind < news {
                *about = notification;
            }
        };
        let changes = self.changes(happened.logged);
        let records = changes.iter().map(|(kind, records)| (kind.clone(), records.keys().copied().collect()));
        let records: BTreeMap<String, BTreeSet<Uuid>> = records.collect();
        for (kind, id, member) in notes::assignees(tx, &records).await? {
            if let Some((news, verb)) = changes.get(&kind).and_then(|records| records.get(&id)) {
                want(member, kind, id, *news, verb.clone(), None);
            }
        }
        for Told { news, record_kind, record_id, members, once } in happened.told {
            for member in members {
                want(member, record_kind.clone(), record_id, news, verb_of(news).to_owned(), once);
            }
        }
        Ok(wanted)
    }
}

#[async_trait]
impl Teller for Feed {
    async fn tell(&self, tx: &Tx, happened: Happened) -> Result<()> {
        let mut wanted = self.wanted(tx, happened).await?;
        let once: BTreeSet<Uuid> = wanted.values().filter_map(|one| one.once).collect();
        if !once.is_empty() {
            let told = tx.find::<Entity>().filter(Column::Once.is_in(once)).all(MOST).await?;
            wanted.retain(|_, one| {
                one.once.is_none()
                    || !told.iter().any(|told| told.once == one.once && told.member_user_id == one.member_user_id)
            });
        }
        if wanted.is_empty() {
            return Ok(());
        }
        let wishes = wishes(tx, wanted.values().map(|one| one.member_user_id).collect::<BTreeSet<_>>()).await?;
        let mut rows = Vec::new();
        for mut row in wanted.into_values() {
            let way = wishes.get(&row.member_user_id).map_or_else(|| Way::usual(row.kind), |wish| wish.way(row.kind));
            (row.in_app, row.digest) = (way.in_app, way.digest());
            if row.in_app || row.digest.is_some() || is_mailed_here(row.kind, way) {
                rows.push(row);
            }
        }
        for row in tx.insert_many::<Entity>(rows).await? {
            let way = wishes.get(&row.member_user_id).map_or_else(|| Way::usual(row.kind), |wish| wish.way(row.kind));
            if is_mailed_here(row.kind, way) {
                let tell = TellOfNews { notification: row.id, member: row.member_user_id };
                tx.enqueue_for(row.member_user_id, tell).await?;
            }
        }
        Ok(())
    }
}

/// Whether it is told at once by a mail of this module: what has a mail of its own is sent by who tells it.
fn is_mailed_here(news: News, way: Way) -> bool {
    let has_its_own = match news {
        News::Assigned | News::Mentioned | News::TaskDue | News::EventSoon => true,
        News::Changed | News::Commented => false,
    };
    way.mail == MailSpan::Immediately && !has_its_own
}

/// More than a job tells.
const MOST: u64 = 10_000;

fn verb_of(news: News) -> &'static str {
    match news {
        News::Changed => "changed",
        News::Commented | News::Mentioned => "commented",
        News::TaskDue => "due",
        News::EventSoon => "soon",
        News::Assigned => "assigned",
    }
}
