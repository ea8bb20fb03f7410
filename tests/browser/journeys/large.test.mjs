// A picture that is too large to be fetched whole, with a crowd of marks on it, under fingers.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { drawn, polygons } from '../lib/bare.mjs';
import { launch } from '../lib/driver.mjs';
import { phone } from '../lib/phone.mjs';
import { fields } from '../lib/png.mjs';
import { Place } from '../lib/program.mjs';
import { lies, pinch } from '../lib/touch.mjs';

const SIZE = { width: 4000, height: 3000 };
/** Squares in rows all over the picture, by their left upper corners. */
const STEP = 160;
const SIDE = 60;
const corners = Array.from({ length: 25 * 18 }, (_, at) => [50 + STEP * (at % 25), 50 + STEP * Math.floor(at / 25)]);
const square = ([x, y]) => [[x, y], [x + SIDE, y], [x + SIDE, y + SIDE], [x, y + SIDE]];

let browser, place, app, subject;

before(async () => {
  browser = await launch();
  place = await Place.make();
  await writeFile(join(place.folder, 'fields.png'), fields(SIZE));
  await writeFile(join(place.folder, 'large.json'), JSON.stringify(polygons('large', 'fields.png')));
  await place.command('import', '--project', join(place.folder, 'large.json'));
  app = await place.serve();
  subject = await drawn(app, 'large', corners.map(square));
});

after(async () => {
  await browser?.close();
  await place?.clear();
});

const front = 'canvas.stage-canvas:not([hidden])';
/** Waits until the marks are drawn for the view that is seen, not brought there from another. */
const atRest = (page) =>
  page.waitForFunction((front) => {
    const canvas = document.querySelector(front);
    return canvas && !canvas.style.transform.includes('scale');
  }, front);

/** The tiles that a page asks for, from now on: where each lies in the picture, and how wide it is shown. */
function asked(page) {
  const tiles = [];
  page.on('request', (request) => {
    const region = request.url().match(/\/iiif\/.*\/(\d+),(\d+),(\d+),(\d+)\/(\d+),/);
    if (region) tiles.push(region.slice(1).map(Number));
  });
  return tiles;
}
const factor = ([, , width, , shown]) => Math.round(width / shown);

/** Waits until all tiles that lie there have come, and there are some. */
const come = (page) =>
  page.waitForFunction(() => {
    const all = [...document.querySelectorAll('.stage-tile')];
    return all.length > 6 && all.every((tile) => tile.complete);
  });

/** Waits until all `tiles` are asked for and have come: they are asked for in pieces, until no more are. */
async function allAsked(page, tiles) {
  await come(page);
  await atRest(page);
  for (let before = -1; before < tiles.length; ) {
    before = tiles.length;
    await page.waitForTimeout(400);
  }
}

