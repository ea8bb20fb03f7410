// For everybody: no fault that axe knows, on any screen, light and dark; and
// the whole way by keyboard alone.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { slug } from '../lib/drive.mjs';
import { faults, phone } from '../lib/phone.mjs';
import { browser, sample } from '../lib/sitting.mjs';
import { Volunteer, theDrive } from '../lib/volunteer.mjs';

describe('for everybody', () => {
  for (const colorScheme of ['light', 'dark']) {
    test(`axe finds nothing on any screen, ${colorScheme}`, { timeout: 120_000 }, async () => {
      const device = await phone(browser, { colorScheme, reducedMotion: 'reduce' });
      const { page } = device;
      const found = [];
      const look = async (where) => found.push(...(await faults(page, where)));
      await page.goto(sample.url);
      await theDrive(page).waitFor();
      await look('the list of drives');

      const me = await Volunteer.open(device, sample.url, slug);
      await me.sees(me.warmUps[0]);
      await look('a warm-up');
      await me.type('no');
      await me.s.send.tap();
      await page.getByText(me.warmUps[0].lesson.answer.text, { exact: true }).first().waitFor();
      await look('a warm-up that was missed');
      await me.s.send.tap();
      for (const task of me.warmUps.slice(1)) {
        await me.sees(task);
        await me.type(task.lesson.answer.text);
        await me.s.send.tap();
      }
      await me.ready();
      await look('a task');
      await me.s.showPage.tap();
      await page.getByRole('img', { name: /with the word marked/ }).waitFor();
      await look('the page');
      await page.keyboard.press('Escape');
      await me.s.help.tap();
      await page.getByText('The long s', { exact: true }).waitFor();
      await look('the help');
      await page.keyboard.press('Escape');
      for (let i = 0; i < 20; i++) await me.answer(sample.right);
      await me.s.again.waitFor();
      await look('the still screen');
      await page.goto(`${sample.url}/p/nothing-of-that-name`);
      await page.waitForTimeout(500);
      await look('a drive that is not there');
      assert.deepEqual(found, []);
      await device.close();
    });
  }

  test('by keyboard alone', { timeout: 60_000 }, async () => {
    const device = await phone(browser, { hasTouch: false, isMobile: false, viewport: { width: 1280, height: 800 } });
    const { page } = device;
    const me = new Volunteer(device, sample.url, slug);
    await device.listen((...reply) => me.hear(...reply));
    await page.goto(sample.url);
    await theDrive(page).waitFor();
    /** Tabs on until something of that name has the focus. */
    const reach = async (name) => {
      for (let i = 0; i < 60; i++) {
        await page.keyboard.press('Tab');
        const now = await page.evaluate(() => {
          const e = document.activeElement;
          // Where what had the focus is gone, the whole stage has it, and every name with it.
          if (!e || e === document.body || e.matches('main')) return '';
          return `${e?.getAttribute('aria-label') ?? ''} ${e?.textContent ?? ''}`;
        });
        if (now.includes(name)) {
          const ring = await page.evaluate(() => {
            const style = getComputedStyle(document.activeElement);
            return style.outlineStyle !== 'none' || style.boxShadow !== 'none';
          });
          assert.ok(ring, `${name} has the focus and does not show it`);
          return;
        }
      }
      assert.fail(`Tab never came to ${name}`);
    };
    await reach('Read some words');
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/p/${slug}`);
    const field = page.getByRole('textbox', { name: 'Type what you see' });
    await field.waitFor();
    const opening = await (await fetch(`${sample.url}/p/${slug}`)).text();
    me.warmUps = JSON.parse(opening.match(/id="opening">(.*?)<\/script>/s)[1]).warm_ups;
    for (const task of me.warmUps) {
      await me.sees(task);
      assert.ok(await field.evaluate((e) => e === document.activeElement), 'the field has the focus');
      await page.keyboard.type(task.lesson.answer.text);
      await page.keyboard.press('Enter');
    }
    await me.ready();
    await reach("Can't read");
    await page.keyboard.press('Enter');
    await me.moved();
    // Until the next word is there, keys come and go under whoever tabs on.
    await me.ready();
    await page.getByRole('button', { name: 'Take back' }).waitFor();
    await reach('Show the page');
    await page.keyboard.press('Enter');
    const picture = page.getByRole('img', { name: /with the word marked/ });
    await picture.waitFor();
    await page.keyboard.press('Escape');
    await picture.waitFor({ state: 'hidden' });
    await page.getByText('All sent').first().waitFor();
    device.clean();
    await device.close();
  });
});
