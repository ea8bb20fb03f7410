// The program as somebody tries it out: one command on an empty folder, and every sample drive is there.
import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { after, before, describe, test } from 'node:test';
import { launch } from '../lib/driver.mjs';
import { written } from '../lib/drives.mjs';
import { phone } from '../lib/phone.mjs';
import { Place } from '../lib/program.mjs';
import { Seat } from '../lib/seat.mjs';

const folders = await readdir(fileURLToPath(new URL('../../../sample', import.meta.url)), { withFileTypes: true });
const SLUGS = ['seemuende', ...folders.filter((one) => one.isDirectory() && one.name !== 'warm-ups').map(({ name }) => name)];

let browser, place, url;
before(async () => {
  browser = await launch();
  place = await Place.make();
  url = await place.serve('demo');
});
after(async () => {
  await browser?.close();
  await place?.clear();
});

/** What a task is about is there: its pictures, its text, or its sound. */
async function there(seat, { subject }) {
  // Of a pair that is drawn on only one is on the screen.
  const picture = subject.picture ?? subject.before?.picture;
  if (picture) return seat.sees({ subject: { picture } });
  await seat.page.waitForFunction(({ text, url }) => {
    if (text) return document.querySelector('.passage-text')?.textContent === text;
    const media = document.querySelector('video');
    return media?.currentSrc.endsWith(url) && media.readyState > 0;
  }, subject);
}

describe('the demo', () => {
  test('lists every sample drive and nothing else', { timeout: 60_000 }, async () => {
    const device = await phone(browser, { reducedMotion: 'reduce' });
    const { page } = device;
    await page.goto(url);
    await page.getByRole('listitem').filter({ has: page.getByRole('link') }).nth(SLUGS.length - 1).waitFor();
    const titles = await Promise.all(SLUGS.map(async (slug) => (await written(slug)).title));
    for (const name of titles) await page.getByRole('listitem', { name, exact: true }).waitFor();
    const ways = await page.locator('a[href^="/p/"]').evaluateAll((all) => all.map((a) => a.getAttribute('href')));
    assert.deepEqual([...new Set(ways)].sort(), SLUGS.map((slug) => `/p/${slug}`).sort());
    device.clean();
    await device.close();
  });

  for (const slug of SLUGS) {
    test(`leads from the list to a first task: ${slug}`, { timeout: 60_000 }, async () => {
      const device = await phone(browser, { reducedMotion: 'reduce' });
      const { page } = device;
      await page.goto(url);
      const drive = page.getByRole('listitem', { name: (await written(slug)).title, exact: true });
      const [response] = await Promise.all([
        page.waitForResponse((response) => new URL(response.url()).pathname === `/p/${slug}`),
        drive.getByRole('link').last().tap(),
      ]);
      const opening = (await response.text()).match(/<script type="application\/json" id="opening">(.*?)<\/script>/s)[1];
      const seat = new Seat(device, { url }, slug);
      seat.warmUps = JSON.parse(opening).warm_ups;
      await seat.warmUp(1);
      await there(seat, seat.warmUps[0]);
      assert.ok(await page.locator('[data-scene="task"]').isVisible());
      await seat.leave();
    });
  }
});
