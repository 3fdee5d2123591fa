//! What is on the screen, as the X server has it: the few words of the X11 protocol that a single pixel needs.

use std::{
    io::{Read as _, Write as _},
    os::unix::net::UnixStream,
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, bail, ensure};

const LOOK_EVERY: Duration = Duration::from_millis(1);
const COMES_WITHIN: Duration = Duration::from_secs(20);
/// A request for the pixels of a drawable, four bytes each.
const GET_IMAGE: u8 = 73;
const Z_PIXMAP: u8 = 2;

/// A screen that is looked at.
pub struct Screen {
    server: UnixStream,
    root: u32,
}

impl Screen {
    /// The first one of a local server, by the server's name as `DISPLAY` has it.
    pub fn open(display: &str) -> Result<Self> {
        let number = display.trim_start_matches(':');
        let mut server = UnixStream::connect(format!("/tmp/.X11-unix/X{number}"))?;
        // Little endian, protocol 11.0, nothing to prove who asks.
        server.write_all(&[b'l', 0, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0])?;
        let mut head = [0; 8];
        server.read_exact(&mut head)?;
        let [answer, .., low, high] = head;
        let mut setup = vec![0; 4 * usize::from(u16::from_le_bytes([low, high]))];
        server.read_exact(&mut setup)?;
        ensure!(answer == 1, "the X server refuses: {}", String::from_utf8_lossy(&setup));
        let vendor = usize::from(word(&setup, 16)?).next_multiple_of(4);
        let formats = 8 * usize::from(*setup.get(21).context("the setup is short")?);
        let roots = 32 + vendor + formats;
        let (low, high) = (word(&setup, roots)?, word(&setup, roots + 2)?);
        let root = u32::from(low) | (u32::from(high) << 16);
        Ok(Self { server, root })
    }

    /// Looks again and again until a place has this colour, or no longer has it; when it was seen so.
    pub async fn until(&mut self, place: (i16, i16), colour: [u8; 3], is_there: bool) -> Result<Instant> {
        let begun_at = Instant::now();
        loop {
            if (self.colour(place)? == colour) == is_there {
                return Ok(Instant::now());
            }
            if begun_at.elapsed() > COMES_WITHIN {
                bail!("waited {} s in vain for {colour:?} at {place:?}: {is_there}", COMES_WITHIN.as_secs());
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    /// Red, green, blue.
    fn colour(&mut self, (x, y): (i16, i16)) -> Result<[u8; 3]> {
        let mut request = vec![GET_IMAGE, Z_PIXMAP, 5, 0];
        request.extend(self.root.to_le_bytes());
        request.extend([x, y, 1, 1].iter().flat_map(|number| number.to_le_bytes()));
        request.extend(u32::MAX.to_le_bytes());
        self.server.write_all(&request)?;
        // An image's head of 32 bytes, then its one pixel.
        let mut answer = [0; 36];
        self.server.read_exact(&mut answer)?;
        match answer {
            [1, .., blue, green, red, _] => Ok([red, green, blue]),
            _ => bail!("the X server gives no image"),
        }
    }
}

fn word(bytes: &[u8], at: usize) -> Result<u16> {
    match bytes.get(at..at + 2) {
        Some(&[low, high]) => Ok(u16::from_le_bytes([low, high])),
        _ => bail!("the setup is short"),
    }
}
