use std::sync::Arc;

use base::{Body, Changed, Error, Person, Result, Shown, View};
use poem::http::{HeaderMap, header::IF_MATCH};
use poem_openapi::OpenApi;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel};

use super::Tag;
use crate::{
    desk::Desk,
    users,
    view::{MeChange, MeView},
};

pub struct MeApi(pub Arc<Desk>);

#[OpenApi(prefix_path = "/api/auth", tag = "Tag::Identity")]
impl MeApi {
    /// Show yourself
    ///
    /// Who the access token stands for. Your organisations are at `GET /api/orgs/`.
    #[oai(path = "/me/", method = "get", operation_id = "show_me")]
    async fn show(&self, person: Person) -> Result<Shown<MeView>> {
        let user = self.0.platform.read(async |tx| users::myself(tx, person.user()).await).await?;
        Ok(Shown(user.into()))
    }

    /// Change yourself
    ///
    /// What is absent stays. The e-mail address is not changed here.
    #[oai(path = "/me/", method = "patch", operation_id = "change_me")]
    async fn change(&self, person: Person, headers: &HeaderMap, change: Body<MeChange>) -> Result<Changed<MeView>> {
        let user = self.0.platform.write(async |tx| {
            let user = users::myself_locked(tx, person.user()).await?;
            seen(headers, &user.clone().into())?;
            let Some(name) = change.0.name.as_option().filter(|name| name.as_str() != user.name) else {
                return Ok(user);
            };
            let mut user = user.into_active_model();
            user.name = Set(name.as_str().to_owned());
            user.updated_at = Set(tx.now());
            Ok(user.update(tx.conn()).await?)
        });
        Ok(Changed(user.await?.into()))
    }
}

/// `If-Match` (RFC 9110 13.1.1), which `Tx` checks for records; a person is none.
fn seen(headers: &HeaderMap, me: &MeView) -> Result<()> {
    let Some(expected) = headers.get(IF_MATCH) else { return Ok(()) };
    let version = format!("\"{}-", me.version());
    let mut tags = expected.to_str().unwrap_or_default().split(',').map(str::trim);
    tags.any(|tag| tag == "*" || tag.starts_with(&version)).then_some(()).ok_or_else(Error::stale)
}
