// What was begun survives a reload in every kind, and what was given in a tunnel arrives once.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { launch } from '../lib/driver.mjs';
import { drives } from '../lib/drives.mjs';
import { Seat } from '../lib/seat.mjs';

let browser;
let served;
before(async () => {
  browser = await launch();
  served = await drives('shelter-photos', 'rumour-desk', 'harbour-panorama', 'storm-roofs', 'council-expenses', 'forest-pairs', 'flood-damage');
});
after(async () => {
  await browser?.close();
  await served?.clear();
});

/** A volunteer with a phone, past the warm-ups. */
class Traveller extends Seat {
  static async past(slug) {
    const seat = await Traveller.open(browser, served, slug);
    await seat.pass();
    await seat.allSent();
    return seat;
  }

  radio(name) {
    return this.page.getByRole('radio', { name, exact: true });
  }

  /** Taps the stage at shares of its width and height. */
  async touch(...places) {
    const box = await this.page.getByRole('application', { name: 'Drawing stage' }).boundingBox();
    for (const [x, y] of places) await this.page.touchscreen.tap(box.x + box.width * x, box.y + box.height * y);
  }

  /** Loads the page again, at once: what was begun is kept as the page goes. */
  async reload() {
    await this.page.reload();
    await this.real();
  }

  /** Waits until a task's pictures were fetched. */
  async has(subject) {
    const pictures = [subject, subject.before, subject.after].map((part) => part?.picture).filter(Boolean);
    const urls = pictures.map(({ sources }) => sources.map(({ url }) => url));
    await this.page.waitForFunction((urls) => {
      const loads = performance.getEntriesByType('resource').filter(({ responseEnd }) => responseEnd > 0);
      const there = new Set(loads.map(({ name }) => new URL(name).pathname));
      return urls.every((some) => some.some((url) => there.has(url)));
    }, urls, { polling: 50 });
  }
}

describe('a draft survives a reload', () => {
  test('an outline that is half drawn, beside a mark', { timeout: 90_000 }, async () => {
    const seat = await Traveller.past('harbour-panorama');
    await seat.touch([0.2, 0.3], [0.35, 0.4]);
    await seat.page.getByRole('button', { name: 'List of marks, 1' }).waitFor();
    await seat.page.getByRole('button', { name: /^Garden/ }).tap();
    await seat.touch([0.4, 0.4], [0.7, 0.4]);
    await seat.reload();
    await seat.page.getByRole('button', { name: 'List of marks, 1' }).waitFor();
    assert.equal(await seat.page.getByRole('button', { name: /^Garden/ }).getAttribute('aria-pressed'), 'true');
    await seat.touch([0.6, 0.6]);
    await seat.key('Close').tap();
    const marks = (count) => seat.page.getByRole('button', { name: `List of marks, ${count}` }).waitFor();
    await marks(2);
    // Steps from before the reload too.
    for (const [key, counts] of [['Undo', [1, 1, 1, 1, 0]], ['Redo', [1, 1, 1, 1, 2]]]) {
      for (const count of counts) {
        await seat.key(key).tap();
        await marks(count);
      }
    }
    await seat.key('Send').tap();
    const [answer] = await seat.stored();
    const [box, outline] = answer.value.shapes;
    assert.deepEqual([box.type, outline.type, outline.points.length], ['box', 'polygon', 3]);
    await seat.leave();
  });

  test('a form that is half filled in', { timeout: 90_000 }, async () => {
    const seat = await Traveller.past('council-expenses');
    const field = (name) => seat.page.getByRole('textbox', { name });
    const rows = seat.page.getByRole('group', { name: /^Bought \d/ });
    await field('Supplier').fill('Ropewalk');
    await rows.nth(0).getByRole('textbox', { name: /^What/ }).fill('Rope');
    await seat.key('Add a row').tap();
    // The new row takes the focus.
    await rows.nth(1).locator('input:focus').waitFor();
    await rows.nth(1).getByRole('textbox', { name: /^Price/ }).fill('3.5');
    await seat.radio('By card').tap();
    await seat.reload();
    assert.equal(await field('Supplier').inputValue(), 'Ropewalk');
    assert.equal(await rows.count(), 2);
    assert.equal(await rows.nth(0).getByRole('textbox', { name: /^What/ }).inputValue(), 'Rope');
    assert.equal(await rows.nth(1).getByRole('textbox', { name: /^Price/ }).inputValue(), '3.5');
    assert.ok(await seat.radio('By card').isChecked());
    await seat.leave();
  });

  test('choices that are not sent', { timeout: 90_000 }, async () => {
    const seat = await Traveller.past('shelter-photos');
    await seat.radio('In tents').tap();
    await seat.radio('Round tents').tap();
    await seat.reload();
    for (const name of ['In tents', 'Round tents']) {
      assert.equal(await seat.radio(name).getAttribute('aria-checked'), 'true', name);
    }
    await seat.radio('One').tap();
    await seat.radio('None to be seen').tap();
    await seat.key('Send').tap();
    const [answer] = await seat.stored();
    assert.deepEqual(answer.value, { choices: ['tent', 'round-tent', 'one', 'no-pump'] });
    await seat.leave();
  });

  test('a wall with every tile that was painted, and its time is shared', { timeout: 90_000 }, async () => {
    const seat = await Traveller.past('flood-damage');
    const tile = (at) => seat.page.getByRole('button', { name: new RegExp(`^Picture ${at}: `) });
    const names = () => seat.page.getByRole('button', { name: /^Picture \d: / }).evaluateAll((all) => all.map((tile) => tile.getAttribute('aria-label').split(': ')[1]));
    await tile(6).waitFor();
    await seat.radio('Severe').tap();
    for (const at of [2, 5]) await tile(at).tap();
    await seat.radio('Broken').tap();
    await tile(6).tap();
    const painted = ['no answer yet', 'Severe', 'no answer yet', 'no answer yet', 'Severe', 'Broken'];
    assert.deepEqual(await names(), painted);
    await seat.reload();
    await tile(6).waitFor();
    assert.deepEqual(await names(), painted);
    await seat.radio('None').tap();
    for (const at of [1, 3, 4]) await tile(at).tap();
    await seat.key('Send').tap();
    const stored = await seat.stored(6);
    const seconds = stored.map((answer) => answer.seconds);
    assert.ok(Math.min(...seconds) > 0 && Math.max(...seconds) - Math.min(...seconds) < 0.05, `${seconds}`);
    await seat.leave();
  });

  test('a verdict with its reason, and a word that is marked', { timeout: 90_000 }, async () => {
    const seat = await Traveller.past('rumour-desk');
    await seat.toText();
    await seat.page.getByRole('option').nth(1).tap();
    await seat.radio('False').tap();
    await seat.page.getByRole('textbox', { name: 'What makes you say so?' }).fill('The log says');
    await seat.reload();
    assert.equal(await seat.page.getByRole('textbox', { name: 'What makes you say so?' }).inputValue(), 'The log says');
    assert.equal(await seat.radio('False').getAttribute('aria-checked'), 'true');
    assert.equal(await seat.page.getByRole('option').nth(1).getAttribute('aria-selected'), 'true');
    await seat.leave();
  });
});

