use model::Call;
use providers::SettingsFault;
use url::Url;

/// What may stand in a template between braces.
const FIELDS: &[&str] = &["number", "digits", "name", "line", "account"];
const LONGEST_FIELD: usize = 200;

/// Where a caller is looked up: an address with fields, always `https` and always at one host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Crm {
    template: String,
    host: String,
}

impl Crm {
    /// From the setting `crm_url`.
    ///
    /// # Errors
    /// What to write instead.
    pub(crate) fn of(template: &str) -> Result<Self, SettingsFault> {
        let fault = |text: &str| Err(SettingsFault::in_key("crm_url", text));
        let Some(rest) = template.strip_prefix("https://") else {
            return fault("`crm_url` must begin with https://.");
        };
        let place = rest.split(['/', '?', '#']).next().unwrap_or_default();
        if place.contains(['{', '}', '@']) {
            return fault(
                "`crm_url` must name one host; put the fields behind it, such as https://host/search?q={number}.",
            );
        }
        let mut has_fields = false;
        for (n, part) in template.split('{').enumerate() {
            let field = part.split_once('}').map(|(field, _)| field);
            match (n, field) {
                (0, _) => {}
                (_, Some(field)) if FIELDS.contains(&field) => has_fields = true,
                (_, _) => {
                    return fault(
                        "`crm_url` may have the fields {number}, {digits}, {name}, {line} and {account}, and no other braces.",
                    );
                }
            }
        }
        let host = Url::parse(&fill(template, |_| Some("x".into())).unwrap_or_default())
            .ok()
            .and_then(|url| url.host_str().map(str::to_owned));
        match host {
            Some(host) if has_fields => Ok(Self { template: template.to_owned(), host }),
            Some(_) => {
                fault("`crm_url` says nothing of the caller; write where the number goes as {number}.")
            }
            None => fault("`crm_url` is not an address; write one like https://host/search?q={number}."),
        }
    }

    /// The host, for a button.
    pub(crate) fn host(&self) -> &str {
        &self.host
    }

    /// The address for a call; `None` if a field of it is not known.
    pub(crate) fn address(&self, call: &Call) -> Option<String> {
        let address = fill(&self.template, |field| {
            let number = call.peer.number.as_ref().map(model::PhoneNumber::as_str);
            match field {
                "number" => number,
                "digits" => number.map(|number| number.trim_start_matches('+')),
                "name" => call.peer.name.as_deref(),
                "line" => call.line.as_ref().map(|line| line.name.as_deref().unwrap_or(&line.id)),
                "account" => Some(call.account.as_str()),
                _ => None,
            }
            .map(encoded)
        })?;
        let url = Url::parse(&address).ok()?;
        (url.scheme() == "https" && url.host_str() == Some(&self.host)).then(|| url.into())
    }
}

fn fill(template: &str, value: impl Fn(&str) -> Option<String>) -> Option<String> {
    let mut filled = String::with_capacity(template.len() + 32);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let (field, after) = after.split_once('}')?;
        filled.push_str(before);
        filled.push_str(&value(field)?);
        rest = after;
    }
    filled.push_str(rest);
    Some(filled)
}

/// Percent-encoded but for letters, digits, `-` and `_`; a value of dots alone would climb in the path.
fn encoded(value: &str) -> String {
    let is_climbing = value.chars().all(|c| c == '.');
    let mut encoded = String::with_capacity(value.len());
    for c in value.chars().take(LONGEST_FIELD) {
        match c {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '-' | '_' => encoded.push(c),
            '.' if !is_climbing => encoded.push('.'),
            '.' => encoded.push('_'),
            c => {
                for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                    encoded.push_str(&format!("%{byte:02X}"));
                }
            }
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use model::{CallState, Direction, Line, Peer, PhoneNumber};

    use super::*;

    fn call(name: &str) -> Call {
        Call {
            id: "work/1".into(),
            account: "work".into(),
            direction: Direction::Incoming,
            state: CallState::Ringing,
            mine: Some(true),
            peer: Peer {
                number: PhoneNumber::international("+4511223344"),
                name: Some(name.to_owned()),
                ..Peer::default()
            },
            line: Some(Line { id: "Reception#1".to_owned(), name: None }),
            people: Vec::new(),
            started_at: None,
            answered_at: None,
            ended_at: None,
            outcome: None,
        }
    }

    fn address(template: &str, name: &str) -> Option<String> {
        Crm::of(template).unwrap().address(&call(name))
    }

    #[test]
    fn a_caller_is_looked_up_with_every_field_encoded() {
        assert_eq!(
            address("https://crm.example/s?q={number}&n={name}&l={line}#{account}", "Åse & Søn/../?x=1#")
                .as_deref(),
            Some(
                "https://crm.example/s?q=%2B4511223344&n=%C3%85se%20%26%20S%C3%B8n%2F..%2F%3Fx%3D1%23&l=Reception%231#work"
            )
        );
        assert_eq!(
            address("https://crm.example/{digits}", "").as_deref(),
            Some("https://crm.example/4511223344")
        );
    }

    #[test]
    fn a_name_leads_to_no_other_host_and_no_other_folder() {
        for name in ["..", ".", "@evil.example", "\\evil", "//evil.example/", "%2e%2e", "\u{202e}", "a\nb"] {
            let address = address("https://crm.example/tenant/people/{name}/card", name).unwrap();
            assert!(
                address.starts_with("https://crm.example/tenant/people/") && address.ends_with("/card"),
                "{name:?} became {address}"
            );
        }
    }

    #[test]
    fn a_caller_without_number_is_not_looked_up_by_it() {
        let mut hidden = call("Bo");
        hidden.peer.number = None;
        assert_eq!(Crm::of("https://crm.example/{number}").unwrap().address(&hidden), None);
        assert!(Crm::of("https://crm.example/{name}").unwrap().address(&hidden).is_some());
    }

    #[test]
    fn only_https_at_one_host_with_known_fields_is_a_template() {
        for bad in [
            "http://crm.example/{number}",
            "https://{name}.example/",
            "https://me:secret@crm.example/{number}",
            "https://crm.example/{token}",
            "https://crm.example/{number",
            "https://crm.example/",
            "javascript:{number}",
            "https://",
        ] {
            assert!(Crm::of(bad).is_err(), "{bad}");
        }
    }
}
