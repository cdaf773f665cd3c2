use base::{Body, Changed, Db, Error, Fields, Member, Result, Shown, Tx};
use poem_openapi::OpenApi;
use sea_orm::ColumnTrait;
use uuid::Uuid;

use super::{
    row::{Column, Entity, Model},
    view::{NotificationPreferences, NotificationPreferencesChange},
};

/// What you want to be told of.
pub struct PreferencesApi {
    pub db: Db,
}

#[OpenApi(prefix_path = "/api/notifications/preferences")]
impl PreferencesApi {
    /// Show your notification preferences
    ///
    /// Of every kind: those that you have changed, and the usual ones.
    #[oai(path = "/", method = "get", operation_id = "show_notification_preferences")]
    async fn show(&self, member: Member) -> Result<Shown<NotificationPreferences>> {
        let user = member.user().ok_or_else(Error::not_found)?;
        self.db
            .read(&member, async |tx| Ok(Shown(NotificationPreferences::of(user, of(tx, user).await?.as_ref()))))
            .await
    }

    /// Change your notification preferences
    ///
    /// A merge patch (RFC 7396) but for `kinds`, of which those that are named change. It holds for what happens from now on,
    /// and for mails that were not sent yet.
    #[oai(path = "/", method = "patch", operation_id = "change_notification_preferences")]
    async fn change(
        &self,
        member: Member,
        change: Body<NotificationPreferencesChange>,
    ) -> Result<Changed<NotificationPreferences>> {
        let user = member.user().ok_or_else(Error::not_found)?;
        self.db
            .write(&member, async |tx| {
                tx.alone_with(&format!("notification preferences of {user}")).await?;
                let before = of(tx, user).await?;
                let blank = Model { member_user_id: user, ..Model::default() };
                let mut after = before.clone().unwrap_or(blank);
                change.0.write(&mut after).check()?;
                let row = match before {
                    None => tx.insert::<Entity>(after, Fields::none()).await?,
                    Some(before) => tx.update::<Entity>(&before, after, Fields::none()).await?,
                };
                Ok(Changed(NotificationPreferences::of(user, Some(&row))))
            })
            .await
    }
}

async fn of(tx: &Tx, user: Uuid) -> Result<Option<Model>> {
    tx.find::<Entity>().filter(Column::MemberUserId.eq(user)).one().await
}
