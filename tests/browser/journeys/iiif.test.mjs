// Images that stay with a library, on a phone: they come through this server, finer as one goes nearer, and
// marks on them are told in pixels of the original.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { bare } from '../lib/bare.mjs';
import { launch } from '../lib/driver.mjs';
import { Fingers, near } from '../lib/fingers.mjs';
import { library } from '../lib/library.mjs';
import { madeAt } from '../lib/made.mjs';
import { Place } from '../lib/program.mjs';
import { colours } from '../lib/sighted.mjs';

const MAPS = {
  // It cuts and scales whatever is asked of it.
  'any-part': { version: 2, level: 2, width: 2400, height: 1800, tiles: { side: 512, factors: [1, 2, 4] } },
  // It cuts any part, and scales by width alone; how large its tiles are it leaves to others.
  'by-width': { version: 2, level: 1, width: 2800, height: 2100 },
  'tiles-only': { version: 3, level: 0, width: 3000, height: 2000, tiles: { side: 512, factors: [1, 2, 4, 8] } },
  // Its largest file is smaller than the original, in whose pixels all is told nevertheless.
  'sizes-only': { version: 3, level: 0, width: 4000, height: 3000, sizes: [{ width: 1000, height: 750 }, { width: 2000, height: 1500 }] },
};

let browser, maps, served;
before(async () => {
  browser = await launch();
  maps = await library(browser, MAPS);
  served = await madeAt(
    // The library is on this machine, and speaks plain http.
    await Place.make({ TALKOOT_ALLOW_PRIVATE_FETCH: 'true' }),
    {},
    bare('maps', [], {
      rules: { tools: [{ id: 'ford', tool: 'point', label: 'Ford' }] },
      rule: { rule: 'equal', answers: 50, at_most: 50 },
      subjects: [{ type: 'iiif', url: `${maps.url}/manifest.json` }],
    }),
  );
});
after(async () => {
  await browser?.close();
  await served?.clear();
  await maps?.clear();
});

/** Somebody whose phone's requests are written down. */
class Reader extends Fingers {
  asked = [];

  async arrive() {
    this.page.on('request', (request) => this.asked.push(request.url()));
    await super.arrive();
  }

  /** Leaves others to others until that map is on the screen. */
  async to({ width, height }) {
    const is = ({ subject: { size } }) => size.width === width && size.height === height;
    assert.equal(this.tasks.filter(is).length, 1, 'a map of that size is among the tasks');
    while (!is(this.task)) {
      const before = this.sent.size;
      await this.skip();
      await this.until(() => this.sent.size > before, 'an answer that was taken');
    }
    await this.lies();
  }

  /** How many pixels of the original are one of the tiles that were asked for so far, each address once. */
  factors() {
    const regions = new Set(this.asked.map((url) => url.match(/\/iiif\/[^/]+\/(full|[\d,]+)\/(\d+),/)?.slice(1).join()).filter(Boolean));
    return [...regions].filter((region) => !region.startsWith('full')).map((region) => region.split(',').map(Number)).map(([, , width, , shown]) => Math.round(width / shown));
  }

  /** The colours at shares of the stage. */
  async colours(shares) {
    const { x, y, width, height } = await this.stage.boundingBox();
    const places = shares.map(([across, down]) => [x + width * across, y + height * down]);
    return { places, seen: await colours(this.page, places) };
  }

  /** Waits until what is seen in the stage's middle is as blue as that; how blue it is. */
  async blue(least) {
    for (let turn = 0; turn < 100; turn++) {
      const [[, , blue]] = (await this.colours([[0.5, 0.5]])).seen;
      if (blue >= least) return blue;
      await this.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    }
    assert.fail('what is seen grew no finer');
  }
}

/** Where in the original something of a colour is. */
const told = ({ width, height }, [red, green]) => [(red * width) / 255, (green * height) / 255];

for (const [name, map] of Object.entries(MAPS)) {
  describe(name, () => {
    test('is seen, finer as one goes nearer, and a point lies where it was put', { timeout: 90_000 }, async () => {
      const reader = await Reader.open(browser, served, 'maps', { reducedMotion: 'reduce' });
      await reader.to(map);
      assert.deepEqual(reader.task.subject.size, { width: map.width, height: map.height });
      // As far as a JPEG and a byte's steps can tell.
      const slip = map.width / 60;
      const right = async (shares) => {
        const { to, from, pixel } = await reader.lies();
        const { places, seen } = await reader.colours(shares);
        for (const [at, colour] of seen.entries()) near(told(map, colour), from(places[at]), slip, `what is seen at ${places[at]}`);
        return { to, from, pixel, places, seen };
      };
      const whole = await right([[0.5, 0.5], [0.2, 0.5], [0.8, 0.5]]);
      const [[, , first]] = whole.seen;

      for (let at = 0; at < 6; at++) await reader.use(reader.key('Zoom in'));
      if (map.sizes) {
        // There is one file that is finer than the first.
        const largest = map.sizes.at(-1).width;
        await reader.page.waitForFunction(
          (largest) => [...document.querySelectorAll('.stage-tile')].some((tile) => tile.complete && tile.naturalWidth === largest),
          largest,
        );
        await reader.blue(110);
      } else {
        assert.ok(first < 180, `it was coarse at first, ${first} blue`);
        await reader.blue(230);
        assert.equal(Math.min(...reader.factors()), 1);
      }
      const close = await right([[0.4, 0.45], [0.65, 0.6]]);
      assert.ok(close.pixel < whole.pixel / 6, `${whole.pixel} became ${close.pixel}`);

      await reader.page.touchscreen.tap(...close.places[1]);
      await reader.marks(1);
      const [point, ...more] = await reader.shapes();
      assert.equal(more.length, 0);
      near([point.x, point.y], told(map, close.seen[1]), slip, 'where the colour is');
      near([point.x, point.y], close.from(close.places[1]), 2 * close.pixel, 'where the finger was');

      const elsewhere = reader.asked.filter((url) => !/^(data|blob):/.test(url) && new URL(url).origin !== served.url);
      assert.deepEqual(elsewhere, [], 'the phone asks this server alone');
      await reader.leave();
    });
  });
}

test('a library is asked for nothing that it does not have', () => {
  assert.ok(maps.asked.some((path) => path.startsWith('tiles-only/')), 'it was asked');
  assert.deepEqual(maps.refused, []);
});
