// A volunteer in one of the sample drives: plays its warm-ups by their known answers, does tasks, and knows
// what must be stored of them in the end.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { phone } from './phone.mjs';
import { Place, records } from './program.mjs';
import { draw, pinch, rests } from './touch.mjs';

const samples = fileURLToPath(new URL('../../../sample', import.meta.url));
const title = (form) => form[0].toUpperCase() + form.slice(1);

/** Serves one sample drive. */
export async function serve(slug) {
  const place = await Place.make();
  try {
    const token = await place.token();
    await place.command('import', '--project', join(samples, slug, 'project.json'));
    return { slug, place, token, url: await place.serve() };
  } catch (error) {
    await place.clear();
    throw error;
  }
}

/** Every answer that the server has of a drive. */
export const answers = ({ url, token, slug }) => records(url, token, `/projects/${slug}/answers`);

export class Player {
  /** Opens a drive on a phone; straight into its first warm-up. */
  static async open(browser, drive, more = {}) {
    const me = new Player(drive, await phone(browser, { reducedMotion: 'reduce', ...more }));
    me.page.setDefaultTimeout(60_000);
    await me.device.listen((path, method, text) => {
      if (path.endsWith('/leases')) me.take(JSON.parse(text).tasks);
      if (path === '/api/v1/answers' && method === 'POST') me.heard += JSON.parse(text).outcomes.length;
    });
    const response = await me.page.goto(`${drive.url}/p/${drive.slug}`);
    const html = await response.text();
    const opening = JSON.parse(html.match(/<script type="application\/json" id="opening">(.*?)<\/script>/s)[1]);
    me.rules = opening.project.rules;
    me.warmUps = opening.warm_ups;
    // Before the tasks, which may have come by now.
    me.queue.unshift(...me.warmUps);
    me.warmUps.forEach((task) => me.known.add(task.id));
    await me.sees();
    assert.equal(await me.page.getByText(/sign (up|in)|log in|register|e-?mail/i).count(), 0);
    await me.page.getByText(`Warm-up 1 of ${me.warmUps.length}`).waitFor();
    return me;
  }

  constructor(drive, device) {
    Object.assign(this, { drive, device, page: device.page });
    /** Tasks in the order they came, the one on the screen first. */
    this.queue = [];
    this.known = new Set();
    /** What was given and not taken back: task, and its value or outcome. */
    this.given = [];
    /** Done once the warm-ups are over. */
    this.onward = undefined;
    /** How many answers were given, taken back ones too, and how many of them the server has heard. */
    this.said = 0;
    this.heard = 0;
    /** The shapes drawn for the task on the screen, by where the touches were. */
    this.drawn = [];
  }

  take(tasks) {
    for (const task of tasks.filter(({ id }) => !this.known.has(id))) {
      this.known.add(task.id);
      this.queue.push(task);
    }
  }

  get task() {
    return this.queue[0];
  }

  button(name) {
    return this.page.getByRole('button', { name, exact: true });
  }

  /** Taps a key by its name. */
  async tap(name) {
    await this.button(name).tap();
  }

  /** Waits until the task at the head of the queue is what the screen shows. */
  async sees() {
    for (let i = 0; !this.task; i++) {
      if (i > 400) throw new Error('No task came.');
      await this.page.waitForTimeout(25);
    }
    const { subject, note, lesson } = this.task;
    if (note && !lesson) return;
    const pictures = [subject.picture, subject.before?.picture].filter(Boolean);
    const urls = pictures.flatMap((picture) => picture.sources.map((source) => source.url));
    await this.page.waitForFunction(
      ([urls, url, text]) => {
        const here = (image) => urls.includes(new URL(image.src).pathname) && image.complete && image.naturalWidth > 0;
        if (urls.length) return [...document.images].some(here);
        if (url) return [...document.querySelectorAll('video source')].some((s) => new URL(s.src).pathname === url);
        return document.querySelector('.passage-text')?.textContent === text;
      },
      [urls, subject.url, subject.text],
      // Not with the frames: a page at rest may have none.
      { polling: 50 },
    );
  }

  /** Notes what was given for the task on the screen, and goes on to the next, where there are `more`. */
  async gave(what, more = true) {
    const task = this.queue.shift();
    this.given.push({ task, ...what });
    this.said += 1;
    this.drawn = [];
    if (this.queue.length || (more && !task.lesson)) await this.sees();
    return task;
  }

