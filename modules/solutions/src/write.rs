//! Bodies put onto rows; assignees, teams and tags go beside them.

use base::value::{Change, patch_required};
use notes::Ties;

use crate::{
    solution::Model,
    view::{NewSolution, SolutionChange},
};

impl NewSolution {
    pub fn write(self, row: &mut Model) -> Ties {
        row.title = self.title.into();
        patch_required(&mut row.slug, self.slug.map_or(Change::Keep, Change::To));
        row.content = self.content.into();
        Ties::put(self.assigned_to, self.teams, self.tags)
    }
}

impl SolutionChange {
    pub fn write(self, row: &mut Model) -> Ties {
        patch_required(&mut row.title, self.title);
        patch_required(&mut row.slug, self.slug);
        patch_required(&mut row.content, self.content);
        Ties::patch(self.assigned_to, self.teams, self.tags)
    }
}
