// A Firehose listener of npm's `ws` and nothing else, reporting one JSON object a line.
//
//   node kazoo-follow.mjs --url http://127.0.0.1:PORT [--token-in header|query]
//
// Takes the login on stdin, one JSON object on one line: {"username":"…","password":"…","domain":"…","accounts":[…],"events":[…]}
// Reports:  {"event":"login","status":200,"keys":["access_token"],"claims":{…}}   the claims of a token that is a JWT
//           {"event":"open"}  {"event":"refused","status":401}                    the websocket
//           {"event":"frame","text":"…"}                                          every text frame, as it came
//           {"event":"pinged"}  {"event":"closed","code":1008,"reason":"…"}
import readline from 'node:readline';
import { WebSocket } from 'ws';

const option = (name) => process.argv[process.argv.indexOf(`--${name}`) + 1];
const report = (event, more = {}) => process.stdout.write(`${JSON.stringify({ event, ...more })}\n`);
process.stdout.on('error', () => process.exit(0));

const claims = (token) => {
  try {
    return JSON.parse(Buffer.from(token.split('.')[1], 'base64url'));
  } catch {
    return null;
  }
};

const follow = async (login) => {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${option('url')}/ws/v1/firehose/login`, { method: 'POST', headers, body: login });
  const body = await answer.json();
  const token = body.access_token ?? 'none';
  report('login', { status: answer.status, keys: Object.keys(body), claims: claims(token) });
  const address = `${option('url').replace('http', 'ws')}/ws/v1/firehose/callEvents`;
  const socket =
    option('token-in') === 'query'
      ? new WebSocket(`${address}?token=${encodeURIComponent(token)}`)
      : new WebSocket(address, { headers: { authorization: `Bearer ${token}` } });
  socket.on('open', () => report('open'));
  socket.on('unexpected-response', (_, response) => {
    report('refused', { status: response.statusCode });
    response.resume();
  });
  socket.on('message', (data) => report('frame', { text: data.toString() }));
  socket.on('ping', () => report('pinged'));
  socket.on('close', (code, reason) => report('closed', { code, reason: reason.toString() }));
  socket.on('error', () => {});
};

readline.createInterface({ input: process.stdin }).on('line', follow).on('close', () => process.exit(0));
