// What goes wrong while one draws with a finger, and what helps a finger to hit.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { bare } from '../lib/bare.mjs';
import { launch } from '../lib/driver.mjs';
import { Fingers, near, unlucky } from '../lib/fingers.mjs';
import { made } from '../lib/made.mjs';
import { gradient } from '../lib/png.mjs';

const SIZE = { width: 320, height: 240 };
/** A point more or less of what people make with fingers, in pixels of the picture. */
const SLIP = 2;

const field = (tool, more = {}) => ({ id: 'field', tool, label: 'Field', ...more });
const project = (slug, tools, more = {}) => bare(slug, ['field.png'], { rules: { tools, ...more } });

let browser, served;
before(async () => {
  browser = await launch();
  served = await made(
    { 'field.png': gradient(SIZE) },
    project('a-few', [field('point', { least: 2, most: 3 })]),
    project('a-few-in-all', [field('point')], { least: 2, most: 3 }),
    project('outlines', [field('polygon')]),
    project('boxes', [field('box')], { rotatable: true }),
    project('late', [field('box')]),
    project('later', [field('box')]),
    project('snapping', [field('polygon')], { snap: true }),
  );
});
after(async () => {
  await browser?.close();
  await served?.clear();
});

const at = (slug, what, play) =>
  test(`${what} (${slug})`, { timeout: 60_000 }, async () => {
    const finger = await Fingers.open(browser, served, slug, { reducedMotion: 'reduce' });
    await play(finger);
    await finger.leave();
  });

/** Nothing was taken by the server, and so many marks are still drawn. */
async function kept(finger, count) {
  await finger.marks(count);
  assert.equal(finger.sent.size, 0);
  assert.ok(await finger.key('Send').isVisible());
}

describe('how many marks', () => {
  for (const [slug, of] of [['a-few', 'of “Field” '], ['a-few-in-all', '']]) {
    at(slug, 'too few and too many are told, and nothing is lost', async (finger) => {
      const places = [[60, 60], [240, 60], [60, 180], [240, 180]];
      await finger.use(finger.key('Send'));
      await finger.told('Nothing is marked yet.');
      await finger.tap(places[0]);
      await finger.quiet();
      await finger.use(finger.key('Send'));
      await finger.told(new RegExp(`^At least 2 marks? ${of}are wanted.$`));
      await kept(finger, 1);
      await finger.tap(...places.slice(1));
      await finger.marks(4);
      await finger.use(finger.key('Send'));
      await finger.told(new RegExp(`^At most 3 marks? ${of}are wanted; delete some.$`));
      await kept(finger, 4);
      // The one that was put last is chosen.
      await finger.use(finger.key('Delete mark'));
      const shapes = await finger.shapes();
      assert.equal(shapes.length, 3);
      shapes.forEach(({ x, y }, i) => near([x, y], places[i], SLIP));
    });

    at(slug, 'two marks are called “marks”', async (finger) => {
      await finger.tap([60, 60]);
      await finger.marks(1);
      await finger.use(finger.key('Send'));
      const note = await finger.told(/^At least/);
      assert.equal(await note.innerText(), `At least 2 marks ${of}are wanted.`);
    });
  }
});

describe('a mark that cannot be', () => {
  at('outlines', 'an outline that crosses itself is told, and mended by its corner', async (finger) => {
    const corners = [[60, 40], [200, 180], [200, 40], [60, 180]];
    const crossing = 'This outline crosses itself. Move a corner until it does not.';
    await finger.tap(...corners);
    await finger.use(finger.key('Close'));
    await finger.told(crossing);
    await finger.use(finger.key('Send'));
    await finger.told(crossing);
    await kept(finger, 1);
    // Brought below the others, the third corner leaves an outline like any.
    await finger.drag(corners[2], [130, 220]);
    await finger.quiet();
    const [shape, ...more] = await finger.shapes();
    assert.equal(more.length, 0);
    assert.equal(shape.points.length, 4);
    corners.with(2, [130, 220]).forEach((place, i) => near(shape.points[i], place, SLIP, `corner ${i + 1}`));
  });

  at('boxes', 'a box without an inside is told, and mended by its corner', async (finger) => {
    const small = 'This mark is too small to be seen. Make it larger, or delete it.';
    await finger.tap([80, 120], [240, 120]);
    await finger.marks(1);
    await finger.told(small);
    await finger.use(finger.key('Send'));
    await finger.told(small);
    await kept(finger, 1);
    await finger.drag([240, 120], [240, 180]);
    await finger.quiet();
    const [box] = await finger.shapes();
    near([box.x, box.y], [80, 120], SLIP);
    near([box.width, box.height], [160, 60], SLIP);
  });

  at('boxes', 'a box that was moved out of the picture is told, and moved back', async (finger) => {
    await finger.drag([0, 0], [320, 239]);
    await finger.marks(1);
    // Turned, it reaches over every edge, and so can be moved over any.
    const { to } = await finger.lies();
    const [middle, top] = [to([160, 120]), to([160, 0])];
    const arm = middle[1] - top[1] + 44;
    const turned = (angle) => [middle[0] + arm * Math.sin(angle), middle[1] - arm * Math.cos(angle)];
    const hold = await finger.press(...turned(0));
    for (const angle of [0.15, 0.3, 0.45]) await hold.to(...turned(angle));
    await hold.up();
    await finger.use(finger.key('Move'));
    await finger.drag([160, 100], [160, 250]);
    await finger.told('This mark lies outside of the picture. Move it back, or delete it.');
    await finger.use(finger.key('Send'));
    await finger.told('This mark lies outside of the picture. Move it back, or delete it.');
    await kept(finger, 1);
    await finger.drag([160, 200], [160, 50]);
    await finger.quiet();
    const [box] = await finger.shapes();
    near([box.x + box.width / 2, box.y + box.height / 2], [160, 120], SLIP);
    assert.ok(box.rotation > 10 && box.rotation < 50, `turned by ${box.rotation}`);
  });
});

