//! A whole server in a test: its own database on either engine, a clock that stands still, people, and their requests.

mod app;
mod database;
mod people;
mod reply;
mod stream;
mod wire;

pub use app::{TestApp, noon};
pub use database::{Database, Engine};
pub use people::{PASSWORD, Person};
pub use reply::Reply;
pub use stream::{Event, Events};
pub use wire::{FORM, Listening, form};

/// Runs a test on SQLite, and on PostgreSQL where `TEST_DATABASE_URL` names a role that may create databases.
#[macro_export]
macro_rules! both {
    ($($(#[$meta:meta])* async fn $name:ident($app:ident) $body:block)+) => {
        $(
            $(#[$meta])*
            mod $name {
                #[allow(unused_imports, clippy::allow_attributes, reason = "a test need not use all that its file does")]
                use super::*;

                async fn story($app: $crate::TestApp) $body

                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn on_sqlite() {
                    story($crate::TestApp::start($crate::Engine::Sqlite).await.expect("SQLite is always there")).await;
                }

                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn on_postgres() {
                    match $crate::TestApp::start($crate::Engine::Postgres).await {
                        Some(app) => story(app).await,
                        None => eprintln!("TEST_DATABASE_URL is not set: not run on PostgreSQL"),
                    }
                }
            }
        )+
    };
}
