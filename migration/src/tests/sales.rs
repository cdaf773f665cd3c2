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

#[tokio::test]
async fn an_organisation_that_was_there_before_has_a_series_of_invoices() {
    for fresh in Fresh::all_ready().await {
        let all = status(&fresh.db).await.expect("the list");
        let before = all.iter().position(|step| step.name.ends_with("_invoices")).expect("the step");
        let steps = u32::try_from(all.len() - before).expect("few");
        down(&fresh.db, steps).await.expect("taken back");
        fresh.with_two_orgs().await;
        up(&fresh.db, None).await.expect("applied again");
        for org in [1, 2] {
            let sql = "SELECT name || ' ' || pattern || CASE WHEN is_default THEN ' by default' ELSE '' END FROM invoice_series WHERE org_id = ";
            let told = fresh.seen(org, &format!("{sql}{}", fresh.id(org))).await;
            assert_eq!(told, ["Invoices INV-{year}-{seq:5} by default"]);
        }
        fresh.gone().await;
    }
}
