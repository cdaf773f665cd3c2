use base::value::{patch, patch_required};

use super::{
    crew::Crew,
    first::FirstColumns,
    row::Model,
    view::{BoardChange, BoardReplacement, NewBoard},
};

type Beside = (Crew, FirstColumns);

impl NewBoard {
    pub fn write(self, row: &mut Model) -> Beside {
        row.name = self.name.into();
        row.description = self.description.map(Into::into);
        row.is_archived = self.is_archived;
        let names = self.columns.map(|names| names.into_iter().map(Into::into).collect());
        (Crew::put(self.owners, self.admins, self.members), names.map_or_else(FirstColumns::usual, FirstColumns::named))
    }
}

impl BoardReplacement {
    pub fn write(self, row: &mut Model) -> Beside {
        row.name = self.name.into();
        row.description = self.description.map(Into::into);
        row.is_archived = self.is_archived;
        (Crew::put(self.owners, self.admins, self.members), FirstColumns::default())
    }
}

impl BoardChange {
    pub fn write(self, row: &mut Model) -> Beside {
        patch_required(&mut row.name, self.name);
        patch(&mut row.description, self.description);
        patch_required(&mut row.is_archived, self.is_archived);
        let [owners, admins, members] = [self.owners, self.admins, self.members].map(base::value::Change::into_option);
        (Crew { owners, admins, members }, FirstColumns::default())
    }
}
