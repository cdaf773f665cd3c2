use std::sync::Arc;

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, DbBackend, DbErr,
    EntityTrait, IntoActiveModel, Iterable, ModelTrait, QueryFilter, QuerySelect, QueryTrait, Statement,
};
use uuid::Uuid;

use crate::{
    access::{self, Reach, Verb},
    actor::{Actor, Scope},
    change::{self, Fields},
    clock::Clock,
    error::{Error, Result},
    find::{self, Find},
    news::{Gathered, Logged},
    precondition::IfMatch,
    record::{Record, Row},
};

/// One transaction of one actor in one organisation, at one moment.
///
/// It is not a database connection and does not become one: what it offers is scoped, audited and permitted, and there
/// is no other way in.
pub struct Tx {
    conn: Arc<DatabaseTransaction>,
    actor: Actor,
    clock: Clock,
    now: DateTime<Utc>,
    gathered: Gathered,
}

/// Rows of one statement: 60 columns of 500 rows stay below SQLite's 32,766 variables.
pub(crate) const AT_ONCE: usize = 500;

impl Tx {
    pub(crate) fn new(conn: Arc<DatabaseTransaction>, actor: Actor, clock: Clock) -> Self {
        let now = clock.now();
        Self { conn, actor, clock, now, gathered: Gathered::default() }
    }

    pub(crate) fn conn(&self) -> &DatabaseTransaction {
        &self.conn
    }

    pub(crate) fn is_postgres(&self) -> bool {
        self.conn.get_database_backend() == DbBackend::Postgres
    }

    pub(crate) fn gathered(&self) -> &Gathered {
        &self.gathered
    }

    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    /// The moment of this transaction: everything in it happened then.
    pub fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// A new id.
    pub fn id(&self) -> Uuid {
        self.clock.id()
    }

