use base::{Error, Fields, IfMatch, Result, Tx, Verb, access, value::patch_required};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

use super::{
    row::{Entity, Model},
    view::{HelpCentreChange, HelpCentreView},
};

/// # Errors
/// 403 without the grant.
pub async fn show(tx: &Tx) -> Result<HelpCentreView> {
    access::scope::<Entity>(tx.actor(), Verb::VIEW).ok_or_else(Error::forbidden)?;
    match tx.find::<Entity>().one().await? {
        Some(row) => Ok(view(row)),
        None => Ok(HelpCentreView { title: tx.org_name().await?, key: None, is_enabled: false }),
    }
}

/// # Errors
/// 403 without the grants: `change`, and `create` for who is the first.
pub async fn change(tx: &Tx, change: HelpCentreChange) -> Result<HelpCentreView> {
    for verb in [Verb::VIEW, Verb::CHANGE] {
        access::scope::<Entity>(tx.actor(), verb).ok_or_else(Error::forbidden)?;
    }
    tx.alone_with("the help centre").await?;
    let Some(found) = tx.find::<Entity>().one().await? else {
        let mut row = Model { title: tx.org_name().await?, key: random(), ..Model::default() };
        change.write(&mut row);
        return Ok(view(tx.insert::<Entity>(row, Fields::none()).await?));
    };
    let before = tx.open::<Entity>(found.id, Verb::CHANGE, &IfMatch::ANY).await?;
    let mut after = before.clone();
    change.write(&mut after);
    Ok(view(tx.update::<Entity>(&before, after, Fields::none()).await?))
}

impl HelpCentreChange {
    fn write(self, row: &mut Model) {
        patch_required(&mut row.title, self.title);
        patch_required(&mut row.is_enabled, self.is_enabled);
    }
}

fn view(row: Model) -> HelpCentreView {
    HelpCentreView { title: row.title, key: Some(row.key), is_enabled: row.is_enabled }
}

/// 96 random bits as 16 characters that need no escaping in a path: public, and not to be found by trying.
fn random() -> String {
    let mut bytes = [0_u8; 12];
    rand::fill(&mut bytes);
    URL_SAFE_NO_PAD.encode(bytes)
}
