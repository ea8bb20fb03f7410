// Marks on a picture of the same place twice: in whichever way both are seen, they lie where the finger was.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { bare } from '../lib/bare.mjs';
import { draw as put, drawn } from '../lib/crosshair.mjs';
import { launch } from '../lib/driver.mjs';
import { Fingers, near } from '../lib/fingers.mjs';
import { Hands } from '../lib/keyboard.mjs';
import { made } from '../lib/made.mjs';
import { looked } from '../lib/phone.mjs';
import { gradient } from '../lib/png.mjs';
import { draw, pinch } from '../lib/touch.mjs';

/** Wide pictures lie above each other on a phone, high ones beside each other. */
const SIZES = { wide: { width: 960, height: 720 }, high: { width: 480, height: 960 } };
/** What people make more or less with fingers, in CSS pixels. */
const SLIP = 2;
const [SPRING, AUTUMN] = ['In spring', 'In autumn'];
const rules = { tools: [{ id: 'house', tool: 'box', label: 'House' }] };

let browser, served;
before(async () => {
  browser = await launch();
  const files = {};
  const projects = Object.entries(SIZES).map(([shape, { width, height }]) => {
    files[`${shape}-before.png`] = gradient({ width, height });
    // Finer than the first, in whose pixels all is told.
    files[`${shape}-after.png`] = gradient({ width: width * 2, height: height * 2 });
    const pair = { type: 'image_pair', before: `${shape}-before.png`, after: `${shape}-after.png`, before_label: SPRING, after_label: AUTUMN };
    // Each of those who come here draws on one of them.
    const rule = { rule: 'equal', answers: 50, at_most: 50 };
    return bare(shape, [], { rules, rule, subjects: ['one', 'two'].map((id) => ({ ...pair, id })) });
  });
  served = await made(files, ...projects);
});
after(async () => {
  await browser?.close();
  await served?.clear();
});

/** Runs in the page: where a pane and its picture are, once it has come. */
function lain(which) {
  const pane = document.querySelector(`.pane.${which}`);
  const image = pane?.querySelector('.stage-paper img');
  if (!image?.complete || !image.naturalWidth) return null;
  const [room, seen] = [pane, image].map((e) => e.getBoundingClientRect());
  const plain = ({ left, top, width, height }) => ({ left, top, width, height });
  return { room: plain(room), seen: plain(seen) };
}

/** Somebody who looks at both pictures of a pair. */
class Both extends Fingers {
  way(name) {
    return this.page.getByRole('group', { name: 'Which picture' }).getByRole('button', { name, exact: true });
  }

  async look(name) {
    await this.use(this.way(name));
    await this.page.waitForFunction(
      (name) => [...document.querySelectorAll('[aria-label="Which picture"] button')].some((key) => key.ariaPressed === 'true' && (key.ariaLabel ?? key.textContent) === name),
      name,
    );
  }

  /** Where the picture of a pane lies, at rest. */
  async pane(which) {
    let last;
    for (let turn = 0; turn < 50; turn++) {
      const now = await (await this.page.waitForFunction(lain, which)).jsonValue();
      if (JSON.stringify(now) === JSON.stringify(last)) break;
      last = now;
      await this.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    }
    const { room, seen } = last;
    const pixel = SIZES[this.slug].width / seen.width;
    return {
      room,
      pixel,
      to: ([x, y]) => [seen.left + x / pixel, seen.top + y / pixel],
      within: [seen.left - room.left, seen.top - room.top, seen.width, seen.height],
    };
  }

  /** Draws a box from place to place with a finger that touches this pane. */
  async box(which, ...places) {
    const at = await this.pane(which);
    const way = places.map(at.to);
    for (const [x, y] of way) {
      const meets = await this.page.evaluate(([x, y]) => document.elementFromPoint(x, y)?.closest('.pane')?.className, [x, y]);
      assert.equal(meets, `pane ${which}`, `what a finger meets at ${x}, ${y}`);
    }
    await draw(this.device, way);
  }

  /** Waits until a box's lines are painted in a pane, and nothing a good way off it. */
  async inked(which, [[left, top], [right, low]]) {
    const { to, pixel } = await this.pane(which);
    const middle = [(left + right) / 2, (top + low) / 2];
    const off = 24 * pixel;
    const lines = [[left, middle[1]], [right, middle[1]], [middle[0], low]].map(to);
    const beside = [[left - off, middle[1]], [right + off, middle[1]]].map(to);
    await this.page.waitForFunction(([which, lines, beside]) => {
      const all = [...document.querySelectorAll(`.pane.${which} canvas`)].filter((canvas) => !canvas.hidden);
      const ink = ([x, y]) => all.some((canvas) => {
        const lies = canvas.getBoundingClientRect();
        const dense = canvas.width / lies.width;
        const seen = new OffscreenCanvas(7, 7).getContext('2d');
        seen.drawImage(canvas, 3 - Math.round((x - lies.x) * dense), 3 - Math.round((y - lies.y) * dense));
        const near = seen.getImageData(0, 0, 7, 7);
        return near.data.some((value, byte) => byte % 4 === 3 && value > 60);
      });
      return lines.every(ink) && !beside.some(ink);
    }, [which, lines, beside]);
  }

