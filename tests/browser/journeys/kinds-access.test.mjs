// Every drive for those who see little or hear the screen: no fault that axe knows, light and
// dark, and names for all that there is.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { bare } from '../lib/bare.mjs';
import { launch } from '../lib/driver.mjs';
import { drives, written } from '../lib/drives.mjs';
import { made } from '../lib/made.mjs';
import { looked, phone } from '../lib/phone.mjs';
import { gradient } from '../lib/png.mjs';
import { Seat } from '../lib/seat.mjs';
import { tree } from '../lib/tree.mjs';

const TAGGING = [
  'seemuende-same', 'flood-damage', 'shelter-photos', 'forest-pairs', 'rumour-desk', 'dawn-chorus', 'quiet-villages',
];
const DRAWING = ['storm-roofs', 'harbour-panorama', 'steppe-cameras', 'fire-watch', 'after-the-storm'];
const TYPING = ['council-expenses', 'fair-receipts', 'market-photos', 'sms-translations', 'seemuende-lines'];
let browser;
let served;
before(async () => {
  browser = await launch();
  served = await drives(...TAGGING, ...DRAWING, ...TYPING);
});
after(async () => {
  await browser?.close();
  await served?.clear();
});

/** A volunteer with a phone whose every screen is looked at. */
class Looked extends Seat {
  found = [];

  /** Has a clock that can be put forward. */
  async arrive() {
    await this.page.addInitScript(() => {
      const now = performance.now.bind(performance);
      window.later = 0;
      performance.now = () => now() + window.later;
    });
    await super.arrive();
  }

  async look(where) {
    this.found.push(...(await looked(this.page, `${this.slug}, ${where}`)));
  }

  /** Does something on a screen with room for two pages. */
  async wide(work) {
    const narrow = this.page.viewportSize();
    await this.page.setViewportSize({ width: 1280, height: 800 });
    await this.page.locator('.drive-about').waitFor();
    await work();
    await this.page.setViewportSize(narrow);
  }

  /** Works for longer than a round is, and comes to the still screen. */
  async rest() {
    await this.page.evaluate(() => (window.later += 200_000));
    await this.broken();
    await this.key('Again').waitFor();
  }

  /** Is told what the first warm-up's right answer is; goes on to the second. */
  async miss(told) {
    await this.broken();
    await this.page.getByText(/^Here it is|Tap Send to go on\.$/).filter({ visible: true }).first().waitFor();
    await told();
    // A press that follows the last one in no time is the rest of it: this volunteer reads first.
    await this.page.waitForTimeout(700);
    await this.use((await this.key('Go on').isVisible()) ? this.key('Go on') : this.key('Send'));
  }

  /** Says that what is on the screen cannot be used. */
  async broken() {
    const brush = this.page.getByRole('radio', { name: 'Broken', exact: true });
    if (await brush.isVisible()) {
      await brush.tap();
      await this.key('All of these').tap();
      await this.key('Send').tap();
    } else {
      if (await this.key('Show it').isVisible()) await this.key('Show it').tap();
      await this.key(/^(Broken|Bad picture|Bad crop)$/).tap();
    }
  }

  /** Taps the stage at shares of its width and height. */
  async touch(...places) {
    const box = await this.page.getByRole('application', { name: 'Drawing stage' }).boundingBox();
    for (const [x, y] of places) await this.page.touchscreen.tap(box.x + box.width * x, box.y + box.height * y);
  }
}

