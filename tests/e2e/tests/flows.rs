//! The rest of what people do in the window, one after the other, played with the built programs.

use std::{fs, time::Instant};

use anyhow::{Context as _, Result, ensure};
use e2e::{App, Audience, Browser, Desktop, Mode, play, until};
use serde_json::{Value, json};
use simulator::{
    Addresses,
    firmafon::{Caller, Endpoint},
};

const ME: u64 = 77;
const CALLER: &str = "4511223344";

#[test]
fn a_missed_call_is_noted_reminded_of_found_saved_and_erased() -> Result<()> {
    play(Audience::Eyes, async |desktop, office| {
        let app = App::start_with_window(desktop, Mode::Attached, office).await?;
        let (page, office) = (app.live().await?, office.firmafon());
        let call = office.incoming_call(Endpoint::Employee(ME), &Caller::Number(CALLER.to_owned()), &[ME]);
        page.until_there("[data-testid=call-row][data-state=ringing]").await?;
        ensure!(office.miss(&call), "nobody takes it");
        page.click("[data-testid=tab-calls]").await?;
        page.until_there("[data-testid=recent-row][data-outcome=missed]").await?;

        page.click("[data-testid=call-open]").await?;
        // A tab leaves the field, and with it the note is kept.
        page.type_into("[data-testid=card-note]", "wants a quote\u{e004}").await?;
        page.click("[data-testid=card-remind-15]").await?;
        page.until_says("[data-testid=call-card]", "Reminder at").await?;
        page.evaluate("document.querySelector('dialog[open]').close()").await?;
        page.type_into("[data-testid=calls-search]", "quote").await?;
        page.until_says("[data-testid=recent-row]", "wants a quote").await?;

        page.click("[data-testid=calls-upkeep]").await?;
        page.click("[data-testid=save-csv]").await?;
        page.until_says("body", "1 call saved in").await?;
        let saved = saved(desktop)?;
        ensure!(saved.contains(CALLER) && saved.contains("wants a quote"), "it is not whole: {saved}");

        page.click("[data-testid=calls-upkeep]").await?;
        page.click("[data-testid=erase-all]").await?;
        page.click("[data-testid=erase-certain]").await?;
        page.until_says("main", "No call matches.").await
    })
}

/// The only file that was saved, where there is no folder for downloads.
fn saved(desktop: &Desktop) -> Result<String> {
    let files = ["home", "home/Downloads"].map(|folder| desktop.folder().join(folder));
    let files = files.iter().filter_map(|folder| fs::read_dir(folder).ok()).flatten();
    let csv = files
        .filter_map(|file| Some(file.ok()?.path()))
        .find(|path| path.extension() == Some("csv".as_ref()));
    Ok(fs::read_to_string(csv.context("a file was saved")?)?)
}

#[test]
fn a_number_that_nobody_has_is_dialled_by_typing_it() -> Result<()> {
    play(Audience::Eyes, async |desktop, office| {
        let app = App::start_with_window(desktop, Mode::Attached, office).await?;
        let (page, office) = (app.live().await?, office.firmafon());
        page.type_into("[data-testid=search]", "+45 99 88 77 66\u{e007}").await?;
        page.until_says("body", "pick up your phone").await?;
        until("the switch is asked", async || {
            let asked = office.requests().rest;
            Ok(asked.keys().any(|request| request.starts_with("POST /switch/dial")).then_some(()))
        })
        .await?;
        page.until_there("[data-testid=call-row]").await
    })
}

#[test]
fn a_first_run_leads_to_colleagues_at_each_provider_within_a_minute() -> Result<()> {
    play(Audience::Eyes, async |desktop, office| {
        let app = App::start_fresh(desktop).await?;
        let page = app.browser()?;
        page.until_there("[data-testid=welcome]").await?;
        let mut first = None;
        for addresses in office.addresses() {
            let began_at = Instant::now();
            add(page, addresses).await.context(addresses.provider)?;
            let took = began_at.elapsed();
            ensure!(took.as_secs() < 60, "{} took {took:?}", addresses.provider);
            first.get_or_insert(took);
        }
        let settings = fs::read_to_string(desktop.folder().join("home/.config/ringside/settings.toml"))?;
        ensure!(settings.matches("[[account]]").count() == office.addresses().len(), "{settings}");
        let secrets = office.addresses().iter().filter_map(|vendor| vendor.secret.as_object()).flatten();
        for (name, secret) in secrets.filter(|(name, _)| *name != "username" && *name != "email") {
            ensure!(!settings.contains(&written(secret)), "{name} is in the settings");
        }
        page.click("[data-testid=tab-people]").await?;
        page.until_there("[data-testid=person-row]").await
    })
}

/// Fills in the form as the provider's papers say, and waits until the account is live.
async fn add(page: &Browser, vendor: &Addresses) -> Result<()> {
    if page.count("[data-testid=welcome]").await? == 0 {
        page.click("[data-testid=tab-accounts]").await?;
        page.click("[data-testid=add-account]").await?;
    }
    page.click(&format!("[data-testid=add-provider-{}]", vendor.provider)).await?;
    page.until_there("[data-testid=add-id]").await?;
    let secret = vendor.secret.as_object().context("a secret has fields")?;
    let way = json!(secret.keys().next().context("a secret has a field")?);
    // The way to sign in that asks for what there is.
    page.settled(&format!(
        "(async () => {{ const ways = document.querySelector('[data-testid=add-way]'); \
          for (const way of ways?.options ?? []) {{ ways.value = way.value; \
            ways.dispatchEvent(new Event('change', {{ bubbles: true }})); \
            await new Promise(requestAnimationFrame); \
            if (document.querySelector(`[name=${{{way}}}]`)) break; }} \
          document.querySelector('form details')?.setAttribute('open', ''); }})()"
    ))
    .await?;
    for (name, value) in secret.iter().chain(&vendor.settings) {
        let field = format!("form [name={name}]");
        if page.count(&field).await? > 0 {
            page.type_into(&field, &written(value)).await?;
        }
    }
    page.evaluate(&format!(
        "const id = document.querySelector('[data-testid=add-id]'); id.value = {}; \
         id.dispatchEvent(new InputEvent('input', {{ bubbles: true }}))",
        json!(vendor.provider)
    ))
    .await?;
    page.click("[data-testid=add-submit]").await?;
    page.until_there(&format!("[data-testid=connection][data-account={}][data-state=live]", vendor.provider))
        .await
}

/// As a person writes it.
fn written(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
