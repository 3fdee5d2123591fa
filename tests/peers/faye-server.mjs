// A stock npm Faye server dressed as Firmafon: Bayeux on /faye, a small REST stub on /api/v2.
// Company 1234, employee 77, token "good-token". Loopback only.
//
//   node faye-server.mjs [--port N] [--timeout S] [--ping S] [--auth none|handshake|connect|subscribe|all] [--log yes]
//
// Prints `READY <port> <control port>` when both listen. --port 0 picks a free port. Stop it with SIGTERM.
//
// Control port (the answer is JSON; nothing the switches below do can reach it):
//   GET  /stats                          counts of handshakes, connects, subscribes, websockets, rest by path; open sockets
//   POST /publish?channel=/x             body: the JSON data
//   POST /drop                           reset every TCP connection
//   POST /freeze?on=true|false           swallow all bytes both ways; connections that lived then stay silent
//   POST /forget                         sessions become "401 Unknown client", sockets stay open
//   POST /restart                        drop and forget
//   POST /token?good=true|false          false: "good-token" is good no more, for Bayeux and REST
//   POST /auth?at=none|handshake|connect|subscribe|all
//   POST /upgrade?mode=offered|refused|swallowed|closed
//   POST /http?on=faye|rest&status=502[&retry_after=S]   body: what to answer; status=0 takes it back
import http from 'node:http';
import net from 'node:net';
import faye from 'faye';

const option = (name, fallback) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? fallback : process.argv[at + 1];
};
const COMPANY = 1234;
const EMPLOYEE = 77;
const TOKEN = 'good-token';
const SECRET = 'the publisher inside';
const log = option('log', 'no') === 'yes' ? (...parts) => console.error(...parts) : () => {};

const state = {
  auth: option('auth', 'subscribe'),
  tokenIsGood: true,
  upgrade: 'offered',
  frozen: false,
  instead: { faye: null, rest: null },
};
const stats = { handshakes: 0, connects: 0, subscribes: 0, disconnects: 0, websockets: 0, rest: {} };
const good = (token) => state.tokenIsGood && token === TOKEN;

