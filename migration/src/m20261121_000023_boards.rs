//! Boards: columns of cards, for the members of each.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::table::{LIVE, Type, drop_tables, in_every_org, link_table, org_table, searched_table};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        org_table("board")
            .column("name", Type::Varchar(255))
            .optional("description", Type::Text)
            .preset("is_archived", Type::Bool, "false")
            .listed_by("org_id, name, id")
            .create(manager)
            .await?;

        link_table("board_member")
            .reference("board_id", "board")
            .member("member_user_id")
            .column("role", Type::Varchar(32))
            .key("org_id, board_id, member_user_id")
            .index("org_id, member_user_id, board_id")
            .create(manager)
            .await?;

        org_table("board_column")
            .reference("board_id", "board")
            .column("name", Type::Varchar(100))
            .column("colour", Type::Varchar(16))
            .optional("wip_limit", Type::Int)
            .check("wip_limit > 0")
            .column("rank", Type::Text)
            .unique_where("org_id, board_id, lower(name)", LIVE)
            .index_where("org_id, board_id, rank DESC, id DESC", LIVE)
            .index_where("org_id, created_at DESC, id DESC", LIVE)
            .create(manager)
            .await?;

        searched_table("card")
            .reference("board_id", "board")
            .reference("column_id", "board_column")
            .column("rank", Type::Text)
            .column("title", Type::Varchar(255))
            .optional("description", Type::Text)
            .column("priority", Type::Varchar(32))
            .optional("due_on", Type::Date)
            .column("due", Type::Date)
            .optional_reference("account_id", "account")
            .optional_reference("contact_id", "contact")
            .optional_reference("opportunity_id", "opportunity")
            .column("checklist", Type::Json)
            .listed_by("org_id, title, id")
            .index_where("org_id, rank DESC, id DESC", LIVE)
            .index_where("org_id, due, id", LIVE)
            .index_where("org_id, board_id, created_at DESC, id DESC", LIVE)
            .index_where("org_id, column_id, rank DESC, id DESC", LIVE)
            .index_where("org_id, priority, created_at DESC, id DESC", LIVE)
            .index_where("org_id, account_id", "account_id IS NOT NULL")
            .index_where("org_id, contact_id", "contact_id IS NOT NULL")
            .index_where("org_id, opportunity_id", "opportunity_id IS NOT NULL")
            .create(manager)
            .await?;

        in_every_org(manager, &["role"], grant(manager.get_database_backend())).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        in_every_org(manager, &["role"], withdraw(manager.get_database_backend())).await?;
        drop_tables(manager, &["card", "board_column", "board_member", "board"]).await
    }
}

/// The built-in USER of an organisation that was there before boards makes boards and works on those that they are in.
fn grant(engine: DbBackend) -> &'static str {
    if engine == DbBackend::Postgres {
        r#"UPDATE role SET grants = grants || '{"board.view": "own", "board.create": "own", "board.change": "own", "board.delete": "own", "card.view": "own", "card.create": "own", "card.change": "own", "card.delete": "own"}' WHERE key = 'user'"#
    } else {
        r#"UPDATE role SET grants = json_set(grants, '$."board.view"', 'own', '$."board.create"', 'own', '$."board.change"', 'own', '$."board.delete"', 'own', '$."card.view"', 'own', '$."card.create"', 'own', '$."card.change"', 'own', '$."card.delete"', 'own') WHERE key = 'user'"#
    }
}

fn withdraw(engine: DbBackend) -> &'static str {
    if engine == DbBackend::Postgres {
        "UPDATE role SET grants = grants - ARRAY['board.view', 'board.create', 'board.change', 'board.delete', 'card.view', 'card.create', 'card.change', 'card.delete']"
    } else {
        r#"UPDATE role SET grants = json_remove(grants, '$."board.view"', '$."board.create"', '$."board.change"', '$."board.delete"', '$."card.view"', '$."card.create"', '$."card.change"', '$."card.delete"')"#
    }
}
