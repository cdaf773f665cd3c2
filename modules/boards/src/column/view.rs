use base::{
    Ref, Stamp, View,
    value::{Change, Colour, Text},
};
use poem_openapi::{
    Object,
    types::{Example, MaybeUndefined},
};
use uuid::Uuid;

/// A column of a board.
#[derive(Clone, Debug, Object)]
pub struct BoardColumnView {
    #[oai(flatten)]
    pub stamp: Stamp,
    pub board: Option<Ref>,
    pub name: String,
    pub colour: Colour,
    pub wip_limit: Option<i32>,
}

/// A column to make, on the right of a board.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct NewBoardColumn {
    pub board_id: Uuid,
    /// Unique on its board, whatever the case.
    pub name: Text<100>,
    #[oai(default)]
    pub colour: Colour,
    /// The most cards that it takes; any number when left out.
    #[oai(validator(minimum(value = "1"), maximum(value = "10000")))]
    pub wip_limit: Option<i32>,
}

/// What to put in the place of a column. It stays where it is.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct BoardColumnReplacement {
    pub name: Text<100>,
    #[oai(default)]
    pub colour: Colour,
    #[oai(validator(minimum(value = "1"), maximum(value = "10000")))]
    pub wip_limit: Option<i32>,
}

/// What to change of a column.
#[derive(Clone, Debug, Default, Object)]
#[oai(deny_unknown_fields, example)]
pub struct BoardColumnChange {
    pub name: Change<Text<100>>,
    pub colour: Change<Colour>,
    /// Cards beyond a lower limit stay; no others come in.
    #[oai(validator(minimum(value = "1"), maximum(value = "10000")))]
    pub wip_limit: MaybeUndefined<i32>,
}

/// Where to put a column.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct BoardColumnMove {
    /// How many columns are to be on its left: 0 makes it the first.
    #[oai(validator(minimum(value = "0"), maximum(value = "49")))]
    pub position: u32,
}

impl View for BoardColumnView {
    fn id(&self) -> Uuid {
        self.stamp.id
    }

    fn version(&self) -> i64 {
        self.stamp.version
    }
}

const BOARD: Uuid = Uuid::from_u128(0x0190_7c1e_52a0_7b30_9c11_3f6a_2d8e_0020);

fn name() -> Text<100> {
    Text::parse("Waiting for an answer").expect("a name")
}

impl Example for NewBoardColumn {
    fn example() -> Self {
        Self { board_id: BOARD, name: name(), colour: Colour::Violet, wip_limit: Some(5) }
    }
}

impl Example for BoardColumnReplacement {
    fn example() -> Self {
        Self { name: name(), colour: Colour::Violet, wip_limit: None }
    }
}

impl Example for BoardColumnChange {
    fn example() -> Self {
        Self { colour: Change::To(Colour::Amber), wip_limit: MaybeUndefined::Value(8), ..Self::default() }
    }
}

impl Example for BoardColumnMove {
    fn example() -> Self {
        Self { position: 0 }
    }
}
