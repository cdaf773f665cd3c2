//! One stream, from its beginning to its end.

use std::{sync::Arc, time::Duration};

use base::{
    Actor, Db, Gate, Result, Who,
    live::{Live, Position, Seat, Settled},
};
use chrono::TimeDelta;
use futures_util::Stream;
use notes::Subjects;
use tokio::{
    sync::{mpsc, watch},
    task::JoinSet,
    time::{Instant, sleep, sleep_until, timeout},
};
use uuid::Uuid;

use super::{eyes, view::Said};

/// Entries of the log that are read at a time.
const AT_ONCE: u64 = 500;
/// Of a listener who was away longer, or missed more, nothing is replayed: fetching everything anew is less.
const REPLAYED: TimeDelta = TimeDelta::hours(25);
const REPLAYED_ENTRIES: u64 = 10_000;
/// What happens within this time is told together.
const GATHERED: Duration = Duration::from_millis(100);
/// How soon to look again for what other transactions keep back.
const UNSETTLED: Duration = Duration::from_millis(50);
/// Events that wait for a listener.
const WAITING: usize = 64;

/// What a stream works with.
#[derive(Clone)]
pub struct Desk {
    pub db: Db,
    pub gate: Arc<dyn Gate>,
    pub live: Live,
    pub subjects: Arc<Subjects>,
}

/// Somebody who listens, and how far they are.
pub struct Watch {
    desk: Desk,
    who: Who,
    org: Uuid,
    actor: Actor,
    position: Position,
    out: mpsc::Sender<Said>,
    /// Taken for as long as it goes on.
    _seat: Seat,
}

/// Where somebody says that they were before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Last {
    Nowhere,
    At(Position),
    /// At something that is no position.
    Lost,
}

impl Last {
    pub fn read(id: Option<&str>) -> Self {
        match id.filter(|id| !id.is_empty()) {
            None => Self::Nowhere,
            Some(id) => id.parse().map_or(Self::Lost, Self::At),
        }
    }
}

/// When to look for more.
#[derive(Clone, Copy)]
enum Again {
    AtOnce,
    Soon,
    WhenItGrows,
}

impl Desk {
    /// Listens for `who`, from behind `last` if that is still there. It goes on in a task of its own that ends with the
    /// stream, or before it: with the session, with the membership, at the stop, or when nobody takes what it says.
    pub async fn listen(
        self,
        who: Who,
        org: Uuid,
        actor: Actor,
        last: Last,
        seat: Seat,
    ) -> Result<impl Stream<Item = Said> + Send + use<>> {
        let (begin, missed) = self.begin(&actor, last).await?;
        let (out, told) = mpsc::channel(WAITING);
        let first = if missed { Said::Refetch(begin) } else { Said::Heartbeat(begin) };
        let _ = out.try_send(first);
        let watch = Watch { desk: self, who, org, actor, position: begin, out, _seat: seat };
        let mut task = JoinSet::new();
        task.spawn(watch.run());
        Ok(futures_util::stream::unfold((told, task), |(mut told, task)| async move {
            let said = told.recv().await?;
            Some((said, (told, task)))
        }))
    }

    /// Where to begin, and whether what came before is lost to the listener.
    async fn begin(&self, actor: &Actor, last: Last) -> Result<(Position, bool)> {
        self.db
            .read(actor, async |tx| {
                if let Last::At(last) = last
                    && tx.knows(last).await?
                {
                    let first = tx.settled(last, 1).await?.changes.pop();
                    let is_late = first.is_some_and(|first| tx.now() - first.at > REPLAYED);
                    if !is_late && !tx.is_far(last, REPLAYED_ENTRIES).await? {
                        return Ok((last, false));
                    }
                }
                Ok((tx.end_of_log().await?, last != Last::Nowhere))
            })
            .await
    }
}

impl Watch {
    async fn run(mut self) {
        let (growth, closing) = (self.desk.live.growth(self.org), self.desk.live.closing());
        if let Err(error) = self.go_on(growth, closing).await {
            tracing::warn!(%error, "a stream ends; whoever listened may come back to where it was");
        }
    }

    async fn go_on(&mut self, mut growth: watch::Receiver<u64>, mut closing: watch::Receiver<bool>) -> Result<()> {
        let heartbeat = self.desk.live.beat().heartbeat;
        let mut beat = Instant::now() + heartbeat;
        loop {
            growth.mark_unchanged();
            if !self.may_go_on().await? {
                return Ok(());
            }
            let Some(Settled { more, waits, .. }) = self.tell().await? else { return Ok(()) };
            if Instant::now() >= beat {
                beat = Instant::now() + heartbeat;
                if !self.say(Said::Heartbeat(self.position)).await {
                    return Ok(());
                }
            }
            let again = match (more, waits) {
                (true, _) => Again::AtOnce,
                (false, true) => Again::Soon,
                (false, false) => Again::WhenItGrows,
            };
            if !self.wait(again, &mut growth, &mut closing, beat).await {
                return Ok(());
            }
        }
    }

    /// Waits for a reason to look again, the heartbeat at the latest. `false` when it is over.
    async fn wait(
        &self,
        again: Again,
        growth: &mut watch::Receiver<u64>,
        closing: &mut watch::Receiver<bool>,
        beat: Instant,
    ) -> bool {
        let stops = async { closing.wait_for(|closing| *closing).await.map(|_| ()) };
        let grows = async {
            match again {
                Again::AtOnce => {}
                Again::Soon => sleep(UNSETTLED).await,
                Again::WhenItGrows => {
                    let _ = growth.changed().await;
                    sleep(GATHERED).await;
                }
            }
        };
        tokio::select! {
            _ = stops => false,
            () = self.out.closed() => false,
            () = grows => true,
            () = sleep_until(beat) => true,
        }
    }

    /// Whether the session lives and the member belongs here. What they may do is as it is now: if it has changed, they may
    /// see what they did not, and the other way round.
    async fn may_go_on(&mut self) -> Result<bool> {
        let Some(actor) = self.desk.gate.still(self.who, self.org).await? else { return Ok(false) };
        let changed = actor.grants() != self.actor.grants() || actor.circle() != self.actor.circle();
        self.actor = actor;
        Ok(!changed || self.say(Said::Refetch(self.position)).await)
    }

    /// Tells what is new; `None` when nobody takes it. Where they stand moves on only with what they were told.
    async fn tell(&mut self) -> Result<Option<Settled>> {
        let position = self.position;
        let read = self.desk.db.read(&self.actor, async |tx| {
            let mut settled = tx.settled(position, AT_ONCE).await?;
            let end = settled.changes.last().map(|last| last.position);
            let changes = std::mem::take(&mut settled.changes);
            let said =
                if changes.is_empty() { Vec::new() } else { eyes::seen(tx, &self.desk.subjects, changes).await? };
            Ok((settled, end, said))
        });
        let (settled, end, said) = read.await?;
        for one in said {
            if !self.say(one).await {
                return Ok(None);
            }
        }
        self.position = end.unwrap_or(position);
        Ok(Some(settled))
    }

    /// `false` when nobody listens any more. Whoever does not take it in time is cut off, and can come back to where they were.
    async fn say(&self, said: Said) -> bool {
        matches!(timeout(self.desk.live.beat().patience, self.out.send(said)).await, Ok(Ok(())))
    }
}
