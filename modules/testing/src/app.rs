use std::{
    collections::HashMap,
    sync::{Arc, Mutex, OnceLock},
    time::Duration,
};

use base::{
    Clock, Db, Platform, PublicUrl,
    live::{Beat, Live},
    queue::Queue,
};
use chrono::{DateTime, Utc};
use files::Files;
use identity::KeyRing;
use mail::{Mailer, Settings, Transport};
use object_store::memory::InMemory;
use poem::{Endpoint, EndpointExt, Request, Response, endpoint::BoxEndpoint};
use rapport::{
    config::Config,
    health::Draining,
    mount::{self, Parts},
    serve,
};
use sea_orm::Statement;
use serde_json::Value;

use crate::{
    database::{Database, Engine},
    people::KEEPERS,
};

/// A server over a database of its own. Nothing listens: requests go straight to its front.
pub struct TestApp {
    pub database: Arc<Database>,
    pub parts: Parts,
    pub queue: Queue,
    /// The same for every server: it follows from the types alone.
    pub document: &'static Value,
    /// Where its mails are: one `.eml` file each.
    pub outbox: std::path::PathBuf,
    pub(crate) app: Arc<BoxEndpoint<'static, Response>>,
    statements: Arc<Mutex<Vec<Statement>>>,
}

/// When every test happens, unless it moves its clock.
pub fn noon() -> DateTime<Utc> {
    DateTime::from_timestamp(1_793_880_000, 0).expect("a time")
}

/// Of streams: nobody waits 20 seconds in a test, and what a twin tells it has heard.
const OFTEN: Beat = Beat { heartbeat: Duration::from_millis(500), patience: Duration::from_secs(30) };
const SELDOM: Beat = Beat { heartbeat: Duration::from_mins(1), ..OFTEN };
/// And nobody waits half a minute for a listener who takes nothing.
const HASTY: Beat = Beat { patience: Duration::from_millis(500), ..OFTEN };

static DOCUMENT: OnceLock<Value> = OnceLock::new();

impl TestApp {
    /// `None` on PostgreSQL when no server is given.
    pub async fn start(engine: Engine) -> Option<Self> {
        Self::start_with(engine, Clock::fixed(noon()), &[]).await
    }

    /// The same with another clock, or other settings.
    pub async fn start_with(engine: Engine, clock: Clock, settings: &[(&str, &str)]) -> Option<Self> {
        Some(Self::over(Arc::new(Database::create(engine).await?), clock, settings, OFTEN).await)
    }

    /// Another process on the same database: what one writes, both see.
    pub async fn twin(&self) -> Self {
        Self::over(self.database.clone(), self.parts.db.clock().clone(), &[], SELDOM).await
    }

    /// Another one, whose streams wait for half a second until what they tell is taken.
    pub async fn hasty_twin(&self) -> Self {
        Self::over(self.database.clone(), self.parts.db.clock().clone(), &[], HASTY).await
    }

    async fn over(database: Arc<Database>, clock: Clock, settings: &[(&str, &str)], beat: Beat) -> Self {
        let mut variables: HashMap<String, String> =
            settings.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
        variables.insert("DATABASE_URL".into(), database.url.clone());
        variables.entry("PLATFORM_ADMIN_DOMAINS".into()).or_insert_with(|| KEEPERS.into());
        let config = Config::from_variables(&variables).expect("settings of a test");
        let statements: Arc<Mutex<Vec<Statement>>> = Arc::default();
        let told = statements.clone();
        let db = Db::connect(&database.url, 4, clock).await.expect("a connection").told_by(mount::teller());
        let db = db.watched(move |statement| told.lock().expect("a list").push(statement.clone()));
        #[expect(clippy::disallowed_methods, reason = "as the binary does")]
        let platform = Platform::new(db.clone());
        let outbox = std::env::temp_dir().join(format!("rapport-mail-{}", uuid::Uuid::new_v4()));
        let from = "Rapport <no-reply@rapport.example>".parse().expect("a sender");
        let settings = Settings { from, reply_to: None, transport: Transport::File { dir: outbox.clone() } };
        let keys = vec![("test".to_owned(), vec![7; 32])];
        let parts = Parts {
            live: Live::at(db.clone(), beat),
            db,
            platform: platform.clone(),
            files: Files::new(Arc::new(InMemory::new()), config.max_upload_bytes),
            mailer: Arc::new(Mailer::new(settings).expect("a mailer")),
            public_url: PublicUrl(config.public_url.clone()),
            identity: identity::Settings {
                keys: Arc::new(KeyRing::new(&config.public_url, keys).expect("keys")),
                access_token: config.access_token,
                refresh_token: config.refresh_token,
            },
            platform_admin_domains: config.platform_admin_domains.clone(),
        };
        let queue = Queue::new(platform);
        let app = serve::app(&config, &parts, &queue, &Draining::default());
        let document = DOCUMENT.get_or_init(|| serve::document(&parts));
        Self { database, queue, document, outbox, app: Arc::new(app.boxed()), parts, statements }
    }

    pub async fn call(&self, request: Request) -> Response {
        self.app.get_response(request).await
    }

    /// The statements since this was asked the last time, without those that begin and end a transaction.
    pub fn statements(&self) -> Vec<Statement> {
        std::mem::take(&mut self.statements.lock().expect("a list"))
    }

    /// Does the jobs that wait, until none does.
    pub async fn work(&self) {
        let tools = Arc::new(mount::tools(&self.parts));
        let actors: Arc<dyn base::queue::Actors> = mount::gate(&self.parts);
        loop {
            let claims = self.queue.claim(8).await.expect("a claim");
            if claims.is_empty() {
                return;
            }
            for claim in claims {
                self.queue.run(claim, tools.clone(), actors.clone()).await.expect("a job's end is kept");
            }
        }
    }

    /// The mails that were sent, whole, in the order of their files.
    pub fn mails(&self) -> Vec<String> {
        let Ok(folder) = std::fs::read_dir(&self.outbox) else { return Vec::new() };
        let mut files: Vec<_> = folder.flatten().map(|entry| entry.path()).collect();
        files.sort();
        files.iter().map(|file| std::fs::read_to_string(file).expect("a mail")).collect()
    }

    /// Ends the test: its database goes. One that failed leaves it to be looked at.
    pub async fn done(self) {
        let _ = std::fs::remove_dir_all(&self.outbox);
        self.database.remove().await;
    }
}
