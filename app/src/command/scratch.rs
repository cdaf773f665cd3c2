use std::sync::Arc;

use base::{Clock, Db, Platform, PublicUrl, live::Live};
use files::Files;
use identity::KeyRing;
use object_store::memory::InMemory;

use crate::{
    config::Config,
    mount::Parts,
    start::{self, Fault},
};

/// Parts over an empty database in memory: enough to describe what is mounted.
pub async fn parts(config: &Config) -> Result<Parts, Fault> {
    let db = Db::connect("sqlite::memory:", 1, Clock::System).await.map_err(|error| error.to_string())?;
    #[expect(clippy::disallowed_methods, reason = "over nothing")]
    let platform = Platform::new(db.clone());
    let keys = vec![("describe".to_owned(), vec![0; 32])];
    Ok(Parts {
        live: Live::new(db.clone()),
        db,
        platform,
        files: Files::new(Arc::new(InMemory::new()), config.max_upload_bytes),
        mailer: Arc::new(start::mailer(config)?),
        public_url: PublicUrl(config.public_url.clone()),
        identity: identity::Settings {
            keys: Arc::new(KeyRing::new(&config.public_url, keys).map_err(|error| error.to_string())?),
            access_token: config.access_token,
            refresh_token: config.refresh_token,
        },
        platform_admin_domains: vec![],
    })
}
