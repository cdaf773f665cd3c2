//! The values records are made of. Each parses its own text, and each publishes a schema that says the same.

mod text_type;
pub mod refused;
mod amount;
mod change;
mod colour;
mod country;
mod currency;
mod decimals;
mod day_or_time;
mod domain;
mod email;
mod industry;
mod money;
mod note;
mod patch;
mod phone;
mod rank;
mod text;
mod timezone;
mod unit;
mod web_url;
#[cfg(test)]
mod tests;

pub use amount::Amount;
pub use change::Change;
pub(crate) use change::NEVER_NULL;
pub use colour::Colour;
pub use country::Country;
pub use currency::CurrencyCode;
pub use day_or_time::DayOrTime;
pub use decimals::{Decimals, MoneyTotal, Percent, Quantity, Rate, Share, UnitPrice};
pub use domain::Domain;
pub use email::Email;
pub use industry::Industry;
pub use money::{Money, two_places};
pub use note::Note;
pub use patch::{patch, patch_phone, patch_required, put_phone};
pub use phone::{Phone, PhoneView};
pub use rank::Rank;
pub use refused::Refused;
pub use text::Text;
pub use timezone::Timezone;
pub use unit::UnitCode;
pub use web_url::WebUrl;
