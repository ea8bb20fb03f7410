// Every sample drive once through, on a phone: into its first warm-up without a sign-up, the warm-ups by their
// known answers, a few tasks, and what is stored of them. The newspaper itself has journeys of its own.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { launch } from '../lib/driver.mjs';
import { Player, serve } from '../lib/player.mjs';
import { seen } from '../lib/program.mjs';
import { draw } from '../lib/touch.mjs';

let browser;
before(async () => {
  browser = await launch();
});
after(async () => {
  await browser?.close();
});

/** One drive, served and opened on a phone; `play` does the rest. What is seen is kept as pictures. */
function campaign(slug, play, layer = 'goal') {
  test(slug, { timeout: 120_000 }, async () => {
    const drive = await serve(slug);
    try {
      const me = await Player.open(browser, drive);
      const shot = async (when) => me.page.screenshot({ path: await seen(`${slug}-${when}`) });
      await shot('1-begins');
      me.onward = () => shot('2-after-the-warm-ups');
      try {
        await play(me);
        await me.stored(layer);
      } catch (error) {
        await shot('failed');
        throw error;
      }
      await shot('3-ends');
      await me.close();
    } finally {
      await drive.place.clear();
    }
  });
}

/** The middle of something on the screen. */
async function middle(locator) {
  const { x, y, width, height } = await locator.boundingBox();
  return [x + width / 2, y + height / 2];
}

