// What a project's own words become for whoever hears the screen, and for whoever reads from right to left.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { bare } from '../lib/bare.mjs';
import { launch } from '../lib/driver.mjs';
import { drives } from '../lib/drives.mjs';
import { made } from '../lib/made.mjs';
import { looked } from '../lib/phone.mjs';
import { gradient } from '../lib/png.mjs';
import { Seat } from '../lib/seat.mjs';
import { tree } from '../lib/tree.mjs';

const FIELD = { type: 'image', file: 'field.png', alt: 'A field from above', text: 'It is a field.' };
const TILES = [
  FIELD,
  { type: 'image_pair', before: 'field.png', after: 'field.png', before_label: 'Spring', after_label: 'Autumn' },
  { type: 'text', content: 'Das Feld ist leer.', language: 'de' },
  { ...FIELD, alt: 'A field of graves', text: 'They are graves.', note: 'Death' },
];
const CHOICES = ['Dark', 'Light'].map((label) => ({ id: label.toLowerCase(), label, hint: `${label} for the most part` }));
const MANY = Array.from({ length: 11 }, (_, at) => ({ id: `the ${at}`, label: `Choice ${at + 1}`, hint: `Hint ${at + 1}` }));
const tagging = (slug, rules, more) => bare(slug, ['field.png'], { kind: 'tagging', rules, ...more });
const one = (choices, more) => [{ id: 'q', choices, ...more }];

/** A word from right to left, and something that is not. */
const leftward = (letter) => `العربية ${letter}?`;
const WORDS = {
  A: 'the question', B: 'a question', C: 'a choice', D: 'a hint', E: 'the name of a field', F: 'the claim', G: 'the name of a fact', H: 'a fact',
};
const HELP = { I: 'the title of a help', J: 'a help' };

let browser, served, samples;
before(async () => {
  browser = await launch();
  samples = await drives('shelter-photos');
  served = await made(
    { 'field.png': gradient({ width: 320, height: 240 }) },
    tagging('card', { screen: 'card', questions: one(CHOICES) }),
    tagging('many', { questions: one(MANY, { pick: 'several' }) }),
    tagging('wall', { screen: 'grid', questions: one(CHOICES) }, { subjects: TILES.map((tile, id) => ({ ...tile, id: `${id}` })) }),
    tagging(
      'arabic',
      {
        questions: one([{ id: 'a', label: leftward('C'), hint: leftward('D') }], { text: leftward('B') }),
        reason: { ask: 'optional', label: leftward('E') },
      },
      {
        question: leftward('A'),
        help: [{ title: leftward('I'), body: leftward('J') }],
        subjects: [{ type: 'image', file: 'field.png', text: leftward('F'), facts: { [leftward('G')]: leftward('H') } }],
      },
    ),
  );
});
after(async () => {
  await browser?.close();
  await served?.clear();
  await samples?.clear();
});

describe('whoever hears the screen is told', () => {
  test('what hangs on a wall, and of what is covered its note alone', { timeout: 60_000 }, async () => {
    const seat = await Seat.open(browser, served, 'wall', { reducedMotion: 'reduce' });
    const covered = seat.page.getByRole('button', { name: /: covered$/ });
    await covered.waitFor();
    assert.deepEqual(await looked(seat.page, 'a wall'), []);
    const told = async () => {
      const nodes = await tree(seat.device);
      const tiles = nodes.filter(({ role, name }) => role === 'button' && /^Picture \d: /.test(name));
      return [tiles.map(({ name, description }) => `${name.slice(11)}. ${description}`).sort(), nodes];
    };
    const open = [
      'no answer yet. A field from above It is a field.', 'no answer yet. Das Feld ist leer.', 'no answer yet. Spring Autumn',
    ];
    const [tiles, nodes] = await told();
    assert.deepEqual(tiles, ['covered. Death Tap to see it.', ...open]);
    assert.ok(!/graves/.test(JSON.stringify(nodes)), 'what is covered is told');
    const brushes = nodes.filter(({ role }) => role === 'radio').map(({ name, description }) => [name, description]);
    assert.deepEqual(brushes.slice(0, 2), CHOICES.map(({ label, hint }) => [label, hint]));
    await covered.tap();
    await covered.waitFor({ state: 'detached' });
    assert.deepEqual((await told())[0], [...open, 'no answer yet. A field of graves They are graves.'].sort());
    await seat.leave();
  });

  for (const [slug, role, choices] of [['card', 'button', CHOICES], ['many', 'checkbox', MANY]]) {
    test(`when each choice fits: ${slug}`, { timeout: 60_000 }, async () => {
      const seat = await Seat.open(browser, served, slug);
      const keys = (await tree(seat.device)).filter((node) => node.role === role && choices.some(({ label }) => label === node.name));
      assert.deepEqual(keys.map(({ name, description }) => [name, description]), choices.map(({ label, hint }) => [label, hint]));
      await seat.leave();
    });
  }

  test('which choice opens more of them, and what was chosen there', { timeout: 60_000 }, async () => {
    const seat = await Seat.open(browser, samples, 'shelter-photos', { reducedMotion: 'reduce' });
    const key = (name) => seat.page.getByRole('radio', { name, exact: true });
    const told = async (name) => {
      const { description, checked } = (await tree(seat.device)).find((node) => node.role === 'radio' && node.name === name);
      return [description, checked];
    };
    await key('In a building').tap();
    await key('A house or a barn').waitFor();
    assert.deepEqual(await told('A hall or school'), ['', 'false']);
    assert.deepEqual(await told('A house or a barn'), ['Opens more choices', 'false']);
    await key('A house or a barn').tap();
    await key('A barn').tap();
    assert.deepEqual(await told('A barn'), ['A wide door, and no chimney.', 'true']);
    await seat.key('Back').tap();
    await key('A hall or school').waitFor();
    assert.deepEqual(await told('A house or a barn'), ['A barn Opens more choices', 'true']);
    await seat.leave();
  });
});

/** Runs in the page: where a line's first letter lies, the Latin one behind its first word, and the sign at its end. */
function lies(letter) {
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const node = walk.currentNode;
    const at = node.data.indexOf(` ${letter}?`);
    if (at < 1 || !node.parentElement.checkVisibility()) continue;
    const [first, latin, sign] = [0, at + 1, at + 2].map((from) => {
      const range = document.createRange();
      range.setStart(node, from);
      range.setEnd(node, from + 1);
      return range.getBoundingClientRect().left;
    });
    return { first, latin, sign };
  }
  return null;
}

describe('what is written from right to left', () => {
  test('runs so in whatever a project says', { timeout: 60_000 }, async () => {
    const seat = await Seat.open(browser, served, 'arabic', { reducedMotion: 'reduce' });
    const all = async (words) => {
      for (const [letter, what] of Object.entries(words)) {
        const { first, latin, sign } = await (await seat.page.waitForFunction(lies, letter)).jsonValue();
        assert.ok(latin < first, `${what} runs from left to right`);
        assert.ok(sign < latin, `the sign at the end of ${what} stands at its beginning`);
      }
    };
    // What is asked for beside comes with an answer.
    await seat.page.getByRole('radio').tap();
    await all(WORDS);
    const reason = seat.page.getByRole('textbox');
    for (const [text, way] of [['العربية', 'rtl'], ['English', 'ltr']]) {
      await reason.fill(text);
      assert.equal(await reason.evaluate((field) => getComputedStyle(field).direction), way);
    }
    assert.deepEqual(await looked(seat.page, 'from right to left'), []);
    await seat.page.getByRole('button', { name: 'Help', exact: true }).first().tap();
    await all(HELP);
    await seat.leave();
  });
});
