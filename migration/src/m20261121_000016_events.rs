//! Events: meetings and calls, once or again.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::table::{LIVE, Reached, Type, drop_tables, in_every_org, link_table, org_table, searched_table};

const REACHED: Reached = Reached {
    table: "event",
    columns: &[
        ("kind", Type::Varchar(32)),
        ("status", Type::Varchar(32)),
        ("starts_at", Type::Time),
        ("account_id", Type::Uuid),
        ("opportunity_id", Type::Uuid),
        ("lead_id", Type::Uuid),
        ("contact_id", Type::Uuid),
        ("series_id", Type::Uuid),
    ],
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        searched_table("event")
            .column("title", Type::Varchar(255))
            .column("kind", Type::Varchar(32))
            .column("status", Type::Varchar(32))
            .optional("description", Type::Text)
            .optional("place", Type::Varchar(255))
            .optional("link", Type::Text)
            .column("starts_local", Type::Varchar(19))
            .column("ends_local", Type::Varchar(19))
            .column("time_zone", Type::Varchar(64))
            .column("starts_at", Type::Time)
            .column("ends_at", Type::Time)
            .column("until", Type::Time)
            .optional("recurrence", Type::Varchar(500))
            .column("excluded", Type::Json)
            .optional_reference("series_id", "event")
            .optional("occurrence_on", Type::Date)
            .check("(series_id IS NULL) = (occurrence_on IS NULL)")
            .check("series_id IS NULL OR recurrence IS NULL")
            .optional_reference("account_id", "account")
            .optional_reference("opportunity_id", "opportunity")
            .optional_reference("lead_id", "lead")
            .optional_reference("contact_id", "contact")
            .column("guests", Type::Json)
            .column("answers", Type::Json)
            .column("reminders", Type::Json)
            .column("is_busy", Type::Bool)
            .column("invites", Type::Bool)
            .column("sequence", Type::Int)
            .optional("uid", Type::Varchar(255))
            .listed_by("org_id, title, id")
            .index_where("org_id, starts_at, id", LIVE)
            .index_where("org_id, until, id", "recurrence IS NOT NULL AND deleted_at IS NULL")
            .index_where("org_id, kind, created_at DESC, id DESC", LIVE)
            .index_where("org_id, status, created_at DESC, id DESC", LIVE)
            .unique_where("org_id, series_id, occurrence_on", "series_id IS NOT NULL AND deleted_at IS NULL")
            .index_where("org_id, account_id", "account_id IS NOT NULL")
            .index_where("org_id, opportunity_id", "opportunity_id IS NOT NULL")
            .index_where("org_id, lead_id", "lead_id IS NOT NULL")
            .index_where("org_id, contact_id", "contact_id IS NOT NULL")
            .index_where("org_id, series_id", "series_id IS NOT NULL")
            .index_where("org_id, uid", "uid IS NOT NULL")
            .create(manager)
            .await?;

        link_table("event_contact")
            .reference("event_id", "event")
            .reference("contact_id", "contact")
            .key("org_id, event_id, contact_id")
            .index("org_id, contact_id")
            .create(manager)
            .await?;

        link_table("event_lead")
            .reference("event_id", "event")
            .reference("lead_id", "lead")
            .key("org_id, event_id, lead_id")
            .index("org_id, lead_id")
            .create(manager)
            .await?;

        // Who was told what of an event, by the key of whoever was told: a user's, contact's or lead's id, or a guest's address.
        link_table("event_invited")
            .reference("event_id", "event")
            .column("attendee", Type::Varchar(255))
            .column("name", Type::Varchar(255))
            .column("address", Type::Varchar(254))
            .column("sequence", Type::Int)
            .key("org_id, event_id, attendee")
            .create(manager)
            .await?;

        // The token is in an address and nowhere else; by its hash one finds out whose calendar it is.
        org_table("event_feed")
            .member("user_id")
            .column("token_hash", Type::Varchar(64))
            .together("token_hash")
            .unique_where("org_id, user_id", LIVE)
            .create(manager)
            .await?;

        REACHED.create(manager).await?;
        in_every_org(manager, &["role"], grant(manager.get_database_backend())).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        in_every_org(manager, &["role"], withdraw(manager.get_database_backend())).await?;
        REACHED.drop(manager).await?;
        drop_tables(manager, &["event_feed", "event_invited", "event_lead", "event_contact", "event"]).await
    }
}

/// The built-in USER of an organisation that was there before events has with them what it has with every record.
fn grant(engine: DbBackend) -> &'static str {
    if engine == DbBackend::Postgres {
        r#"UPDATE role SET grants = grants || '{"event.view": "team", "event.create": "own", "event.change": "team", "event.delete": "own"}' WHERE key = 'user'"#
    } else {
        r#"UPDATE role SET grants = json_set(grants, '$."event.view"', 'team', '$."event.create"', 'own', '$."event.change"', 'team', '$."event.delete"', 'own') WHERE key = 'user'"#
    }
}

fn withdraw(engine: DbBackend) -> &'static str {
    if engine == DbBackend::Postgres {
        "UPDATE role SET grants = grants - ARRAY['event.view', 'event.create', 'event.change', 'event.delete']"
    } else {
        r#"UPDATE role SET grants = json_remove(grants, '$."event.view"', '$."event.create"', '$."event.change"', '$."event.delete"')"#
    }
}
