use poem_openapi::types::{ParseFromJSON, ToJSON};
use sea_orm::Iterable;
use serde_json::{Value, json};

use super::*;

fn code<T: std::fmt::Debug>(parsed: Result<T, Refused>) -> &'static str {
    parsed.expect_err("refused").code
}

#[test]
fn text_is_trimmed_and_composed() {
    let typed = "  Ame\u{301}lie\u{a0}";
    assert_eq!(Text::<9>::parse(typed).unwrap_err().code, "too_long");
    assert_eq!(Text::<10>::parse(typed).unwrap().as_str(), "Amélie");
}

#[test]
fn text_says_something_on_one_line() {
    for (typed, why) in [
        ("", "too_short"),
        (" \u{2003}\t", "too_short"),
        ("a\0b", "invalid_text"),
        ("a\nb", "invalid_text"),
        ("a\u{85}b", "invalid_text"),
        ("abcdefghi", "too_long"),
    ] {
        assert_eq!(code(Text::<8>::parse(typed)), why, "{typed:?}");
    }
    assert_eq!(Text::<4>::parse("𝒜𝒜𝒜𝒜").unwrap().as_str(), "𝒜𝒜𝒜𝒜");
}

#[test]
fn text_that_outgrows_its_limit_by_composition_stays_as_typed() {
    assert_eq!(Text::<1>::parse("\u{958}").unwrap().as_str(), "\u{958}");
}

#[test]
fn note_keeps_lines_and_may_be_blank() {
    assert_eq!(Note::<9>::parse("a\r\n\tb\n").unwrap().as_str(), "a\n\tb");
    assert_eq!(Note::<9>::parse(" ").unwrap().as_str(), "");
    assert_eq!(code(Note::<9>::parse("a\u{b}")), "invalid_text");
    assert_eq!(code(Note::<1>::parse("ab")), "too_long");
}

#[test]
fn email_keeps_the_mailbox_and_lowers_the_host() {
    assert_eq!(Email::parse("Ann+Crm@Example.COM").unwrap().as_str(), "Ann+Crm@example.com");
    let long_mailbox = format!("{}@a.de", "a".repeat(65));
    let long = format!("a@{}de", "a.".repeat(130));
    for typed in [
        "",
        "ann",
        "ann@",
        "ann@localhost",
        "a..b@c.de",
        ".a@c.de",
        "ann@-c.de",
        " ann@c.de",
        "ann@c.de\n",
        "\"ann\"@c.de",
        "Ann <ann@c.de>",
        "ann@[127.0.0.1]",
        "ann@c.de,bob@c.de",
        &long_mailbox,
        &long,
    ] {
        assert_eq!(code(Email::parse(typed)), "invalid_email", "{typed:?}");
    }
}

#[test]
fn domain_is_kept_as_name_servers_know_it() {
    for (typed, kept) in [
        ("Elbe.Example", "elbe.example"),
        ("xn--mnchen-3ya.example", "xn--mnchen-3ya.example"),
        ("M\u{fc}nchen.example", "xn--mnchen-3ya.example"),
        ("mu\u{308}nchen.example", "xn--mnchen-3ya.example"),
        ("\u{4f8b}\u{3048}.example", "xn--r8jz45g.example"),
    ] {
        assert_eq!(Domain::parse(typed).unwrap().as_str(), kept);
    }
    let long = format!("{}de", "a.".repeat(126));
    for typed in [
        "",
        "example",
        ".example",
        "elbe.example.",
        "elbe..example",
        "-elbe.example",
        "el_be.example",
        "@elbe.example",
        "%65lbe.example",
        "*.elbe.example",
        "elbe.example/",
        " elbe.example",
        "127.0.0.1",
        "[::1]",
        &long,
    ] {
        assert_eq!(code(Domain::parse(typed)), "invalid_domain", "{typed:?}");
    }
}

#[test]
fn phone_is_taken_as_people_write_it() {
    for typed in
        ["1-955-371-0847 x371", "262.397.7937", "(980) 494-7423", "+49 (0)30 / 901820", "030 901820 ext. 12", "112"]
    {
        assert_eq!(Phone::parse(typed).unwrap().as_str(), typed);
    }
    for typed in ["", "12", "call me", "12345a", "+", "1+23", "123\n", &"1".repeat(41)] {
        assert_eq!(code(Phone::parse(typed)), "invalid_phone", "{typed:?}");
    }
}

#[test]
fn phone_has_an_international_form_when_it_can_be_made_out() {
    let us = Country::parse("US").unwrap();
    let de = Country::parse("DE").unwrap();
    for (typed, region, e164) in [
        ("+49 30 901820", None, Some("+4930901820")),
        ("030 901820", None, None),
        ("030 901820", Some(&de), Some("+4930901820")),
        ("262.397.7937", Some(&us), Some("+12623977937")),
        ("1-955-371-0847 x371", Some(&us), None),
        ("262.397.7937 x12", Some(&us), Some("+12623977937")),
    ] {
        let phone = Phone::parse_in(typed, region).unwrap();
        assert_eq!(phone.e164(), e164, "{typed}");
    }
}

