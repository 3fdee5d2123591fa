use std::time::{Duration, Instant};

use anyhow::{Result, anyhow};

/// How long anything may take, on a machine with other work to do.
pub const DEADLINE: Duration = Duration::from_secs(20);
const LOOK_EVERY: Duration = Duration::from_millis(50);

/// Looks again and again until there is what is waited for: a black box has nothing better to tell.
///
/// # Errors
/// If it is not there in time; the last look's error is the cause.
pub async fn until<T>(what: &str, mut look: impl AsyncFnMut() -> Result<Option<T>>) -> Result<T> {
    let begun_at = Instant::now();
    loop {
        let last = match look().await {
            Ok(Some(found)) => return Ok(found),
            Ok(None) => None,
            Err(error) => Some(error),
        };
        if begun_at.elapsed() > DEADLINE {
            let late = || format!("waited {} s in vain until {what}", DEADLINE.as_secs());
            return Err(last.map_or_else(|| anyhow!(late()), |error| error.context(late())));
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
}
