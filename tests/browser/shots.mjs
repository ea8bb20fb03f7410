// Screenshots of every screen at three widths, light and dark, into a folder.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { drive, slug } from './lib/drive.mjs';
import { launch } from './lib/driver.mjs';
import { phone } from './lib/phone.mjs';
import { Volunteer, theDrive } from './lib/volunteer.mjs';

const folder = process.argv[2];
if (!folder) throw new Error('Say which folder to write to.');
await mkdir(folder, { recursive: true });

const sizes = [
  { name: '360', viewport: { width: 360, height: 740 }, deviceScaleFactor: 2 },
  { name: '412', viewport: { width: 412, height: 839 }, deviceScaleFactor: 2 },
  { name: '1280', viewport: { width: 1280, height: 800 }, deviceScaleFactor: 1, isMobile: false },
];

const browser = await launch();
const sample = await drive();
try {
  for (const { name, ...size } of sizes) {
    for (const colorScheme of ['light', 'dark']) {
      const device = await phone(browser, { ...size, colorScheme, reducedMotion: 'reduce' });
      const { page } = device;
      const shoot = async (what) => {
        await page.waitForTimeout(350);
        await page.screenshot({ path: join(folder, `${what}-${name}-${colorScheme}.jpg`), type: 'jpeg', quality: 84 });
      };
      await page.goto(sample.url);
      await theDrive(page).waitFor();
      await shoot('drives');
      const me = await Volunteer.open(device, sample.url, slug);
      await me.sees(me.warmUps[0]);
      await shoot('warm-up');
      await me.type('Hasen');
      await me.s.send.tap();
      await page.waitForTimeout(200);
      await shoot('warm-up-missed');
      await me.s.send.tap();
      for (const task of me.warmUps.slice(1)) {
        await me.sees(task);
        await me.type(task.lesson.answer.text);
        await me.s.send.tap();
      }
      await me.ready();
      for (let i = 0; i < 5; i++) await me.answer(sample.right(me.task));
      await me.sees(me.task);
      await me.s.field.fill(sample.right(me.task).slice(0, 3));
      await shoot('task');
      await me.s.showPage.tap();
      await page.waitForTimeout(600);
      await shoot('page');
      await page.keyboard.press('Escape');
      await me.s.help.tap();
      await shoot('help');
      await page.keyboard.press('Escape');
      await me.s.field.fill('');
      for (let i = 5; i < 20; i++) await me.answer(sample.right(me.task));
      await me.s.again.waitFor();
      await shoot('still');
      await device.close();
      console.log(`${name} ${colorScheme}`);
    }
  }
} finally {
  await browser.close();
  await sample.clear();
}
