// How subjects are looked at and listened to, by finger and by key: what is heard and seen then.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { bare } from '../lib/bare.mjs';
import { launch } from '../lib/driver.mjs';
import { drives } from '../lib/drives.mjs';
import { Fingers, near } from '../lib/fingers.mjs';
import { Hands } from '../lib/keyboard.mjs';
import { made } from '../lib/made.mjs';
import { gradient } from '../lib/png.mjs';
import { colours } from '../lib/sighted.mjs';
import { draw, pinch } from '../lib/touch.mjs';
import { film } from '../lib/webm.mjs';

const SIZE = { width: 320, height: 240 };
const asked = {
  kind: 'tagging',
  rules: { screen: 'list', questions: [{ id: 'light', choices: [{ id: 'dark', label: 'Dark' }, { id: 'light', label: 'Light' }] }] },
};
const field = (more) => ({ type: 'image', file: 'field.png', ...more });

let browser, own, samples;
before(async () => {
  browser = await launch();
  const page = await browser.newPage();
  const files = { 'field.png': gradient(SIZE), 'film.webm': await film(page, { width: 160, height: 120, seconds: 4 }) };
  await page.close();
  const notes = ['A snake', 'A spider'].map((note) => field({ id: note, note }));
  own = await made(
    files,
    bare('a-film', [], { ...asked, subjects: [{ type: 'video', file: 'film.webm', alt: 'It grows lighter' }] }),
    bare('noted', [], { ...asked, subjects: notes }),
    bare('marked', ['field.png'], {
      rules: { tools: [{ id: 'spot', tool: 'point', label: 'Spot' }, { id: 'field', tool: 'box', label: 'Field' }] },
    }),
  );
  samples = await drives('dawn-chorus', 'forest-pairs');
});
after(async () => {
  await browser?.close();
  await own?.clear();
  await samples?.clear();
});

/** The player on a page: what its media do. */
class Heard {
  constructor(who) {
    Object.assign(this, { who, page: who.page });
  }

  state() {
    return this.page.evaluate(() => {
      const media = document.querySelector('video');
      if (!media || media.seeking || !media.duration) return null;
      const { paused, currentTime, playbackRate, duration, ended, videoWidth } = media;
      return { paused, at: currentTime, speed: playbackRate, length: duration, ended, width: videoWidth };
    });
  }

  /** Waits until they are where they were led to, and `is` says that of their state; the state. */
  async until(is = () => true) {
    let now;
    for (let i = 0; i < 300; i++) {
      now = await this.state();
      if (now && is(now)) return now;
      await this.page.waitForTimeout(50);
    }
    assert.fail(`The media never were as ${is}: ${JSON.stringify(now)}`);
  }
}

/** Has a finger take a slider at a share of its length; the thumb's middle does not go to the very ends. */
async function slide(who, name, share) {
  const { x, y, width, height } = await who.page.getByRole('slider', { name }).boundingBox();
  await who.page.touchscreen.tap(x + 8 + (width - 16) * share, y + height / 2);
}

/** So many seconds a step goes. */
const stride = (length) => (length > 10 ? 5 : 1);

/** Tells that media can be played, slowed, gone through and heard round and round. */
async function plays(who, { press, seek, faster, loop }) {
  const heard = new Heard(who);
  const at = (place, most = 0.2) => heard.until((now) => Math.abs(now.at - place) < most);
  const { length } = await heard.until();
  const step = stride(length);
  await press('Play');
  await heard.until(({ paused, at }) => !paused && at > 0.1);
  await who.key('Pause').waitFor();
  await press('Pause');
  await heard.until(({ paused }) => paused);
  await who.key('Play').waitFor();

  await seek(0);
  await at(0);
  await press('Forward');
  await at(step);
  await press('Back');
  await at(0);
  const middle = await seek(0.5);
  await at(middle, length * 0.06);
  assert.ok((await heard.until()).paused, 'it stands still where it was led to');

  await faster();
  await heard.until(({ speed }) => speed === 1.25);
  await who.key('Speed 1.25').waitFor();
  const from = (await heard.until()).at;
  await loop('Loop from here');
  await press('Forward');
  await at(from + step);
  await loop('Loop to here');
  await who.page.evaluate(() => {
    window.turns = [];
    document.querySelector('video').addEventListener('seeked', ({ target }) => window.turns.push(target.currentTime));
  });
  await press('Play');
  await who.page.waitForFunction(() => window.turns.length >= 2);
  await press('Pause');
  await heard.until(({ paused }) => paused);
  for (const turn of await who.page.evaluate(() => window.turns)) {
    assert.ok(Math.abs(turn - from) < 0.3, `a turn began at ${turn}, not at ${from}`);
  }
  await loop('Stop looping');
  await press('Play');
  await heard.until(({ ended }) => ended);
  await who.key('Play').waitFor();
}

