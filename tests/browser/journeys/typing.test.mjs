// Word after word on a phone's keyboard.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { slug } from '../lib/drive.mjs';
import { phone } from '../lib/phone.mjs';
import { browser, sample } from '../lib/sitting.mjs';
import { Volunteer } from '../lib/volunteer.mjs';

async function sitDown() {
  const device = await phone(browser);
  const me = await Volunteer.open(device, sample.url, slug);
  return { device, me, page: device.page };
}

describe('typing', () => {
  test('straight into a task, with no sign-up', async () => {
    const { device, me, page } = await sitDown();
    assert.equal(await page.getByText(/sign (up|in)|log in|register|e-?mail/i).count(), 0);
    await me.sees(me.warmUps[0]);
    assert.equal(await me.s.field.getAttribute('enterkeyhint'), 'send');
    for (const [name, value] of [['autocapitalize', 'none'], ['autocorrect', 'off'], ['autocomplete', 'off'], ['spellcheck', 'false']]) {
      assert.equal(await me.s.field.getAttribute(name), value, name);
    }
    const size = await me.s.field.evaluate((field) => parseFloat(getComputedStyle(field).fontSize));
    assert.ok(size >= 16, `the field's type is ${size} px`);
    device.clean();
    await device.close();
  });

  test('a practice word that is missed is told, and does not count', async () => {
    const { device, me, page } = await sitDown();
    const before = (await sample.answers()).length;
    await me.sees(me.warmUps[0]);
    await me.type('something else');
    await me.s.send.tap();
    await page.getByText(me.warmUps[0].lesson.answer.text, { exact: true }).first().waitFor();
    await me.s.send.tap();
    await me.sees(me.warmUps[1]);
    await me.allSent();
    assert.equal((await sample.answers()).length, before);
    device.clean();
    await device.close();
  });

  test('50 words in a row in one field that never loses the focus', { timeout: 120_000 }, async () => {
    const { device, me, page } = await sitDown();
    await me.warmUp();
    await me.s.field.focus();
    await page.evaluate(() => {
      const field = document.activeElement;
      window.first = field;
      window.blurs = 0;
      field.addEventListener('blur', () => (window.blurs += 1));
    });
    const given = new Map();
    for (let i = 0; i < 50; i++) {
      // The still screen between rounds takes the keyboard away on purpose.
      if (await me.s.again.isVisible()) {
        await me.wake();
        await me.s.field.focus();
        await page.evaluate(() => {
          window.first = document.activeElement;
          window.blurs = 0;
          window.first.addEventListener('blur', () => (window.blurs += 1));
        });
      }
      // Nobody types faster than the server hands out: that has a screen of its own.
      await me.stocked(2);
      const task = await me.ready();
      const text = sample.right(task);
      await page.keyboard.insertText(text);
      if (i % 2) await page.keyboard.press('Enter');
      else await me.s.send.tap();
      await me.moved();
      given.set(task.id, text.normalize('NFC'));
      if (!(await me.s.again.isVisible())) {
        assert.ok(await page.evaluate(() => document.activeElement === window.first), `word ${i + 1}: the focus moved`);
        assert.equal(await page.evaluate(() => window.blurs), 0, `word ${i + 1}: the field was left`);
      }
    }
    await me.allSent();
    const stored = (await sample.answers()).filter((answer) => given.has(answer.task));
    assert.equal(stored.length, 50);
    for (const answer of stored) assert.equal(answer.value.text, given.get(answer.task));
    device.clean();
    await device.close();
  });

  test('Enter sends while the keyboard is still composing', async () => {
    const { device, me, page } = await sitDown();
    await me.warmUp();
    const task = me.task;
    await me.s.field.focus();
    await device.device.send('Input.imeSetComposition', { text: 'Wetter', selectionStart: 6, selectionEnd: 6 });
    assert.equal(await me.s.field.inputValue(), 'Wetter');
    // As Android does: the key carries no name, and the form is submitted.
    await device.device.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', windowsVirtualKeyCode: 229, key: 'Unidentified' });
    await device.device.send('Input.dispatchKeyEvent', { type: 'keyDown', key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 13, text: '\r' });
    await device.device.send('Input.dispatchKeyEvent', { type: 'keyUp', key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 13 });
    await me.moved();
    await me.allSent();
    const stored = (await sample.answers()).filter((answer) => answer.task === task.id);
    assert.ok(stored.some((answer) => answer.value.text === 'Wetter'), JSON.stringify(stored));
    assert.ok(await page.evaluate(() => document.activeElement?.name === 'reading'));
    device.clean();
    await device.close();
  });

  test('the character bar inserts where the caret stands, and keeps the focus', async () => {
    const { device, me, page } = await sitDown();
    await me.warmUp();
    await me.type('weien');
    await me.s.field.evaluate((field) => field.setSelectionRange(3, 3));
    const key = page.getByRole('button', { name: 'ſ', exact: true });
    const box = await key.boundingBox();
    assert.ok(box.width >= 44 && box.height >= 44, JSON.stringify(box));
    await key.tap();
    await page.keyboard.insertText('x');
    assert.equal(await me.s.field.inputValue(), 'weiſxen');
    assert.ok(await page.evaluate(() => document.activeElement?.name === 'reading'));
    device.clean();
    await device.close();
  });

  test('what the keyboard corrected by itself is counted', async () => {
    const { device, me, page } = await sitDown();
    await me.warmUp();
    const task = me.task;
    await me.type('Theer');
    await me.s.field.evaluate((field) => {
      field.value = 'Teer';
      field.dispatchEvent(new InputEvent('input', { inputType: 'insertReplacementText', data: 'Teer', bubbles: true }));
    });
    await page.keyboard.press('Enter');
    await me.moved();
    await me.allSent();
    const [answer] = (await sample.answers()).filter((a) => a.task === task.id && a.value?.text === 'Teer');
    assert.equal(answer.corrections, 1);
    device.clean();
    await device.close();
  });

  test('the three outcomes are stored as what they are', async () => {
    const { device, me } = await sitDown();
    await me.warmUp();
    const said = new Map();
    for (const [button, outcome] of [[me.s.cantRead, 'unreadable'], [me.s.nothingHere, 'nothing_here'], [me.s.badCrop, 'bad_subject']]) {
      said.set((await me.say(button)).id, outcome);
    }
    await me.allSent();
    const ids = new Set([...me.sent.keys()]);
    const stored = (await sample.answers()).filter((answer) => ids.has(answer.id));
    assert.equal(stored.length, 3);
    for (const answer of stored) assert.equal(answer.outcome, said.get(answer.task));
    device.clean();
    await device.close();
  });
});
