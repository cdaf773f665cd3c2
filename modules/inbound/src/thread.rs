//! Which case a mail belongs to: that of a mail which it answers, one of the customer's or one of ours (RFC 5322, 3.6.4).

use std::collections::HashMap;

use base::{Result, Tx};
use cases::Case;
use sea_orm::{ColumnTrait, Condition};
use uuid::Uuid;

use crate::{
    case_reply,
    inbox::{self, Column},
    message_id,
};

/// More than one conversation has.
const MOST: u64 = 200;

/// The case of the nearest of these Message-IDs that is known; `None` too when that is in the trash.
pub async fn case_of(tx: &Tx, answered: &[String]) -> Result<Option<Case>> {
    if answered.is_empty() {
        return Ok(None);
    }
    let keys: Vec<String> = answered.iter().map(|id| message_id::key(id)).collect();
    let mut known: HashMap<String, Uuid> = HashMap::new();
    let theirs = Condition::all().add(Column::MessageKey.is_in(keys.clone())).add(Column::CaseId.is_not_null());
    for row in tx.find::<inbox::Entity>().filter(theirs).all(MOST).await? {
        known.extend(row.case_id.map(|case| (row.message_key, case)));
    }
    let ours = Condition::any()
        .add(case_reply::Column::MessageKey.is_in(keys.clone()))
        .add(case_reply::Column::CarrierKey.is_in(keys.clone()));
    for row in tx.find::<case_reply::Entity>().filter(ours).all(MOST).await? {
        known.insert(row.message_key, row.case_id);
        known.insert(row.carrier_key, row.case_id);
    }
    let Some(case) = keys.iter().rev().find_map(|key| known.get(key)) else { return Ok(None) };
    Ok(tx.find::<cases::Entity>().ids([*case]).await?.pop())
}
