//! The log as it grows: in which order its entries may be read by who watches, and who is told that there are some.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};

use crate::table::{Type, drop_tables, machinery_table};

#[derive(DeriveMigrationName)]
pub struct Migration;

/// The id of the transaction that wrote an entry; 0 for those that are there already. On SQLite, which has one writer, the
/// sequence is the order in which entries become visible, and all stay 0.
const COLUMN: &str = "
ALTER TABLE change ADD COLUMN txid bigint NOT NULL DEFAULT 0;
CREATE INDEX change_txid_seq_idx ON change (org_id, txid, seq);
";

const ON_POSTGRES: &str = "
ALTER TABLE change ALTER COLUMN txid SET DEFAULT pg_current_xact_id()::text::bigint;

CREATE FUNCTION change_announced() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('changes', org_id::text) FROM (SELECT DISTINCT org_id FROM added) AS grown;
  RETURN NULL;
END $$;

CREATE TRIGGER change_announced AFTER INSERT ON change REFERENCING NEW TABLE AS added
FOR EACH STATEMENT EXECUTE FUNCTION change_announced();
";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        machinery_table("stream_ticket")
            .column("hash", Type::Varchar(64))
            .key("hash")
            .column("user_id", Type::Uuid)
            .owned_by("user_id", "users")
            .column("session_id", Type::Uuid)
            .column("expires_at", Type::Time)
            .index("user_id")
            .index("expires_at")
            .create(manager)
            .await?;
        let db = manager.get_connection();
        db.execute_unprepared(COLUMN).await?;
        if manager.get_database_backend() == DbBackend::Postgres {
            db.execute_unprepared(ON_POSTGRES).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        if manager.get_database_backend() == DbBackend::Postgres {
            db.execute_unprepared("DROP TRIGGER change_announced ON change; DROP FUNCTION change_announced;").await?;
        }
        db.execute_unprepared("DROP INDEX change_txid_seq_idx; ALTER TABLE change DROP COLUMN txid;").await?;
        drop_tables(manager, &["stream_ticket"]).await
    }
}
