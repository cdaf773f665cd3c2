use std::collections::{BTreeSet, HashMap};

use base::{Faults, Ref, Resource, Result, Stamp, Tx};
use uuid::Uuid;

use super::{
    entry::{Entity, Model},
    view::TimeEntryView,
};
use crate::{access, case};

impl Resource for Entity {
    type View = TimeEntryView;
    type Beside = ();

    async fn check(tx: &Tx, row: &mut Model, before: Option<&Model>, faults: &mut Faults) -> Result<()> {
        if before.is_none_or(|before| before.case_id != row.case_id)
            && tx.find::<case::Entity>().ids([row.case_id]).await?.is_empty()
        {
            faults.add("/case_id", "unknown_reference", "There is no such case.");
        }
        // Whose it was may have left since.
        if before.is_none_or(|before| before.member_id != row.member_id) {
            access::write_time_of(tx, row.member_id)?;
            if !tx.people([row.member_id]).await?.get(&row.member_id).is_some_and(|person| person.is_active) {
                faults.add("/member_id", "unknown_reference", "There is no such member.");
            }
        }
        Ok(())
    }

    /// Two statements more, however many they are.
    async fn show(tx: &Tx, rows: Vec<Model>) -> Result<Vec<TimeEntryView>> {
        let cases = tx.find::<case::Entity>().ids(rows.iter().map(|row| row.case_id).collect::<BTreeSet<_>>()).await?;
        let cases: HashMap<Uuid, String> = cases.into_iter().map(|case| (case.id, case.name)).collect();
        let people = tx.people(rows.iter().map(|row| row.member_id).collect::<BTreeSet<_>>()).await?;
        let people: HashMap<Uuid, String> = people.into_iter().map(|(id, person)| (id, person.name)).collect();
        let view = |row: Model| TimeEntryView {
            stamp: Stamp::of(&row),
            case: Ref::of(row.case_id, &cases),
            member: Ref::of(row.member_id, &people),
            worked_on: row.worked_on,
            minutes: row.minutes,
            description: row.description,
            is_billable: row.is_billable,
        };
        Ok(rows.into_iter().map(view).collect())
    }
}
