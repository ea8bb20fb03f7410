// A wall of pairs and of sounds: what is seen and heard of its tiles, and that it is painted as any wall is.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { bare } from '../lib/bare.mjs';
import { launch } from '../lib/driver.mjs';
import { Fingers } from '../lib/fingers.mjs';
import { Hands } from '../lib/keyboard.mjs';
import { made } from '../lib/made.mjs';
import { looked } from '../lib/phone.mjs';
import { gradient } from '../lib/png.mjs';
import { colours } from '../lib/sighted.mjs';
import { draw } from '../lib/touch.mjs';

const [SPRING, AUTUMN] = ['Spring', 'Autumn'];
const LABELS = { kept: 'Kept', lost: 'Lost' };

/** A hum of so many seconds as a WAV: long enough never to end while it is listened to. */
function hum(seconds) {
  const rate = 8000;
  const sound = Buffer.from(Uint8Array.from({ length: rate * seconds }, (_, at) => 128 + 20 * Math.sin((at * 2 * Math.PI * 220) / rate)));
  const head = Buffer.alloc(44);
  head.write('RIFF', 0, 'latin1');
  head.writeUInt32LE(36 + sound.length, 4);
  head.write('WAVEfmt ', 8, 'latin1');
  head.writeUInt32LE(16, 16);
  // PCM, one channel, a byte a sample.
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(rate, 24);
  head.writeUInt32LE(rate, 28);
  head.writeUInt16LE(1, 32);
  head.writeUInt16LE(8, 34);
  head.write('data', 36, 'latin1');
  head.writeUInt32LE(sound.length, 40);
  return Buffer.concat([head, sound]);
}

let browser, served;
before(async () => {
  browser = await launch();
  const wall = (slug, subjects) =>
    bare(slug, [], {
      kind: 'tagging',
      rules: { screen: 'grid', questions: [{ id: 'fate', choices: Object.entries(LABELS).map(([id, label]) => ({ id, label })) }] },
      rule: { rule: 'equal', answers: 50, at_most: 50 },
      subjects,
    });
  const pair = { type: 'image_pair', before: 'before.png', after: 'after.png', before_label: SPRING, after_label: AUTUMN };
  const sounds = ['one', 'two', 'three'].map((id) => ({ type: 'audio', file: `${id}.wav`, id, alt: `Sound ${id}` }));
  served = await made(
    {
      'before.png': gradient({ width: 400, height: 300 }),
      'after.png': gradient({ width: 300, height: 400 }),
      'one.wav': hum(40),
      'two.wav': hum(50),
      'three.wav': hum(60),
    },
    wall('pairs', ['a', 'b', 'c', 'd', 'e', 'f'].map((id) => ({ ...pair, id }))),
    wall('sounds', sounds),
    wall('noted', ['a', 'b'].map((id) => ({ ...pair, id, note: 'A felled wood' }))),
    wall('both', [...sounds, ...['a', 'b', 'c'].map((id) => ({ ...pair, id }))]),
  );
});
after(async () => {
  await browser?.close();
  await served?.clear();
});

const tile = (who, at) => who.page.getByRole('button', { name: new RegExp(`^Picture ${at}: `) });
const is = (who, at, state) => who.page.getByRole('button', { name: `Picture ${at}: ${state}`, exact: true }).waitFor();
const brush = (who, name) => who.page.getByRole('radiogroup', { name: 'Paint with' }).getByRole('radio', { name, exact: true });
const middle = async (locator) => {
  const { x, y, width, height } = await locator.boundingBox();
  return [x + width / 2, y + height / 2];
};

/** Sends a wall; it is stored as it was painted, tile by tile. */
async function gives(who, choices) {
  const tasks = who.tasks.slice(0, choices.length).map(({ id }) => id);
  await who.use(who.key('Send'));
  await who.until(() => who.sent.size >= choices.length, 'an answer for each tile');
  const stored = await who.stored(choices.length);
  const said = tasks.map((id) => stored.find(({ task }) => task === id)?.value);
  assert.deepEqual(said, choices.map((choice) => ({ choices: [choice] })));
}

/** Both halves of each tile that has them: where, and what picture lies in each. */
function halves(page) {
  return page.evaluate(() =>
    [...document.querySelectorAll('.tile')].map((tile) => {
      const rect = (e) => (({ left, top, right, bottom }) => ({ left, top, right, bottom }))(e.getBoundingClientRect());
      const each = [...tile.querySelectorAll('.still-half')].map((half) => {
        const image = half.querySelector('img');
        return {
          room: rect(half),
          seen: rect(image),
          came: image.complete && image.naturalWidth > 0,
          path: new URL(image.src).pathname,
          label: half.querySelector('.pane-label').textContent,
        };
      });
      return { tile: rect(tile), each };
    }),
  );
}