  /** Sends it; each box is stored where the finger was. */
  async gives(...boxes) {
    const { pixel } = await this.pane('before');
    const shapes = await this.shapes();
    assert.equal(shapes.length, boxes.length, JSON.stringify(shapes));
    for (const [at, [from, to]] of boxes.entries()) {
      const { x, y, width, height } = shapes[at];
      near([x, y], from, SLIP * pixel, `the first corner of box ${at + 1}`);
      near([x + width, y + height], to, SLIP * pixel, `the other corner of box ${at + 1}`);
    }
  }
}

const at = (slug, what, play) =>
  test(`${what} (${slug})`, { timeout: 60_000 }, async () => {
    const both = await Both.open(browser, served, slug, { reducedMotion: 'reduce' });
    await play(both);
    await both.leave();
  });

/** Two boxes on a picture: in its left half, and in its right one. */
const boxes = (slug) => {
  const { width, height } = SIZES[slug];
  const share = (...all) => all.map(([x, y]) => [Math.round(x * width), Math.round(y * height)]);
  return [share([0.12, 0.3], [0.36, 0.5]), share([0.62, 0.35], [0.88, 0.6])];
};

for (const slug of Object.keys(SIZES)) {
  const [left, right] = boxes(slug);

  describe(`a box by finger, ${slug}`, () => {
    at(slug, 'on the right half with the swipe line', async (both) => {
      await both.look('Swipe line');
      await both.box('after', ...right);
      await both.marks(1);
      for (const which of ['before', 'after']) await both.inked(which, right);
      await both.box('before', ...left);
      await both.marks(2);
      for (const which of ['before', 'after']) await both.inked(which, left);
      await both.gives(right, left);
    });

    at(slug, 'in each pane, side by side', async (both) => {
      await both.look('Side by side');
      const [one, two] = [await both.pane('before'), await both.pane('after')];
      const apart = slug === 'wide' ? two.room.top - one.room.top - one.room.height : two.room.left - one.room.left - one.room.width;
      assert.ok(apart >= 0, `both are seen as a whole: ${JSON.stringify([one.room, two.room])}`);
      await both.box('before', ...left);
      await both.marks(1);
      for (const which of ['before', 'after']) await both.inked(which, left);
      await both.box('after', ...right);
      await both.marks(2);
      for (const which of ['before', 'after']) await both.inked(which, right);
      await both.gives(left, right);
    });

    at(slug, 'on the second picture alone', async (both) => {
      await both.look(AUTUMN);
      await both.box('after', ...right);
      await both.marks(1);
      for (const which of ['before', 'after']) await both.inked(which, right);
      await both.look(SPRING);
      await both.box('before', ...left);
      await both.marks(2);
      await both.gives(right, left);
    });
  });
}

