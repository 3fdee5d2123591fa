// The demo pages in a real browser, for pictures and for figures.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { chromium } from "playwright-core";
import { build, preview } from "vite";

/** Serves the made-up office and starts Chromium, with DejaVu alone so that text looks the same everywhere. */
export async function open() {
  const folder = mkdtempSync(join(tmpdir(), "ringside-ui-"));
  const dist = join(folder, "dist");
  await build({ mode: "demo", logLevel: "warn", build: { outDir: dist, emptyOutDir: true } });
  const server = await preview({ build: { outDir: dist }, preview: { port: 0, open: false } });
  const [address] = server.resolvedUrls.local;
  const fonts = join(folder, "fonts.conf");
  writeFileSync(
    fonts,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
      <dir>/usr/share/fonts/truetype/dejavu</dir><cachedir>${join(folder, "cache")}</cachedir>
      <match target="font"><edit name="hintstyle" mode="assign"><const>hintnone</const></edit></match>
      <match target="pattern">
        <edit name="family" mode="prepend" binding="strong"><string>DejaVu Sans</string></edit>
      </match>
    </fontconfig>`,
  );
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    env: { ...process.env, FONTCONFIG_FILE: fonts },
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--disable-lcd-text",
      "--force-color-profile=srgb",
      "--js-flags=--expose-gc",
    ],
  });
  const close = async () => {
    await browser.close();
    await server.close();
    rmSync(folder, { recursive: true });
  };
  return { address, browser, close };
}