const settings = { mount: '/faye', timeout: Number(option('timeout', 60)) };
if (Number(option('ping', 0)) > 0) settings.ping = Number(option('ping', 0));
const bayeux = new faye.NodeAdapter(settings);
const counted = {
  '/meta/handshake': 'handshakes',
  '/meta/connect': 'connects',
  '/meta/subscribe': 'subscribes',
  '/meta/disconnect': 'disconnects',
};
bayeux.addExtension({
  incoming(message, callback) {
    log('IN ', JSON.stringify(message));
    const inside = message.ext?.server_secret === SECRET;
    const meta = String(message.channel).startsWith('/meta/');
    const name = counted[message.channel];
    if (name && !inside) stats[name] += 1;
    if (!meta && !inside) message.error = '403::Publishing is not allowed';
    if (meta && !inside && !good(message.ext?.access_token)) {
      if (state.auth === 'all' || message.channel === `/meta/${state.auth}`) message.error = '403::Invalid access token';
    }
    if (message.channel === '/meta/subscribe' && !inside && !message.error) {
      const allowed = [`/presence/company/${COMPANY}`, `/call2/company/${COMPANY}`, `/call2/employee/${EMPLOYEE}`];
      const foreign = [].concat(message.subscription ?? []).find((channel) => !allowed.includes(channel));
      if (foreign && /^\/(presence|call2)\//.test(foreign)) message.error = `403:${foreign}:Forbidden channel`;
    }
    callback(message);
  },
  outgoing(message, callback) {
    delete message.ext;
    log('OUT', JSON.stringify(message));
    callback(message);
  },
});
const publisher = bayeux.getClient();
publisher.addExtension({
  outgoing(message, callback) {
    message.ext = { access_token: TOKEN, server_secret: SECRET };
    callback(message);
  },
});

const me = {
  admin: true, cloak_reception: null, company_id: COMPANY, dnd_timeout_at: null, do_not_disturb: false,
  employee_group_ids: [12], endpoint: `Employee#${EMPLOYEE}`, features: ['mobile', 'switch', 'live_call'], id: EMPLOYEE,
  live_presence: 'available', name: 'Åse Ærø', number: '4571999917', number_formatted: '71 99 99 17', speed_dial: { digit: 17 },
};
const employees = [
  me,
  { ...me, admin: false, endpoint: 'Employee#78', id: 78, name: 'Bjørn Ågård', number: '4571999918', number_formatted: '71 99 99 18', speed_dial: null },
];
const body = async (stream) => {
  const parts = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
};
const json = (response, status, value, headers = {}) => {
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8', ...headers });
  response.end(JSON.stringify(value));
};
const answerInstead = (response, { status, text, retryAfter }) => {
  const headers = { 'Content-Type': text.startsWith('<') ? 'text/html' : 'application/json' };
  if (retryAfter) headers['Retry-After'] = retryAfter;
  response.writeHead(status, headers);
  response.end(text);
};

async function rest(request, response, url) {
  const path = url.pathname.replace(/^\/api\/v2/, '').replace(/\.json$/, '');
  const name = `${request.method} ${path}`;
  stats.rest[name] = (stats.rest[name] ?? 0) + 1;
  const text = await body(request);
  if (state.instead.rest) return answerInstead(response, state.instead.rest);
  const token = request.headers.authorization?.replace(/^Bearer /, '') ?? url.searchParams.get('access_token');
  if (!good(token)) return json(response, 401, { status: 'failure', message: '401 Unauthorized' });
  switch (name) {
    case 'GET /employee':
      return json(response, 200, { employee: me });
    case 'PUT /employee':
    case `PUT /employees/${EMPLOYEE}`: {
      const { do_not_disturb, dnd_timeout_at } = JSON.parse(text).employee;
      if (do_not_disturb !== undefined) Object.assign(me, { do_not_disturb, dnd_timeout_at: null });
      if (dnd_timeout_at !== undefined) me.dnd_timeout_at = dnd_timeout_at;
      me.live_presence = me.do_not_disturb ? 'do_not_disturb' : 'available';
      return json(response, 200, { employee: me });
    }
    case 'GET /employees':
      return json(response, 200, { employees });
    case 'GET /employee_groups':
      return json(response, 200, { employee_groups: [] });
    case 'GET /receptions':
      return json(response, 200, { receptions: [] });
    case 'GET /call_nodes/live':
      return json(response, 200, { call_nodes: [] });
    case 'GET /calls':
      return json(response, 200, { calls: [] });
    case 'GET /contacts':
      return json(response, 200, { contacts: [] });
    default:
      return json(response, 404, { status: 'failure', message: '404 Not Found' });
  }
}

const inner = http.createServer((request, response) => {
  const url = new URL(request.url, 'http://127.0.0.1');
  if (url.pathname.startsWith('/api/v2/')) return void rest(request, response, url).catch(() => response.destroy());
  response.writeHead(404).end();
});
bayeux.attach(inner);
// Faye's own listeners are wrapped, so that the switches come before it.
const [fayeRequest] = inner.listeners('request');
const [fayeUpgrade] = inner.listeners('upgrade');
inner.removeAllListeners('request').removeAllListeners('upgrade');
inner.on('request', (request, response) => {
  if (request.url.startsWith('/faye') && state.instead.faye) return answerInstead(response, state.instead.faye);
  fayeRequest.call(inner, request, response);
});
inner.on('upgrade', (request, socket, head) => {
  if (state.instead.faye) return socket.end(`HTTP/1.1 ${state.instead.faye.status} Instead\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
  if (state.upgrade === 'refused') return socket.end('HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
  if (state.upgrade === 'swallowed') return;
  stats.websockets += 1;
  fayeUpgrade.call(inner, request, socket, head);
  if (state.upgrade === 'closed') setImmediate(() => socket.end());
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

const drop = () => {
  for (const { client, server } of [...links]) {
    client.resetAndDestroy();
    server.destroy();
  }
};
const forget = () => bayeux._server._engine._engine.reset();
const actions = {
  'GET /stats': () => ({ ...stats, sockets: links.size }),
  'POST /publish': async (url, text) => void (await publisher.publish(url.searchParams.get('channel'), JSON.parse(text))),
  'POST /drop': drop,
  'POST /freeze': (url) => {
    const on = url.searchParams.get('on') !== 'false';
    if (state.frozen && !on) thaws += 1;
    state.frozen = on;
  },
  'POST /forget': forget,
  'POST /restart': () => {
    forget();
    drop();
  },
  'POST /token': (url) => void (state.tokenIsGood = url.searchParams.get('good') !== 'false'),
  'POST /auth': (url) => void (state.auth = url.searchParams.get('at')),
  'POST /upgrade': (url) => void (state.upgrade = url.searchParams.get('mode')),
  'POST /http': (url, text) => {
    const status = Number(url.searchParams.get('status'));
    const retryAfter = url.searchParams.get('retry_after');
    state.instead[url.searchParams.get('on') ?? 'faye'] = status === 0 ? null : { status, text, retryAfter };
  },
};
const control = http.createServer(async (request, response) => {
  const url = new URL(request.url, 'http://127.0.0.1');
  const action = actions[`${request.method} ${url.pathname}`];
  if (!action) return json(response, 404, { error: 'no such control' });
  try {
    json(response, 200, (await action(url, await body(request))) ?? {});
  } catch (error) {
    json(response, 500, { error: String(error.message ?? error) });
  }
});

const listening = (server, port) => new Promise((ready) => server.listen(port, '127.0.0.1', ready));
await listening(inner, 0);
await listening(control, 0);
await listening(front, Number(option('port', 0)));
console.log('READY', front.address().port, control.address().port);
process.on('SIGTERM', () => process.exit(0));
