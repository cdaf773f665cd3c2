use chrono::NaiveDate;
use einvoice::model::{
    Account, Address, Attachment, Card, Contact, Country, Delivery, DirectDebit, File, Identifier, Note, Payment,
    Period, References, Schemed,
};

use super::{day, text, word};
use crate::dice::Dice;

pub fn date(dice: &mut Dice) -> NaiveDate {
    day(dice.below(700) as u64)
}

pub fn period(dice: &mut Dice) -> Period {
    let start = dice.below(300);
    let end = start + dice.below(60);
    let (start, end) = (day(start as u64), day(end as u64));
    match dice.below(3) {
        0 => Period::From(start),
        1 => Period::Until(end),
        _ => Period::Between(start, end),
    }
}

/// Within the other, so that it is right by Peppol as well.
pub fn period_within(dice: &mut Dice, outer: Option<Period>) -> Period {
    let Some(outer) = outer else { return period(dice) };
    let start = outer.start().or(outer.end()).unwrap();
    Period::new(Some(start), Some(outer.end().unwrap_or(start))).unwrap()
}

pub fn note(dice: &mut Dice) -> Note {
    Note { subject: dice.maybe(|dice| dice.pick(&["AAI", "REG", "ABL"]).to_owned()), text: text(dice) }
}

pub fn identifier(dice: &mut Dice, of: &str) -> Identifier {
    let value = format!("{of}-{}", dice.between(1, 9999));
    Identifier { value, scheme: dice.maybe(|dice| dice.pick(&["0002", "0088", "0060"]).to_owned()) }
}

pub fn schemed(dice: &mut Dice) -> Schemed {
    match dice.below(2) {
        0 => Schemed::new("EM", format!("invoices{}@example.com", dice.below(100))),
        _ => Schemed::new("0204", format!("991-{}-01", dice.between(10_000, 99_999))),
    }
}

pub fn address(dice: &mut Dice) -> Address {
    Address {
        line1: dice.maybe(text),
        line2: dice.maybe(text),
        line3: dice.maybe(text),
        city: dice.maybe(text),
        post_code: dice.maybe(word),
        subdivision: dice.maybe(text),
        country: Country::parse(dice.pick(&["DE", "FR", "AT", "GR", "XI", "US"])).unwrap(),
    }
}

pub fn contact(dice: &mut Dice) -> Contact {
    Contact { name: Some(text(dice)), phone: dice.maybe(word), email: dice.maybe(word) }
}

pub fn references(dice: &mut Dice) -> References {
    References {
        project: dice.maybe(text),
        contract: dice.maybe(text),
        order: dice.maybe(text),
        sales_order: dice.maybe(text),
        receiving_advice: dice.maybe(text),
        despatch_advice: dice.maybe(text),
        tender: dice.maybe(text),
        object: dice.maybe(object),
    }
}

pub fn object(dice: &mut Dice) -> Identifier {
    Identifier { value: word(dice), scheme: dice.maybe(|dice| dice.pick(&["AVE", "ON", "AAA"]).to_owned()) }
}

pub fn delivery(dice: &mut Dice, must: bool) -> Option<Delivery> {
    if !must && dice.one_in(3) {
        return None;
    }
    let mut it = Delivery {
        party_name: dice.maybe(text),
        location: dice.maybe(|dice| identifier(dice, "place")),
        delivered_on: Some(date(dice)),
        address: dice.maybe(address),
    };
    if must {
        it.address = Some(address(dice));
    }
    Some(it)
}

const IBANS: [&str; 3] = ["DE02120300000000202051", "FR7630006000011234567890189", "AT611904300234573201"];

pub fn payment(dice: &mut Dice) -> Payment {
    let common = Payment { means_text: dice.maybe(text), remittance: dice.maybe(text), ..Payment::default() };
    match dice.below(4) {
        0 | 1 => Payment {
            means: dice.pick(&["30", "58"]).to_owned(),
            accounts: (0..=dice.below(2)).map(|_| account(dice)).collect(),
            ..common
        },
        2 => Payment { means: "59".to_owned(), direct_debit: Some(direct_debit(dice)), ..common },
        _ => Payment {
            means: dice.pick(&["48", "54"]).to_owned(),
            card: Some(Card { number: "1234".to_owned(), holder: dice.maybe(text) }),
            ..common
        },
    }
}

fn direct_debit(dice: &mut Dice) -> DirectDebit {
    DirectDebit {
        mandate: Some(word(dice)),
        creditor: Some("DE98ZZZ09999999999".to_owned()),
        account: Some(dice.pick(&IBANS).to_owned()),
    }
}

fn account(dice: &mut Dice) -> Account {
    Account {
        id: dice.pick(&IBANS).to_owned(),
        name: dice.maybe(text),
        bic: dice.maybe(|dice| dice.pick(&["BYLADEM1001", "AGRIFRPP882"]).to_owned()),
    }
}

pub fn attachments(dice: &mut Dice) -> Vec<Attachment> {
    (0..dice.below(3))
        .map(|nth| Attachment {
            reference: format!("A{nth}"),
            description: dice.maybe(text),
            location: dice.maybe(|dice| format!("https://example.com/{}?a=1&b=2", dice.below(99))),
            file: dice.maybe(|dice| File {
                mime: dice.pick(&["application/pdf", "image/png", "text/csv"]).to_owned(),
                name: format!("{nth} {}.dat", word(dice)),
                bytes: (0..=dice.below(200)).map(|_| u8::try_from(dice.below(256)).unwrap()).collect(),
            }),
        })
        .collect()
}
