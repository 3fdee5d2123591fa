import type { Availability } from "./bindings/Availability";
import type { Call } from "./bindings/Call";
import type { ConnectionState } from "./bindings/ConnectionState";
import type { Gap } from "./bindings/Gap";
import type { Outcome } from "./bindings/Outcome";
import type { Peer } from "./bindings/Peer";
import type { Grouping, Standing } from "./roster";

/** What people call the other end: a sure address book, else the provider, else a likely one. */
export function peerName({ name, contact }: Peer): string | null {
  const sure = contact?.confidence === "exact" ? contact.name : null;
  return sure ?? name ?? contact?.name ?? null;
}

/** Every word the pages show. */
export const texts = {
  loading: "Loading…",
  people: "People",
  calls: "Calls",
  accounts: "Accounts",
  settings: "Settings",

  // Settings
  addressBooks: "Address books",
  contacts: (count: number) => (count === 1 ? "1 contact" : `${count} contacts`),
  readAt: (time: string) => `read ${time}`,
  skippedPlaces: (count: number) =>
    count === 1 ? "1 place was not taken, or not whole" : `${count} places were not taken, or not whole`,
  placeInLine: (line: number, why: string) => `Line ${line}: ${why}`,
  furtherPlaces: (count: number) => `and ${count} more; “ringside contacts check FILE” names them`,
  searchSettings: "Search the settings",
  noSettings: "No setting matches.",
  fixedSettings: "The demo’s settings cannot be changed.",
  settingsFile: (path: string) => `Kept in ${path}`,
  organisationFile: (path: string) => `Your organisation’s: ${path}`,
  lockedBy: "Fixed by your organisation",
  theirs: "Set by your organisation",
  usual: (value: string) => `Usual: ${value}`,
  setButHidden: "Set; not shown",
  backToUsual: (title: string) => `Back to the usual value of ${title}`,
  reset: "Usual value",
  saved: (title: string) => `${title}: saved`,
  yes: "On",
  no: "Off",
  views: "Views",

  // Oneself
  you: "You",
  ownState: "Your state",
  ownUnknown: "State not known",
  notConnected: "Not connected",
  noAccounts: "No account yet",

  // Do not disturb
  dnd: "Do not disturb",
  dndUntil: (time: string) => `Until ${time}`,
  dndOn: "Until you turn it off",
  dndLengths: "Do not disturb for how long",
  dnd30: "For 30 minutes",
  dnd60: "For 1 hour",
  dndTomorrow: "Until tomorrow",
  dndOpen: "Until I turn it off",
  dndAt: "Until",
  dndAtLabel: "Do not disturb until this time",
  dndSet: "Set",
  dndKeep: "Keep on",
  dndAsking: "Still on. Keep it on?",
  dndPartly: "Not everywhere",
  dndBySchedule: (end: string) => `By schedule, ${end.toLowerCase()}`,
  dndHeldOff: (time: string) => `The schedule is off until ${time}`,
  dndStates: "Do not disturb, account by account",
  dndOff: "Turn off",
  dndSome: (accounts: string) => `On in ${accounts} only`,
  dndStopped: "Ringside is not running.",
  dndOnElsewhere: (since: string) => `switched on elsewhere${since}`,
  dndOffElsewhere: (since: string) => `switched off elsewhere${since}`,
  dndSince: (time: string) => ` at ${time}`,
  dndHereOnly: "quiet here only",
  dndFollows: "quiet here; the provider follows",
  dndConfirmed: "on",
  dndSettling: "changing …",

  // Connections
  connections: "Connections",
  connectionLacking: "Live, but not everything",
  connection: {
    connecting: "Connecting",
    live: "Live",
    waiting: "Waiting",
    sign_in: "Sign-in needed",
    stopped: "Stopped",
  } satisfies Record<ConnectionState, string>,
  retryIn: (seconds: number) => `Trying again in ${span(seconds)}`,
  retrying: "Trying again",
  retry: "Retry",
  retryAccount: (account: string) => `Retry ${account}`,
  signIn: "Sign in",
  signInBy: "Sign in by",
  chooseProvider: "Choose …",
  signInTo: (account: string) => `Sign in to ${account}`,
  dismiss: "Dismiss",
  notAsked: "Ringside could not be asked; start it again if this goes on.",
  detached: "Ringside has stopped; what you see is old. It comes back by itself once Ringside runs again.",
  detachedTitle: "Ringside is not running",
  detachedHelp: "Start Ringside from your applications; this window then fills by itself.",

  // Will I ring?
  willIRing: "Will I ring?",
  willRing: "Calls will reach you.",
  willRingWarned: "Calls will reach you, but look at this.",
  willNotRing: "Calls may not reach you.",
  notProven: "Not every account is proven to work.",
  allProven: "Every account is proven to work.",
  listening: (since: string, heard: string) => `Listening since ${since}, ${heard}`,
  heardAgo: (length: string) => `last heard ${length} ago`,
  heardNever: "nothing heard yet",
  missedOut: (count: number) => (count === 1 ? "1 gap not caught up" : `${count} gaps not caught up`),
  check: "Check everything now",
  checking: "Checking…",
  checkedAt: (time: string) => `Checked ${time}`,
  goodFindings: (count: number) => (count === 1 ? "1 thing is good" : `${count} things are good`),
  close: "Close",

  // People
  search: "Search name, number or department",
  clearSearch: "Clear the search",
  searchKey: "/",
  filter: "Show only",
  all: "All",
  standing: {
    available: "Available",
    ringing: "Ringing",
    busy: "Busy",
    dnd: "Do not disturb",
    away: "Away",
    offline: "Offline",
    unknown: "Unknown",
    stale: "Not connected",
  } satisfies Record<Standing, string>,
  state: (availability: Availability, ago: string | undefined) =>
    ago === undefined ? texts.standing[availability] : `${texts.standing[availability]} ${ago}`,
  lastKnown: (ago: string | undefined, availability: Availability) => {
    const was = texts.standing[availability].toLowerCase();
    return ago === undefined ? `Not connected, was ${was}` : `Last known ${ago} ago: ${was}`;
  },
  deafSince: (time: string) => `Not connected since ${time}`,
  until: (time: string) => `until ${time}`,
  alsoDnd: "do not disturb",
  dial: (who: string) => `Call ${who}`,
  dialing: (who: string) => `Calling ${who}: pick up your phone`,
  nobody: "Nobody matches.",
  nobodyYet: "Colleagues appear here as soon as an account is connected.",
  signInFirst: "Sign in to see your colleagues.",
  favourite: "Favourite",
  favourites: "Favourites",
  everybody: "Everybody",
  nowhere: "No department",
  groupBy: "Group by",
  grouping: { none: "Nothing", account: "Account", department: "Department" } satisfies Record<
    Grouping,
    string
  >,
  number: "Number",
  department: "Department",
  account: "Account",
  call: "Call",
  copyNumber: "Copy number",
  copied: (what: string) => `Copied ${what}`,
  notCopied: "It could not be copied; select it with the mouse instead.",
  tellWhenFree: "Tell me when free, for",
  within: (minutes: number) => span(minutes * 60),
  willTell: (who: string) => `You will be told when ${who} is free`,
  awaitedUntil: (time: string) => `You will be told when free, until ${time}`,
  tellNoMore: "Do not tell me",
  shown: (shown: number, all: number) => (shown === all ? `${all} people` : `${shown} of ${all} people`),

  // Calls
  now: "Now",
  recent: "Recent",
  missed: (count: number) => `${count} missed`,
  missedSeen: "Mark as seen",
  noCalls: "No calls right now",
  searchCalls: "Search name, number, line or note",
  callKinds: { all: "All", missed: "Missed", incoming: "Incoming", outgoing: "Outgoing" },
  noSuchCall: "No call matches.",
  found: (count: number) => (count === 1 ? "1 call" : `${count} calls`),
  more: "Show more",
  when: "When",
  line: "Line",
  withWhom: "With",
  why: "Notification",
  whyShown: (shown: boolean, why: string) => `${shown ? "Shown" : "Not shown"}: ${why}`,
  callBackShort: "Call back",
  note: "Note",
  noteHelp: "What was it about?",
  noted: "Note kept",
  remind: "Remind me in",
  remindsAt: (time: string) => `Reminder at ${time}`,
  willRemind: (time: string) => `You will be reminded at ${time}`,
  remindNot: "No reminder",
  noReminder: "The reminder is gone",
  makePrivate: "Make private",
  privateSure: "Who was at the other end is forgotten for good. The call stays in the list.",
  madePrivate: "The other end is forgotten",
  erase: "Erase",
  eraseSure: "This call is erased from this computer for good.",
  erased: "The call is erased",
  keepOrErase: "Save or erase calls",
  saveCalls: "Save calls to a file",
  saveFound: (count: number | undefined) =>
    count === undefined ? "The calls that are listed." : `The ${texts.found(count)} that are listed now.`,
  saveCsv: "Table (CSV)",
  saveJson: "JSON",
  saving: "Saving…",
  savedCalls: (count: number, path: string) => `${texts.found(count)} saved in ${path}`,
  keepCalls: "Keep calls for",
  keepDays: (days: number) => {
    if (days === 0) return "No calls are kept";
    const years = days / 365;
    if (Number.isInteger(years)) return years === 1 ? "1 year" : `${years} years`;
    return days === 1 ? "1 day" : `${days} days`;
  },
  keepHelp: "Older ones are erased from this computer by themselves.",
  kept: (length: string) => `Calls are kept for ${length}`,
  eraseCalls: "Erase calls",
  eraseOlder: (length: string) => `Older than ${length}`,
  eraseAll: "All calls",
  eraseOlderSure: (length: string) =>
    `All calls older than ${length} are erased from this computer for good.`,
  eraseAllSure: "All calls are erased from this computer for good, with their notes and reminders.",
  erasedCalls: "The calls are erased",
  eraseNumber: "Erase all with this number",
  eraseNumberSure: "All calls with this number are erased from this computer for good.",
  noRecent: "Calls you make and get will be listed here.",
  peer: (call: Call) => {
    const { number, raw, hidden } = call.peer;
    return peerName(call.peer) ?? number ?? (raw || (hidden ? "Hidden number" : "Unknown caller"));
  },
  callState: (call: Call) => {
    if (call.state === "ringing") return call.direction === "incoming" ? "Ringing" : "Calling";
    const state = call.state === "held" ? "On hold" : "Talking";
    return names(call) ? `${state} with ${names(call)}` : state;
  },
  outcome: (outcome: Outcome, call: Call) => {
    if (outcome === "missed" && call.direction === "outgoing") return "No answer";
    return outcomes[outcome];
  },
  talked: (length: string) => `Answered, ${length}`,
  incoming: "Incoming",
  outgoing: "Outgoing",
  callBack: (who: string) => `Call ${who} back`,
  newlyMissed: "New",
  incomingCall: "Incoming call",
  callFrom: (who: string) => `Incoming call from ${who}`,
  waitingCalls: (count: number) => (count === 1 ? "1 caller waits" : `${count} callers wait`),
  queues: "Queues",
  pickUp: "Pick up",
  pickUpFrom: (queue: string) => `Pick up the first caller of ${queue}`,
  silence: "Silence",
  silenceCall: (who: string) => `Silence the call from ${who}`,
  open: "Open",

  // Accounts
  lastHeard: "Last heard",
  ago: (length: string) => `${length} ago`,
  never: "Not yet",
  connectionState: "Connection",
  since: (time: string) => `since ${time}`,
  over: (transport: string) => `over ${transport}`,
  newToken: "Sign in again",
  owner: "You are",
  gaps: "Gaps",
  gap: (from: string, to: string) => `${from} to ${to}`,
  gapFetched: ({ filled, fetched, note }: Gap) => {
    const calls = fetched === 1 ? "1 call fetched afterwards" : `${fetched ?? 0} calls fetched afterwards`;
    const why = note === null ? "" : ` (${note})`;
    if (filled) return fetched === null ? "fetched afterwards" : fetched === 0 ? "no call was missed" : calls;
    return fetched ? `${calls}, the rest cannot be fetched${why}` : `cannot be fetched${why}`;
  },
  unknown: "Skipped messages",
  remove: "Remove",
  removeAccount: (account: string) => `Remove ${account}`,
  removeTitle: (account: string) => `Remove the account “${account}”?`,
  removeHelp: "Its settings and its stored token are deleted from this computer.",
  quit: "Quit Ringside",
  quitTitle: "Quit Ringside?",
  quitHelp: "Nothing announces a call until you start it again.",
  cancel: "Cancel",
  addAccount: "Add an account",
  add: "Add account",
  adding: "Adding…",
  signingIn: "Signing in…",
  provider: "Provider",
  noBrowserSignIn:
    "You sign in here, with what your provider has given you; none of these documents a sign-in through the browser.",
  connectingTo: (account: string) => `Connecting to ${account}; colleagues appear in a moment.`,
  accountName: "Name on this computer",
  accountNameHelp: "Small letters, digits and dashes, such as “work”.",
  accountNameTaken: "There is an account with this name already.",
  advanced: "Addresses",
  advancedHelp: "Leave empty for the provider’s own.",

  // First run
  welcome: "Welcome to Ringside",
  welcomeHelp: "Add your telephone account to see who calls and which colleagues are free.",
};

