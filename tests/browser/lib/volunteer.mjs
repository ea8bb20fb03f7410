// A volunteer at work. Words are known by the leases that the phone received:
// the app shows tasks in the order in which they were handed out.
import assert from 'node:assert/strict';

/** Pieces of the screen by their names in the contract. */
export const screen = (page) => ({
  field: page.getByRole('textbox', { name: 'Type what you see' }),
  send: page.getByRole('button', { name: 'Send', exact: true }),
  cantRead: page.getByRole('button', { name: "Can't read" }),
  nothingHere: page.getByRole('button', { name: 'Nothing here' }),
  badCrop: page.getByRole('button', { name: 'Bad crop' }),
  takeBack: page.getByRole('button', { name: 'Take back' }),
  showPage: page.getByRole('button', { name: 'Show the page' }),
  help: page.getByRole('button', { name: 'Help', exact: true }),
  game: page.getByRole('switch', { name: 'Game' }),
  allSent: page.getByText('All sent', { exact: false }),
  again: page.getByRole('button', { name: 'Again', exact: true }),
  elsewhere: page.getByRole('link', { name: 'See the other drives' }),
  word: page.getByRole('img', { name: /The word to type/ }),
});

/** The way into the sample drive from the list. */
export const theDrive = (page) =>
  page.getByRole('listitem', { name: 'Seemünde, 1863' }).getByRole('link', { name: 'Read some words' });

export class Volunteer {
  /** Sits down in front of a project. */
  static async open(device, url, slug) {
    const me = new Volunteer(device, url, slug);
    await device.listen((...reply) => me.hear(...reply));
    await me.arrive();
    return me;
  }

  constructor(device, url, slug) {
    Object.assign(this, { device, page: device.page, url, slug });
    /** Tasks in the order they came, and what was answered. */
    this.queue = [];
    this.seen = new Set();
    this.sent = new Map();
    this.s = screen(this.page);
  }

  hear(path, method, text) {
    if (path.endsWith('/leases')) this.take(JSON.parse(text).tasks);
    if (path === '/api/v1/answers' && method === 'POST') {
      for (const outcome of JSON.parse(text).outcomes) this.sent.set(outcome.id, outcome);
    }
  }

  take(tasks) {
    for (const task of tasks.filter((t) => !this.seen.has(t.id))) {
      this.seen.add(task.id);
      this.queue.push(task);
    }
  }

  async arrive() {
    const response = await this.page.goto(`${this.url}/p/${this.slug}`);
    const html = await response.text();
    const opening = JSON.parse(html.match(/<script type="application\/json" id="opening">(.*?)<\/script>/s)[1]);
    this.warmUps = opening.warm_ups;
    await this.s.field.waitFor();
  }

  /** Does the warm-ups, each right at once. */
  async warmUp() {
    for (const task of this.warmUps) {
      await this.sees(task);
      await this.type(task.lesson.answer.text);
      await this.s.send.tap();
    }
    await this.ready();
  }

  /** Waits until a real task stands on the screen; that task. */
  async ready() {
    await this.until(() => this.task, 'a task');
    await this.sees(this.task);
    return this.task;
  }

  /** Whether another task comes, or the drive has no more for this volunteer. */
  async goesOn() {
    await this.wake();
    await this.until(async () => this.task || (await this.s.elsewhere.isVisible()), 'a task or the end');
    return this.task !== undefined;
  }

  /** Waits until it is there. */
  async until(there, what) {
    for (let i = 0; !(await there()); i++) {
      if (i > 600) throw new Error(`Waited in vain for ${what}; ${this.queue.length} tasks are here.`);
      await this.page.waitForTimeout(25);
    }
  }

  /** The task on the screen. */
  get task() {
    return this.queue[0];
  }

  /** Waits until this very task's picture is there, decoded. */
  async sees(task) {
    const urls = task.subject.picture.sources.map((source) => source.url);
    await this.page.waitForFunction(
      (urls) =>
        [...document.images].some(
          (image) => urls.includes(new URL(image.src).pathname) && image.complete && image.naturalWidth > 0,
        ),
      urls,
      { timeout: 15_000 },
    );
  }

  /** Waits until the pictures of the next `count` tasks are on the device: from here a tunnel may come. */
  async stocked(count) {
    await this.until(() => this.queue.length >= count, `${count} tasks`);
    await this.page.waitForFunction(
      (each) => {
        const loads = performance.getEntriesByType('resource').filter((load) => load.responseEnd > 0);
        const here = new Set(loads.map((load) => new URL(load.name).pathname));
        return each.every((urls) => urls.some((url) => here.has(url)));
      },
      this.queue.slice(0, count).map((task) => task.subject.picture.sources.map((source) => source.url)),
      { timeout: 15_000, polling: 50 },
    );
  }

  async type(text) {
    await this.s.field.focus();
    await this.page.keyboard.insertText(text);
    assert.equal(await this.s.field.inputValue(), text);
  }

  /**
   * Types a word, or what `text` says of the task, and sends it by the keyboard's key. The task that it
   * was for.
   */
  async answer(text) {
    const task = await this.ready();
    await this.type(typeof text === 'function' ? text(task) : text);
    await this.page.keyboard.press('Enter');
    await this.moved();
    return task;
  }

  /** Taps an outcome. The task that it was for. */
  async say(button) {
    const task = await this.ready();
    await button.tap();
    await this.moved();
    return task;
  }

  /** After an answer: the next task; on the still screen, another round. */
  async moved() {
    this.queue.shift();
    await this.page.waitForFunction(
      () => {
        const field = document.querySelector('input[name="reading"]');
        return !field || field.value === '' || !field.offsetParent;
      },
      undefined,
      { timeout: 15_000 },
    );
  }

  /** Leaves the still screen, where it is. */
  async wake() {
    if (await this.s.again.isVisible()) {
      await this.s.again.tap();
      await this.s.field.waitFor();
    }
  }

  /** Waits until the server has everything. */
  async allSent() {
    await this.s.allSent.first().waitFor();
  }
}
