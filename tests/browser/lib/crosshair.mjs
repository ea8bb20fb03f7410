// Marks that are drawn by keyboard alone, with the stage's cross.
import assert from 'node:assert/strict';

/** So many degrees a key turns a mark by. */
const TURN = 5;

/** The places that a mark is put by. */
function places({ type, points, x, y, width, height, cx, cy, rx, ry }) {
  if (type === 'point') return [[x, y]];
  if (type === 'box') return [[x, y], [x + width, y + height]];
  if (type === 'ellipse') return [[cx - rx, cy - ry], [cx + rx, cy + ry]];
  return points;
}

/** Draws marks with the cross, each by its tool's number, and says what is asked of it. */
export async function draw(hands, rules, shapes) {
  const stage = hands.page.getByRole('application', { name: 'Drawing stage' });
  for (const shape of shapes) {
    const at = rules.tools.findIndex((tool) => tool.id === shape.label);
    await hands.reach(stage);
    await hands.press(String(at + 1));
    for (const [x, y] of places(shape)) {
      await hands.lead(x, y);
      await hands.press('Enter');
    }
    if (['polygon', 'polyline', 'freehand'].includes(shape.type)) {
      await hands.use(hands.key(shape.type === 'polygon' ? 'Close' : 'Finish'));
    }
    await hands.page.getByRole('status').filter({ hasText: / added$/ }).waitFor();
    if (shape.choices?.length) {
      await hands.answer(rules.tools[at].questions, shape.choices);
      await hands.use(hands.key('Done'));
    }
    const turns = Math.round((shape.rotation ?? 0) / TURN);
    if (turns !== 0) {
      await hands.reach(stage);
      await hands.times(Math.abs(turns), turns > 0 ? 'r' : 'Shift+R');
    }
  }
}

/** These marks are stored, each where it was put and as it was turned, by whole steps. */
export function drawn(answer, shapes) {
  const said = (shape) => [shape.type, shape.label, shape.choices ?? []];
  assert.deepEqual(answer.value.shapes.map(said), shapes.map(said));
  for (const [at, shape] of shapes.entries()) {
    const stored = places(answer.value.shapes[at]);
    assert.equal(stored.length, places(shape).length, JSON.stringify(answer.value.shapes[at]));
    assert.equal(answer.value.shapes[at].rotation ?? 0, ((shape.rotation ?? 0) + 360) % 360);
    for (const [i, [x, y]] of places(shape).entries()) {
      const far = Math.hypot(stored[i][0] - x, stored[i][1] - y);
      assert.ok(far <= 4, `${JSON.stringify(answer.value.shapes[at])} is ${far} from ${x}, ${y}`);
    }
  }
}