#[test]
fn phone_is_a_string_in_and_an_object_out() {
    let phone = Phone::parse_from_json(Some(json!("+49 30 901820"))).unwrap();
    assert_eq!(PhoneView::from(phone).to_json(), Some(json!({"e164": "+4930901820", "typed": "+49 30 901820"})));
}

#[test]
fn country_and_currency_are_of_the_closed_lists() {
    assert_eq!(Country::parse("DE").unwrap().name(), "Germany");
    for typed in ["", "de", "XX", "UK", "DEU"] {
        assert_eq!(code(Country::parse(typed)), "invalid_country", "{typed}");
    }
    assert_eq!(CurrencyCode::parse("JPY").unwrap().places(), 0);
    for typed in ["", "eur", "XXX", "XTS", "XAU", "CHE", "HRK", "DEM"] {
        assert_eq!(code(CurrencyCode::parse(typed)), "invalid_currency", "{typed}");
    }
    for typed in ["USD", "EUR", "GBP", "INR", "CAD", "AUD", "CNY", "CHF", "SGD", "AED", "BRL", "MXN", "XOF"] {
        assert_eq!(CurrencyCode::parse(typed).unwrap().as_str(), typed);
    }
    assert_eq!(Country::all().len(), 249);
}

#[test]
fn money_is_what_the_column_holds() {
    for (typed, kept) in [("0", "0.00"), ("12.5", "12.50"), ("9999999999999.99", "9999999999999.99")] {
        assert_eq!(Money::parse(typed).unwrap().to_string(), kept);
    }
    for typed in ["", "-1", "1.234", "10000000000000", "1e3", "1,5", ".5", "1.", "007", "NaN", " 1"] {
        assert_eq!(code(Money::parse(typed)), "invalid_decimal", "{typed:?}");
    }
    assert!(Money::parse_from_json(Some(json!(12.5))).is_err());
}

#[test]
fn web_url_leads_to_a_page_and_carries_no_login() {
    for typed in ["https://example.com", "HTTP://example.com:8080/a?b=c#d", "https://müller.de/über", "http://[::1]/"]
    {
        assert_eq!(WebUrl::<99>::parse(typed).unwrap().as_str(), typed);
    }
    for typed in [
        "",
        "example.com",
        "ftp://example.com",
        "javascript:alert(1)",
        "https://",
        "https:///a",
        "https://ann:secret@example.com",
        "https://example.com/a b",
        "https://exa\tmple.com",
        "https://[::1",
    ] {
        assert_eq!(code(WebUrl::<99>::parse(typed)), "invalid_url", "{typed:?}");
    }
    assert_eq!(code(WebUrl::<9>::parse("https://example.com")), "too_long");
}

#[test]
fn timezone_is_an_iana_name() {
    assert_eq!(Timezone::parse("Europe/Berlin").unwrap().as_str(), "Europe/Berlin");
    assert_eq!(code(Timezone::parse("Berlin")), "invalid_timezone");
}

#[test]
fn enums_are_stored_as_they_are_sent() {
    use sea_orm::ActiveEnum;

    assert_eq!(Colour::iter().count(), 18);
    assert_eq!(Industry::iter().count(), 30);
    for industry in Industry::iter() {
        assert_eq!(industry.to_json(), Some(industry.to_value().into()));
        assert_eq!(industry.to_json(), serde_json::to_value(industry).ok());
    }
    for colour in Colour::iter() {
        assert_eq!(colour.to_json(), Some(colour.to_value().into()));
    }
    assert_eq!(Industry::ApparelAndAccessories.to_value(), "apparel_and_accessories");
}

#[test]
fn change_keeps_sets_and_never_clears() {
    type Title = Change<Text<9>>;
    assert_eq!(Title::parse_from_json(None).unwrap(), Change::Keep);
    assert!(Title::parse_from_json(Some(Value::Null)).is_err());
    let set = Title::parse_from_json(Some(json!("a"))).unwrap();
    assert_eq!(set.into_option().unwrap().as_str(), "a");
}

#[test]
fn serde_and_json_agree() {
    let phone: Phone = serde_json::from_value(json!("112")).unwrap();
    assert_eq!(serde_json::to_value(phone).unwrap(), json!("112"));
    assert!(serde_json::from_value::<Email>(json!("nobody")).is_err());
    assert_eq!(serde_json::to_value(Money::parse("5").unwrap()).unwrap(), json!("5.00"));
}

