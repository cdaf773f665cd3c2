use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelBehavior, ActiveModelTrait, ColumnTrait, EntityTrait, FromQueryResult, IntoActiveModel, ModelTrait,
    PrimaryKeyTrait,
};
use serde::Serialize;
use uuid::Uuid;

use crate::access::Access;

/// The columns that every row of an organisation shares; only [`Tx`](crate::Tx) fills them.
#[derive(Clone, Copy, Debug)]
pub struct Base<C> {
    pub id: C,
    pub org_id: C,
    pub created_at: C,
    pub created_by: C,
    pub updated_at: C,
    pub updated_by: C,
    pub version: C,
    pub deleted_at: C,
}

/// A row of an organisation: it has the shared columns and an access policy, or it does not compile.
pub trait Record:
    EntityTrait<
        Model: Row
                   + ModelTrait<Entity = Self>
                   + FromQueryResult
                   + IntoActiveModel<Self::ActiveModel>
                   + Serialize
                   + Clone
                   + Send
                   + Sync,
        ActiveModel: ActiveModelTrait<Entity = Self> + ActiveModelBehavior + Send,
        Column: ColumnTrait + Send + Sync,
        PrimaryKey: PrimaryKeyTrait<ValueType = Uuid>,
    > + Access
{
    /// The record kind in the change log and on notes, as the customer calls it: `lead`.
    const KIND: &'static str;
    /// Fields that never enter the change log: secrets, and what is derived from other fields.
    const UNLOGGED: &'static [&'static str] = &[];

    fn base() -> Base<Self::Column>;

    /// Brings what is derived from other fields up to date, before every insert and update.
    fn settle(_row: &mut Self::Model) {}
}

/// The shared columns, read from a row.
pub trait Row {
    fn id(&self) -> Uuid;
    fn version(&self) -> i64;
    fn created_at(&self) -> DateTime<Utc>;
    fn created_by(&self) -> Option<Uuid>;
    fn updated_at(&self) -> DateTime<Utc>;
    fn updated_by(&self) -> Option<Uuid>;
    fn deleted_at(&self) -> Option<DateTime<Utc>>;
}

/// Names the shared columns of the entity in this module, and nothing else.
#[macro_export]
macro_rules! record {
    ($kind:literal) => {
        $crate::record!($kind, unlogged: []);
    };
    ($kind:literal, unlogged: [$($field:literal),*] $(, settle: $settle:path)?) => {
        impl $crate::Record for Entity {
            const KIND: &'static str = $kind;
            const UNLOGGED: &'static [&'static str] = &[$($field),*];

            fn base() -> $crate::Base<Column> {
                $crate::Base {
                    id: Column::Id,
                    org_id: Column::OrgId,
                    created_at: Column::CreatedAt,
                    created_by: Column::CreatedBy,
                    updated_at: Column::UpdatedAt,
                    updated_by: Column::UpdatedBy,
                    version: Column::Version,
                    deleted_at: Column::DeletedAt,
                }
            }

            $(fn settle(row: &mut Model) {
                $settle(row);
            })?
        }

        impl $crate::Row for Model {
            fn id(&self) -> uuid::Uuid {
                self.id
            }
            fn version(&self) -> i64 {
                self.version
            }
            fn created_at(&self) -> chrono::DateTime<chrono::Utc> {
                self.created_at
            }
            fn created_by(&self) -> Option<uuid::Uuid> {
                self.created_by
            }
            fn updated_at(&self) -> chrono::DateTime<chrono::Utc> {
                self.updated_at
            }
            fn updated_by(&self) -> Option<uuid::Uuid> {
                self.updated_by
            }
            fn deleted_at(&self) -> Option<chrono::DateTime<chrono::Utc>> {
                self.deleted_at
            }
        }
    };
}
