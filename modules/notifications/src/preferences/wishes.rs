//! What members want, looked up.

use std::collections::HashMap;

use async_trait::async_trait;
use base::{News, Result, Tx};
use chrono_tz::Tz;
use mail::{When, Wishes};
use sea_orm::ColumnTrait;
use uuid::Uuid;

use super::{
    quiet::{Quiet, time},
    row::{Column, Entity, MailSpan, Model, Way},
};

/// What one member wants.
#[derive(Clone, Debug, Default)]
pub struct Wish(Option<Model>);

impl Wish {
    pub fn way(&self, news: News) -> Way {
        self.0.as_ref().map_or_else(|| Way::usual(news), |row| row.way(news))
    }

    /// Where they are, and when it is quiet there.
    pub fn hours(&self, org_zone: Tz) -> (Tz, Option<Quiet>) {
        let Some(row) = &self.0 else { return (org_zone, None) };
        let zone = row.time_zone.as_deref().and_then(|name| name.parse().ok()).unwrap_or(org_zone);
        let times = row.quiet_from.as_deref().and_then(time).zip(row.quiet_to.as_deref().and_then(time));
        (zone, times.map(|(from, to)| Quiet { from, to, zone }))
    }
}

/// The wishes of these members, in one statement; those who have said nothing are left out.
pub async fn wishes(tx: &Tx, members: impl IntoIterator<Item = Uuid>) -> Result<HashMap<Uuid, Wish>> {
    let members: Vec<Uuid> = members.into_iter().collect();
    let mut wishes = HashMap::new();
    for batch in members.chunks(500) {
        let theirs = Column::MemberUserId.is_in(batch.iter().copied());
        let rows = tx.find::<Entity>().filter(theirs).all(500).await?;
        wishes.extend(rows.into_iter().map(|row| (row.member_user_id, Wish(Some(row)))));
    }
    Ok(wishes)
}

/// Knows the wishes of members for whoever sends mails.
pub struct Preferences;

#[async_trait]
impl Wishes for Preferences {
    async fn when(&self, tx: &Tx, member: Uuid, news: News) -> Result<When> {
        let wish = wishes(tx, [member]).await?.remove(&member).unwrap_or_default();
        if wish.way(news).mail != MailSpan::Immediately {
            return Ok(When::Never);
        }
        let (_, quiet) = wish.hours(tx.org_time_zone().await?);
        Ok(quiet.and_then(|quiet| quiet.ends(tx.now())).map_or(When::Now, When::At))
    }
}
