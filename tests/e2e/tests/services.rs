//! The agent with the notification services and the panel that people have.

use anyhow::{Context as _, Result, ensure};
use e2e::{App, Audience, Desktop, Mode, Notifier, Services, play, until};
use simulator::{
    Simulator,
    firmafon::{Caller, Endpoint},
};

const ME: u64 = 77;

#[test]
fn complaint_4_the_tray_icon_comes_back_with_xfces_panel_and_dunst_shows_a_call() -> Result<()> {
    play(Audience::Eyes, async |desktop, office| {
        a_call_is_shown_and_the_tray_comes_back(desktop, Notifier::Dunst, office).await
    })
}

#[test]
fn complaint_4_the_tray_icon_comes_back_with_xfces_panel_and_its_service_shows_a_call() -> Result<()> {
    play(Audience::Eyes, async |desktop, office| {
        a_call_is_shown_and_the_tray_comes_back(desktop, Notifier::Xfce, office).await
    })
}

async fn a_call_is_shown_and_the_tray_comes_back(
    desktop: &Desktop,
    notifier: Notifier,
    office: &Simulator,
) -> Result<()> {
    let mut services = Services::start(desktop, notifier).await?;
    let _agent = App::start_for_others(desktop, Mode::Attached, office, "")?;
    services.until_items(1).await?;
    until_green(desktop).await.context("before the panel is ended")?;
    desktop.photograph(&format!("{notifier:?}-panel"), "root")?;

    services.end_panel().await?;
    let call =
        office.firmafon().incoming_call(Endpoint::Employee(ME), &Caller::Number("4511223344".into()), &[ME]);
    services.until_notifications(desktop, 1).await.context("a call is shown without a panel")?;
    services.start_panel(desktop).await?;
    services.until_items(1).await?;
    desktop.photograph(&format!("{notifier:?}-panel-ringing"), "root")?;
    ensure!(office.firmafon().answer(&call, ME), "the owner's phone takes it");
    services.until_notifications(desktop, 0).await?;
    ensure!(office.firmafon().hang_up(&call), "the call ends");
    until_green(desktop).await.context("after the panel has come again")?;
    desktop.photograph(&format!("{notifier:?}-panel-again"), "root")
}

/// Waits until the panel has the green of one who is available and whose accounts are proven.
async fn until_green(desktop: &Desktop) -> Result<()> {
    until("the panel shows the green icon", async || {
        let panel = desktop
            .run(&["import", "-window", "root", "-crop", "1280x30+0+0", "-depth", "8", "txt:-"], None)?;
        Ok((panel.lines().filter(|line| is_green(line)).count() >= 20).then_some(()))
    })
    .await
}

/// A line of ImageMagick's list of pixels: `x,y: (r,g,b)  #RRGGBB …`.
fn is_green(line: &str) -> bool {
    let colour = line.split('#').nth(1).and_then(|rest| rest.get(..6));
    let Some(colour) = colour.and_then(|colour| u32::from_str_radix(colour, 16).ok()) else { return false };
    let [_, red, green, blue] = colour.to_be_bytes();
    green > red.saturating_add(50) && green > blue.saturating_add(30)
}
