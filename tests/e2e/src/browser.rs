use std::{net::TcpListener, time::Duration};

use anyhow::{Context as _, Result, bail};
use reqwest::Method;
use serde_json::{Value, json};

use crate::{Desktop, Process, process::Start, until};

/// The key of an element's reference (W3C WebDriver, section 12).
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";
const ANSWERS_WITHIN: Duration = Duration::from_secs(30);

/// The windows of a shell that `WebKitWebDriver` has started, driven as a person would.
#[derive(Debug)]
pub struct Browser {
    http: reqwest::Client,
    session: String,
    _driver: Process,
}

impl Browser {
    /// Starts the shell with these arguments; it must open a window.
    ///
    /// # Errors
    /// If the shell or its first window does not come up.
    pub async fn start(desktop: &Desktop, program: &str, arguments: &[&str], log: &str) -> Result<Self> {
        // Only the first of them can install it.
        drop(rustls::crypto::ring::default_provider().install_default());
        let http = reqwest::Client::builder().no_proxy().timeout(ANSWERS_WITHIN).build()?;
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let mut environment = desktop.environment().to_vec();
        for name in ["TAURI_AUTOMATION", "TAURI_WEBVIEW_AUTOMATION"] {
            environment.push((name.to_owned(), "true".to_owned()));
        }
        let driver = Process::start(&Start {
            command: &["WebKitWebDriver", &format!("--port={port}"), "--host=127.0.0.1"],
            environment: &environment,
            log: desktop.log(log),
            input: None,
        })?;
        let base = format!("http://127.0.0.1:{port}");
        let mut browser = Self { http, session: base, _driver: driver };
        until("WebKitWebDriver answers", async || {
            Ok(browser.ask(Method::GET, "/status", Value::Null).await.ok())
        })
        .await?;
        let options = json!({ "binary": program, "args": arguments });
        let capabilities = json!({ "alwaysMatch": { "webkitgtk:browserOptions": options } });
        let made = browser.ask(Method::POST, "/session", json!({ "capabilities": capabilities })).await?;
        let id = made.get("sessionId").and_then(Value::as_str).context("a session has an id")?;
        browser.session = format!("{}/session/{id}", browser.session);
        Ok(browser)
    }

    async fn ask(&self, method: Method, path: &str, body: Value) -> Result<Value> {
        let request = self.http.request(method.clone(), format!("{}{path}", self.session));
        let request = if method == Method::POST { request.json(&body) } else { request };
        let answer: Value = request.send().await?.json().await?;
        let value = answer.get("value").cloned().unwrap_or_default();
        if let Some(error) = value.get("error").and_then(Value::as_str) {
            bail!("{method} {path}: {error}: {}", value.get("message").unwrap_or(&Value::Null));
        }
        Ok(value)
    }

    /// Turns to the window with this title, once it is there.
    ///
    /// # Errors
    /// If it does not come.
    pub async fn turn_to(&self, title: &str) -> Result<()> {
        until(&format!("there is a page “{title}”"), async || {
            let handles = self.ask(Method::GET, "/window/handles", Value::Null).await?;
            for handle in handles.as_array().into_iter().flatten() {
                self.ask(Method::POST, "/window", json!({ "handle": handle })).await?;
                if self.ask(Method::GET, "/title", Value::Null).await? == title {
                    return Ok(Some(()));
                }
            }
            Ok(None)
        })
        .await
    }

    /// Runs a script in the page and returns what it returns.
    ///
    /// # Errors
    /// If the page has no such thing.
    pub async fn evaluate(&self, script: &str) -> Result<Value> {
        self.ask(Method::POST, "/execute/sync", json!({ "script": script, "args": [] })).await
    }

    /// Waits for what a promise brings, or for the words of its failure.
    ///
    /// # Errors
    /// If the page is gone.
    pub async fn settled(&self, promise: &str) -> Result<Value> {
        let script = format!(
            "const done = arguments[arguments.length - 1]; \
             new Promise((settle) => settle({promise})).then(done, (error) => done(`failed: ${{error}}`))"
        );
        self.ask(Method::POST, "/execute/async", json!({ "script": script, "args": [] })).await
    }

