//! What hangs on any record, by `record_kind` and `record_id`: tags, assignments, comments, attachments.

use sea_orm_migration::prelude::*;

use crate::table::{LIVE, Type, drop_tables, link_table, org_table};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        org_table("tag")
            .column("name", Type::Varchar(50))
            .column("slug", Type::Varchar(60))
            .preset("colour", Type::Varchar(20), "'blue'")
            .optional("description", Type::Text)
            .preset("is_active", Type::Bool, "true")
            .unique_where("org_id, slug", LIVE)
            .create(manager)
            .await?;

        link_table("record_tag")
            .column("record_kind", Type::Varchar(32))
            .column("record_id", Type::Uuid)
            .reference("tag_id", "tag")
            .key("org_id, record_kind, record_id, tag_id")
            .index("org_id, tag_id, record_kind, record_id")
            .create(manager)
            .await?;

        // To a member or to a team. `principal_id` is whichever it is, so that one index answers "what is mine or my teams'".
        link_table("assignment")
            .column("record_kind", Type::Varchar(32))
            .column("record_id", Type::Uuid)
            .column("principal_id", Type::Uuid)
            .optional_member("member_user_id")
            .optional_reference("team_id", "team")
            .check("(member_user_id IS NULL) <> (team_id IS NULL)")
            .check("principal_id = COALESCE(member_user_id, team_id)")
            .key("org_id, record_kind, record_id, principal_id")
            .index("org_id, principal_id, record_kind, record_id")
            .create(manager)
            .await?;

        org_table("comment")
            .column("record_kind", Type::Varchar(32))
            .column("record_id", Type::Uuid)
            .column("body", Type::Text)
            .preset("is_internal", Type::Bool, "false")
            .index("org_id, record_kind, record_id, created_at, id")
            .create(manager)
            .await?;

        link_table("comment_mention")
            .reference("comment_id", "comment")
            .member("member_user_id")
            .key("org_id, comment_id, member_user_id")
            .index("org_id, member_user_id")
            .create(manager)
            .await?;

        org_table("attachment")
            .column("record_kind", Type::Varchar(32))
            .column("record_id", Type::Uuid)
            .optional_reference("comment_id", "comment")
            .column("file_name", Type::Varchar(255))
            .column("media_type", Type::Varchar(255))
            .column("size", Type::BigInt)
            .column("sha256", Type::Varchar(64))
            .column("storage_key", Type::Varchar(255))
            .together("storage_key")
            .index("org_id, record_kind, record_id, created_at, id")
            .index_where("org_id, comment_id", "comment_id IS NOT NULL")
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["attachment", "comment_mention", "comment", "assignment", "record_tag", "tag"]).await
    }
}