  /** Waits until the server has heard all that was said. */
  async received() {
    for (let i = 0; this.heard < this.said; i++) {
      if (i > 1200) throw new Error(`The server has heard ${this.heard} of ${this.said} answers.`);
      await this.page.waitForTimeout(25);
    }
  }

  /** Takes the last answer back by the key of that name, once it is stored: its task is there again. */
  async takeBack(name) {
    await this.received();
    await this.tap(name);
    this.queue.unshift(this.given.pop().task);
    await this.sees();
  }

  /** Says something instead of an answer, by the key of that name. */
  async say(name, outcome) {
    await this.tap(name);
    return this.gave({ outcome });
  }

  /** All warm-ups, each right at once. */
  async warmUp(answer) {
    for (const task of this.warmUps) {
      assert.equal(this.task.id, task.id);
      await answer(task.lesson.answer);
      // A miss would be told here, and the task would stay.
      if (this.task?.lesson) await this.sees();
      else await this.ready();
    }
    await this.onward?.();
  }

  /** Waits until a real task is on the screen. */
  async ready() {
    await this.sees();
    await this.page.getByText(/^Warm-up \d/).waitFor({ state: 'detached' });
  }

  // Choices.

  /** The key of a choice, by what stands on it, within its question. */
  choice(questions, id) {
    for (const question of questions) {
      const choice = question.choices.flatMap((choice) => [choice, ...(choice.choices ?? [])]).find((choice) => choice.id === id);
      if (!choice) continue;
      const several = question.pick === 'several';
      const name = question.text || this.task.question;
      return this.page
        .getByRole(several ? 'group' : 'radiogroup', { name, exact: true })
        .getByRole(several ? 'checkbox' : 'radio', { name: choice.label, exact: true });
    }
    throw new Error(`No choice ${id}.`);
  }

  async choose(questions, ids) {
    for (const id of ids) {
      // Down the tree, where it lies below another.
      const above = questions.flatMap(({ choices }) => choices).find(({ choices }) => choices?.some((below) => below.id === id));
      if (above) await this.choice(questions, above.id).tap();
      await this.choice(questions, id).tap();
    }
  }

  /** Whether a choice is made by one tap, with nothing to send. */
  get atTap() {
    const { questions, reason, link, spans } = this.rules;
    const bare = !spans?.length && [reason, link].every((extra) => !extra || extra.ask === 'no');
    return bare && questions.length === 1 && (questions[0].pick ?? 'one') === 'one' && !questions[0].optional;
  }

  /** Answers on a list: choices, then what goes with them. */
  async list(value) {
    await this.choose(this.rules.questions, value.choices);
    if (value.reason) await this.page.getByLabel(this.rules.reason.label).fill(value.reason);
    if (value.link) await this.page.getByLabel(this.rules.link.label).fill(value.link);
    if (!this.atTap) await this.tap('Send');
    return this.gave({ value });
  }

  // Drawing.

  /** Where the picture lies now. */
  lies() {
    return rests(this.page, this.task.subject);
  }

  /** Brings a part of the picture near the room's middle, with two fingers, until it can be drawn there. */
  async bring(part, least = 0) {
    const stage = await this.page.getByRole('application', { name: 'Drawing stage' }).boundingBox();
    const middle = [stage.x + stage.width / 2, stage.y + stage.height * 0.45];
    for (let turn = 0; turn < 12; turn++) {
      const at = await this.lies();
      const [a, b] = [at.to([part.x, part.y]), at.to([part.x + part.width, part.y + part.height])];
      const clear = await this.page.evaluate(
        (corners) => corners.every(([x, y]) => document.elementFromPoint(x, y)?.closest('.drawing-stage')),
        [a, [b[0], a[1]], b, [a[0], b[1]]],
      );
      const size = Math.max(b[0] - a[0], b[1] - a[1]);
      if (clear && size >= least) return;
      // A little over: places have hundredths, and what ends just short of it would do so again.
      const by = size >= least ? 1 : Math.min(1.8, (least * 1.05) / size);
      const from = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
      const limit = (d, most) => Math.max(-most, Math.min(most, d));
      const move = [
        limit(middle[0] - from[0], stage.width / 4),
        limit(middle[1] - from[1], stage.height / 4),
      ];
      const reach = 34;
      await pinch(this.device, [-1, 1].map((side) => [
        [middle[0] - move[0] / 2 + side * reach, middle[1] - move[1] / 2],
        [middle[0] + move[0] / 2 + side * reach * by, middle[1] + move[1] / 2],
      ]));
      await this.page.waitForTimeout(60);
    }
    throw new Error(`${JSON.stringify(part)} cannot be brought to where it can be drawn.`);
  }

