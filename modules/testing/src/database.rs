use std::{
    path::{Path, PathBuf},
    sync::atomic::{AtomicU32, Ordering},
};

use sea_orm::{ConnectionTrait, Database as SeaDatabase, DatabaseConnection};
use tokio::sync::OnceCell;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// A database of one test, copied from a template that has the schema, and gone with the test.
pub struct Database {
    pub engine: Engine,
    /// As the server connects.
    pub url: String,
    /// As migrations connect, for tests that look behind the server.
    pub owner_url: String,
    place: Place,
}

enum Place {
    Folder(PathBuf),
    Server { owner: String, name: String },
}

static TEMPLATE_FILE: OnceCell<PathBuf> = OnceCell::const_new();
static TEMPLATE_NAME: OnceCell<String> = OnceCell::const_new();
static NEXT: AtomicU32 = AtomicU32::new(0);

impl Database {
    /// `None` on PostgreSQL when no server is given.
    pub async fn create(engine: Engine) -> Option<Self> {
        match engine {
            Engine::Sqlite => Some(Self::file().await),
            Engine::Postgres => Self::server().await,
        }
    }

    async fn file() -> Self {
        let template = TEMPLATE_FILE.get_or_init(template_file).await;
        let folder = folder().join(format!("rapport-{}", unique()));
        std::fs::create_dir_all(&folder).expect("a temporary folder");
        let file = folder.join("rapport.sqlite");
        std::fs::copy(template, &file).expect("a copy of the template");
        let url = format!("sqlite:{}", file.display());
        Self { engine: Engine::Sqlite, owner_url: url.clone(), url, place: Place::Folder(folder) }
    }

    async fn server() -> Option<Self> {
        let owner = setting("TEST_DATABASE_URL")?;
        let app = setting("TEST_APP_ROLE")?;
        let template = TEMPLATE_NAME.get_or_init(|| template_database(owner.clone(), app.clone())).await;
        let name = format!("rapport_{}", unique());
        let conn = connect(&owner).await;
        let create = format!("CREATE DATABASE \"{name}\" TEMPLATE \"{template}\"");
        conn.execute_unprepared(&create).await.expect("a database from the template");
        conn.close().await.expect("closed");
        let owner_url = in_database(&owner, &name);
        Some(Self {
            engine: Engine::Postgres,
            url: as_role(&owner_url, &app),
            owner_url,
            place: Place::Server { owner, name },
        })
    }

    /// A connection behind the server's back.
    pub async fn owner(&self) -> DatabaseConnection {
        connect(&self.owner_url).await
    }

    /// Removes it. On a failed test it stays, to be looked at.
    pub async fn remove(&self) {
        match &self.place {
            Place::Folder(folder) => {
                let _ = std::fs::remove_dir_all(folder);
            }
            Place::Server { owner, name } => {
                let conn = connect(owner).await;
                let _ = conn.execute_unprepared(&format!("DROP DATABASE IF EXISTS \"{name}\" WITH (FORCE)")).await;
                let _ = conn.close().await;
            }
        }
    }
}

/// A file takes memory until it is gone, so it goes with the test that forgets to say that it is done.
impl Drop for Database {
    fn drop(&mut self) {
        if let Place::Folder(folder) = &self.place
            && !std::thread::panicking()
        {
            let _ = std::fs::remove_dir_all(folder);
        }
    }
}

async fn template_file() -> PathBuf {
    forget_templates();
    let file = folder().join(format!("rapport-template-{}.sqlite", unique()));
    let conn = connect(&format!("sqlite:{}?mode=rwc", file.display())).await;
    migration::up(&conn, None).await.expect("the schema");
    conn.close().await.expect("closed");
    file
}

/// Those of processes that are gone.
fn forget_templates() {
    for entry in std::fs::read_dir(folder()).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let process = name.to_str().and_then(|name| name.strip_prefix("rapport-template-")?.split('_').next());
        if process.is_some_and(|process| !Path::new("/proc").join(process).exists()) {
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

async fn template_database(owner: String, app: String) -> String {
    let name = format!("rapport_template_{}", unique());
    let conn = connect(&owner).await;
    conn.execute_unprepared(&format!("CREATE DATABASE \"{name}\"")).await.expect("a template database");
    conn.close().await.expect("closed");
    let conn = connect(&in_database(&owner, &name)).await;
    migration::up(&conn, Some(&app)).await.expect("the schema");
    conn.close().await.expect("closed");
    name
}

/// In memory where the system has a place for that: what is kept waits for the disk, and a test has no power cut.
fn folder() -> PathBuf {
    let memory = PathBuf::from("/dev/shm");
    if memory.is_dir() { memory } else { std::env::temp_dir() }
}

async fn connect(url: &str) -> DatabaseConnection {
    let mut options = sea_orm::ConnectOptions::new(url);
    options.max_connections(2).sqlx_logging(false);
    SeaDatabase::connect(options).await.expect("a connection")
}

fn unique() -> String {
    format!("{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed))
}

/// `postgres://role@host:port/name` with another name.
fn in_database(url: &str, name: &str) -> String {
    let (server, _) = url.rsplit_once('/').expect("a database URL");
    format!("{server}/{name}")
}

fn as_role(url: &str, role: &str) -> String {
    let (_, host) = url.rsplit_once('@').expect("a database URL with a role");
    format!("postgres://{role}@{host}")
}

#[expect(clippy::disallowed_methods, reason = "tests are told of their PostgreSQL by the environment")]
fn setting(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}
