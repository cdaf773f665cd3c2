//! A pipeline as people see it: its stages side by side, with what stands in each.

use std::collections::HashMap;

use base::{Error, Lane, Result, Tx, value::Money};
use poem_openapi::{
    Object,
    types::{ParseFromJSON, ToJSON},
};
use sea_orm::{ColumnTrait, ExprTrait};
use uuid::Uuid;

use crate::{
    pipeline::{Column, Entity},
    staged::Staged,
    stages,
    view::StageView,
};

/// A board.
#[derive(Clone, Debug, Object)]
pub struct Board<V: ParseFromJSON + ToJSON> {
    pub pipeline_id: Uuid,
    pub name: String,
    /// One for each stage, in their order.
    pub columns: Vec<BoardColumn<V>>,
}

/// A stage with what stands in it.
#[derive(Clone, Debug, Object)]
pub struct BoardColumn<V: ParseFromJSON + ToJSON> {
    pub stage: StageView,
    /// How many you see of what stands there.
    pub count: u64,
    /// What they come to, each currency by itself; empty for records without an amount.
    pub sums: Vec<ColumnSum>,
    /// The first of them, the highest first.
    pub results: Vec<V>,
    /// Goes on from there: a `cursor` of the list with `pipeline_stage_id` of this stage and `sort=-rank`; `null` when
    /// these are all.
    pub next: Option<String>,
}

/// What the records of a column come to in one currency.
#[derive(Clone, Debug, PartialEq, Eq, Object)]
pub struct ColumnSum {
    /// ISO 4217
    pub currency: String,
    pub amount: Money,
    /// How many have an amount in it.
    pub count: u64,
}

/// More groups than the currencies of all stages of a pipeline.
const GROUPS: u64 = 20 * 200;

/// # Errors
/// 404 when there is no such pipeline for records of this kind.
pub async fn of<R: Staged>(tx: &Tx, pipeline: Option<Uuid>, most: u64) -> Result<Board<R::View>> {
    let pipeline = if let Some(id) = pipeline {
        tx.get::<Entity>(id).await?
    } else {
        let built_in = Column::Kind.eq(R::PIPELINE).and(Column::IsBuiltIn.eq(true));
        tx.find::<Entity>().filter(built_in).one().await?.ok_or_else(Error::not_found)?
    };
    if pipeline.kind != R::PIPELINE {
        return Err(Error::not_found());
    }
    let stages = stages::of(tx, [pipeline.id]).await?;
    let mut tallies = tallies::<R>(tx, stages.iter().map(|stage| stage.id).collect()).await?;
    let lanes: Vec<Lane> = stages
        .iter()
        .map(|stage| Lane { id: stage.id, count: tallies.get(&stage.id).map_or(0, |tally| tally.count) })
        .collect();
    let mut found = tx.lanes::<R>(R::STAGE, &lanes, most).await?;
    let (mut rows, mut heads) = (Vec::new(), Vec::new());
    for stage in stages {
        let tally = tallies.remove(&stage.id).unwrap_or_default();
        let lane = found.remove(&stage.id);
        let (cards, next) = lane.map_or((Vec::new(), None), |lane| (lane.rows, lane.next));
        heads.push((stage, tally, cards.len(), next));
        rows.extend(cards);
    }
    let mut views = R::show(tx, rows).await?.into_iter();
    let column = |(stage, tally, length, next): (_, Tally, usize, _)| BoardColumn {
        stage: StageView::from(stage),
        count: tally.count,
        sums: tally.sums,
        results: views.by_ref().take(length).collect(),
        next,
    };
    Ok(Board { pipeline_id: pipeline.id, name: pipeline.name, columns: heads.into_iter().map(column).collect() })
}

#[derive(Default)]
struct Tally {
    count: u64,
    sums: Vec<ColumnSum>,
}

/// How many stand in each stage and what they come to, in one statement.
async fn tallies<R: Staged>(tx: &Tx, stages: Vec<Uuid>) -> Result<HashMap<Uuid, Tally>> {
    let mut totals = tx.find::<R>().totals().any_of(R::STAGE, stages).by(R::STAGE);
    if let Some((currency, amount)) = R::SUMMED {
        totals = totals.by(currency).sum(amount);
    }
    let mut tallies: HashMap<Uuid, Tally> = HashMap::new();
    for total in totals.all(GROUPS).await? {
        let tally = tallies.entry(total.key(0)?).or_default();
        tally.count += total.count;
        if R::SUMMED.is_some()
            && let Some(currency) = total.key::<Option<String>>(1)?
        {
            tally.sums.push(ColumnSum { currency, amount: total.sum(0).into(), count: total.count });
        }
    }
    for tally in tallies.values_mut() {
        tally.sums.sort_by(|a, b| a.currency.cmp(&b.currency));
    }
    Ok(tallies)
}
