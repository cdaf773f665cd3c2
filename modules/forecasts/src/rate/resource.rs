use base::{Faults, Resource, Result, Stamp, Tx, value::Rate};

use super::{
    row::{Entity, Model},
    view::RateView,
};

impl Resource for Entity {
    type View = RateView;
    type Beside = ();

    async fn check(_: &Tx, row: &mut Model, _: Option<&Model>, faults: &mut Faults) -> Result<()> {
        if row.from_currency == row.to_currency {
            faults.add("/to_currency", "same_currency", "A currency is worth itself.");
        }
        if Rate::parse(&row.rate).is_ok_and(|rate| rate.into_inner().is_zero()) {
            faults.add("/rate", "out_of_range", "More than 0.");
        }
        Ok(())
    }

    async fn show(_: &Tx, rows: Vec<Model>) -> Result<Vec<RateView>> {
        let view = |row: Model| RateView {
            stamp: Stamp::of(&row),
            rate: Rate::parse(&row.rate).unwrap_or_default(),
            from_currency: row.from_currency,
            to_currency: row.to_currency,
            valid_on: row.valid_on,
        };
        Ok(rows.into_iter().map(view).collect())
    }
}