describe('tagging', () => {
  campaign('seemuende-same', async (me) => {
    const { page } = me;
    const label = { same: 'Same', different: 'Different' };
    const say = async (choice) => {
      // Two quick taps on one key are one answer here: the second was meant for the card that is gone.
      await page.waitForTimeout(600);
      await me.tap(label[choice]);
      await me.gave({ value: { choices: [choice] } });
    };
    await me.warmUp(({ choices }) => say(choices[0]));

    await say('same');
    // A finger that carries the card to the left says what stands there.
    const [x, y] = await middle(page.getByText(me.task.text, { exact: true }));
    await draw(me.device, [[x, y], [x - 60, y], [x - 170, y + 4]]);
    await me.gave({ value: { choices: ['different'] } });
    await me.takeBack('Undo');
    await say('same');
    // Not far enough is nothing.
    await draw(me.device, [[x, y], [x - 40, y], [x - 6, y]]);
    await me.say('Skip', 'skipped');
    await say('different');
  });

  campaign('flood-damage', async (me) => {
    const { page } = me;
    const brush = (name) => page.getByRole('radiogroup', { name: 'Paint with' }).getByRole('radio', { name, exact: true });
    const tile = (at) => page.getByRole('button', { name: new RegExp(`^Picture ${at}: `) });
    const label = { severe: 'Severe', mild: 'Mild', none: 'None' };
    await me.warmUp(async ({ choices }) => {
      await brush(label[choices[0]]).tap();
      await tile(1).tap();
      await me.tap('Send');
      await me.gave({ value: { choices } });
    });

    await tile(6).waitFor();
    await brush('Severe').tap();
    await tile(1).tap();
    await brush('Mild').tap();
    // One finger over three of them.
    await draw(me.device, [await middle(tile(2)), await middle(tile(4)), await middle(tile(3))]);
    await brush('None').tap();
    await tile(5).tap();
    await me.tap('Send');
    await page.getByText('One picture has no answer yet.').waitFor();
    await brush('Broken').tap();
    await tile(6).tap();
    const names = await page.getByRole('button', { name: /^Picture \d: / }).evaluateAll((all) => all.map((tile) => tile.getAttribute('aria-label').split(': ')[1]));
    assert.deepEqual(names, ['Severe', 'Mild', 'Mild', 'Mild', 'None', 'Broken']);
    const first = me.queue.slice(0, 6);
    await me.tap('Send');
    await tile(1).and(page.getByRole('button', { name: /no answer yet/ })).waitFor();
    me.said += 6;
    await me.received();
    // The whole wall comes back, painted as it was.
    await me.tap('Undo');
    await page.getByRole('button', { name: 'Picture 1: Severe' }).waitFor();
    await brush('Severe').tap();
    await tile(2).tap();
    await page.getByRole('button', { name: 'Picture 2: Severe' }).waitFor();
    await me.tap('Send');
    await tile(1).and(page.getByRole('button', { name: /no answer yet/ })).waitFor();
    for (const [at, choice] of ['severe', 'severe', 'mild', 'mild', 'none'].entries()) {
      me.given.push({ task: first[at], value: { choices: [choice] } });
    }
    me.given.push({ task: first[5], outcome: 'bad_subject' });

    // The next one by what stands out; the others have none of it.
    me.queue.splice(0, 6);
    for (let i = 0; me.queue.length < 6 && i < 200; i++) await page.waitForTimeout(25);
    await tile(6).waitFor();
    const next = me.queue.slice(0, 6);
    await brush('Severe').tap();
    await page.getByText('Nobody can live here', { exact: false }).filter({ visible: true }).waitFor();
    await tile(4).tap();
    await me.tap('None here');
    await page.getByRole('button', { name: 'Picture 6: None' }).waitFor();
    await me.tap('Send');
    me.said += 6;
    for (const [at, task] of next.entries()) {
      me.given.push({ task, value: { choices: [at === 3 ? 'severe' : 'none'] } });
    }
  });

  campaign('shelter-photos', async (me) => {
    await me.warmUp((value) => me.list(value));
    // What lies below a choice opens in its place, and leads back.
    const { page } = me;
    const kind = page.getByRole('radiogroup', { name: 'What kind of building?' });
    const key = (name) => kind.getByRole('radio', { name, exact: true });
    await me.choose(me.rules.questions, ['building', 'barn']);
    assert.equal(await key('A barn').isChecked(), true);
    await page.getByText('A wide door, and no chimney.').waitFor();
    await me.tap('Back');
    await key('A hall or school').waitFor();
    assert.equal(await key('A house or a barn').isChecked(), true, 'the way to it is marked');
    await me.choose(me.rules.questions, ['roof-damaged', 'no-pump']);
    await me.tap('Send');
    await me.gave({ value: { choices: ['building', 'barn', 'roof-damaged', 'no-pump'] } });
    await me.takeBack('Undo');
    // What a question led to goes with it.
    await me.choose(me.rules.questions, ['tent']);
    await me.choice(me.rules.questions, 'hall').waitFor({ state: 'hidden' });
    await me.list({ choices: ['sheet', 'many', 'pump'] });
    await me.say('Skip', 'skipped');
    await me.list({ choices: ['no-shelter'] });
  });

  campaign('rumour-desk', async (me) => {
    const { page } = me;
    await me.warmUp((value) => me.list(value));

    // Words are marked in texts: a picture among the posts is left to others.
    const pens = page.getByRole('radiogroup', { name: 'Mark words as' }).getByRole('radio');
    while (me.task.subject.text === undefined) {
      assert.equal(await pens.filter({ visible: true }).count(), 0, 'a picture has no words');
      await me.say('Skip', 'skipped');
    }
    // A key is heard right after a quick stroke over words: that was no fling for a tap to stop.
    await page.getByRole('option').first().waitFor();
    const line = await page.getByRole('option').evaluateAll((all) => {
      const places = all.map((word) => word.getBoundingClientRect()).map((r) => [r.left + r.width / 2, r.top + r.height / 2]);
      return places.filter(([, y]) => y === places[0][1]);
    });
    await draw(me.device, [line.at(-1), line[0]]);
    await pens.nth(1).tap();
    await page.waitForFunction(() => document.querySelectorAll('.pens [role=radio]')[1].ariaChecked === 'true', null, { timeout: 3_000 });
    await page.getByRole('group', { name: /^Marked words/ }).getByRole('button').tap();
    await pens.first().tap();
    // A verdict without a reason is not enough here.
    await me.choose(me.rules.questions, ['false']);
    await me.tap('Send');
    await page.getByText('Say in a few words why.').waitFor();
    const reason = 'The harbour log says that it ran at eight.';
    const words = me.task.subject.text.split(' ');
    await page.getByRole('option', { name: words[0], exact: true }).first().tap();
    const link = 'https://harbour.example/log';
    await page.getByLabel(me.rules.reason.label).fill(reason);
    await page.getByLabel(me.rules.link.label).fill(link);
    await me.tap('Send');
    const spans = [{ from: 0, to: words[0].length, label: 'claim' }];
    await me.gave({ value: { choices: ['false'], reason, link, spans } });

    await me.say('Skip', 'skipped');
    await me.list({ choices: ['true'], reason: 'Ja, das weiß man.' });
    await me.takeBack('Undo');
    assert.equal(await page.getByLabel(me.rules.reason.label).inputValue(), 'Ja, das weiß man.', 'what was written is there again');
    await me.list({ choices: ['misleading'], reason: 'Half of it.' });
  });

  campaign('forest-pairs', async (me) => {
    const { page } = me;
    await me.warmUp((value) => me.list(value));
    const pair = page.getByRole('group', { name: 'Two pictures of the same place' });
    const half = (label) => pair.locator('.pane', { hasText: label }).getByRole('img');
    const { before_label: spring, after_label: autumn, before, after } = me.task.subject;
    // Beside each other at first: the earlier and the later, each its own picture.
    for (const [label, { picture }] of [[spring, before], [autumn, after]]) {
      const url = new URL(await half(label).getAttribute('src'), me.drive.url).pathname;
      assert.ok(picture.sources.some((source) => source.url === url), `${label} is another picture`);
      assert.ok(await half(label).isVisible());
    }
    await me.tap('One at a time');
    await me.tap(`Show ${autumn}`);
    await half(spring).waitFor({ state: 'hidden' });
    await me.tap(`Show ${spring}`);
    await half(autumn).waitFor({ state: 'hidden' });
    await me.tap('Swipe line');
    const line = page.getByRole('slider', { name: 'Line between the two' });
    const [x, y] = await middle(line);
    await draw(me.device, [[x, y], [x + 60, y]]);
    assert.ok(Number(await line.getAttribute('aria-valuenow')) > 55);
    await me.list({ choices: ['lost'] });
    await me.list({ choices: ['kept'] });
    await me.takeBack('Undo');
    await me.list({ choices: ['unsure'] });
    await me.say('Broken', 'bad_subject');
    await me.list({ choices: ['kept'] });
  });

  campaign('quiet-villages', async (me) => {
    const { page } = me;
    await me.warmUp((value) => me.list(value));
    const cover = page.getByRole('region', { name: 'Not for every day' });
    const key = (name) => cover.getByRole('button', { name, exact: true });
    const covered = async (note) => {
      await key('Show it').waitFor();
      await cover.getByText(note).waitFor();
      const yes = page.getByRole('radio', { name: 'Yes', exact: true, includeHidden: true });
      assert.ok(await yes.evaluate((key) => Boolean(key.closest('[inert]'))), 'it is covered');
    };
    let [given, shown, left] = [0, false, false];
    while (!left) {
      const { note } = me.task;
      if (note) {
        await covered(note);
        if (given > 0) {
          // What came before can be taken back from the cover, and is not covered again.
          await me.takeBack('Take back');
          await me.list({ choices: ['unsure'] });
          await covered(note);
        }
        if (shown) {
          left = true;
          await key('Skip').tap();
          // It may be the last there is.
          await me.gave({ outcome: 'skipped' }, false);
          continue;
        }
        shown = true;
        await key('Show it').tap();
      } else {
        assert.equal(await cover.count(), 0);
      }
      await me.list(given % 2 ? { choices: ['yes', 'roofs'] } : { choices: ['no'] });
      given += 1;
      if (given === 1 && !me.task.note) {
        await me.takeBack('Undo');
        await me.list({ choices: ['unsure'] });
      }
    }
  });

  campaign('dawn-chorus', async (me) => {
    const { page } = me;
    const sound = () => page.locator('.reel video').evaluate(({ currentTime, duration, paused }) => ({ currentTime, duration, paused }));
    await me.warmUp((value) => me.list(value));
    // It never begins by itself.
    assert.equal((await sound()).paused, true);
    await me.tap('Play');
    await me.button('Pause').waitFor();
    await page.waitForFunction(() => document.querySelector('.reel video').currentTime > 0.2);
    await me.tap('Pause');
    await me.button('Play').waitFor();
    const strip = await page.getByRole('slider', { name: 'Position' }).boundingBox();
    await page.touchscreen.tap(strip.x + strip.width * 0.75, strip.y + strip.height / 2);
    const { currentTime, duration } = await sound();
    assert.ok(Math.abs(currentTime / duration - 0.75) < 0.05, `${currentTime} of ${duration}`);
    await me.tap('Back 1 second');
    assert.ok((await sound()).currentTime < currentTime - 0.8);

    await me.list({ choices: ['somebody', 'owl', 'whistler'] });
    await me.takeBack('Undo');
    await me.list({ choices: ['nobody'] });
    await me.say("Can't tell", 'unreadable');
    await me.list({ choices: ['somebody', 'not-sure-who'] });
  });
});

