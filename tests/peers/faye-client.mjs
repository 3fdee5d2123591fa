// The stock npm Faye client, driven from outside and reporting one JSON object a line.
//
//   node faye-client.mjs --url http://127.0.0.1:PORT/faye [--token T] [--transport auto|long-polling] [--retry S] [--channel C]…
//
// Reports:  {"event":"out"|"in","message":{…}}            every Bayeux message, the token left out
//           {"event":"transport","state":"up"|"down"}
//           {"event":"subscribed","channel":"…"}          or "refused" with code, params, text
//           {"event":"message","channel":"…","data":…}    what a listener got
//           {"event":"published"} or "publish-refused"; {"event":"disconnected"}
// Takes commands on stdin, one JSON object a line:
//           {"do":"subscribe","channel":"…"} {"do":"publish","channel":"…","data":…} {"do":"disconnect"} {"do":"exit"}
import readline from 'node:readline';
import faye from 'faye';

const options = (name) => process.argv.flatMap((word, at) => (word === `--${name}` ? [process.argv[at + 1]] : []));
const token = options('token')[0];
const report = (event, more = {}) => process.stdout.write(`${JSON.stringify({ event, ...more })}\n`);
const refusal = (error) => ({ code: error.code, params: error.params, text: error.message });
const withoutToken = ({ ext, ...message }) => message;

process.stdout.on('error', () => process.exit(0));

const client = new faye.Client(options('url')[0], { retry: Number(options('retry')[0] ?? 5) });
if (options('transport')[0] === 'long-polling') client.disable('websocket');
client.addExtension({
  outgoing(message, callback) {
    report('out', { message: withoutToken(message) });
    if (token !== undefined) message.ext = { app: 'ringside.tests', access_token: token };
    callback(message);
  },
  incoming(message, callback) {
    report('in', { message: withoutToken(message) });
    callback(message);
  },
});
client.on('transport:up', () => report('transport', { state: 'up' }));
client.on('transport:down', () => report('transport', { state: 'down' }));

const commands = {
  subscribe: ({ channel }) =>
    client.subscribe(channel, (data) => report('message', { channel, data })).then(
      () => report('subscribed', { channel }),
      (error) => report('refused', { channel, ...refusal(error) }),
    ),
  publish: ({ channel, data }) =>
    client.publish(channel, data).then(
      () => report('published', { channel }),
      (error) => report('publish-refused', { channel, ...refusal(error) }),
    ),
  disconnect: () => client.disconnect()?.then(() => report('disconnected'), (error) => report('disconnect-refused', refusal(error))),
  exit: () => process.exit(0),
};
for (const channel of options('channel')) commands.subscribe({ channel });
readline.createInterface({ input: process.stdin }).on('line', (line) => {
  const command = JSON.parse(line);
  commands[command.do](command);
}).on('close', () => process.exit(0));
