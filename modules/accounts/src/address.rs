use base::value::{Country, Text};
use poem_openapi::{Object, types::Example};

/// A postal address. As a whole it is absent, or it is what it says.
#[derive(Clone, Debug, Default, PartialEq, Object)]
#[oai(deny_unknown_fields, example)]
pub struct Address {
    /// Street, number, and whatever else stands above the town.
    pub address_line: Option<Text<255>>,
    pub city: Option<Text<255>>,
    pub state: Option<Text<255>>,
    pub postcode: Option<Text<64>>,
    pub country: Option<Country>,
}

impl Example for Address {
    fn example() -> Self {
        Self {
            address_line: Text::parse("Speicherstrasse 9").ok(),
            city: Text::parse("Hamburg").ok(),
            state: None,
            postcode: Text::parse("20457").ok(),
            country: Country::parse("DE").ok(),
        }
    }
}

/// The five columns of an address, in the order in which it is written.
pub type Columns<'r> = [&'r mut Option<String>; 5];

impl Address {
    /// An address of columns; `None` when all are empty. What is stored was checked when it came in.
    pub fn read(columns: [Option<&String>; 5]) -> Option<Self> {
        let [line, city, state, postcode, country] = columns.map(|column| column.map(String::as_str));
        let address = Self {
            address_line: line.and_then(|text| Text::parse(text).ok()),
            city: city.and_then(|text| Text::parse(text).ok()),
            state: state.and_then(|text| Text::parse(text).ok()),
            postcode: postcode.and_then(|text| Text::parse(text).ok()),
            country: country.and_then(|code| Country::parse(code).ok()),
        };
        (address != Self::default()).then_some(address)
    }

    pub fn write(address: Option<Self>, [line, city, state, postcode, country]: Columns<'_>) {
        let address = address.unwrap_or_default();
        *line = address.address_line.map(Into::into);
        *city = address.city.map(Into::into);
        *state = address.state.map(Into::into);
        *postcode = address.postcode.map(Into::into);
        *country = address.country.map(Into::into);
    }
}
