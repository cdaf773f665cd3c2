use base::{Error, Result, Tx, value::Note};
use cases::{CaseMacro, CasePriority, CaseStatus, Macro, MacroAction, MacroActions, MacroComment, MacroVisibility};
use notes::Visibility;

const SOLVED: &str = "Dear {{contact.first_name}},\n\nyour case #{{case.number}} is solved. If anything is left, just answer this \
                      e-mail.\n\n{{me.name}}, {{org.name}}";
const ASKED: &str = "Dear {{contact.first_name}},\n\nto go on with “{{case.name}}” we need a photograph of the delivery note.\n\n\
                     {{me.name}}, {{org.name}}";

/// What is done with cases again and again.
pub async fn fill(tx: &Tx) -> Result<()> {
    let nothing = MacroAction::default;
    let solved = vec![
        say(SOLVED)?,
        MacroAction { assigned_to_me: Some(true), ..nothing() },
        MacroAction { status: Some(CaseStatus::Closed), ..nothing() },
    ];
    let asked = vec![
        say(ASKED)?,
        MacroAction { priority: Some(CasePriority::Normal), ..nothing() },
        MacroAction { status: Some(CaseStatus::Pending), ..nothing() },
    ];
    for (name, actions) in [("Solved: tell and close", solved), ("Ask for the delivery note", asked)] {
        tx.make::<CaseMacro>(|row: &mut Macro| {
            name.clone_into(&mut row.name);
            row.visibility = MacroVisibility::Shared;
            row.actions = MacroActions(actions);
        })
        .await?;
    }
    Ok(())
}

fn say(words: &str) -> Result<MacroAction> {
    let body = Note::parse(words).map_err(|refused| Error::fault("", refused.code, refused.detail))?;
    let comment = MacroComment { body, visibility: Visibility::Public };
    Ok(MacroAction { comment: Some(comment), ..MacroAction::default() })
}
