use std::path::{Path, PathBuf};
use std::str::FromStr;

use sea_orm::sqlx::postgres::PgConnectOptions;
use secrecy::{ExposeSecret, SecretString};

use super::reader::Reader;

#[derive(Debug, Clone)]
pub struct Database {
    pub engine: Engine,
    /// Where the server works. Holds a password on PostgreSQL.
    pub url: SecretString,
    /// Where migrations run. On PostgreSQL the role that owns the tables; the same as `url` unless set.
    pub owner_url: SecretString,
    /// Connections of one process: 1 to 1000.
    pub max_connections: u32,
    /// `serve` brings the schema up to date before it listens.
    pub migrate_at_start: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Engine {
    Sqlite { path: PathBuf },
    Postgres,
}

impl Database {
    pub(super) fn with(reader: &mut Reader<'_>, data_dir: &Path) -> Self {
        let in_data_dir = data_dir.join("rapport.sqlite");
        let url = reader.secret("DATABASE_URL").unwrap_or_else(|| format!("sqlite:{}", in_data_dir.display()).into());
        let engine = engine(url.expose_secret()).unwrap_or_else(|problem| {
            reader.fault("DATABASE_URL", problem);
            Engine::Sqlite { path: in_data_dir }
        });
        let owner_url = match reader.secret("DATABASE_OWNER_URL") {
            None => url.clone(),
            Some(owner) => {
                match self::engine(owner.expose_secret()) {
                    Err(problem) => reader.fault("DATABASE_OWNER_URL", problem),
                    Ok(other) if other != engine => {
                        reader.fault("DATABASE_OWNER_URL", "is not the same database as DATABASE_URL");
                    }
                    Ok(_) => {}
                }
                owner
            }
        };
        Self {
            engine,
            url,
            owner_url,
            max_connections: reader.whole("DATABASE_MAX_CONNECTIONS", 10, 1..=1000),
            migrate_at_start: reader.flag("MIGRATE_AT_START", true),
        }
    }
}

fn engine(url: &str) -> Result<Engine, String> {
    if url.starts_with("postgres://") || url.starts_with("postgresql://") {
        PgConnectOptions::from_str(url).map_err(|_| "is not a PostgreSQL address".to_string())?;
        return Ok(Engine::Postgres);
    }
    let Some(rest) = url.strip_prefix("sqlite:") else {
        return Err("starts with neither sqlite: nor postgres:// nor postgresql://".into());
    };
    let path = rest.strip_prefix("//").unwrap_or(rest).split('?').next().unwrap_or_default();
    if path.is_empty() || rest.contains(":memory:") || rest.contains("mode=memory") {
        return Err("names no file: a database in memory would be gone with the process".into());
    }
    Ok(Engine::Sqlite { path: path.into() })
}
