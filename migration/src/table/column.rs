//! Columns, and what each type is called on the two engines.

use sea_orm_migration::sea_orm::DbBackend;

/// A column's type. On SQLite the names are those that sea-orm expects: what matters is their affinity.
#[derive(Clone, Copy, Debug)]
pub enum Type {
    /// PostgreSQL's own; 16 bytes on SQLite.
    Uuid,
    Varchar(u16),
    /// Text without a length of its own: the API sets the limit.
    Text,
    Bool,
    Int,
    BigInt,
    /// 13 digits, a point, 2 digits: as many as SQLite's floating point keeps exactly.
    Money,
    /// 12 digits, a point, 3 digits, for the same reason: amounts of currencies with thousandths.
    Amount,
    /// 11 digits, a point, 4 digits, for the same reason: quantities, and prices of one of something.
    Quantity,
    Date,
    /// A moment, in UTC.
    Time,
    Json,
    Blob,
    /// A number the database counts up.
    Counted,
}

impl Type {
    /// Whether many of its kind still fit into a row of an index.
    pub(super) fn is_short(self) -> bool {
        match self {
            Type::Varchar(length) => length <= 64,
            Type::Text | Type::Json | Type::Blob => false,
            _ => true,
        }
    }

    pub(crate) fn sql(self, engine: DbBackend) -> String {
        let sqlite = engine == DbBackend::Sqlite;
        match self {
            Type::Varchar(length) => return format!("varchar({length})"),
            Type::Uuid if sqlite => "uuid_text",
            Type::Uuid => "uuid",
            Type::Text => "text",
            Type::Bool => "boolean",
            Type::Int => "integer",
            Type::BigInt if sqlite => "integer",
            Type::BigInt => "bigint",
            Type::Money if sqlite => "real(15, 2)",
            Type::Money => "decimal(15, 2)",
            Type::Amount if sqlite => "real(15, 3)",
            Type::Amount => "decimal(15, 3)",
            Type::Quantity if sqlite => "real(15, 4)",
            Type::Quantity => "decimal(15, 4)",
            Type::Date if sqlite => "date_text",
            Type::Date => "date",
            Type::Time if sqlite => "timestamp_with_timezone_text",
            Type::Time => "timestamptz",
            Type::Json if sqlite => "json_text",
            Type::Json => "jsonb",
            Type::Blob if sqlite => "blob",
            Type::Blob => "bytea",
            Type::Counted if sqlite => "integer PRIMARY KEY AUTOINCREMENT",
            Type::Counted => "bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
        }
        .to_owned()
    }
}

pub struct Column {
    name: &'static str,
    kind: Type,
    needed: bool,
    /// `DEFAULT …` or `GENERATED …`.
    value: String,
}

impl Column {
    pub fn needed(name: &'static str, kind: Type) -> Self {
        Column { name, kind, needed: true, value: String::new() }
    }

    pub fn optional(name: &'static str, kind: Type) -> Self {
        Column { needed: false, ..Column::needed(name, kind) }
    }

    pub fn preset(name: &'static str, kind: Type, default: &str) -> Self {
        Column { value: format!(" DEFAULT {default}"), ..Column::needed(name, kind) }
    }

    pub fn lowered(name: &'static str, kind: Type, of: &str) -> Self {
        Column { value: format!(" GENERATED ALWAYS AS (lower({of})) STORED"), ..Column::optional(name, kind) }
    }

    pub fn name(&self) -> &'static str {
        self.name
    }

    pub fn sql(&self, engine: DbBackend) -> String {
        let needed = if self.needed { " NOT NULL" } else { "" };
        format!("{} {}{needed}{}", self.name, self.kind.sql(engine), self.value)
    }
}
