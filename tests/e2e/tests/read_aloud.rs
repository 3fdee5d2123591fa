//! What a screen reader is told of the windows, and that it can answer a call, played with the built programs.

use anyhow::{Context as _, Result, ensure};
use e2e::{App, Audience, Mode, Reader, Seen, play, role};
use simulator::firmafon::{Caller, Endpoint};

const ME: u64 = 77;
const CALLER: &str = "4511223344";

#[test]
fn a_screen_reader_is_told_of_every_view_by_role_and_name() -> Result<()> {
    play(Audience::Ears, async |desktop, office| {
        let reader = Reader::start(desktop).await?;
        let app = App::start_with_window(desktop, Mode::Attached, office).await?;
        let page = app.live().await?;
        page.until_there("[data-testid=person-row]").await?;
        for (tab, expected) in [
            (
                "people",
                [
                    (role::ENTRY, "Search name, number or department"),
                    (role::LIST, "People"),
                    (role::MENU_BUTTON, "Do not disturb"),
                    (role::HEADING, "Available"),
                ]
                .as_slice(),
            ),
            ("calls", &[(role::ENTRY, "Search name, number, line or note"), (role::HEADING, "Recent")]),
            ("accounts", &[(role::HEADING, "work"), (role::BUTTON, "Add an account")]),
            ("settings", &[(role::ENTRY, "Search the settings")]),
        ] {
            page.click(&format!("[data-testid=tab-{tab}]")).await?;
            for (role, name) in expected {
                reader.until_said("Ringside", *role, name).await.context(tab)?;
            }
            let nameless: Vec<_> = reader.read("Ringside").await?;
            let nameless: Vec<_> =
                nameless.iter().filter(|one| one.role == role::BUTTON && one.name.is_empty()).collect();
            ensure!(nameless.is_empty(), "buttons without a name in {tab}: {nameless:?}");
        }
        Ok(())
    })
}

#[test]
fn complaint_17_the_popup_is_announced_with_its_caller_and_answered_without_taking_the_keyboard() -> Result<()>
{
    play(Audience::Ears, async |desktop, office| {
        let reader = Reader::start(desktop).await?;
        let app = App::start_with_window(desktop, Mode::Attached, office).await?;
        app.live().await?;
        office.firmafon().incoming_call(Endpoint::Employee(ME), &Caller::Number(CALLER.to_owned()), &[ME]);
        App::start_again(desktop, &["--window", "popup"]).await?;
        desktop.until_window("Ringside call", Seen::Open).await?;
        reader.until_said("Ringside call", role::ALERT, "").await?;
        reader.until_said("Ringside call", role::HEADING, CALLER).await?;
        let silence = reader.until_said("Ringside call", role::BUTTON, "Silence").await?;
        let active = || desktop.run(&["xdotool", "getactivewindow", "getwindowname"], None);
        ensure!(active()?.trim() == "Ringside", "the popup took the keyboard: {}", active()?);
        reader.press(&silence).await?;
        desktop.until_window("Ringside call", Seen::Gone).await?;
        ensure!(active()?.trim() == "Ringside", "the keyboard is elsewhere: {}", active()?);
        let ring = desktop.notifications.until_shown("call.incoming", 0).await?;
        desktop.notifications.until_closed(ring.id).await
    })
}
