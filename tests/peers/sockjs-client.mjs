// The stock npm SockJS client, driven from outside and reporting one JSON object a line.
//
//   node sockjs-client.mjs --url http://127.0.0.1:PORT/echo [--transport websocket|xhr-polling]…
//
// Reports:  {"event":"open","transport":"…"}
//           {"event":"message","data":"…"}     lone surrogates as \ud800 and the like
//           {"event":"heartbeat"}              an `h` frame; pings are answered unseen
//           {"event":"close","code":…,"reason":"…","clean":true|false}
// Takes commands on stdin, one JSON object a line:
//           {"do":"send","data":"…"} {"do":"close"[,"code":…,"reason":"…"]}
import readline from 'node:readline';
import SockJS from 'sockjs-client';

const options = (name) => process.argv.flatMap((word, at) => (word === `--${name}` ? [process.argv[at + 1]] : []));
const report = (event, more = {}) => process.stdout.write(`${JSON.stringify({ event, ...more })}\n`);

process.stdout.on('error', () => process.exit(0));

const transports = options('transport');
const socket = new SockJS(options('url')[0], null, transports.length > 0 ? { transports } : {});
socket.onopen = () => report('open', { transport: socket.transport });
socket.onmessage = ({ data }) => report('message', { data });
socket.onheartbeat = () => report('heartbeat');
socket.onclose = ({ code, reason, wasClean }) => report('close', { code, reason, clean: wasClean });

const commands = {
  send: ({ data }) => socket.send(data),
  close: ({ code, reason }) => socket.close(code, reason),
};
readline
  .createInterface({ input: process.stdin })
  .on('line', (line) => {
    const command = JSON.parse(line);
    commands[command.do](command);
  })
  .on('close', () => process.exit(0));
