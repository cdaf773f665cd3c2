//! Tickets: who may listen, for one stream that begins within a minute.

use base::{Error, Platform, Result, Who};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ActiveModelTrait, IntoActiveModel, entity::prelude::*};
use sha2::{Digest, Sha256};

/// How long a ticket is good.
pub const LIFE: TimeDelta = TimeDelta::seconds(60);

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "stream_ticket")]
pub struct Model {
    /// Hex SHA-256: who reads the table cannot use it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub hash: String,
    pub org_id: Uuid,
    pub user_id: Uuid,
    pub session_id: Uuid,
    pub expires_at: DateTime<Utc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// A new one: 256 random bits, which are kept nowhere. Those that nobody used are forgotten meanwhile.
pub async fn issue(platform: &Platform, who: Who, org: Uuid) -> Result<String> {
    let ticket = BASE64_URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>());
    platform
        .write(async |tx| {
            Entity::delete_many().filter(Column::ExpiresAt.lt(tx.now())).exec(tx.conn()).await?;
            let row = Model {
                hash: hash(&ticket),
                org_id: org,
                user_id: who.user,
                session_id: who.session,
                expires_at: tx.now() + LIFE,
            };
            Entity::insert(row.into_active_model().reset_all()).exec_without_returning(tx.conn()).await?;
            Ok(())
        })
        .await?;
    Ok(ticket)
}

/// Takes a ticket: of two who come with it, one gets in.
///
/// # Errors
/// 401 for one that is unknown, used or too old.
pub async fn redeem(platform: &Platform, ticket: &str) -> Result<(Who, Uuid)> {
    let redeemed = platform.write(async |tx| {
        let Some(row) = Entity::find_by_id(hash(ticket)).one(tx.conn()).await? else { return Ok(None) };
        let taken = Entity::delete_by_id(&row.hash).exec(tx.conn()).await?.rows_affected == 1;
        Ok(Some(row).filter(|row| taken && row.expires_at > tx.now()))
    });
    let row = redeemed.await?.ok_or_else(Error::unauthorized)?;
    Ok((Who { user: row.user_id, session: row.session_id }, row.org_id))
}

fn hash(ticket: &str) -> String {
    hex::encode(Sha256::digest(ticket.as_bytes()))
}
