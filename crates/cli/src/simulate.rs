use serde_json::{Map, Value, json};
use simulator::Simulator;

use crate::{args::Simulate, assemble::ended_by_person, failure::Failure, print};

/// Runs the simulated providers until a person ends it.
pub async fn run(args: Simulate) -> Result<(), Failure> {
    if !args.listen.ip().is_loopback() {
        return Err(Failure::usage(
            "The simulator speaks without encryption; --listen must be an address of this computer.",
        ));
    }
    let options = simulator::Options {
        listen: args.listen,
        people: args.people,
        rate: args.rate,
        seed: args.seed,
        ..simulator::Options::default()
    };
    let simulator = Simulator::start(options).await.map_err(|error| {
        Failure::failed(format!("The simulator cannot listen on {}: {error}.", args.listen))
    })?;
    let providers: Map<String, Value> = simulator
        .addresses()
        .iter()
        .map(|addresses| {
            let mut about = json!(addresses);
            if let Some(about) = about.as_object_mut() {
                about.remove("provider");
            }
            (addresses.provider.to_owned(), about)
        })
        .collect();
    let ended = ended_by_person();
    print::json(&json!({ "v": 1, "providers": providers }));
    ended.await;
    simulator.stop().await;
    Ok(())
}
