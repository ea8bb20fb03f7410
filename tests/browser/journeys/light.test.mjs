// Light and turn for a word in its strip and for the pictures on a wall: by finger and by key, and what they
// leave alone.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { after, before, describe, test } from 'node:test';
import { bare } from '../lib/bare.mjs';
import { launch } from '../lib/driver.mjs';
import { drives } from '../lib/drives.mjs';
import { Fingers } from '../lib/fingers.mjs';
import { Hands } from '../lib/keyboard.mjs';
import { made } from '../lib/made.mjs';
import { looked, phone } from '../lib/phone.mjs';
import { Volunteer } from '../lib/volunteer.mjs';

const OPEN = 'Light and turn';
/** What each key does to a picture that is shown as it came. */
const WAYS = {
  Brighter: { filter: 'brightness(1.5)' },
  Darker: { filter: 'brightness(0.6)' },
  Contrast: { filter: 'contrast(1.8)' },
  Invert: { filter: 'invert(1)' },
  'Turn right': { rotate: '90deg' },
  'Upside down': { rotate: '180deg' },
  'Turn left': { rotate: '270deg' },
};
const PLAIN = { filter: 'none', rotate: 'none' };

let browser, samples, noted;
before(async () => {
  browser = await launch();
  samples = await drives('seemuende', 'flood-damage');
  const house = await readFile(fileURLToPath(new URL('../../../sample/flood-damage/house-01.jpg', import.meta.url)));
  const choices = [{ id: 'wet', label: 'Wet' }, { id: 'dry', label: 'Dry' }];
  noted = await made(
    { 'house.jpg': house },
    bare('noted', [], {
      kind: 'tagging',
      rules: { screen: 'grid', questions: [{ id: 'damage', choices }] },
      subjects: ['one', 'two', 'three'].map((id) => ({ type: 'image', file: 'house.jpg', id, ...(id === 'two' && { note: 'A drowned cat' }) })),
    }),
  );
});
after(async () => {
  await browser?.close();
  await samples?.clear();
  await noted?.clear();
});

/** Where a picture's light and its turn are seen. */
const STRIP = { lit: '.strip-picture', turned: '.strip' };
const TILE = { lit: '.tile:not(.veiled) .still-picture', turned: '.tile .still-picture' };

/** How all those pictures are shown; they are shown alike. */
async function shown(page, where) {
  const all = await page.evaluate(({ lit, turned }) => {
    const each = (selector, name) => [...document.querySelectorAll(selector)].map((e) => getComputedStyle(e)[name]);
    return { filter: each(lit, 'filter'), rotate: each(turned, 'rotate') };
  }, where);
  return Object.fromEntries(
    Object.entries(all).map(([name, values]) => {
      assert.ok(values.length > 0, 'there is a picture');
      assert.equal(new Set(values).size, 1, `${name}: ${values}`);
      return [name, values[0]];
    }),
  );
}

const way = (page, name) => page.getByRole('button', { name, exact: true });
const pressed = async (page) => {
  const is = await Promise.all(Object.keys(WAYS).map(async (name) => [name, await way(page, name).getAttribute('aria-pressed')]));
  return is.filter(([, on]) => on === 'true').map(([name]) => name);
};

/** Goes through all keys of the row with `use`, and tells that each does what it says, and Reset undoes it all. */
async function through(page, where, use) {
  const is = async (more, names) => {
    assert.deepEqual(await shown(page, where), { ...PLAIN, ...more });
    assert.deepEqual(await pressed(page), names);
  };
  await is({}, []);
  for (const [name, more] of Object.entries(WAYS)) {
    await use(name);
    await is(more, [name]);
    // The same key again takes it back.
    await use(name);
    await is({}, []);
  }
  await use('Brighter');
  await use('Contrast');
  await is({ filter: 'brightness(1.5) contrast(1.8)' }, ['Brighter', 'Contrast']);
  await use('Darker');
  await is({ filter: 'brightness(0.6) contrast(1.8)' }, ['Darker', 'Contrast']);
  await use('Brighter');
  await use('Invert');
  await is({ filter: 'invert(1) brightness(1.5) contrast(1.8)' }, ['Brighter', 'Contrast', 'Invert']);
  const lit = { filter: 'invert(1) brightness(1.5) contrast(1.8)' };
  for (const name of ['Turn right', 'Upside down', 'Turn left', 'Turn right']) {
    await use(name);
    await is({ ...lit, ...WAYS[name] }, ['Brighter', 'Contrast', 'Invert', name]);
  }
  await use('Reset');
  await is({}, []);
}

