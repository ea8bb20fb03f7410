// Every screen but the drawing one by keyboard alone, on a desk: each warm-up right, and one real task to its end.
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { launch } from '../lib/driver.mjs';
import { drives } from '../lib/drives.mjs';
import { atDesk } from '../lib/keyboard.mjs';

const SLUGS = [
  'seemuende-same', 'flood-damage', 'shelter-photos', 'forest-pairs', 'rumour-desk', 'dawn-chorus', 'quiet-villages',
  'council-expenses', 'fair-receipts', 'market-photos', 'sms-translations', 'seemuende', 'seemuende-lines',
];
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

/** The number key of each choice, question by question. */
const numbers = (rules, choices) =>
  rules.questions.flatMap((question) =>
    question.choices.flatMap((choice, at) => (choices.includes(choice.id) ? [String(at + 1)] : [])),
  );

/** Fills a form in, field by field. */
async function fill(hands, rules, fields) {
  const form = hands.page.getByRole('group', { name: 'Fill in what you see' });
  const put = async (within, { label, type, choices }, value) => {
    if (type === 'choice') return hands.choose({ label }, choices.find(({ id }) => id === value).label);
    const line = within.getByRole('textbox', { name: new RegExp(`^${label}`) });
    await hands.reach(line);
    await hands.page.keyboard.type(value);
  };
  for (const field of rules.fields.filter(({ id }) => fields[id] !== undefined)) {
    if (field.type !== 'rows') {
      await put(form, field, fields[field.id]);
      continue;
    }
    for (const [at, row] of fields[field.id].entries()) {
      const cells = form.getByRole('group', { name: `${field.label} ${at + 1}`, exact: true });
      if ((await cells.count()) === 0) {
        await hands.use(hands.key('Add a row'));
        await cells.locator('input:focus').waitFor();
      }
      for (const cell of field.fields) await put(cells, cell, row[cell.id]);
    }
  }
}

