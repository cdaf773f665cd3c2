use base::Result;
use bytes::Bytes;
use futures_util::StreamExt;
use object_store::memory::InMemory;
use uuid::Uuid;

use crate::{
    media::{Sniffer, clean_name},
    store::{Files, Shelf, Stored},
};

fn sniffed(chunks: &[&[u8]]) -> Option<&'static str> {
    let mut sniffer = Sniffer::default();
    for chunk in chunks {
        sniffer.see(chunk);
    }
    sniffer.media_type()
}

async fn kept(most: u64, content: &'static [u8]) -> Result<Stored> {
    let files = Files::new(std::sync::Arc::new(InMemory::new()), most);
    let stream = futures_util::stream::iter(content.chunks(7).map(|chunk| Ok(Bytes::from_static(chunk)))).boxed();
    files.keep(Shelf::Attachments, Uuid::nil(), Uuid::nil(), stream).await
}

#[test]
fn the_content_decides_what_a_file_is() {
    assert_eq!(sniffed(&[b"\x89PNG\r\n\x1a\n0000"]), Some("image/png"));
    assert_eq!(sniffed(&[b"%PDF-1.7 ..."]), Some("application/pdf"));
    assert_eq!(sniffed(&[b"name,phone\nJo,1\n"]), Some("text/plain"));
    assert_eq!(
        sniffed(&["cut in a c\u{f4}".as_bytes().split_at(11).0, "\u{f4}".as_bytes().split_at(1).1, b"te"]),
        Some("text/plain")
    );
}

#[test]
fn what_a_browser_could_run_is_not_taken() {
    for content in [
        "<!DOCTYPE html><script>",
        "<svg xmlns='x' onload='y'>",
        "  \n<html>",
        "\u{feff}<svg>",
        "<?xml version='1.0'?>",
    ] {
        assert_eq!(sniffed(&[content.as_bytes()]), None, "{content}");
    }
    assert_eq!(sniffed(&[b"\x7fELF\x02\x01\x01\x00"]), None);
    assert_eq!(sniffed(&[b"plain until\x00it is not"]), None);
    assert_eq!(sniffed(&[b"cut in a c\xc3"]), None);
}

#[test]
fn a_name_is_no_path_and_no_trick() {
    for (given, clean) in [
        ("offer.pdf", "offer.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\temp\\x.doc", "x.doc"),
        ("invoice\u{202e}gpj.exe", "invoicegpj.exe"),
        ("a\r\nb", "ab"),
        ("...", "file"),
        ("", "file"),
    ] {
        assert_eq!(clean_name(given), clean);
    }
}

#[tokio::test]
async fn the_cap_is_counted_as_it_comes() {
    assert_eq!(kept(10, b"0123456789").await.expect("at the cap").size, 10);
    assert_eq!(kept(9, b"0123456789").await.expect_err("over it").code(), "too_large");
}

#[tokio::test]
async fn an_empty_file_is_no_file() {
    assert_eq!(kept(10, b"").await.expect_err("empty").code(), "invalid");
}