const outcomes: Record<Outcome, string> = {
  answered: "Answered",
  missed: "Missed",
  voicemail: "Voicemail",
  answered_elsewhere: "Answered elsewhere",
  declined: "Declined",
  busy: "Was busy",
  transferred: "Transferred",
  failed: "Did not get through",
  lost: "End not seen",
};

/** The colleagues in a call who are known by name. */
export function names(call: Call): string {
  return call.people.flatMap(({ name }) => (name === null ? [] : [name])).join(", ");
}

const two = (n: number): string => String(n).padStart(2, "0");

/** A length in its two largest units: "40 s", "4 min", "2 h 5 min", "3 d". */
export function span(seconds: number): string {
  const s = Math.max(0, Math.floor(seconds));
  if (s < 60) return `${s} s`;
  const minutes = Math.floor(s / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return minutes % 60 ? `${hours} h ${minutes % 60} min` : `${hours} h`;
  return `${Math.floor(hours / 24)} d`;
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

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** A moment as a person would say it: "14:30", "tomorrow 06:00", "yesterday 16:02", "3 Nov 09:15". */
export function moment(at: string | number, now: number): string {
  const date = new Date(at);
  const clock = `${two(date.getHours())}:${two(date.getMinutes())}`;
  const days = Math.round((midnight(date) - midnight(new Date(now))) / 86_400_000);
  if (days === 0) return clock;
  if (days === 1) return `tomorrow ${clock}`;
  if (days === -1) return `yesterday ${clock}`;
  return `${date.getDate()} ${months[date.getMonth()]} ${clock}`;
}

function midnight(date: Date): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}
