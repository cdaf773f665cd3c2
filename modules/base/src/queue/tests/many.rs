//! Many jobs, many workers, many organisations.

use std::collections::HashSet;

use chrono::TimeDelta;
use tokio::task::JoinSet;

use super::{house::House, jobs::WriteDown};
use crate::Job;

fn lines(n: usize) -> Vec<Box<dyn Job>> {
    (0..n).map(|n| Box::new(WriteDown(n.to_string())) as Box<dyn Job>).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn no_two_workers_get_one_job() {
    for house in House::both().await {
        let org = house.org().await;
        house.enqueue_for(org, None, lines(300)).await;
        let mut workers = JoinSet::new();
        for batch in 1..=8 {
            let queue = house.other_queue();
            workers.spawn(async move {
                let mut mine = Vec::new();
                loop {
                    let claims = queue.claim(batch).await.unwrap();
                    assert!(claims.len() <= batch);
                    if claims.is_empty() {
                        return mine;
                    }
                    mine.extend(claims);
                }
            });
        }
        let claims = workers.join_all().await.concat();
        let ids: HashSet<_> = claims.iter().map(|claim| claim.id).collect();
        assert_eq!((claims.len(), ids.len()), (300, 300));
        assert!(house.rows().await.iter().all(|row| row.attempt == 1));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_thousand_jobs_of_one_organisation_do_not_hold_up_another() {
    for house in House::both().await {
        let (big, small) = (house.org().await, house.org().await);
        house.enqueue_for(big, None, lines(10_000)).await;
        house.pass(TimeDelta::seconds(10));
        house.enqueue_for(small, None, lines(1)).await;
        // One worker whose every job takes half a second.
        let enqueued = house.now();
        loop {
            let claim = house.queue.claim(1).await.unwrap().remove(0);
            if claim.org_id == Some(small) {
                break;
            }
            house.queue.end(&claim, crate::queue::End::Finished).await.unwrap();
            house.pass(TimeDelta::milliseconds(500));
            assert!(house.now() < enqueued + TimeDelta::seconds(5), "still waiting");
        }
    }
}