/**
 * What the glass above a finger shows, which is at [x, y] on the screen: the places of the picture 24 pixels
 * from the glass's middle, left and right above it and below it; null where there is none.
 */
async function glass(finger, [x, y]) {
  const colours = await finger.page.evaluate(([x, y]) => {
    const canvas = [...document.querySelectorAll('.drawing-stage canvas')].at(-1);
    if (canvas.hidden) return null;
    const lies = canvas.getBoundingClientRect();
    const dense = canvas.width / lies.width;
    const context = canvas.getContext('2d');
    const pixel = (x, y) => [...context.getImageData(Math.round((x - lies.x) * dense), Math.round((y - lies.y) * dense), 1, 1).data];
    // Solid is nothing but the glass; beside the finger, since lines of a mark may lead up from it.
    const solid = [];
    for (let at = y - 30; at > lies.y; at--) if (pixel(x - 14, at)[3] === 255) solid.push(at);
    if (solid.length < 40) return null;
    const middle = (solid[0] + solid.at(-1)) / 2;
    return [[-24, -24], [24, -24], [-24, 24], [24, 24]].map(([dx, dy]) => pixel(x + dx, middle + dy));
  }, [x, y]);
  return colours?.map(([red, green]) => [(red * SIZE.width) / 255, (green * SIZE.height) / 255]);
}

/** Waits until the glass shows this place in its middle, and more closely than the picture does. */
async function shows(finger, at, place) {
  const seen = async () => glass(finger, at.to(place));
  let now = await seen();
  for (let turn = 0; turn < 40 && !now; turn++) {
    await finger.page.evaluate(() => new Promise((done) => requestAnimationFrame(done)));
    now = await seen();
  }
  assert.ok(now, `there is no glass at ${place}`);
  const mean = [0, 1].map((i) => now.reduce((sum, one) => sum + one[i], 0) / 4);
  near(mean, place, 4, 'the middle of the glass');
  const wide = now[1][0] - now[0][0];
  assert.ok(wide > 0 && wide < 48 * at.pixel * 0.8, `${wide} pixels of the picture are seen on 48 of the glass`);
}

/** Waits until there is no glass over this place. */
async function gone(finger, at, place) {
  const [x, y] = at.to(place);
  for (let turn = 0; turn < 40; turn++) {
    if (!(await glass(finger, [x, y]))) return;
    await finger.page.evaluate(() => new Promise((done) => requestAnimationFrame(done)));
  }
  assert.fail('the glass stays');
}

