// Where something went wrong, for everybody: no fault that axe knows, and words to act on.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { bare } from '../lib/bare.mjs';
import { launch } from '../lib/driver.mjs';
import { Fingers, unlucky } from '../lib/fingers.mjs';
import { made } from '../lib/made.mjs';
import { looked, phone } from '../lib/phone.mjs';
import { gradient } from '../lib/png.mjs';

let browser, served;
before(async () => {
  browser = await launch();
  const files = ['one.png', 'two.png', 'three.png'];
  const picture = gradient({ width: 320, height: 240 });
  const choices = [{ id: 'dark', label: 'Dark' }, { id: 'light', label: 'Light' }];
  served = await made(
    Object.fromEntries(files.map((name, at) => [name, at ? gradient({ width: 320 + at, height: 240 }) : picture])),
    bare('stage', files),
    bare('list', files, { kind: 'tagging', rules: { questions: [{ id: 'light', choices }] } }),
  );
});
after(async () => {
  await browser?.close();
  await served?.clear();
});

/** The server finds something wrong with every answer. */
const refuse = async (route) => {
  const { answers } = route.request().postDataJSON();
  const problem = { type: 'about:blank', title: 'Not taken', status: 422, detail: 'The project has changed: this choice is no longer there.' };
  const outcomes = answers.map(({ id }) => ({ id, status: 'rejected', problem }));
  await route.fulfill({ json: { outcomes } });
};

describe('axe finds nothing where something went wrong', () => {
  test('a picture that has not come', { timeout: 60_000 }, async () => {
    const Waiting = unlucky('**/media/**');
    const seat = await Waiting.open(browser, served, 'stage', { reducedMotion: 'reduce' });
    await seat.key('Try again').waitFor();
    assert.deepEqual(await looked(seat.page, 'no picture'), []);
    await seat.leave();
  });

  test('answers that were not taken', { timeout: 60_000 }, async () => {
    const Refused = unlucky('**/api/v1/answers', refuse);
    const seat = await Refused.open(browser, served, 'list', { reducedMotion: 'reduce' });
    await seat.page.getByRole('radio', { name: 'Dark', exact: true }).tap();
    await seat.page.getByText('1 answer was not taken.').waitFor();
    const found = await looked(seat.page, 'an answer that was not taken');
    await seat.key('See why').tap();
    await seat.page.getByRole('dialog', { name: 'Answers that were not taken' }).waitFor();
    await seat.page.getByText('this choice is no longer there').waitFor();
    found.push(...(await looked(seat.page, 'why')));
    assert.deepEqual(found, []);
    await seat.leave();
  });

  test('no network, and everything on the device is done', { timeout: 60_000 }, async () => {
    const seat = await Fingers.open(browser, served, 'list', { reducedMotion: 'reduce' });
    await seat.page.route('**/leases', (route) => route.abort());
    await seat.device.context.setOffline(true);
    for (let at = 0; at < 3; at++) await seat.page.getByRole('radio', { name: at % 2 ? 'Dark' : 'Light', exact: true }).tap();
    const halted = seat.page.locator('[data-scene="halted"]');
    await halted.waitFor();
    assert.deepEqual(await looked(seat.page, 'halted'), []);
    await seat.leave();
  });

  test('drives that did not come, and come when they are asked for again', { timeout: 60_000 }, async () => {
    const device = await phone(browser, { reducedMotion: 'reduce' });
    const { page } = device;
    // A page into which no drives are written, as one that is kept for times without a network.
    await page.route(`${served.url}/`, async (route) => {
      const reply = await route.fetch();
      const body = (await reply.text()).replace(/(id="opening">)[^<]*/, '$1{}');
      await route.fulfill({ response: reply, body });
    });
    await page.route('**/api/v1/projects', (route) => route.abort());
    await page.goto(`${served.url}/`);
    await page.getByText('No network just now, so the drives cannot be shown.').waitFor();
    assert.deepEqual(await looked(page, 'no drives'), []);
    await page.unroute('**/api/v1/projects');
    await page.getByRole('button', { name: 'Try again' }).tap();
    await page.locator('.drive').first().waitFor();
    device.clean();
    await device.close();
  });
});
