// What a thumb does without meaning it: a double tap, a key held down, `Skip` beside `Send`.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { bare } from '../lib/bare.mjs';
import { launch } from '../lib/driver.mjs';
import { Fingers } from '../lib/fingers.mjs';
import { made } from '../lib/made.mjs';
import { gradient } from '../lib/png.mjs';
import { draw } from '../lib/touch.mjs';

const pictures = ['one', 'two', 'three', 'four'].map((id) => ({ type: 'image', file: 'field.png', id }));
const subjects = pictures.map((picture) => ({ ...picture, prefill: { text: 'read by a machine' } }));
const YES = { id: 'any', text: 'Is there a field?', choices: [{ id: 'yes', label: 'Yes' }, { id: 'no', label: 'No' }] };

let browser, served;
before(async () => {
  browser = await launch();
  served = await made(
    { 'field.png': gradient({ width: 600, height: 400 }) },
    bare('words', [], { kind: 'typing', rules: { unit: 'line', prefill: 'ocr' }, subjects }),
    bare('fields', [], {
      kind: 'drawing', rules: { tools: [{ id: 'field', tool: 'box', label: 'Field', when: ['yes'] }], questions: [YES] }, subjects: pictures,
    }),
    bare('reasons', [], { kind: 'tagging', rules: { questions: [YES], reason: { ask: 'optional', label: 'Why?' } }, subjects: pictures }),
  );
});
after(async () => {
  await browser?.close();
  await served?.clear();
});

/** Two taps that a browser takes for one double tap. */
async function twice(finger, key) {
  const { x, y, width, height } = await key.boundingBox();
  const at = [x + width / 2, y + height / 2];
  await finger.page.touchscreen.tap(...at);
  await finger.page.touchscreen.tap(...at);
  // What is tapped after that is another tap to the browser too.
  await finger.page.waitForTimeout(500);
}

const at = (what, slug, play) =>
  test(`${what} (${slug})`, { timeout: 60_000 }, async () => {
    const finger = await Fingers.open(browser, served, slug);
    await play(finger);
    await finger.leave();
  });

describe('slips of a thumb', () => {
  for (const name of ['It is right', 'Send', 'Skip']) {
    at(`two quick taps on “${name}” are one answer`, 'words', async (finger) => {
      await finger.key('It is right').waitFor();
      await twice(finger, finger.key(name));
      // A third one a moment later is another: by then the second would have been heard.
      await finger.until(() => finger.sent.size >= 1, 'the first');
      await finger.use(finger.key('Skip'));
      await finger.until(() => finger.sent.size >= 2, 'the second');
      const answers = (await served.answers('words')).filter(({ id }) => finger.sent.has(id));
      assert.equal(answers.length, 2);
      assert.equal(answers.filter(({ outcome }) => outcome === 'skipped').length, name === 'Skip' ? 2 : 1);
    });
  }

  at('two quick taps on “Next” do not send', 'fields', async (finger) => {
    await finger.use(finger.page.getByRole('radio', { name: 'Yes' }));
    await twice(finger, finger.key('Next'));
    await finger.key('Send').waitFor();
    await finger.page.getByRole('application').waitFor();
    assert.equal(finger.sent.size, 0);
    assert.equal(await finger.page.getByRole('alert').filter({ visible: true }).count(), 0, 'nor is anything missed');
  });

  at('marks are there again after a skip that is taken back', 'fields', async (finger) => {
    await finger.use(finger.page.getByRole('radio', { name: 'Yes' }));
    await finger.use(finger.key('Next'));
    const { x, y } = await finger.page.getByRole('application').boundingBox();
    await draw(finger.device, [[x + 100, y + 130], [x + 200, y + 190]]);
    await finger.page.getByRole('button', { name: 'List of marks, 1' }).waitFor();
    // There is something: that there is nothing cannot be said.
    await finger.use(finger.key('Nothing here'));
    await finger.page.getByRole('alert').filter({ hasText: 'There are marks.' }).waitFor();
    await finger.use(finger.key('Skip'));
    await finger.until(() => finger.sent.size === 1, 'the skip');
    await finger.takeBack();
    await finger.page.getByRole('button', { name: 'List of marks, 1' }).waitFor();
  });

  at('a choice and its reason are there again after a skip that is taken back', 'reasons', async (finger) => {
    await finger.use(finger.page.getByRole('radio', { name: 'No' }));
    const reason = finger.page.getByRole('textbox');
    await reason.fill('It is a lake.');
    await finger.use(finger.key('Skip'));
    await finger.until(() => finger.sent.size === 1, 'the skip');
    await finger.use(finger.key('Undo'));
    await finger.page.waitForFunction(() => document.querySelector('textarea, input[type=text]')?.value === 'It is a lake.');
    assert.equal(await finger.page.getByRole('radio', { name: 'No' }).getAttribute('aria-checked'), 'true');
  });

  at('a mark that no longer fits what was said can be mended', 'fields', async (finger) => {
    await finger.use(finger.page.getByRole('radio', { name: 'Yes' }));
    await finger.use(finger.key('Next'));
    const { x, y } = await finger.page.getByRole('application').boundingBox();
    await draw(finger.device, [[x + 100, y + 130], [x + 200, y + 190]]);
    await finger.page.getByRole('button', { name: 'List of marks, 1' }).waitFor();
    await finger.use(finger.key('Back to the question'));
    await finger.use(finger.page.getByRole('radio', { name: 'No' }));
    await finger.use(finger.key('Next'));
    await finger.page.getByRole('alert').filter({ hasText: 'Delete the mark, or change the answer.' }).waitFor();
    await finger.use(finger.key('Delete mark'));
    await finger.use(finger.key('Send'));
    await finger.until(() => finger.sent.size === 1, 'an answer');
  });

  at('an outline that is given up comes back by “Undo”', 'fields', async (finger) => {
    await finger.use(finger.page.getByRole('radio', { name: 'Yes' }));
    await finger.use(finger.key('Next'));
    const { x, y } = await finger.page.getByRole('application').boundingBox();
    await draw(finger.device, [[x + 120, y + 150]]);
    await finger.use(finger.key('Delete mark'));
    await finger.use(finger.key('Undo'));
    // Its second corner finishes it.
    await draw(finger.device, [[x + 220, y + 210]]);
    await finger.page.getByRole('button', { name: 'List of marks, 1' }).waitFor();
  });
});