  /** Takes a tool. */
  async tool(id) {
    const tool = this.rules.tools.find((tool) => tool.id === id);
    const form = title(tool.tool);
    const key = this.button(tool.label === form ? form : `${tool.label}, ${form}`);
    if ((await key.getAttribute('aria-pressed')) !== 'true') await key.tap();
    return tool;
  }

  /** Draws one shape with its tool as a person does, says what is asked of it. */
  async shape(shape) {
    const tool = await this.tool(shape.label);
    await this.bring(bounds(shape), least[shape.type] ?? 0);
    const at = await this.lies();
    const tap = async (place) => {
      const [x, y] = at.to(place);
      await this.page.touchscreen.tap(x, y);
    };
    const put = { type: shape.type, label: shape.label, pixel: at.pixel };
    switch (shape.type) {
      case 'point':
        await tap([shape.x, shape.y]);
        put.places = [[shape.x, shape.y]];
        break;
      case 'box':
      case 'ellipse':
      case 'line': {
        put.places = corners(shape);
        await draw(this.device, put.places.map(at.to));
        break;
      }
      case 'freehand':
        put.places = shape.points;
        await draw(this.device, put.places.map(at.to));
        break;
      default:
        put.places = spread(shape.points, 26 * at.pixel);
        for (const place of put.places) await tap(place);
        await this.tap(shape.type === 'polygon' ? 'Close' : 'Finish');
    }
    if (tool.questions?.length) {
      await this.choose(tool.questions, shape.choices);
      await this.tap('Done');
      put.choices = shape.choices;
    }
    this.drawn.push(put);
    return put;
  }

  /** Turns a drawn box by its handle, clockwise by so many degrees; it is still the chosen mark. */
  async turn(number, degrees) {
    const put = this.drawn[number];
    const [[left, top], [right, bottom]] = put.places;
    const at = await this.lies();
    const middle = at.to([(left + right) / 2, (top + bottom) / 2]);
    const arm = (bottom - top) / 2 / at.pixel + 44;
    const round = (angle) => [
      middle[0] + arm * Math.sin((angle * Math.PI) / 180),
      middle[1] - arm * Math.cos((angle * Math.PI) / 180),
    ];
    await draw(this.device, [0, degrees / 3, (degrees * 2) / 3, degrees].map(round));
    put.rotation = degrees;
  }

  /** The questions about the whole, where there are any. */
  async ask(choices) {
    if (!this.rules.questions?.length) return;
    await this.choose(this.rules.questions, choices);
    await this.tap('Next');
  }

  /** A whole drawing: questions, shapes, `Send`. */
  async drawing(value) {
    await this.ask(value.choices);
    for (const shape of value.shapes) await this.shape(shape);
    const offered = this.rules.tools.some(({ when }) => !when?.length || when.some((id) => value.choices?.includes(id)));
    return this.sendDrawing(value.choices, offered);
  }

  async sendDrawing(choices, send = true) {
    if (send) await this.tap('Send');
    return this.gave({ drawn: this.drawn, choices });
  }

  // Forms.

  /** Fills a form by the labels of its fields. */
  async fill(fields) {
    const form = this.page.getByRole('group', { name: 'Fill in what you see' });
    for (const field of this.rules.fields) {
      const value = fields[field.id];
      if (value === undefined) continue;
      if (field.type === 'rows') {
        for (const [at, row] of value.entries()) {
          const cells = form.getByRole('group', { name: `${field.label} ${at + 1}`, exact: true });
          if ((await cells.count()) === 0) {
            await form.getByRole('button', { name: 'Add a row' }).tap();
            // The new row takes the focus.
            await cells.locator('input:focus').waitFor();
          }
          for (const cell of field.fields) await this.field(cells, cell, row[cell.id]);
        }
      } else {
        await this.field(form, field, value);
      }
    }
  }

  async field(within, field, value) {
    if (field.type === 'choice') {
      const { label } = field.choices.find(({ id }) => id === value);
      const group = within.getByRole('radiogroup', { name: field.label });
      const chip = group.getByRole('radio', { name: label, exact: true });
      if (!(await chip.isChecked())) await chip.tap();
      return;
    }
    const line = within.getByRole('textbox', { name: new RegExp(`^${field.label}`) });
    await line.tap();
    await line.fill('');
    await this.page.keyboard.insertText(value);
  }

