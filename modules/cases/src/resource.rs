use base::{Faults, Resource, Result, Tx};

use crate::{
    case::{Entity, Model},
    family, news, satisfaction, show, sla,
    view::CaseView,
    write::Beside,
};

impl Resource for Entity {
    type View = CaseView;
    type Beside = Beside;

    async fn check(tx: &Tx, row: &mut Model, before: Option<&Model>, faults: &mut Faults) -> Result<()> {
        pipelines::place::<Self>(tx, row, before, faults).await?;
        let account = before.and_then(|before| before.account_id);
        tx.known::<accounts::Entity>(row.account_id, account, "/account_id", faults).await?;
        if row.merged_into_id.is_some() && before.is_some_and(|before| before.status != row.status) {
            faults.add(
                "/status",
                "merged",
                "This case was merged into another: take it out before it is anything else.",
            );
        }
        family::check(tx, row, before, faults).await?;
        row.close(before, tx).await?;
        sla::turn(tx, row, before).await?;
        if before.is_none() && faults.is_empty() {
            row.number = tx.next_number("case").await?;
        }
        Ok(())
    }

    async fn follow(tx: &Tx, before: Option<&Model>, row: &Model) -> Result<()> {
        family::rehang(tx, before, row).await?;
        sla::set_alarms(tx, before, row).await?;
        satisfaction::after_closing(tx, before, row).await?;
        news::of_change(tx, before, row).await
    }

    async fn show(tx: &Tx, rows: Vec<Model>) -> Result<Vec<CaseView>> {
        show::show(tx, rows).await
    }
}

impl Model {
    /// Who closed it and when. Whoever says of a closed case that it ended otherwise leaves that as it was; an open one was
    /// never closed.
    pub(crate) async fn close(&mut self, before: Option<&Self>, tx: &Tx) -> Result<()> {
        if !self.status.is_closed() {
            (self.closed_at, self.closed_on, self.closed_by) = (None, None, None);
            return Ok(());
        }
        if before.is_some_and(|before| before.status.is_closed()) {
            return Ok(());
        }
        let today = tx.now().with_timezone(&tx.org_time_zone().await?).date_naive();
        (self.closed_at, self.closed_on, self.closed_by) = (Some(tx.now()), Some(today), tx.actor().user());
        Ok(())
    }
}
