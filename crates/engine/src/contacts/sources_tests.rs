use std::sync::Mutex;

use serde_json::json;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpListener,
};

use super::*;
use crate::{FixedSecrets, Network, contacts::find};

/// Reads what is due, as the engine's loop would.
struct Desk {
    sources: Sources,
    now: Instant,
    secrets: Arc<dyn Secrets>,
}

impl Desk {
    fn new(settings: Value) -> Self {
        let mut sources = Sources::default();
        sources.settings(settings.as_object().unwrap());
        let secrets = FixedSecrets::new([(secret_id(), r#"{"password":"open sesame"}"#.to_owned().into())]);
        Self { sources, now: Instant::at(Duration::from_secs(100)), secrets: Arc::new(secrets) }
    }

    /// What differs after a minute: who has a number, and each book's state in words.
    async fn minute(&mut self, number: &str) -> Option<(Option<String>, Vec<String>)> {
        self.now = self.now + FILES_EVERY;
        let (out, mut queue) = mpsc::channel(1);
        let reach = Reach::new(&Network::default()).map(Arc::new).ok();
        self.sources.look(self.now, Time::from_millis(5), reach.as_ref(), &self.secrets, &out);
        let Some(Incoming::Contacts(loaded)) = queue.recv().await else { unreachable!("nothing was read") };
        let (books, states) = self.sources.loaded(*loaded)?;
        let number = model::PhoneNumber::international(number).unwrap();
        let words = states.into_iter().map(|state| {
            let problem = state.problem.map(|problem| format!(" {:?}", problem.code)).unwrap_or_default();
            format!("{} {}{problem}", state.name, state.contacts)
        });
        Some((find(&books, &number).map(|contact| contact.name), words.collect()))
    }
}

fn card(name: &str, number: &str) -> String {
    format!("BEGIN:VCARD\nFN:{name}\nTEL:{number}\nEND:VCARD\n")
}

#[tokio::test]
async fn a_broken_source_stops_no_other_and_keeps_what_it_had() {
    let folder = tempfile::tempdir().unwrap();
    let (good, gone) = (folder.path().join("good.vcf"), folder.path().join("gone.csv"));
    std::fs::write(&good, card("Anna", "20 22 23 24")).unwrap();
    let mut desk = Desk::new(json!({ "files": [&gone, &good], "country": "DK" }));
    let anna = Some("Anna".to_owned());
    assert_eq!(
        desk.minute("+4520222324").await,
        Some((anna.clone(), vec!["gone.csv 0 Settings".to_owned(), "good.vcf 1".to_owned()]))
    );
    assert_eq!(desk.minute("+4520222324").await, None, "nothing is different");
    std::fs::write(&gone, "Name;Phone\nBo;+45 20 22 23 24\n").unwrap();
    let bo = Some("Bo".to_owned());
    assert_eq!(
        desk.minute("+4520222324").await,
        Some((bo.clone(), vec!["gone.csv 1".to_owned(), "good.vcf 1".to_owned()]))
    );
    std::fs::remove_file(&gone).unwrap();
    assert_eq!(
        desk.minute("+4520222324").await,
        Some((bo, vec!["gone.csv 1 Settings".to_owned(), "good.vcf 1".to_owned()]))
    );
    desk.sources.settings(json!({ "files": [&good], "country": "DK" }).as_object().unwrap());
    assert_eq!(desk.minute("+4520222324").await, Some((anna, vec!["good.vcf 1".to_owned()])));
}

#[tokio::test]
async fn the_first_places_that_were_not_taken_are_told_to_faces() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("some.vcf");
    let broken = "BEGIN:VCARD\nFN:Nobody\nEND:VCARD\n".repeat(2 * SkippedPlace::SHOWN);
    std::fs::write(&file, card("Anna", "20 22 23 24") + &broken).unwrap();
    let (_, state) = read_files(json!({ "files": [&file] }).as_object().unwrap()).remove(0);
    assert_eq!((state.contacts, state.skipped, state.places.len()), (1, 100, SkippedPlace::SHOWN));
    assert_eq!(state.places[0], SkippedPlace { line: 5, why: "it has no number".to_owned() });
}

/// Answers one request after the other, and keeps what was asked.
async fn server(answers: Vec<String>) -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/book/", listener.local_addr().unwrap());
    let asked = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&asked);
    tokio::spawn(async move {
        for answer in answers {
            let (mut socket, _) = listener.accept().await.unwrap();
            let mut request = String::new();
            while !request.ends_with("</c:addressbook-query>") {
                let mut bytes = [0; 4096];
                let count = socket.read(&mut bytes).await.unwrap();
                request.push_str(std::str::from_utf8(&bytes[..count]).unwrap());
            }
            kept.lock().unwrap().push(request);
            socket.write_all(answer.as_bytes()).await.unwrap();
        }
    });
    (url, asked)
}