const inside = (inner, outer, by = 1) =>
  inner.left >= outer.left - by && inner.top >= outer.top - by && inner.right <= outer.right + by && inner.bottom <= outer.bottom + by;

describe('pairs on a wall', () => {
  test('are seen with both their pictures', { timeout: 60_000 }, async () => {
    const finger = await Fingers.open(browser, served, 'pairs', { reducedMotion: 'reduce' });
    await tile(finger, 6).waitFor();
    await finger.page.waitForFunction(() => [...document.querySelectorAll('.tile img')].every((image) => image.complete && image.naturalWidth));
    const all = await halves(finger.page);
    assert.equal(all.length, 6);
    for (const [at, { tile, each }] of all.entries()) {
      const { subject } = finger.tasks[at];
      const urls = [subject.before, subject.after].map(({ picture }) => picture.sources.map(({ url }) => url));
      assert.deepEqual(each.map(({ label }) => label), [SPRING, AUTUMN]);
      each.forEach(({ path, came, room }, i) => {
        assert.ok(came && urls[i].includes(path), `picture ${i + 1} of tile ${at + 1} is ${path}`);
        assert.ok(inside(room, tile), 'it lies in its tile');
        assert.ok(room.right - room.left > 0.4 * (tile.right - tile.left) && room.bottom - room.top > 0.9 * (tile.bottom - tile.top));
      });
      assert.ok(each[0].room.right <= each[1].room.left, 'and the first is not under the second');
      // What is really seen: more red to the right, more green below, in the one and in the other.
      const places = each.flatMap(({ room: { left, top, right, bottom } }) =>
        [[0.25, 0.5], [0.75, 0.5], [0.75, 0.85]].map(([x, y]) => [left + (right - left) * x, top + (bottom - top) * y]));
      const seen = await colours(finger.page, places);
      for (const [one, two, three] of [seen.slice(0, 3), seen.slice(3)]) {
        assert.ok(two[0] > one[0] + 20 && three[1] > two[1] + 20, JSON.stringify(seen));
        for (const [, , blue] of [one, two, three]) assert.ok(Math.abs(blue - 128) < 12, JSON.stringify(seen));
      }
    }
    await finger.leave();
  });

  test('are painted and stored', { timeout: 60_000 }, async () => {
    const finger = await Fingers.open(browser, served, 'pairs', { reducedMotion: 'reduce' });
    await tile(finger, 6).waitFor();
    await brush(finger, LABELS.kept).tap();
    await tile(finger, 1).tap();
    await is(finger, 1, LABELS.kept);
    await brush(finger, LABELS.lost).tap();
    await draw(finger.device, [await middle(tile(finger, 2)), await middle(tile(finger, 4)), await middle(tile(finger, 3))]);
    for (const at of [2, 3, 4]) await is(finger, at, LABELS.lost);
    await tile(finger, 5).tap();
    await brush(finger, LABELS.kept).tap();
    await tile(finger, 6).tap();
    await gives(finger, ['kept', 'lost', 'lost', 'lost', 'lost', 'kept']);
    await finger.leave();
  });

  test('fill their halves when they are turned', { timeout: 60_000 }, async () => {
    const finger = await Fingers.open(browser, served, 'pairs', { reducedMotion: 'reduce' });
    await tile(finger, 6).waitFor();
    await finger.use(finger.key('Light and turn'));
    for (const name of ['Turn right', 'Upside down', 'Turn left']) {
      await finger.use(finger.key(name));
      for (const { each } of await halves(finger.page)) {
        for (const { room, seen } of each) {
          assert.ok(inside(room, seen, 2), `${name}: the half is not filled: ${JSON.stringify([room, seen])}`);
          // What reaches beyond it would be cut away.
          assert.ok(inside(seen, room, 2), `${name}: a part of the picture is cut away: ${JSON.stringify([room, seen])}`);
        }
      }
    }
    await finger.leave();
  });
});

/** Waits until just these tiles' sounds play, and go on. */
async function play(who, ...tiles) {
  await who.page.waitForFunction((tiles) => {
    const all = [...document.querySelectorAll('.tile-box')].map((box) => box.querySelector('video'));
    return all.every((media, at) => !media || (tiles.includes(at + 1) ? !media.paused && media.currentTime > 0.05 : media.paused));
  }, tiles);
}
const duration = (who, at) => who.page.evaluate((at) => document.querySelectorAll('.tile-box')[at - 1].querySelector('video').duration, at);

