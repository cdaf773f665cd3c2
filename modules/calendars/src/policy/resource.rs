use std::collections::HashMap;

use base::{Faults, Ref, Resource, Result, Stamp, Tx};
use uuid::Uuid;

use super::{
    row::{Entity, Model},
    view::SlaPolicyView,
};
use crate::{calendar, only};

impl Resource for Entity {
    type View = SlaPolicyView;
    type Beside = ();

    async fn check(tx: &Tx, row: &mut Model, before: Option<&Model>, faults: &mut Faults) -> Result<()> {
        for (priority, target) in row.targets.each() {
            if target.resolution < target.first_response {
                let detail = "Nothing is resolved before it is answered.";
                faults.add(format!("/targets/{priority}/resolution"), "less_than_first_response", detail);
            }
        }
        let new = row.calendar_id.filter(|id| before.and_then(|before| before.calendar_id) != Some(*id));
        if let Some(id) = new
            && tx.find::<calendar::Entity>().ids([id]).await?.is_empty()
        {
            faults.add("/calendar_id", "unknown_reference", "There is no such calendar.");
        }
        only::make_room::<Self>(tx, row, before).await
    }

    /// One statement more, however many they are.
    async fn show(tx: &Tx, rows: Vec<Model>) -> Result<Vec<SlaPolicyView>> {
        let calendars = tx.find::<calendar::Entity>().ids(rows.iter().filter_map(|row| row.calendar_id)).await?;
        let names: HashMap<Uuid, String> = calendars.into_iter().map(|calendar| (calendar.id, calendar.name)).collect();
        let view = |row: Model| SlaPolicyView {
            stamp: Stamp::of(&row),
            name: row.name,
            description: row.description,
            calendar: row.calendar_id.and_then(|id| Ref::of(id, &names)),
            targets: row.targets,
            is_default: row.is_default,
        };
        Ok(rows.into_iter().map(view).collect())
    }
}