fn answer(status: &str, body: &str) -> String {
    format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}", body.len())
}

#[tokio::test]
async fn a_server_is_asked_once_an_hour_and_after_five_minutes_where_it_failed() {
    let body = format!(
        "<d:multistatus xmlns:d=\"DAV:\"><d:response><c:address-data>{}</c:address-data></d:response></d:multistatus>",
        card("Anna", "+4520222324")
    );
    let answers = vec![answer("503 Busy", ""), answer("207 Multi-Status", &body), answer("401 No", "")];
    let (url, asked) = server(answers).await;
    let mut desk = Desk::new(json!({ "carddav_url": url, "carddav_user": "me" }));
    let host = "127.0.0.1";
    assert_eq!(desk.minute("+4520222324").await, Some((None, vec![format!("{host} 0 Unreachable")])));
    for _ in 0..4 {
        assert_eq!(desk.minute("+4520222324").await, None);
    }
    let anna = Some("Anna".to_owned());
    assert_eq!(desk.minute("+4520222324").await, Some((anna.clone(), vec![format!("{host} 1")])));
    for _ in 0..59 {
        assert_eq!(desk.minute("+4520222324").await, None);
    }
    assert_eq!(desk.minute("+4520222324").await, Some((anna, vec![format!("{host} 1 RefusedToken")])));
    let asked = asked.lock().unwrap();
    let head = asked.first().unwrap().to_lowercase();
    assert!(head.starts_with("report /book/ http/1.1\r\n") && head.contains("depth: 1"), "{head}");
    assert!(asked.first().unwrap().contains(&format!("Basic {}", base64_of("me:open sesame"))));
    assert_eq!(asked.len(), 3);
}

fn base64_of(text: &str) -> String {
    use base64::Engine as _;
    base64::prelude::BASE64_STANDARD.encode(text)
}

#[tokio::test]
async fn the_last_address_book_can_be_taken_out() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("good.vcf");
    std::fs::write(&file, card("Anna", "20 22 23 24")).unwrap();
    for without in [json!({}), json!({ "files": [], "country": "DK" })] {
        let mut desk = Desk::new(json!({ "files": [&file], "country": "DK" }));
        assert!(desk.minute("+4520222324").await.is_some_and(|(name, _)| name.is_some()));
        desk.sources.settings(without.as_object().unwrap());
        assert_eq!(desk.minute("+4520222324").await, Some((None, Vec::new())));
    }
}

#[tokio::test]
async fn what_was_read_by_other_settings_is_not_used() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("good.vcf");
    std::fs::write(&file, card("Anna", "20 22 23 24")).unwrap();
    let mut desk = Desk::new(json!({ "files": [&file], "country": "SE" }));
    let (out, mut queue) = mpsc::channel(1);
    desk.sources.look(desk.now, Time::from_millis(5), None, &desk.secrets, &out);
    desk.sources.settings(json!({ "files": [&file], "country": "DK" }).as_object().unwrap());
    let Some(Incoming::Contacts(loaded)) = queue.recv().await else { unreachable!("nothing was read") };
    assert!(desk.sources.loaded(*loaded).is_none());
    assert_eq!(desk.minute("+4520222324").await.unwrap().0.as_deref(), Some("Anna"));
}