describe('what helps a finger', () => {
  at('boxes', 'a box is turned to where the finger is, at the edge of the picture too', async (finger) => {
    await finger.drag([100, 8], [220, 108]);
    await finger.marks(1);
    const { to, from } = await finger.lies();
    const [middle, top] = [to([160, 58]), to([160, 8])];
    const arm = middle[1] - top[1] + 44;
    const turned = (degrees) => {
      const angle = (degrees * Math.PI) / 180;
      return from([middle[0] + arm * Math.sin(angle), middle[1] - arm * Math.cos(angle)]);
    };
    await finger.drag(turned(0), turned(15), turned(30));
    const [box] = await finger.shapes();
    assert.ok(Math.abs(box.rotation - 30) < 2, `turned by ${box.rotation}`);
  });

  at('outlines', 'a glass shows what a finger hides that draws, for as long as it is down', async (finger) => {
    const at = await finger.lies();
    const hold = await finger.press(...at.to([100, 100]));
    await shows(finger, at, [100, 100]);
    await hold.to(...at.to([180, 140]));
    await shows(finger, at, [180, 140]);
    await hold.up();
    await gone(finger, at, [180, 140]);
  });

  at('boxes', 'a glass shows what a finger hides that holds a corner', async (finger) => {
    await finger.drag([100, 60], [200, 140]);
    await finger.marks(1);
    const at = await finger.lies();
    await gone(finger, at, [200, 140]);
    const hold = await finger.press(...at.to([200, 140]));
    await hold.to(...at.to([220, 160]));
    await hold.to(...at.to([240, 180]));
    await shows(finger, at, [240, 180]);
    await hold.up();
    await gone(finger, at, [240, 180]);
    const [box] = await finger.shapes();
    near([box.x, box.y], [100, 60], SLIP);
    near([box.width, box.height], [140, 120], SLIP);
  });

  at('boxes', 'a corner is held by a finger 20 pixels beside it, and not by one 40 beside it', async (finger) => {
    await finger.drag([120, 80], [200, 140]);
    await finger.marks(1);
    const at = await finger.lies();
    const [x, y] = at.to([200, 140]);
    const off = (far) => at.from([x + far * Math.SQRT1_2, y + far * Math.SQRT1_2]);
    await finger.drag(off(20), [260, 200]);
    await finger.marks(1);
    const [left, top] = at.to([120, 80]);
    await finger.drag(at.from([left - 40, top]), [30, 20]);
    await finger.marks(2);
    const [box, other] = await finger.shapes();
    near([box.x + box.width, box.y + box.height], [260, 200], SLIP, 'the corner that was held');
    near([box.x, box.y], [120, 80], SLIP, 'the corner across');
    near([other.x, other.y], [30, 20], SLIP, 'the other box');
  });

  for (const [slug, on] of [['snapping', true], ['outlines', false]]) {
    at(slug, `a corner ${on ? 'jumps' : 'does not jump'} to that of another mark`, async (finger) => {
      await finger.tap([60, 60], [140, 60], [100, 160]);
      await finger.use(finger.key('Close'));
      await finger.marks(1);
      const { pixel } = await finger.lies();
      // So many pixels of the screen beside a corner of it.
      const far = [140 + 16 * pixel, 60 - 12 * pixel];
      const [beside, moved] = [[140 + 8 * pixel, 60 - 6 * pixel], [100 - 6 * pixel, 160 + 8 * pixel]];
      await finger.tap([240, 30], far, beside, [200, 150], [260, 200]);
      await finger.use(finger.key('Close'));
      await finger.marks(2);
      await finger.drag([200, 150], moved);
      const [first, { points }] = await finger.shapes();
      near(points[1], far, SLIP, 'a corner that is not near enough');
      if (on) {
        assert.deepEqual([points[2], points[3]], [first.points[1], first.points[2]]);
      } else {
        near(points[2], beside, SLIP, 'a corner that was put');
        near(points[3], moved, SLIP, 'a corner that was moved');
      }
    });
  }
});

const Waiting = unlucky('**/media/**');

describe('a picture that does not come', () => {
  test('is asked for again by its key, and nothing is drawn where it is not', { timeout: 60_000 }, async () => {
    const finger = await Waiting.open(browser, served, 'late', { reducedMotion: 'reduce' });
    const again = finger.key('Try again');
    await again.waitFor();
    const box = await finger.stage.boundingBox();
    const middle = [box.x + box.width / 2, box.y + box.height * 0.75];
    await finger.page.touchscreen.tap(...middle);
    await finger.page.touchscreen.tap(middle[0] + 60, middle[1] + 40);
    await again.focus();
    await finger.page.unroute('**/media/**');
    await finger.page.keyboard.press('Enter');
    await again.waitFor({ state: 'hidden' });
    await finger.lies();
    await finger.marks(0);
    await finger.drag([60, 60], [140, 120]);
    await finger.marks(1);
    await finger.leave();
  });

  test('comes by a tap too', { timeout: 60_000 }, async () => {
    const finger = await Waiting.open(browser, served, 'later', { reducedMotion: 'reduce' });
    await finger.key('Try again').waitFor();
    await finger.page.unroute('**/media/**');
    await finger.use(finger.key('Try again'));
    await finger.key('Try again').waitFor({ state: 'hidden' });
    await finger.lies();
    await finger.leave();
  });
});
