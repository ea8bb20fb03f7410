// A film to be tested with: pictures that a browser has packed as WebP, one after the other, as WebM. What WebP
// calls a picture is to VP8 a frame that needs no other.

/** An element of EBML: its name in hexadecimal digits, its contents. */
function element(name, ...contents) {
  const body = Buffer.concat(contents);
  const size = Buffer.alloc(8);
  size.writeBigUInt64BE(BigInt(body.length) | (1n << 56n));
  return Buffer.concat([Buffer.from(name, 'hex'), size, body]);
}

const number = (value) => Buffer.from(value.toString(16).padStart(8, '0'), 'hex');
const text = (value) => Buffer.from(value, 'latin1');

function real(value) {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(value);
  return bytes;
}

/** The frame within a WebP file. */
function frame(webp) {
  for (let at = 12; at < webp.length; ) {
    const size = webp.readUInt32LE(at + 4);
    if (webp.toString('latin1', at, at + 4) === 'VP8 ') return webp.subarray(at + 8, at + 8 + size);
    at += 8 + size + (size & 1);
  }
  throw new Error('This WebP has no VP8.');
}

/** Has `page` paint frames, `every` milliseconds one, that grow lighter; the film, `seconds` long. */
export async function film(page, { width, height, seconds, every = 100 }) {
  const count = (seconds * 1000) / every;
  const pictures = await page.evaluate(async ([width, height, count]) => {
    const canvas = Object.assign(document.createElement('canvas'), { width, height });
    // Where nothing can be seen through, WebP is VP8 and nothing more.
    const context = canvas.getContext('2d', { alpha: false });
    const all = [];
    for (let at = 0; at < count; at++) {
      context.fillStyle = `rgb(${Math.round((255 * at) / count)} 90 120)`;
      context.fillRect(0, 0, width, height);
      all.push(canvas.toDataURL('image/webp', 0.8).split(',')[1]);
    }
    return all;
  }, [width, height, count]);
  const block = (webp, at) => {
    const head = Buffer.from([0x81, 0, 0, 0x80]);
    head.writeUInt16BE((at % 10) * every, 1);
    return element('a3', head, frame(Buffer.from(webp, 'base64')));
  };
  const clusters = [];
  for (let from = 0; from < count; from += 10) {
    const blocks = pictures.slice(from, from + 10).map(block);
    clusters.push(element('1f43b675', element('e7', number(from * every)), ...blocks));
  }
  const video = element('e0', element('b0', number(width)), element('ba', number(height)));
  const track = [['d7', 1], ['73c5', 1], ['83', 1]].map(([name, value]) => element(name, number(value)));
  const head = [['4286', 1], ['42f7', 1], ['42f2', 4], ['42f3', 8]].map(([name, value]) => element(name, number(value)));
  return Buffer.concat([
    element('1a45dfa3', ...head, element('4282', text('webm')), element('4287', number(4)), element('4285', number(2))),
    element(
      '18538067',
      element('1549a966', element('2ad7b1', number(1_000_000)), element('4489', real(seconds * 1000)), element('4d80', text('t')), element('5741', text('t'))),
      element('1654ae6b', element('ae', ...track, element('86', text('V_VP8')), video)),
      ...clusters,
    ),
  ]);
}
