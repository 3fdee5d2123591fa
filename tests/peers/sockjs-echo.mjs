// The cases of sockjs-client's own tests/lib/echo-tests.js and end-to-end.js, run by the stock npm SockJS client
// against any server that has /echo, /close and /disabled_websocket_echo.
//
//   node sockjs-echo.mjs URL TRANSPORT
//
// Prints one line a case, `ok NAME` or `not ok NAME: WHY`, then DONE, and exits.
import SockJS from 'sockjs-client';

const [base, transport] = process.argv.slice(2);
const open = (path, transports = transport) => new SockJS(base + path, null, { transports });
const say = (line) => process.stdout.write(`${line}\n`);
const same = (what, got, wanted) => {
  if (got !== wanted) throw new Error(`${what} is ${JSON.stringify(got)?.slice(0, 200)}, not ${JSON.stringify(wanted).slice(0, 200)}`);
};

/// Sends one message after the other, each when the one before has come back.
const echo = (messages, path = '/echo') => (done) => {
  const left = [...messages];
  const socket = open(path);
  const send = () => (left.length > 0 ? socket.send(left[0]) : socket.close());
  socket.onopen = send;
  socket.onmessage = ({ data }) => done.unless(() => {
    same('the echo', data, String(left[0]));
    left.shift();
    send();
  });
  socket.onclose = ({ code }) => done.with(() => {
    same('the code', code, 1000);
    same('what is left', left.length, 0);
  });
};

/// Ends with this close, and nothing else.
const closes = (path, transports, code, reason, clean) => (done) => {
  const socket = open(path, transports);
  let opened = false;
  socket.onopen = () => (opened = true);
  socket.onmessage = () => done.unless(() => same('a message', true, false));
  socket.onclose = (event) => done.with(() => {
    same('whether it opened', opened, clean);
    same('the code', event.code, code);
    same('the reason', event.reason, reason);
    same('whether it was clean', event.wasClean, clean);
  });
};

const characters = (from, to) => Array.from({ length: to - from + 1 }, (_, at) => String.fromCharCode(from + at)).join('');
// What JSON and old browsers have trouble with, lone surrogates included.
const killers = characters(0, 0xffff).replace(
  /[^\\"\x00-\x1f\x7f-\x9f\u00ad\u0300-\u036f\u0374\u037e\u0387\u0591-\u05af\u05c4\u0600-\u0617\u0653-\u065e\u06df-\u06ec\u070f-\u074a\u07eb-\u07f1\u0951-\u09df\u0a33-\u0a5e\u0b5c\u0b5d\u0e38\u0e39\u0f43-\u0fb9\u17b4\u17b5\u1939-\u1dff\u1f71-\u1fff\u2000-\u212b\u2329\u232a\u2adc\u302b\u302c\uaab2\uaab3\ud800-\udfff\uf900-\ufaff\ufb1d-\ufb4e\ufeff\ufff0-\uffff]/g,
  '',
);

const cases = {
  'echo basic': echo(['data']),
  'echo querystring': echo(['data'], '/echo?testqs=1'),
  'echo rich': echo([[1, 2, 3, 'data'], null, false, 'data', 1, 12.0, { a: 1, b: 2 }]),
  'echo unicode': echo([
    'Τη γλώσσα μου έδωσαν ελληνική', 'ღმერთსი შემვედრე', '⠊⠀⠉⠁⠝⠀⠑⠁⠞⠀⠛⠇⠁⠎⠎', 'Би шил идэй чадна', '을',
    '나는 유리를 먹을 수 있어요', 'ฉันกินกระจกได้ แต่มันไม่ทำให้ฉันเจ็บ', 'Ég get etið gler án þess að meiða mig.',
    'Mogę jeść szkło', '\ufffd\u10102\u2f877', 'Начало музыкальной карьеры\n'.repeat(200), 'Åsa 😀 \u2028 \u0301',
  ]),
  'echo special chars': echo([
    ' ', '\u0000', '\xff', '\xff\x00', '\x00\xff', ' \r ', ' \n ', ' \r\n ', '\r\n', '', 'message\t', '\tmessage',
    'message ', ' message', 'message\r', '\rmessage', 'message\n', '\nmessage', 'message\xff', '\xffmessage', 'A', 'b',
    '\ufffd', '\ufffd\u0000', 'message\ufffd', '\ufffdmessage', '%20',
  ]),
  'echo large message': echo([1, 2, 4, 8, 13, 13, 17].map((power) => 'x'.repeat(2 ** power - 1))),
  'echo utf encoding 0x00-0xFF': echo([characters(0, 256)]),
  'echo utf encoding killer message': echo([killers]),
  'echo lone surrogates': echo(['\ud83d', 'a\udc00b', '\udc00\ud83d', characters(0xd800, 0xdfff)]),
  'close on close': closes('/close', transport, 3000, 'Go away!', true),
  'disabled websocket': closes('/disabled_websocket_echo', 'websocket', 2000, 'All transports failed', false),
  'invalid url': closes('/invalid_url', transport, 1002, 'Cannot connect to server', false),
};

for (const [name, run] of Object.entries(cases)) {
  await new Promise((over) => {
    let told = false;
    const end = (failure) => {
      if (!told) say(failure ? `not ok ${name}: ${failure.message}` : `ok ${name}`);
      told = true;
      over();
    };
    const unless = (check) => {
      try {
        check();
      } catch (failure) {
        end(failure);
      }
    };
    run({ unless, with: (check) => { unless(check); end(); } });
  });
}
say('DONE');
process.exit(0);
