/// What is no longer greets or beats: a connection, once.
const GREETING: usize = 8;

/// What a server says, each text message of a websocket twice.
#[derive(Default)]
pub(super) struct Twice {
    rest: Vec<u8>,
    is_socket: bool,
}

impl Twice {
    pub(super) fn said(&mut self, piece: &[u8]) -> Vec<u8> {
        self.rest.extend_from_slice(piece);
        let mut said = Vec::new();
        if !self.is_socket {
            let end = self.rest.windows(4).position(|four| four == b"\r\n\r\n").map(|at| at + 4);
            let Some(end) = end.filter(|_| self.rest.starts_with(b"HTTP/1.1 101")) else {
                return std::mem::take(&mut self.rest);
            };
            said.extend(self.rest.drain(..end));
            self.is_socket = true;
        }
        while let Some(length) = frame(&self.rest).filter(|length| *length <= self.rest.len()) {
            let frame: Vec<u8> = self.rest.drain(..length).collect();
            said.extend_from_slice(&frame);
            if frame.first() == Some(&0x81) && frame.len() > GREETING {
                said.extend_from_slice(&frame);
            }
        }
        said
    }
}

/// The length of a server's frame, with its head (RFC 6455, 5.2).
fn frame(bytes: &[u8]) -> Option<usize> {
    let number = |from: usize, to: usize| {
        Some(bytes.get(from..to)?.iter().fold(0_usize, |number, byte| number << 8 | usize::from(*byte)))
    };
    match *bytes.get(1)? & 0x7f {
        126 => Some(4 + number(2, 4)?),
        127 => Some(10 + number(2, 10)?),
        length => Some(2 + usize::from(length)),
    }
}
