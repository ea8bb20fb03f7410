// One sheet for every screen: at 1280, 360 and 412 pixels, light and dark, into a folder.
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { launch } from './lib/driver.mjs';
import { drives } from './lib/drives.mjs';
import { phone } from './lib/phone.mjs';
import { Seat } from './lib/seat.mjs';

const [folder, ...only] = process.argv.slice(2);
if (!folder) throw new Error('Say which folder to write to.');

const sizes = [
  { viewport: { width: 1280, height: 800 }, isMobile: false, hasTouch: false },
  { viewport: { width: 360, height: 740 } },
  { viewport: { width: 412, height: 839 } },
];

/** Somebody who taps or clicks, whichever there is. */
class Sitter extends Seat {
  async arrive() {
    await this.page.addInitScript(() => {
      const now = performance.now.bind(performance);
      window.later = 0;
      performance.now = () => now() + window.later;
    });
    await super.arrive();
  }

  use(locator) {
    return locator.click();
  }

  async choose(...names) {
    for (const name of names) {
      const here = (role) => this.page.getByRole(role, { name, exact: true }).filter({ visible: true });
      await this.use(here('radio').or(here('checkbox')).or(here('button')).first());
    }
  }

  /** Touches the stage at shares of its width and height. */
  async touch(...places) {
    const box = await this.page.getByRole('application', { name: 'Drawing stage' }).boundingBox();
    for (const [x, y] of places) await this.page.mouse.click(box.x + box.width * x, box.y + box.height * y);
  }

  async type(text) {
    await this.page.getByRole('textbox').filter({ visible: true }).first().fill(text);
  }

  /** Passes the words that warm up, by typing them. */
  async read() {
    for (const [at, { lesson }] of this.warmUps.entries()) {
      await this.type(lesson.answer.text);
      await this.use(this.key('Send'));
      if (at + 1 < this.warmUps.length) await this.warmUp(at + 2);
    }
    await this.real();
  }
}

/** A drive's task, begun by `begin`. */
const task = (slug, begin = () => {}) => [slug, slug, async (seat) => {
  await (slug === 'seemuende' ? seat.read() : seat.pass());
  await begin(seat);
}];

/** Every screen: its name, its drive, and the way to it. */
const SCREENS = [
  ['drives', null, (page) => page.getByRole('listitem').nth(17).waitFor()],
  task('seemuende', (seat) => seat.type('Seem')),
  ['warm-up', 'seemuende', () => {}],
  ['warm-up-missed', 'seemuende', async (seat) => {
    await seat.type('Hasen');
    await seat.use(seat.key('Send'));
  }],
  ['page', 'seemuende', async (seat) => {
    await seat.read();
    await seat.use(seat.key('Show the page'));
  }],
  ['still', 'seemuende', async (seat) => {
    await seat.read();
    await seat.page.evaluate(() => (window.later += 200_000));
    await seat.use(seat.key("Can't read"));
    await seat.key('Again').waitFor();
  }],
  task('seemuende-lines'),
  task('seemuende-same'),
  task('flood-damage', async (seat) => {
    for (const name of ['Severe', 'Mild', 'None']) {
      await seat.choose(name);
      await seat.use(seat.page.getByRole('button', { name: /no answer yet$/ }).first());
    }
  }),
  task('shelter-photos', (seat) => seat.choose('In tents', 'Round tents')),
  task('forest-pairs'),
  task('rumour-desk', async (seat) => {
    await seat.toText();
    await seat.use(seat.page.getByRole('option').nth(1));
    await seat.choose('False');
  }),
  task('dawn-chorus', (seat) => seat.choose('Yes', 'Owl')),
  task('quiet-villages'),
  ['cover', 'quiet-villages', async (seat) => {
    await seat.pass();
    const cover = seat.page.getByRole('heading', { name: 'Not for every day' });
    for (let i = 0; i < 12 && !(await cover.isVisible()); i++) {
      await seat.skip();
      await seat.allSent();
    }
  }],
  task('storm-roofs', (seat) => seat.touch([0.4, 0.45], [0.6, 0.55])),
  task('harbour-panorama', async (seat) => {
    await seat.touch([0.2, 0.3], [0.35, 0.4]);
    await seat.use(seat.page.getByRole('button', { name: /^Garden/ }));
    await seat.touch([0.4, 0.4], [0.7, 0.4], [0.6, 0.6]);
  }),
  task('steppe-cameras', (seat) => seat.choose('Yes')),
  ['steppe-cameras-marks', 'steppe-cameras', async (seat) => {
    await seat.pass();
    await seat.choose('Yes', 'Wild horse', 'All calm', 'Next');
    await seat.touch([0.4, 0.3], [0.6, 0.5]);
  }],
  ['steppe-cameras-back', 'steppe-cameras', async (seat) => {
    await seat.pass();
    await seat.choose('Yes', 'Wild horse', 'All calm', 'Undo');
  }],
  ['marks', 'harbour-panorama', async (seat) => {
    await seat.pass();
    await seat.touch([0.2, 0.3], [0.35, 0.4], [0.5, 0.3], [0.6, 0.5]);
    await seat.use(seat.page.getByRole('button', { name: /^List of marks/ }));
    await seat.page.getByRole('dialog', { name: 'Marks' }).waitFor();
    await seat.choose('Choose');
  }],
  ['help', 'steppe-cameras', async (seat) => {
    await seat.pass();
    await seat.use(seat.key('Help').first());
    await seat.page.getByRole('dialog', { name: 'Help' }).waitFor();
  }],
  task('fire-watch', (seat) => seat.touch([0.4, 0.4], [0.6, 0.4])),
  task('after-the-storm'),
  task('market-photos', (seat) => seat.type('Dyke Farm')),
  task('council-expenses', (seat) => seat.type('Ropewalk')),
  task('fair-receipts'),
  task('sms-translations', (seat) => seat.type('The bridge at')),
];

