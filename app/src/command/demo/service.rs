use base::{Error, Result, Tx, value::Note};
use cases::{
    Case, CaseMacro, CasePriority, CaseStatus, Macro, MacroAction, MacroActions, MacroComment, MacroVisibility,
    Watchers,
};
use notes::{Ties, Visibility};

const SOLVED: &str = "Dear {{contact.first_name}},\n\nyour case #{{case.number}} is solved. If anything is left, just answer this \
                      e-mail.\n\n{{me.name}}, {{org.name}}";
const ASKED: &str = "Dear {{contact.first_name}},\n\nto go on with “{{case.name}}” we need a photograph of the delivery note.\n\n\
                     {{me.name}}, {{org.name}}";

/// What customers said of the help they got.
const ANSWERS: &[(&str, i32, &str)] = &[
    ("Where is the delivery of last Thursday?", 5, "Answered within the hour, and the pallet came the next morning."),
    ("The invoice has the wrong VAT number", 4, ""),
    ("Two boxes arrived wet", 2, "The refund took three weeks and four calls."),
];

/// What is done with cases again and again, and how it was.
pub async fn fill(tx: &Tx) -> Result<()> {
    macros(tx).await?;
    let customers = tx.find::<contacts::Entity>().first_by(contacts::Column::Id, 3).await?;
    for ((name, rating, comment), customer) in ANSWERS.iter().zip(customers) {
        let case = tx.make::<cases::Entity>(|row: &mut Case| {
            (*name).clone_into(&mut row.name);
            (row.status, row.account_id, row.is_active) = (CaseStatus::Closed, customer.account_id, true);
            let mine = Ties { assigned_to: tx.actor().user().map(|me| vec![me]), ..Ties::default() };
            (mine, (Some(vec![customer.id]).into(), Watchers(None)))
        });
        let comment = Note::parse(comment).ok().filter(|comment| !comment.as_str().is_empty());
        cases::record_answer(tx, case.await?.id, customer.id, *rating, comment).await?;
    }
    Ok(())
}

async fn macros(tx: &Tx) -> Result<()> {
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
