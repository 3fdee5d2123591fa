//! An address book on a server (RFC 6352): one question for all cards, answered in XML.

use std::time::Duration;

use base64::{Engine as _, prelude::BASE64_STANDARD};
use model::{Problem, ProblemCode};
use quick_xml::{Reader, events::Event};

use crate::{Reach, network::Dav};

const WITHIN: Duration = Duration::from_secs(60);

/// Names and numbers only: pictures would be most of the answer.
const QUESTION: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<c:addressbook-query xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:carddav"><d:prop><c:address-data>
<c:prop name="VERSION"/><c:prop name="FN"/><c:prop name="N"/><c:prop name="ORG"/><c:prop name="TEL"/>
</c:address-data></d:prop><c:filter><c:prop-filter name="TEL"/></c:filter></c:addressbook-query>"#;

/// All cards of the address book at `url`, one after the other.
pub(super) async fn fetch(reach: &Reach, url: &str, user: &str, password: &str) -> Result<String, Problem> {
    let problem = |code, text: &str| Problem::new(code, format!("The address book on the server {text}"));
    let authorization = format!("Basic {}", BASE64_STANDARD.encode(format!("{user}:{password}")));
    let request = Dav { url, authorization: &authorization, body: QUESTION, within: WITHIN };
    let answer = reach.report(request).await.map_err(|fault| {
        problem(
            ProblemCode::Unreachable,
            &format!("could not be asked ({}); it is tried again later.", fault.detail),
        )
    })?;
    match answer.status {
        207 => cards(&answer.body).ok_or_else(|| {
            problem(ProblemCode::Protocol, "answered something else than XML; check `carddav_url`.")
        }),
        401 | 403 => {
            Err(problem(ProblemCode::RefusedToken, "refused the password; run `ringside contacts sign-in`."))
        }
        404 | 405 => Err(problem(ProblemCode::Settings, "is not there; check `carddav_url`.")),
        status => Err(problem(
            ProblemCode::Unreachable,
            &format!("answered with status {status}; it is tried again later."),
        )),
    }
}

/// What is in every `address-data`.
fn cards(body: &str) -> Option<String> {
    let mut reader = Reader::from_str(body);
    let (mut cards, mut inside, mut is_answer) = (String::new(), false, false);
    loop {
        match reader.read_event().ok()? {
            Event::Start(start) => {
                is_answer |= start.local_name().as_ref() == "multistatus";
                inside = start.local_name().as_ref() == "address-data";
            }
            Event::Empty(start) => is_answer |= start.local_name().as_ref() == "multistatus",
            Event::End(_) => {
                if inside {
                    cards.push('\n');
                }
                inside = false;
            }
            Event::Text(text) if inside => cards.push_str(&text),
            Event::CData(text) if inside => cards.push_str(&text),
            Event::GeneralRef(name) if inside => cards.push(character(&name)?),
            Event::Eof => return is_answer.then_some(cards),
            Event::Text(_)
            | Event::CData(_)
            | Event::GeneralRef(_)
            | Event::Comment(_)
            | Event::Decl(_)
            | Event::PI(_)
            | Event::DocType(_) => {}
        }
    }
}

fn character(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix('x') {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cards_of_an_answer_are_taken_out_whole() {
        let body = "<?xml version=\"1.0\"?><d:multistatus xmlns:d=\"DAV:\" xmlns:card=\"x\"><d:response><d:href>/a</d:href>\
            <d:propstat><d:prop><d:getetag>\"1\"</d:getetag><card:address-data>BEGIN:VCARD&#13;\nFN:A &amp; B\nTEL:+4520222324\nEND:VCARD\n\
            </card:address-data></d:prop></d:propstat></d:response><d:response><d:propstat><d:prop>\
            <card:address-data><![CDATA[BEGIN:VCARD\nFN:<C>\nTEL:+4520222325\nEND:VCARD]]></card:address-data>\
            </d:prop></d:propstat></d:response></d:multistatus>";
        let import = super::super::import(cards(body).unwrap().as_bytes());
        let names: Vec<_> = import.cards.iter().map(|card| card.name.as_str()).collect();
        assert_eq!(names, ["A & B", "<C>"]);
        assert_eq!(cards("<multistatus xmlns=\"DAV:\"/>").as_deref(), Some(""));
        assert_eq!(cards("<html><p>sign in</p></html>"), None);
        assert_eq!(cards("<d:multistatus>&nonsense;<"), None);
    }
}
