//! What a migration says of its own table: columns, keys and indexes.

use super::column::{Column, Type};
use super::index::Index;
use super::{LIVE, Table, fence};

impl Table {
    pub(super) fn base_columns(mut self) -> Self {
        if !self.searched {
            self = self.key("id");
        }
        self.column("id", Type::Uuid)
            .column("created_at", Type::Time)
            .optional("created_by", Type::Uuid)
            .column("updated_at", Type::Time)
            .optional("updated_by", Type::Uuid)
            .preset("version", Type::BigInt, "1")
            .optional("deleted_at", Type::Time)
            .together("org_id, id")
    }

    pub fn column(mut self, name: &'static str, kind: Type) -> Self {
        self.columns.push(Column::needed(name, kind));
        self
    }

    pub fn optional(mut self, name: &'static str, kind: Type) -> Self {
        self.columns.push(Column::optional(name, kind));
        self
    }

    /// A column with a value for rows that do not name it; `default` is SQL.
    pub fn preset(mut self, name: &'static str, kind: Type, default: &'static str) -> Self {
        self.columns.push(Column::preset(name, kind, default));
        self
    }

    /// The lower-cased twin of a text column, kept by the database. PostgreSQL uses an index under row security only
    /// for leakproof operators, and `lower()` is not one: the plain column can be looked up, `lower(email)` cannot.
    pub fn lowered(mut self, name: &'static str, kind: Type, of: &'static str) -> Self {
        self.columns.push(Column::lowered(name, kind, of));
        self
    }

    /// `phone_typed` as the person wrote it and `phone_e164` as ITU-T E.164 says, for each `phone`.
    pub fn phone(self, typed: &'static str, e164: &'static str) -> Self {
        self.optional(typed, Type::Varchar(64)).optional(e164, Type::Varchar(20))
    }

    pub fn address(self) -> Self {
        self.optional("address_line", Type::Varchar(255))
            .optional("city", Type::Varchar(255))
            .optional("state", Type::Varchar(255))
            .optional("postcode", Type::Varchar(64))
            .optional("country", Type::Varchar(2))
    }

    /// The primary key, as a list of columns.
    pub fn key(mut self, columns: &str) -> Self {
        self.constraints.push(format!("PRIMARY KEY ({columns})"));
        self
    }

    /// Columns that no two rows have in common, ever, and that others may refer to.
    pub fn together(mut self, columns: &str) -> Self {
        self.constraints.push(format!("UNIQUE ({columns})"));
        self
    }

    pub fn check(mut self, condition: &str) -> Self {
        self.constraints.push(format!("CHECK ({condition})"));
        self
    }

    /// A row of another table of the same organisation. The key has both columns: a plain one would let the id of
    /// another organisation in, row security or not.
    pub fn reference(self, column: &'static str, table: &str) -> Self {
        self.column(column, Type::Uuid).pointing(column, table, "id")
    }

    pub fn optional_reference(self, column: &'static str, table: &str) -> Self {
        self.optional(column, Type::Uuid).pointing(column, table, "id")
    }

    /// A member of the organisation, by the id of the person.
    pub fn member(self, column: &'static str) -> Self {
        self.column(column, Type::Uuid).pointing(column, "member", "user_id")
    }

    pub fn optional_member(self, column: &'static str) -> Self {
        self.optional(column, Type::Uuid).pointing(column, "member", "user_id")
    }

    /// An [`optional_reference`](Table::optional_reference) to a table that is made later and refers back.
    /// SQLite takes its key now, PostgreSQL with [`add_later_reference`].
    pub fn later_reference(mut self, column: &'static str, table: &str) -> Self {
        self.later.push(fence::reference(self.name, column, table, "id"));
        self.optional(column, Type::Uuid)
    }

    /// A person or an organisation.
    pub fn platform_reference(mut self, column: &str, table: &str) -> Self {
        self.constraints.push(format!("FOREIGN KEY ({column}) REFERENCES {table} (id)"));
        self
    }

    /// What goes when the person goes.
    pub fn owned_by(mut self, column: &str, table: &str) -> Self {
        self.constraints.push(format!("FOREIGN KEY ({column}) REFERENCES {table} (id) ON DELETE CASCADE"));
        self
    }

    fn pointing(mut self, column: &str, table: &str, key: &str) -> Self {
        self.constraints.push(fence::reference(self.name, column, table, key));
        self
    }

    pub fn index(mut self, columns: &'static str) -> Self {
        self.indexes.push(Index::on(columns));
        self
    }

    pub fn index_where(mut self, columns: &'static str, condition: &'static str) -> Self {
        self.indexes.push(Index::on(columns).only(condition));
        self
    }

    pub fn unique_where(mut self, columns: &'static str, condition: &'static str) -> Self {
        self.indexes.push(Index::on(columns).only(condition).unique());
        self
    }

    /// The orders in which a list of records is asked for, and its trash.
    pub fn listed_by(self, name: &'static str) -> Self {
        self.index_where("org_id, created_at DESC, id DESC", LIVE)
            .index_where("org_id, updated_at DESC, id DESC", LIVE)
            .index_where(name, LIVE)
            .index_where("org_id, created_by, created_at DESC, id DESC", LIVE)
            .index_where("org_id, deleted_at DESC, id DESC", "deleted_at IS NOT NULL")
    }
}
