use base::Tx;
use notes::Subjects;
use sea_orm::{ColumnTrait, Condition};

use crate::notification::Column;

/// What whoever asks is told of in the program, of records that they see now. Every question of theirs begins with it.
pub fn mine(tx: &Tx, subjects: &Subjects) -> Condition {
    for_mail(tx, subjects).add(Column::InApp.eq(true))
}

/// The same with what they are told by mail alone.
pub fn for_mail(tx: &Tx, subjects: &Subjects) -> Condition {
    Condition::all().add(Column::MemberUserId.eq(tx.actor().user())).add(subjects.are_at(
        tx,
        Column::RecordKind,
        Column::RecordId,
    ))
}
