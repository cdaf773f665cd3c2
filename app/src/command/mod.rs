//! What each command of the command line does.

mod check;
mod demo;
mod migrate;
mod openapi;
mod org;
mod run;
mod scratch;
mod user;

use base::Clock;

use crate::{
    cli::{Command, Rapport},
    config::Config,
    start::Fault,
};

/// Does what was asked. An error is for the person at the terminal.
pub async fn execute(rapport: Rapport, config: Config) -> Result<(), Fault> {
    match rapport.command {
        Command::Serve => run::serve(&config).await,
        Command::Work(work) => run::work(&config, work.workers).await,
        Command::Migrate(step) => migrate::migrate(&config, step).await,
        Command::User(crate::cli::User::Create(new)) => user::create(&config, new).await,
        Command::Org(crate::cli::Org::List(output)) => org::list(&config, output.json).await,
        Command::Demo(demo) => demo::demo(&config, demo).await,
        Command::OpenApi(asked) => openapi::openapi(&config, asked).await,
        Command::Check => check::check(&config).await,
    }
}

fn clock() -> Clock {
    Clock::System
}
