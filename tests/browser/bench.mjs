// How long a phone waits: for the first usable task, and from word to word.
// Pixel 7, slow 4G, processor slowed four times. Prints; asserts nothing.
import { createServer } from 'node:http';
import { drive, slug } from './lib/drive.mjs';
import { drives } from './lib/drives.mjs';
import { launch } from './lib/driver.mjs';
import { phone, usable } from './lib/phone.mjs';
import { Seat } from './lib/seat.mjs';
import { Volunteer } from './lib/volunteer.mjs';

const RUNS = Number(process.env.TALKOOT_RUNS ?? 7);

/** Runs in the page from its first moment: notes when the field takes input and the word's picture is painted. */
function watchForTask(reference) {
  const look = () => {
    const field = document.querySelector('input[name="reading"]');
    const image = [...document.images].find((i) => reference || /The word to type/.test(i.alt));
    if ((reference || (field && !field.disabled)) && image?.complete && image.naturalWidth > 0) {
      image.decode().finally(() =>
        requestAnimationFrame(() => {
          const channel = new MessageChannel();
          channel.port1.onmessage = () => console.info('usable', performance.now());
          channel.port2.postMessage(0);
        }),
      );
      return;
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

const sorted = (values) => [...values].sort((a, b) => a - b);
const at = (values, share) => sorted(values)[Math.min(values.length - 1, Math.floor(values.length * share))];
const spread = (values) =>
  `${at(values, 0.5).toFixed(0).padStart(6)} ms   (${sorted(values)[0].toFixed(0)} to ${sorted(values).at(-1).toFixed(0)} of ${values.length})`;

async function loads(browser, url, reference) {
  const cold = [];
  const warm = [];
  let bytes = 0;
  for (let run = 0; run < RUNS; run++) {
    const device = await phone(browser);
    const opened = () => usable(device.page, () => device.page.goto(url, { waitUntil: 'commit' }));
    await device.page.addInitScript(watchForTask, reference);
    await device.slow();
    let sum = 0;
    device.device.on('Network.loadingFinished', (event) => (sum += event.encodedDataLength));
    cold.push(await opened());
    bytes = sum;
    await device.page.waitForTimeout(1_500);
    warm.push(await opened());
    await device.close();
  }
  return { cold, warm, bytes };
}

/** A page with nothing but one word's picture: what the network alone takes. */
async function bare(sample) {
  const html = await (await fetch(`${sample.url}/p/${slug}`)).text();
  const opening = JSON.parse(html.match(/id="opening">(.*?)<\/script>/s)[1]);
  const picture = await fetch(sample.url + opening.warm_ups[0].subject.picture.sources.at(-1).url);
  const bytes = Buffer.from(await picture.arrayBuffer());
  const server = createServer((request, reply) => {
    if (request.url === '/word.webp') {
      reply.writeHead(200, { 'content-type': 'image/webp', 'cache-control': 'public, max-age=31536000, immutable' });
      return reply.end(bytes);
    }
    reply.writeHead(200, { 'content-type': 'text/html', 'cache-control': 'no-cache' });
    return reply.end('<!doctype html><title>Bare</title><meta name=viewport content="width=device-width"><img src="/word.webp" alt="A word">');
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  return { url: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}

const WORDS = 100;

/**
 * From the Enter key to the frame with the next word on it, measured inside the page. A word that
 * a still screen follows is not counted: there the next word waits for a thumb.
 */
async function wordToWord(browser, sample) {
  const device = await phone(browser);
  const me = await Volunteer.open(device, sample.url, slug);
  await me.warmUp();
  await device.slow({ network: { offline: false, latency: 150, downloadThroughput: -1, uploadThroughput: -1 } });
  await device.page.evaluate(() => {
    window.steps = [];
    const shown = () => {
      const image = [...document.images].find((i) => /The word to type/.test(i.alt));
      return image?.closest('.slip, figure, section, main')?.outerHTML;
    };
    addEventListener(
      'keydown',
      (event) => {
        if (event.key !== 'Enter') return;
        const before = shown();
        const look = () => {
          if (document.querySelector('.drive-page').dataset.scene === 'rest') return;
          const image = [...document.images].find((i) => /The word to type/.test(i.alt));
          if (!image || shown() === before || !image.complete || image.naturalWidth === 0) {
            if (performance.now() - event.timeStamp < 5_000) requestAnimationFrame(look);
            return;
          }
          const channel = new MessageChannel();
          channel.port1.onmessage = () => window.steps.push(performance.now() - event.timeStamp);
          channel.port2.postMessage(0);
        };
        requestAnimationFrame(look);
      },
      { capture: true },
    );
  });
  let given = 0;
  while (given < WORDS) {
    if (await me.s.again.isVisible()) {
      await me.wake();
      await me.s.field.focus();
    }
    const task = await me.ready();
    // A quick typist: the pictures ahead have this long to come.
    await device.page.waitForTimeout(700);
    await device.page.keyboard.insertText(sample.right(task));
    await device.page.keyboard.press('Enter');
    await me.moved();
    await device.page.waitForTimeout(60);
    given += 1;
  }
  const steps = await device.page.evaluate(() => window.steps);
  await device.close();
  return steps;
}

const WALLS = 3;

/** A wall of six, tile by tile, by a thumb that never waits: from when it is seen until the next one is. */
async function wallToWall(browser) {
  const served = await drives('flood-damage');
  const seat = await Seat.open(browser, served, 'flood-damage');
  await seat.pass();
  await seat.device.slow({ network: { offline: false, latency: 150, downloadThroughput: -1, uploadThroughput: -1 } });
  const bare = () => {
    const tiles = [...document.querySelectorAll('.tile')];
    return tiles.length === 6 && tiles.every((tile) => !tile.matches('.painted') && tile.querySelector('img')?.complete) && performance.now();
  };
  const seen = async () => (await seat.page.waitForFunction(bare)).jsonValue();
  const times = [await seen()];
  while (times.length < WALLS) {
    const tiles = await seat.page.locator('.tile').all();
    const places = await Promise.all(tiles.map((tile) => tile.boundingBox()));
    for (const { x, y, width, height } of places) await seat.page.touchscreen.tap(x + width / 2, y + height / 2);
    await seat.key('Send').tap();
    times.push(await seen());
  }
  await seat.device.close();
  await served.clear();
  return times.slice(1).map((time, at) => time - times[at]);
}

const browser = await launch();
const sample = await drive();
try {
  console.log(`\nOn a Pixel 7 by slow 4G, processor slowed 4 times (median, spread of ${RUNS} runs)`);
  const floor = await bare(sample);
  const reference = await loads(browser, floor.url, true);
  floor.close();
  const app = await loads(browser, `${sample.url}/p/${slug}`, false);
  console.log(`  first usable task, cold      ${spread(app.cold)}   target 2000 ms`);
  console.log(`  a bare page with one word    ${spread(reference.cold)}   reference`);
  console.log(`  first usable task, warm      ${spread(app.warm)}   target 500 ms`);
  console.log(`  a bare page, warm            ${spread(reference.warm)}   reference`);
  console.log(`  bytes on the wire until then ${(app.bytes / 1000).toFixed(1).padStart(6)} kB   with headers, pictures and the first calls`);
  const steps = await wordToWord(browser, sample);
  console.log(`  next word painted            p50 ${at(steps, 0.5).toFixed(1)} ms, p95 ${at(steps, 0.95).toFixed(1)} ms, at most ${at(steps, 1).toFixed(1)} ms of ${steps.length}   target p95 50 ms`);
  const walls = await wallToWall(browser);
  console.log(`  a wall of six, tapped at once${spread(walls)}   ${(at(walls, 0.5) / 6).toFixed(0)} ms a picture; with eyes about 3 s`);
} finally {
  await browser.close();
  await sample.clear();
}
