// The stock SockJS client counting events: prints READY when authenticated, DONE when COUNT have come.
//   node sockjs-burst.mjs URL TOKEN COUNT
import SockJS from 'sockjs-client';

const [url, token, count] = process.argv.slice(2);
const socket = new SockJS(url, null, { transports: ['websocket'] });
let seen = 0;
socket.onopen = () => {
  socket.send(JSON.stringify(['authenticate', { authorization: `Bearer ${token}` }]));
  console.log('READY');
};
socket.onmessage = ({ data }) => {
  const [name, fields] = JSON.parse(data);
  if (typeof name !== 'string' || !fields) throw new Error('not an event');
  if (++seen === Number(count)) console.log('DONE');
};
