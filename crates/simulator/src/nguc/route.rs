//! Which SockJS application a path is of, and what it is there.

use super::sockjs::Application;

/// Where a request goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Route<'a> {
    pub(super) application: Application,
    pub(super) place: Place<'a>,
}

/// What is at a path below an application's base; a session goes by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place<'a> {
    Welcome,
    Info,
    /// A websocket without frames.
    Raw,
    /// A websocket; neither the server's nor the session's name matters.
    Websocket,
    Xhr(&'a str),
    XhrSend(&'a str),
}

/// `None` = there is nothing.
pub(super) fn of(path: &str) -> Option<Route<'_>> {
    let path = path.strip_suffix('/').unwrap_or(path);
    let words: Vec<&str> = path.split('/').skip(1).collect();
    let based = |name: &str, application: Application| match words.split_first() {
        Some((first, below)) if *first == name => place(below).map(|place| Route { application, place }),
        _ => None,
    };
    based("echo", Application::Echo)
        .or_else(|| based("close", Application::Close))
        .or_else(|| based("disabled_websocket_echo", Application::EchoWithoutWebsocket))
        .or_else(|| place(&words).map(|place| Route { application: Application::Events, place }))
}

fn place<'a>(words: &[&'a str]) -> Option<Place<'a>> {
    match words {
        [] => Some(Place::Welcome),
        ["info"] => Some(Place::Info),
        ["websocket"] => Some(Place::Raw),
        [server, session, transport] if is_name(server) && is_name(session) => match *transport {
            "websocket" => Some(Place::Websocket),
            "xhr" => Some(Place::Xhr(session)),
            "xhr_send" => Some(Place::XhrSend(session)),
            _ => None,
        },
        _ => None,
    }
}

fn is_name(word: &str) -> bool {
    !word.is_empty() && !word.contains('.')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(path: &str) -> Option<(Application, Place<'_>)> {
        of(path).map(|route| (route.application, route.place))
    }

    #[test]
    fn each_application_has_all_places() {
        for (base, application) in [
            ("", Application::Events),
            ("/echo", Application::Echo),
            ("/close", Application::Close),
            ("/disabled_websocket_echo", Application::EchoWithoutWebsocket),
        ] {
            for (path, place) in [
                ("/", Place::Welcome),
                ("/info", Place::Info),
                ("/websocket", Place::Raw),
                ("/123/abcdefghij/websocket", Place::Websocket),
                ("/x/abcdefghij/websocket/", Place::Websocket),
                ("/000/abc/xhr", Place::Xhr("abc")),
                ("/000/abc/xhr_send", Place::XhrSend("abc")),
            ] {
                assert_eq!(at(&format!("{base}{path}")), Some((application, place)), "{base}{path}");
            }
        }
    }

    #[test]
    fn dots_and_other_transports_are_not_there() {
        for path in
            ["/123/abc.def/websocket", "/1.2/abc/xhr", "/123//xhr", "/1/2/jsonp", "/nguc/1/2/websocket"]
        {
            assert_eq!(at(path), None, "{path}");
        }
    }
}
