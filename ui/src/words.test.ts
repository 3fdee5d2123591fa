import { afterEach, describe, expect, it, vi } from "vitest";

import { callOf, office as officeOf, personOf, viewOf } from "./testing";
import { moment, span, texts } from "./texts";
import { vendors } from "./vendors";
import { choiceWords, collator, languages, speak, translated, usualLanguage } from "./words.svelte";

afterEach(() => speak("en"));

const now = Date.parse("2026-11-21T12:00:00Z");

describe("a page", () => {
  it("speaks another language at once, and English again", async () => {
    expect(texts.people).toBe("People");
    await speak("da");
    expect([texts.people, texts.standing.dnd, texts.dndUntil("12.00")]).toEqual([
      "Personer",
      "Forstyr ikke",
      "Indtil 12.00",
    ]);
    expect(document.documentElement.lang).toBe("da");
    await speak("en");
    expect(texts.people).toBe("People");
  });

  it("ends up with the language that was asked for last, whichever was read first", async () => {
    await Promise.all([speak("fr"), speak("sv")]);
    expect(texts.people).toBe("Personer");
    expect(texts.settings).toBe("Inställningar");
  });

  it("counts as each language does", async () => {
    const counted = async (language: "da" | "fr" | "vi"): Promise<string[]> => {
      await speak(language);
      return [texts.found(1), texts.missedOut(2), texts.shown(12_345, 12_345)];
    };
    expect(await counted("da")).toEqual(["1 opkald", "2 huller ikke indhentet", "12.345 personer"]);
    expect(await counted("fr")).toEqual([
      "1 appel",
      "2 interruptions non rattrapées",
      "12\u202f345 personnes",
    ]);
    expect(await counted("vi")).toEqual(["1 cuộc gọi", "2 khoảng trống chưa được bù", "12.345 người"]);
  });

  it("writes times and lengths as each language does", async () => {
    await speak("da");
    expect(moment("2026-11-22T06:05:00Z", now)).toBe("i morgen 06.05");
    expect(moment("2026-11-03T09:05:00Z", now)).toBe("3. nov. 09.05");
    await speak("de");
    expect(span(7_500)).toBe("2 Std. 5 min");
    expect(moment("2026-11-20T23:59:00Z", now)).toBe("gestern 23:59");
  });

  it("orders names by the alphabet of the language, and the list follows", async () => {
    const names = ["Åse", "Zoë", "Anna"];
    const { office } = officeOf();
    const people = names.map((name, index) => ({
      ...personOf({}),
      id: `work/${index}`,
      name,
      me: false,
    }));
    office.apply({ kind: "view", view: viewOf({ people }) });
    const seen = (): string[] => office.people.map(({ title }) => title);
    expect(seen()).toEqual(["Anna", "Åse", "Zoë"]);
    await speak("da");
    office.order(collator());
    expect(seen()).toEqual(["Anna", "Zoë", "Åse"]);
  });

  it("tells what the program said in English, and leaves what it does not know", async () => {
    const gone = "The connection was cut; Ringside is connecting again.";
    expect(translated(gone)).toBe(gone);
    await speak("de");
    expect(translated(gone)).toBe("Die Verbindung wurde getrennt; Ringside verbindet sich neu.");
    expect(translated("The disk is full; free some space. Until then calls are kept in memory only.")).toBe(
      "Der Datenträger ist voll; schaffen Sie Platz. Bis dahin werden Anrufe nur im Arbeitsspeicher gehalten.",
    );
    expect(translated("Settings, line 7: The disk is full; free some space.")).toBe(
      "Einstellungen, Zeile 7: Der Datenträger ist voll; schaffen Sie Platz.",
    );
    expect(translated("rings me; the screen is locked, so the caller is not named")).toBe(
      "klingelt bei mir; der Bildschirm ist gesperrt, deshalb wird der Anrufer nicht genannt",
    );
    expect(translated("Leitung 3 ist gestört")).toBe("Leitung 3 ist gestört");
  });

  it("tells part by part what an account lacks", async () => {
    await speak("da");
    const lacking = "cannot be heard: the provider refuses those channels; ask your administrator.";
    const told = "kan ikke høres: udbyderen nægter de kanaler; spørg din administrator.";
    expect(translated(`Colleagues' presence, your own calls and the receptions' calls ${lacking}`)).toBe(
      `Kollegers tilstedeværelse, dine egne opkald og receptionernes opkald ${told}`,
    );
    expect(translated(`Marks and Spencer ${lacking}`)).toBe(`Marks and Spencer ${lacking}`);
  });

  it("asks and finds in the language of the person", async () => {
    const asked = Object.values(vendors).flatMap(({ ways, settings }) => [
      ...ways.map(({ title }) => title),
      ...[...ways.flatMap(({ fields }) => fields), ...settings].flatMap(({ title, about }) => [title, about]),
    ]);
    await speak("vi");
    const same = ["Authorization", "E-mail", "Crossbar", "REST"];
    expect(asked.filter((text) => translated(text) === text && !same.includes(text))).toEqual([]);
    expect(choiceWords("compact")).toBe("gọn");
  });

  it("never changes a caller's name", async () => {
    await speak("sv");
    const peer = { number: null, raw: null, name: "Missed", hidden: false };
    expect(texts.peer(callOf({ peer }))).toBe("Missed");
  });

  it("begins with the language of the desktop", () => {
    const wishes = vi.spyOn(navigator, "languages", "get");
    wishes.mockReturnValue(["nn-NO", "sv-FI", "en"]);
    expect(usualLanguage()).toBe("sv");
    wishes.mockReturnValue(["nn-NO"]);
    expect(usualLanguage()).toBe("en");
  });

  it("offers each language by its own name", () => {
    expect(languages.map(choiceWords)).toEqual([
      "English",
      "Dansk",
      "Svenska",
      "Tiếng Việt",
      "Deutsch",
      "Français",
    ]);
  });
});
