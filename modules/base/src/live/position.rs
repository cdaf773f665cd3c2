use std::{fmt, str::FromStr};

/// Where a reader of the log stands: behind everything up to here.
///
/// On PostgreSQL entries are read in the order of their transactions' ids, and within one by their sequence: the sequence
/// alone is not the order in which they become visible, and a reader that went by it would pass over an entry that commits
/// late. On SQLite there is one writer, every transaction is number 0, and the sequence is that order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    pub txid: i64,
    pub seq: i64,
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.txid, self.seq)
    }
}

impl FromStr for Position {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (txid, seq) = text.split_once('.').ok_or(())?;
        let number = |text: &str| text.parse().ok().filter(|number| *number >= 0).ok_or(());
        Ok(Self { txid: number(txid)?, seq: number(seq)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_read_as_it_is_written() {
        for position in [Position { txid: 0, seq: 7 }, Position { txid: 812_345, seq: i64::MAX }] {
            assert_eq!(position.to_string().parse(), Ok(position));
        }
        for text in ["", "7", "1.", ".1", "-1.2", "1.2.3", "1.99999999999999999999", "1. 2", "x.y"] {
            assert_eq!(text.parse::<Position>(), Err(()), "{text}");
        }
    }
}