/** Someone at the newspaper whose field tells when it loses the focus. */
async function reader() {
  const me = await Volunteer.open(await phone(browser, { reducedMotion: 'reduce' }), samples.url, 'seemuende');
  await me.warmUp();
  await me.s.field.focus();
  await me.s.field.evaluate((field) => {
    window.left = 0;
    field.addEventListener('blur', () => (window.left += 1));
  });
  return me;
}

describe('a word in its strip', () => {
  test('by finger, while it is typed', { timeout: 60_000 }, async () => {
    const me = await reader();
    const { page } = me;
    const task = me.task;
    await me.type('Wo');
    assert.ok(!(await way(page, 'Brighter').isVisible()), 'the row is shut at first');
    await way(page, OPEN).tap();
    await way(page, 'Brighter').waitFor();
    await through(page, STRIP, (name) => way(page, name).tap());

    const lies = (turned) =>
      page.waitForFunction((turned) => {
        const [word, room] = ['.strip-mark', '.slip'].map((e) => document.querySelector(e).getBoundingClientRect());
        const [x, y] = [word.x + word.width / 2, word.y + word.height / 2];
        // The picture is a whole line; the word may be a single letter.
        const line = document.querySelector('.strip-picture img').getBoundingClientRect();
        return line.height > line.width === turned && x > room.left && x < room.right && y > room.top && y < room.bottom;
      }, turned);
    await lies(false);
    await way(page, 'Turn right').tap();
    // On its side the word is led back into sight.
    await lies(true);
    await way(page, OPEN).tap();
    await way(page, 'Brighter').waitFor({ state: 'hidden' });
    assert.equal((await shown(page, STRIP)).rotate, '90deg', 'it stays with the row shut');

    assert.equal(await page.evaluate(() => window.left), 0, 'the field never lost the focus');
    assert.ok(await me.s.field.evaluate((field) => field === document.activeElement));
    await page.keyboard.insertText('rt');
    await page.keyboard.press('Enter');
    await me.moved();
    let stored = [];
    await me.until(async () => {
      stored = (await samples.answers('seemuende')).filter((answer) => me.sent.has(answer.id));
      return stored.length > 0;
    }, 'an answer that is stored');
    assert.deepEqual(stored.map(({ task, value }) => [task, value]), [[task.id, { text: 'Wort' }]]);
    me.device.clean();
    await me.device.close();
  });

  test('by key', { timeout: 60_000 }, async () => {
    const hands = await Hands.open(browser, samples, 'seemuende');
    const field = hands.page.getByRole('textbox', { name: 'Type what you see' });
    const type = async (text) => {
      await hands.reach(field);
      await hands.page.keyboard.insertText(text);
      await hands.press('Enter');
    };
    await hands.practise(({ text }) => type(text));
    await hands.use(hands.key(OPEN));
    await through(hands.page, STRIP, (name) => hands.use(way(hands.page, name)));
    await hands.use(way(hands.page, 'Darker'));
    const { id } = hands.tasks[0];
    await type('Wort');
    const [answer] = await hands.done();
    assert.deepEqual([answer.task, answer.value], [id, { text: 'Wort' }]);
    assert.deepEqual(await shown(hands.page, STRIP), { ...PLAIN, ...WAYS.Darker }, 'the next word is shown so too');
    await hands.leave();
  });

  test('has no fault that axe knows with the row open', { timeout: 60_000 }, async () => {
    const me = await reader();
    await way(me.page, OPEN).tap();
    const found = await looked(me.page, 'nothing chosen');
    await way(me.page, 'Invert').tap();
    await way(me.page, 'Upside down').tap();
    found.push(...(await looked(me.page, 'inverted and upside down')));
    assert.deepEqual(found, []);
    me.device.clean();
    await me.device.close();
  });
});