/** What is particular to a drive. */
const MORE = {
  'rumour-desk': async (seat) => {
    await seat.page.getByRole('radio', { name: 'False', exact: true }).tap();
    await seat.key('Send').tap();
    await seat.page.getByText('Say in a few words why.').waitFor();
    await seat.look('a reason that is missing');
  },
  'shelter-photos': async (seat) => {
    await seat.page.getByRole('radio', { name: 'In tents', exact: true }).tap();
    await seat.page.getByRole('radio', { name: 'Two or three', exact: true }).tap();
    await seat.look('a tree that has opened');
    await seat.page.getByRole('radio', { name: 'In a building', exact: true }).tap();
    await seat.page.getByRole('radio', { name: 'A house or a barn', exact: true }).tap();
    await seat.page.getByRole('radio', { name: 'A barn', exact: true }).tap();
    await seat.look('a level further down');
  },
  'flood-damage': async (seat) => {
    for (const name of ['Severe', 'Mild', 'None']) {
      await seat.page.getByRole('radio', { name, exact: true }).tap();
      await seat.page.getByRole('button', { name: /no answer yet$/ }).first().tap();
    }
    await seat.key('Send').tap();
    await seat.page.getByText('3 pictures have no answer yet.').waitFor();
    await seat.look('a wall that is half painted');
  },
  'forest-pairs': async (seat) => {
    await seat.key('Swipe line').tap();
    await seat.look('the swipe line');
    await seat.key('Brightness').tap();
    await seat.look('the brightness');
    await seat.key('One at a time').tap();
    await seat.look('one at a time');
  },
  'dawn-chorus': async (seat) => {
    await seat.page.getByRole('radio', { name: 'Yes', exact: true }).tap();
    await seat.page.getByRole('checkbox', { name: 'Owl', exact: true }).tap();
    await seat.look('a bird that was heard');
  },
  'quiet-villages': async (seat) => {
    const cover = seat.page.getByRole('heading', { name: 'Not for every day' });
    for (let count = 0; !(await cover.isVisible()); count++) {
      assert.ok(count < 20, 'no tile had a note');
      await seat.key('Skip').tap();
      await seat.until(() => seat.sent.size > count, 'an answer that was taken');
    }
    await seat.look('the cover note');
  },
  'storm-roofs': async (seat) => {
    await seat.touch([0.4, 0.45], [0.6, 0.55]);
    await seat.page.getByRole('button', { name: 'List of marks, 2' }).waitFor();
    await seat.look('a mark that is chosen');
    await seat.page.getByRole('button', { name: 'List of marks, 2' }).tap();
    await seat.key('Choose').first().tap();
    await seat.look('the list of marks');
    await seat.page.keyboard.press('Escape');
  },
  'harbour-panorama': async (seat) => {
    await seat.page.getByRole('button', { name: 'Garden, Polygon' }).or(seat.page.getByRole('button', { name: /^Garden/ })).first().tap();
    await seat.touch([0.3, 0.4], [0.6, 0.4], [0.5, 0.6]);
    await seat.look('an outline that is not closed');
    await seat.key('Close').tap();
    await seat.page.getByRole('button', { name: 'List of marks, 1' }).waitFor();
    await seat.look('an outline that is chosen');
    await seat.key('List of marks, 1').tap();
    await seat.key('Choose').tap();
    await seat.key('Next corner').tap();
    await seat.look('the corners of an outline in the list');
    await seat.page.keyboard.press('Escape');
    await seat.key('Brightness').tap();
    await seat.look('the brightness of a stage');
    await seat.key('Brightness').tap();
    await seat.key('List of marks, 1').tap();
    await seat.key('Delete').tap();
    await seat.page.keyboard.press('Escape');
    await seat.page.getByRole('button', { name: /^Garden/ }).tap();
    await seat.touch([0.3, 0.4], [0.6, 0.6], [0.6, 0.4], [0.3, 0.6]);
    await seat.key('Close').tap();
    await seat.page.getByText('This outline crosses itself.').first().waitFor();
    await seat.look('an outline that crosses itself');
  },
  'fire-watch': async (seat) => {
    await seat.touch([0.5, 0.5]);
    await seat.look('a mark that is begun');
    await seat.key('Undo').tap();
    await seat.key('Fire, Point').tap();
    await seat.touch([0.5, 0.5]);
    await seat.page.getByRole('radio', { name: 'Woods', exact: true }).tap();
    await seat.look('the questions about a mark');
    await seat.key('Done').tap();
  },
  'steppe-cameras': async (seat) => {
    await seat.page.getByRole('radio').first().tap();
    await seat.look('a survey that has begun');
    await seat.page.getByRole('checkbox', { name: 'Wild horse', exact: true }).tap();
    const calm = (checked) => seat.page.getByRole('radio', { name: 'All calm', exact: true, checked });
    await calm(false).tap();
    await seat.key('Undo').tap();
    await calm(false).waitFor();
    await seat.look('the ways back from a question');
    await seat.key('Redo').tap();
    await calm(true).waitFor();
    await seat.key('Next').tap();
    await seat.page.getByRole('button', { name: 'Animal, Box' }).waitFor();
    await seat.look('the stage after a survey');
  },
  'council-expenses': async (seat) => {
    await seat.page.getByRole('textbox', { name: 'Date' }).fill('yesterday');
    await seat.key('Send').tap();
    await seat.page.waitForFunction(() => document.querySelector('[aria-invalid="true"]'));
    await seat.look('a form with faults');
  },
};

