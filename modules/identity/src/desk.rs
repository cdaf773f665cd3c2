use std::{sync::Arc, time::Duration};

use base::Platform;

use crate::{guessing::Guesses, keys::KeyRing, letters::Letters};

/// What the operator decides.
#[derive(Clone)]
pub struct Settings {
    pub keys: Arc<KeyRing>,
    /// Life of an access token: at most a day.
    pub access_token: Duration,
    /// Life of a session from its login, however often it is refreshed: at most 365 days.
    pub refresh_token: Duration,
}

/// What every endpoint here works with.
pub struct Desk {
    pub platform: Platform,
    pub settings: Settings,
    pub letters: Arc<dyn Letters>,
    pub guesses: Guesses,
}
