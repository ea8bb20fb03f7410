// Somebody who has a keyboard and nothing else: Tab and Shift+Tab, arrows, Enter, Space, numbers.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { written } from './drives.mjs';
import { phone } from './phone.mjs';
import { Seat } from './seat.mjs';

/** A desk: no touch, a wide window. */
export const desk = {
  hasTouch: false,
  isMobile: false,
  deviceScaleFactor: 1,
  viewport: { width: 1280, height: 800 },
  reducedMotion: 'reduce',
};

/** Runs in the page: whether the focus can be seen, on the element or on what stands for it. */
function shows() {
  const active = document.activeElement;
  const style = (element, part) => element && getComputedStyle(element, part);
  const ring = (s) => s && s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 1.5;
  // A form's line is underlined as a whole.
  const line = active.closest('.ledger-line');
  if (active.matches('input[type="text"], textarea') && line) return style(line).boxShadow !== 'none';
  return [active, active.closest('label'), active.nextElementSibling]
    .flatMap((element) => [style(element), style(element, '::before'), style(element, '::after')])
    .some(ring);
}

export class Hands extends Seat {
  /** Sits down at a desk of its own. */
  static async open(browser, served, slug) {
    const device = await phone(browser, desk);
    const hands = new Hands(device, served, slug);
    await device.listen((...reply) => hands.hear(...reply));
    await device.page.addInitScript(() => {
      window.pointed = 0;
      for (const name of ['pointerdown', 'mousedown', 'touchstart', 'wheel']) {
        window.addEventListener(name, () => (window.pointed += 1), true);
      }
    });
    await hands.arrive();
    return hands;
  }

  /** Presses keys, one after the other. */
  async press(...keys) {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  /** Presses a key so many times. */
  async times(count, key) {
    for (let i = 0; i < count; i++) await this.page.keyboard.press(key);
  }

  /**
   * Tabs, forth or back, until this has the focus, or something `within` it: of keys that arrows go
   * through, one is a stop. Each stop on the way must show that it has the focus.
   */
  async reach(locator, { within = false } = {}) {
    const target = await locator.elementHandle({ timeout: 15_000 });
    const way = () =>
      this.page.evaluate(([target, within]) => {
        const active = document.activeElement;
        if (active === target || (within && target.contains(active))) return null;
        const before = active.compareDocumentPosition(target) & Node.DOCUMENT_POSITION_PRECEDING;
        return active !== document.body && before ? 'Shift+Tab' : 'Tab';
      }, [target, within]);
    for (let i = 0; i < 70; i++) {
      const key = await way();
      if (key === null) return;
      await this.press(key);
      const here = await this.here();
      assert.ok(here.seen, `${this.slug}: ${here.what} has the focus and does not show it`);
    }
    assert.fail(`${this.slug}: Tab never came to ${locator}`);
  }

  /** Reaches it and presses a key on it. */
  async use(locator, key = 'Enter') {
    await this.reach(locator);
    await this.press(key);
  }

  /** What has the focus. */
  async here() {
    const seen = await this.page.evaluate(shows);
    const what = await this.page.evaluate(() => {
      const e = document.activeElement;
      return e === document.body ? 'nothing' : `${e.tagName} “${e.getAttribute('aria-label') ?? e.textContent.slice(0, 40)}”`;
    });
    return { what, seen: seen || what === 'nothing' };
  }

  /** Chooses within a question by Tab, arrows and Space. */
  async choose(question, label) {
    const several = question.pick === 'several';
    const group = this.page.getByRole(several ? 'group' : 'radiogroup', { name: question.text ?? new RegExp(`^${question.label}`) });
    const key = group.getByRole(several ? 'checkbox' : 'radio', { name: label, exact: true });
    const is = () => key.evaluate((element) => element === document.activeElement);
    await this.reach(group, { within: true });
    for (let i = 0; i < 10 && !(await is()); i++) await this.press('ArrowDown');
    assert.ok(await is(), `${this.slug}: no arrow came to ${label}`);
    if (!(await key.isChecked())) await this.press('Space');
    assert.ok(await key.isChecked(), `${this.slug}: ${label} is not chosen`);
  }

  /** Chooses these of some questions, in their order. */
  async answer(questions, ids) {
    for (const question of questions) {
      for (const choice of question.choices.filter(({ id }) => ids.includes(id))) {
        await this.choose(question, choice.label);
      }
    }
  }

  /** The focus is somewhere, and can be seen there. */
  async holds(when) {
    // What had it may just have gone: a frame or two later it is where the work goes on.
    await this.page.waitForFunction(() => document.activeElement !== document.body, undefined, { timeout: 2_000 }).catch(() => {});
    const here = await this.here();
    assert.notEqual(here.what, 'nothing', `${this.slug}, ${when}: the focus is lost`);
    assert.ok(here.seen, `${this.slug}, ${when}: ${here.what} has the focus and does not show it`);
  }

  /** Does the warm-ups with `play`, each right at once; the focus is never lost on the way. */
  async practise(play) {
    for (const [at, task] of this.warmUps.entries()) {
      await this.warmUp(at + 1);
      await play(task.lesson.answer, task, at);
      if (at + 1 < this.warmUps.length) await this.warmUp(at + 2);
      else await this.real();
      await this.holds(`after warm-up ${at + 1}`);
    }
  }

  /** Waits until all is sent; what the server has. No finger and no mouse was there. */
  async done(count = 1) {
    const stored = await this.stored(count);
    await this.allSent();
    await this.holds('after sending');
    assert.equal(await this.page.evaluate(() => window.pointed), 0);
    return stored;
  }

  /** Where the drawing stage says that its cross is. */
  async cross() {
    await this.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    const said = await this.page.getByRole('status').filter({ hasText: /^At / }).innerText();
    const [x, y] = said.match(/-?\d+/g).map(Number);
    return { x, y };
  }

  /** Leads the stage's cross to a place of the picture, by what it says of itself. */
  async lead(x, y) {
    await this.press('ArrowRight', 'ArrowLeft');
    const from = await this.cross();
    await this.times(5, from.x > x ? 'ArrowLeft' : 'ArrowRight');
    const pixel = Math.abs((await this.cross()).x - from.x) / 60;
    assert.ok(pixel > 0, `${this.slug}: the cross does not move`);
    for (let i = 0; i < 12; i++) {
      const at = await this.cross();
      const [dx, dy] = [(x - at.x) / pixel, (y - at.y) / pixel];
      if (Math.abs(dx) < 1 && Math.abs(dy) < 1) return;
      for (const [by, less, more] of [[dx, 'ArrowLeft', 'ArrowRight'], [dy, 'ArrowUp', 'ArrowDown']]) {
        const key = by < 0 ? less : more;
        await this.times(Math.floor(Math.abs(by) / 12), key);
        await this.times(Math.round(Math.abs(by) % 12), `Shift+${key}`);
      }
    }
    assert.fail(`${this.slug}: the cross never came to ${x}, ${y}`);
  }
}

/** Tests of sample drives at a desk, each with what its project asks for; `here` is the browser and what is served. */
export const atDesk = (here) => (slug, what, play) =>
  test(`${what} (${slug})`, { timeout: 90_000 }, async () => {
    const hands = await Hands.open(...here(), slug);
    await play(hands, (await written(slug)).rules);
    await hands.leave();
  });
