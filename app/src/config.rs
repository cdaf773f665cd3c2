//! What the server is told from outside: the one place that reads the environment.
//!
//! Every mistake is found in one go, so that a bad configuration is mended once and not setting by setting.
//! `.env.example` lists every setting with its default; a test holds that list against `config/settings.rs`.
//! Whoever needs a setting takes it from [`Config`]; whoever needs a new one adds it here and there.

mod database;
mod fault;
mod files;
mod keys;
mod mail;
mod network;
mod reader;
mod settings;
#[cfg(test)]
mod tests;

pub use self::database::{Database, Engine};
pub use self::fault::ConfigFault;
pub use self::files::{Files, S3};
pub use self::keys::JwtSecret;
pub use self::mail::{Mail, MailTransport, Smtp, SmtpTls};

use std::collections::HashMap;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use ipnet::IpNet;
use secrecy::SecretString;
use tracing_subscriber::EnvFilter;

use self::reader::Reader;

/// Everything that can be set. Secrets show as `[REDACTED]` in `Debug`.
#[derive(Debug, Clone)]
pub struct Config {
    /// The folder for what the server keeps itself: the SQLite file, uploads, the generated signing key.
    pub data_dir: PathBuf,
    pub database: Database,
    pub listen: SocketAddr,
    /// Metrics have a listener of their own, so that a proxy in front of `listen` cannot expose them; `None` is off.
    pub metrics_listen: Option<SocketAddr>,
    /// Where people reach the server, without a trailing slash. Links in e-mails start with it.
    pub public_url: String,
    /// Origins (`https://app.example.com`) whose pages may call the API from a browser.
    pub cors_origins: Vec<String>,
    /// Networks whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpNet>,
    /// Whoever has a verified address at one of these domains is a platform administrator.
    pub platform_admin_domains: Vec<String>,
    /// Life of an access token: 60 s to one day.
    pub access_token: Duration,
    /// Life of a refresh token: 1 to 365 days.
    pub refresh_token: Duration,
    pub mail: Mail,
    pub files: Files,
    /// The largest file that may be attached, in bytes.
    pub max_upload_bytes: u64,
    /// Job workers inside `serve`; 0 leaves all jobs to `rapport work`.
    pub workers_in_serve: usize,
    pub log_format: LogFormat,
    /// A `tracing` filter that is known to parse.
    pub log_filter: String,
    pub sentry_dsn: Option<SecretString>,
    /// A request that takes longer is answered with 503.
    pub request_timeout: Duration,
    /// How long a stop waits for requests and jobs under way.
    pub shutdown: Duration,
    /// Send `Strict-Transport-Security`.
    pub hsts: bool,
    configured_jwt_secrets: Vec<JwtSecret>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    Text,
    Json,
}

impl Config {
    /// Reads the environment.
    ///
    /// # Errors
    /// Every mistake at once, in the order of `.env.example`.
    pub fn read() -> Result<Self, Vec<ConfigFault>> {
        Self::from_variables(&environment())
    }

    /// The same from any set of variables. An empty value counts as not set.
    ///
    /// # Errors
    /// As [`Config::read`].
    pub fn from_variables(variables: &HashMap<String, String>) -> Result<Self, Vec<ConfigFault>> {
        let mut reader = Reader::new(variables);
        reader.refuse_unknown_names();
        let config = Self::with(&mut reader);
        reader.finish(config)
    }

