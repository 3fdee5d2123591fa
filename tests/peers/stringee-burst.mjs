// The vendor's npm SDK `stringee` counting topic messages: prints READY when signed in, DONE when COUNT have come.
//   node stringee-burst.mjs URL TOKEN COUNT
import './stringee-browser.mjs';
import stringee from 'stringee';

const [url, token, count] = process.argv.slice(2);
const client = new stringee.StringeeClient([url]);
const say = (word) => process.stdout.write(`${word}\n`);
let seen = 0;
client.on('authen', ({ r }) => say(r === 0 ? 'READY' : `REFUSED ${r}`));
client.on('messagefromtopic', ({ message }) => {
  if (!message.attribute) throw new Error('not a change of an attribute');
  if (++seen === Number(count)) say('DONE');
});
client.connect(token);
