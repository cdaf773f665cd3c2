use std::sync::Arc;

use base::{Body, Caller, Result, Trashed};
use poem_openapi::OpenApi;

use super::{Mailed, Tag};
use crate::{
    desk::Desk,
    registration,
    view::{EmailProof, MailRequest, Registration},
};

pub struct RegistrationApi(pub Arc<Desk>);

#[OpenApi(prefix_path = "/api/auth", tag = "Tag::Identity")]
impl RegistrationApi {
    /// Register
    ///
    /// Sends a link to the address, which must be opened before the first login. The answer is the same if the address has
    /// an account already; its owner is told by mail.
    #[oai(path = "/register/", method = "post", operation_id = "register_user")]
    async fn register(&self, caller: Caller, registration: Body<Registration>) -> Result<Mailed> {
        registration::register(&self.0, &caller, registration.0).await?;
        Ok(Mailed::new())
    }

    /// Verify an e-mail address
    ///
    /// With the secret from the link in the mail: good once, for 24 hours.
    #[oai(path = "/email/verify/", method = "post", operation_id = "verify_email")]
    async fn verify(&self, caller: Caller, proof: Body<EmailProof>) -> Result<Trashed> {
        registration::verify(&self.0, &caller, &proof.0.token).await?;
        Ok(Trashed)
    }

    /// Send the verification mail again
    ///
    /// Earlier links stop working. The answer is the same for an address that nobody has or that is verified.
    #[oai(path = "/email/resend/", method = "post", operation_id = "resend_verification")]
    async fn resend(&self, caller: Caller, to: Body<MailRequest>) -> Result<Mailed> {
        registration::resend(&self.0, &caller, to.0.email.as_str()).await?;
        Ok(Mailed::new())
    }
}
