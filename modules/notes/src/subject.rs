use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    marker::PhantomData,
    sync::Arc,
};

use async_trait::async_trait;
use base::{Actor, Error, Listed, Result, Row, Scope, Tx, Verb, access};
use sea_orm::{
    ColumnTrait, Condition,
    sea_query::{ColumnRef, Expr, ExprTrait, IntoColumnRef, SelectStatement},
};
use uuid::Uuid;

use crate::comment;

/// A record that carries comments, files, tags and assignments.
pub trait Noted: Listed {
    /// Whether somebody to whom it is assigned gets a mail.
    const TELLS_ASSIGNEES: bool = true;

    /// What a person calls this record.
    fn title(row: &Self::Model) -> String;

    /// The names of these records as [`Tx::named`] asks for them; without it their rows are read.
    fn named(_tx: &Tx, _ids: &[Uuid]) -> Option<SelectStatement> {
        None
    }

    /// What follows when a comment was written on it, or became public. In the same transaction.
    fn commented(_tx: &Tx, _said: &Said) -> impl Future<Output = Result<()>> + Send {
        async { Ok(()) }
    }
}

/// A comment, as the record that it stands on gets to know it.
#[derive(Clone, Debug)]
pub struct Said {
    pub comment: Uuid,
    pub on: Uuid,
    kind: String,
    /// `None` when no member wrote it: a form, a customer's mail.
    pub by: Option<Uuid>,
    pub is_public: bool,
}

impl Said {
    pub(crate) fn of(row: &comment::Model) -> Self {
        let (comment, on, kind) = (row.id, row.record_id, row.record_kind.clone());
        Self { comment, on, kind, by: row.created_by, is_public: !row.is_internal }
    }
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
pub struct Subjects(BTreeMap<&'static str, Arc<dyn Lookup>>);

#[async_trait]
trait Lookup: Send + Sync {
    async fn subject(&self, tx: &Tx, id: Uuid) -> Result<Subject>;
    async fn subjects(&self, tx: &Tx, ids: &[Uuid]) -> Result<Vec<Subject>>;
    fn named(&self, tx: &Tx, ids: &[Uuid]) -> Option<SelectStatement>;
    fn is_at(&self, tx: &Tx, id: ColumnRef) -> Expr;
    async fn there(&self, tx: &Tx, ids: &BTreeSet<Uuid>) -> Result<HashSet<Uuid>>;
    async fn there_in_trash(&self, tx: &Tx, ids: &BTreeSet<Uuid>) -> Result<HashSet<Uuid>>;
    fn scope(&self, actor: &Actor) -> Option<Scope>;
    async fn hear(&self, tx: &Tx, said: &Said) -> Result<()>;
}

struct Of<R>(PhantomData<fn() -> R>);

#[async_trait]
impl<R: Noted> Lookup for Of<R> {
    async fn subject(&self, tx: &Tx, id: Uuid) -> Result<Subject> {
        Subject::of::<R>(tx, id).await
    }

    async fn subjects(&self, tx: &Tx, ids: &[Uuid]) -> Result<Vec<Subject>> {
        let rows = tx.find::<R>().ids(ids.iter().copied()).await?;
        Ok(rows.iter().map(Subject::from_row::<R>).collect())
    }

    fn named(&self, tx: &Tx, ids: &[Uuid]) -> Option<SelectStatement> {
        R::named(tx, ids)
    }

    fn is_at(&self, tx: &Tx, id: ColumnRef) -> Expr {
        tx.find::<R>().is_at(id)
    }

    async fn there(&self, tx: &Tx, ids: &BTreeSet<Uuid>) -> Result<HashSet<Uuid>> {
        tx.find::<R>().there(ids.iter().copied()).await
    }

    async fn there_in_trash(&self, tx: &Tx, ids: &BTreeSet<Uuid>) -> Result<HashSet<Uuid>> {
        tx.find::<R>().trashed().there(ids.iter().copied()).await
    }

    fn scope(&self, actor: &Actor) -> Option<Scope> {
        access::scope::<R>(actor, Verb::VIEW)
    }

    async fn hear(&self, tx: &Tx, said: &Said) -> Result<()> {
        R::commented(tx, said).await
    }
}

impl Subjects {
    #[must_use]
    pub fn with<R: Noted>(mut self) -> Self {
        self.0.insert(R::KIND, Arc::new(Of::<R>(PhantomData)));
        self
    }

    /// Whether records of this kind carry notes.
    #[must_use]
    pub fn has(&self, kind: &str) -> bool {
        self.0.contains_key(kind)
    }

    /// Those kinds of which this actor may see any.
    pub fn kinds(&self, actor: &Actor) -> Vec<&'static str> {
        self.0.iter().filter(|(_, lookup)| lookup.scope(actor).is_some()).map(|(kind, _)| *kind).collect()
    }

    /// The rows of another table whose columns `kind` and `id` lead to a record that is there for this actor.
    pub fn are_at<C: ColumnTrait>(&self, tx: &Tx, kind: C, id: C) -> Condition {
        let of_kind = |(name, lookup): (&&'static str, &Arc<dyn Lookup>)| {
            kind.eq(*name).and(lookup.is_at(tx, (id.entity_name(), id).into_column_ref()))
        };
        self.0.iter().map(of_kind).fold(Condition::any(), Condition::add)
    }

    /// Which records of a kind are there for this actor; of a kind that carries no notes, none.
    pub async fn there(&self, tx: &Tx, kind: &str, ids: &BTreeSet<Uuid>) -> Result<HashSet<Uuid>> {
        match self.0.get(kind) {
            Some(lookup) => lookup.there(tx, ids).await,
            None => Ok(HashSet::new()),
        }
    }

    /// The same of those in the trash.
    pub async fn there_in_trash(&self, tx: &Tx, kind: &str, ids: &BTreeSet<Uuid>) -> Result<HashSet<Uuid>> {
        match self.0.get(kind) {
            Some(lookup) => lookup.there_in_trash(tx, ids).await,
            None => Ok(HashSet::new()),
        }
    }

    /// How far this actor sees records of a kind.
    #[must_use]
    pub fn scope(&self, actor: &Actor, kind: &str) -> Option<Scope> {
        self.0.get(kind)?.scope(actor)
    }

    /// The names of those of these records that are there for this actor: one statement for all kinds that can be
    /// [`named`](Noted::named), and one for each of the others.
    pub async fn names(
        &self,
        tx: &Tx,
        records: impl IntoIterator<Item = (String, Uuid)>,
    ) -> Result<HashMap<(String, Uuid), String>> {
        let mut kinds: BTreeMap<String, Vec<Uuid>> = BTreeMap::new();
        for (kind, id) in records {
            kinds.entry(kind).or_default().push(id);
        }
        let (mut arms, mut names) = (Vec::new(), HashMap::new());
        for (kind, ids) in &kinds {
            let Some(lookup) = self.0.get(kind.as_str()) else { continue };
            match lookup.named(tx, ids) {
                Some(named) => arms.push(named),
                None => names.extend(
                    lookup.subjects(tx, ids).await?.into_iter().map(|one| ((one.kind.to_owned(), one.id), one.title)),
                ),
            }
        }
        names.extend(tx.names(arms).await?.into_iter().map(|(kind, id, name)| ((kind, id), name)));
        Ok(names)
    }

    pub(crate) async fn hear(&self, tx: &Tx, said: &Said) -> Result<()> {
        self.0.get(said.kind.as_str()).ok_or_else(Error::not_found)?.hear(tx, said).await
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
