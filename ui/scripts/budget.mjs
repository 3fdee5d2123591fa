// Fails when the JavaScript of the build is larger than we promise.
import { readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const most = 60_000;
const assets = new URL("../dist/assets/", import.meta.url);
const sizes = readdirSync(assets)
  .filter((name) => name.endsWith(".js"))
  .map((name) => gzipSync(readFileSync(new URL(name, assets))).length);
const sum = sizes.reduce((total, size) => total + size, 0);
console.log(`JavaScript: ${sum} bytes gzipped of at most ${most}`);
if (sum > most) process.exit(1);