/** The pictures of a page, light and dark, once it has come to rest. */
async function pictures(page) {
  const made = [];
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    await page.waitForFunction(() => document.fonts.status === 'loaded' && [...document.images].every((image) => image.complete || image.loading === 'lazy'));
    await page.waitForTimeout(500);
    made.push((await page.screenshot()).toString('base64'));
  }
  return made;
}

/** One screen at one size. */
async function shoot(browser, served, [, slug, go], size) {
  const how = { ...size, deviceScaleFactor: 1, reducedMotion: 'reduce' };
  if (slug) {
    const seat = await Sitter.open(browser, served, slug, how);
    await go(seat);
    const made = await pictures(seat.page);
    await seat.device.close();
    return made;
  }
  const device = await phone(browser, how);
  await device.page.goto(served.url);
  await go(device.page);
  const made = await pictures(device.page);
  await device.close();
  return made;
}

/** Wide ones above, narrow ones below, on one sheet. */
async function sheet(browser, shots) {
  const context = await browser.newContext({ viewport: { width: 1240, height: 800 } });
  const page = await context.newPage();
  const image = (base64, width) => `<img width="${width}" src="data:image/png;base64,${base64}">`;
  const row = (images) => `<div style="display:flex;gap:12px;align-items:flex-start">${images.join('')}</div>`;
  const [wide, small, large] = shots;
  await page.setContent(`<body style="margin:0;width:1240px;background:#9a9a94"><div id="sheet" style="display:grid;gap:12px;padding:12px">
    ${row(wide.map((one) => image(one, 602)))}
    ${row([...small.map((one) => image(one, 276)), ...large.map((one) => image(one, 314))])}</div>`);
  await page.waitForFunction(() => [...document.images].every((image) => image.complete));
  const { width, height } = await page.locator('#sheet').boundingBox();
  const cdp = await context.newCDPSession(page);
  const clip = { x: 0, y: 0, width, height, scale: 1 };
  const { data } = await cdp.send('Page.captureScreenshot', { format: 'webp', quality: 70, clip, captureBeyondViewport: true });
  await context.close();
  return Buffer.from(data, 'base64');
}

const screens = SCREENS.filter(([name]) => !only.length || only.includes(name));
if (!only.length) await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
const browser = await launch();
const served = await drives(...new Set(SCREENS.map(([, slug]) => slug).filter(Boolean)));
try {
  for (const screen of screens) {
    const shots = [];
    for (const size of sizes) shots.push(await shoot(browser, served, screen, size));
    await writeFile(join(folder, `${screen[0]}.webp`), await sheet(browser, shots));
    console.log(screen[0]);
  }
} finally {
  await browser.close();
  await served.clear();
}
