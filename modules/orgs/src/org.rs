//! Organisations: the ones of a person, and the one that a member is in.

mod api;
mod logo;
pub mod organisation;
mod view;

pub use api::Api;
pub(crate) use api::{locked, update};
pub use logo::LogoApi;
pub use view::{MyOrg, NewOrg, OrgChange, OrgView};

use base::{Error, Platform, Result};
use sea_orm::EntityTrait;
use uuid::Uuid;

/// How an organisation is called.
pub(crate) async fn name(platform: &Platform, org: Uuid) -> Result<String> {
    platform
        .read(async |tx| {
            let org = organisation::Entity::find_by_id(org).one(tx.conn()).await?;
            Ok(org.ok_or_else(Error::not_found)?.name)
        })
        .await
}
