//! From settings to parts: connect, bring the schema up to date, and refuse to work with a role that row security does not
//! hold.

use std::sync::Arc;

use base::{Clock, Db, Platform, PublicUrl, live::Live};
use files::Files;
use identity::KeyRing;
use mail::{Login, Mailer, SesSettings, SmtpSettings, Tls, Transport};
use object_store::{ObjectStore, aws::AmazonS3Builder, local::LocalFileSystem};
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, Statement};
use secrecy::ExposeSecret;

use crate::{
    config::{self, Config, Engine, MailTransport, SmtpTls},
    mount::{self, Parts},
};

/// Why the server does not start: one line, for whoever installs it.
pub type Fault = String;

/// Everything that modules are given, with the schema up to date if the settings say so.
pub async fn parts(config: &Config, clock: Clock) -> Result<Parts, Fault> {
    config.prepare_data_dir().map_err(|fault| fault.to_string())?;
    let db = connect(config, clock).await?;
    if config.database.migrate_at_start {
        migrate(config).await?;
    }
    #[expect(clippy::disallowed_methods, reason = "the binary is where capabilities come from")]
    let platform = Platform::new(db.clone());
    check_schema(platform.connection()).await?;
    check_role(platform.connection()).await?;
    let secrets = config.jwt_secrets().map_err(|fault| fault.to_string())?;
    let keys = secrets.into_iter().map(|secret| (secret.kid, secret.secret.expose_secret().to_vec())).collect();
    Ok(Parts {
        live: Live::new(db.clone()),
        db,
        platform,
        files: Files::new(file_store(config)?, config.max_upload_bytes),
        mailer: Arc::new(mailer(config)?),
        public_url: PublicUrl(config.public_url.clone()),
        identity: identity::Settings {
            keys: Arc::new(KeyRing::new(&config.public_url, keys).map_err(|error| error.to_string())?),
            access_token: config.access_token,
            refresh_token: config.refresh_token,
        },
        platform_admin_domains: config.platform_admin_domains.clone(),
    })
}

pub async fn connect(config: &Config, clock: Clock) -> Result<Db, Fault> {
    let url = config.database.url.expose_secret();
    let connected = Db::connect(url, config.database.max_connections, clock).await;
    let connected = connected.map_err(|error| format!("the database cannot be reached: {error}"))?;
    Ok(connected.told_by(mount::teller()))
}

/// The connection that owns the tables: for migrations, and for nothing else.
pub async fn owner(config: &Config) -> Result<DatabaseConnection, Fault> {
    let mut options = ConnectOptions::new(config.database.owner_url.expose_secret());
    options.max_connections(2).sqlx_logging(false);
    if let Engine::Sqlite { .. } = config.database.engine {
        options.map_sqlx_sqlite_opts(|options| {
            options.create_if_missing(true).foreign_keys(true).pragma("journal_mode", "WAL")
        });
    }
    Database::connect(options).await.map_err(|error| format!("the database cannot be reached: {error}"))
}

/// Applies what is pending, under a lock.
pub async fn migrate(config: &Config) -> Result<(), Fault> {
    let owner = owner(config).await?;
    let migrated = migration::up(&owner, app_role(config).as_deref()).await;
    let closed = owner.close().await;
    migrated.and(closed).map_err(|error| format!("the migrations did not go through: {error}"))
}

/// The role that the server works as, when it is not the one that owns the tables.
pub fn app_role(config: &Config) -> Option<String> {
    let role = |url: &str| {
        url.parse::<sea_orm::sqlx::postgres::PgConnectOptions>().ok().map(|options| options.get_username().to_owned())
    };
    let app = role(config.database.url.expose_secret())?;
    let owner = role(config.database.owner_url.expose_secret())?;
    (config.database.engine == Engine::Postgres && app != owner).then_some(app)
}

async fn check_schema(conn: &DatabaseConnection) -> Result<(), Fault> {
    let pending = migration::pending(conn).await.map_err(|error| format!("the schema cannot be read: {error}"))?;
    match pending.len() {
        0 => Ok(()),
        n => Err(format!("{n} migrations are pending; run `rapport migrate up`")),
    }
}

/// Row security holds for neither of these.
const ROLE: &str = "\
SELECT r.rolsuper, r.rolbypassrls, EXISTS (
    SELECT 1 FROM pg_class c WHERE c.relowner = r.oid AND c.relrowsecurity AND NOT c.relforcerowsecurity
) AS unforced
FROM pg_roles r WHERE r.rolname = current_user";

/// Refuses a PostgreSQL role that row security does not hold.
pub async fn check_role(conn: &DatabaseConnection) -> Result<(), Fault> {
    let backend = conn.get_database_backend();
    if backend != sea_orm::DbBackend::Postgres {
        return Ok(());
    }
    let unread = |error| format!("the database role cannot be looked at: {error}");
    let row = conn.query_one_raw(Statement::from_string(backend, ROLE)).await.map_err(unread)?;
    let row = row.ok_or("the database role cannot be looked at")?;
    for (column, what) in [
        ("rolsuper", "is a superuser"),
        ("rolbypassrls", "has BYPASSRLS"),
        ("unforced", "owns tables whose row security is not forced"),
    ] {
        if row.try_get::<bool>("", column).map_err(unread)? {
            return Err(format!("DATABASE_URL: the role {what}, so row security would not hold; use an ordinary role"));
        }
    }
    Ok(())
}

pub fn file_store(config: &Config) -> Result<Arc<dyn ObjectStore>, Fault> {
    match &config.files {
        config::Files::Folder(folder) => {
            std::fs::create_dir_all(folder)
                .map_err(|error| format!("FILES_URL: {} cannot be made: {error}", folder.display()))?;
            let store = LocalFileSystem::new_with_prefix(folder).map_err(|error| format!("FILES_URL: {error}"))?;
            Ok(Arc::new(store))
        }
        config::Files::S3(s3) => {
            let mut builder = AmazonS3Builder::new()
                .with_bucket_name(&s3.bucket)
                .with_region(&s3.region)
                .with_access_key_id(s3.access_key.expose_secret())
                .with_secret_access_key(s3.secret_key.expose_secret());
            if let Some(endpoint) = &s3.endpoint {
                builder = builder.with_endpoint(endpoint).with_allow_http(endpoint.starts_with("http://"));
            }
            Ok(Arc::new(builder.build().map_err(|error| format!("FILES_URL: {error}"))?))
        }
    }
}

pub fn mailer(config: &Config) -> Result<Mailer, Fault> {
    let transport = match &config.mail.transport {
        MailTransport::Console => Transport::Console,
        MailTransport::File { folder } => Transport::File { dir: folder.clone() },
        MailTransport::Ses { region } => Transport::Ses(SesSettings { region: region.clone(), endpoint: None }),
        MailTransport::Smtp(smtp) => Transport::Smtp(SmtpSettings {
            host: smtp.host.clone(),
            port: smtp.port,
            tls: match smtp.tls {
                SmtpTls::StartTls => Tls::Starttls,
                SmtpTls::Tls => Tls::Implicit,
                SmtpTls::Off => Tls::None,
            },
            login: smtp.login.clone().map(|(user, password)| Login { user, password }),
        }),
    };
    let settings = mail::Settings { from: config.mail.from.clone(), reply_to: None, transport };
    Mailer::new(settings).map_err(|error| format!("MAIL_TRANSPORT: {error}"))
}
