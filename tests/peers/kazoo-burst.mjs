// The npm `ws` client counting Kazoo's call events: prints READY when open, DONE when COUNT have come.
//   node kazoo-burst.mjs URL COUNT
// It reads each event and correlates nothing. `kazoo-events.jsonl` has such events.
import { WebSocket } from 'ws';

const [url, count] = process.argv.slice(2);
const socket = new WebSocket(url);
let seen = 0;
socket.on('open', () => console.log('READY'));
socket.on('message', (frame) => {
  if (!JSON.parse(frame)['Event-Name'].startsWith('CHANNEL_')) throw new Error('not a call event');
  if (++seen === Number(count)) console.log('DONE');
});