describe('the line between two pictures', () => {
  at('wide', 'is moved by its knob and marks nothing', async (both) => {
    await both.look('Swipe line');
    const line = both.page.getByRole('slider', { name: 'Line between the two' });
    assert.equal(await line.getAttribute('aria-valuenow'), '50');
    // A place between where the line is and where it goes.
    const { to, room } = await both.pane('before');
    const between = to([SIZES.wide.width * 0.6, SIZES.wide.height / 2]);
    const pane = () => both.page.evaluate(([x, y]) => document.elementFromPoint(x, y).closest('.pane').className, between);
    assert.equal(await pane(), 'pane after');
    const knob = await both.page.locator('.pair-knob').boundingBox();
    const grip = [knob.x + knob.width / 2, knob.y + knob.height / 2];
    await draw(both.device, [grip, [grip[0] + room.width * 0.3, grip[1]]]);
    await both.page.waitForFunction(() => document.querySelector('.pair-line').ariaValueNow === '80');
    assert.equal(await pane(), 'pane before');
    await both.use(both.key('Send'));
    await both.told('Nothing is marked yet.');
    // What is drawn across it is a box, and moves it no further.
    const [, right] = boxes('wide');
    await both.box('before', right[0], [SIZES.wide.width * 0.75, right[1][1]]);
    await both.marks(1);
    assert.equal(await line.getAttribute('aria-valuenow'), '80');
    await both.gives([right[0], [SIZES.wide.width * 0.75, right[1][1]]]);
  });

  test('is moved by arrow keys, and the cross stays', { timeout: 60_000 }, async () => {
    const hands = await Hands.open(browser, served, 'wide');
    await hands.use(hands.key('Swipe line'));
    const stage = hands.page.getByRole('application', { name: 'Drawing stage' });
    await hands.reach(stage);
    await hands.press('1');
    await hands.lead(180, 180);
    const cross = await hands.cross();
    const line = hands.page.getByRole('slider', { name: 'Line between the two' });
    const says = (value) => hands.page.waitForFunction((value) => document.querySelector('.pair-line').ariaValueNow === value, value);
    await hands.reach(line);
    await hands.times(5, 'ArrowRight');
    await says('70');
    await hands.times(2, 'ArrowDown');
    await says('62');
    assert.deepEqual(await hands.cross(), cross);
    await hands.press('End');
    await says('100');
    await hands.press('Home');
    await says('0');
    assert.deepEqual(await hands.cross(), cross);
    await hands.reach(stage);
    await hands.press('Enter');
    await hands.lead(540, 450);
    await hands.press('Enter');
    await hands.page.getByRole('status').filter({ hasText: / added$/ }).waitFor();
    assert.equal(await line.getAttribute('aria-valuenow'), '0', 'the line hears only its own keys');
    await hands.use(hands.key('Send'));
    const [answer] = await hands.done();
    drawn(answer, [{ type: 'box', label: 'house', x: 180, y: 180, width: 360, height: 270 }]);
    await hands.leave();
  });
});

describe('both pictures side by side', () => {
  test('are chosen, drawn on and sent by key alone', { timeout: 60_000 }, async () => {
    const hands = await Hands.open(browser, served, 'wide');
    await hands.use(hands.key('Side by side'));
    assert.equal(await hands.key('Side by side').getAttribute('aria-pressed'), 'true');
    const [one, two] = await hands.page.evaluate(() => [...document.querySelectorAll('.pane')].map((pane) => pane.getBoundingClientRect().toJSON()));
    assert.ok(two.left >= one.right || two.top >= one.bottom, JSON.stringify([one, two]));
    const shapes = [{ type: 'box', label: 'house', x: 540, y: 210, width: 270, height: 330 }];
    await put(hands, rules, shapes);
    await hands.use(hands.key('Send'));
    const [answer] = await hands.done();
    drawn(answer, shapes);
    await hands.leave();
  });

  for (const how of ['Side by side', 'Swipe line']) {
    at('wide', `are enlarged together by two fingers on one of them: ${how}`, async (both) => {
      await both.look(how);
      for (const which of ['after', 'before']) {
        const was = await both.pane(which);
        // Off the line in the middle, and off its knob.
        const [x, y] = [was.room.left + was.room.width * (which === 'before' ? 0.25 : 0.75), was.room.top + was.room.height * 0.45];
        await pinch(both.device, [[[x, y - 20], [x, y - 36]], [[x, y + 20], [x, y + 36]]]);
        await both.page.waitForFunction(
          ([which, width]) => document.querySelector(`.pane.${which} .stage-paper img`).getBoundingClientRect().width > width * 1.3,
          [which, was.within[2]],
        );
        const [one, two] = [await both.pane('before'), await both.pane('after')];
        one.within.forEach((length, i) => assert.ok(Math.abs(length - two.within[i]) < 1, `they are out of step: ${one.within} and ${two.within}`));
      }
      // And a mark lies where the finger was even so.
      const { room, pixel, to } = await both.pane('after');
      const [ox, oy] = to([0, 0]);
      const place = (x, y) => [(room.left + room.width * x - ox) * pixel, (room.top + room.height * y - oy) * pixel];
      const box = [place(0.6, 0.35), place(0.85, 0.6)];
      await both.box('after', ...box);
      await both.marks(1);
      for (const which of ['before', 'after']) await both.inked(which, box);
      await both.gives(box);
    });
  }
});

describe('axe finds nothing', () => {
  for (const how of ['Swipe line', 'Side by side', AUTUMN]) {
    at('wide', `on a pair that is drawn on: ${how}`, async (both) => {
      await both.look(how);
      const found = await looked(both.page, `${how}, untouched`);
      await both.box('after', ...boxes('wide')[1]);
      await both.marks(1);
      found.push(...(await looked(both.page, `${how}, with a mark`)));
      assert.deepEqual(found, []);
    });
  }
});
