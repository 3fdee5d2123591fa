// The stock Faye client counting events: prints READY when subscribed, DONE when COUNT have come.
//   node faye-burst.mjs URL CHANNEL COUNT
import faye from "faye";

const [url, channel, count] = process.argv.slice(2);
const client = new faye.Client(url);
let seen = 0;
client
  .subscribe(channel, (event) => {
    if (!event.live_presence) throw new Error("not a presence event");
    if (++seen === Number(count)) console.log("DONE");
  })
  .then(() => console.log("READY"));
