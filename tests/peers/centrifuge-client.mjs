// The stock npm Centrifugo client, driven from outside and reporting one JSON object a line.
//
//   node centrifuge-client.mjs --url ws://127.0.0.1:PORT/connection/websocket [--token T | --api http://127.0.0.1:PORT --bearer T]
//     [--channel C]… [--channel-tokens yes] [--ping-delay MS] [--timeout MS]
//
// With --api, tokens are fetched from Semaswift's REST; with --channel-tokens, those of channels as well.
// Reports:  {"event":"out"|"in","frame":"…"}                   every frame, tokens replaced by <token>
//           {"event":"fetched","of":"connection"|CHANNEL}       a token came from REST; or "not-fetched" with status
//           {"event":EVENT,"ctx":{…}}                           of the client: connecting, connected, disconnected, error, …
//           {"event":EVENT,"channel":C,"ctx":{…}}               of a subscription: subscribed, publication, join, leave, …
//           {"event":"result","do":…,"value":…}                 or "refused" with code and message
// Takes commands on stdin, one JSON object a line:
//           {"do":"subscribe"|"unsubscribe"|"presence"|"presenceStats","channel":C} {"do":"history","channel":C,"options":{…}}
//           {"do":"rpc"} {"do":"publish","channel":C,"data":…} {"do":"connect"} {"do":"disconnect"} {"do":"exit"}
import readline from 'node:readline';
import { Centrifuge, UnauthorizedError } from 'centrifuge';
import WebSocket from 'ws';

const options = (name) => process.argv.flatMap((word, at) => (word === `--${name}` ? [process.argv[at + 1]] : []));
const option = (name) => options(name)[0];
const report = (event, more = {}) => process.stdout.write(`${JSON.stringify({ event, ...more })}\n`);
const withoutToken = (text) => String(text).replace(/"token":"[^"]*"/g, '"token":"<token>"');

process.stdout.on('error', () => process.exit(0));

class Seen extends WebSocket {
  constructor(...parts) {
    super(...parts);
    this.on('message', (bytes) => report('in', { frame: withoutToken(bytes) }));
    this.on('close', (code, reason) => report('closed', { code, reason: String(reason) }));
  }

  send(text, ...more) {
    report('out', { frame: withoutToken(text) });
    super.send(text, ...more);
  }
}

async function fetched(of, path, body) {
  const headers = { Authorization: `Bearer ${option('bearer')}`, 'Content-Type': 'application/json' };
  const answer = await fetch(`${option('api')}/api/v1${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!answer.ok) {
    report('not-fetched', { of, status: answer.status });
    if (answer.status === 401) throw new UnauthorizedError();
    throw new Error(`status ${answer.status}`);
  }
  report('fetched', { of });
  return answer.json();
}

const settings = { websocket: Seen, minReconnectDelay: 20, maxReconnectDelay: 100 };
if (option('timeout')) settings.timeout = Number(option('timeout'));
if (option('ping-delay')) settings.maxServerPingDelay = Number(option('ping-delay'));
if (option('token') !== undefined) settings.token = option('token');
else settings.getToken = async () => (await fetched('connection', '/realtime/token', {})).token;

const client = new Centrifuge(option('url'), settings);
for (const event of ['connecting', 'connected', 'disconnected', 'error', 'subscribed', 'unsubscribed', 'publication', 'join', 'leave'])
  client.on(event, (ctx) => report(event, { ctx }));

function subscription(channel) {
  const known = client.getSubscription(channel);
  if (known) return known;
  const more = { minResubscribeDelay: 20, maxResubscribeDelay: 100, joinLeave: channel.startsWith('tickets:') };
  if (option('channel-tokens')) {
    more.getToken = async () => {
      const [item] = (await fetched(channel, '/engagements/realtime/tokens', { channels: [channel] })).tokens;
      if (item.error) throw new UnauthorizedError();
      return item.token;
    };
  }
  const made = client.newSubscription(channel, more);
  for (const event of ['subscribing', 'subscribed', 'unsubscribed', 'publication', 'join', 'leave', 'error'])
    made.on(event, (ctx) => report(event, { channel, ctx }));
  return made;
}

const asked = (name, promise) =>
  promise.then(
    (value) => report('result', { do: name, value }),
    ({ code, message }) => report('refused', { do: name, code, message }),
  );
const commands = {
  subscribe: ({ channel }) => subscription(channel).subscribe(),
  unsubscribe: ({ channel }) => subscription(channel).unsubscribe(),
  presence: ({ channel }) => asked('presence', client.presence(channel)),
  presenceStats: ({ channel }) => asked('presenceStats', client.presenceStats(channel)),
  history: ({ channel, options: wanted }) => asked('history', client.history(channel, wanted)),
  publish: ({ channel, data }) => asked('publish', client.publish(channel, data)),
  rpc: () => asked('rpc', client.rpc('x', {})),
  connect: () => client.connect(),
  disconnect: () => client.disconnect(),
  exit: () => process.exit(0),
};
for (const channel of options('channel')) commands.subscribe({ channel });
client.connect();
readline
  .createInterface({ input: process.stdin })
  .on('line', (line) => {
    const command = JSON.parse(line);
    commands[command.do](command);
  })
  .on('close', () => process.exit(0));
