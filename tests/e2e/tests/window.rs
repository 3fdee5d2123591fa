//! What people do in the window, played with the built programs.

use std::fs;

use anyhow::{Context as _, Result, ensure};
use e2e::{ACCOUNT, App, Audience, Browser, Desktop, Mode, play, until};
use serde_json::json;
use simulator::{
    Simulator,
    firmafon::{Handle, Presence},
};

const ME: u64 = 77;

#[test]
fn a_colleague_is_found_kept_and_waited_for_by_the_agents_window() -> Result<()> {
    play(Audience::Eyes, async |desktop, office| {
        a_colleague_is_found_kept_and_waited_for(desktop, Mode::Attached, office).await
    })
}

#[test]
fn a_colleague_is_found_kept_and_waited_for_by_the_embedded_window() -> Result<()> {
    play(Audience::Eyes, async |desktop, office| {
        a_colleague_is_found_kept_and_waited_for(desktop, Mode::Embedded, office).await
    })
}

/// With the keyboard alone, up to the settings.
async fn a_colleague_is_found_kept_and_waited_for(
    desktop: &Desktop,
    mode: Mode,
    office: &Simulator,
) -> Result<()> {
    let app = App::start_with_window(desktop, mode, office).await?;
    let (page, office) = (app.browser()?, office.firmafon());
    page.until_there(&format!("[data-testid=connection][data-account={ACCOUNT}][data-state=live]")).await?;
    let colleague = colleague(office)?;
    office.set_presence(colleague, Presence::Busy);
    let row = format!("[data-testid=person-row][data-id='{ACCOUNT}/Employee#{colleague}']");
    page.until_there(&format!("{row}[data-availability=busy]")).await?;
    let name = page.text(&format!("{row} .name")).await?;
    let first = name.split_whitespace().next().context("people have names")?;

    page.type_into("[data-testid=search]", &format!("{first}\u{e007}")).await?;
    page.until_says("[data-testid=person-card]", &name).await?;
    page.click("[data-testid=card-favourite]").await?;
    page.click("[data-testid=card-tell-30]").await?;
    page.until_there("[data-testid=card-tell-no-more]").await?;
    page.photograph(desktop, &format!("{mode:?}-card")).await?;
    let kept = fs::read_to_string(desktop.folder().join("home/.local/state/ringside/favourites"))?;
    ensure!(kept == format!("{ACCOUNT}/Employee#{colleague}\n"), "the agent keeps favourites: {kept:?}");

    office.set_presence(colleague, Presence::Available);
    let told = desktop.notifications.until_shown("presence.online", 0).await?;
    ensure!(told.summary == format!("{name} is free"), "it says who is free: {told:?}");
    office.set_presence(colleague, Presence::Busy);
    desktop.notifications.until_closed(told.id).await?;

    page.evaluate("document.querySelector('dialog[open]').close()").await?;
    page.click("[data-testid=tab-settings]").await?;
    choose(page, "window.theme", "dark").await?;
    page.until_there("html[data-theme=dark]").await?;
    page.photograph(desktop, &format!("{mode:?}-settings")).await?;
    let settings = fs::read_to_string(desktop.folder().join("home/.config/ringside/settings.toml"))?;
    ensure!(settings.contains("[window]\ntheme = \"dark\""), "the settings say so: {settings}");
    page.click("[data-testid=tab-calls]").await?;
    page.until_there("[data-testid=calls-search]").await
}

/// Chooses a value in a setting's list, as the arrow keys would.
async fn choose(page: &Browser, setting: &str, value: &str) -> Result<()> {
    let list = json!(format!("[data-key='{setting}'] select"));
    until("the list is there", async || {
        let chosen = page
            .evaluate(&format!(
                "const list = document.querySelector({list}); if (!list) return false; \
                 list.value = {}; list.dispatchEvent(new Event('change', {{ bubbles: true }})); return true",
                json!(value)
            ))
            .await?;
        Ok((chosen == json!(true)).then_some(()))
    })
    .await
}

fn colleague(office: &Handle) -> Result<u64> {
    office.employees().into_iter().find(|id| *id != ME).context("the office has colleagues")
}