describe('sounds on a wall', () => {
  test('play one at a time, and playing is not painting', { timeout: 60_000 }, async () => {
    const finger = await Fingers.open(browser, served, 'sounds', { reducedMotion: 'reduce' });
    await tile(finger, 3).waitFor();
    await play(finger);
    await finger.use(finger.key('Play 1'));
    await play(finger, 1);
    await finger.key('Stop 1').waitFor();
    await finger.use(finger.key('Play 3'));
    await play(finger, 3);
    await finger.key('Play 1').waitFor();
    // Each its own sound.
    for (const at of [1, 3]) {
      const length = { one: 40, two: 50, three: 60 }[finger.tasks[at - 1].subject.alt.split(' ')[1]];
      assert.ok(Math.abs((await duration(finger, at)) - length) < 0.5, `tile ${at} plays ${length} seconds`);
    }
    for (const at of [1, 2, 3]) await is(finger, at, 'no answer yet');
    await finger.use(finger.key('Stop 3'));
    await play(finger);
    await finger.key('Play 3').waitFor();
    for (const at of [1, 2, 3]) await is(finger, at, 'no answer yet');
    await finger.leave();
  });

  test('are painted while one plays, and played on what is painted', { timeout: 60_000 }, async () => {
    const finger = await Fingers.open(browser, served, 'sounds', { reducedMotion: 'reduce' });
    await tile(finger, 3).waitFor();
    await finger.use(finger.key('Play 2'));
    await play(finger, 2);
    await brush(finger, LABELS.lost).tap();
    await draw(finger.device, [await middle(tile(finger, 1)), await middle(tile(finger, 2))]);
    for (const at of [1, 2]) await is(finger, at, LABELS.lost);
    await play(finger, 2);
    await brush(finger, LABELS.kept).tap();
    await tile(finger, 3).tap();
    await is(finger, 3, LABELS.kept);
    // Its key lies on the tile, above what says how it is painted, and wipes nothing off.
    await finger.use(finger.key('Play 3'));
    await play(finger, 3);
    await is(finger, 3, LABELS.kept);
    await gives(finger, ['lost', 'lost', 'kept']);
    await finger.leave();
  });

  test('are played and painted by key', { timeout: 60_000 }, async () => {
    const hands = await Hands.open(browser, served, 'sounds');
    await hands.use(hands.key('Play 1'));
    await play(hands, 1);
    await hands.use(hands.key('Play 2'), 'Space');
    await play(hands, 2);
    await hands.use(hands.key('Stop 2'));
    await play(hands);
    for (const at of [1, 2, 3]) await is(hands, at, 'no answer yet');
    for (const [at, number] of ['2', '1', '2'].entries()) {
      await hands.press(number);
      await hands.use(tile(hands, at + 1));
    }
    await gives(hands, ['lost', 'kept', 'lost']);
    assert.equal(await hands.page.evaluate(() => window.pointed), 0);
    await hands.leave();
  });
});

describe('content notes on a wall', () => {
  test('cover each tile, not the wall, and one tap shows one', { timeout: 60_000 }, async () => {
    const finger = await Fingers.open(browser, served, 'noted', { reducedMotion: 'reduce' });
    await tile(finger, 2).waitFor();
    for (const at of [1, 2]) await is(finger, at, 'covered');
    assert.equal(await finger.page.getByText('Not for every day').count(), 0);
    await tile(finger, 1).tap();
    await is(finger, 1, 'no answer yet');
    await tile(finger, 1).tap();
    await is(finger, 1, LABELS.kept);
    // The other is left to others, and stays unseen.
    await brush(finger, 'Skip').tap();
    await tile(finger, 2).tap();
    await is(finger, 2, 'Skip');
    assert.equal(await finger.page.locator('.tile.veiled').count(), 1);
    const tasks = finger.tasks.map(({ id }) => id);
    await finger.use(finger.key('Send'));
    await finger.until(() => finger.sent.size >= 2, 'an answer for each tile');
    const stored = await finger.stored(2);
    const said = tasks.map((id) => stored.find(({ task }) => task === id)).map(({ value, outcome }) => value?.choices[0] ?? outcome);
    assert.deepEqual(said, ['kept', 'skipped']);
    await finger.leave();
  });
});

describe('axe finds nothing', () => {
  test('on a wall of pairs and sounds', { timeout: 60_000 }, async () => {
    const finger = await Fingers.open(browser, served, 'both', { reducedMotion: 'reduce' });
    await tile(finger, 6).waitFor();
    const found = await looked(finger.page, 'bare');
    const sound = finger.tasks.findIndex(({ subject }) => subject.type === 'audio') + 1;
    await finger.use(finger.key(`Play ${sound}`));
    await play(finger, sound);
    for (const [at, name] of [LABELS.kept, LABELS.lost, LABELS.kept, LABELS.lost].entries()) {
      await brush(finger, name).tap();
      await tile(finger, at + 1).tap();
    }
    found.push(...(await looked(finger.page, 'painted, while a sound plays')));
    await finger.use(finger.key('Light and turn'));
    found.push(...(await looked(finger.page, 'with light and turn')));
    assert.deepEqual(found, []);
    await finger.leave();
  });
});
