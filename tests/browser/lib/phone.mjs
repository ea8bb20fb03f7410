// A volunteer's phone: a context of its own, its errors collected, its network
// and processor slowed where a journey wants that.
import assert from 'node:assert/strict';
import { axe, pixel7 } from './driver.mjs';

/** Slow 4G as Lighthouse has it: 150 ms there and back, 1.6 Mbit/s down, 0.75 up. */
export const slow4g = {
  offline: false,
  latency: 150,
  downloadThroughput: (1.6 * 1024 * 1024) / 8,
  uploadThroughput: (0.75 * 1024 * 1024) / 8,
};

/**
 * Runs in the page: tells the journey what the app is answered. Asked for from outside, a reply is
 * gone as soon as the page is left.
 */
function overhear() {
  const plain = window.fetch;
  window.fetch = async (request, options) => {
    const reply = await plain(request, options);
    const { pathname } = new URL(reply.url);
    if (reply.ok && pathname.startsWith('/api/')) {
      const method = request.method ?? options?.method ?? 'GET';
      reply.clone().text().then((text) => window.heard(pathname, method, text), () => {});
    }
    return reply;
  };
}

/** Two taps in one place within so many milliseconds, and so many pixels of each other, are a double tap to a browser. */
const DOUBLE = 450;
const PLACE = 170;

/** Taps of somebody who looks before the next one. For a double tap there is `page.touchscreen`. */
function unhurried(page) {
  const locators = Object.getPrototypeOf(page.locator('body'));
  if (locators.unhurried) return;
  locators.unhurried = true;
  const last = new WeakMap();
  const { tap } = locators;
  locators.tap = async function (...how) {
    const page = this.page();
    const box = await this.boundingBox(...how);
    const at = box && [box.x + box.width / 2, box.y + box.height / 2];
    const before = last.get(page);
    if (at && before?.at && Math.hypot(at[0] - before.at[0], at[1] - before.at[1]) < PLACE) {
      const left = before.when + DOUBLE - Date.now();
      if (left > 0) await page.waitForTimeout(left);
    }
    await tap.call(this, ...how);
    last.set(page, { at, when: Date.now() });
  };
}

/** Opens a phone. `more` overrides its settings: `colorScheme`, `viewport`, `reducedMotion`. */
export async function phone(browser, more = {}) {
  const context = await browser.newContext({ ...pixel7, ...more });
  const page = await context.newPage();
  unhurried(page);
  const troubles = [];
  page.on('pageerror', (error) => troubles.push(`page error: ${error.message}`));
  page.on('console', (message) => {
    // What was taken back before it was sent is unknown to the server, which says so.
    const takenBack = message.location().url.includes('/api/v1/answers/') && /status of 404/.test(message.text());
    // A newcomer who is quick answers before being known; the app makes itself known and sends it again.
    const unknown = message.location().url.endsWith('/api/v1/answers') && /status of 401/.test(message.text());
    if (message.type() === 'error' && !takenBack && !unknown) troubles.push(`console: ${message.text()}`);
  });
  // A phone without a network says so on the console, and a browser that was too slow to join two
  // pages by a transition does without and says that; neither is a fault of the app.
  const expected = /Transition was (aborted|skipped)|net::ERR_(INTERNET_DISCONNECTED|CONNECTION_REFUSED|FAILED|NETWORK_CHANGED|CONNECTION_RESET)|the server responded with a status of 503/;
  const device = await context.newCDPSession(page);
  return {
    context,
    page,
    device,
    /** Calls `hear` with each reply to the app's calls from the next page on: path, method, text. */
    async listen(hear) {
      await page.exposeBinding('heard', (_, ...reply) => hear(...reply));
      await page.addInitScript(overhear);
    },
    /** Fails where the page logged an error or broke its policy. */
    clean() {
      assert.deepEqual(troubles.filter((text) => !expected.test(text)), []);
    },
    async slow({ network = slow4g, processor = 4 } = {}) {
      await device.send('Network.enable');
      await device.send('Network.emulateNetworkConditions', network);
      await device.send('Emulation.setCPUThrottlingRate', { rate: processor });
    },
    close: () => context.close(),
  };
}

/**
 * When a page that is opened was usable, in milliseconds: it says so itself, by `console.info('usable', when)`.
 * Nothing is asked of it meanwhile: a driver's questions run on the very processor that is measured.
 */
export async function usable(page, open, timeout = 60_000) {
  const says = page.waitForEvent('console', { predicate: (message) => message.text().startsWith('usable '), timeout });
  const [message] = await Promise.all([says, open()]);
  return Number(message.text().split(' ')[1]);
}

/**
 * What axe finds wrong on the screen, each with where it is; by these rules only, where some are named.
 * The app has no frames, so axe is put into its page itself, once.
 */
export async function faults(page, where, rules) {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  const options = { resultTypes: ['violations'], ...(rules && { runOnly: { type: 'rule', values: rules } }) };
  const { violations } = await page.evaluate((options) => window.axe.run(document, options), options);
  return violations.map(
    (v) => `${where}: ${v.id}: ${v.help} — ${v.nodes.map((node) => node.target.join(' ')).join(', ')}`,
  );
}

/** Of axe's rules, those that a screen can keep in light and break in dark. */
const OF_COLOURS = ['color-contrast', 'link-in-text-block'];

/** What axe finds on a screen, light and dark. */
export async function looked(page, where) {
  const found = await faults(page, `${where}, light`);
  await page.emulateMedia({ colorScheme: 'dark' });
  found.push(...(await faults(page, `${where}, dark`, OF_COLOURS)));
  await page.emulateMedia({ colorScheme: 'light' });
  return found;
}