/** By finger: taps on keys and on the strip. */
const touching = (who) => ({
  press: (name) => who.use(['Forward', 'Back'].includes(name) ? who.page.getByRole('button', { name: new RegExp(`^${name} \\d`) }) : who.key(name)),
  async seek(share) {
    await slide(who, 'Position', share);
    return share * (await new Heard(who).until()).length;
  },
  faster: () => who.use(who.key('Speed 1')),
  loop: (name) => who.use(who.key(name)),
});

const letters = { Play: 'k', Pause: 'k', Forward: 'ArrowRight', Back: 'ArrowLeft' };

/** By the player's own keys, which need no focus. */
const typing = (who) => ({
  press: (name) => who.press(letters[name]),
  async seek(share) {
    const { at, length } = await new Heard(who).until();
    const steps = Math.round((length * share - at) / stride(length));
    if (share === 0) await who.times(Math.ceil(length / stride(length)), 'ArrowLeft');
    else await who.times(steps, 'ArrowRight');
    return share === 0 ? 0 : at + steps * stride(length);
  },
  faster: () => who.press('>'),
  async loop(name) {
    await who.key(name).waitFor();
    await who.press('l');
  },
});

describe('what is played', () => {
  for (const [where, slug] of [[() => own, 'a-film'], [() => samples, 'dawn-chorus']]) {
    test(`by finger: ${slug}`, { timeout: 60_000 }, async () => {
      const finger = await Fingers.open(browser, where(), slug, { reducedMotion: 'reduce' });
      await plays(finger, touching(finger));
      await finger.leave();
    });

    test(`by key: ${slug}`, { timeout: 60_000 }, async () => {
      const hands = await Hands.open(browser, where(), slug);
      await plays(hands, typing(hands));
      assert.equal(await hands.page.evaluate(() => window.pointed), 0);
      await hands.leave();
    });
  }

  test('what is seen in a film is answered', { timeout: 60_000 }, async () => {
    const finger = await Fingers.open(browser, own, 'a-film', { reducedMotion: 'reduce' });
    await new Heard(finger).until(({ width }) => width === 160);
    await finger.page.getByRole('radio', { name: 'Light' }).tap();
    await finger.until(() => finger.sent.size > 0, 'an answer that was taken');
    const [answer] = await finger.stored();
    assert.deepEqual([answer.task, answer.value], [finger.tasks[0].id, { choices: ['light'] }]);
    await finger.leave();
  });
});

/** Where both pictures of a pair lie within their panes. */
const both = (page) =>
  page.evaluate(() =>
    ['before', 'after'].map((which) => {
      const pane = document.querySelector(`.pane.${which}`);
      const [room, picture] = [pane, pane.querySelector('.stage-paper img')].map((e) => e.getBoundingClientRect());
      return [picture.left - room.left, picture.top - room.top, picture.width, picture.height];
    }),
  );

describe('two pictures', () => {
  for (const how of ['Side by side', 'Swipe line']) {
    test(`are enlarged and moved together: ${how}`, { timeout: 60_000 }, async () => {
      const finger = await Fingers.open(browser, samples, 'forest-pairs', { reducedMotion: 'reduce' });
      await finger.sees(finger.warmUps[0]);
      await finger.use(finger.key(how));
      const step = async (which, what) => {
        const before = await both(finger.page);
        const pane = await finger.page.locator(`.pane.${which}`).boundingBox();
        // Off the line in the middle.
        await what([pane.x + pane.width * (which === 'before' ? 0.25 : 0.75), pane.y + pane.height / 2]);
        await finger.page.waitForFunction(([was]) => {
          const { width, left } = document.querySelector('.pane.before .stage-paper img').getBoundingClientRect();
          return Math.abs(width - was[2]) > 2 || Math.abs(left - document.querySelector('.pane.before').getBoundingClientRect().left - was[0]) > 2;
        }, before);
        let last;
        for (let now = await both(finger.page); String(now) !== String(last); now = await both(finger.page)) {
          last = now;
          await finger.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
        }
        last[0].forEach((length, i) => assert.ok(Math.abs(length - last[1][i]) < 1, `they are out of step: ${last.join(' and ')}`));
        return [before[0], last[0]];
      };
      const apart = (by) => ([x, y]) => pinch(finger.device, [[[x, y - 20], [x, y - 20 * by]], [[x, y + 20], [x, y + 20 * by]]]);
      const [small, large] = await step('before', apart(2));
      assert.ok(large[2] > small[2] * 1.5, `${small} became ${large}`);
      const [was, now] = await step('after', ([x, y]) => draw(finger.device, [[x, y], [x - 40, y + 10]]));
      assert.ok(now[0] < was[0] - 20, `${was} became ${now}`);
      assert.ok(Math.abs(now[2] - was[2]) < 1);
      const [wide, wider] = await step('after', apart(1.5));
      assert.ok(wider[2] > wide[2] * 1.2, `${wide} became ${wider}`);
      await finger.leave();
    });
  }
});

