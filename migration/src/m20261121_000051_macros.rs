//! What is done with cases again and again.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::table::{Type, drop_tables, in_every_org, org_table};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        org_table("case_macro")
            .column("name", Type::Varchar(100))
            .optional("description", Type::Text)
            .column("visibility", Type::Varchar(32))
            .optional_member("owner_id")
            .optional_reference("team_id", "team")
            .column("actions", Type::Json)
            .check("(visibility = 'personal') = (owner_id IS NOT NULL)")
            .check("(visibility = 'team') = (team_id IS NOT NULL)")
            .listed_by("org_id, name, id")
            .index_where("org_id, owner_id", "owner_id IS NOT NULL")
            .index_where("org_id, team_id", "team_id IS NOT NULL")
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        in_every_org(manager, &["role"], withdraw(manager.get_database_backend())).await?;
        drop_tables(manager, &["case_macro"]).await
    }
}

fn withdraw(engine: DbBackend) -> &'static str {
    if engine == DbBackend::Postgres {
        "UPDATE role SET grants = grants - 'case_macro.share'"
    } else {
        r#"UPDATE role SET grants = json_remove(grants, '$."case_macro.share"')"#
    }
}