describe('drawing', () => {
  campaign('storm-roofs', async (me) => {
    await me.warmUp((value) => me.drawing(value));
    await me.shape({ type: 'point', label: 'roof', x: 60, y: 70 });
    await me.shape({ type: 'point', label: 'road', x: 140, y: 150 });
    await me.tap('Undo');
    me.drawn.pop();
    await me.shape({ type: 'point', label: 'shelter', x: 200.5, y: 40.2 });
    await me.sendDrawing();
    await me.say('Nothing here', 'nothing_here');
    await me.takeBack('Take back');
    await me.shape({ type: 'point', label: 'roof', x: 20, y: 230 });
    await me.sendDrawing();
    await me.say('Skip', 'skipped');
  });

  campaign('fire-watch', async (me) => {
    await me.warmUp((value) => me.drawing(value));
    await me.shape({ type: 'polygon', label: 'scar', choices: ['green-again'], points: [[40, 40], [120, 30], [150, 110], [60, 130]] });
    await me.shape({ type: 'point', label: 'fire', choices: ['grass'], x: 200, y: 180 });
    await me.tap('Undo');
    await me.tap('Undo');
    await me.tap('Redo');
    await me.tap('Redo');
    await me.sendDrawing();
    await me.say('Nothing here', 'nothing_here');
    await me.say('Skip', 'skipped');
    await me.shape({ type: 'point', label: 'fire', choices: ['building'], x: 128, y: 128 });
    await me.sendDrawing();
  });

  campaign('steppe-cameras', async (me) => {
    await me.warmUp((value) => me.drawing(value));
    await me.drawing({ choices: ['no-animals'], shapes: [] });
    // From the next picture's questions, and from its marks.
    await me.takeBack('Take back');
    // With nothing to draw it is the question that is there again.
    await me.tap('Next');
    await me.sendDrawing(['no-animals'], false);
    await me.ask(['animals', 'hare', 'mood-1']);
    await me.takeBack('Take back');
    await me.drawing({
      choices: ['animals', 'horse', 'crane', 'mood-4'],
      shapes: [
        { type: 'box', label: 'animal', choices: ['on-the-move'], x: 120, y: 180, width: 230, height: 190 },
        { type: 'point', label: 'nose', x: 150, y: 240 },
        { type: 'polygon', label: 'herd', points: [[90, 150], [420, 140], [440, 420], [100, 430]] },
      ],
    });
    // What was said of the next one before is there again.
    await me.tap('Back to the question');
    assert.equal(await me.choice(me.rules.questions, 'hare').getAttribute('aria-checked'), 'true');
    await me.say('Skip', 'skipped');
  });

  campaign('after-the-storm', async (me) => {
    const { page } = me;
    await me.warmUp((value) => me.drawing(value));
    const { before_label: spring, after_label: autumn, before, after } = me.task.subject;
    const has = ({ picture }, path) => picture.sources.some(({ url }) => url === path);
    assert.ok(has(before, (await me.lies()).path));
    await me.tap(autumn);
    await page.waitForFunction(
      (urls) => [...document.querySelectorAll('.stage-paper img')].some((i) => urls.includes(new URL(i.src).pathname) && i.naturalWidth),
      after.picture.sources.map(({ url }) => url),
    );
    assert.ok(has(after, (await me.lies()).path));
    assert.equal(await me.button(autumn).getAttribute('aria-pressed'), 'true');
    // Drawn on the second, told in pixels of the first: they lie in step.
    await me.shape({ type: 'box', label: 'house', choices: ['walls'], x: 200, y: 100, width: 80, height: 60 });
    await me.turn(0, 30);
    await me.tap(spring);
    await me.shape({ type: 'point', label: 'road', x: 420, y: 300 });
    await me.sendDrawing();
    await me.say('Nothing here', 'nothing_here');
    await me.takeBack('Take back');
    await me.say('Skip', 'skipped');
  });

  campaign('harbour-panorama', async (me) => {
    await me.warmUp((value) => me.drawing(value));
    const { mark } = me.task.subject;
    const [x, y] = mark ? [mark.x, mark.y] : [1500, 1000];
    const shapes = [
      { type: 'box', label: 'boat', x: x + 100, y: y + 100, width: 220, height: 160 },
      { type: 'point', label: 'goose', x: x + 800, y: y + 180 },
      { type: 'ellipse', label: 'pond', cx: x + 640, cy: y + 300, rx: 120, ry: 70 },
      { type: 'line', label: 'pier', points: [[x + 120, y + 420], [x + 420, y + 470]] },
      { type: 'polyline', label: 'wall', points: [[x + 100, y + 560], [x + 300, y + 620], [x + 520, y + 580]] },
      { type: 'polygon', label: 'garden', points: [[x + 600, y + 560], [x + 850, y + 600], [x + 700, y + 800]] },
      { type: 'freehand', label: 'weed', points: [[x + 100, y + 700], [x + 200, y + 800], [x + 360, y + 760], [x + 480, y + 850]] },
    ];
    for (const shape of shapes) await me.shape(shape);
    await me.sendDrawing();
    await me.say('Skip', 'skipped');
    await me.takeBack('Take back');
    await me.say('Nothing here', 'nothing_here');
  });
});

