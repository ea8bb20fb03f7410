// A box by a real finger is stored where the finger's mark is shown, on screens of every density. The ratio
// cannot be changed within a page, so each has a phone of its own.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { bare } from '../lib/bare.mjs';
import { launch } from '../lib/driver.mjs';
import { phone } from '../lib/phone.mjs';
import { fields } from '../lib/png.mjs';
import { Place, records } from '../lib/program.mjs';
import { pinch } from '../lib/touch.mjs';

const SIZE = { width: 2400, height: 1800 };
/** Pixels of the picture: none of the four edges is stored further than this from where it is shown. */
const NEAR = 2;

let browser, place, app, token;

before(async () => {
  browser = await launch();
  place = await Place.make();
  await writeFile(join(place.folder, 'fields.png'), fields(SIZE));
  const rule = { rule: 'equal', answers: 50, at_most: 50 };
  await writeFile(join(place.folder, 'exact.json'), JSON.stringify(bare('exact', ['fields.png'], { rule })));
  await place.command('import', '--project', join(place.folder, 'exact.json'));
  token = await place.token();
  app = await place.serve();
});

after(async () => {
  await browser?.close();
  await place?.clear();
});

/** Waits until the picture has come and lies where it was last brought: the same place in four frames. */
const atRest = (page) =>
  page.evaluate(async () => {
    const frame = () => new Promise((done) => requestAnimationFrame(done));
    for (let [same, last] = [0, '']; same < 4; ) {
      await frame();
      const image = document.querySelector('.stage-paper img');
      const now = image?.complete && image.naturalWidth ? JSON.stringify(image.getBoundingClientRect()) : '';
      same = now && now === last ? same + 1 : 0;
      last = now;
    }
  });

/** The picture on the screen, turned by so many quarters: `from` takes a place of the screen to the original. */
async function view(page, turns) {
  const { left, top, width, height } = await page.locator('.stage-paper img').first().evaluate((image) => image.getBoundingClientRect().toJSON());
  const from = ([x, y]) => {
    const [across, down] = [(x - left) / width, (y - top) / height];
    const turned = [[across, down], [down, 1 - across], [1 - across, 1 - down], [1 - down, across]][turns % 4];
    return [turned[0] * SIZE.width, turned[1] * SIZE.height];
  };
  return { from, pixel: (turns % 2 ? SIZE.height : SIZE.width) / width };
}

const finger = (device, type, at) =>
  device.device.send('Input.dispatchTouchEvent', {
    type,
    touchPoints: at ? [{ x: at[0], y: at[1], id: 1, radiusX: 6, radiusY: 6 }] : [],
  });

/**
 * Runs in the page. Where on the screen lines of ink are: of each way `[from, to]` across one, the middle of its
 * ink, weighed, so that it is found between two pixels of the canvas. And how many pixels the canvas has for one
 * of the page's.
 */
function lines(ways) {
  const canvas = [...document.querySelectorAll('canvas.stage-canvas')].at(-1);
  const lies = canvas.getBoundingClientRect();
  const dense = canvas.width / lies.width;
  const context = canvas.getContext('2d');
  const found = ways.map(([from, to]) => {
    // Places between the canvas's pixels are told by the nearest, each pixel by eight places.
    const steps = Math.ceil(8 * dense * Math.hypot(to[0] - from[0], to[1] - from[1]));
    let [all, x, y] = [0, 0, 0];
    for (let step = 0; step <= steps; step++) {
      const at = [0, 1].map((axis) => from[axis] + ((to[axis] - from[axis]) * step) / steps);
      const ink = context.getImageData(Math.floor((at[0] - lies.x) * dense), Math.floor((at[1] - lies.y) * dense), 1, 1).data[3];
      [all, x, y] = [all + ink, x + ink * at[0], y + ink * at[1]];
    }
    return all ? [x / all, y / all] : null;
  });
  return { found, dense, hidden: canvas.hidden };
}

