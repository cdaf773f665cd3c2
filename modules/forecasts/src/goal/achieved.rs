//! What was won for goals, of what the actor may see.

use std::collections::{BTreeMap, HashMap};

use base::{Result, Total, Totals, Tx};
use chrono::NaiveDate;
use opportunities::{Column, Entity as Opportunity, ForecastCategory};
use rust_decimal::Decimal;
use uuid::Uuid;

use super::{row::Model, view::GoalMetric};

/// Opportunities won in a goal's time: how many, and by currency what they come to.
#[derive(Clone, Debug, Default)]
pub struct Achieved {
    pub count: u64,
    pub by_currency: BTreeMap<String, Decimal>,
}

/// The most groups of one question: members times currencies.
const MOST: u64 = 10_000;

/// What one question is about: everybody's own in a time, a team's, or the whole organisation's.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Whose {
    Members,
    Team(Uuid),
    All,
}

type Question = (NaiveDate, NaiveDate, Whose);

/// For goals at hand, in their order, with one statement: one question for all members who have a goal for the same time.
pub async fn achieved(tx: &Tx, goals: &[Model]) -> Result<Vec<Achieved>> {
    let mut asked: Vec<Question> = goals.iter().map(question).collect();
    asked.sort_unstable_by_key(|(from, to, whose)| (*from, *to, whose.rank()));
    asked.dedup();
    let questions = asked.iter().map(|(from, to, whose)| {
        let won = won(tx, *from, *to);
        match whose {
            Whose::Members => won.by_assignee(),
            Whose::Team(team) => won.assigned_in(teams::principals(tx.actor().org(), *team)).by_nobody(),
            Whose::All => won.by_nobody(),
        }
    });
    let totals = Totals::together(questions.collect(), MOST).await?;
    let mut answers: HashMap<(Question, Option<Uuid>), Achieved> = HashMap::new();
    for (question, totals) in asked.into_iter().zip(totals) {
        for total in totals {
            answers.entry((question, total.key(1)?)).or_default().add(&total)?;
        }
    }
    let of = |goal: &Model| answers.get(&(question(goal), goal.member_user_id)).cloned().unwrap_or_default();
    Ok(goals.iter().map(of).collect())
}

/// What was won in the time of a goal by each member who had a part in it; of a member's goal by that member alone.
pub async fn by_member(tx: &Tx, goal: &Model) -> Result<HashMap<Uuid, Achieved>> {
    let won = won(tx, goal.starts_on, goal.ends_on);
    let won = match (goal.team_id, goal.member_user_id) {
        (Some(team), _) => won.assigned_in(teams::principals(tx.actor().org(), team)),
        (_, Some(member)) => won.assigned_to([member]),
        (None, None) => won,
    };
    let mut members: HashMap<Uuid, Achieved> = HashMap::new();
    for total in won.by_assignee().all(MOST).await? {
        let member = total.key::<Option<Uuid>>(1)?;
        if let Some(member) = member.filter(|member| goal.member_user_id.is_none_or(|only| only == *member)) {
            members.entry(member).or_default().add(&total)?;
        }
    }
    Ok(members)
}

fn won(tx: &Tx, from: NaiveDate, to: NaiveDate) -> Totals<'_, Opportunity> {
    tx.find::<Opportunity>()
        .totals()
        .within(Column::ClosedOn, from, to)
        .any_of(Column::ForecastCategory, [ForecastCategory::Won])
        .by(Column::Currency)
        .sum(Column::Amount)
}

fn question(goal: &Model) -> Question {
    let whose = match (goal.member_user_id, goal.team_id) {
        (Some(_), _) => Whose::Members,
        (None, Some(team)) => Whose::Team(team),
        (None, None) => Whose::All,
    };
    (goal.starts_on, goal.ends_on, whose)
}

impl Whose {
    fn rank(self) -> (u8, Uuid) {
        match self {
            Self::Members => (0, Uuid::nil()),
            Self::Team(team) => (1, team),
            Self::All => (2, Uuid::nil()),
        }
    }
}

impl Achieved {
    fn add(&mut self, total: &Total) -> Result<()> {
        self.count += total.count;
        if let Some(currency) = total.key::<Option<String>>(0)? {
            *self.by_currency.entry(currency).or_default() += total.sum(0);
        }
        Ok(())
    }

    /// In what the goal is measured by.
    pub fn of(&self, goal: &Model) -> Decimal {
        match (goal.metric, &goal.currency) {
            (GoalMetric::Deals, _) => self.count.into(),
            (GoalMetric::Revenue, Some(currency)) => self.by_currency.get(currency).copied().unwrap_or_default(),
            (GoalMetric::Revenue, None) => Decimal::ZERO,
        }
    }
}
