// The stock Centrifugo client counting publications: prints READY when subscribed, DONE when COUNT have come.
//   node centrifuge-burst.mjs URL CHANNEL COUNT [TOKEN]
import { Centrifuge } from 'centrifuge';
import WebSocket from 'ws';

const [url, channel, count, token] = process.argv.slice(2);
const client = new Centrifuge(url, { websocket: WebSocket, ...(token && { token }) });
const subscription = client.newSubscription(channel);
let seen = 0;
subscription.on('publication', ({ data }) => {
  if (!data.type || !data.data) throw new Error('not an event');
  if (++seen === Number(count)) console.log('DONE');
});
subscription.on('subscribed', () => console.log('READY'));
subscription.subscribe();
client.connect();
