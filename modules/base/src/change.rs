//! The change log: every change of every record, written by [`Tx`](crate::Tx) with the change itself. There is no second log.

use sea_orm::{
    Condition, ConnectionTrait, QueryOrder, QueryResult, QuerySelect, QueryTrait,
    entity::prelude::*,
    sea_query::{Order, Query},
};
use serde_json::{Map, Value, json};

use crate::{
    error::Result,
    find,
    list::COUNTED,
    record::{Record, Row},
    tx::Tx,
};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "change")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub seq: i64,
    pub org_id: Uuid,
    pub at: DateTimeUtc,
    /// `None` when no person did it.
    pub actor_id: Option<Uuid>,
    pub request_id: Option<String>,
    pub record_kind: String,
    pub record_id: Uuid,
    pub verb: String,
    /// `{"field": [before, after]}`
    pub fields: Json,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The changed fields of a record, each with what it was and what it became.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fields(Map<String, Value>);

impl Fields {
    pub fn none() -> Self {
        Self::default()
    }

    /// Adds a field unless it stayed as it was.
    #[must_use]
    pub fn with(mut self, field: &str, before: impl serde::Serialize, after: impl serde::Serialize) -> Self {
        let (before, after) = (json!(before), json!(after));
        if before != after {
            self.0.insert(field.to_owned(), json!([before, after]));
        }
        self
    }

    /// These and those.
    #[must_use]
    pub fn and(mut self, more: Self) -> Self {
        self.0.extend(more.0);
        self
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn into_json(self) -> Value {
        Value::Object(self.0)
    }

    pub(crate) fn between<E: Record>(self, before: Option<&E::Model>, after: &E::Model) -> Self {
        let fields = |row: &E::Model| match serde_json::to_value(row) {
            Ok(Value::Object(fields)) => fields,
            _ => Map::new(),
        };
        let old = before.map(fields).unwrap_or_default();
        fields(after)
            .into_iter()
            .filter(|(field, _)| !SHARED.contains(&field.as_str()) && !E::UNLOGGED.contains(&field.as_str()))
            .fold(self, |all, (field, new)| {
                let was = old.get(&field).cloned().unwrap_or(Value::Null);
                all.with(&field, was, new)
            })
    }
}

const SHARED: &[&str] =
    &["id", "org_id", "created_at", "created_by", "updated_at", "updated_by", "version", "deleted_at"];

pub(crate) fn entry<E: Record>(row: &E::Model) -> (&'static str, Uuid) {
    (E::KIND, row.id())
}

impl Tx {
    /// How many changes one record has seen, counted as far as a list counts.
    pub async fn count_changes(&self, kind: &str, id: Uuid) -> Result<u64> {
        let changes = Entity::find()
            .select_only()
            .expr_as(Expr::val(1), "one")
            .filter(Column::OrgId.eq(self.actor().org()))
            .filter(Column::RecordKind.eq(kind))
            .filter(Column::RecordId.eq(id))
            .limit(COUNTED + 1);
        find::count(self, changes.into_query()).await
    }

    /// The changes of one record, newest first, those before `seq`.
    pub async fn changes(&self, kind: &str, id: Uuid, before: Option<i64>, most: u64) -> Result<Vec<Model>> {
        let mut changes = Entity::find()
            .filter(Column::OrgId.eq(self.actor().org()))
            .filter(Column::RecordKind.eq(kind))
            .filter(Column::RecordId.eq(id));
        if let Some(seq) = before {
            changes = changes.filter(Column::Seq.lt(seq));
        }
        Ok(changes.order_by_desc(Column::Seq).limit(most).all(self.conn()).await?)
    }
}

/// An entry of the log, without what changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub seq: i64,
    pub at: chrono::DateTime<chrono::Utc>,
    /// `None` when no person did it.
    pub actor: Option<Uuid>,
    pub kind: String,
    pub id: Uuid,
    pub verb: String,
}

impl Tx {
    /// The newest entries whose record `seen` leads to, at most `most`, of the `window` newest about records of these kinds.
    pub async fn latest_changes(
        &self,
        kinds: impl IntoIterator<Item = &'static str>,
        seen: Condition,
        window: u64,
        most: u64,
    ) -> Result<Vec<Entry>> {
        let newest = Entity::find()
            .select_only()
            .columns([Column::Seq, Column::At, Column::ActorId, Column::RecordKind, Column::RecordId, Column::Verb])
            .filter(Column::OrgId.eq(self.actor().org()))
            .filter(Column::RecordKind.is_in(kinds))
            .order_by_desc(Column::Seq)
            .limit(window)
            .into_query();
        let latest = Query::select()
            .expr(Expr::cust("*"))
            .from_subquery(newest, Entity)
            .cond_where(seen)
            .order_by((Entity, Column::Seq), Order::Desc)
            .limit(most)
            .to_owned();
        let entry = |row: QueryResult| {
            Ok(Entry {
                seq: row.try_get("", "seq")?,
                at: row.try_get("", "at")?,
                actor: row.try_get("", "actor_id")?,
                kind: row.try_get("", "record_kind")?,
                id: row.try_get("", "record_id")?,
                verb: row.try_get("", "verb")?,
            })
        };
        self.conn().query_all(&latest).await?.into_iter().map(entry).collect()
    }
}