describe('axe finds nothing', () => {
  for (const slug of [...TAGGING, ...DRAWING, ...TYPING]) {
    test(slug, { timeout: 90_000 }, async () => {
      const seat = await Looked.open(browser, served, slug, { reducedMotion: 'reduce' });
      await seat.look('a warm-up');
      if (slug === 'sms-translations') {
        // No translation is a miss: the known one stands above the next.
        await seat.broken();
        await seat.warmUp(2);
        await seat.look('a translation that is known');
      } else {
        await seat.miss(() => seat.look('a warm-up that was missed'));
      }
      await seat.pass(2);
      await seat.look('a task');
      await seat.wide(() => seat.look('a task beside what the drive is for'));
      await seat.page.getByRole('button', { name: 'Help', exact: true }).first().tap();
      await seat.page.getByRole('dialog', { name: 'Help' }).waitFor();
      await seat.look('the help');
      await seat.page.keyboard.press('Escape');
      await seat.page.getByRole('dialog', { name: 'Help' }).waitFor({ state: 'hidden' });
      await MORE[slug]?.(seat);
      await seat.rest();
      await seat.look('the still screen');
      assert.deepEqual(seat.found, []);
      await seat.leave();
    });
  }
});

describe('axe finds nothing around the drives', () => {
  test('the list of all drives', { timeout: 60_000 }, async () => {
    const device = await phone(browser, { reducedMotion: 'reduce' });
    await device.page.goto(served.url);
    await device.page.getByRole('listitem').nth(15).waitFor();
    assert.deepEqual(await looked(device.page, 'the list of drives'), []);
    device.clean();
    await device.close();
  });

  test('a drive with nothing left to do', { timeout: 60_000 }, async () => {
    const seat = await Looked.open(browser, served, 'after-the-storm', { reducedMotion: 'reduce' });
    await seat.pass();
    const task = seat.page.locator('[data-scene="task"]');
    for (let at = 0; await task.isVisible(); at++) {
      assert.ok(at < 40, 'there always was another task');
      await seat.skip();
      await seat.allSent();
    }
    await seat.page.locator('[data-scene="halted"]').waitFor();
    await seat.look('nothing left to do');
    assert.deepEqual(seat.found, []);
    await seat.leave();
  });
});

describe('axe finds nothing on screens that no drive has', () => {
  let own;
  before(async () => {
    const choices = [{ id: 'dark', label: 'Dark' }, { id: 'light', label: 'Light' }];
    const typing = { kind: 'typing', rules: { unit: 'line', prefill: 'ocr', shorthand: [['ae', 'æ']], characters: ['ſ'] } };
    const card = { kind: 'tagging', rules: { screen: 'card', questions: [{ id: 'light', choices }] } };
    const prefilled = { type: 'image', file: 'field.png', prefill: { text: 'The machine reads this' } };
    own = await made(
      { 'field.png': gradient({ width: 320, height: 240 }) },
      bare('prefilled', [], { ...typing, subjects: [prefilled, { ...prefilled, id: 'again' }] }),
      bare('cards', ['field.png'], card),
    );
  });
  after(() => own?.clear());

  test('a reading of a machine', { timeout: 60_000 }, async () => {
    const seat = await Looked.open(browser, own, 'prefilled', { reducedMotion: 'reduce' });
    await seat.key('It is right').waitFor();
    await seat.look('untouched');
    await seat.page.getByRole('textbox').fill('The machine read this');
    await seat.key('It is right').waitFor({ state: 'hidden' });
    await seat.look('mended');
    await seat.key('Send').tap();
    await seat.page.getByText('The machine read ').waitFor();
    await seat.look('told what was changed');
    assert.deepEqual(seat.found, []);
    await seat.leave();
  });

  test('a closer look', { timeout: 60_000 }, async () => {
    const seat = await Looked.open(browser, own, 'cards', { reducedMotion: 'reduce' });
    await seat.key('Look closer').tap();
    await seat.page.getByRole('dialog', { name: 'A closer look' }).waitFor();
    await seat.look('a closer look');
    assert.deepEqual(seat.found, []);
    await seat.leave();
  });
});

