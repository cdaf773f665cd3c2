use serde::{Deserialize, Serialize};

use crate::Email;

/// Asks a new user to confirm the address they registered with.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VerifyEmail {
    pub name: String,
    pub link: String,
    pub expires_hours: u32,
}

impl Email for VerifyEmail {
    const NAME: &'static str = "verify_email";

    fn samples() -> Vec<Self> {
        let link = "https://crm.example.com/verify-email?token=2f9c1d";
        vec![
            Self { name: "Ada Moss".into(), link: link.into(), expires_hours: 24 },
            // Whoever registers picks the name and the address: it must not carry a stranger's link to a third person.
            Self {
                name: "You won! http://evil.example/prize\r\nBcc: x@y.example".into(),
                link: link.into(),
                expires_hours: 1,
            },
            Self { name: " ".into(), link: link.into(), expires_hours: 48 },
        ]
    }
}

/// Goes to the owner of an account when somebody registers the same address again. The outward answer of registering
/// is the same either way, so this mail alone says that the account exists.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccountExists {
    pub name: String,
    pub login_link: String,
    pub reset_link: String,
}

impl Email for AccountExists {
    const NAME: &'static str = "account_exists";

    fn samples() -> Vec<Self> {
        vec![Self {
            name: "Ada Moss".into(),
            login_link: "https://crm.example.com/login".into(),
            reset_link: "https://crm.example.com/forgot-password".into(),
        }]
    }
}

/// Lets somebody choose a new password.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResetPassword {
    pub name: String,
    pub link: String,
    pub expires_minutes: u32,
}

impl Email for ResetPassword {
    const NAME: &'static str = "reset_password";

    fn samples() -> Vec<Self> {
        vec![Self {
            name: "Jürgen O’Neill".into(),
            link: "https://crm.example.com/reset-password?token=7b1e04&from=mail".into(),
            expires_minutes: 60,
        }]
    }
}

/// Tells the owner that the password is a new one, in case it was not them.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PasswordChanged {
    pub name: String,
    /// Where a password is reset.
    pub reset_link: String,
}

impl Email for PasswordChanged {
    const NAME: &'static str = "password_changed";

    fn samples() -> Vec<Self> {
        vec![Self { name: "Ada Moss".into(), reset_link: "https://crm.example.com/forgot-password".into() }]
    }
}
