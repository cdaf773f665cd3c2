//! Bodies put onto rows; the prices go beside.

use base::value::{patch, patch_required};

use crate::{
    prices::Prices,
    product::Model,
    view::{NewProduct, ProductChange},
};

impl NewProduct {
    pub fn write(self, row: &mut Model) -> Prices {
        row.name = self.name.into();
        row.sku = self.sku.map(Into::into);
        row.category = self.category.map(Into::into);
        row.unit = self.unit.into();
        row.tax_class = self.tax_class;
        row.description = self.description.map(Into::into);
        row.is_active = self.is_active;
        Prices(Some(self.prices))
    }
}

impl ProductChange {
    pub fn write(self, row: &mut Model) -> Prices {
        patch_required(&mut row.name, self.name);
        patch(&mut row.sku, self.sku);
        patch(&mut row.category, self.category);
        patch_required(&mut row.unit, self.unit);
        patch_required(&mut row.tax_class, self.tax_class);
        patch(&mut row.description, self.description);
        patch_required(&mut row.is_active, self.is_active);
        Prices(self.prices.into_option())
    }
}
