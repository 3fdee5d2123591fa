import type { Availability } from "./bindings/Availability";
import type { Call } from "./bindings/Call";
import type { Gap } from "./bindings/Gap";
import type { Outcome } from "./bindings/Outcome";
import type { Peer } from "./bindings/Peer";
import { calendarDay, clockTime, list, lower, say, translated, worded } from "./words.svelte";

/** What people call the other end: a sure address book, else the provider, else a likely one. */
export function peerName({ name, contact }: Peer): string | null {
  const sure = contact?.confidence === "exact" ? contact.name : null;
  return sure ?? name ?? contact?.name ?? null;
}

/** Every word the pages show, in the language of the page at the moment it is read. */
export const texts = Object.assign(
  worded({
    loading: "loading",
    people: "people",
    calls: "calls",
    accounts: "accounts",
    settings: "settings",
    addressBooks: "address-books",

    // Settings
    searchSettings: "search-settings",
    noSettings: "no-settings",
    fixedSettings: "fixed-settings",
    lockedBy: "locked-by",
    theirs: "theirs",
    setButHidden: "set-but-hidden",
    reset: "reset",
    yes: "yes",
    no: "no",
    views: "views",

    // Oneself
    you: "you",
    ownState: "own-state",
    ownUnknown: "own-unknown",
    notConnected: "not-connected",
    noAccounts: "no-accounts",

    // Do not disturb
    dnd: "dnd",
    dndOn: "dnd-on",
    dndLengths: "dnd-lengths",
    dnd30: "dnd-30",
    dnd60: "dnd-60",
    dndTomorrow: "dnd-tomorrow",
    dndOpen: "dnd-open",
    dndAt: "dnd-at",
    dndAtLabel: "dnd-at-label",
    dndSet: "dnd-set",
    dndKeep: "dnd-keep",
    dndAsking: "dnd-asking",
    dndPartly: "dnd-partly",
    dndStates: "dnd-states",
    dndOff: "dnd-off",
    dndStopped: "dnd-stopped",
    dndHereOnly: "dnd-here-only",
    dndFollows: "dnd-follows",
    dndConfirmed: "dnd-confirmed",
    dndSettling: "dnd-settling",

    // Connections
    connections: "connections",
    connectionLacking: "connection-lacking",
    retrying: "retrying",
    retry: "retry",
    signIn: "sign-in",
    signInBy: "sign-in-by",
    chooseProvider: "choose-provider",
    dismiss: "dismiss",
    notAsked: "not-asked",
    detached: "detached",
    detachedTitle: "detached-title",
    detachedHelp: "detached-help",

    // Will I ring?
    willIRing: "will-i-ring",
    willRing: "will-ring",
    willRingWarned: "will-ring-warned",
    willNotRing: "will-not-ring",
    notProven: "not-proven",
    allProven: "all-proven",
    heardNever: "heard-never",
    check: "check",
    checking: "checking",
    close: "close",

    // People
    search: "search",
    clearSearch: "clear-search",
    filter: "filter",
    all: "all",
    alsoDnd: "also-dnd",
    nobody: "nobody",
    nobodyYet: "nobody-yet",
    signInFirst: "sign-in-first",
    favourite: "favourite",
    favourites: "favourites",
    everybody: "everybody",
    nowhere: "nowhere",
    groupBy: "group-by",
    number: "number",
    department: "department",
    account: "account",
    call: "call",
    copyNumber: "copy-number",
    notCopied: "not-copied",
    tellWhenFree: "tell-when-free",
    tellNoMore: "tell-no-more",

    // Calls
    now: "now",
    recent: "recent",
    missedSeen: "missed-seen",
    noCalls: "no-calls",
    searchCalls: "search-calls",
    noSuchCall: "no-such-call",
    more: "more",
    when: "when",
    line: "line",
    withWhom: "with-whom",
    why: "why",
    callBackShort: "call-back-short",
    note: "note",
    noteHelp: "note-help",
    noted: "noted",
    remind: "remind",
    remindNot: "remind-not",
    noReminder: "no-reminder",
    makePrivate: "make-private",
    privateSure: "private-sure",
    madePrivate: "made-private",
    erase: "erase",
    eraseSure: "erase-sure",
    erased: "erased",
    keepOrErase: "keep-or-erase",
    saveCalls: "save-calls",
    saveCsv: "save-csv",
    saveJson: "save-json",
    saving: "saving",
    keepCalls: "keep-calls",
    keepHelp: "keep-help",
    eraseCalls: "erase-calls",
    eraseAll: "erase-all",
    eraseAllSure: "erase-all-sure",
    erasedCalls: "erased-calls",
    eraseNumber: "erase-number",
    eraseNumberSure: "erase-number-sure",
    noRecent: "no-recent",
    incoming: "incoming",
    outgoing: "outgoing",
    newlyMissed: "newly-missed",
    incomingCall: "incoming-call",
    queues: "queues",
    pickUp: "pick-up",
    silence: "silence",
    open: "open",
    callerCallBack: "caller-call-back",

    // Accounts
    lastHeard: "last-heard",
    never: "never",
    connectionState: "connection-state",
    newToken: "new-token",
    owner: "owner",
    gaps: "gaps",
    unknown: "unknown",
    remove: "remove",
    removeHelp: "remove-help",
    quit: "quit",
    quitTitle: "quit-title",
    quitHelp: "quit-help",
    cancel: "cancel",
    addAccount: "add-account",
    add: "add",
    adding: "adding",
    signingIn: "signing-in",
    provider: "provider",
    accountName: "account-name",
    accountNameHelp: "account-name-help",
    accountNameTaken: "account-name-taken",
    advanced: "advanced",
    advancedHelp: "advanced-help",

    // First run
    welcome: "welcome",
    welcomeHelp: "welcome-help",
    noBrowserSignIn: "no-browser-sign-in",
  }),
  {
    settingsFile: (path: string) => say("settings-file", { path }),
    organisationFile: (path: string) => say("organisation-file", { path }),
    usual: (value: string) => say("usual", { value }),
    backToUsual: (title: string) => say("back-to-usual", { title }),
    contacts: (count: number) => say("contacts", { count }),
    readAt: (time: string) => say("read-at", { time }),
    skippedPlaces: (count: number) => say("skipped-places", { count }),
    placeInLine: (line: number, why: string) => say("place-in-line", { line: String(line), why }),
    furtherPlaces: (count: number) => say("further-places", { count }),
    saved: (title: string) => say("saved", { title }),

    // Do not disturb
    dndUntil: (time: string) => say("dnd-until", { time }),
    dndBySchedule: (time: string | undefined) =>
      time === undefined ? say("dnd-schedule") : say("dnd-schedule-until", { time }),
    dndHeldOff: (time: string) => say("dnd-held-off", { time }),
    dndSome: (accounts: readonly string[]) => say("dnd-some", { accounts: list(accounts) }),
    dndOnElsewhere: (time: string | undefined) =>
      time === undefined ? say("dnd-on-elsewhere") : say("dnd-on-elsewhere-at", { time }),
    dndOffElsewhere: (time: string | undefined) =>
      time === undefined ? say("dnd-off-elsewhere") : say("dnd-off-elsewhere-at", { time }),

    // Connections
    connection: worded({
      connecting: "connection-connecting",
      live: "connection-live",
      waiting: "connection-waiting",
      sign_in: "connection-sign-in",
      stopped: "connection-stopped",
    }),
    retryIn: (seconds: number) => say("retry-in", { length: span(seconds) }),
    retryAccount: (account: string) => say("retry-account", { account }),
    signInTo: (account: string) => say("sign-in-to", { account }),

    // Will I ring?
    listening: (since: string, heard: string) => say("listening", { since, heard }),
    heardAgo: (length: string) => say("heard-ago", { length }),
    missedOut: (count: number) => say("missed-out", { count }),
    checkedAt: (time: string) => say("checked-at", { time }),
    goodFindings: (count: number) => say("good-findings", { count }),

    // People
    standing: worded({
      available: "standing-available",
      ringing: "standing-ringing",
      busy: "standing-busy",
      dnd: "standing-dnd",
      away: "standing-away",
      offline: "standing-offline",
      unknown: "standing-unknown",
      stale: "standing-stale",
    }),
    state: (availability: Availability, length: string | undefined) => {
      const state = texts.standing[availability];
      return length === undefined ? state : say("state-for", { state, length });
    },
    lastKnown: (length: string | undefined, availability: Availability) => {
      const state = lower(texts.standing[availability]);
      return length === undefined ? say("last-known-just", { state }) : say("last-known", { state, length });
    },
    deafSince: (time: string) => say("deaf-since", { time }),
    until: (time: string) => say("until", { time }),
    dial: (who: string) => say("dial", { who }),
    dialing: (who: string) => say("dialing", { who }),
    grouping: worded({
      none: "grouping-none",
      account: "grouping-account",
      department: "grouping-department",
    }),
    copied: (what: string) => say("copied", { what }),
    within: (minutes: number) => span(minutes * 60),
    willTell: (who: string) => say("will-tell", { who }),
    awaitedUntil: (time: string) => say("awaited-until", { time }),
    shown: (count: number, all: number) =>
      count === all ? say("shown-all", { count }) : say("shown-some", { count, all }),

    // Calls
    missed: (count: number) => say("missed", { count }),
    callKinds: worded({
      all: "kind-all",
      missed: "kind-missed",
      incoming: "kind-incoming",
      outgoing: "kind-outgoing",
    }),
    found: (count: number) => say("found", { count }),
    saveFound: (count: number | undefined) =>
      count === undefined ? say("save-all") : say("save-found", { count }),
    savedCalls: (count: number, path: string) => say("saved-calls", { count, path }),
    keepDays: (days: number) => {
      if (days === 0) return say("keep-none");
      const years = days / 365;
      return Number.isInteger(years)
        ? say("keep-years", { count: years })
        : say("keep-days", { count: days });
    },
    kept: (length: string) => say("kept", { length }),
    eraseOlder: (length: string) => say("erase-older", { length }),
    eraseOlderSure: (length: string) => say("erase-older-sure", { length }),
    whyShown: (shown: boolean, why: string) =>
      say(shown ? "why-shown" : "why-not-shown", { why: translated(why) }),
    remindsAt: (time: string) => say("reminds-at", { time }),
    willRemind: (time: string) => say("will-remind", { time }),
    peer: (call: Call) => {
      const { number, raw, hidden } = call.peer;
      const nobody = (): string => say(hidden ? "hidden-number" : "unknown-caller");
      return peerName(call.peer) ?? number ?? (raw || nobody());
    },
    callState: (call: Call) => {
      if (call.state === "ringing")
        return say(call.direction === "incoming" ? "call-ringing" : "call-calling");
      const who = names(call);
      if (call.state === "held") return who ? say("call-held-with", { who }) : say("call-held");
      return who ? say("call-talking-with", { who }) : say("call-talking");
    },
    outcome: (outcome: Outcome, call: Call) =>
      outcome === "missed" && call.direction === "outgoing" ? say("no-answer") : outcomes[outcome],
    talked: (length: string) => say("talked", { length }),
    callBack: (who: string) => say("call-back", { who }),
    callFrom: (who: string) => say("call-from", { who }),
    callerNote: (note: string) => say("caller-note", { note }),
    waitingCalls: (count: number) => say("waiting-calls", { count }),
    pickUpFrom: (queue: string) => say("pick-up-from", { queue }),
    silenceCall: (who: string) => say("silence-call", { who }),

    // Accounts
    ago: (length: string) => say("ago", { length }),
    since: (time: string) => say("since", { time }),
    over: (transport: string) => say("over", { transport }),
    gap: (from: string, to: string) => say("gap", { from, to }),
    gapFetched: ({ filled, fetched, note }: Gap) => {
      const calls = say("gap-calls", { count: fetched ?? 0 });
      if (filled) return fetched === null ? say("gap-filled") : fetched === 0 ? say("gap-nothing") : calls;
      const why = note === null ? "" : ` (${translated(note)})`;
      return (fetched ? say("gap-rest", { calls }) : say("gap-open")) + why;
    },
    removeAccount: (account: string) => say("remove-account", { account }),
    removeTitle: (account: string) => say("remove-title", { account }),
    connectingTo: (account: string) => say("connecting-to", { account }),
  },
);

