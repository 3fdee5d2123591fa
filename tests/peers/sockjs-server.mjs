// A stock npm SockJS server for clients to be judged by. Loopback only.
//
//   node sockjs-server.mjs [--port N] [--heartbeat MS] [--text-heartbeat yes]
//
// Prints `READY <port> <control port>` when it listens. --port 0 picks a free port. Stop it with SIGTERM.
//
// Applications, each with everything SockJS has:
//   /echo                      says everything back
//   /disabled_websocket_echo   the same, by polling alone
//   /close                     `3000 Go away!` at once
//   /steered                   what the control port says
//
// Control port (the answer is JSON; no switch can reach it):
//   GET  /stats                        connections there are, by application, and how many of them are listened to
//   POST /send                         body: a message to all of /steered, as a JSON string
//   POST /frame                        body: a frame to all websockets of /steered, sent as it is
//   POST /close?code=C&reason=R        closes /steered
//   POST /drop                         resets every TCP connection
//   POST /freeze?on=true|false         swallows all bytes both ways; connections that lived then stay silent
//   POST /upgrade?mode=offered|refused|swallowed|closed
import { createHash } from 'node:crypto';
import http from 'node:http';
import net from 'node:net';
import sockjs from 'sockjs';

const option = (name, fallback) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? fallback : process.argv[at + 1];
};
const heartbeat = Number(option('heartbeat', 25000));
const textHeartbeat = option('text-heartbeat', 'no') === 'yes';
const state = { frozen: false, upgrade: 'offered' };
const stats = { connections: {} };
const steered = new Set();
const everyone = new Set();

const application = (prefix, more, opened) => {
  const service = sockjs.createServer({ prefix, heartbeat_delay: heartbeat, log: () => {}, ...more });
  stats.connections[prefix] = 0;
  service.on('connection', (connection) => {
    if (!connection) return;
    stats.connections[prefix] += 1;
    everyone.add(connection);
    connection.on('close', () => {
      stats.connections[prefix] -= 1;
      everyone.delete(connection);
    });
    // Without this the server pings, which older ones did not know.
    if (textHeartbeat && connection._session.recv) connection._session.recv.heartbeat = function () { this.doSendFrame('h'); };
    opened(connection);
  });
  return service;
};
const echo = (connection) => connection.on('data', (message) => connection.write(message));
const services = [
  application('/echo', {}, echo),
  application('/disabled_websocket_echo', { websocket: false }, echo),
  application('/close', {}, (connection) => connection.close(3000, 'Go away!')),
  application('/steered', {}, (connection) => {
    steered.add(connection);
    connection.on('close', () => steered.delete(connection));
  }),
];

const inner = http.createServer((request, response) => response.writeHead(404).end());
for (const service of services) service.installHandlers(inner);
const prefixes = Object.keys(stats.connections);
const upgrades = inner.listeners('upgrade');
inner.removeAllListeners('upgrade');
inner.on('upgrade', (request, socket, head) => {
  if (state.upgrade === 'refused') return socket.end('HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
  if (state.upgrade === 'swallowed') return;
  if (state.upgrade === 'closed') {
    const accept = createHash('sha1').update(`${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
    return socket.end(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`);
  }
  if (!prefixes.some((prefix) => request.url.startsWith(`${prefix}/`))) return socket.end('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
  for (const listener of upgrades) listener.call(inner, request, socket, head);
});

// Every byte passes through this front, so that a link can die without either end knowing.
const links = new Set();
let thaws = 0;
const front = net.createServer((client) => {
  const server = net.connect(inner.address().port, '127.0.0.1');
  const born = thaws;
  const silent = () => state.frozen || born !== thaws;
  const link = { client, server };
  links.add(link);
  const end = () => {
    links.delete(link);
    client.destroy();
    server.destroy();
  };
  client.on('data', (bytes) => silent() || server.write(bytes)).on('end', () => server.end()).on('error', end).on('close', end);
  server.on('data', (bytes) => silent() || client.write(bytes)).on('end', () => silent() || client.end()).on('error', end);
  server.on('close', () => silent() || end());
});

const actions = {
  'GET /stats': () => ({ ...stats, heard: [...everyone].filter(({ _session }) => _session?.recv).length }),
  'POST /send': (url, text) => { for (const connection of steered) connection.write(JSON.parse(text)); },
  'POST /frame': (url, text) => { for (const { protocol, _session } of steered) if (protocol === 'websocket') _session.recv?.doSendFrame(text); },
  'POST /close': (url) => { for (const connection of steered) connection.close(Number(url.searchParams.get('code')), url.searchParams.get('reason')); },
  'POST /drop': () => {
    for (const { client, server } of [...links]) {
      client.resetAndDestroy();
      server.destroy();
    }
  },
  'POST /freeze': (url) => {
    const on = url.searchParams.get('on') !== 'false';
    if (state.frozen && !on) thaws += 1;
    state.frozen = on;
  },
  'POST /upgrade': (url) => void (state.upgrade = url.searchParams.get('mode')),
};
const control = http.createServer(async (request, response) => {
  const parts = [];
  for await (const part of request) parts.push(part);
  const url = new URL(request.url, 'http://127.0.0.1');
  const action = actions[`${request.method} ${url.pathname}`];
  const answer = action ? (action(url, Buffer.concat(parts).toString('utf8')) ?? {}) : { error: 'no such action' };
  response.writeHead(action ? 200 : 404, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify(answer));
});

const listening = (server, port) => new Promise((ready) => server.listen(port, '127.0.0.1', ready));
await listening(inner, 0);
await listening(control, 0);
await listening(front, Number(option('port', 0)));
console.log('READY', front.address().port, control.address().port);
process.on('SIGTERM', () => process.exit(0));
