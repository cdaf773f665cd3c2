//! The cases that a solution helped, by an index that has all of it. For a while the table was made with it: some have it.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::ConnectionTrait;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let sql = "CREATE INDEX IF NOT EXISTS case_solution_solution_id_case_id_idx \
                   ON case_solution (org_id, solution_id, case_id);\n\
                   DROP INDEX IF EXISTS case_solution_solution_id_idx;";
        manager.get_connection().execute_unprepared(sql).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let sql = "CREATE INDEX case_solution_solution_id_idx ON case_solution (org_id, solution_id);\n\
                   DROP INDEX case_solution_solution_id_case_id_idx;";
        manager.get_connection().execute_unprepared(sql).await?;
        Ok(())
    }
}
