mod me;
mod password;
mod register;
mod session;

use std::sync::Arc;

use base::Platform;
use poem_openapi::{ApiResponse, Tags, payload::Json};

use crate::{
    desk::{Desk, Settings},
    guessing::Guesses,
    letters::Letters,
    view::MailNotice,
};

/// Everything under `/api/auth/`.
pub type Api = (register::RegistrationApi, session::SessionApi, password::PasswordApi, me::MeApi);

/// The endpoints. One call for the process: what networks tried is remembered in it.
pub fn api(platform: Platform, settings: Settings, letters: Arc<dyn Letters>) -> Api {
    let desk = Arc::new(Desk { platform, settings, letters, guesses: Guesses::default() });
    (
        register::RegistrationApi(desk.clone()),
        session::SessionApi(desk.clone()),
        password::PasswordApi(desk.clone()),
        me::MeApi(desk),
    )
}

pub const MAILED: &str = "If this address can get this mail, it is on its way.";

#[derive(Tags)]
enum Tag {
    /// Who you are: your account, its password, and where you are logged in.
    Identity,
}

/// The same answer for every address.
#[derive(ApiResponse)]
enum Mailed {
    /// A mail is on its way, if the address can get it
    #[oai(status = 202)]
    Accepted(Json<MailNotice>),
}

impl Mailed {
    fn new() -> Self {
        Self::Accepted(Json(MailNotice { detail: MAILED.into() }))
    }
}
