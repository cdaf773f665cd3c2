use std::sync::Arc;

use base::{Body, Caller, Person, Result, Trashed};
use poem_openapi::OpenApi;

use super::{Mailed, Tag};
use crate::{
    desk::Desk,
    recovery,
    view::{MailRequest, PasswordChange, PasswordReset},
};

/// An `Idempotency-Key` has no effect here, on purpose: what is kept for one would be a digest of a password, or tokens.
pub struct PasswordApi(pub Arc<Desk>);

#[OpenApi(prefix_path = "/api/auth", tag = "Tag::Identity")]
impl PasswordApi {
    /// Ask for a new password
    ///
    /// Sends a link to the address. The answer is the same for an address that nobody has.
    #[oai(path = "/password/reset/", method = "post", operation_id = "request_password_reset")]
    async fn send_link(&self, caller: Caller, to: Body<MailRequest>) -> Result<Mailed> {
        recovery::send_link(&self.0, &caller, to.0.email.as_str()).await?;
        Ok(Mailed::new())
    }

    /// Set a new password by a link
    ///
    /// With the secret from the link in the mail: good once, for 60 minutes. All your sessions end.
    #[oai(path = "/password/reset/confirm/", method = "post", operation_id = "reset_password")]
    async fn reset(&self, caller: Caller, reset: Body<PasswordReset>) -> Result<Trashed> {
        recovery::reset(&self.0, &caller, &reset.0).await?;
        Ok(Trashed)
    }

    /// Change your password
    ///
    /// All your other sessions end.
    #[oai(path = "/password/change/", method = "post", operation_id = "change_password")]
    async fn change(&self, person: Person, change: Body<PasswordChange>) -> Result<Trashed> {
        recovery::change(&self.0, &person, &change.0).await?;
        Ok(Trashed)
    }
}
