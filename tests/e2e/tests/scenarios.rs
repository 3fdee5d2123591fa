//! What people rely on, played with the built programs: first with an agent, then embedded.

use anyhow::{Context as _, Result, bail, ensure};
use e2e::{ACCOUNT, App, Desktop, Level, Looks, Mode, Seen, secret, until};
use serde_json::{Value, json};
use simulator::{
    Options, Simulator,
    firmafon::{Caller, Endpoint, Handle, HttpAnswer, Options as Firmafon, Presence, RefuseTokenAt, Surface},
};

const TOKEN: &str = "e2e-token-4e1c0b7a";
const NEXT_TOKEN: &str = "e2e-token-next-93d2";
const ME: u64 = 77;
const CALLER: &str = "4511223344";
const AVAILABLE: &str = "You are available";

/// One test for each mode: `attached::…` and `embedded::…`.
macro_rules! in_both_modes {
    ($($scenario:ident at $level:ident),* $(,)?) => {
        mod attached { $( #[test] fn $scenario() -> anyhow::Result<()> { super::play(e2e::Mode::Attached, e2e::Level::$level, super::$scenario) } )* }
        mod embedded { $( #[test] fn $scenario() -> anyhow::Result<()> { super::play(e2e::Mode::Embedded, e2e::Level::$level, super::$scenario) } )* }
    };
}

in_both_modes! {
    a_call_is_put_before_the_person_once_and_taken_away_when_it_is_over at Debug,
    a_stranger_draws_nothing_on_the_desktop at Debug,
    the_tray_opens_a_window_and_outlives_it at Debug,
    complaint_8_without_a_window_there_is_no_web_process at Info,
    the_window_shows_the_office_and_switches_do_not_disturb at Info,
    the_popup_shows_the_ringing_call_and_leaves_the_keyboard_alone at Info,
    a_page_reaches_nothing_but_its_commands at Debug,
    a_ringing_call_pops_up_where_a_person_wants_it at Info,
    a_revoked_token_is_replaced_by_typing_the_good_one at Debug,
}

/// Plays a scenario in a desktop of its own, then reads all logs.
fn play(
    mode: Mode,
    level: Level,
    scenario: impl AsyncFnOnce(&Desktop, Mode, &Simulator) -> Result<()>,
) -> Result<()> {
    play_in(Looks::Light, level, async |desktop, office| scenario(desktop, mode, office).await)
}

fn play_in(
    looks: Looks,
    level: Level,
    scenario: impl AsyncFnOnce(&Desktop, &Simulator) -> Result<()>,
) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    runtime.block_on(async {
        let firmafon = Firmafon { token: TOKEN.to_owned(), ..Firmafon::default() };
        let office = Simulator::start(Options { people: 6, firmafon, ..Options::default() }).await?;
        let desktop = Desktop::start(looks, level).await?;
        let played = scenario(&desktop, &office).await.and_then(|()| {
            let logs = desktop.all_logs();
            ensure!(logs.contains("live account=work"), "the programs have logged nothing");
            for secret in [TOKEN, NEXT_TOKEN] {
                ensure!(!logs.contains(secret), "a token is in the logs");
            }
            if level == Level::Info {
                for private in [CALLER, "11 22 33 44", "Hovednummer", "Åse"] {
                    ensure!(!logs.contains(private), "{private} is in the logs at info");
                }
            }
            Ok(())
        });
        played.with_context(|| desktop.logs())
    })
}

fn caller() -> Caller {
    Caller::Number(CALLER.to_owned())
}

/// Somebody of the office but oneself.
fn colleague(office: &Handle) -> Result<u64> {
    office.employees().into_iter().find(|id| *id != ME).context("the office has colleagues")
}

fn reception(office: &Handle) -> Result<Endpoint> {
    office.receptions().first().copied().map(Endpoint::Reception).context("the office has a reception")
}

async fn a_call_is_put_before_the_person_once_and_taken_away_when_it_is_over(
    desktop: &Desktop,
    mode: Mode,
    office: &Simulator,
) -> Result<()> {
    let app = App::start(desktop, mode, office).await?;
    let (shown, office) = (&desktop.notifications, office.firmafon());
    app.tray.until_says(AVAILABLE).await?;
    ensure!(desktop.windows()?.is_empty(), "it opens no window by itself");
    if mode == Mode::Attached {
        let maps = app.resident()?.maps()?;
        ensure!(!maps.contains("libgtk") && !maps.contains("libwebkit"), "the agent links a toolkit");
    }

    let call = office.incoming_call(reception(office)?, &caller(), &[ME, colleague(office)?]);
    let ring = shown.until_shown("call.incoming", 0).await?;
    ensure!(ring.summary.contains(CALLER), "it does not say who calls: {ring:?}");
    ensure!((ring.urgency, ring.expires) == (2, 0), "it may vanish while the phone rings: {ring:?}");
    app.tray.until_says("is calling").await?;
    desktop.photograph(&format!("{mode:?}-ringing"), "root")?;
    ensure!(office.ring(&call, &[ME]), "the call rings on");
    ensure!(office.answer(&call, colleague(office)?), "a colleague takes it");
    shown.until_closed(ring.id).await?;

    let missed = office.incoming_call(Endpoint::Employee(ME), &caller(), &[ME]);
    let ring = shown.until_shown("call.incoming", 1).await?;
    ensure!(office.miss(&missed), "nobody takes it");
    let missed = shown.until_shown("call.unanswered", 0).await?;
    ensure!(
        missed.replaces == ring.id && missed.urgency == 1,
        "it takes the place of the ringing: {missed:?}"
    );

    office.incoming_call(Endpoint::Employee(ME), &caller(), &[ME]);
    let ring = shown.until_shown("call.incoming", 2).await?;
    let broken = HttpAnswer { status: 503, body: String::new(), retry_after: None };
    office.answer_http(Surface::Faye, broken.clone());
    office.answer_http(Surface::Rest, broken);
    office.drop_connections();
    shown.until_closed(ring.id).await?;
    let categories: Vec<_> = shown.all().into_iter().map(|one| one.category).collect();
    ensure!(
        categories == ["call.incoming", "call.incoming", "call.unanswered", "call.incoming"],
        "each call is shown once: {categories:?}"
    );
    Ok(())
}

async fn a_stranger_draws_nothing_on_the_desktop(
    desktop: &Desktop,
    mode: Mode,
    office: &Simulator,
) -> Result<()> {
    let app = App::start(desktop, mode, office).await?;
    app.tray.until_says(AVAILABLE).await?;
    let office = office.firmafon();
    let Endpoint::Reception(line) = reception(office)? else { bail!("a reception") };
    let event = |name: &str, status: &str| {
        json!({ "type": "call-event", "name": name, "timestamp": "2026-11-21T09:00:00Z", "data": {
            "call_uuid": "0a1b2c3d-0000-11e7-8000-000000000001", "company_id": "1234",
            "endpoint": format!("Reception#{line}"), "endpoint_name": "<b>Bank</b> & \u{202e}knaB\u{7}",
            "started_at": "2026-11-21T09:00:00Z", "ringing_at": "2026-11-21T09:00:01Z", "from_number": CALLER,
            "to_number": "4555667788", "direction": "incoming", "status": status, "from_number_hidden": "false",
        }})
    };
    let channel = "/call2/company/1234";
    office.set_presence(ME, Presence::Ringing);
    office.publish(channel, &event("call.new", "new"));
    office.publish(channel, &event("call.ringing", "ringing"));
    let ring = desktop.notifications.until_shown("call.incoming", 0).await?;
    ensure!(ring.body.contains("&lt;b&gt;Bank&lt;/b&gt; &amp; knaB"), "markup is not escaped: {ring:?}");
    ensure!(!ring.body.contains(['\u{202e}', '\u{7}']), "it turns the writing direction: {ring:?}");
    Ok(())
}

/// Waits until the provider was asked so often to change what the employee does.
async fn until_changed(office: &Simulator, times: u64) -> Result<()> {
    until("the provider is asked", async || {
        let asked = office.firmafon().requests().rest;
        let changes = asked.iter().filter(|(request, _)| request.starts_with("PUT /employee"));
        Ok((changes.map(|(_, count)| count).sum::<u64>() == times).then_some(()))
    })
    .await
}

async fn the_tray_opens_a_window_and_outlives_it(
    desktop: &Desktop,
    mode: Mode,
    office: &Simulator,
) -> Result<()> {
    let mut app = App::start(desktop, mode, office).await?;
    app.tray.until_says(AVAILABLE).await?;
    app.tray.click("Do not disturb for 30 minutes").await?;
    until_changed(office, 1).await?;
    app.tray.until_says("Do not disturb").await?;
    app.tray.click("Switch do not disturb off").await?;
    until_changed(office, 2).await?;
    app.tray.until_says(AVAILABLE).await?;

    app.tray.click("Open Ringside").await?;
    desktop.until_window("Ringside", Seen::Open).await?;
    app.tray.click("Open Ringside").await?;
    App::start_again(desktop, &[]).await?;
    ensure!(desktop.windows()? == ["Ringside"], "one window is enough: {:?}", desktop.windows()?);
    desktop.close_window("Ringside")?;
    desktop.until_window("Ringside", Seen::Gone).await?;
    let staying = usize::from(mode == Mode::Embedded);
    until("the shell has ended, or stays without windows", async || {
        Ok((desktop.processes("ringside-desktop").len() == staying).then_some(()))
    })
    .await?;
    app.tray.click("Open Ringside").await?;
    desktop.until_window("Ringside", Seen::Open).await?;
    desktop.close_window("Ringside")?;
    desktop.until_window("Ringside", Seen::Gone).await?;
    app.tray.click("Quit").await?;
    app.resident_mut()?.until_ended().await
}

/// Complaint 8 of the field: hundreds of megabytes for an icon in the tray.
async fn complaint_8_without_a_window_there_is_no_web_process(
    desktop: &Desktop,
    mode: Mode,
    office: &Simulator,
) -> Result<()> {
    let mut app = App::start(desktop, mode, office).await?;
    app.tray.until_says(AVAILABLE).await?;
    let web = || desktop.processes("WebKitWebProcess").len();
    ensure!(web() == 0 && desktop.windows()?.is_empty(), "there is a window before one was asked for");
    app.tray.click("Open Ringside").await?;
    desktop.until_window("Ringside", Seen::Open).await?;
    ensure!(web() > 0, "web processes are called otherwise here");
    desktop.close_window("Ringside")?;
    desktop.until_window("Ringside", Seen::Gone).await?;
    if mode == Mode::Attached {
        until("the web process has ended", async || Ok((web() == 0).then_some(()))).await?;
    }
    app.tray.click("Quit").await?;
    app.resident_mut()?.until_ended().await
}

async fn the_window_shows_the_office_and_switches_do_not_disturb(
    desktop: &Desktop,
    mode: Mode,
    office: &Simulator,
) -> Result<()> {
    let app = App::start_with_window(desktop, mode, office).await?;
    let (page, office) = (app.browser()?, office.firmafon());
    page.until_there(&format!("[data-testid=connection][data-account={ACCOUNT}][data-state=live]")).await?;
    until("all six are there", async || {
        Ok((page.count("[data-testid=person-row]").await? == 6).then_some(()))
    })
    .await?;
    let (me, other) = (row(ME), row(colleague(office)?));
    page.until_there(&format!("{other}[data-availability=available]")).await?;
    page.photograph(desktop, &format!("{mode:?}-window")).await?;

    let call = office.incoming_call(reception(office)?, &caller(), &[colleague(office)?]);
    page.until_there(&format!("{other}[data-availability=ringing]")).await?;
    office.answer(&call, colleague(office)?);
    page.until_there(&format!("{other}[data-availability=busy]")).await?;
    page.until_there("[data-testid=call-row][data-state=answered]").await?;
    page.photograph(desktop, &format!("{mode:?}-window-call")).await?;
    office.hang_up(&call);
    page.until_there(&format!("{other}[data-availability=available]")).await?;
    page.until_there("[data-testid=recent-row][data-outcome=answered]").await?;

    page.click("[data-testid=dnd-button]").await?;
    page.click("[data-testid=dnd-60]").await?;
    page.until_there(&format!("{me}[data-availability=dnd]")).await?;
    app.tray.until_says("Do not disturb is on").await?;
    page.photograph(desktop, &format!("{mode:?}-window-dnd")).await?;
    office.set_dnd(ME, simulator::firmafon::Dnd::Off);
    page.until_there(&format!("{me}[data-availability=available]")).await?;
    let inside =
        page.evaluate("return [typeof window.__TAURI__, typeof window.require, location.protocol]").await?;
    ensure!(
        inside == json!(["undefined", "undefined", "tauri:"]),
        "the page has more than it needs: {inside}"
    );
    Ok(())
}

async fn a_page_reaches_nothing_but_its_commands(
    desktop: &Desktop,
    mode: Mode,
    office: &Simulator,
) -> Result<()> {
    let app = App::start_with_window(desktop, mode, office).await?;
    let page = app.live().await?;
    for command in ["hide_popup", "plugin:window|close", "plugin:event|listen", "plugin:app|version"] {
        let answer = page.settled(&format!("window.__TAURI_INTERNALS__.invoke({})", json!(command))).await?;
        let words = answer.as_str().unwrap_or_default();
        ensure!(words.contains("not allowed"), "{command} is not refused: {answer}");
    }
    let vendor = office.addresses().first().context("the simulator has a vendor")?;
    let server = vendor.settings.get("api_url").and_then(Value::as_str).context("it speaks REST")?;
    let elsewhere = json!(format!("{server}/slipped"));
    for attempt in [format!("fetch({elsewhere}, {{ mode: 'no-cors' }})"), "Function('return 1')()".to_owned()]
    {
        let answer = page.settled(&attempt).await?;
        ensure!(answer.as_str().is_some_and(|words| words.starts_with("failed")), "{attempt}: {answer}");
    }
    page.evaluate(&format!(
        "const inline = document.createElement('script'); inline.textContent = 'window.slipped = 1'; \
         document.body.append(inline); window.open({elsewhere}); location.href = {elsewhere}"
    ))
    .await?;
    page.painted().await?;
    let asked = office.firmafon().requests().rest;
    ensure!(!asked.contains_key("GET /slipped"), "the page got out: {asked:?}");
    let left = page.evaluate("return [typeof slipped, typeof __TAURI__, location.protocol]").await?;
    ensure!(left == json!(["undefined", "undefined", "tauri:"]), "the page got out: {left}");
    ensure!(desktop.windows()? == ["Ringside"], "it opened a window: {:?}", desktop.windows()?);
    Ok(())
}

async fn a_ringing_call_pops_up_where_a_person_wants_it(
    desktop: &Desktop,
    mode: Mode,
    office: &Simulator,
) -> Result<()> {
    let app = App::start_with(desktop, mode, office, "popup_window = true").await?;
    app.tray.until_says(AVAILABLE).await?;
    let call = office.firmafon().incoming_call(Endpoint::Employee(ME), &caller(), &[ME]);
    desktop.notifications.until_shown("call.incoming", 0).await?;
    desktop.until_window("Ringside call", Seen::Open).await?;
    desktop.photograph(&format!("{mode:?}-popup-alone"), "root")?;
    office.firmafon().answer(&call, ME);
    desktop.until_window("Ringside call", Seen::Gone).await?;
    if mode == Mode::Attached {
        until("the shell has ended", async || {
            Ok(desktop.processes("ringside-desktop").is_empty().then_some(()))
        })
        .await?;
    }
    Ok(())
}

fn row(employee: u64) -> String {
    format!("[data-testid=person-row][data-id='{ACCOUNT}/Employee#{employee}']")
}

async fn the_popup_shows_the_ringing_call_and_leaves_the_keyboard_alone(
    desktop: &Desktop,
    mode: Mode,
    office: &Simulator,
) -> Result<()> {
    let app = App::start_with_window(desktop, mode, office).await?;
    let page = app.live().await?;
    let call = office.firmafon().incoming_call(Endpoint::Employee(ME), &caller(), &[ME]);
    page.until_there("[data-testid=call-row][data-state=ringing]").await?;
    App::start_again(desktop, &["--window", "popup"]).await?;
    desktop.until_window("Ringside call", Seen::Open).await?;
    let active = desktop.run(&["xdotool", "getactivewindow", "getwindowname"], None)?;
    ensure!(active.trim() == "Ringside", "the popup took the keyboard: {active}");
    let web = desktop.processes("WebKitWebProcess").len();
    ensure!(web == 1, "the popup is drawn by the window's process: {web}");
    page.turn_to("Ringside call").await?;
    page.until_says("[data-testid=popup-call]", CALLER).await?;
    desktop.photograph(&format!("{mode:?}-popup"), "root")?;
    office.firmafon().answer(&call, ME);
    desktop.until_window("Ringside call", Seen::Gone).await?;
    page.turn_to("Ringside").await?;
    page.until_there("[data-testid=call-row][data-state=answered]").await
}

async fn a_revoked_token_is_replaced_by_typing_the_good_one(
    desktop: &Desktop,
    mode: Mode,
    office: &Simulator,
) -> Result<()> {
    let app = App::start_with_window(desktop, mode, office).await?;
    let (page, office) = (app.live().await?, office.firmafon());
    office.refuse_tokens();
    office.restart();
    page.until_there("[data-testid=connection][data-state=sign_in]").await?;
    page.photograph(desktop, &format!("{mode:?}-sign-in")).await?;
    office.accept_token(NEXT_TOKEN, RefuseTokenAt::All);
    page.click("[data-testid=problem-signin]").await?;
    page.type_into("[data-testid=signin-token]", NEXT_TOKEN).await?;
    page.click("[data-testid=signin-submit]").await?;
    page.until_there("[data-testid=connection][data-state=live]").await?;
    ensure!(secret(desktop)? == json!({ "access_token": NEXT_TOKEN }), "the keyring has the token");
    Ok(())
}

#[test]
fn a_window_starts_the_agent_and_says_when_it_is_gone() -> Result<()> {
    play_in(Looks::Dark, Level::Debug, async |desktop, office| {
        let app = App::start_agentless(desktop, office).await?;
        let page = app.live().await?;
        page.photograph(desktop, "dark-window").await?;
        let agents = desktop.processes("ringside");
        ensure!(agents == [app.tray.process().await?], "one agent shows the tray: {agents:?}");
        app.tray.click("Quit").await?;
        page.until_there("[data-testid=problem][data-code=detached]").await?;
        page.photograph(desktop, "dark-detached").await?;
        App::start_again(desktop, &[]).await?;
        page.until_there("[data-testid=connection][data-state=live]").await?;
        desktop.close_window("Ringside")?;
        until("the shell has ended", async || {
            Ok(desktop.processes("ringside-desktop").is_empty().then_some(()))
        })
        .await?;
        ensure!(desktop.processes("ringside").len() == 1, "the agent lives on");
        desktop.trays.item().await?.click("Quit").await
    })
}
