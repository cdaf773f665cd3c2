use super::{Fresh, NOON, column};
use crate::{down, status, up};

#[tokio::test]
async fn opportunities_that_were_there_before_stand_in_the_forecast() {
    for fresh in Fresh::all_ready().await {
        let all = status(&fresh.db).await.expect("the list");
        let before = all.iter().position(|step| step.name.ends_with("line_items")).expect("the step");
        let steps = u32::try_from(all.len() - before).expect("few");
        down(&fresh.db, steps).await.expect("taken back");
        fresh.with_two_orgs().await;
        let rows = [
            (10, "closed_won", 100, "TRUE"),
            (11, "closed_lost", 0, "TRUE"),
            (12, "proposal", 49, "TRUE"),
            (13, "proposal", 50, "TRUE"),
            (14, "proposal", 75, "TRUE"),
            (15, "proposal", 75, "FALSE"),
            (16, "proposal", 0, "TRUE"),
        ];
        let me = fresh.id(90);
        for (id, stage, probability, is_active) in rows {
            let sql = format!(
                "INSERT INTO opportunity (id, org_id, created_at, created_by, updated_at, name, stage, probability, is_active) \
                 VALUES ({}, {}, '{NOON}', {me}, '{NOON}', 'Fleet', '{stage}', {probability}, {is_active})",
                fresh.id(id),
                fresh.id(1)
            );
            fresh.within(1, &sql).await.expect("an opportunity");
        }
        up(&fresh.db, None).await.expect("applied again");
        let told = fresh.seen(1, "SELECT forecast_category FROM opportunity ORDER BY id").await;
        assert_eq!(told, ["won", "lost", "pipeline", "best_case", "commit", "omitted", "omitted"]);
        let twin = fresh.seen(1, "SELECT forecast_category FROM opportunity_reach ORDER BY id").await;
        assert_eq!(twin, told, "as the twin has it");
        fresh.gone().await;
    }
}

impl Fresh {
    /// The first column, as the server sees it for this organisation.
    pub async fn seen(&self, org: u32, sql: &str) -> Vec<String> {
        use sea_orm::{ConnectionTrait, TransactionTrait};

        let tx = self.db.begin().await.expect("begin");
        if self.is_postgres() {
            let setting = format!("SELECT set_config('app.org', '00000000-0000-7000-8000-{org:012}', true)");
            tx.execute_unprepared(&setting).await.expect("set");
        }
        column(&tx, sql).await
    }
}
