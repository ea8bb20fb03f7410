// Ways of typing that no sample drive has: a machine's reading that is mended, shorthand, lines, and scripts
// that run from right to left.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { after, before, describe, test } from 'node:test';
import { bare } from '../lib/bare.mjs';
import { launch } from '../lib/driver.mjs';
import { Fingers } from '../lib/fingers.mjs';
import { made } from '../lib/made.mjs';
import { gradient } from '../lib/png.mjs';

const samples = fileURLToPath(new URL('../../../sample/', import.meta.url));
const project = (slug, rules, more = {}) =>
  bare(slug, [], {
    kind: 'typing',
    rules: { unit: 'line', ...rules },
    subjects: ['one', 'two', 'three'].map((id) => ({ type: 'image', file: 'line.png', id })),
    ...more,
  });
const page = { subjects: [], pages: [{ text: 'page-1.xml', image: 'page-1.jpg', label: 'Page 1' }] };

/** Some lines of that page, in its pixels. */
const LINES = [{ x: 200, y: 400, width: 500, height: 40 }, { x: 200, y: 450, width: 500, height: 40 }];

let browser, served;
before(async () => {
  browser = await launch();
  const files = { 'line.png': gradient({ width: 600, height: 60 }) };
  files['page-1.jpg'] = await readFile(`${samples}page-1.jpg`);
  files['page-1.xml'] = await readFile(`${samples}page-1.xml`);
  served = await made(
    files,
    project('read-before', { prefill: 'ocr' }, page),
    project('read-by-nobody', { prefill: 'blank' }, page),
    project('marked-lines', {}, { subjects: LINES.map((mark, at) => ({ type: 'image_region', file: 'page-1.jpg', label: 'Page 1', mark, id: `line ${at}` })) }),
    project('shorthand', { shorthand: [['ae', 'æ'], ['oe', 'œ']] }),
    project('from-the-right', { direction: 'rtl', characters: ['\u064e', 'ؤ'] }, { language: 'ar' }),
    project('either-way', { direction: 'auto' }),
    project('old-print', { characters: ['ſ', '⸗', 'ꝛ', '\u0364'] }),
  );
});
after(async () => {
  await browser?.close();
  await served?.clear();
});

/** Somebody who types on a phone. */
class Typist extends Fingers {
  get field() {
    return this.page.getByRole('textbox', { name: 'Type the line you see', exact: true });
  }

  /** Waits until the field holds this. */
  holds(text) {
    return this.page.waitForFunction((text) => document.querySelector('[name=reading]').value === text, text);
  }

  /** Sends what is typed, in the way that `send` is; the text that is stored. */
  async gives(send = () => this.use(this.key('Send'))) {
    const before = this.sent.size;
    const { id } = this.task;
    await send();
    await this.until(() => this.sent.size > before, 'an answer that was taken');
    const stored = await this.stored(before + 1);
    return stored.find(({ task }) => task === id).value.text;
  }

  /** Whether the field has the focus. */
  typing() {
    return this.field.evaluate((field) => field === document.activeElement);
  }
}

const at = (slug, what, play) =>
  test(`${what} (${slug})`, { timeout: 60_000 }, async () => {
    const typist = await Typist.open(browser, served, slug, { reducedMotion: 'reduce' });
    await play(typist);
    await typist.leave();
  });

describe('what a machine has read', () => {
  at('read-before', 'is right with one tap, or mended and told', async (typist) => {
    const right = typist.key('It is right');
    const { text: first } = typist.task.prefill;
    assert.ok(typist.tasks.some(({ prefill }) => prefill.text.split(' ').length > 3), 'lines have several words');
    await typist.holds(first);
    assert.equal(await typist.gives(() => typist.use(right)), first.normalize('NFC'));

    const { text: second } = typist.task.prefill;
    await typist.holds(second);
    await typist.field.focus();
    await typist.page.keyboard.press('End');
    await typist.page.keyboard.type('x');
    await right.waitFor({ state: 'hidden' });
    await typist.page.keyboard.press('Backspace');
    // As the machine had it again.
    await right.waitFor();
    await typist.page.keyboard.press('Backspace');
    await typist.page.keyboard.type('§');
    await right.waitFor({ state: 'hidden' });
    const mended = `${second.slice(0, -1)}§`;
    await typist.holds(mended);
    assert.equal(await typist.gives(), mended.normalize('NFC'));
    const told = typist.page.getByText('The machine read ');
    await told.waitFor();
    assert.ok((await told.innerText()).includes(second), await told.innerText());
    assert.equal(await told.locator('mark').innerText(), second.at(-1));
    await typist.holds(typist.task.prefill.text);
  });

  at('read-by-nobody', 'is not shown where the field begins empty', async (typist) => {
    await typist.holds('');
    assert.equal(typist.task.prefill, undefined);
    assert.ok(!(await typist.key('It is right').isVisible()));
    assert.ok(!(await typist.page.getByText('Read by a machine.').isVisible()));
    await typist.field.focus();
    await typist.page.keyboard.insertText('A line as I read it');
    assert.equal(await typist.gives(), 'A line as I read it');
    await typist.holds('');
  });
});

