// The vendor's own npm SDK `stringee`, driven from outside and reporting one JSON object a line.
//
//   node stringee-client.mjs --base http://127.0.0.1:PORT/ --token T [--server ws://127.0.0.1:PORT/]…
//
// Without --server it looks its servers up below --base.
//
// Reports:  {"event":"out","service":N,"body":{…}}       every frame it sends, the token left out
//           {"event":"connect"|"disconnect"|"requestnewtoken"}
//           {"event":"authen"|"messagefromtopic"|"otherdeviceauthen"|"custommessage","data":{…}}
//           {"event":"incomingcall"|"incomingcall2","data":{"callId":…,"fromNumber":…,…}}
//           {"event":"signalingstate"|"otherdevice","callId":"…","data":{…}}   what a call's own listeners got
//           {"event":"changed","data":{"r":…}}           the answer to "change"
// Takes commands on stdin, one JSON object a line:
//           {"do":"connect","token":"…"} {"do":"change","attribute":"…","value":…} {"do":"disconnect"} {"do":"exit"}
import readline from 'node:readline';
import './stringee-browser.mjs';
import stringee from 'stringee';

const options = (name) => process.argv.flatMap((word, at) => (word === `--${name}` ? [process.argv[at + 1]] : []));
const report = (event, more = {}) => process.stdout.write(`${JSON.stringify({ event, ...more })}\n`);

process.stdout.on('error', () => process.exit(0));

const { send } = WebSocket.prototype;
WebSocket.prototype.send = function (text) {
  const { service, body } = JSON.parse(text);
  const { accesstoken, ...rest } = body;
  report('out', { service, body: rest });
  send.call(this, text);
};

const client = new stringee.StringeeClient(options('server'), options('base')[0]);
for (const event of ['connect', 'disconnect', 'requestnewtoken']) client.on(event, () => report(event));
for (const event of ['authen', 'messagefromtopic', 'otherdeviceauthen', 'custommessage']) {
  client.on(event, (data) => report(event, { data }));
}
for (const event of ['incomingcall', 'incomingcall2']) {
  client.on(event, (call) => {
    const { callId, fromNumber, toNumber, fromAlias, toAlias, fromInternal } = call;
    for (const name of ['signalingstate', 'otherdevice']) {
      call.on(name, (data) => report(name, { callId, data }));
    }
    report(event, { data: { callId, fromNumber, toNumber, fromAlias, toAlias, fromInternal } });
  });
}

const commands = {
  connect: ({ token }) => client.connect(token),
  change: ({ attribute, value }) => client.changeAttribute(attribute, value, (data) => report('changed', { data })),
  disconnect: () => client.disconnect(),
  exit: () => process.exit(0),
};
client.connect(options('token')[0]);
readline
  .createInterface({ input: process.stdin })
  .on('line', (line) => {
    const command = JSON.parse(line);
    commands[command.do](command);
  })
  .on('close', () => process.exit(0));
