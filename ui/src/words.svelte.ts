import english from "../../locales/en/window.ftl";
import type { Language } from "./bindings/Language";
import { type Catalogue, type Counting, format, type Variables } from "./fluent";
import { type Sentence, sentencesOf, translate } from "./sentences";

/** How numbers and times are written; English as Europe writes it. */
const locales: Record<Language, string> = {
  en: "en-GB",
  da: "da-DK",
  sv: "sv-SE",
  vi: "vi-VN",
  de: "de-DE",
  fr: "fr-FR",
};

export const languages = Object.keys(locales) as Language[];

const files = import.meta.glob<string>(
  ["../../locales/*/window.ftl", "../../locales/*/sentences.ftl", "!../../locales/en/window.ftl"],
  { query: "?file", import: "default", eager: true },
);

/** A language with all it takes to write in it. */
interface Spoken extends Counting {
  readonly language: Language;
  readonly locale: string;
  readonly messages: Catalogue;
  readonly collator: Intl.Collator;
  readonly clock: Intl.DateTimeFormat;
  readonly day: Intl.DateTimeFormat;
  readonly dayAndYear: Intl.DateTimeFormat;
  readonly list: Intl.ListFormat;
  /** What the program says in English; none where that is not translated. */
  readonly sentences: readonly Sentence[];
}

function spokenOf(language: Language, messages: Catalogue, sentences: readonly Sentence[]): Spoken {
  const locale = locales[language];
  return {
    language,
    locale,
    messages,
    sentences,
    plural: new Intl.PluralRules(locale),
    number: new Intl.NumberFormat(locale),
    collator: new Intl.Collator(locale, { sensitivity: "base", numeric: true }),
    clock: new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit" }),
    day: new Intl.DateTimeFormat(locale, { day: "numeric", month: "short" }),
    dayAndYear: new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", year: "numeric" }),
    list: new Intl.ListFormat(locale, { type: "unit", style: "short" }),
  };
}

const inEnglish = spokenOf("en", english, []);
let spoken = $state.raw(inEnglish);
let wanted: Language = "en";

/** Changes the language of this page; whatever is shown follows. A language that cannot be read leaves it as it is. */
export async function speak(language: Language): Promise<void> {
  if (language === wanted) return;
  wanted = language;
  const next = language === "en" ? inEnglish : await load(language);
  if (next === undefined || wanted !== language) return;
  spoken = next;
  document.documentElement.lang = language;
}

async function load(language: Language): Promise<Spoken | undefined> {
  try {
    const [messages, sentences, inEnglish] = await Promise.all([
      read(`${language}/window`),
      read(`${language}/sentences`),
      read("en/sentences"),
    ]);
    return spokenOf(language, { ...messages, ...sentences }, sentencesOf(inEnglish));
  } catch (error) {
    console.warn("the language could not be read", language, error);
    return undefined;
  }
}

async function read(file: string): Promise<Catalogue> {
  const answer = await fetch(files[`../../locales/${file}.ftl`] ?? "");
  return (await answer.json()) as Catalogue;
}

/** The language of the desktop or browser, until the settings have said which one. */
export function usualLanguage(): Language {
  const wishes = navigator.languages.map((wish) => wish.slice(0, 2).toLowerCase());
  return wishes.flatMap((wish) => languages.filter((one) => one === wish))[0] ?? "en";
}

/** The message of this id, in the language of the page. */
export function say(id: string, variables: Variables = {}): string {
  const pattern = spoken.messages[id] ?? english[id];
  return pattern === undefined ? id : format(pattern, variables, spoken);
}

/** A sentence that was made elsewhere, in English, in the language of the page where that is known. */
export function translated(text: string): string {
  return translate(spoken.sentences, text, say);
}

/** A value that can be chosen: a language by its own name, else the word for it. */
export function choiceWords(choice: string): string {
  if (!(choice in locales)) return translated(choice);
  const name = new Intl.DisplayNames(choice, { type: "language" }).of(choice) ?? choice;
  return name.charAt(0).toLocaleUpperCase(choice) + name.slice(1);
}

/** In which order names come. */
export function collator(): Intl.Collator {
  return spoken.collator;
}

/** Lower case by the rules of the language. */
export function lower(text: string): string {
  return text.toLocaleLowerCase(spoken.locale);
}

/** A time of the day. */
export function clockTime(date: Date): string {
  return spoken.clock.format(date);
}

/** A day, with its year unless that is the one it is `now`. */
export function calendarDay(date: Date, now: Date): string {
  return (date.getFullYear() === now.getFullYear() ? spoken.day : spoken.dayAndYear).format(date);
}

/** Names one after the other. */
export function list(names: readonly string[]): string {
  return spoken.list.format(names);
}

/** Members that say their messages anew whenever they are read. */
export function worded<const T extends Record<string, string>>(ids: T): { readonly [K in keyof T]: string } {
  const words = {} as { [K in keyof T]: string };
  for (const [name, id] of Object.entries(ids)) {
    Object.defineProperty(words, name, { get: () => say(id), enumerable: true });
  }
  return words;
}
