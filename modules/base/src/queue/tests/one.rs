//! What becomes of one job.

#![expect(clippy::disallowed_methods, reason = "a test is its own gate")]

use chrono::TimeDelta;
use fang::AsyncQueueable;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel};
use serde_json::json;
use uuid::Uuid;

use super::{
    house::House,
    jobs::{Misbehave, WriteDown},
};
use crate::{
    Actor, Error, Request,
    queue::{Depth, End, LEASE, office, task, task::State},
};

#[tokio::test(flavor = "multi_thread")]
async fn a_job_whose_transaction_rolls_back_never_runs() {
    for house in House::both().await {
        let rolled_back: Result<(), Error> = house
            .platform
            .write(async |tx| {
                tx.enqueue(WriteDown("never".into())).await?;
                Err(Error::forbidden())
            })
            .await;
        assert!(rolled_back.is_err());
        assert_eq!(house.run_all().await, 0);
        house.enqueue(WriteDown("once".into())).await;
        assert_eq!(house.queue.depth().await.unwrap(), Depth { ready: 1, oldest_age_seconds: 0 });
        assert_eq!(house.run_all().await, 1);
        assert_eq!(house.run_all().await, 0);
        assert_eq!(house.written(), ["once"]);
        assert_eq!(house.rows().await[0].state, State::Finished);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dead_workers_job_is_rescued_and_the_dead_worker_is_fenced_off() {
    for house in House::both().await {
        house.enqueue(WriteDown("rescued".into())).await;
        let dead = house.queue.claim(1).await.unwrap().remove(0);
        house.pass(LEASE - TimeDelta::seconds(1));
        assert!(house.other_queue().claim(1).await.unwrap().is_empty(), "the lease still runs");
        assert!(house.queue.heartbeat(&dead).await.unwrap());
        house.pass(LEASE - TimeDelta::seconds(1));
        assert!(house.other_queue().claim(1).await.unwrap().is_empty(), "the lease was renewed");
        house.pass(TimeDelta::seconds(2));
        let rescued = house.other_queue().claim(1).await.unwrap().remove(0);
        assert_eq!((rescued.id, rescued.attempt), (dead.id, 2));

        assert!(!house.queue.heartbeat(&dead).await.unwrap());
        for end in [End::Finished, End::Failed("late".into()), End::Again(TimeDelta::zero(), "late".into())] {
            assert!(!house.queue.end(&dead, end).await.unwrap());
        }
        house.queue.release(&[dead]).await.unwrap();
        assert_eq!(house.rows().await[0].lease_token, rescued.lease_token);
        house.run(rescued).await;
        assert_eq!(house.rows().await[0].state, State::Finished);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_released_job_is_first_in_line_and_its_attempt_is_not_counted() {
    for house in House::both().await {
        house.enqueue(WriteDown("first".into())).await;
        house.pass(TimeDelta::seconds(1));
        house.enqueue(WriteDown("second".into())).await;
        let first = house.queue.claim(1).await.unwrap().remove(0);
        house.queue.release(std::slice::from_ref(&first)).await.unwrap();
        let again = house.queue.claim(1).await.unwrap().remove(0);
        assert_eq!((again.id, again.attempt), (first.id, 1));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_work_ends_with_a_reason_and_hurts_nobody() {
    for house in House::both().await {
        let org = house.org().await;
        for bad in [Misbehave::Panic, Misbehave::Hang, Misbehave::Fail, Misbehave::GiveUp] {
            house.enqueue(bad).await;
        }
        house.enqueue_for(org, Some(Uuid::nil()), vec![Box::new(WriteDown("for nobody".into()))]).await;
        for (kind, metadata) in [
            ("of_tomorrow", json!({"type": "Errand", "job": {"job": "OfTomorrow", "with": null}})),
            ("of_nobody", json!({"type": "Nothing"})),
            ("garbled", json!({"type": "Errand", "job": {"job": "WriteDown", "with": 7}})),
        ] {
            let now = house.now();
            let row = task::new(Uuid::now_v7(), kind, metadata, now, now, 0, 3);
            house
                .platform
                .write(async |tx| Ok(task::Entity::insert(row).exec_without_returning(tx.conn()).await?))
                .await
                .unwrap();
        }
        for n in 0..20 {
            house.enqueue(WriteDown(n.to_string())).await;
        }
        for _ in 0..3 {
            house.run_all().await;
            house.pass(TimeDelta::minutes(1));
        }
        assert_eq!(house.written().len(), 20);
        let mut failed: Vec<_> = house.rows().await.into_iter().filter(|row| row.state != State::Finished).collect();
        failed.sort_by_key(|row| row.id);
        let ends: Vec<_> =
            failed.iter().map(|row| (row.state, row.attempt, row.error_message.as_deref().unwrap())).collect();
        assert_eq!(
            ends,
            [
                (State::Failed, 2, "Given up after 2 attempts. The last one: It panicked: the roof came down"),
                (State::Failed, 2, "Given up after 2 attempts. The last one: It took longer than 0.05 seconds."),
                (
                    State::Failed,
                    2,
                    "Given up after 2 attempts. The last one: 503 unavailable: Not possible right now; try again in a moment."
                ),
                (State::Failed, 1, "There is no such mailbox."),
                (State::Failed, 1, "The person it was for is not a member of the organisation any more."),
                (State::Failed, 1, "This version of the program does not know the job `of_tomorrow`."),
                (State::Failed, 1, "This version of the program does not know the job `of_nobody`."),
                (
                    State::Failed,
                    1,
                    "What the job `garbled` was told cannot be read: invalid type: integer `7`, expected a string"
                ),
            ]
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_that_kills_its_workers_is_given_up() {
    for house in House::both().await {
        house.enqueue(Misbehave::Panic).await;
        for _ in 0..2 {
            assert_eq!(house.queue.claim(1).await.unwrap().len(), 1);
            house.pass(LEASE + TimeDelta::seconds(1));
        }
        house.run_all().await;
        let row = house.rows().await.remove(0);
        assert_eq!(row.state, State::Failed);
        assert_eq!(
            row.error_message.unwrap(),
            "It was started 2 times and never came to an end: its worker stopped each time."
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_waits_grow_to_an_hour() {
    let id = Uuid::now_v7();
    let waits: Vec<_> =
        (1..=13).map(|n| super::super::lease::wait(id, n, 2_u32.pow(n.clamp(1, 12).unsigned_abs()))).collect();
    assert!(waits.windows(2).take(10).all(|pair| pair[0] < pair[1]), "{waits:?}");
    assert!(waits[0] >= TimeDelta::milliseconds(1_500) && waits[0] <= TimeDelta::milliseconds(2_520));
    assert!(waits.iter().all(|wait| *wait <= TimeDelta::hours(1)));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_sees_the_jobs_of_one_organisation_and_can_turn_them_round() {
    for house in House::both().await {
        let (org, elsewhere) = (house.org().await, house.org().await);
        house.enqueue_for(org, None, vec![Box::new(WriteDown("a".into())), Box::new(WriteDown("b".into()))]).await;
        house.enqueue_for(elsewhere, None, vec![Box::new(WriteDown("c".into()))]).await;
        let db = house.platform.db();
        let (admin, stranger) = (Actor::system(org, Request::default()), Actor::system(elsewhere, Request::default()));
        let nobody = Actor::of(org, Uuid::now_v7(), crate::Grants::default(), vec![], Request::default());
        let wanted = office::Wanted { limit: 1, ..Default::default() };

        let page = db.read(&admin, async |tx| office::list(tx, &wanted).await).await.unwrap();
        assert_eq!((page.rows.len(), page.count), (1, 2));
        let rest = office::Wanted {
            cursor: page.next.clone(),
            kinds: vec!["write_down".into()],
            states: vec![State::New],
            limit: 9,
        };
        let rest = db.read(&admin, async |tx| office::list(tx, &rest).await).await.unwrap();
        assert_eq!((rest.rows.len(), rest.next), (1, None));
        assert_ne!(rest.rows[0].id, page.rows[0].id);
        let refused = db.read(&nobody, async |tx| office::list(tx, &wanted).await).await;
        assert_eq!(refused.unwrap_err(), Error::forbidden());

        let id = page.rows[0].id;
        let unseen = db.apply(&stranger, async |tx| office::cancel(tx, id).await).await;
        assert_eq!(unseen.unwrap_err(), Error::not_found());
        let not_yet = db.apply(&admin, async |tx| office::retry(tx, id).await).await;
        assert_eq!(not_yet.unwrap_err().code(), "not_failed");
        let cancelled = db.apply(&admin, async |tx| office::cancel(tx, id).await).await.unwrap();
        assert_eq!((cancelled.state, cancelled.error_message.as_deref()), (State::Failed, Some("cancelled")));
        let twice = db.apply(&admin, async |tx| office::cancel(tx, id).await).await;
        assert_eq!(twice.unwrap_err().code(), "not_waiting");
        assert_eq!(house.run_all().await, 2);
        let again = db.apply(&admin, async |tx| office::retry(tx, id).await).await.unwrap();
        assert_eq!((again.state, again.attempt), (State::New, 0));
        assert_eq!(house.run_all().await, 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn fang_can_drive_the_queue_and_is_fenced_too() {
    for house in House::both().await {
        house.enqueue(WriteDown("by fang".into())).await;
        let queue = &house.queue;
        let first = queue.fetch_and_touch_task(None).await.unwrap().unwrap();
        assert!(queue.fetch_and_touch_task(None).await.unwrap().is_none());
        let waiting = queue.schedule_retry(&first, 8, "busy").await.unwrap();
        assert_eq!((waiting.state, waiting.retries), (fang::FangTaskState::Retried, 1));
        house.pass(TimeDelta::seconds(11));
        let second = queue.fetch_and_touch_task(Some("common".into())).await.unwrap().unwrap();
        assert!(queue.fail_task(&first, "late").await.is_err());
        let done = queue.update_task_state(&second, fang::FangTaskState::Finished).await.unwrap();
        assert_eq!(done.state, fang::FangTaskState::Finished);
        assert_eq!(queue.remove_all_tasks().await.unwrap(), 1);
        assert!(queue.find_task_by_id(&done.id).await.is_err());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn old_jobs_are_forgotten() {
    for house in House::both().await {
        house.enqueue(WriteDown("old".into())).await;
        house.enqueue(Misbehave::GiveUp).await;
        house.run_all().await;
        house.enqueue(super::super::ForgetFinishedJobs).await;
        house.enqueue(super::super::ForgetIdempotencyKeys).await;
        house.pass(TimeDelta::days(8));
        house.run_all().await;
        let mut left: Vec<_> = house.rows().await.into_iter().map(|row| row.kind).collect();
        left.sort();
        assert_eq!(left, ["forget_finished_jobs", "forget_idempotency_keys", "misbehave"]);
        let mut failed =
            house.rows().await.into_iter().find(|row| row.kind == "misbehave").unwrap().into_active_model();
        failed.updated_at = Set(house.now() - TimeDelta::days(91));
        house.platform.write(async |tx| Ok(failed.update(tx.conn()).await?)).await.unwrap();
        house.enqueue(super::super::ForgetFinishedJobs).await;
        house.run_all().await;
        assert!(house.rows().await.iter().all(|row| row.kind != "misbehave"));
    }
}