const outcomes: Readonly<Record<Outcome, string>> = worded({
  answered: "outcome-answered",
  missed: "outcome-missed",
  voicemail: "outcome-voicemail",
  answered_elsewhere: "outcome-answered-elsewhere",
  declined: "outcome-declined",
  busy: "outcome-busy",
  transferred: "outcome-transferred",
  failed: "outcome-failed",
  lost: "outcome-lost",
});

/** The colleagues in a call who are known by name. */
export function names(call: Call): string {
  return list(call.people.flatMap(({ name }) => (name === null ? [] : [name])));
}

const two = (n: number): string => String(n).padStart(2, "0");

/** A length in its two largest units: "40 s", "4 min", "2 h 5 min", "3 d". */
export function span(seconds: number): string {
  const s = Math.max(0, Math.floor(seconds));
  if (s < 60) return say("span-seconds", { count: s });
  const all = Math.floor(s / 60);
  if (all < 60) return say("span-minutes", { count: all });
  const [hours, minutes] = [Math.floor(all / 60), all % 60];
  if (hours >= 24) return say("span-days", { count: Math.floor(hours / 24) });
  return minutes ? say("span-hours-minutes", { hours, minutes }) : say("span-hours", { count: hours });
}

/** An age that is worth a glance: none below a minute. */
export function age(since: string | null, now: number): string | undefined {
  if (since === null) return undefined;
  const seconds = (now - Date.parse(since)) / 1_000;
  return seconds < 60 ? undefined : span(seconds);
}

/** A running timer: "0:07", "12:34", "1:02:03". */
export function timer(since: string | null, now: number): string {
  const s = since === null ? 0 : Math.max(0, Math.floor((now - Date.parse(since)) / 1_000));
  const [hours, minutes, seconds] = [Math.floor(s / 3_600), Math.floor(s / 60) % 60, s % 60];
  return hours ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
}

/** A moment as a person would say it: "14:30", "tomorrow 06:00", "yesterday 16:02", "3 Nov 09:15", "3 Nov 2024 09:15". */
export function moment(at: string | number, now: number): string {
  const date = new Date(at);
  const today = new Date(now);
  const time = clockTime(date);
  const days = Math.round((midnight(date) - midnight(today)) / 86_400_000);
  if (days === 0) return time;
  if (days === 1) return say("tomorrow-at", { time });
  if (days === -1) return say("yesterday-at", { time });
  return `${calendarDay(date, today)} ${time}`;
}

function midnight(date: Date): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}
