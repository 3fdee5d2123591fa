// The little of a browser that the npm `stringee` SDK needs to run in Node: import this before the SDK.
// The SDK makes wss:// of the addresses that it looks up; on loopback they are ws://.
// Microphone and WebRTC are stand-ins that count how often they are asked for; no sound goes anywhere.
import WebSocket from 'ws';

export const media = { microphone: 0, peers: 0 };

// What the SDK logs would get between the reports on stdout.
console.log = () => {};

const stored = new Map();
const global = (name, value) => Object.defineProperty(globalThis, name, { value, writable: true, configurable: true });

global('screen', { width: 1920, height: 1080 });
global('localStorage', {
  getItem: (key) => stored.get(key) ?? null,
  setItem: (key, value) => stored.set(key, String(value)),
  removeItem: (key) => stored.delete(key),
});
global('navigator', {
  userAgent: 'Node',
  mediaDevices: {
    getUserMedia: async () => {
      media.microphone += 1;
      return { getTracks: () => [], getAudioTracks: () => [], getVideoTracks: () => [] };
    },
  },
});
global(
  'RTCPeerConnection',
  class {
    constructor() {
      media.peers += 1;
    }
    addTrack() {}
    close() {}
  },
);
global(
  'WebSocket',
  class extends WebSocket {
    constructor(url) {
      super(url.replace(/^wss:\/\/127\.0\.0\.1/, 'ws://127.0.0.1'));
      // A socket that is closed before it is open is none of the SDK's errors.
      this.on('error', () => {});
    }
  },
);
global(
  'XMLHttpRequest',
  class {
    onloadend = null;
    open(method, url) {
      this.asked = [url, { method }];
    }
    getAllResponseHeaders() {
      return '';
    }
    abort() {}
    async send() {
      try {
        const answer = await fetch(...this.asked);
        this.responseText = await answer.text();
        this.status = answer.status;
      } catch {
        return this.onerror();
      }
      this.onloadend();
    }
  },
);
