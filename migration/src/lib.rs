//! The database schema, as a list of steps, and the one way to take them.

pub mod table;

mod grants;
mod lock;
mod m20261121_000001_identity;
mod m20261121_000002_organisations;
mod m20261121_000003_change_log;
mod m20261121_000004_jobs;
mod m20261121_000005_teams;
mod m20261121_000006_notes;
mod m20261121_000007_search;
mod m20261121_000008_accounts;
mod m20261121_000009_contacts;
mod m20261121_000010_opportunities;
mod m20261121_000011_marketing;
mod m20261121_000012_leads;
mod m20261121_000013_reach;
mod m20261121_000014_tasks;
mod m20261121_000015_pipelines;
mod m20261121_000016_events;
mod m20261121_000017_calendars;
mod m20261121_000018_cases;
mod m20261121_000019_notifications;
mod m20261121_000020_products;
mod m20261121_000021_line_items;
mod m20261121_000022_rates_and_goals;
mod m20261121_000023_boards;
mod m20261121_000024_solutions;
mod m20261121_000027_inbound;
mod m20261121_000029_notification_preferences;
mod m20261121_000030_case_stages;
mod m20261121_000032_time_entries;
mod m20261121_000035_case_solutions;
mod m20261121_000036_about_cases;
mod m20261121_000039_stream;
mod m20261121_000040_dashboard;
mod m20261121_000048_forgotten_notifications;
mod m20261121_000049_event_answers;
mod m20261121_000050_reports;
mod m20261121_000051_macros;
mod m20261121_000052_routing_rules;
mod m20261121_000053_solution_cases;
mod m20261121_000054_satisfaction;
mod m20261121_000055_boards_by_reach;
mod m20261121_000056_invoices;
#[cfg(test)]
mod tests;

use sea_orm_migration::MigrationStatus;
use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{DatabaseConnection, DbBackend};

pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    /// Oldest first. A migration that has been released is never edited: the next one corrects it.
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261121_000001_identity::Migration),
            Box::new(m20261121_000002_organisations::Migration),
            Box::new(m20261121_000003_change_log::Migration),
            Box::new(m20261121_000004_jobs::Migration),
            Box::new(m20261121_000005_teams::Migration),
            Box::new(m20261121_000006_notes::Migration),
            Box::new(m20261121_000007_search::Migration),
            Box::new(m20261121_000008_accounts::Migration),
            Box::new(m20261121_000009_contacts::Migration),
            Box::new(m20261121_000010_opportunities::Migration),
            Box::new(m20261121_000011_marketing::Migration),
            Box::new(m20261121_000012_leads::Migration),
            Box::new(m20261121_000013_reach::Migration),
            Box::new(m20261121_000014_tasks::Migration),
            Box::new(m20261121_000015_pipelines::Migration),
            Box::new(m20261121_000016_events::Migration),
            Box::new(m20261121_000017_calendars::Migration),
            Box::new(m20261121_000018_cases::Migration),
            Box::new(m20261121_000019_notifications::Migration),
            Box::new(m20261121_000020_products::Migration),
            Box::new(m20261121_000021_line_items::Migration),
            Box::new(m20261121_000022_rates_and_goals::Migration),
            Box::new(m20261121_000023_boards::Migration),
            Box::new(m20261121_000024_solutions::Migration),
            Box::new(m20261121_000027_inbound::Migration),
            Box::new(m20261121_000029_notification_preferences::Migration),
            Box::new(m20261121_000030_case_stages::Migration),
            Box::new(m20261121_000032_time_entries::Migration),
            Box::new(m20261121_000035_case_solutions::Migration),
            Box::new(m20261121_000036_about_cases::Migration),
            Box::new(m20261121_000039_stream::Migration),
            Box::new(m20261121_000040_dashboard::Migration),
            Box::new(m20261121_000048_forgotten_notifications::Migration),
            Box::new(m20261121_000049_event_answers::Migration),
            Box::new(m20261121_000050_reports::Migration),
            Box::new(m20261121_000051_macros::Migration),
            Box::new(m20261121_000052_routing_rules::Migration),
            Box::new(m20261121_000053_solution_cases::Migration),
            Box::new(m20261121_000054_satisfaction::Migration),
            Box::new(m20261121_000055_boards_by_reach::Migration),
            Box::new(m20261121_000056_invoices::Migration),
        ]
    }
}

/// One migration and whether this database has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    pub name: String,
    pub applied: bool,
}

/// Applies what is pending, alone: of two processes that start at once the second waits and finds nothing to do.
///
/// `owner` is the connection of the role that owns the tables; `app_role` is the PostgreSQL role that the server
/// connects with (`None`: the same one). On SQLite all of it is one transaction, on PostgreSQL each migration is one.
///
/// # Errors
///
/// A statement that fails (its migration leaves nothing behind), an unknown `app_role`, or a database that has
/// migrations this program does not know: it was made by a newer version.
pub async fn up(owner: &DatabaseConnection, app_role: Option<&str>) -> Result<(), DbErr> {
    if owner.get_database_backend() == DbBackend::Sqlite {
        if pending(owner).await?.is_empty() {
            return Ok(());
        }
        let alone = lock::sqlite(owner).await?;
        Migrator::up(&alone, None).await?;
        return alone.commit().await;
    }
    let alone = lock::postgres(owner).await?;
    let outcome = match Migrator::up(&alone, None).await {
        Ok(()) => grants::give(&alone, app_role).await,
        Err(error) => Err(error),
    };
    alone.close().await.and(outcome)
}

/// Takes back the last `steps` migrations **with the data in their tables**, alone as in [`up`].
///
/// # Errors
///
/// A statement that fails; nothing of its migration is taken back then.
pub async fn down(owner: &DatabaseConnection, steps: u32) -> Result<(), DbErr> {
    if owner.get_database_backend() == DbBackend::Sqlite {
        let alone = lock::sqlite(owner).await?;
        Migrator::down(&alone, Some(steps)).await?;
        return alone.commit().await;
    }
    let alone = lock::postgres(owner).await?;
    let outcome = Migrator::down(&alone, Some(steps)).await;
    alone.close().await.and(outcome)
}

/// Every migration, oldest first. Reads only, so the server's own role may ask.
///
/// # Errors
///
/// The database does not answer, or it was made by a newer version of this program.
pub async fn status(db: &DatabaseConnection) -> Result<Vec<Step>, DbErr> {
    let steps = Migrator::get_migration_with_status_read_only(db).await?;
    Ok(steps
        .iter()
        .map(|step| Step { name: step.name().to_owned(), applied: step.status() == MigrationStatus::Applied })
        .collect())
}

/// The names of the migrations that [`up`] would apply, oldest first.
///
/// # Errors
///
/// As [`status`].
pub async fn pending(db: &DatabaseConnection) -> Result<Vec<String>, DbErr> {
    let steps = status(db).await?;
    Ok(steps.into_iter().filter(|step| !step.applied).map(|step| step.name).collect())
}
