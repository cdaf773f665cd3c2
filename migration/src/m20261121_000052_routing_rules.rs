//! Who gets new cases.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::table::{LIVE, Type, drop_tables, in_every_org, link_table, org_table};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // Its tags are in `record_tag`.
        org_table("routing_rule")
            .column("name", Type::Varchar(100))
            .column("rank", Type::Text)
            .column("conditions", Type::Json)
            .column("strategy", Type::Varchar(16))
            .optional_reference("team_id", "team")
            .preset("is_active", Type::Bool, "true")
            .index_where("org_id, rank DESC, id DESC", LIVE)
            .index_where("org_id, team_id", "team_id IS NOT NULL")
            .create(manager)
            .await?;

        link_table("routing_rule_account")
            .reference("rule_id", "routing_rule")
            .reference("account_id", "account")
            .key("org_id, rule_id, account_id")
            .index("org_id, account_id")
            .create(manager)
            .await?;

        link_table("routing_rule_member")
            .reference("rule_id", "routing_rule")
            .member("member_user_id")
            .column("place", Type::Int)
            .key("org_id, rule_id, member_user_id")
            .index("org_id, member_user_id")
            .create(manager)
            .await?;

        // The last turn of each member whom a rule gave a case: whoever's is the least has waited longest.
        link_table("routing_turn")
            .reference("rule_id", "routing_rule")
            .member("member_user_id")
            .column("turn", Type::BigInt)
            .key("org_id, rule_id, member_user_id")
            .index("org_id, member_user_id")
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        in_every_org(manager, &["role"], withdraw(manager.get_database_backend())).await?;
        in_every_org(manager, &["record_tag"], "DELETE FROM record_tag WHERE record_kind = 'routing_rule'").await?;
        drop_tables(manager, &["routing_turn", "routing_rule_member", "routing_rule_account", "routing_rule"]).await
    }
}

fn withdraw(engine: DbBackend) -> &'static str {
    if engine == DbBackend::Postgres {
        "UPDATE role SET grants = grants - ARRAY['routing_rule.create', 'routing_rule.change', 'routing_rule.delete']"
    } else {
        r#"UPDATE role SET grants = json_remove(grants, '$."routing_rule.create"', '$."routing_rule.change"', '$."routing_rule.delete"')"#
    }
}
