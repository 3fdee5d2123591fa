//! The built-in demo office: simulated providers on this computer.

use std::{io::IsTerminal as _, net::Ipv4Addr, sync::Arc};

use engine::{FixedSecrets, Parts, Settings};
use simulator::Simulator;

use crate::{args::Demo, failure::Failure, live, watch};

const COLLEAGUES: usize = 40;

/// Starts the office, and gives settings and secrets for it.
pub async fn office(
    speed: f64,
    seed: Option<u64>,
) -> Result<(Simulator, Settings, Arc<FixedSecrets>), Failure> {
    let options = simulator::Options {
        listen: (Ipv4Addr::LOCALHOST, 0).into(),
        people: COLLEAGUES,
        rate: speed,
        seed: seed.unwrap_or_else(|| jiff::Timestamp::now().as_nanosecond() as u64),
        ..simulator::Options::default()
    };
    let simulator = Simulator::start(options).await.map_err(|error| {
        Failure::failed(format!("The demo office cannot listen on this computer: {error}."))
    })?;
    let secrets = simulator.secrets().map(|(account, secret)| (account.into(), secret.into()));
    let secrets = Arc::new(FixedSecrets::new(secrets));
    let settings = Settings::parse(&simulator.settings());
    Ok((simulator, settings, secrets))
}

/// Shows the office in the terminal until a person ends it.
pub async fn run(args: Demo) -> Result<(), Failure> {
    let (simulator, settings, secrets) = office(args.speed, args.seed).await?;
    let queue = engine::queue();
    let parts = Parts { secrets, ..Parts::default() };
    let done = if args.json || !std::io::stdout().is_terminal() {
        watch::print_all(settings, parts, queue, args.json).await
    } else {
        live::run(settings, parts, queue).await
    };
    simulator.stop().await;
    done
}