describe('by keyboard alone', () => {
  at('seemuende-same', 'a card', async (hands, rules) => {
    const { choices } = rules.questions[0];
    await hands.practise(async (answer, task, step) => {
      const choice = choices.find(({ id }) => answer.choices.includes(id));
      await hands.sees(task);
      // By the key itself, with Enter and with Space, and by its number.
      if (step < 2) await hands.use(hands.key(choice.label), ['Enter', 'Space'][step]);
      else await hands.press(String(choices.indexOf(choice) + 1));
    });
    await hands.use(hands.key('Different'));
    const [answer] = await hands.done();
    assert.deepEqual(answer.value, { choices: ['different'] });
    assert.equal(answer.task, hands.tasks[0].id);
    // And taken back.
    await hands.use(hands.key('Undo'));
    await hands.use(hands.key('Same'));
    await hands.allSent();
    await hands.holds('after taking back');
  });

  at('flood-damage', 'a wall of six', async (hands, rules) => {
    const { choices } = rules.questions[0];
    const tile = (number) => hands.page.getByRole('button', { name: new RegExp(`^Picture ${number}:`) });
    await hands.practise(async (answer) => {
      await hands.press(String(choices.findIndex(({ id }) => answer.choices.includes(id)) + 1));
      await hands.use(tile(1), 'Space');
      await hands.use(hands.key('Send'));
    });
    await tile(6).waitFor();
    await hands.press('3');
    await hands.use(hands.key('All of these'));
    // The brushes are one stop, and arrows go round them.
    await hands.reach(hands.page.getByRole('radio', { name: choices[2].label, exact: true }));
    await hands.press('ArrowUp', 'ArrowLeft');
    assert.ok(await hands.page.getByRole('radio', { name: choices[0].label, exact: true }).isChecked());
    await hands.use(tile(2));
    await hands.press('ArrowDown', '2', 'Enter', 'ArrowLeft', 'Enter');
    const names = await hands.page.getByRole('button', { name: /^Picture \d/ }).evaluateAll((all) =>
      all.map((e) => e.getAttribute('aria-label').replace(/^Picture \d: /, '')),
    );
    assert.equal(names.filter((name) => name === 'Severe').length, 1, names.join());
    assert.equal(names.filter((name) => name === 'Mild').length, 2, names.join());
    const six = hands.tasks.slice(0, 6).map((task) => task.id);
    await hands.use(hands.key('Send'));
    await hands.page.getByRole('button', { name: 'Picture 1: no answer yet' }).waitFor();
    await hands.use(tile(1), 'u');
    await hands.page.getByRole('button', { name: `Picture 1: ${names[0]}` }).waitFor();
    await hands.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    await hands.holds('after an undo');
    await hands.use(hands.key('Send'));
    const stored = await hands.done(6);
    const said = new Map(stored.map((answer) => [answer.task, answer.value.choices]));
    assert.deepEqual(six.map((id) => said.get(id)), names.map((name) => [name.toLowerCase()]));
  });

  at('shelter-photos', 'questions that branch', async (hands, rules) => {
    await hands.practise(async (answer, _, step) => {
      if (step > 0) return hands.press(...numbers(rules, answer.choices), 'Enter');
      // Once without numbers: Tab to each group, arrows within it, Space to choose.
      const label = (id) => rules.questions.flatMap((q) => q.choices).find((choice) => choice.id === id).label;
      for (const question of rules.questions) {
        const id = question.choices.map((choice) => choice.id).find((id) => answer.choices.includes(id));
        if (!id) continue;
        const group = hands.page.getByRole('radiogroup', { name: question.text });
        await hands.reach(group.getByRole('radio').first());
        for (let i = 0; i < question.choices.length; i++) {
          const on = await hands.page.evaluate(() => document.activeElement.getAttribute('aria-label'));
          if (on === label(id)) break;
          await hands.press('ArrowDown');
        }
        await hands.press('Space');
        await hands.holds(question.text);
      }
      await hands.use(hands.key('Send'));
    });
    // The second kind of building has two of its own below it, by their numbers behind its own.
    const kind = hands.page.getByRole('radiogroup', { name: 'What kind of building?' });
    const key = (name) => kind.getByRole('radio', { name, exact: true });
    await hands.press('2', '2');
    await key('A barn').waitFor();
    await hands.press('3', '2', '2', 'Enter');
    const [answer] = await hands.done();
    assert.deepEqual(answer.value, { choices: ['building', 'barn', 'roof-damaged', 'no-pump'] });
    // And by Tab, arrows and Space: the focus goes down with the level, and back up.
    const roof = hands.page.getByRole('radiogroup', { name: 'How is its roof?' });
    await hands.choose(rules.questions[0], 'In a building');
    await hands.reach(kind, { within: true });
    await hands.press('ArrowDown', 'Space');
    await key('A barn').waitFor();
    await hands.holds('a level further down');
    await hands.press('ArrowUp', 'Space');
    assert.ok(await key('A barn').isChecked());
    // From another question the level is reached again, by the key that is chosen.
    await hands.reach(roof, { within: true });
    await hands.press('Space');
    await hands.reach(key('A barn'));
    await hands.use(kind.locator('xpath=..').getByRole('button', { name: 'Back' }));
    await key('A hall or school').waitFor();
    await hands.holds('back up');
    await hands.reach(key('A house or a barn'));
    await hands.press('Space');
    await key('A house').waitFor();
    await hands.holds('down again');
    await hands.press('ArrowDown', 'Space');
    assert.ok(await key('A house').isChecked());
    await hands.choose(rules.questions.at(-1), 'None to be seen');
    await hands.use(hands.key('Send'));
    const second = (await hands.done(2)).find(({ task }) => task !== answer.task);
    assert.deepEqual(second.value, { choices: ['building', 'farmhouse', 'roof-whole', 'no-pump'] });
  });

  at('forest-pairs', 'before and after', async (hands, rules) => {
    const line = hands.page.getByRole('slider', { name: 'Line between the two' });
    await hands.practise(async (answer, task, step) => {
      await hands.sees(task);
      if (step === 0) {
        await hands.use(hands.key('Swipe line'));
        await hands.reach(line);
        await hands.press('End', 'ArrowLeft', 'ArrowLeft');
        assert.equal(await line.getAttribute('aria-valuenow'), '92');
      }
      if (step === 1) await hands.use(hands.key('One at a time'));
      // The focus is on the old pair, and must not go with it.
      if (step === 2) {
        await hands.use(hands.key('Swipe line'));
        await hands.reach(line);
      }
      await hands.press(...numbers(rules, answer.choices));
    });
    await hands.press('1');
    const [answer] = await hands.done();
    assert.deepEqual(answer.value, { choices: ['lost'] });
  });

  at('rumour-desk', 'a verdict with its words, reason and link', async (hands, rules) => {
    const reason = hands.page.getByRole('textbox', { name: 'What makes you say so?' });
    const send = hands.key('Send');
    await hands.practise(async (answer) => {
      await hands.press(...numbers(rules, answer.choices));
      await hands.reach(reason);
      await hands.page.keyboard.type(answer.reason);
      await hands.use(send);
    });
    const left = await hands.toText();
    const words = hands.page.getByRole('listbox', { name: /Words of the text/ });
    await hands.reach(words);
    const text = (await words.innerText()).trim();
    // The first three words are the claim, the last one is a place.
    await hands.press('Shift+ArrowRight', 'Shift+ArrowRight', 'Enter');
    await hands.use(hands.page.getByRole('radio', { name: 'The claim' }), 'ArrowRight');
    assert.ok(await hands.page.getByRole('radio', { name: 'A place' }).isChecked());
    await hands.reach(words);
    await hands.press('End', 'Enter');
    await hands.press('4');
    await hands.use(send);
    await hands.page.getByText('Say in a few words why.').waitFor();
    await hands.reach(reason);
    await hands.page.keyboard.type('Nobody wrote it down.');
    await hands.reach(hands.page.getByRole('textbox', { name: /Where can one read that/ }));
    await hands.page.keyboard.type('https://example.org/log');
    await hands.use(send);
    const answer = (await hands.done(left + 1)).find(({ value }) => value);
    assert.deepEqual(answer.value.choices, ['undetermined']);
    assert.equal(answer.value.reason, 'Nobody wrote it down.');
    assert.equal(answer.value.link, 'https://example.org/log');
    assert.equal(text, hands.tasks.find((task) => task.id === answer.task).subject.text);
    const marked = answer.value.spans.map(({ from, to, label }) => [label, text.slice(from, to)]);
    const all = text.match(/[\p{L}\p{N}’']+/gu);
    assert.deepEqual(marked, [['claim', text.match(/^\W*(\S+\s+\S+\s+[\p{L}\p{N}]+)/u)[1]], ['place', all.at(-1)]]);
  });

  at('council-expenses', 'a form', async (hands, rules) => {
    const type = (text) => hands.page.keyboard.type(text);
    await hands.practise(async (answer) => {
      await fill(hands, rules, answer.fields);
      await hands.press('Enter');
    });
    const items = [{ what: 'Rope', price: '12' }, { what: 'Tar', price: '3.50' }];
    await fill(hands, rules, { supplier: 'Ropewalk', date: 'yesterday', items, amount: '15.50', paid: 'card' });
    await hands.press('Enter');
    // It is told at its field, and the focus is there.
    const date = hands.page.getByRole('textbox', { name: 'Date' });
    await hands.page.waitForFunction(() => document.activeElement?.getAttribute('aria-invalid') === 'true');
    assert.ok(await date.evaluate((e) => e === document.activeElement));
    const told = await date.evaluate((e) => document.getElementById(e.getAttribute('aria-describedby')).innerText);
    assert.match(told, /date|year|day/i);
    await hands.holds('at the wrong date');
    await hands.press('Control+a');
    await type('2024-04-02');
    await hands.use(hands.key('Send'));
    const [answer] = await hands.done();
    const fields = answer.value.fields;
    assert.deepEqual([fields.supplier, fields.date, fields.paid], ['Ropewalk', '2024-04-02', 'card']);
    assert.deepEqual(fields.items.map(({ what }) => what), ['Rope', 'Tar']);
  });

  at('fair-receipts', 'a form with a date that is not sure', async (hands, rules) => {
    await hands.practise(async (answer) => {
      await fill(hands, rules, answer.fields);
      await hands.use(hands.key('Send'));
    });
    const fields = { keeper: 'Widow Brandt', trade: 'toys', when: '186X', dues: '12', signed: 'cross' };
    await fill(hands, rules, fields);
    await hands.use(hands.key('Send'));
    const [answer] = await hands.done();
    assert.deepEqual(answer.value, { fields });
  });

  at('market-photos', 'a form beside a photo', async (hands, rules) => {
    await hands.practise(async (answer) => {
      await fill(hands, rules, answer.fields);
      await hands.press('Enter');
    });
    const fields = { stall: 'Dyke Farm', goods: 'Plums', price: '2.40', per: 'kg' };
    await fill(hands, rules, fields);
    await hands.press('Enter');
    const [answer] = await hands.done();
    assert.deepEqual(answer.value, { fields });
  });

  for (const [slug, what, name] of [
    ['sms-translations', 'a translation', 'Type the translation'],
    ['seemuende', 'a word of print', 'Type what you see'],
  ]) {
    at(slug, what, async (hands) => {
      const field = hands.page.getByRole('textbox', { name, exact: true });
      const type = async (text) => {
        await hands.reach(field);
        assert.equal(await field.inputValue(), '', 'the line is empty');
        await hands.page.keyboard.type(text);
        await hands.use(hands.key('Send'));
      };
      await hands.practise((answer) => type(answer.text));
      await type('We are well.');
      const [answer] = await hands.done();
      assert.equal(answer.task, hands.tasks[0].id);
      assert.deepEqual(answer.value, { text: 'We are well.' });
      // What was typed is there again, to be mended.
      await hands.takeBack();
      await hands.page.waitForFunction((line) => line.value === 'We are well.', await field.elementHandle());
      await hands.reach(field);
      await hands.press('Control+a');
      await hands.page.keyboard.type('We are on our way.');
      await hands.use(hands.key('Send'));
      const [mended] = await hands.done();
      assert.deepEqual([mended.task, mended.value], [answer.task, { text: 'We are on our way.' }]);
    });
  }

  at('seemuende-lines', 'a line that a machine has read', async (hands) => {
    const field = hands.page.getByRole('textbox', { name: 'Type the line you see', exact: true });
    const say = async (text, task) => {
      const { text: reading } = task.prefill;
      await hands.page.waitForFunction((text) => document.querySelector('[name=reading]').value === text, reading);
      if (text === reading) return hands.use(hands.key('It is right'));
      await hands.reach(field);
      await hands.press('Control+a');
      await hands.page.keyboard.insertText(text);
      return hands.press('Enter');
    };
    await hands.practise((answer, task) => say(answer.text, task));
    const [first] = hands.tasks;
    await say(first.prefill.text, first);
    const [answer] = await hands.done();
    assert.deepEqual([answer.task, answer.value], [first.id, { text: first.prefill.text }]);
    await hands.takeBack();
    await say(`${first.prefill.text}!`, first);
    const [mended] = await hands.done();
    assert.deepEqual([mended.task, mended.value], [first.id, { text: `${first.prefill.text}!` }]);
  });

  at('quiet-villages', 'a picture under a cover', async (hands, rules) => {
    const cover = hands.page.getByRole('region', { name: 'Not for every day' });
    const key = (name) => cover.getByRole('button', { name, exact: true });
    await hands.practise(async (answer) => {
      await hands.answer(rules.questions, answer.choices);
      await hands.use(hands.key('Send'));
    });
    const first = hands.tasks.findIndex(({ note }) => note);
    for (const task of hands.tasks.slice(0, first)) {
      await hands.sees(task);
      await hands.press('2', 'Enter');
    }
    await key('Show it').waitFor();
    await hands.holds('at the cover');
    // What is covered cannot be answered.
    await hands.press('1', 'Enter');
    assert.ok(await key('Show it').isVisible());
    await hands.use(key('Show it'));
    await cover.waitFor({ state: 'hidden' });
    await hands.holds('below the cover');
    await hands.press('1', '1', 'Enter');
    const stored = await hands.done(first + 1);
    const answer = stored.find(({ task }) => task === hands.tasks[first].id);
    assert.deepEqual(answer.value, { choices: ['yes', 'roofs'] });
  });

  at('dawn-chorus', 'a sound', async (hands, rules) => {
    const position = hands.page.getByRole('slider', { name: 'Position' });
    const heard = (url) => hands.page.waitForFunction((url) => document.querySelector('video')?.currentSrc.endsWith(url), url);
    await hands.practise(async (answer, task, step) => {
      await heard(task.subject.url);
      if (step === 0) {
        await hands.use(hands.key('Play'));
        await hands.key('Pause').waitFor();
        await hands.press('k');
        await hands.key('Play').waitFor();
        const told = await position.getAttribute('aria-valuetext');
        await hands.press('ArrowRight');
        await hands.page.waitForFunction((old) => document.querySelector('input[aria-label="Position"]').getAttribute('aria-valuetext') !== old, told);
        await hands.press('<');
        await hands.page.getByRole('button', { name: /^Speed 0[.,]/ }).waitFor();
        await hands.press('l');
      }
      await hands.press(...numbers(rules, answer.choices));
      await hands.use(hands.key('Send'));
    });
    await heard(hands.tasks[0].subject.url);
    await hands.press('1', '2', '4');
    await hands.use(hands.key('Send'));
    const [answer] = await hands.done();
    assert.equal(answer.task, hands.tasks[0].id);
    assert.deepEqual(answer.value, { choices: ['somebody', 'owl', 'whistler'] });
  });
});
