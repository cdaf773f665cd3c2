//! The bodies that the document shows.

use base::value::{Change, Text};
use poem_openapi::types::Example;

use crate::view::{NewSeries, SeriesChange};

impl Example for NewSeries {
    fn example() -> Self {
        Self {
            name: Text::parse("Web shop").expect("a name"),
            pattern: Text::parse("WEB-{year}-{seq:6}").expect("a pattern"),
            is_default: false,
        }
    }
}

impl Example for SeriesChange {
    fn example() -> Self {
        Self { name: Text::parse("Shop").map_or(Change::Keep, Change::To), ..Self::default() }
    }
}