describe('lines of a page', () => {
  at('marked-lines', 'are typed one by one, with the page at hand', async (typist) => {
    for (const count of [1, 2]) {
      await typist.sees(typist.task);
      assert.ok(LINES.some(({ y }) => y === typist.task.subject.mark.y), JSON.stringify(typist.task.subject.mark));
      await typist.use(typist.key('Show the page'));
      await typist.page.getByRole('dialog', { name: 'Page 1' }).waitFor();
      await typist.page.keyboard.press('Escape');
      await typist.page.getByRole('dialog', { name: 'Page 1' }).waitFor({ state: 'hidden' });
      await typist.field.focus();
      await typist.page.keyboard.insertText(`Line by line, ${count}`);
      assert.equal(await typist.gives(), `Line by line, ${count}`);
    }
  });
});

describe('shorthand', () => {
  at('shorthand', 'is expanded by its letter, and one Backspace undoes that', async (typist) => {
    await typist.field.focus();
    await typist.page.keyboard.type('Cae`sar');
    await typist.holds('Cæsar');
    await typist.page.keyboard.type(' poe`');
    await typist.holds('Cæsar pœ');
    await typist.page.keyboard.press('Backspace');
    await typist.holds('Cæsar poe');
    await typist.page.keyboard.type('ta');
    assert.equal(await typist.gives(() => typist.page.keyboard.press('Enter')), 'Cæsar poeta');
  });

  at('shorthand', 'is expanded by its key, where the caret is', async (typist) => {
    const key = typist.page.getByRole('button', { name: 'Expand the shorthand' });
    await typist.field.focus();
    await typist.page.keyboard.insertText('Caesar poena');
    await typist.field.evaluate((field) => field.setSelectionRange(3, 3));
    await typist.use(key);
    await typist.holds('Cæsar poena');
    assert.ok(await typist.typing(), 'the focus stays in the field');
    // The caret stands behind what has come.
    await typist.page.keyboard.insertText('.');
    await typist.holds('Cæ.sar poena');
    await typist.field.evaluate((field) => field.setSelectionRange(10, 10));
    await typist.use(key);
    await typist.holds('Cæ.sar pœna');
    assert.equal(await typist.gives(), 'Cæ.sar pœna');
  });
});

describe('signs that few devices have a face for', () => {
  at('old-print', 'are drawn on their keys and where they are typed', async (typist) => {
    await typist.field.focus();
    for (const sign of ['⸗', 'ꝛ']) await typist.use(typist.key(sign));
    await typist.page.keyboard.insertText('u');
    await typist.use(typist.key('◌\u0364'));
    await typist.holds('⸗ꝛu\u0364');
    // None of them with the box that a face draws for what it lacks: the app's own face has them, or one of
    // the device's that is known to.
    const { device } = typist.device;
    await device.send('DOM.enable');
    await device.send('CSS.enable');
    const { root } = await device.send('DOM.getDocument');
    const { nodeIds } = await device.send('DOM.querySelectorAll', { nodeId: root.nodeId, selector: '.character' });
    assert.equal(nodeIds.length, 4);
    const drawn = async (nodeId) => {
      const { fonts } = await device.send('CSS.getPlatformFontsForNode', { nodeId });
      return fonts.length === 1 && (fonts[0].isCustomFont || /Junicode|Noto Serif/.test(fonts[0].familyName));
    };
    for (const nodeId of nodeIds.slice(1)) await typist.until(() => drawn(nodeId), 'a face that has the sign');
    assert.equal(await typist.gives(), '⸗ꝛu\u0364');
  });
});

describe('scripts that run from right to left', () => {
  const side = (typist) => typist.field.evaluate((field) => getComputedStyle(field).direction);

  at('from-the-right', 'are typed as they are written and stored in one form', async (typist) => {
    assert.equal(await side(typist), 'rtl');
    assert.equal(await typist.field.getAttribute('lang'), 'ar');
    await typist.field.focus();
    // An alef and its madda apart, and two marks in the order in which they were typed.
    const typed = 'ا\u0653دم معل\u0651\u064eم';
    await typist.page.keyboard.insertText(typed);
    await typist.holds(typed);
    // A mark of the bar goes onto the letter before the caret.
    await typist.use(typist.key('◌\u064e'));
    await typist.holds(`${typed}\u064e`);
    await typist.use(typist.key('ؤ'));
    await typist.holds(`${typed}\u064eؤ`);
    assert.ok(await typist.typing(), 'the focus stays in the field');
    const stored = await typist.gives();
    assert.equal(stored, 'آدم معل\u064e\u0651م\u064eؤ');
    assert.equal(stored, `${typed}\u064eؤ`.normalize('NFC'));
  });

  at('either-way', 'turn the field by what is typed', async (typist) => {
    await typist.field.focus();
    await typist.page.keyboard.insertText('Adam');
    assert.equal(await side(typist), 'ltr');
    await typist.page.keyboard.press('Control+a');
    await typist.page.keyboard.insertText('آدم');
    assert.equal(await side(typist), 'rtl');
    assert.equal(await typist.gives(), 'آدم');
  });
});
