// The drawing screen by keyboard alone, on a desk: each warm-up right, and one real task to its end.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { bare } from '../lib/bare.mjs';
import { draw, drawn } from '../lib/crosshair.mjs';
import { launch } from '../lib/driver.mjs';
import { drives } from '../lib/drives.mjs';
import { Hands, atDesk } from '../lib/keyboard.mjs';
import { made } from '../lib/made.mjs';
import { gradient } from '../lib/png.mjs';

const SLUGS = ['storm-roofs', 'harbour-panorama', 'steppe-cameras', 'fire-watch', 'after-the-storm'];
let browser;
let served;
before(async () => {
  browser = await launch();
  served = await drives(...SLUGS);
});
after(async () => {
  await browser?.close();
  await served?.clear();
});

/** A test of one drive at a desk. */
const at = atDesk(() => [browser, served]);

/** Does the warm-ups; of an outline with many corners some are enough, the last not so near that it closes it. */
async function practise(hands, rules) {
  await hands.practise(async ({ choices, shapes }) => {
    if (rules.questions?.length) {
      await hands.answer(rules.questions, choices);
      await hands.use(hands.key('Next'));
    }
    const some = (points) => points.filter((_, i) => i % 3 === 0 && i < points.length - 2);
    const fewer = (shape) => (shape.points?.length > 9 ? { ...shape, points: some(shape.points) } : shape);
    await draw(hands, rules, shapes.map(fewer));
    // Where no tool is left by what was said, that is the whole answer.
    const tools = rules.tools.some(({ when }) => !when?.length || when.some((id) => choices?.includes(id)));
    if (tools) await hands.use(hands.key('Send'));
  });
}

describe('drawing by keyboard alone', () => {
  at('storm-roofs', 'points on a map', async (hands, rules) => {
    await practise(hands, rules);
    const shapes = [
      { type: 'point', label: 'shelter', x: 40, y: 60 },
      { type: 'point', label: 'road', x: 120, y: 200 },
    ];
    await draw(hands, rules, shapes);
    await hands.use(hands.key('Send'));
    const [answer] = await hands.done();
    drawn(answer, shapes);
  });

  at('fire-watch', 'an outline and a point that are asked about', async (hands, rules) => {
    await practise(hands, rules);
    const shapes = [
      { type: 'polygon', label: 'scar', points: [[60, 60], [160, 70], [120, 170]], choices: ['smoking'] },
      { type: 'point', label: 'fire', x: 110, y: 100, choices: ['woods'] },
    ];
    await draw(hands, rules, shapes);
    await hands.use(hands.key('Send'));
    const [answer] = await hands.done();
    drawn(answer, shapes);
  });

  at('steppe-cameras', 'a survey that leads to marks', async (hands, rules) => {
    await practise(hands, rules);
    const choices = ['animals', 'antelope', 'mood-2'];
    await hands.answer(rules.questions, choices);
    await hands.use(hands.key('Next'));
    const shapes = [
      { type: 'box', label: 'animal', x: 150, y: 200, width: 200, height: 150, choices: ['watching'] },
      { type: 'point', label: 'nose', x: 170, y: 240 },
      { type: 'polygon', label: 'herd', points: [[120, 160], [420, 180], [300, 420]] },
    ];
    await draw(hands, rules, shapes);
    await hands.use(hands.key('Send'));
    const [answer] = await hands.done();
    assert.deepEqual(answer.value.choices, choices);
    drawn(answer, shapes);
    // Back: nothing is said to be there while there are marks, but that the picture is bad.
    await hands.takeBack();
    await hands.use(hands.key('Nothing here'));
    await hands.page.getByRole('alert').filter({ hasText: 'There are marks.' }).waitFor();
    await hands.use(hands.key('Bad picture'));
    const [bad] = await hands.done();
    assert.deepEqual([bad.task, bad.outcome], [answer.task, 'bad_subject']);
  });

  at('after-the-storm', 'a box on the later of two', async (hands, rules) => {
    await practise(hands, rules);
    const { before_label: earlier, after_label: later } = hands.tasks[0].subject;
    await hands.use(hands.key(later), 'Space');
    assert.equal(await hands.key(later).getAttribute('aria-pressed'), 'true');
    const shapes = [
      { type: 'box', label: 'house', x: 200, y: 100, width: 80, height: 60, choices: ['walls'] },
      { type: 'point', label: 'road', x: 420, y: 300 },
    ];
    await draw(hands, rules, shapes);
    await hands.use(hands.key(earlier));
    await hands.use(hands.key('Send'));
    const [answer] = await hands.done();
    drawn(answer, shapes);
  });

  at('harbour-panorama', 'boxes, lines and outlines', async (hands, rules) => {
    const stage = hands.page.getByRole('application', { name: 'Drawing stage' });
    const said = (what) => hands.page.getByRole('status').filter({ hasText: what }).waitFor();
    await practise(hands, rules);
    await hands.reach(stage);
    // A box around the middle, from corner to corner.
    await hands.press('1', 'Enter', 'Enter');
    await hands.times(6, 'ArrowRight');
    await hands.times(4, 'ArrowDown');
    await hands.press('Enter');
    await said('1. Boat with a sail added');
    // A line.
    await hands.press('4', 'ArrowDown', 'Enter');
    await hands.times(5, 'ArrowLeft');
    await hands.press('Enter');
    await said('2. Pier added');
    // An outline; its last corner is taken back, put again, and it is closed by its key.
    await hands.press('6');
    await hands.times(3, 'ArrowDown');
    await hands.press('Enter');
    await hands.times(7, 'ArrowRight');
    await hands.press('Enter');
    await hands.times(5, 'ArrowUp');
    await hands.press('Enter');
    await hands.press('Control+z');
    await said('Undone');
    await hands.press('Control+y');
    await said('Done again');
    await hands.use(hands.key('Close'));
    await said('3. Garden added');
    // Whole marks go and come back, too.
    await hands.reach(stage);
    await hands.press('Control+z');
    await hands.page.getByRole('button', { name: 'List of marks, 2' }).waitFor();
    await hands.press('Control+Shift+z');
    // The list: the box is nudged and made wider, the line goes.
    await hands.use(hands.page.getByRole('button', { name: 'List of marks, 3' }));
    const list = hands.page.getByRole('dialog', { name: 'Marks' });
    const mark = (name) => list.getByRole('listitem').filter({ hasText: name });
    await hands.use(mark('Boat').getByRole('button', { name: 'Choose' }));
    const before = (await mark('Boat').innerText()).match(/at (-?\d+), (-?\d+), (\d+) by (\d+)/).map(Number);
    await hands.use(mark('Boat').getByRole('button', { name: 'Right' }));
    await hands.use(mark('Boat').getByRole('button', { name: 'Wider' }), 'Space');
    const now = (await mark('Boat').innerText()).match(/at (-?\d+), (-?\d+), (\d+) by (\d+)/).map(Number);
    assert.deepEqual(now.slice(1), [before[1] + 5, before[2], before[3] + 5, before[4]]);
    await hands.use(mark('Pier').getByRole('button', { name: 'Delete' }));
    await mark('Pier').waitFor({ state: 'detached' });
    await hands.holds('after deleting in the list');
    await hands.press('Escape');
    await list.waitFor({ state: 'hidden' });
    await hands.holds('after the list');
    await hands.use(hands.key('Send'));
    const [answer] = await hands.done();
    const [box, outline, ...more] = answer.value.shapes;
    assert.deepEqual([box.type, outline.type, more.length], ['box', 'polygon', 0]);
    assert.equal(outline.points.length, 3);
    assert.ok(Math.abs(box.x - now[1]) <= 1 && Math.abs(box.width - now[3]) <= 1, JSON.stringify(box));
  });
});

