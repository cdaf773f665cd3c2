//! The mails of modules that know nothing of mail: each is a job in the caller's transaction, with links to the public URL.

use async_trait::async_trait;
use base::{PlatformTx, PublicUrl, Result, Tx};
use identity::{Addressee, Letters, RESET_MINUTES, VERIFY_HOURS};
use mail::{
    AccountExists, Email, Invitation, Outgoing, PasswordChanged, Recipient, ResetPassword, SendMail, VerifyEmail,
};
use orgs::{Couriers, Invited};

/// Writes for identity and orgs.
#[derive(Clone)]
pub struct Desk {
    pub public_url: PublicUrl,
}

#[async_trait]
impl Letters for Desk {
    async fn verify_email(&self, tx: &PlatformTx, to: Addressee, token: &str) -> Result<()> {
        let link = self.public_url.to(&format!("verify-email?token={token}"));
        let name = to.name.clone();
        post(tx, to, VerifyEmail { name, link, expires_hours: VERIFY_HOURS }).await
    }

    async fn account_exists(&self, tx: &PlatformTx, to: Addressee) -> Result<()> {
        let (login_link, reset_link) = (self.public_url.to("login"), self.public_url.to("forgot-password"));
        let name = to.name.clone();
        post(tx, to, AccountExists { name, login_link, reset_link }).await
    }

    async fn reset_password(&self, tx: &PlatformTx, to: Addressee, token: &str) -> Result<()> {
        let link = self.public_url.to(&format!("reset-password?token={token}"));
        let name = to.name.clone();
        post(tx, to, ResetPassword { name, link, expires_minutes: RESET_MINUTES }).await
    }

    async fn password_changed(&self, tx: &PlatformTx, to: Addressee) -> Result<()> {
        let reset_link = self.public_url.to("forgot-password");
        let name = to.name.clone();
        post(tx, to, PasswordChanged { name, reset_link }).await
    }
}

async fn post(tx: &PlatformTx, to: Addressee, email: impl Email) -> Result<()> {
    let to = Recipient { name: to.name, address: to.email };
    tx.enqueue(SendMail(Outgoing::new(tx.id(), to, email))).await
}

#[async_trait]
impl Couriers for Desk {
    async fn invitation(&self, tx: &Tx, letter: Invited) -> Result<()> {
        let link = self.public_url.to(&format!("invitations/accept?token={}", letter.token));
        let days = (letter.expires_at - tx.now()).num_days();
        let email = Invitation {
            inviter_name: letter.inviter.unwrap_or_else(|| letter.organisation.clone()),
            org_name: letter.organisation,
            role_name: letter.role,
            link,
            expires_days: u32::try_from(days).unwrap_or_default(),
        };
        let to = Recipient { name: String::new(), address: letter.to };
        tx.enqueue(SendMail(Outgoing::new(tx.id(), to, email))).await
    }
}
