//! Which server is next, and where a server may send us.

/// More servers than this are not tried in one go.
const SERVERS: usize = 8;
/// A server that is not the leading one names the one that is; more often than this is a circle.
const HOPS: u8 = 3;
const VENDOR: &str = "stringee.com";

/// The servers of one sign-in.
#[derive(Debug)]
pub(super) struct Servers {
    list: Vec<String>,
    at: usize,
    /// Where we were sent instead.
    sent_to: Option<String>,
    hops: u8,
    /// Hosts that somebody configured or the vendor's list names.
    hosts: Vec<String>,
}

/// What comes of being sent elsewhere.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Redirect {
    /// To that server.
    There,
    /// To the same, after a pause.
    Later,
    TooMany,
    /// This host is not allowed; `None` if the address cannot be read.
    Forbidden(Option<String>),
}

impl Servers {
    pub(super) fn new(list: Vec<String>) -> Self {
        let mut servers = Self { list: Vec::new(), at: 0, sent_to: None, hops: 0, hosts: Vec::new() };
        servers.found(list);
        servers
    }

    /// Takes these in place of the former.
    pub(super) fn found(&mut self, mut list: Vec<String>) {
        list.truncate(SERVERS);
        self.hosts.extend(list.iter().filter_map(|url| Some(Address::parse(url)?.host.to_owned())));
        (self.list, self.at, self.sent_to) = (list, 0, None);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    pub(super) fn present(&self) -> Option<&str> {
        self.sent_to.as_deref().or_else(|| self.list.get(self.at).map(String::as_str))
    }

    /// Goes to the next one; `false` if all were tried.
    pub(super) fn advance(&mut self) -> bool {
        self.sent_to = None;
        self.at += 1;
        self.at < self.list.len()
    }

    pub(super) fn redirect(&mut self, address: Option<&str>) -> Redirect {
        if self.hops >= HOPS {
            return Redirect::TooMany;
        }
        self.hops += 1;
        let Some(address) = address else { return Redirect::Later };
        let Some(parsed) = Address::parse(address) else { return Redirect::Forbidden(None) };
        let known = self.hosts.iter().any(|host| host.eq_ignore_ascii_case(parsed.host));
        let allowed = match parsed.encrypted {
            true => known || parsed.is_vendors(),
            false => known && parsed.is_loopback(),
        };
        if !allowed {
            return Redirect::Forbidden(Some(parsed.host.chars().take(100).collect()));
        }
        self.sent_to = Some(address.to_owned());
        Redirect::There
    }
}

/// An address of the plainest form, so that no two readers differ about its host.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Address<'a> {
    pub(super) encrypted: bool,
    pub(super) host: &'a str,
}

impl<'a> Address<'a> {
    pub(super) fn parse(url: &'a str) -> Option<Self> {
        let (encrypted, rest) = match url.strip_prefix("wss://") {
            Some(rest) => (true, rest),
            None => (false, url.strip_prefix("ws://")?),
        };
        let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
        let host = match authority.strip_prefix('[') {
            Some(rest) => {
                let (host, port) = rest.split_once(']')?;
                let plain = host.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b':');
                (plain && (port.is_empty() || port.strip_prefix(':').is_some_and(is_port))).then_some(host)?
            }
            None => {
                let (host, port) = authority.split_once(':').unwrap_or((authority, "1"));
                let plain =
                    host.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.'));
                (plain && is_port(port)).then_some(host)?
            }
        };
        (!host.is_empty() && path.bytes().all(|byte| byte.is_ascii_graphic()))
            .then_some(Self { encrypted, host })
    }

    fn is_vendors(&self) -> bool {
        let host = self.host.to_ascii_lowercase();
        host.strip_suffix(VENDOR).is_some_and(|before| before.is_empty() || before.ends_with('.'))
    }

    pub(super) fn is_loopback(&self) -> bool {
        self.host == "localhost"
            || self.host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
    }
}

fn is_port(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit()) && text.parse::<u16>().is_ok_and(|port| port > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn servers(list: &[&str]) -> Servers {
        Servers::new(list.iter().map(|&url| url.to_owned()).collect())
    }

    #[test]
    fn only_the_vendor_and_what_is_configured_may_be_gone_to() {
        for allowed in [
            "wss://v2.stringee.com:6899/",
            "wss://V2.Stringee.com",
            "wss://stringee.com/x",
            "wss://own.example",
        ] {
            let mut servers = servers(&["wss://own.example:6899/"]);
            assert_eq!(servers.redirect(Some(allowed)), Redirect::There, "{allowed}");
            assert_eq!(servers.present(), Some(allowed));
        }
        for refused in [
            "ws://v2.stringee.com/",
            "wss://evilstringee.com/",
            "wss://stringee.com.evil.example/",
            "wss://v2.stringee.com@evil.example/",
            "wss://evil.example\\.stringee.com/",
            "wss://evil.example#.stringee.com/",
            "wss://evil.example?.stringee.com/",
            "https://v2.stringee.com/",
            "wss://v2.stringee.com:port/",
            "wss://v2.stringee.com:0/",
            "wss:///stringee.com",
            "ws://127.0.0.1:1/",
            "wss://v2.stringee.com/a b",
            "v2.stringee.com",
            "",
        ] {
            let mut servers = servers(&["wss://own.example:6899/"]);
            assert!(matches!(servers.redirect(Some(refused)), Redirect::Forbidden(_)), "{refused}");
        }
    }

    #[test]
    fn loopback_may_send_to_loopback() {
        let mut servers = servers(&["ws://127.0.0.1:7/"]);
        assert_eq!(servers.redirect(Some("ws://127.0.0.1:8/")), Redirect::There);
        assert!(matches!(servers.redirect(Some("ws://127.0.0.2:8/")), Redirect::Forbidden(_)));
    }

    #[test]
    fn three_times_is_often_enough() {
        let mut servers = servers(&["wss://own.example/"]);
        assert_eq!(servers.redirect(None), Redirect::Later);
        assert_eq!(servers.redirect(Some("wss://v1.stringee.com/")), Redirect::There);
        assert_eq!(servers.redirect(None), Redirect::Later);
        assert_eq!(servers.redirect(Some("wss://v2.stringee.com/")), Redirect::TooMany);
    }
}
