use base::{Faults, Resource, Result, Stamp, Tx, value::Rank};
use notes::tied_and;
use uuid::Uuid;

use super::{
    order, rota,
    rule::{Column, Entity, Model},
    rule_account::{self, Column as Held},
    rule_member::{self, Column as Rostered},
    view::RoutingRuleView,
    write::Beside,
};

impl Resource for Entity {
    type View = RoutingRuleView;
    type Beside = Beside;

    async fn check(tx: &Tx, row: &mut Model, before: Option<&Model>, faults: &mut Faults) -> Result<()> {
        let team = before.and_then(|before| before.team_id);
        tx.known::<teams::team::Entity>(row.team_id, team, "/team_id", faults).await?;
        if before.is_none() {
            order::room(tx).await?;
            row.rank = Rank::bottom(tx.id());
        }
        Ok(())
    }

    /// Three statements more, however many they are.
    async fn show(tx: &Tx, rows: Vec<Model>) -> Result<Vec<RoutingRuleView>> {
        let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
        let others = tied_and::<Entity>(tx, &ids, |asked| {
            asked
                .at::<teams::team::Entity>(Column::TeamId)
                .through::<rule_account::Entity, accounts::Entity>(Held::RuleId, Held::AccountId, None)
                .members::<rule_member::Entity>(Rostered::RuleId, Rostered::MemberUserId)
        });
        let mut tied = others.await?;
        let (mut places, positions) = (rota::of(tx, &ids).await?, order::positions(tx).await?);
        let view = |row: Model| {
            let mut own = tied.remove(&row.id).unwrap_or_default();
            let places = places.remove(&row.id).unwrap_or_default();
            let mut members: Vec<_> = own.through("routing_rule_member").into_iter().map(|(one, _)| one).collect();
            members.sort_by_key(|member| places.iter().position(|user| *user == member.id));
            RoutingRuleView {
                stamp: Stamp::of(&row),
                name: row.name,
                position: positions.get(&row.id).copied(),
                priorities: row.conditions.priorities,
                case_types: row.conditions.case_types,
                accounts: own.through("routing_rule_account").into_iter().map(|(account, _)| account).collect(),
                sender_domains: row.conditions.sender_domains,
                strategy: row.strategy,
                members,
                team: own.at("team_id"),
                tags: own.tags,
                is_active: row.is_active,
            }
        };
        Ok(rows.into_iter().map(view).collect())
    }
}