describe('forms and translations', () => {
  campaign('market-photos', async (me) => {
    const { page } = me;
    await me.warmUp(({ fields }) => me.form(fields));
    // A price that is none is told beside its line.
    await me.fill({ stall: 'Dyke Farm', goods: 'Plums', price: 'two', per: 'kg' });
    await me.tap('Send');
    await page.getByRole('textbox', { name: /^Price/, invalid: true }).waitFor();
    await me.form({ stall: 'Dyke Farm', goods: 'Plums', price: '2.40', per: 'kg' });
    await me.form({ stall: 'Hill Farm', goods: 'Jam, three kinds', price: '3.00', per: 'jar' });
    await me.takeBack('Take back');
    assert.equal(await page.getByRole('textbox', { name: /^Stall/ }).inputValue(), 'Hill Farm', 'what was typed is there again');
    await me.form({ stall: 'Hill Farm', goods: 'Jam', price: '3.00', per: 'jar' });
    await me.say('Skip', 'skipped');
  });

  campaign('council-expenses', async (me) => {
    const { page } = me;
    await me.warmUp(({ fields }) => me.form(fields));
    const items = [{ what: 'Chalk', price: '1.20' }, { what: 'Ink', price: '3.30' }];
    await me.fill({ supplier: 'Harbour Paper', date: '2024-06', items, amount: '4.50', paid: 'transfer' });
    await me.tap('Add a row');
    await page.getByRole('group', { name: 'Bought 3', exact: true }).getByRole('button', { name: 'Take the row out' }).tap();
    await me.tap('Send');
    await me.gave({ value: { fields: { supplier: 'Harbour Paper', date: '2024-06', items, amount: '4.50', paid: 'transfer' } } });
    await me.form({ supplier: 'Müller & Söhne', date: '2024-01-31', amount: '1250.00' });
    await me.takeBack('Take back');
    await me.say("Can't read", 'unreadable');
    await me.say('Skip', 'skipped');
  });

  campaign('fair-receipts', async (me) => {
    await me.warmUp(({ fields }) => me.form(fields));
    await me.form({ keeper: 'Widow Brandt', trade: 'toys', when: '186X', dues: '12', signed: 'cross' });
    await me.form({ keeper: 'Old Harm', trade: 'show', when: '1863-05?', dues: '40' });
    await me.takeBack('Take back');
    await me.form({ keeper: 'Old Harm', trade: 'show', when: '1863-05', dues: '40', signed: 'none' });
    await me.say('Skip', 'skipped');
  });

  campaign('seemuende-lines', async (me) => {
    const { page } = me;
    const field = page.getByRole('textbox', { name: 'Type the line you see', exact: true });
    const reading = () => page.waitForFunction((text) => document.querySelector('[name=reading]').value === text, me.task.prefill.text);
    /** One tap where the machine is right, what is printed where it is not. */
    const say = async (text) => {
      await reading();
      if (text === me.task.prefill.text) {
        await me.tap('It is right');
      } else {
        await field.fill(text);
        await me.button('It is right').waitFor({ state: 'hidden' });
        await me.tap('Send');
      }
      await me.gave({ value: { text } });
    };
    await me.warmUp(({ text }) => say(text));
    await reading();
    const whole = await field.evaluate((field) => field.scrollWidth <= field.clientWidth && field.scrollHeight <= field.clientHeight + 1);
    assert.ok(whole, 'all of the line is seen at once');
    await say(me.task.prefill.text);
    await say(`${me.task.prefill.text}.`);
    await page.getByText('The machine read ').waitFor();
    await me.takeBack('Take back');
    await page.waitForFunction((text) => document.querySelector('[name=reading]').value === text, `${me.task.prefill.text}.`);
    // With the letter that the keyboard lacks.
    await field.fill('');
    await field.pressSequentially('s`');
    await me.tap('Send');
    await me.gave({ value: { text: 'ſ' } });
    await me.say('Skip', 'skipped');
  });

  campaign('sms-translations', async (me) => {
    const { page } = me;
    const field = page.getByRole('textbox', { name: 'Type the translation', exact: true });
    const type = async (text) => {
      await field.tap();
      await field.fill('');
      await page.keyboard.insertText(text);
      await me.tap('Send');
      await me.gave({ value: { text } });
    };
    await me.warmUp(async ({ text }) => {
      const passage = page.locator('.passage [lang]').first();
      const { language } = me.task.subject;
      assert.equal(await passage.getAttribute('lang'), language);
      const way = await passage.evaluate((element) => getComputedStyle(element.firstElementChild).direction);
      if (language === 'ar') assert.equal(way, 'rtl');
      await type(text);
    });
    await type('The bridge at the mill is closed.\nWe come on foot.');
    await type('We are well.');
    await me.takeBack('Take back');
    assert.equal(await field.inputValue(), 'We are well.');
    await type('We are well. We need water and bread.');
    await me.say("Can't read", 'unreadable');
    await me.say('Skip', 'skipped');
  });
});
