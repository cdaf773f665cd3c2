use base::{Error, Faults, Result, Tx};
use boards::CardRow;
use cases::Case;
use chrono::Duration;
use contacts::People;
use events::{Event, EventKind};
use notes::Ties;
use sea_orm::ColumnTrait;

/// What has to do with a customer's case: the solution that helped, a call, and a card.
pub async fn fill(tx: &Tx) -> Result<()> {
    let helped = case(tx, "The scanner loses its connection").await?;
    let solution = solutions::suggest(tx, "scanner connection", 1).await?.pop().ok_or_else(Error::not_found)?;
    solutions::link(tx, helped.id, solution.id).await?;

    let missing = case(tx, "The second delivery is missing").await?;
    let start = (tx.now().date_naive() + Duration::days(1)).and_hms_opt(16, 0, 0).unwrap_or_default();
    let local = |time: chrono::NaiveDateTime| time.format("%Y-%m-%dT%H:%M:%S").to_string();
    tx.make::<events::Entity>(|row: &mut Event| {
        "Call about the missing delivery".clone_into(&mut row.title);
        row.kind = EventKind::Call;
        (row.starts_local, row.ends_local) = (local(start), local(start + Duration::minutes(15)));
        "Europe/Berlin".clone_into(&mut row.time_zone);
        (row.case_id, row.is_busy) = (Some(missing.id), true);
        let mine = Ties { assigned_to: tx.actor().user().map(|me| vec![me]), ..Ties::default() };
        (mine, (People::default(), (events::Prospects::default(), Faults::new())))
    })
    .await?;

    let Some(board) = tx.find::<boards::Board>().one().await? else { return Ok(()) };
    let Some(column) = tx.show::<boards::Board>(board).await?.columns.into_iter().next() else { return Ok(()) };
    let asked = case(tx, "How do we add a second warehouse?").await?;
    tx.make::<boards::Card>(|row: &mut CardRow| {
        row.column_id = column.id;
        "A page about several warehouses".clone_into(&mut row.title);
        row.case_id = Some(asked.id);
        Ties::default()
    })
    .await?;
    Ok(())
}

async fn case(tx: &Tx, name: &str) -> Result<Case> {
    let named = tx.find::<cases::Entity>().filter(cases::Column::Name.eq(name)).one().await?;
    named.ok_or_else(Error::not_found)
}