    pub fn find<E: Record>(&self) -> Find<'_, E> {
        Find::new(self)
    }

    /// The record with this id: 404 when it is not there for this actor.
    pub async fn get<E: Record>(&self, id: Uuid) -> Result<E::Model> {
        self.find::<E>().id(id).await
    }

    /// The record, locked, for an actor who may do `verb` to it: 404 unseen, 403 seen but not permitted, 412 changed since.
    pub async fn open<E: Record>(&self, id: Uuid, verb: Verb, expected: &IfMatch) -> Result<E::Model> {
        let row = self.find::<E>().id_locked(id, verb).await?;
        expected.check(row.version())?;
        Ok(row)
    }

    /// The same for a record in the trash.
    pub async fn open_trashed<E: Record>(&self, id: Uuid, verb: Verb) -> Result<E::Model> {
        self.find::<E>().trashed().id_locked(id, verb).await
    }

    /// Whether this actor may do `verb` to a record at hand; 403 when not.
    pub async fn permit<E: Record>(&self, row: &E::Model, verb: Verb) -> Result<()> {
        let standing = access::standing::<E>(&self.actor, verb).ok_or_else(Error::forbidden)?;
        if standing.scope == Scope::Org || access::standing::<E>(&self.actor, Verb::VIEW) == Some(standing) {
            return Ok(());
        }
        let Some(within) = access::probe::<E>(&self.actor, standing) else {
            return Ok(());
        };
        let within = E::find().filter(E::base().id.eq(row.id())).filter(within);
        within.one(self.conn()).await?.map(|_| ()).ok_or_else(Error::forbidden)
    }

    /// Keeps a new record and logs it, with `also` for what is kept beside the row. 403 without a grant to create.
    pub async fn insert<E: Record>(&self, mut row: E::Model, also: Fields) -> Result<E::Model> {
        access::scope::<E>(&self.actor, Verb::CREATE).ok_or_else(Error::forbidden)?;
        E::settle(&mut row);
        let row = E::insert(self.stamped::<E>(row)).exec_with_returning(self.conn()).await?;
        self.admit::<E>(std::slice::from_ref(&row)).await?;
        let fields = also.between::<E>(None, &row);
        self.log::<E>(&row, "created", fields).await?;
        Ok(row)
    }

    /// Keeps many new records at once, logged like any other: for generated data and imports.
    pub async fn insert_many<E: Record>(&self, rows: Vec<E::Model>) -> Result<Vec<E::Model>> {
        access::scope::<E>(&self.actor, Verb::CREATE).ok_or_else(Error::forbidden)?;
        let mut kept = Vec::with_capacity(rows.len());
        let mut rows = rows.into_iter().peekable();
        while rows.peek().is_some() {
            let batch = rows.by_ref().take(AT_ONCE).map(|mut row| {
                E::settle(&mut row);
                self.stamped::<E>(row)
            });
            let batch = E::insert_many(batch).exec_with_returning(self.conn()).await?;
            self.admit::<E>(&batch).await?;
            let entries = batch.iter().map(|row| {
                let (kind, id) = change::entry::<E>(row);
                self.entry(kind, id, "created", Fields::none().between::<E>(None, row))
            });
            change::Entity::insert_many(entries).exec_without_returning(self.conn()).await?;
            kept.extend(batch);
        }
        Ok(kept)
    }

    /// What is made in something that has members is made by one of them; 403 when not.
    pub async fn admit<E: Record>(&self, made: &[E::Model]) -> Result<()> {
        let Reach::Membership(membership) = E::REACH else { return Ok(()) };
        let standing = access::standing::<E>(&self.actor, Verb::CREATE).ok_or_else(Error::forbidden)?;
        let Some(within) = membership.within::<E>(&self.actor, standing).filter(|_| !membership.is_of::<E>()) else {
            return Ok(());
        };
        let admitted = E::find().select_only().column(E::base().id).filter(within);
        let admitted = admitted.filter(E::base().id.is_in(made.iter().map(Row::id)));
        let all = find::count(self, admitted.into_query()).await? == made.len() as u64;
        all.then_some(()).ok_or_else(Error::forbidden)
    }

    /// Keeps what changed between two states of a record, and logs it. Nothing changed: nothing is written.
    pub async fn update<E: Record>(&self, before: &E::Model, after: E::Model, also: Fields) -> Result<E::Model> {
        self.update_as::<E>(before, after, "changed", also).await
    }

    /// The same under a verb of its own: converted, accepted.
    pub async fn update_as<E: Record>(
        &self,
        before: &E::Model,
        mut after: E::Model,
        verb: &str,
        also: Fields,
    ) -> Result<E::Model> {
        E::settle(&mut after);
        let fields = also.between::<E>(Some(before), &after);
        if fields.is_empty() {
            return Ok(before.clone());
        }
        let row = self.store::<E>(before, after).await?;
        self.log::<E>(&row, verb, fields).await?;
        Ok(row)
    }

    /// Puts a record into the trash.
    pub async fn trash<E: Record>(&self, row: &E::Model) -> Result<()> {
        self.set_deleted::<E>(row, Some(self.now), "trashed").await.map(|_| ())
    }

    /// Takes a record out of the trash.
    pub async fn restore<E: Record>(&self, row: &E::Model) -> Result<E::Model> {
        self.set_deleted::<E>(row, None, "restored").await
    }

    /// Logs something that happened to a record and left its row alone: a comment, a file.
    pub async fn log<E: Record>(&self, row: &E::Model, verb: &str, fields: Fields) -> Result<()> {
        let (kind, id) = change::entry::<E>(row);
        self.log_on(kind, id, verb, fields).await
    }

    /// The same, for a record known by kind and id.
    pub async fn log_on(&self, kind: &str, id: Uuid, verb: &str, fields: Fields) -> Result<()> {
        let entry = self.entry(kind, id, verb, fields);
        change::Entity::insert(entry).exec_without_returning(self.conn()).await?;
        Ok(())
    }

    pub(crate) fn entry(&self, kind: &str, id: Uuid, verb: &str, fields: Fields) -> change::ActiveModel {
        self.gathered.logged(Logged { record_kind: kind.to_owned(), record_id: id, verb: verb.to_owned() });
        let request = Some(self.actor.request().id.clone()).filter(|id| !id.is_empty());
        change::ActiveModel {
            org_id: Set(self.actor.org()),
            at: Set(self.now),
            actor_id: Set(self.actor.user()),
            request_id: Set(request),
            record_kind: Set(kind.to_owned()),
            record_id: Set(id),
            verb: Set(verb.to_owned()),
            fields: Set(fields.into_json()),
            ..Default::default()
        }
    }

    fn stamped<E: Record>(&self, row: E::Model) -> E::ActiveModel {
        let base = E::base();
        let mut new = row.into_active_model().reset_all();
        let user = self.actor.user();
        new.set(base.id, self.id().into());
        new.set(base.org_id, self.actor.org().into());
        new.set(base.created_at, self.now.into());
        new.set(base.created_by, user.into());
        new.set(base.updated_at, self.now.into());
        new.set(base.updated_by, user.into());
        new.set(base.version, 1_i64.into());
        new.set(base.deleted_at, None::<DateTime<Utc>>.into());
        new
    }

    /// Waits until no other transaction of this organisation holds `what`, and holds it until this one ends: for a thing that
    /// has no row yet to be locked. SQLite has one writer, so there it is held already.
    pub async fn alone_with(&self, what: &str) -> Result<()> {
        if self.is_postgres() {
            let named = format!("{}\n{what}", self.actor.org());
            let hold = "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))";
            self.conn.execute_raw(Statement::from_sql_and_values(DbBackend::Postgres, hold, [named.into()])).await?;
        }
        Ok(())
    }

    async fn set_deleted<E: Record>(&self, row: &E::Model, at: Option<DateTime<Utc>>, verb: &str) -> Result<E::Model> {
        let mut new = row.clone().into_active_model();
        new.set(E::base().deleted_at, at.into());
        let stored = self.store_active::<E>(row, new).await?;
        self.log::<E>(&stored, verb, Fields::none()).await?;
        Ok(stored)
    }

    async fn store<E: Record>(&self, before: &E::Model, after: E::Model) -> Result<E::Model> {
        let mut new = before.clone().into_active_model();
        for column in E::Column::iter() {
            let value = after.get(column);
            if before.get(column) != value {
                new.set(column, value);
            }
        }
        self.store_active::<E>(before, new).await
    }

    async fn store_active<E: Record>(&self, before: &E::Model, mut new: E::ActiveModel) -> Result<E::Model> {
        let base = E::base();
        new.set(base.version, (before.version() + 1).into());
        new.set(base.updated_at, self.now.into());
        new.set(base.updated_by, self.actor.user().into());
        let update = E::update(new).validate()?;
        let update = update.filter(base.org_id.eq(self.actor.org())).filter(base.version.eq(before.version()));
        match update.exec(self.conn()).await {
            Err(DbErr::RecordNotUpdated) => Err(Error::stale()),
            answer => Ok(answer?),
        }
    }
}
