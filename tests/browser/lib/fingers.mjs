// Somebody with a phone and one finger, who draws on pictures and uses keys by tapping them.
import assert from 'node:assert/strict';
import { Seat } from './seat.mjs';
import { draw, rests } from './touch.mjs';

export class Fingers extends Seat {
  constructor(...all) {
    super(...all);
    this.page.setDefaultTimeout(15_000);
  }

  /** The task whose turn it is, by how many were given. */
  get task() {
    return this.tasks[this.sent.size];
  }

  /** Where the picture lies, at rest. */
  lies() {
    return rests(this.page, this.task.subject);
  }

  /** The stage that is drawn on. */
  get stage() {
    return this.page.getByRole('application', { name: 'Drawing stage' });
  }

  /** Taps places of the original, one after the other. */
  async tap(...places) {
    for (const place of places) {
      // What was said until now may go with a tap, and the picture lies elsewhere then.
      const [x, y] = (await this.lies()).to(place);
      const meets = await this.page.evaluate(([x, y]) => Boolean(document.elementFromPoint(x, y)?.closest('.stage-view')), [x, y]);
      assert.ok(meets, `${place} cannot be touched`);
      await this.page.touchscreen.tap(x, y);
    }
  }

  /** Goes from one place of the original to others. */
  async drag(...places) {
    const at = await this.lies();
    await draw(this.device, places.map(at.to));
  }

  /** A finger that is down at a place of the screen, which is moved `to` others, and goes `up`. */
  async press(x, y) {
    const send = (type, at) =>
      this.device.device.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: at ? [{ x: at[0], y: at[1], id: 1, radiusX: 6, radiusY: 6 }] : [],
      });
    await send('touchStart', [x, y]);
    return { to: (x, y) => send('touchMove', [x, y]), up: () => send('touchEnd') };
  }

  /** Waits until so many marks are drawn. */
  marks(count) {
    return this.page.getByRole('button', { name: `List of marks, ${count}`, exact: true }).waitFor();
  }

  /** Waits until this is said aloud; where. */
  async told(what) {
    const note = this.page.getByRole('alert').filter({ hasText: what, visible: true });
    await note.waitFor();
    return note;
  }

  /** Waits until nothing is said aloud. */
  quiet() {
    return this.page.locator('.drawing-answer [role=alert]').waitFor({ state: 'hidden' });
  }

  /** Sends what is drawn; the shapes that are stored. */
  async shapes() {
    const before = this.sent.size;
    await this.use(this.key('Send'));
    await this.until(() => this.sent.size > before, 'an answer that was taken');
    const stored = await this.stored(before + 1);
    return stored.find(({ task }) => task === this.tasks[before].id).value.shapes;
  }
}

/** Somebody whose network does something else with what is asked for at `where`. */
export const unlucky = (where, how = (route) => route.abort()) =>
  class extends Fingers {
    async arrive() {
      await this.page.route(where, how);
      await super.arrive();
    }
  };

/** Two places are the same, give or take so much. */
export function near(found, place, most, what = 'a place') {
  const far = Math.hypot(found[0] - place[0], found[1] - place[1]);
  assert.ok(far <= most, `${what}: ${found} is ${far} from ${place}`);
}
