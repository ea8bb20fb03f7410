// Tunnels, reloads and servers that go away: nothing is lost, nothing doubled.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { slug } from '../lib/drive.mjs';
import { phone } from '../lib/phone.mjs';
import { browser, sample } from '../lib/sitting.mjs';
import { Volunteer } from '../lib/volunteer.mjs';

async function sitDown() {
  const device = await phone(browser);
  const me = await Volunteer.open(device, sample.url, slug);
  await me.warmUp();
  await me.allSent();
  return { device, me, page: device.page };
}

/** Each given answer is on the server once, and as it was given. */
async function storedOnce(given) {
  const stored = (await sample.answers()).filter((answer) => given.get(answer.task) === answer.value?.text);
  const tasks = stored.map((answer) => answer.task);
  assert.deepEqual([...new Set(tasks)].sort(), [...given.keys()].sort());
  assert.equal(tasks.length, given.size, 'some answer is stored twice');
}

/** A reading that nobody else gives. */
let serial = 0;
const own = (who) => `${who}${(serial += 1)}`;

describe('a weak network', () => {
  test('answers wait without a network, work goes on, and all arrive once', { timeout: 90_000 }, async () => {
    const { device, me, page } = await sitDown();
    const given = new Map();
    const type = async () => {
      const text = own('tunnel');
      given.set((await me.answer(text)).id, text);
    };
    await type();
    await me.allSent();
    await me.stocked(5);
    await device.context.setOffline(true);
    for (let i = 0; i < 4; i++) await type();
    await page.getByText('4 waiting').first().waitFor();
    await device.context.setOffline(false);
    await me.allSent();
    await storedOnce(given);
    device.clean();
    await device.close();
  });

  test('a reload in mid-run keeps the draft and what waits', { timeout: 90_000 }, async () => {
    const { device, me, page } = await sitDown();
    const given = new Map();
    // The server's calls fail, the page itself still comes: a login page on a train, a proxy.
    await page.route('**/api/v1/answers', (route) => route.abort());
    for (let i = 0; i < 2; i++) {
      const text = own('reload');
      given.set((await me.answer(text)).id, text);
    }
    await page.getByText('2 waiting').first().waitFor();
    const task = await me.ready();
    await me.type('half a wo');
    await page.waitForTimeout(1_100);
    await page.reload();
    await me.s.field.waitFor();
    await me.sees(task);
    assert.equal(await me.s.field.inputValue(), 'half a wo');
    await page.getByText('2 waiting').first().waitFor();
    await page.unroute('**/api/v1/answers');
    await me.allSent();
    await storedOnce(given);
    await device.close();
  });

  test('a reply that gets lost does not double the answer', { timeout: 90_000 }, async () => {
    const { device, me, page } = await sitDown();
    const given = new Map();
    let cut = 0;
    await page.route('**/api/v1/answers', async (route) => {
      if (route.request().method() === 'POST' && cut < 2) {
        cut += 1;
        // The server stores it; the phone never hears of it.
        await route.fetch();
        return route.abort();
      }
      return route.continue();
    });
    for (let i = 0; i < 3; i++) {
      const text = own('lost');
      given.set((await me.answer(text)).id, text);
    }
    await me.allSent();
    assert.ok(cut >= 1);
    await storedOnce(given);
    await device.close();
  });

  test('the server goes away and comes back', { timeout: 90_000 }, async () => {
    const { device, me, page } = await sitDown();
    const given = new Map();
    const port = new URL(sample.url).port;
    await me.stocked(4);
    await sample.place.stop();
    for (let i = 0; i < 3; i++) {
      const text = own('away');
      given.set((await me.answer(text)).id, text);
    }
    await page.getByText('3 waiting').first().waitFor();
    await sample.place.serve('serve', port);
    await me.allSent();
    await storedOnce(given);
    await device.close();
  });
});
