use super::{Fresh, NOON};
use crate::{down, status, up};

#[tokio::test]
async fn cases_that_were_there_before_stand_in_the_stage_of_their_status() {
    for fresh in Fresh::all_ready().await {
        let all = status(&fresh.db).await.expect("the list");
        let before = all.iter().position(|step| step.name.ends_with("case_stages")).expect("the step");
        let steps = u32::try_from(all.len() - before).expect("few");
        down(&fresh.db, steps).await.expect("taken back");
        fresh.with_two_orgs().await;
        let me = fresh.id(90);
        let statuses = ["new", "assigned", "pending", "closed", "rejected", "duplicate", "new"];
        for (number, status) in (10..).zip(statuses) {
            let sql = format!(
                "INSERT INTO \"case\" (id, org_id, created_at, created_by, updated_at, number, name, status, priority) \
                 VALUES ({}, {}, '{NOON}', {me}, '{NOON}', {number}, 'Lift', '{status}', 'normal')",
                fresh.id(number),
                fresh.id(1)
            );
            fresh.within(1, &sql).await.expect("a case");
        }
        up(&fresh.db, None).await.expect("applied again");
        for org in [1, 2] {
            let of_org =
                format!("SELECT kind FROM pipeline WHERE is_built_in AND org_id = {} ORDER BY kind", fresh.id(org));
            assert!(fresh.seen(org, &of_org).await.contains(&"case".to_owned()), "each has one");
        }
        let stands = "SELECT stage.status || ' ' || CASE WHEN it.stage_entered_at = it.created_at THEN 'since then' ELSE '' END \
                      FROM \"case\" it JOIN stage ON stage.id = it.stage_id AND stage.org_id = it.org_id ORDER BY it.rank";
        let told = fresh.seen(1, stands).await;
        assert_eq!(told, statuses.map(|status| format!("{status} since then")), "those that came later above");
        let twin = "SELECT stage.status FROM case_reach it JOIN stage ON stage.id = it.stage_id ORDER BY it.id";
        assert_eq!(fresh.seen(1, twin).await, statuses, "as the twin has it");
        fresh.gone().await;
    }
}
