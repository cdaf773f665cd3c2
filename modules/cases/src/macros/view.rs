use base::{
    Ref, Stamp, View,
    value::{Change, Note, Text, patch, patch_required},
};
use notes::Visibility;
use poem_openapi::{
    Object,
    types::{Example, MaybeUndefined},
};
use uuid::Uuid;

use super::{
    action::{MacroAction, MacroComment},
    row::{Actions, MacroVisibility, Model},
};
use crate::view::CaseStatus;

/// A macro: what is done with cases again and again.
#[derive(Clone, Debug, Object)]
pub struct MacroView {
    #[oai(flatten)]
    pub stamp: Stamp,
    pub name: String,
    pub description: Option<String>,
    pub visibility: MacroVisibility,
    /// Whose it is, if it is personal.
    pub owner: Option<Ref>,
    /// Whose it is, if it is a team's.
    pub team: Option<Ref>,
    /// As they were written, in their order.
    pub actions: Vec<MacroAction>,
}

/// A macro to make, or to put in the place of one.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct NewMacro {
    pub name: Text<100>,
    pub description: Option<Note<2_000>>,
    #[oai(default)]
    pub visibility: MacroVisibility,
    /// The team whose it is, with the visibility `team`.
    pub team_id: Option<Uuid>,
    /// Done in this order.
    #[oai(validator(min_items = 1, max_items = 20))]
    pub actions: Vec<MacroAction>,
}

/// What to change of a macro.
#[derive(Clone, Debug, Default, Object)]
#[oai(deny_unknown_fields, example)]
pub struct MacroChange {
    pub name: Change<Text<100>>,
    pub description: MaybeUndefined<Note<2_000>>,
    /// One that becomes personal is yours.
    pub visibility: Change<MacroVisibility>,
    /// Forgotten when it ceases to be a team's.
    pub team_id: MaybeUndefined<Uuid>,
    /// All of them.
    #[oai(validator(min_items = 1, max_items = 20))]
    pub actions: Change<Vec<MacroAction>>,
}

/// Which macro to run on a case.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct NewMacroRun {
    pub macro_id: Uuid,
}

/// What a macro would say on a case.
#[derive(Clone, Debug, Object)]
pub struct MacroPreview {
    /// In the order of its actions.
    pub comments: Vec<MacroSaid>,
}

#[derive(Clone, Debug, Object)]
pub struct MacroSaid {
    /// Which of the actions says it, counted from 0 on.
    pub action: u32,
    pub visibility: Visibility,
    pub body: String,
}

impl NewMacro {
    pub fn write(self, row: &mut Model) {
        row.name = self.name.into();
        row.description = self.description.map(Into::into);
        row.visibility = self.visibility;
        row.team_id = self.team_id;
        row.actions = Actions(self.actions);
    }
}

impl MacroChange {
    pub fn write(self, row: &mut Model) {
        patch_required(&mut row.name, self.name);
        patch(&mut row.description, self.description);
        patch_required(&mut row.visibility, self.visibility);
        patch(&mut row.team_id, self.team_id);
        if let Change::To(actions) = self.actions {
            row.actions = Actions(actions);
        }
    }
}

impl View for MacroView {
    fn id(&self) -> Uuid {
        self.stamp.id
    }

    fn version(&self) -> i64 {
        self.stamp.version
    }
}

impl Example for NewMacro {
    fn example() -> Self {
        let body = "Dear {{contact.first_name}},\n\nyour case #{{case.number}} is solved.\n\n{{me.name}}, {{org.name}}";
        let comment = MacroComment { body: Note::parse(body).expect("words"), visibility: Visibility::Public };
        Self {
            name: Text::parse("Solved").expect("a name"),
            description: None,
            visibility: MacroVisibility::Personal,
            team_id: None,
            actions: vec![
                MacroAction { comment: Some(comment), ..MacroAction::default() },
                MacroAction { assigned_to_me: Some(true), ..MacroAction::default() },
                MacroAction { status: Some(CaseStatus::Closed), ..MacroAction::default() },
            ],
        }
    }
}

impl Example for MacroChange {
    fn example() -> Self {
        let pending = MacroAction { status: Some(CaseStatus::Pending), ..MacroAction::default() };
        Self { description: MaybeUndefined::Null, actions: Change::To(vec![pending]), ..Self::default() }
    }
}

impl Example for NewMacroRun {
    fn example() -> Self {
        Self { macro_id: Uuid::from_u128(0x0190_f3c2_0000_7000_8000_0000_0000_0001) }
    }
}
