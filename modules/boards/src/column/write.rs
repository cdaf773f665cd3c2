use base::value::{patch, patch_required};

use super::{
    row::Model,
    view::{BoardColumnChange, BoardColumnReplacement, NewBoardColumn},
};

impl NewBoardColumn {
    pub fn write(self, row: &mut Model) {
        row.board_id = self.board_id;
        row.name = self.name.into();
        row.colour = self.colour;
        row.wip_limit = self.wip_limit;
    }
}

impl BoardColumnReplacement {
    pub fn write(self, row: &mut Model) {
        row.name = self.name.into();
        row.colour = self.colour;
        row.wip_limit = self.wip_limit;
    }
}

impl BoardColumnChange {
    pub fn write(self, row: &mut Model) {
        patch_required(&mut row.name, self.name);
        patch_required(&mut row.colour, self.colour);
        patch(&mut row.wip_limit, self.wip_limit);
    }
}
