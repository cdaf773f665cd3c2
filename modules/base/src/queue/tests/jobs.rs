//! Jobs that behave, and jobs that do not.

use std::time::Duration;

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use super::house::Diary;
use crate::{Error, Job, Outcome, Result, Work};

/// Writes a line into the diary.
#[derive(Serialize, Deserialize)]
pub struct WriteDown(pub String);

/// Does what it is told, which is no good.
#[derive(Serialize, Deserialize)]
pub enum Misbehave {
    Panic,
    Hang,
    Fail,
    GiveUp,
}

/// Comes round every hour.
#[derive(Serialize, Deserialize)]
pub struct StrikeTheHour;

#[typetag::serde]
#[async_trait]
impl Job for WriteDown {
    fn kind(&self) -> &'static str {
        "write_down"
    }

    async fn run(&self, work: &Work) -> Result<Outcome> {
        work.tool::<Diary>()?.0.lock().unwrap().push(self.0.clone());
        Ok(Outcome::Done)
    }
}

#[typetag::serde]
#[async_trait]
impl Job for Misbehave {
    fn kind(&self) -> &'static str {
        "misbehave"
    }

    async fn run(&self, _: &Work) -> Result<Outcome> {
        match self {
            Self::Panic => panic!("the roof came down"),
            Self::Hang => std::future::pending().await,
            Self::Fail => Err(Error::unavailable()),
            Self::GiveUp => Ok(Outcome::GiveUp("There is no such mailbox.".into())),
        }
    }

    fn most_attempts(&self) -> i32 {
        2
    }

    fn timeout(&self) -> Duration {
        Duration::from_millis(50)
    }
}

#[typetag::serde]
#[async_trait]
impl Job for StrikeTheHour {
    fn kind(&self) -> &'static str {
        "strike_the_hour"
    }

    fn every(&self) -> Option<&'static str> {
        Some("0 0 * * * * *")
    }

    async fn run(&self, work: &Work) -> Result<Outcome> {
        work.tool::<Diary>()?.0.lock().unwrap().push("dong".into());
        Ok(Outcome::Done)
    }
}
