// What stands around the word: the page, the help, the game, taking back, the
// still screen, the list of drives.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { slug } from '../lib/drive.mjs';
import { phone } from '../lib/phone.mjs';
import { browser, sample } from '../lib/sitting.mjs';
import { Volunteer, theDrive } from '../lib/volunteer.mjs';

async function sitDown() {
  const device = await phone(browser);
  const me = await Volunteer.open(device, sample.url, slug);
  await me.warmUp();
  return { device, me, page: device.page };
}

describe('around the word', () => {
  test('the list of drives says what they are for, and leads into one', async () => {
    const device = await phone(browser);
    const { page } = device;
    await page.goto(sample.url);
    await page.getByRole('heading', { name: 'Seemünde, 1863' }).waitFor();
    await page.getByText(/harbour town's newspaper/).first().waitFor();
    await theDrive(page).tap();
    await page.waitForURL(`**/p/${slug}`);
    await page.getByRole('textbox', { name: 'Type what you see' }).waitFor();
    device.clean();
    await device.close();
  });

  test('Show the page opens the page with the word marked, and closes again', async () => {
    const { device, me, page } = await sitDown();
    await me.s.showPage.tap();
    const picture = page.getByRole('img', { name: /with the word marked/ });
    await picture.waitFor();
    await page.waitForFunction(() => [...document.images].some((i) => /marked/.test(i.alt) && i.complete && i.naturalWidth > 300));
    await page.keyboard.press('Escape');
    await picture.waitFor({ state: 'hidden' });
    device.clean();
    await device.close();
  });

  test('a page that is closed before it was ever painted troubles nobody', async () => {
    const { device, me, page } = await sitDown();
    await me.s.showPage.evaluate(async (button) => {
      button.click();
      let sheet;
      while (!(sheet = document.querySelector('dialog[open]'))) await null;
      // The page in it asked for the next frame, and is gone by then.
      const gone = new Promise((done) => sheet.addEventListener('close', done));
      sheet.close();
      await gone;
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    });
    assert.ok(await me.s.field.isVisible());
    device.clean();
    await device.close();
  });

  test('beside the word stands what the drive is for, where there is room', async () => {
    const device = await phone(browser, { hasTouch: false, isMobile: false, viewport: { width: 1280, height: 800 } });
    const { page } = device;
    await Volunteer.open(device, sample.url, slug);
    const { purpose, owner } = await (await fetch(`${sample.url}/api/v1/projects/${slug}`)).json();
    for (const text of [purpose, `For ${owner.name}`]) {
      const told = page.getByText(text, { exact: true });
      await told.waitFor();
      // Its last line too is not cut off by anything around it.
      const seen = await told.evaluate((told) => {
        const { left, bottom } = told.getBoundingClientRect();
        return document.elementFromPoint(left + 4, bottom - 4) === told;
      });
      assert.ok(seen, `"${text}" is cut off`);
    }
    device.clean();
    await device.close();
  });

  test('Help is inside the task', async () => {
    const { device, me, page } = await sitDown();
    await me.s.help.tap();
    const entry = page.getByText('The long s', { exact: true });
    await entry.waitFor();
    await page.keyboard.press('Escape');
    await entry.waitFor({ state: 'hidden' });
    assert.ok(await me.s.field.isVisible());
    device.clean();
    await device.close();
  });

  test('the game can be switched off and on, and stays so', async () => {
    const { device, me, page } = await sitDown();
    const game = me.s.game.or(page.getByRole('button', { name: 'Game', exact: true })).or(page.getByRole('checkbox', { name: 'Game', exact: true })).first();
    const on = () =>
      game.evaluate((e) => (e.getAttribute('aria-checked') ?? e.getAttribute('aria-pressed') ?? String(e.checked)) === 'true');
    const before = await on();
    await game.tap();
    assert.equal(await on(), !before);
    await page.reload();
    await me.s.field.waitFor();
    await page.waitForTimeout(200);
    assert.equal(await on(), !before);
    device.clean();
    await device.close();
  });

  test('an answer is taken back, mended, and counts once', async () => {
    const { device, me } = await sitDown();
    const task = await me.answer('oops');
    await me.allSent();
    await me.s.takeBack.tap();
    me.queue.unshift(task);
    await me.sees(task);
    await me.s.field.fill('mended');
    await me.page.keyboard.press('Enter');
    await me.moved();
    await me.allSent();
    const ids = new Set(me.sent.keys());
    const mine = (await sample.answers()).filter((a) => a.task === task.id && ids.has(a.id));
    assert.deepEqual(mine.map((a) => a.value.text), ['mended']);
    device.clean();
    await device.close();
  });

  test('after twenty words a still screen, and then another round', { timeout: 90_000 }, async () => {
    const { device, me, page } = await sitDown();
    for (let i = 0; i < 20; i++) await me.answer(sample.right);
    await me.s.again.waitFor();
    await page.getByText(/20 words/).first().waitFor();
    await me.wake();
    await me.ready();
    await me.answer(sample.right);
    await me.allSent();
    device.clean();
    await device.close();
  });

  test('progress comes live: what one gives, another sees without asking', async () => {
    const one = await sitDown();
    const other = await sitDown();
    const given = async () => (await (await fetch(`${sample.url}/api/v1/projects/${slug}/progress`)).json()).given;
    const heard = one.page.evaluate(
      (path) =>
        new Promise((found) => {
          const source = new EventSource(path);
          let first;
          source.addEventListener('progress', (event) => {
            const { given } = JSON.parse(event.data);
            first ??= given;
            if (given > first) found(given);
          });
        }),
      `/api/v1/projects/${slug}/events`,
    );
    await one.page.waitForTimeout(300);
    const before = await given();
    await other.me.answer(sample.right);
    assert.ok((await heard) > before);
    await one.device.close();
    await other.device.close();
  });
});
