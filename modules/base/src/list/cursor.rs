use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use sea_orm::{
    Condition,
    sea_query::{Expr, ExprTrait},
};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use uuid::Uuid;

use super::sort::Asked;
use crate::record::{Record, Row};

/// Where a page ended: the sort it was in, the last row's place in it, and the last row's id. Clients see it as opaque text.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Cursor {
    sort: String,
    after: Vec<Json>,
    id: Uuid,
}

impl Cursor {
    pub fn behind<E: Record>(row: &E::Model, sorts: &[Asked]) -> Option<Self> {
        let after = sorts.iter().map(|asked| asked.sort.mark::<E>(row)).collect::<Option<_>>()?;
        Some(Self { sort: spelled(sorts), after, id: row.id() })
    }

    pub fn encode(&self) -> String {
        BASE64_URL_SAFE_NO_PAD.encode(serde_json::to_vec(self).unwrap_or_default())
    }

    /// `None` when the text is no cursor, or one of another sort.
    pub fn decode(text: &str, sorts: &[Asked]) -> Option<Self> {
        let cursor: Self = serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(text).ok()?).ok()?;
        let fits = cursor.sort == spelled(sorts)
            && cursor.after.len() == sorts.len()
            && cursor.after.iter().zip(sorts).all(|(mark, asked)| asked.sort.value(mark).is_some());
        fits.then_some(cursor)
    }

    /// The rows behind the cursor. Where all columns go one way they are compared as one row, which is where an index goes
    /// on: many rows may have come at the same moment. Otherwise the first comparison alone would be too wide, but it is the
    /// one that an index starts at.
    pub fn condition<E: Record>(&self, sorts: &[Asked]) -> Condition {
        let places: Vec<_> = sorts
            .iter()
            .zip(&self.after)
            .filter_map(|(asked, mark)| {
                Some((Expr::col(asked.sort.column_ref::<E>()), asked.sort.value(mark)?, asked.descending))
            })
            .collect();
        let id = Expr::col((E::default(), E::base().id));
        let beyond =
            |column: Expr, value: Expr, descends: bool| if descends { column.lt(value) } else { column.gt(value) };
        let first_descends = sorts.first().is_some_and(|asked| asked.descending);
        if places.iter().all(|(.., descends)| *descends == first_descends) {
            let columns = places.iter().map(|(column, ..)| column.clone()).chain([id]);
            let values = places.iter().map(|(_, value, _)| Expr::val(value.clone())).chain([Expr::val(self.id)]);
            return Condition::all().add(beyond(Expr::tuple(columns), Expr::tuple(values), first_descends));
        }
        let mut behind = Condition::all().add(beyond(id, Expr::val(self.id), first_descends));
        for (column, value, descends) in places.iter().rev() {
            let level = Condition::all().add(column.clone().eq(value.clone())).add(behind);
            behind = Condition::any().add(beyond(column.clone(), Expr::val(value.clone()), *descends)).add(level);
        }
        match places.first() {
            Some((column, value, true)) => Condition::all().add(column.clone().lte(value.clone())).add(behind),
            Some((column, value, false)) => Condition::all().add(column.clone().gte(value.clone())).add(behind),
            None => behind,
        }
    }
}

fn spelled(sorts: &[Asked]) -> String {
    sorts.iter().map(Asked::spelled).collect::<Vec<_>>().join(",")
}