  async form(fields) {
    await this.fill(fields);
    await this.tap('Send');
    return this.gave({ value: { fields } });
  }

  // What came of it.

  /** Waits until the server has everything. */
  async allSent() {
    await this.page.getByText('All sent').first().waitFor({ timeout: 60_000 });
  }

  /** Just what was given is stored, as it was given. */
  async stored(layer = 'goal') {
    await this.allSent();
    const all = await answers(this.drive);
    const practised = this.given.filter(({ task }) => task.lesson).map(({ task }) => task.id);
    const practice = all.filter((answer) => answer.practice).map((answer) => answer.task);
    assert.deepEqual(practice.sort(), practised.sort(), 'warm-ups are stored as practice');
    assert.equal(all.length, this.given.length, JSON.stringify(all.map(({ task, value, outcome }) => ({ task, value, outcome }))));
    for (const { task, value, outcome, drawn, choices } of this.given) {
      const mine = all.filter((answer) => answer.task === task.id);
      assert.equal(mine.length, 1, `task ${task.id} has ${mine.length} answers`);
      const [answer] = mine;
      assert.equal(answer.layer ?? null, layer);
      assert.equal(answer.practice, Boolean(task.lesson));
      assert.equal(answer.outcome ?? undefined, outcome);
      if (value) assert.deepEqual(answer.value, value);
      if (drawn) sameDrawing(answer.value, drawn, choices);
    }
    return all;
  }

  /** Nothing was logged and nothing broke; the phone is put away. */
  async close() {
    this.device.clean();
    await this.device.close();
  }
}

/** So large a shape is drawn on the screen, in CSS pixels. */
const least = { box: 40, ellipse: 60, polygon: 150, polyline: 120, freehand: 100, line: 60 };

/** The two places that a box, an ellipse or a line is drawn between. */
function corners(shape) {
  if (shape.type === 'line') return shape.points;
  if (shape.type === 'ellipse') {
    const { cx, cy, rx, ry } = shape;
    return [[cx - rx, cy - ry], [cx + rx, cy + ry]];
  }
  const { x, y, width, height } = shape;
  return [[x, y], [x + width, y + height]];
}

function bounds(shape) {
  const points = shape.type === 'point' ? [[shape.x, shape.y]] : shape.points ?? corners(shape);
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}

/** Fewer points, none nearer to the one before or to the first than this. */
function spread(points, apart) {
  const far = (a, b) => Math.hypot(a[0] - b[0], a[1] - b[1]);
  const kept = [];
  for (const point of points) {
    if (!kept.length || (far(point, kept.at(-1)) >= apart && far(point, kept[0]) >= apart)) kept.push(point);
  }
  return kept;
}

/** A stored drawing is what the touches drew: two pixels of the picture apart and one of the screen at most. */
function sameDrawing(value, drawn, choices = []) {
  assert.deepEqual(value.choices ?? [], choices);
  assert.equal(value.shapes.length, drawn.length, JSON.stringify(value));
  for (const [at, put] of drawn.entries()) {
    const shape = value.shapes[at];
    assert.equal(shape.type, put.type);
    assert.equal(shape.label, put.label);
    assert.deepEqual(shape.choices ?? [], put.choices ?? []);
    const near = (a, b, what) => {
      const far = Math.hypot(a[0] - b[0], a[1] - b[1]);
      assert.ok(far <= 2 + put.pixel, `${put.type}, ${what}: ${a} is ${far} px from ${b}`);
    };
    if (put.type === 'freehand') {
      near(shape.points[0], put.places[0], 'begin');
      near(shape.points.at(-1), put.places.at(-1), 'end');
      continue;
    }
    const places = shape.type === 'point' ? [[shape.x, shape.y]] : shape.points ?? corners(shape);
    assert.equal(places.length, put.places.length, JSON.stringify(shape));
    places.forEach((place, i) => near(place, put.places[i], `place ${i + 1}`));
    if (put.rotation !== undefined) assert.ok(Math.abs(shape.rotation - put.rotation) < 3, `turned by ${shape.rotation}`);
    else if (shape.rotation !== undefined) assert.equal(shape.rotation, 0);
  }
}
