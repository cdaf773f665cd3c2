use base::{Changed, Error, IfMatch, Member, Platform, Result};
use files::{Download, Files, Shelf, Upload};
use poem_openapi::{OpenApi, param::Path};
use sea_orm::EntityTrait;
use uuid::Uuid;

use super::{
    api::{here, locked, update},
    organisation::{Entity, Model},
    view::OrgView,
};
use crate::Tag;

/// The logo of an organisation, under `/api/orgs/{id}/logo/`.
pub struct LogoApi {
    platform: Platform,
    files: Files,
}

/// What a logo may be: pictures of pixels, which nothing can run.
const PICTURES: &[&str] = &["image/gif", "image/jpeg", "image/png", "image/webp"];

impl LogoApi {
    #[must_use]
    pub fn new(platform: Platform, files: Files) -> Self {
        Self { platform, files }
    }

    async fn set(
        &self,
        member: &Member,
        id: Uuid,
        seen: &IfMatch,
        logo: Option<(String, &str)>,
    ) -> Result<Changed<OrgView>> {
        let mut replaced = None;
        let changed = self
            .platform
            .write(async |tx| {
                let before = locked(tx, id).await?;
                seen.check(before.version)?;
                replaced.clone_from(&before.logo_key);
                let (key, media_type) =
                    logo.clone().map_or((None, None), |(key, kind)| (Some(key), Some(kind.to_owned())));
                let after = Model { logo_key: key, logo_media_type: media_type, ..before.clone() };
                Ok(Changed(update(tx, member, &before, after).await?.into()))
            })
            .await?;
        if let Some(key) = replaced {
            self.files.remove(&key).await?;
        }
        Ok(changed)
    }
}

#[OpenApi(prefix_path = "/api/orgs", tag = "Tag::Organisations")]
impl LogoApi {
    /// Show the logo of an organisation
    ///
    /// 404 when it has none.
    #[oai(path = "/:id/logo/", method = "get", operation_id = "show_org_logo")]
    async fn show(&self, member: Member, id: Path<Uuid>) -> Result<Download> {
        let id = here(&member, id.0)?;
        let org = self.platform.read(async |tx| Ok(Entity::find_by_id(id).one(tx.conn()).await?)).await?;
        let org = org.ok_or_else(Error::not_found)?;
        let key = org.logo_key.ok_or_else(Error::not_found)?;
        let (size, content) = self.files.open_sized(&key).await?;
        let media_type = org.logo_media_type.unwrap_or_default();
        Ok(Download { file_name: "logo".to_owned(), media_type, size, content })
    }

    /// Set the logo of an organisation
    ///
    /// A PNG, JPEG, GIF or WebP picture; 415 for anything else. Needs the grant `org.change`.
    #[oai(path = "/:id/logo/", method = "put", operation_id = "replace_org_logo")]
    async fn replace(&self, member: Member, id: Path<Uuid>, seen: IfMatch, upload: Upload) -> Result<Changed<OrgView>> {
        let id = here(&member, id.0)?;
        member.reach("org", "change").ok_or_else(Error::forbidden)?;
        let incoming = upload.file().await?;
        let stored = self.files.keep(Shelf::Logos, id, self.platform.clock().id(), incoming.content).await?;
        let answer = if PICTURES.contains(&stored.media_type) {
            self.set(&member, id, &seen, Some((stored.key.clone(), stored.media_type))).await
        } else {
            Err(Error::unsupported_media())
        };
        if answer.is_err() {
            self.files.remove(&stored.key).await?;
        }
        answer
    }

    /// Remove the logo of an organisation
    ///
    /// Needs the grant `org.change`.
    #[oai(path = "/:id/logo/", method = "delete", operation_id = "delete_org_logo")]
    async fn delete(&self, member: Member, id: Path<Uuid>, seen: IfMatch) -> Result<Changed<OrgView>> {
        let id = here(&member, id.0)?;
        member.reach("org", "change").ok_or_else(Error::forbidden)?;
        self.set(&member, id, &seen, None).await
    }
}
