//! What members are told of. A transaction gathers what it logs and what its modules [`tell`](Tx::tell), and hands it to the
//! [`Teller`] as its last act: what members are told of is kept with what happened, or neither is.

use std::sync::{Mutex, PoisonError};

use async_trait::async_trait;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{error::Result, tx::Tx};

/// Why a member is told of a record, the least first: of several reasons in one transaction the greatest is told.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    poem_openapi::Enum,
    EnumIter,
    DeriveActiveEnum,
)]
#[serde(rename_all = "snake_case")]
#[oai(rename_all = "snake_case", rename = "NotificationKind")]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))", rename_all = "snake_case")]
pub enum News {
    /// A record that is assigned to them, or that they watch, was changed.
    #[default]
    Changed,
    /// Somebody commented on such a record.
    Commented,
    /// A task of theirs is due.
    TaskDue,
    /// An event in which they take part begins soon.
    EventSoon,
    /// A record is theirs now.
    Assigned,
    /// A comment names them.
    Mentioned,
}

/// News of one record for some members. Whoever did it is told nothing, even if they are among them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    pub news: News,
    pub record_kind: String,
    pub record_id: Uuid,
    pub members: Vec<Uuid>,
    /// For jobs, which may run twice: the second of one id is not told to the same member.
    pub once: Option<Uuid>,
}

impl Told {
    pub fn of(news: News, record_kind: &str, record_id: Uuid, members: impl IntoIterator<Item = Uuid>) -> Self {
        let members = members.into_iter().collect();
        Self { news, record_kind: record_kind.to_owned(), record_id, members, once: None }
    }

    #[must_use]
    pub fn once(self, id: Uuid) -> Self {
        Self { once: Some(id), ..self }
    }
}

/// An entry of the change log, in short.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logged {
    pub record_kind: String,
    pub record_id: Uuid,
    pub verb: String,
}

/// What a transaction did, in its order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Happened {
    pub logged: Vec<Logged>,
    pub told: Vec<Told>,
}

/// Makes news of what a transaction did, within it. The binary has the one there is.
#[async_trait]
pub trait Teller: Send + Sync {
    async fn tell(&self, tx: &Tx, happened: Happened) -> Result<()>;
}

/// What a transaction gathers on its way.
#[derive(Default)]
pub(crate) struct Gathered(Mutex<Happened>);

impl Gathered {
    pub fn logged(&self, entry: Logged) {
        self.with(|happened| happened.logged.push(entry));
    }

    pub fn take(&self) -> Happened {
        self.with(std::mem::take)
    }

    fn with<T>(&self, act: impl FnOnce(&mut Happened) -> T) -> T {
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Tx {
    /// Tells members of something, if and only if this transaction commits.
    pub fn tell(&self, told: Told) {
        self.gathered().with(|happened| happened.told.push(told));
    }

    /// The last act of a transaction that is to be kept.
    pub(crate) async fn conclude(&self, teller: Option<&dyn Teller>) -> Result<()> {
        let happened = self.gathered().take();
        match teller {
            Some(teller) if happened != Happened::default() => teller.tell(self, happened).await,
            _ => Ok(()),
        }
    }
}
