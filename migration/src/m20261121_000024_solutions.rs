//! Solutions, and the help centres where everybody reads those that are published.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::table::{LIVE, Type, drop_tables, in_every_org, org_table, searched_table};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        searched_table("solution")
            .column("title", Type::Varchar(255))
            .column("slug", Type::Varchar(100))
            .column("content", Type::Text)
            .column("status", Type::Varchar(32))
            .optional("approved_at", Type::Time)
            .optional_member("approved_by")
            .preset("is_published", Type::Bool, "false")
            .optional("published_at", Type::Time)
            .check("NOT is_published OR status = 'approved'")
            .listed_by("org_id, title, id")
            .unique_where("org_id, slug", LIVE)
            .index_where("org_id, status, created_at DESC, id DESC", LIVE)
            .index_where("org_id, is_published, created_at DESC, id DESC", LIVE)
            .index_where("org_id, approved_by", "approved_by IS NOT NULL")
            .create(manager)
            .await?;

        // `key` is public and says by itself whose help centre it is.
        org_table("help_centre")
            .column("title", Type::Varchar(255))
            .column("key", Type::Varchar(64))
            .together("key")
            .together("org_id")
            .preset("is_enabled", Type::Bool, "false")
            .create(manager)
            .await?;

        in_every_org(manager, &["role"], grant(manager.get_database_backend())).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        in_every_org(manager, &["role"], withdraw(manager.get_database_backend())).await?;
        drop_tables(manager, &["help_centre", "solution"]).await
    }
}

/// The built-in USER of an organisation that was there before solutions writes some, and sees to their own.
fn grant(engine: DbBackend) -> &'static str {
    if engine == DbBackend::Postgres {
        r#"UPDATE role SET grants = grants || '{"solution.view": "org", "solution.create": "own", "solution.change": "own", "solution.delete": "own"}' WHERE key = 'user'"#
    } else {
        r#"UPDATE role SET grants = json_set(grants, '$."solution.view"', 'org', '$."solution.create"', 'own', '$."solution.change"', 'own', '$."solution.delete"', 'own') WHERE key = 'user'"#
    }
}

fn withdraw(engine: DbBackend) -> &'static str {
    if engine == DbBackend::Postgres {
        "UPDATE role SET grants = grants - ARRAY['solution.view', 'solution.create', 'solution.change', 'solution.delete', 'solution.review', 'solution.approve', 'help_centre.view', 'help_centre.create', 'help_centre.change']"
    } else {
        r#"UPDATE role SET grants = json_remove(grants, '$."solution.view"', '$."solution.create"', '$."solution.change"', '$."solution.delete"', '$."solution.review"', '$."solution.approve"', '$."help_centre.view"', '$."help_centre.create"', '$."help_centre.change"')"#
    }
}
