use sea_orm::DeriveValueType;
use serde::Serialize;
use uuid::Uuid;

/// A place in an order that people make by hand: among the cards of a column, say. There is always a place between two, so
/// that moving one card writes one row.
///
/// A rank is a fraction of 1 in hexadecimal digits without the `0.` before them, and never ends in `0`: ranks compare as text,
/// in every collation. The top of a column is its greatest rank. What comes on top or to the bottom takes its rank from a new
/// id, which is greater than all before it, so that nobody has to look or to wait; only a place between two needs to know them.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, DeriveValueType)]
#[serde(transparent)]
pub struct Rank(String);

const BASE: u8 = 16;

impl Rank {
    /// Above whatever has a rank already; `id` is a new one, of UUID version 7.
    #[must_use]
    pub fn top(id: Uuid) -> Self {
        Self(format!("c{:032x}8", id.as_u128()))
    }

    /// Below whatever has a rank already; `id` is a new one, of UUID version 7.
    #[must_use]
    pub fn bottom(id: Uuid) -> Self {
        Self(format!("4{:032x}8", !id.as_u128()))
    }

    /// Between these two; `None` when `above` is not above `below`.
    #[must_use]
    pub fn between(above: &Self, below: &Self) -> Option<Self> {
        if above <= below {
            return None;
        }
        let mut place = Vec::new();
        middle(&below.digits(), Some(&above.digits()), &mut place);
        Some(Self(place.into_iter().filter_map(|digit| char::from_digit(digit.into(), BASE.into())).collect()))
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn digits(&self) -> Vec<u8> {
        self.0.chars().filter_map(|digit| digit.to_digit(BASE.into())?.try_into().ok()).collect()
    }
}

/// Adds to `place` the digits of a short fraction between `low` and `high`; without `high`, between `low` and 1. Neither ends
/// in zero.
fn middle(low: &[u8], high: Option<&[u8]>, place: &mut Vec<u8>) {
    let first = |digits: &[u8]| digits.first().copied();
    let [from, to] = [first(low).unwrap_or(0), high.and_then(first).unwrap_or(BASE)];
    let rest = low.get(1..).unwrap_or_default();
    match (high, to - from) {
        (Some(high), 0) => {
            place.push(from);
            middle(rest, high.get(1..), place);
        }
        // The upper one cut short is below itself, when it goes on.
        (Some([digit, _, ..]), 1) => place.push(*digit),
        (_, 1) => {
            place.push(from);
            middle(rest, None, place);
        }
        (_, gap) => place.push(from + gap / 2),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id() -> Uuid {
        Uuid::now_v7()
    }

    #[test]
    fn what_comes_in_goes_on_top_or_to_the_bottom() {
        let ranks = [Rank::top(id()), Rank::top(id()), Rank::bottom(id()), Rank::bottom(id())];
        let [first, second, third, fourth] = &ranks;
        assert!(second > first && first > third && third > fourth, "{ranks:?}");
    }

    #[test]
    fn there_is_always_a_place_between() {
        for moves in [[true, true, true], [false, false, false], [true, false, true], [false, false, true]] {
            let (mut below, mut above) = (Rank::bottom(id()), Rank::top(id()));
            for move_up in moves.into_iter().cycle().take(400) {
                let place = Rank::between(&above, &below).expect("a place");
                assert!(
                    below < place && place < above && !place.as_str().ends_with('0'),
                    "{below:?} {place:?} {above:?}"
                );
                if move_up { below = place } else { above = place }
            }
            assert!(above.as_str().len() < 150, "{above:?}");
        }
    }

    #[test]
    fn digits_that_are_nothing_are_gone_through() {
        let rank = |digits: &str| Rank(digits.to_owned());
        for (above, below) in [("0001", "00008"), ("8001", "8"), ("01", "001"), ("1", "0f"), ("100000001", "1")] {
            let place = Rank::between(&rank(above), &rank(below)).expect("a place");
            assert!(rank(below) < place && place < rank(above), "{below} {place:?} {above}");
        }
    }

    #[test]
    fn nothing_is_between_one_and_itself() {
        let (above, below) = (Rank::top(id()), Rank::bottom(id()));
        assert_eq!(Rank::between(&below, &below), None);
        assert_eq!(Rank::between(&below, &above), None);
    }
}