describe('drawing by keyboard alone, forms that no drive has', () => {
  const tools = [
    { id: 'path', tool: 'polyline', label: 'Path' },
    { id: 'stream', tool: 'freehand', label: 'Stream' },
    { id: 'shed', tool: 'box', label: 'Shed' },
    { id: 'pond', tool: 'ellipse', label: 'Pond' },
  ];
  const rules = { tools, rotatable: true };
  let own;
  before(async () => {
    own = await made({ 'field.png': gradient({ width: 640, height: 480 }) }, bare('all-forms', ['field.png'], { rules }));
  });
  after(() => own?.clear());

  test('lines along a way, and what is turned', { timeout: 60_000 }, async () => {
    const hands = await Hands.open(browser, own, 'all-forms');
    const shapes = [
      { type: 'polyline', label: 'path', points: [[60, 60], [160, 90], [240, 60], [300, 130]] },
      { type: 'freehand', label: 'stream', points: [[60, 200], [120, 240], [180, 220], [260, 260]] },
      { type: 'box', label: 'shed', x: 400, y: 100, width: 120, height: 80, rotation: 25 },
      { type: 'ellipse', label: 'pond', cx: 480, cy: 340, rx: 80, ry: 40, rotation: -10 },
    ];
    await draw(hands, rules, shapes);
    // The list turns it, too, and tells by how much.
    await hands.use(hands.page.getByRole('button', { name: 'List of marks, 4' }));
    const shed = hands.page.getByRole('dialog', { name: 'Marks' }).getByRole('listitem').filter({ hasText: 'Shed' });
    await shed.getByText(/turned by 25°$/).waitFor();
    await hands.use(shed.getByRole('button', { name: 'Choose' }));
    for (const [key, degrees] of [['Turn clockwise', 30], ['Turn clockwise', 35], ['Turn anticlockwise', 30]]) {
      await hands.use(shed.getByRole('button', { name: key }));
      await shed.getByText(new RegExp(`turned by ${degrees}°$`)).waitFor();
    }
    await hands.press('Escape');
    await hands.use(hands.key('Send'));
    const [answer] = await hands.done();
    drawn(answer, [shapes[0], shapes[1], { ...shapes[2], rotation: 30 }, shapes[3]]);
  });
});