describe('an answer that is taken back', () => {
  test('is there after a reload, and so is what was begun after it', { timeout: 90_000 }, async () => {
    const seat = await Traveller.past('shelter-photos');
    const chosen = async (...names) => {
      for (const name of names) await seat.page.waitForFunction((name) => [...document.querySelectorAll('[role=radio][aria-checked=true]')].some((key) => key.textContent.includes(name)), name);
    };
    for (const name of ['In tents', 'Round tents', 'One', 'None to be seen']) await seat.radio(name).tap();
    await seat.key('Send').tap();
    await seat.stored();
    // The next one is begun, and then the last one was wrong.
    await seat.radio('In a building').tap();
    const before = seat.sent.size;
    await seat.key('Undo').tap();
    await seat.until(() => seat.sent.size < before, 'an answer less');
    await chosen('In tents', 'Round tents', 'One', 'None to be seen');
    await seat.reload();
    await chosen('In tents', 'Round tents', 'One', 'None to be seen');
    await seat.key('Send').tap();
    await chosen('In a building');
    await seat.stored();
    await seat.leave();
  });
});

describe('a weak network', () => {
  test('what is chosen in a tunnel arrives once', { timeout: 90_000 }, async () => {
    const seat = await Traveller.past('forest-pairs');
    await tunnel(seat, (at) => seat.radio(['Forest lost', 'Not lost', "Can't tell"][at]).tap());
    const stored = await seat.stored(3);
    assert.deepEqual(new Set(stored.map(({ value }) => value.choices[0])), new Set(['lost', 'kept', 'unsure']));
    await once(seat, stored);
  });

  test('what is drawn in a tunnel arrives once', { timeout: 90_000 }, async () => {
    const seat = await Traveller.past('storm-roofs');
    await tunnel(seat, async (at) => {
      await seat.touch(...[[0.45, 0.45], [0.55, 0.45], [0.5, 0.55]].slice(0, at + 1));
      await seat.page.getByRole('button', { name: `List of marks, ${at + 1}` }).waitFor();
      await seat.key('Send').tap();
    });
    const stored = await seat.stored(3);
    assert.deepEqual(stored.map(({ value }) => value.shapes.length).sort(), [1, 2, 3]);
    await once(seat, stored);
  });
});

/** Gives three answers without a network, and goes back to where there is one. */
async function tunnel(seat, give) {
  // The pictures of the next tasks are on the device before the tunnel comes.
  for (const { subject } of seat.tasks.slice(0, 4)) await seat.has(subject);
  await seat.device.context.setOffline(true);
  for (let at = 0; at < 3; at++) {
    await give(at);
    await seat.page.getByText(`${at + 1} waiting`).first().waitFor();
  }
  await seat.device.context.setOffline(false);
  await seat.allSent();
}

/** Nobody else answers here: each of the three tasks has one answer, and nothing else came. */
async function once(seat, stored) {
  assert.equal(new Set(stored.map(({ task }) => task)).size, 3);
  const values = (await served.answers(seat.slug)).filter(({ outcome }) => !outcome);
  assert.deepEqual(values.map(({ id }) => id).sort(), stored.map(({ id }) => id).sort());
  await seat.leave();
}