describe('a screen reader is told', () => {
  for (const slug of TAGGING) {
    test(`each choice by its label: ${slug}`, { timeout: 60_000 }, async () => {
      const seat = await Seat.open(browser, served, slug);
      const [question] = (await written(slug)).rules.questions;
      const there = (await tree(seat.device)).filter(({ role }) => ['radio', 'checkbox', 'button'].includes(role));
      for (const { label } of question.choices) {
        assert.ok(there.some(({ name }) => name === label), `${label} is not among ${there.map((n) => n.name).join(', ')}`);
      }
      if (slug !== 'seemuende-same') {
        const groups = (await tree(seat.device)).filter(({ role }) => role === 'radiogroup').map(({ name }) => name);
        assert.ok(groups.includes(slug === 'flood-damage' ? 'Paint with' : question.text), groups.join(', '));
      }
      await seat.leave();
    });
  }

  test('a chosen chip by its label alone, without the tick', { timeout: 60_000 }, async () => {
    const seat = await Looked.open(browser, served, 'council-expenses');
    await seat.pass();
    await seat.page.getByRole('radio', { name: 'By card' }).tap();
    const tick = await seat.page.evaluate(() => {
      const chip = document.querySelector('.chip:has(:checked) span');
      return getComputedStyle(chip, '::before').content;
    });
    assert.match(tick, /✓/, 'the tick is seen');
    const chosen = (await tree(seat.device)).filter(({ role, checked }) => role === 'radio' && checked === 'true');
    assert.deepEqual(chosen.map(({ name }) => name), ['By card']);
    await seat.leave();
  });

  test('how to draw, what is drawn, and that all is sent', { timeout: 60_000 }, async () => {
    const seat = await Looked.open(browser, served, 'harbour-panorama');
    await seat.pass();
    const stage = (await tree(seat.device)).find(({ name }) => name === 'Drawing stage');
    assert.equal(stage.role, 'application');
    assert.match(stage.description, /arrow keys move a cross.*Enter puts a point.*list of marks/is);
    await seat.touch([0.4, 0.4], [0.6, 0.6]);
    await seat.page.getByRole('button', { name: 'List of marks, 1' }).waitFor();
    let nodes = await tree(seat.device);
    assert.ok(nodes.some(({ role, live }) => role === 'status' && live === 'polite'));
    assert.ok(nodes.some(({ name }) => name === '1. Boat with a sail added'), 'the mark is not told');
    await seat.page.getByRole('button', { name: 'List of marks, 1' }).tap();
    await seat.page.getByRole('dialog', { name: 'Marks' }).waitFor();
    nodes = await tree(seat.device);
    const named = (role, name) => nodes.some((node) => node.role === role && name.test(node.name));
    assert.ok(named('dialog', /^Marks$/));
    assert.ok(nodes.some(({ name }) => /^1\. Boat with a sail$/.test(name)), 'the mark is not in the list');
    assert.ok(nodes.some(({ name }) => /^Box at \d+, \d+, \d+ by \d+$/.test(name)), 'its place is not told');
    for (const name of [/^Choose$/, /^Delete$/]) assert.ok(named('button', name), `${name}`);
    await seat.page.keyboard.press('Escape');
    await seat.key('Send').tap();
    await seat.until(() => seat.sent.size > 0, 'an answer that was taken');
    await seat.allSent();
    nodes = await tree(seat.device);
    const told = nodes.findIndex(({ name }) => name === 'All sent');
    assert.ok(told >= 0, 'it is not told that all is sent');
    assert.ok(nodes.slice(Math.max(0, told - 4), told).some(({ role, live }) => role === 'status' && live === 'polite'));
    await seat.leave();
  });
});
