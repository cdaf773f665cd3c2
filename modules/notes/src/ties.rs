//! What a record's own body says about its assignees, teams and tags.

use std::collections::{BTreeMap, BTreeSet};

use base::{Beside, Checked, Faults, Fields, News as Reason, Record, Result, Told, Tx, value::Change};
use sea_orm::{ColumnTrait, Condition};
use uuid::Uuid;

use crate::{
    assignment, jobs,
    subject::{Noted, Subject},
    tag, tagging,
};

/// The ids that a body names; `None` leaves what is there.
#[derive(Clone, Debug, Default)]
pub struct Ties {
    pub assigned_to: Option<Vec<Uuid>>,
    pub teams: Option<Vec<Uuid>>,
    pub tags: Option<Vec<Uuid>>,
    pub news: News,
}

/// Whether it is news to the assignees that a record is theirs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum News {
    #[default]
    Assigned,
    /// They had the record that this one was made from.
    CarriedOver,
    /// The organisation gave it to them by a rule of its own, whoever made the record.
    Routed,
}

type Ids = BTreeSet<Uuid>;
/// Members, teams, tags.
type Was = (Ids, Ids, Ids);

/// Ties as they were and as they will be: checked, not yet kept.
pub struct Retied {
    assigned_to: (Ids, Ids),
    teams: (Ids, Ids),
    tags: (Ids, Ids),
    news: News,
}

impl<R: Noted> Beside<R> for Ties {
    type Checked = Retied;

    async fn check(self, tx: &Tx, record: Option<Uuid>, faults: &mut Faults) -> Result<Retied> {
        let was = match record {
            Some(id) => kept::<R>(tx, id).await?,
            None => Was::default(),
        };
        self.against(tx, was, faults).await
    }
}

/// The ties that a record has.
async fn kept<R: Record>(tx: &Tx, id: Uuid) -> Result<Was> {
    let assignments = tx.links::<assignment::Entity>(on_records::<R>(&[id])).await?;
    let tags = tx.links::<tagging::Entity>(tags_on_records::<R>(&[id])).await?;
    Ok((
        assignments.iter().filter_map(|link| link.member_user_id).collect(),
        assignments.iter().filter_map(|link| link.team_id).collect(),
        tags.iter().map(|link| link.tag_id).collect(),
    ))
}

impl Ties {
    /// All that a record is to have.
    #[must_use]
    pub fn put(assigned_to: Vec<Uuid>, teams: Vec<Uuid>, tags: Vec<Uuid>) -> Self {
        Self { assigned_to: Some(assigned_to), teams: Some(teams), tags: Some(tags), ..Self::default() }
    }

    /// What to change of a record's.
    #[must_use]
    pub fn patch(assigned_to: Change<Vec<Uuid>>, teams: Change<Vec<Uuid>>, tags: Change<Vec<Uuid>>) -> Self {
        Self {
            assigned_to: assigned_to.into_option(),
            teams: teams.into_option(),
            tags: tags.into_option(),
            ..Self::default()
        }
    }

    async fn against(self, tx: &Tx, was: Was, faults: &mut Faults) -> Result<Retied> {
        let will =
            |wanted: Option<Vec<Uuid>>, was: &Ids| wanted.map_or_else(|| was.clone(), |ids| ids.into_iter().collect());
        let retied = Retied {
            assigned_to: (was.0.clone(), will(self.assigned_to, &was.0)),
            teams: (was.1.clone(), will(self.teams, &was.1)),
            tags: (was.2.clone(), will(self.tags, &was.2)),
            news: self.news,
        };
        let people = tx.people(added(&retied.assigned_to)).await?;
        if added(&retied.assigned_to).any(|id| !people.get(&id).is_some_and(|person| person.is_active)) {
            faults.add("/assigned_to", "unknown_reference", "There is no such member.");
        }
        let teams = teams::names(tx, added(&retied.teams).collect::<Vec<_>>()).await?;
        if added(&retied.teams).any(|id| !teams.contains_key(&id)) {
            faults.add("/teams", "unknown_reference", "There is no such team.");
        }
        let tags: Vec<_> = tx.find::<tag::Entity>().ids(added(&retied.tags)).await?;
        if tags.len() != added(&retied.tags).count() {
            faults.add("/tags", "unknown_reference", "There is no such tag.");
        }
        Ok(retied)
    }
}

impl<R: Noted> Checked<R> for Retied {
    fn fields(&self) -> Fields {
        let Self { assigned_to, teams, tags, .. } = self;
        [("assigned_to", assigned_to), ("teams", teams), ("tags", tags)]
            .into_iter()
            .filter(|(_, (was, will))| was != will)
            .fold(Fields::none(), |fields, (name, (was, will))| fields.with(name, was, will))
    }

