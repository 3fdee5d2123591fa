import { expect, it } from "vitest";
import { personOf } from "../testing";
import { speak } from "../words.svelte";
import { stateWords } from "./personWords";

const now = Date.parse("2026-11-21T09:00:00Z");
const words = (status = ""): string =>
  stateWords(personOf({ availability: "available", since: null, status }), undefined, false, now);

it("shows the provider's own word for a state, unless it says the same", () => {
  expect(words()).toBe("Available");
  expect(words("Lunch desk")).toBe("Available (Lunch desk)");
  expect(words("AVAILABLE")).toBe("Available");
});

it("says it once in every language", async () => {
  await speak("da");
  expect(words("available")).toBe("Ledig");
  await speak("en");
});