/// Whatever fits the published schema parses, and nothing else does.
fn agrees<T: ParseFromJSON>(samples: &[String]) {
    let schema = match T::schema_ref() {
        poem_openapi::registry::MetaSchemaRef::Inline(schema) => json!(schema),
        poem_openapi::registry::MetaSchemaRef::Reference(name) => {
            let mut registry = poem_openapi::registry::Registry::new();
            T::register(&mut registry);
            json!(registry.schemas[&name])
        }
    };
    let validator = jsonschema::options()
        .with_draft(jsonschema::Draft::Draft202012)
        .should_validate_formats(false)
        .build(&schema)
        .unwrap();
    for sample in samples {
        let value = json!(sample);
        let fits = validator.is_valid(&value);
        let parses = T::parse_from_json(Some(value)).is_ok();
        assert_eq!(fits, parses, "{} {sample:?}", T::name());
    }
}

/// Short texts of characters that matter to some pattern, from a fixed seed.
fn samples() -> Vec<String> {
    const PARTS: &[&str] = &[
        "a",
        "B",
        "x",
        "ext",
        "1",
        "23",
        "456",
        "0",
        "+",
        "(",
        ")",
        "-",
        " ",
        ".",
        "@",
        ".de",
        "/",
        "?",
        "#",
        ":",
        "http://",
        "https://",
        "\\",
        "\0",
        "\n",
        "\r",
        "\t",
        "\u{7f}",
        "\u{85}",
        "\u{a0}",
        "\u{301}",
        "\u{958}",
        "\u{1d15e}",
        "\u{2028}",
        "\u{feff}",
        "ä",
        "𝒜",
        "DE",
        "EUR",
        ",",
        ";",
        "_",
    ];
    let mut seed: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut next = |below: usize| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        usize::try_from(seed % below as u64).unwrap()
    };
    (0..20_000).map(|_| (0..=next(9)).map(|_| PARTS[next(PARTS.len())]).collect()).collect()
}

#[test]
fn schemas_say_what_the_parsers_take() {
    let samples = samples();
    agrees::<Text<6>>(&samples);
    agrees::<Note<6>>(&samples);
    agrees::<Phone>(&samples);
    agrees::<Money>(&samples);
    agrees::<Quantity>(&samples);
    agrees::<UnitPrice>(&samples);
    agrees::<Percent>(&samples);
    agrees::<Rate>(&samples);
    agrees::<UnitCode>(&samples);
    agrees::<Country>(&samples);
    agrees::<CurrencyCode>(&samples);
    agrees::<Timezone>(&samples);
    agrees::<Email>(&samples);
}

#[test]
fn no_text_makes_a_parser_panic() {
    let us = Country::parse("US").unwrap();
    for sample in samples().into_iter().take(1_000) {
        let _ = WebUrl::<20>::parse(&sample);
        let _ = Phone::parse_in(&sample, Some(&us));
        let digits: String = sample.bytes().map(|b| char::from(b'0' + b % 10)).collect();
        let _ = Phone::parse_in(&digits, Some(&us));
        let _ = Phone::parse(&format!("+{digits}"));
    }
}

#[test]
fn a_decimal_has_as_many_digits_as_its_kind_and_no_needless_zeros() {
    for (typed, shown) in
        [("0", "0"), ("12.5000", "12.5"), ("0.0001", "0.0001"), ("99999999999.9999", "99999999999.9999")]
    {
        assert_eq!(Quantity::parse(typed).expect("a quantity").to_string(), shown);
    }
    for (typed, shown) in [("5", "5.00"), ("0.8450", "0.845"), ("120.10", "120.10")] {
        assert_eq!(UnitPrice::parse(typed).expect("a price").to_string(), shown);
    }
    assert_eq!(Rate::parse("0.0061234567").expect("a rate").to_string(), "0.0061234567");
    for typed in ["", ".", "1.", ".5", "01", "-1", "+1", "1e3", "1,5", " 1", "1.00001", "100000000000", "１"] {
        assert_eq!(code(Quantity::parse(typed)), "invalid_decimal", "{typed:?}");
    }
}

#[test]
fn a_unit_is_two_or_three_capitals_or_digits() {
    for unit in ["C62", "HUR", "H87", "E4"] {
        assert_eq!(UnitCode::parse(unit).expect("a unit").as_str(), unit);
    }
    for unit in ["", "h", "C", "c62", "KGMS", "K M", "ÄB"] {
        assert_eq!(code(UnitCode::parse(unit)), "invalid_unit", "{unit:?}");
    }
}

#[test]
fn an_amount_has_the_places_of_its_currency() {
    use super::Amount;
    for (text, places, shown) in
        [("12.5", 2, "12.50"), ("12", 0, "12"), ("12.3450", 3, "12.345"), ("-0.01", 2, "-0.01"), ("0", 3, "0.000")]
    {
        assert_eq!(Amount::of(text.parse().expect("a number"), places).to_string(), shown);
    }
    for right in ["0", "-0.01", "999999999999.999"] {
        assert_eq!(Amount::parse(right).expect(right).to_string(), right);
    }
    for wrong in ["", "1000000000000", "1.0000", "01", "+1", "1e3", "--1", ".5"] {
        assert!(Amount::parse(wrong).is_err(), "{wrong}");
    }
}
