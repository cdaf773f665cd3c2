use base::value::{Change, Note, Text};
use poem_openapi::types::Example;

use crate::view::{NewSolution, SolutionChange};

impl Example for NewSolution {
    fn example() -> Self {
        Self {
            title: Text::parse("How to read the meter").expect("a title"),
            slug: None,
            content: Note::parse("Press **Menu** twice; the number behind `kWh` is the one.").unwrap_or_default(),
            assigned_to: vec![],
            teams: vec![],
            tags: vec![],
        }
    }
}

impl Example for SolutionChange {
    fn example() -> Self {
        Self { content: Note::parse("Press **Menu** once.").map_or(Change::Keep, Change::To), ..Self::default() }
    }
}