describe('a large picture with a crowd of marks', () => {
  test('has no tiles asked for that are far from what is seen', { timeout: 60_000 }, async () => {
    const device = await phone(browser);
    const { page } = device;
    const tiles = asked(page);
    await page.goto(`${app}/p/large`);
    await atRest(page);
    const stage = page.getByRole('application', { name: 'Drawing stage' });
    for (let at = 0; at < 4; at++) await page.getByRole('button', { name: 'Zoom in' }).tap();
    await allAsked(page, tiles);
    // What is seen now, in pixels of the picture.
    const { from } = await lies(page, subject);
    const room = await stage.boundingBox();
    const [[left, top], [right, bottom]] = [from([room.x, room.y]), from([room.x + room.width, room.y + room.height])];
    const finest = Math.min(...tiles.map(factor));
    const fine = tiles.filter((tile) => factor(tile) === finest);
    // Those at the picture's end are narrower than others.
    const margin = Math.max(...fine.map(([, , width, height]) => Math.max(width, height)));
    for (const [x, y, width, height] of fine) {
      const near = x < right + margin && x + width > left - margin && y < bottom + margin && y + height > top - margin;
      assert.ok(near, `${[x, y, width, height]} was asked for, and seen is ${[left, top, right, bottom].map(Math.round)}`);
    }
    const all = Math.ceil(SIZE.width / margin) * Math.ceil(SIZE.height / margin);
    assert.ok(fine.length > 4 && fine.length < all / 2, `${fine.length} of ${all} tiles were asked for`);
    // And what is seen is covered.
    for (const place of [[left, top], [right, top], [left, bottom], [right, bottom]]) {
      const [px, py] = [Math.max(1, Math.min(SIZE.width - 1, place[0])), Math.max(1, Math.min(SIZE.height - 1, place[1]))];
      assert.ok(fine.some(([x, y, width, height]) => px >= x && px <= x + width && py >= y && py <= y + height), `nothing was asked for at ${place}`);
    }
    device.clean();
    await device.close();
  });

  test('has its tiles asked for from the middle outwards, each once', { timeout: 60_000 }, async () => {
    const device = await phone(browser);
    const { page } = device;
    const tiles = asked(page);
    await page.goto(`${app}/p/large`);
    await atRest(page);
    for (let at = 0; at < 4; at++) await page.getByRole('button', { name: 'Zoom in' }).tap();
    const finest = () => Math.min(...tiles.map(factor));
    await allAsked(page, tiles);
    const off = ([x, y, width, height]) => Math.hypot(x + width / 2 - SIZE.width / 2, y + height / 2 - SIZE.height / 2);
    const last = tiles.filter((tile) => factor(tile) === finest()).map(off);
    assert.ok(last.length > 4, `${last.length} tiles`);
    assert.deepEqual(last, [...last].sort((a, b) => a - b));
    assert.equal(new Set(tiles.map(String)).size, tiles.length);
    device.clean();
    await device.close();
  });

  const marksAreSharp = async (poorer = () => {}) => {
    const device = await phone(browser);
    const { page } = device;
    await page.addInitScript(poorer);
    await page.goto(`${app}/p/large`);
    await atRest(page);
    const before = (await lies(page, subject)).pixel;
    await pinch(device, [[[170, 400], [60, 400]], [[240, 400], [350, 400]]]);
    await atRest(page);
    const now = await lies(page, subject);
    assert.ok(now.pixel < before / 2, 'it is nearer');
    const room = await page.getByRole('application', { name: 'Drawing stage' }).boundingBox();
    const inside = ([x, y]) => x > room.x + 20 && y > room.y + 20 && x < room.x + room.width - 20 && y < room.y + room.height - 20;
    const seen = corners.filter((corner) => square(corner).map(now.to).every(inside));
    assert.ok(seen.length > 20, `${seen.length} marks are in sight`);
    // The middle of a left edge is inked, that of the square is not.
    const places = seen.flatMap(([x, y]) => [[x, y + SIDE / 2], [x + SIDE / 2, y + SIDE / 2]].map(now.to));
    const ink = await page.evaluate(({ front, places }) => {
      const canvas = document.querySelector(front);
      const lies = canvas.getBoundingClientRect();
      const dense = canvas.width / lies.width;
      const context = new (window.Seen ?? OffscreenCanvas)(canvas.width, canvas.height).getContext('2d');
      context.drawImage(canvas, 0, 0);
      const at = ([x, y]) => context.getImageData(Math.round((x - lies.x) * dense) - 1, Math.round((y - lies.y) * dense) - 1, 3, 3).data;
      return places.map((place) => at(place).some((value, byte) => byte % 4 === 3 && value > 0));
    }, { front, places });
    assert.deepEqual(ink, seen.flatMap(() => [true, false]));
    device.clean();
    await device.close();
  };

  test('shows each mark where it is, and sharp, after fingers enlarged it', { timeout: 60_000 }, () => marksAreSharp());
  // The test itself reads the pixels with one, so only the app goes without.
  test('does so in a browser that has no canvas out of sight', { timeout: 60_000 }, () =>
    marksAreSharp(() => {
      window.Seen = window.OffscreenCanvas;
      delete window.OffscreenCanvas;
    }));
});
