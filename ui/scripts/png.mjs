// Just enough of PNG: reads what a browser and this file write, writes with a palette of at most 256 colours.
import { crc32, deflateSync, inflateSync } from "node:zlib";

const channels = { 2: 3, 3: 1, 6: 4 };

/** Width, height and the bytes of RGB, row by row. */
export function decode(bytes) {
  let at = 8;
  let header, palette;
  const data = [];
  while (at < bytes.length) {
    const length = bytes.readUInt32BE(at);
    const type = bytes.toString("latin1", at + 4, at + 8);
    const body = bytes.subarray(at + 8, at + 8 + length);
    if (type === "IHDR")
      header = { width: body.readUInt32BE(0), height: body.readUInt32BE(4), colour: body[9] };
    else if (type === "PLTE") palette = body;
    else if (type === "IDAT") data.push(body);
    at += 12 + length;
  }
  const { width, height, colour } = header;
  const step = channels[colour];
  const raw = inflateSync(Buffer.concat(data));
  const row = width * step;
  const plain = Buffer.alloc(row * height);
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (row + 1)];
    for (let x = 0; x < row; x++) {
      const left = x < step ? 0 : plain[y * row + x - step];
      const up = y === 0 ? 0 : plain[(y - 1) * row + x];
      const corner = x < step || y === 0 ? 0 : plain[(y - 1) * row + x - step];
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter];
      plain[y * row + x] = raw[y * (row + 1) + 1 + x] + guess;
    }
  }
  const rgb = Buffer.alloc(width * height * 3);
  for (let i = 0; i < width * height; i++) {
    const [from, offset] = colour === 3 ? [palette, plain[i] * 3] : [plain, i * step];
    for (let c = 0; c < 3; c++) rgb[i * 3 + c] = from[offset + c];
  }
  return { width, height, rgb };
}

function paeth(left, up, corner) {
  const guess = left + up - corner;
  const [a, b, c] = [left, up, corner].map((one) => Math.abs(guess - one));
  return a <= b && a <= c ? left : b <= c ? up : corner;
}

/** With the colours that are there most; any other becomes the nearest of them. */
export function encode({ width, height, rgb }) {
  const counts = new Map();
  for (let i = 0; i < rgb.length; i += 3) {
    const colour = (rgb[i] << 16) | (rgb[i + 1] << 8) | rgb[i + 2];
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const palette = [...counts]
    .sort((a, b) => b[1] - a[1])
    .slice(0, 256)
    .map(([colour]) => colour);
  const places = new Map(palette.map((colour, index) => [colour, index]));
  const nearest = (colour) => {
    const parts = (one) => [one >> 16, (one >> 8) & 255, one & 255];
    const wanted = parts(colour);
    const far = palette.map((one) => parts(one).reduce((sum, part, c) => sum + (part - wanted[c]) ** 2, 0));
    const index = far.indexOf(Math.min(...far));
    places.set(colour, index);
    return index;
  };
  const raw = Buffer.alloc((width + 1) * height);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i += 3) {
      const colour = (rgb[i] << 16) | (rgb[i + 1] << 8) | rgb[i + 2];
      raw[y * (width + 1) + 1 + x] = places.get(colour) ?? nearest(colour);
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  const colours = Buffer.from(palette.flatMap((one) => [one >> 16, (one >> 8) & 255, one & 255]));
  const parts = [
    ["IHDR", header],
    ["PLTE", colours],
    ["IDAT", deflateSync(raw, { level: 9 })],
    ["IEND", Buffer.alloc(0)],
  ];
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, ...parts.flatMap(([type, body]) => chunk(type, body))]);
}

function chunk(type, body) {
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  const named = Buffer.concat([Buffer.from(type, "latin1"), body]);
  length.writeUInt32BE(body.length);
  sum.writeUInt32BE(crc32(named) >>> 0);
  return [length, named, sum];
}

/** The share of pixels that are plainly another colour; 1 if the sizes differ. */
export function difference(a, b) {
  if (a.width !== b.width || a.height !== b.height) return 1;
  let count = 0;
  for (let i = 0; i < a.rgb.length; i += 3) {
    const far = [0, 1, 2].some((c) => Math.abs(a.rgb[i + c] - b.rgb[i + c]) > 48);
    if (far) count++;
  }
  return count / (a.width * a.height);
}
