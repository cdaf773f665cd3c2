use std::{collections::HashMap, marker::PhantomData, sync::Arc};

use async_trait::async_trait;
use base::{Error, Listed, Result, Row, Tx};
use uuid::Uuid;

/// A record that carries comments, files, tags and assignments.
pub trait Noted: Listed {
    /// Whether somebody to whom it is assigned gets a mail.
    const TELLS_ASSIGNEES: bool = true;

    /// What a person calls this record.
    fn title(row: &Self::Model) -> String;
}

/// A record that can be seen. There is no other way to get one than from a [`Tx`] that found it, so what hangs on a record
/// is as visible as the record.
#[derive(Clone, Debug)]
pub struct Subject {
    kind: &'static str,
    id: Uuid,
    title: String,
}

impl Subject {
    /// 404 when the record is not there for this actor.
    pub async fn of<R: Noted>(tx: &Tx, id: Uuid) -> Result<Self> {
        Ok(Self::from_row::<R>(&tx.get::<R>(id).await?))
    }

    /// For a row that a transaction has found already.
    pub fn from_row<R: Noted>(row: &R::Model) -> Self {
        Self { kind: R::KIND, id: row.id(), title: R::title(row) }
    }

    pub fn kind(&self) -> &'static str {
        self.kind
    }

    pub fn id(&self) -> Uuid {
        self.id
    }

    pub fn title(&self) -> &str {
        &self.title
    }
}

/// The kinds of record that carry notes: for what is asked for by its own id and hangs on a record of any kind.
#[derive(Clone, Default)]
pub struct Subjects(HashMap<&'static str, Arc<dyn Lookup>>);

#[async_trait]
trait Lookup: Send + Sync {
    async fn subject(&self, tx: &Tx, id: Uuid) -> Result<Subject>;
}

struct Of<R>(PhantomData<fn() -> R>);

#[async_trait]
impl<R: Noted> Lookup for Of<R> {
    async fn subject(&self, tx: &Tx, id: Uuid) -> Result<Subject> {
        Subject::of::<R>(tx, id).await
    }
}

impl Subjects {
    #[must_use]
    pub fn with<R: Noted>(mut self) -> Self {
        self.0.insert(R::KIND, Arc::new(Of::<R>(PhantomData)));
        self
    }

    /// For a job, which comes later: `None` when the record is not there for this actor any more.
    pub async fn still(&self, tx: &Tx, kind: &str, id: Uuid) -> Result<Option<Subject>> {
        match self.find(tx, kind, id).await {
            Err(error) if error.is_not_found() => Ok(None),
            found => found.map(Some),
        }
    }

    /// 404 when the record is not there for this actor, or of a kind that carries no notes.
    pub async fn find(&self, tx: &Tx, kind: &str, id: Uuid) -> Result<Subject> {
        self.0.get(kind).ok_or_else(Error::not_found)?.subject(tx, id).await
    }
}
