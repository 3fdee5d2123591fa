import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";

import { catalogues } from "./catalogues.ts";

// The shell serves the pages under the same policy; the preview repeats it so that a breach shows in a browser too.
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'none'; base-uri 'none'";

export default defineConfig(({ mode }) => ({
  plugins: [catalogues(), svelte({ configFile: false })],
  // `vite build --mode demo` keeps the made-up office of browser.ts; a release has none.
  define: { __DEMO__: JSON.stringify(mode !== "production") },
  // The words lie beside the program, which speaks them too.
  server: { port: 5173, strictPort: true, fs: { allow: [".", "../locales"] } },
  preview: { headers: { "Content-Security-Policy": policy } },
  build: {
    target: "safari17",
    assetsInlineLimit: 0,
    // The pages name what they import, so that it need not be found one after the other.
    modulePreload: { polyfill: false },
    rollupOptions: { input: ["index.html", "popup.html"] },
  },
  resolve: mode === "test" ? { conditions: ["browser"] } : {},
  test: {
    environment: "happy-dom",
    include: ["src/**/*.test.ts"],
    setupFiles: ["src/testing.ts"],
    env: { TZ: "UTC" },
    restoreMocks: true,
  },
}));
