//! Teams and who is in them.

use sea_orm_migration::prelude::*;

use crate::table::{LIVE, Type, drop_tables, link_table, org_table};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        org_table("team")
            .column("name", Type::Varchar(100))
            .optional("description", Type::Text)
            .unique_where("org_id, lower(name)", LIVE)
            .create(manager)
            .await?;

        link_table("team_member")
            .reference("team_id", "team")
            .member("member_user_id")
            .key("org_id, team_id, member_user_id")
            .index("org_id, member_user_id")
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["team_member", "team"]).await
    }
}
