//! The calendar of a member as an address, for calendar programs: whoever has the address reads it.

use base::{Fields, PlatformTx, Result, Tx, record};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use chrono::Duration;
use sea_orm::{ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, entity::prelude::*};
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::{
    event,
    ics::{Calendar, Entry},
};

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, DeriveEntityModel)]
#[sea_orm(table_name = "event_feed")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub org_id: Uuid,
    pub created_at: DateTimeUtc,
    pub created_by: Option<Uuid>,
    pub updated_at: DateTimeUtc,
    pub updated_by: Option<Uuid>,
    pub version: i64,
    pub deleted_at: Option<DateTimeUtc>,

    pub user_id: Uuid,
    /// SHA-256 of the token, in hex.
    pub token_hash: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

record!("event_feed", unlogged: ["token_hash"]);

/// The actor's own.
pub async fn mine(tx: &Tx) -> Result<Option<Model>> {
    tx.find::<Entity>().filter(Column::UserId.eq(tx.actor().user())).one().await
}

/// A new one with its token, 256 random bits, which is told once. The one before ends.
pub async fn renew(tx: &Tx) -> Result<(Model, String)> {
    tx.alone_with(&format!("feed of {:?}", tx.actor().user())).await?;
    end(tx).await?;
    let token = BASE64_URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>());
    let user_id = tx.actor().user().ok_or_else(base::Error::forbidden)?;
    let row = Model { user_id, token_hash: hash(&token), ..Model::default() };
    Ok((tx.insert::<Entity>(row, Fields::none()).await?, token))
}

/// Nobody reads it any more.
pub async fn end(tx: &Tx) -> Result<()> {
    match mine(tx).await? {
        Some(row) => tx.trash::<Entity>(&row).await,
        None => Ok(()),
    }
}

/// Whose it is: 404 for a token that there is none of.
pub async fn of_token(tx: &PlatformTx, token: &str) -> Result<Model> {
    let live = Entity::find().filter(Column::TokenHash.eq(hash(token))).filter(Column::DeletedAt.is_null());
    live.one(tx.conn()).await?.ok_or_else(base::Error::not_found)
}

fn hash(token: &str) -> String {
    hex::encode(Sha256::digest(token.as_bytes()))
}

/// The most events of a feed.
const MOST: u64 = 1_000;
/// How long what is over stays in it.
const KEPT: Duration = Duration::days(90);

/// What the actor takes part in, or made for nobody: what is over for less than 90 days and the first thousand of what comes.
pub async fn write(tx: &Tx) -> Result<String> {
    use event::{Column, Entity};
    let mine = notes::own::<Entity>(tx, Condition::all().add(Column::Until.gt(tx.now() - KEPT)));
    let mine = tx.find::<Entity>().led(mine);
    let mut rows = mine.first_by(Column::Until, MOST).await?;
    rows.sort_by_key(|row| (row.starts_at, row.id));
    let mut calendar = Calendar::new(None);
    for row in &rows {
        let series = rows.iter().find(|series| Some(series.id) == row.series_id);
        let own = rows.iter().filter(|own| own.series_id == Some(row.id)).filter_map(|own| own.occurrence_on);
        let own: std::collections::BTreeSet<_> = own.collect();
        calendar.add(&Entry {
            row,
            series: series.map(event::Model::when),
            without: row.excluded.0.difference(&own).copied().collect(),
            sequence: row.sequence,
            stamp: row.updated_at,
            is_cancelled: false,
            organizer: None,
            attendee: None,
        });
    }
    Ok(calendar.write())
}