describe('a content note', () => {
  test('blurs the picture until it is asked for, and leaving it is free', { timeout: 60_000 }, async () => {
    const finger = await Fingers.open(browser, own, 'noted', { reducedMotion: 'reduce' });
    const cover = finger.page.getByRole('region', { name: 'Not for every day' });
    const blurs = () =>
      finger.page.evaluate(() => {
        const filters = [];
        for (let e = document.querySelector('.stage-paper img'); e; e = e.parentElement) filters.push(getComputedStyle(e).filter);
        return filters.some((filter) => /blur\((?!0px)/.test(filter));
      });
    const dark = finger.page.getByRole('radio', { name: 'Dark' });
    await cover.getByText(finger.task.note).waitFor();
    await finger.sees(finger.task);
    assert.ok(await blurs());
    assert.ok(await dark.evaluate((key) => Boolean(key.closest('[inert]'))), 'what is covered cannot be answered');
    await finger.use(cover.getByRole('button', { name: 'Show it' }));
    await cover.waitFor({ state: 'hidden' });
    assert.ok(!(await blurs()));
    await dark.tap();
    await finger.until(() => finger.sent.size === 1, 'an answer that was taken');
    await cover.getByText(finger.task.note).waitFor();
    assert.ok(await blurs());
    await finger.use(cover.getByRole('button', { name: 'Skip' }));
    await finger.until(() => finger.sent.size === 2, 'another answer');
    const stored = await finger.stored(2);
    const said = (at) => stored.find(({ task }) => task === finger.tasks[at].id);
    assert.deepEqual(said(0).value, { choices: ['dark'] });
    assert.equal(said(1).outcome, 'skipped');
    await finger.leave();
  });
});

describe('how a picture is shown', () => {
  test('is changed by finger, and marks stay where they are put', { timeout: 60_000 }, async () => {
    const finger = await Fingers.open(browser, own, 'marked', { reducedMotion: 'reduce' });
    const paper = finger.page.locator('.drawing-stage .stage-paper');
    const filter = () => paper.evaluate((e) => getComputedStyle(e).filter);
    const knob = async (name) => Number((await filter()).match(new RegExp(`${name}\\(([\\d.]+)\\)`))?.[1]);
    await finger.lies();
    assert.equal(await filter(), 'none');
    await finger.use(finger.key('Brightness'));
    await slide(finger, 'Brightness', 0.7);
    assert.ok(Math.abs((await knob('brightness')) - 1.87) < 0.15, await filter());
    await slide(finger, 'Contrast', 0.1);
    assert.ok(Math.abs((await knob('contrast')) - 0.61) < 0.15, await filter());
    await finger.use(finger.key('Reset'));
    assert.equal(await filter(), 'none');
    await finger.use(finger.key('Invert'));
    assert.match(await filter(), /invert\(1\)/);
    await finger.use(finger.key('Brightness'));
    await finger.use(finger.key('Rotate'));
    const lies = async () => (await paper.locator('img').first().boundingBox()) ?? {};
    let room = await lies();
    for (let i = 0; i < 50 && room.width >= room.height; i++) {
      await finger.page.evaluate(() => new Promise((done) => requestAnimationFrame(done)));
      room = await lies();
    }
    assert.ok(room.height > room.width * 1.2, `it stands upright: ${JSON.stringify(room)}`);
    await finger.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    room = await lies();
    const at = (x, y) => [room.x + room.width * x, room.y + room.height * y];
    const places = [at(0.3, 0.2), at(0.75, 0.4), at(0.2, 0.5), at(0.6, 0.8)];
    // The colours tell what is seen there, light as dark.
    const seen = (await colours(finger.page, places)).map(([red, green]) => [
      ((255 - red) * SIZE.width) / 255,
      ((255 - green) * SIZE.height) / 255,
    ]);
    near(seen[0], [0.2 * SIZE.width, 0.7 * SIZE.height], 8, 'what is seen of the picture turned clockwise');
    for (const place of places.slice(0, 2)) await finger.page.touchscreen.tap(...place);
    await finger.marks(2);
    await finger.use(finger.key('Field, Box'));
    await draw(finger.device, places.slice(2));
    await finger.marks(3);
    const [one, two, box] = await finger.shapes();
    near([one.x, one.y], seen[0], 5);
    near([two.x, two.y], seen[1], 5);
    const [[ax, ay], [bx, by]] = seen.slice(2);
    near([box.x, box.y], [Math.min(ax, bx), Math.min(ay, by)], 5);
    near([box.x + box.width, box.y + box.height], [Math.max(ax, bx), Math.max(ay, by)], 5);
    await finger.leave();
  });
});