const brush = (who, name) => who.page.getByRole('radiogroup', { name: 'Paint with' }).getByRole('radio', { name, exact: true });
const tile = (who, at) => who.page.getByRole('button', { name: new RegExp(`^Picture ${at}: `) });

describe('the wall of six', () => {
  test('by finger', { timeout: 60_000 }, async () => {
    const finger = await Fingers.open(browser, samples, 'flood-damage', { reducedMotion: 'reduce' });
    await finger.pass();
    await tile(finger, 6).waitFor();
    await finger.use(finger.key(OPEN));
    await through(finger.page, TILE, (name) => way(finger.page, name).tap());
    await way(finger.page, 'Darker').tap();
    await way(finger.page, 'Turn left').tap();
    const bare = await finger.page.evaluate(() =>
      [...document.querySelectorAll('.tile')].filter((tile) => {
        const [room, picture] = [tile, tile.querySelector('.still-picture')].map((e) => e.getBoundingClientRect());
        // Give or take the tile's own line.
        return ['left', 'top', 'right', 'bottom'].some((edge) => Math.abs(room[edge] - picture[edge]) > 4);
      }).length);
    assert.equal(bare, 0, 'tiles that a turned picture does not fill');
    const answers = ['severe', 'mild', 'none', 'mild', 'none', 'severe'];
    const label = { severe: 'Severe', mild: 'Mild', none: 'None' };
    const tasks = finger.tasks.slice(0, 6).map(({ id }) => id);
    for (const [at, choice] of answers.entries()) {
      await brush(finger, label[choice]).tap();
      await tile(finger, at + 1).tap();
      await finger.page.getByRole('button', { name: `Picture ${at + 1}: ${label[choice]}`, exact: true }).waitFor();
    }
    await finger.use(finger.key('Send'));
    // Practice is sent too, and does not count here.
    const stored = await finger.stored(answers.length);
    const said = tasks.map((id) => stored.find(({ task }) => task === id)?.value);
    assert.deepEqual(said, answers.map((choice) => ({ choices: [choice] })));
    await finger.leave();
  });

  test('by key', { timeout: 60_000 }, async () => {
    const hands = await Hands.open(browser, samples, 'flood-damage');
    await hands.use(hands.key(OPEN));
    await through(hands.page, TILE, (name) => hands.use(way(hands.page, name)));
    assert.equal(await hands.page.evaluate(() => window.pointed), 0);
    await hands.leave();
  });

  test('leaves a content note its blur', { timeout: 60_000 }, async () => {
    const finger = await Fingers.open(browser, noted, 'noted', { reducedMotion: 'reduce' });
    const at = finger.tasks.findIndex(({ note }) => note) + 1;
    await finger.page.getByRole('button', { name: `Picture ${at}: covered`, exact: true }).waitFor();
    const filters = () => finger.page.evaluate(() => [...document.querySelectorAll('.tile .still-picture')].map((e) => getComputedStyle(e).filter));
    const blurs = async (others, when) => {
      const all = await filters();
      assert.equal(all.length, 3);
      all.forEach((filter, i) => {
        if (i + 1 === at) assert.match(filter, /^blur\(18px\)/, `the covered one, ${when}`);
        else assert.equal(filter, others, `another one, ${when}`);
      });
    };
    await blurs('none', 'nothing chosen');
    await finger.use(finger.key(OPEN));
    for (const [name, { filter = 'none' }] of Object.entries(WAYS)) {
      await way(finger.page, name).tap();
      await blurs(filter, name);
      await way(finger.page, 'Reset').tap();
    }
    for (const name of ['Contrast', 'Invert', 'Brighter', 'Turn left']) await way(finger.page, name).tap();
    await blurs('invert(1) brightness(1.5) contrast(1.8)', 'all together');
    // Once it was asked for it is shown like the others.
    await tile(finger, at).tap();
    await finger.page.getByRole('button', { name: `Picture ${at}: no answer yet`, exact: true }).waitFor();
    assert.deepEqual(await filters(), Array(3).fill('invert(1) brightness(1.5) contrast(1.8)'));
    await finger.leave();
  });
});
