//! Jobs that come round.

use chrono::TimeDelta;

use super::{house::House, jobs::StrikeTheHour};
use crate::{Job, queue::task::State};

fn bells() -> Vec<Box<dyn Job>> {
    vec![Box::new(StrikeTheHour)]
}

#[tokio::test(flavor = "multi_thread")]
async fn each_tick_runs_once_over_three_processes_and_restarts() {
    for house in House::both().await {
        for hour in 1..=4 {
            // Every process starts anew each hour, and claims.
            let queues = [house.other_queue(), house.other_queue(), house.other_queue()];
            let starts = queues.each_ref().map(|queue| queue.ensure_scheduled(bells()));
            for start in starts {
                start.await.unwrap();
            }
            for queue in &queues {
                assert!(queue.claim(9).await.unwrap().is_empty(), "before the hour");
            }
            house.pass(TimeDelta::hours(1));
            for queue in &queues {
                for claim in queue.claim(9).await.unwrap() {
                    house.run_on(queue, claim).await;
                }
            }
            assert_eq!(house.written().len(), hour);
        }
        let waiting: Vec<_> = house.rows().await.into_iter().filter(|row| row.state == State::New).collect();
        assert_eq!(waiting.len(), 1);
        assert_eq!(waiting[0].scheduled_at, house.now() + TimeDelta::hours(1));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn ticks_that_nobody_was_there_for_run_once() {
    for house in House::both().await {
        house.queue.ensure_scheduled(bells()).await.unwrap();
        house.pass(TimeDelta::minutes(60 * 24 + 30));
        house.queue.ensure_scheduled(bells()).await.unwrap();
        assert_eq!(house.run_all().await, 1);
        assert_eq!(house.run_all().await, 0);
        assert_eq!(house.written(), ["dong"]);
        house.pass(TimeDelta::minutes(30));
        assert_eq!(house.run_all().await, 1);
    }
}
