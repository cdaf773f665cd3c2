use base::{Filter, Listed, Sort};
use chrono::NaiveDate;
use uuid::Uuid;

use super::{
    period::GoalPeriod,
    row::{Column, Entity},
    view::GoalMetric,
};

impl Listed for Entity {
    const PATH: &'static str = "/api/goals";

    fn filters() -> Vec<Filter> {
        let own = [
            Filter::any_of::<Entity, GoalMetric>("metric", Column::Metric, "Of any of these metrics."),
            Filter::any_of::<Entity, GoalPeriod>("period", Column::Period, "Of any of these periods."),
            Filter::any_of::<Entity, Uuid>("member_id", Column::MemberUserId, "For any of these members, by user id."),
            Filter::any_of::<Entity, Uuid>("team_id", Column::TeamId, "For any of these teams."),
        ];
        own.into_iter()
            .chain(Filter::range::<Entity, NaiveDate>("starts_on", Column::StartsOn, "That begin"))
            .chain(Filter::range::<Entity, NaiveDate>("ends_on", Column::EndsOn, "That end"))
            .collect()
    }

    fn sorts() -> Vec<Sort> {
        vec![
            Sort::date::<Entity>("starts_on", Column::StartsOn),
            Sort::date::<Entity>("ends_on", Column::EndsOn),
            Sort::time::<Entity>("created_at", Column::CreatedAt),
            Sort::text::<Entity>("name", Column::Name),
        ]
    }
}
