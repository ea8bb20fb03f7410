// A picture to be measured with, written as a PNG: all that Node 20 lacks for it is the checksum.
import { deflateSync } from 'node:zlib';

const table = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let bit = 0; bit < 8; bit++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c;
});

/** The checksum of a chunk (ISO 3309). */
function crc32(bytes) {
  let c = 0xffffffff;
  for (const byte of bytes) c = table[(c ^ byte) & 255] ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
}

function chunk(type, data) {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(data.length);
  head.write(type, 4, 'latin1');
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(Buffer.concat([head.subarray(4), data])));
  return Buffer.concat([head, data, sum]);
}

/** Noise that joins at its edges, `SIDE` wide and high, between -1 and 1: coarse patches and what lies on them. */
const SIDE = 1024;
let soil;
function ground(chance) {
  const sum = new Float32Array(SIDE * SIDE);
  for (let step = 128, weight = 0.5; step >= 1; step /= 4, weight *= 0.7) {
    const cells = SIDE / step;
    const knots = Float32Array.from({ length: cells * cells }, () => weight * (2 * chance() - 1));
    for (let y = 0; y < SIDE; y++) {
      const [top, low, v] = [((y / step) | 0) * cells, (((y / step) | 0) + 1) % cells * cells, (y % step) / step];
      for (let x = 0; x < SIDE; x++) {
        const [left, right, u] = [(x / step) | 0, (((x / step) | 0) + 1) % cells, (x % step) / step];
        const above = knots[top + left] * (1 - u) + knots[top + right] * u;
        const below = knots[low + left] * (1 - u) + knots[low + right] * u;
        sum[y * SIDE + x] += above * (1 - v) + below * v;
      }
    }
  }
  return sum;
}

/**
 * Fields with hedges as a camera sees them from above: as a JPEG of quality 85 they take two bits a pixel,
 * as aerial photographs do, so that a browser has as much to decode. Another `seed` is another picture.
 */
export function fields({ width, height }, seed = 0) {
  let state = 7;
  const chance = () => (state = (state * 1103515245 + 12345) % 2147483648) / 2147483648;
  // The same under all pictures: it takes longer than a small one of them.
  soil ??= ground(chance);
  state = seed + 7;
  const grain = Float32Array.from({ length: 65_537 }, () => chance() + chance() - 1);
  const colours = Array.from({ length: 64 }, () => [90 + 80 * chance(), 100 + 50 * chance(), 60 + 40 * chance()]);
  const rows = Buffer.alloc(height * (3 * width + 1));
  for (let y = 0, at = 0, spot = 0; y < height; y++) {
    at++;
    for (let x = 0; x < width; x++) {
      const hedge = (x & 255) < 6 || (y & 255) < 6;
      const colour = colours[((x >> 8) * 37 + (y >> 8) * 91) & 63];
      const light = 34 * soil[(y & (SIDE - 1)) * SIDE + (x & (SIDE - 1))] + 16.5 * grain[spot++ % 65_537] - (hedge ? 50 : 0);
      const tint = 10 * soil[((y >> 2) & (SIDE - 1)) * SIDE + ((x >> 2) & (SIDE - 1))];
      rows[at++] = Math.max(0, Math.min(255, colour[0] + light + tint));
      rows[at++] = Math.max(0, Math.min(255, colour[1] + light));
      rows[at++] = Math.max(0, Math.min(255, colour[2] + light - tint));
    }
  }
  return picture({ width, height }, rows);
}

/**
 * A picture that tells where one looks: its red grows from left to right, its green from top to bottom, from
 * none to all.
 */
export function gradient({ width, height }) {
  const rows = Buffer.alloc(height * (3 * width + 1));
  for (let y = 0, at = 0; y < height; y++) {
    at++;
    for (let x = 0; x < width; x++) {
      rows[at++] = Math.round((255 * (x + 0.5)) / width);
      rows[at++] = Math.round((255 * (y + 0.5)) / height);
      rows[at++] = 128;
    }
  }
  return picture({ width, height }, rows);
}

/** Rows of pixels, each row behind a zero byte, as a file. */
function picture({ width, height }, rows) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  const packed = deflateSync(rows, { level: 1 });
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', packed), chunk('IEND', Buffer.alloc(0))]);
}