/** The places around which something lies, as left, top, right and bottom. */
const around = (places) => {
  const [x, y] = [0, 1].map((axis) => places.map((place) => place[axis]));
  return [Math.min(...x), Math.min(...y), Math.max(...x), Math.max(...y)];
};

const close = (stored, other, what) => {
  for (const [at, side] of ['left', 'top', 'right', 'bottom'].entries()) {
    const off = Math.abs(stored[at] - other[at]);
    assert.ok(off <= NEAR, `${side}: ${what} ${other[at].toFixed(2)}, stored is ${stored[at]}`);
  }
};

describe('a box by a finger is stored where it is shown', () => {
  for (const [turns, ratio] of [1, 1.5, 2, 2.625, 3, 3.5].entries()) {
    test(`with ${ratio} pixels for one of the page's, turned ${turns} times`, { timeout: 60_000 }, async () => {
      const device = await phone(browser, { deviceScaleFactor: ratio });
      const { page } = device;
      await page.goto(`${app}/p/exact`);
      await atRest(page);
      assert.equal(await page.evaluate('devicePixelRatio'), ratio);
      for (let turn = 0; turn < turns; turn++) {
        await page.getByRole('button', { name: 'Rotate' }).tap();
        await atRest(page);
      }
      const room = await page.getByRole('application', { name: 'Drawing stage' }).boundingBox();
      // Just before the next whole pixel: without its fraction a place is further off than is allowed.
      const at = (across, down) => [room.x + room.width * across, room.y + room.height * down].map((place) => Math.floor(place) + 0.95);
      const whole = (await view(page, turns)).pixel;
      await pinch(device, [[at(0.4, 0.5), at(0.3, 0.49)], [at(0.6, 0.5), at(0.73, 0.52)]]);
      await atRest(page);
      const { from, pixel } = await view(page, turns);
      assert.ok(pixel < whole / 1.5, `${whole} became ${pixel}: it is nearer`);

      const [begins, ends] = [at(0.2, 0.4), at(0.8, 0.75)];
      await finger(device, 'touchStart', begins);
      for (const share of [0.3, 0.7, 1]) {
        await finger(device, 'touchMove', begins.map((from, axis) => from + (ends[axis] - from) * share));
      }
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      // Across each side, where neither a corner nor the glass above the finger is: nearer to where it began,
      // but on the right just above the finger.
      const [left, top, right, bottom] = around([begins, ends]);
      const [across, down, low] = [left + (right - left) / 4, top + (bottom - top) / 2, bottom - 20];
      const seen = await page.evaluate(lines, [
        [[left - 9, down], [left + 9, down]],
        [[across, top - 9], [across, top + 9]],
        [[right - 9, low], [right + 9, low]],
        [[across, bottom - 9], [across, bottom + 9]],
      ]);
      assert.equal(seen.hidden, false);
      assert.ok(seen.found.every(Boolean), JSON.stringify(seen));
      const [west, north, east, south] = seen.found;
      const shown = around([from([west[0], north[1]]), from([east[0], south[1]])]);
      await finger(device, 'touchEnd');

      const sent = page.waitForResponse((reply) => reply.url().endsWith('/api/v1/answers') && reply.ok());
      await page.getByRole('button', { name: 'Send' }).tap();
      await sent;
      const answers = await records(app, token, '/projects/exact/answers');
      const [shape, ...more] = answers.at(-1).value.shapes;
      assert.equal(answers.length, turns + 1);
      assert.deepEqual(more, []);
      const stored = [shape.x, shape.y, shape.x + shape.width, shape.y + shape.height];
      close(stored, shown, 'shown at');
      close(stored, around([from(begins), from(ends)]), 'the finger was at');
      // As sharp as the screen, up to three pixels.
      assert.ok(Math.abs(seen.dense - Math.min(ratio, 3)) < 0.01, `${seen.dense} pixels`);
      device.clean();
      await device.close();
    });
  }
});
