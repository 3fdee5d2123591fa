use anyhow::{Context as _, Result};
use simulator::{Options, Simulator};

use crate::{Audience, Desktop, Level, Looks};

/// Plays a scenario in a light desktop of its own, beside an office of six; the logs are in what fails.
///
/// # Errors
/// The scenario's, or if the desktop or the office does not come up.
pub fn play(
    audience: Audience,
    scenario: impl AsyncFnOnce(&Desktop, &Simulator) -> Result<()>,
) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    runtime.block_on(async {
        let office = Simulator::start(Options { people: 6, ..Options::default() }).await?;
        let desktop = Desktop::start_for(Looks::Light, Level::Info, audience).await?;
        scenario(&desktop, &office).await.with_context(|| desktop.logs())
    })
}
