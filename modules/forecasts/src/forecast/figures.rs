use base::{
    Ref,
    value::{MoneyTotal, Share},
};
use poem_openapi::Object;
use rust_decimal::Decimal;

use crate::goal::share;

/// What opportunities come to, exactly.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    pub pipeline: Decimal,
    pub best_case: Decimal,
    pub commit: Decimal,
    pub weighted: Decimal,
    pub won: Decimal,
    pub slipped: Decimal,
    pub open_count: u64,
    pub won_count: u64,
    pub slipped_count: u64,
    pub goal: Option<Decimal>,
    /// Whose targets `goal` is.
    pub goals: Vec<Ref>,
}

/// What opportunities come to in one currency.
#[derive(Clone, Debug, Object)]
#[oai(rename = "ForecastFigures")]
pub struct Figures {
    /// Open ones that may come.
    pub pipeline: MoneyTotal,
    /// Open ones that come if all goes well.
    pub best_case: MoneyTotal,
    /// Open ones that come.
    pub commit: MoneyTotal,
    /// All open ones, each times its probability; the sum is rounded half up to the minor unit.
    pub weighted: MoneyTotal,
    pub won: MoneyTotal,
    /// What of the open ones was expected to close before today, and did not.
    pub slipped: MoneyTotal,
    pub open_count: u64,
    pub won_count: u64,
    pub slipped_count: u64,
    /// The targets of the revenue goals whose whole time is within the period; of overlapping ones the longest. Without `by`,
    /// `owner` and `team` those of the whole organisation, otherwise the owner's or the team's. `null`: there is none.
    pub goal: Option<MoneyTotal>,
    /// `won` of `goal`, in per cent, cut after two places.
    pub attained_percent: Option<Share>,
    /// `won` and all open ones of `goal`, in per cent, cut after two places.
    pub coverage_percent: Option<Share>,
}

impl Sums {
    pub fn open(&self) -> Decimal {
        self.pipeline + self.best_case + self.commit
    }

    /// All that is money, each by `change`.
    pub fn money(&mut self) -> impl Iterator<Item = &mut Decimal> {
        let Self { pipeline, best_case, commit, weighted, won, slipped, goal, .. } = self;
        [pipeline, best_case, commit, weighted, won, slipped].into_iter().chain(goal)
    }
}

impl From<Sums> for Figures {
    fn from(sums: Sums) -> Self {
        let covered = sums.won + sums.open();
        let of_goal = |part| sums.goal.filter(|goal| !goal.is_zero()).map(|goal| share(part, goal));
        Self {
            attained_percent: of_goal(sums.won),
            coverage_percent: of_goal(covered),
            pipeline: sums.pipeline.into(),
            best_case: sums.best_case.into(),
            commit: sums.commit.into(),
            weighted: sums.weighted.into(),
            won: sums.won.into(),
            slipped: sums.slipped.into(),
            open_count: sums.open_count,
            won_count: sums.won_count,
            slipped_count: sums.slipped_count,
            goal: sums.goal.map(Into::into),
        }
    }
}