    /// What the first element there is for a selector says; empty while there is none.
    ///
    /// # Errors
    /// If the page is gone.
    pub async fn text(&self, selector: &str) -> Result<String> {
        let script = format!("return document.querySelector({})?.innerText ?? ''", json!(selector));
        let text = self.evaluate(&script).await?;
        Ok(text.as_str().context("text is a string")?.to_owned())
    }

    /// Waits until an element says this, among other things.
    ///
    /// # Errors
    /// If it does not.
    pub async fn until_says(&self, selector: &str, words: &str) -> Result<()> {
        let mut seen = String::new();
        let said = until(&format!("{selector} says “{words}”"), async || {
            seen = self.text(selector).await?;
            Ok(seen.contains(words).then_some(()))
        })
        .await;
        said.with_context(|| format!("it says “{seen}”"))
    }

    /// Waits until there is an element for a selector.
    ///
    /// # Errors
    /// If none comes; what the page says instead is the cause.
    pub async fn until_there(&self, selector: &str) -> Result<()> {
        let there = until(&format!("there is {selector}"), async || {
            Ok((self.count(selector).await? > 0).then_some(()))
        })
        .await;
        self.explained(there).await
    }

    /// What failed, with what the page says instead.
    async fn explained(&self, result: Result<()>) -> Result<()> {
        match result {
            Ok(()) => Ok(()),
            Err(error) => Err(error.context(format!("the page says “{}”", self.text("body").await?))),
        }
    }

    /// How many elements there are for a selector.
    ///
    /// # Errors
    /// If the page is gone.
    pub async fn count(&self, selector: &str) -> Result<u64> {
        let script = format!("return document.querySelectorAll({}).length", json!(selector));
        self.evaluate(&script).await?.as_u64().context("a length is a number")
    }

    /// Clicks an element, once it is there; again where it moved away from under the pointer.
    ///
    /// # Errors
    /// If it does not come or cannot be clicked; what the page says is the cause.
    pub async fn click(&self, selector: &str) -> Result<()> {
        let clicked = until(&format!("{selector} is clicked"), async || {
            let element = self.element(selector).await?;
            let watch = "window.hit = false; \
                         arguments[0].addEventListener('click', () => (window.hit = true), { once: true, capture: true })";
            let watched = json!({ "script": watch, "args": [{ ELEMENT: element }] });
            self.ask(Method::POST, "/execute/sync", watched).await?;
            self.ask(Method::POST, &format!("/element/{element}/click"), json!({})).await?;
            // A click that takes the page away was one.
            let hit = self.evaluate("return window.hit").await.unwrap_or(Value::Bool(true));
            Ok((hit != false).then_some(()))
        })
        .await;
        self.explained(clicked).await
    }

    /// Types into an element, once it is there.
    ///
    /// # Errors
    /// If it does not come or takes no text.
    pub async fn type_into(&self, selector: &str, text: &str) -> Result<()> {
        until(&format!("{selector} takes text"), async || {
            let element = self.element(selector).await?;
            self.ask(Method::POST, &format!("/element/{element}/value"), json!({ "text": text })).await?;
            Ok(Some(()))
        })
        .await
    }

    async fn element(&self, selector: &str) -> Result<String> {
        let wanted = json!({ "using": "css selector", "value": selector });
        let found = self.ask(Method::POST, "/element", wanted).await?;
        Ok(found.get(ELEMENT).and_then(Value::as_str).context("an element has a reference")?.to_owned())
    }

    /// Waits until the page has been painted with all that was asked of it so far.
    ///
    /// # Errors
    /// If the page is gone.
    pub async fn painted(&self) -> Result<()> {
        let twice = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))";
        self.settled(twice).await.map(drop)
    }

    /// Photographs the main window as it is after its next painting, if pictures are wanted.
    ///
    /// # Errors
    /// If it is not there.
    pub async fn photograph(&self, desktop: &Desktop, name: &str) -> Result<()> {
        self.painted().await?;
        desktop.photograph(name, "Ringside")
    }
}