    /// Keeps the ties, and tells whoever is newly assigned, but for the one who does it. What the organisation itself
    /// assigns (a form) it tells in its own words, unless it did so by a rule.
    async fn keep(self, tx: &Tx, row: &R::Model) -> Result<()> {
        let subject = Subject::from_row::<R>(row);
        let (kind, id) = (subject.kind(), subject.id());
        let gone: Vec<Uuid> = removed(&self.assigned_to).chain(removed(&self.teams)).collect();
        if !gone.is_empty() {
            let these = on_records::<R>(&[id]).add(assignment::Column::PrincipalId.is_in(gone));
            tx.unlink::<assignment::Entity>(these).await?;
        }
        let gone: Vec<Uuid> = removed(&self.tags).collect();
        if !gone.is_empty() {
            tx.unlink::<tagging::Entity>(tags_on_records::<R>(&[id]).add(tagging::Column::TagId.is_in(gone))).await?;
        }
        let members = added(&self.assigned_to).map(|user| assignment::Model::to_member(kind, id, user));
        let teams = added(&self.teams).map(|team| assignment::Model::to_team(kind, id, team));
        tx.link::<assignment::Entity>(members.chain(teams)).await?;
        tx.link::<tagging::Entity>(added(&self.tags).map(|tag| tagging::Model::of(kind, id, tag))).await?;
        if self.news == News::CarriedOver {
            return Ok(());
        }
        tx.tell(Told::of(Reason::Assigned, kind, id, added(&self.assigned_to)));
        let (actor, is_routed) = (tx.actor().user(), self.news == News::Routed);
        if !R::TELLS_ASSIGNEES || actor.is_none() && !is_routed {
            return Ok(());
        }
        let by = actor.filter(|_| !is_routed);
        for assignee in added(&self.assigned_to).filter(|user| Some(*user) != actor) {
            tx.enqueue_for(assignee, jobs::TellAssignee::of(&subject, assignee, by)).await?;
        }
        Ok(())
    }
}

/// Whether a record is assigned to this member, in their own name.
pub async fn is_assigned(tx: &Tx, kind: &str, id: Uuid, user: Uuid) -> Result<bool> {
    let theirs = Condition::all()
        .add(assignment::Column::RecordKind.eq(kind))
        .add(assignment::Column::RecordId.eq(id))
        .add(assignment::Column::MemberUserId.eq(user));
    Ok(!tx.links::<assignment::Entity>(theirs).await?.is_empty())
}

/// To whom each of these records is assigned, in their own name: kind, record, member.
pub async fn assignees(tx: &Tx, records: &BTreeMap<String, BTreeSet<Uuid>>) -> Result<Vec<(String, Uuid, Uuid)>> {
    let mut all = Vec::new();
    for (kind, ids) in records {
        for batch in ids.iter().copied().collect::<Vec<_>>().chunks(500) {
            let theirs = Condition::all()
                .add(assignment::Column::RecordKind.eq(kind))
                .add(assignment::Column::RecordId.is_in(batch.iter().copied()))
                .add(assignment::Column::MemberUserId.is_not_null());
            let links = tx.links::<assignment::Entity>(theirs).await?;
            let named = |link: assignment::Model| Some((link.record_kind, link.record_id, link.member_user_id?));
            all.extend(links.into_iter().filter_map(named));
        }
    }
    Ok(all)
}

/// The tags of each of these records, those in the trash as well: for what goes by them.
pub async fn tag_ids<R: Record>(tx: &Tx, records: &[Uuid]) -> Result<BTreeMap<Uuid, BTreeSet<Uuid>>> {
    let mut all: BTreeMap<Uuid, BTreeSet<Uuid>> = BTreeMap::new();
    if records.is_empty() {
        return Ok(all);
    }
    for link in tx.links::<tagging::Entity>(tags_on_records::<R>(records)).await? {
        all.entry(link.record_id).or_default().insert(link.tag_id);
    }
    Ok(all)
}

/// Assigns many records to one member and tells nobody: for generated data and imports.
pub async fn assign_many<R: Record>(tx: &Tx, records: &[Uuid], user: Uuid) -> Result<()> {
    for batch in records.chunks(500) {
        let links = batch.iter().map(|record| assignment::Model::to_member(R::KIND, *record, user));
        tx.link::<assignment::Entity>(links).await?;
    }
    Ok(())
}

fn on_records<R: Record>(ids: &[Uuid]) -> Condition {
    Condition::all()
        .add(assignment::Column::RecordKind.eq(R::KIND))
        .add(assignment::Column::RecordId.is_in(ids.iter().copied()))
}

fn tags_on_records<R: Record>(ids: &[Uuid]) -> Condition {
    Condition::all()
        .add(tagging::Column::RecordKind.eq(R::KIND))
        .add(tagging::Column::RecordId.is_in(ids.iter().copied()))
}

fn added((was, will): &(Ids, Ids)) -> impl Iterator<Item = Uuid> {
    will.difference(was).copied()
}

fn removed((was, will): &(Ids, Ids)) -> impl Iterator<Item = Uuid> {
    was.difference(will).copied()
}
