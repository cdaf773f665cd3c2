//! Answers to single times of a series, and those that come by mail.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::ConnectionTrait;

use crate::table::{Table, Type, add_reference, drop_reference, grown_table};

#[derive(DeriveMigrationName)]
pub struct Migration;

fn grown() -> [Table; 2] {
    let event = grown_table("event").preset("occurrence_answers", Type::Json, "'{}'");
    [event, grown_table("mailbox").preset("takes_answers", Type::Bool, "false")]
}

const INDEX: &str = "CREATE INDEX inbound_mail_event_id_created_at_id_idx \
                     ON inbound_mail (org_id, event_id, created_at DESC, id DESC) WHERE event_id IS NOT NULL";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in grown() {
            table.grow(manager).await?;
        }
        add_reference(manager, "inbound_mail", "event_id", "event").await?;
        manager.get_connection().execute_unprepared(INDEX).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.get_connection().execute_unprepared("DROP INDEX inbound_mail_event_id_created_at_id_idx").await?;
        drop_reference(manager, "inbound_mail", "event_id", "event").await?;
        for table in grown() {
            table.shrink(manager).await?;
        }
        Ok(())
    }
}
