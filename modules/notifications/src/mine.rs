use base::Tx;
use notes::Subjects;
use sea_orm::{ColumnTrait, Condition};

use crate::notification::Column;

/// What whoever asks is told of records that they see now. Every question for notifications begins with it.
pub fn mine(tx: &Tx, subjects: &Subjects) -> Condition {
    Condition::all().add(Column::MemberUserId.eq(tx.actor().user())).add(subjects.are_at(
        tx,
        Column::RecordKind,
        Column::RecordId,
    ))
}
