use base::value::CurrencyCode;
use rand::{RngExt, SeedableRng, rngs::StdRng};
use rust_decimal::Decimal;

use super::sum::{Discount, line_total, places};

/// The same in whole numbers: ten-thousandths of a quantity, of a price and of a share, rounded by adding a half.
fn reckoned(quantity: i128, price: i128, discount: Option<Result<i128, i128>>, places: u32) -> Option<Decimal> {
    const UNIT: i128 = 1_000_000_000_000;
    let gross = quantity * price;
    let net = match discount {
        None => gross * 10_000,
        Some(Ok(hundredths_of_percent)) => gross * (10_000 - hundredths_of_percent),
        Some(Err(cents)) => (gross - cents * 1_000_000) * 10_000,
    };
    let step = UNIT / 10_i128.pow(places);
    let rounded = if net >= 0 { (net + step / 2) / step } else { -((-net + step / 2) / step) };
    (rounded >= 0).then(|| Decimal::from_i128_with_scale(rounded, places))
}

#[test]
fn a_line_comes_to_what_whole_numbers_say() {
    let mut chance = StdRng::seed_from_u64(4217);
    for _ in 0..200_000 {
        // Few digits, for there the halves are.
        let most = 10_i64.pow(chance.random_range(1..=9));
        let (quantity, price) = (chance.random_range(0..most), chance.random_range(0..most));
        let places = chance.random_range(0..=2);
        let (discount, same) = match chance.random_range(0..3) {
            0 => (Discount::None, None),
            1 => {
                let share = chance.random_range(0..=10_000);
                (Discount::Percent(Decimal::new(share, 2)), Some(Ok(share.into())))
            }
            _ => {
                let cents = chance.random_range(0..most);
                (Discount::Amount(Decimal::new(cents, 2)), Some(Err(cents.into())))
            }
        };
        let total = line_total(Decimal::new(quantity, 4), Decimal::new(price, 4), discount, places);
        let told = format!("{quantity} x {price}, {discount:?}, {places} places");
        assert_eq!(total, reckoned(quantity.into(), price.into(), same, places), "{told}");
    }
}

#[test]
fn halves_go_up_and_only_once() {
    let line = |quantity: &str, price: &str, discount, places| {
        line_total(quantity.parse().expect("a number"), price.parse().expect("a price"), discount, places)
            .map(|total| total.to_string())
    };
    assert_eq!(line("1", "0.005", Discount::None, 2).as_deref(), Some("0.01"));
    assert_eq!(line("3", "0.335", Discount::None, 2).as_deref(), Some("1.01"), "1.005, which no float is");
    assert_eq!(line("1", "0.0149", Discount::Percent(Decimal::new(5, 1)), 2).as_deref(), Some("0.01"));
    assert_eq!(line("2.5", "99", Discount::None, 0).as_deref(), Some("248"));
    assert_eq!(line("1", "10", Discount::Percent(Decimal::ONE_HUNDRED), 2).as_deref(), Some("0"));
    assert_eq!(line("1", "10", Discount::Amount(Decimal::new(1001, 2)), 2), None);
    assert_eq!(line("99999999999.9999", "99999999999.9999", Discount::None, 2), None, "too much, and no panic");
    assert_eq!(line("9999999999999", "1", Discount::None, 2).as_deref(), Some("9999999999999"));
    assert_eq!(line("10000000000000", "1", Discount::None, 2), None);
}

#[test]
fn a_currency_has_its_own_places() {
    let of = |code| places(CurrencyCode::parse(code).expect("a currency"));
    assert_eq!([of("EUR"), of("JPY"), of("KWD")], [2, 0, 2]);
}
