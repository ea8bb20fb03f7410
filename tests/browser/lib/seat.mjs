// A volunteer at a drive of any kind, who knows what was handed out and what was stored.
import { phone } from './phone.mjs';

/** What stands alone on the screen for a practice task. */
const STEP = /^Warm-up \d+ of \d+$/;

export class Seat {
  /** Opens a drive on a device of its own. */
  static async open(browser, served, slug, more = {}) {
    const device = await phone(browser, more);
    const seat = new this(device, served, slug);
    await device.listen((...reply) => seat.hear(...reply));
    await seat.arrive();
    return seat;
  }

  constructor(device, served, slug) {
    Object.assign(this, { device, page: device.page, served, slug });
    /** Tasks in the order they came. */
    this.tasks = [];
    /** The ids of the answers that the server took. */
    this.sent = new Set();
  }

  hear(path, method, text) {
    if (path.endsWith('/leases')) {
      const known = new Set(this.tasks.map((task) => task.id));
      this.tasks.push(...JSON.parse(text).tasks.filter((task) => !known.has(task.id)));
    }
    if (path === '/api/v1/answers' && method === 'POST') {
      for (const outcome of JSON.parse(text).outcomes) this.sent.add(outcome.id);
    }
    if (method === 'DELETE') this.sent.delete(path.split('/').at(-1));
  }

  /** Takes back the last answer, which the server has, and waits until it has it no more. */
  async takeBack() {
    const before = this.sent.size;
    await this.use(this.key('Take back'));
    await this.until(() => this.sent.size < before, 'an answer less');
  }

  async arrive() {
    const response = await this.page.goto(`${this.served.url}/p/${this.slug}`);
    const html = await response.text();
    const opening = JSON.parse(html.match(/<script type="application\/json" id="opening">(.*?)<\/script>/s)[1]);
    this.warmUps = opening.warm_ups;
    await (this.warmUps.length ? this.warmUp(1) : this.real());
  }

  /** Waits for the warm-up of that number. */
  warmUp(number) {
    return this.page.getByText(`Warm-up ${number} of ${this.warmUps.length}`, { exact: true }).waitFor();
  }

  /** A key by what stands on it. */
  key(name) {
    return this.page.getByRole('button', { name, exact: true }).filter({ visible: true });
  }

  /** Presses a key, in the way this volunteer does it. */
  use(locator) {
    return locator.tap();
  }

  /** Leaves what is on the screen to others. */
  async skip() {
    const brush = this.page.getByRole('radio', { name: 'Skip', exact: true });
    if (!(await brush.isVisible())) return this.use(this.key('Skip'));
    await this.use(brush);
    await this.use(this.key('All of these'));
    await this.use(this.key('Send'));
  }

  /** Leaves pictures to others until a text is on the screen, whose words can be marked; how many those were. */
  async toText() {
    const text = (task) => task.subject.text;
    const left = this.tasks.findIndex(text);
    for (let i = 0; i < left; i++) await this.use(this.key('Skip'));
    await this.page.waitForFunction((text) => document.querySelector('.passage-text')?.textContent === text, text(this.tasks[left]));
    return left;
  }

  /** Skips the warm-ups from that number on; nothing is told of it. */
  async pass(from = 1) {
    for (let at = from; at <= this.warmUps.length; at++) {
      await this.warmUp(at);
      await this.skip();
    }
    await this.real();
  }

  /** Waits for a real task. */
  async real() {
    await this.page.getByText(STEP).filter({ visible: true }).waitFor({ state: 'detached' });
    await this.page.locator('[data-scene="task"]').waitFor();
    await this.until(() => this.tasks.length > 0, 'a task');
  }

  /** Waits until this very task's pictures are there, decoded. */
  async sees({ subject }) {
    const pictures = subject.before ? [subject.before.picture, subject.after.picture] : [subject.picture];
    const urls = pictures.map((picture) => picture.sources.map((source) => source.url));
    await this.page.waitForFunction((urls) => {
      const there = [...document.images].filter((image) => image.complete && image.naturalWidth > 0);
      return urls.every((some) => there.some((image) => some.includes(new URL(image.src).pathname)));
    }, urls);
  }

  /** Waits for what was heard. */
  async until(is, what) {
    for (let i = 0; !is(); i++) {
      if (i > 600) throw new Error(`There never was ${what}.`);
      await this.page.waitForTimeout(25);
    }
  }

  /** What the team is told of this volunteer's answers, practice left out. */
  async stored(count = 1) {
    let mine = [];
    for (let i = 0; mine.length !== count; i++) {
      if (i > 100) throw new Error(`${mine.length} answers were stored, not ${count}.`);
      if (i > 0) await this.page.waitForTimeout(100);
      mine = (await this.served.answers(this.slug)).filter((answer) => this.sent.has(answer.id));
    }
    return mine;
  }

  /** Waits until the server has everything. */
  allSent() {
    return this.page.getByRole('status').filter({ hasText: 'All sent' }).first().waitFor();
  }

  /** Leaves, if nothing went wrong. */
  async leave() {
    this.device.clean();
    await this.device.close();
  }
}