    fn with(reader: &mut Reader<'_>) -> Self {
        let data_dir = PathBuf::from(reader.text("RAPPORT_DATA_DIR").unwrap_or("data"));
        let database = Database::with(reader, &data_dir);
        let listen = reader.read("LISTEN", ([127, 0, 0, 1], 8000).into(), network::socket);
        let metrics_listen = reader.read("METRICS_LISTEN", Some(([127, 0, 0, 1], 9100).into()), network::socket_or_off);
        if metrics_listen == Some(listen) && listen.port() != 0 {
            reader.fault("METRICS_LISTEN", "is the same address as LISTEN");
        }
        let public_url = reader.read("PUBLIC_URL", "http://localhost:8000".into(), network::origin);
        let cors_origins = reader.list("CORS_ORIGINS", network::origin);
        let trusted_proxies = reader.list("TRUSTED_PROXIES", network::network);
        let platform_admin_domains = reader.list("PLATFORM_ADMIN_DOMAINS", network::own_domain);
        let configured_jwt_secrets = keys::configured(reader);
        let access_token = reader.whole("ACCESS_TOKEN_SECONDS", 900, 60..=86_400);
        let refresh_token = reader.whole("REFRESH_TOKEN_DAYS", 30, 1..=365);
        let mail = Mail::with(reader, &data_dir);
        let files = Files::with(reader, &data_dir);
        let max_upload_bytes = reader.whole("MAX_UPLOAD_BYTES", 25 << 20, 1024..=5 << 30);
        let workers_in_serve = reader.whole("WORKERS_IN_SERVE", 2, 0..=64);
        let log_format = reader.read("LOG_FORMAT", LogFormat::Text, log_format);
        let log_filter = reader.read("LOG", "info".into(), log_filter);
        let sentry_dsn = reader.secret("SENTRY_DSN");
        if let Some(dsn) = &sentry_dsn {
            reader.check_secret("SENTRY_DSN", dsn, network::is_dsn);
        }
        let request_timeout = reader.whole("REQUEST_TIMEOUT_SECONDS", 30, 1..=600);
        let shutdown = reader.whole("SHUTDOWN_SECONDS", 25, 0..=600);
        let hsts = reader.flag("HSTS", false);
        if hsts && !public_url.starts_with("https://") {
            reader.fault("HSTS", "needs a PUBLIC_URL that starts with https://");
        }
        Self {
            data_dir,
            database,
            listen,
            metrics_listen,
            public_url,
            cors_origins,
            trusted_proxies,
            platform_admin_domains,
            access_token: Duration::from_secs(access_token),
            refresh_token: Duration::from_secs(refresh_token * 86_400),
            mail,
            files,
            max_upload_bytes,
            workers_in_serve,
            log_format,
            log_filter,
            sentry_dsn,
            request_timeout: Duration::from_secs(request_timeout),
            shutdown: Duration::from_secs(shutdown),
            hsts,
            configured_jwt_secrets,
        }
    }

    /// The secrets that sign access tokens: the first signs, all of them verify. Without `JWT_SECRETS` a random one
    /// is made once and kept in the data folder.
    ///
    /// # Errors
    /// When the key file cannot be made or read.
    pub fn jwt_secrets(&self) -> Result<Vec<JwtSecret>, ConfigFault> {
        if self.configured_jwt_secrets.is_empty() {
            Ok(vec![keys::kept_in(&self.data_dir)?])
        } else {
            Ok(self.configured_jwt_secrets.clone())
        }
    }

    /// Makes the data folder, for the owner alone, and tries to write in it.
    ///
    /// # Errors
    /// When it is not a folder that can be written to.
    pub fn prepare_data_dir(&self) -> Result<(), ConfigFault> {
        files::prepare_folder(&self.data_dir)
    }
}

fn log_format(value: &str) -> Result<LogFormat, String> {
    match value {
        "text" => Ok(LogFormat::Text),
        "json" => Ok(LogFormat::Json),
        _ => Err("is neither text nor json".into()),
    }
}

fn log_filter(value: &str) -> Result<String, String> {
    EnvFilter::try_new(value).map_err(|error| format!("is not a log filter ({error})"))?;
    Ok(value.into())
}

#[expect(clippy::disallowed_methods, reason = "this is the one reader of the environment")]
fn environment() -> HashMap<String, String> {
    std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.to_string_lossy().into_owned())))
        .collect()
}
