// Volunteers who say the same, and volunteers who do not: what the wall of `flood-damage` comes to, whose rule
// is four of five of at least three, and what the team takes home.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { serve } from '../lib/player.mjs';
import { records } from '../lib/program.mjs';

let drive;
before(async () => {
  drive = await serve('flood-damage');
});
after(async () => {
  await drive?.place.clear();
});

/** An id as a device makes it: the time in milliseconds, then chance (UUID v7). */
function uuid() {
  const hex = Date.now().toString(16).padStart(12, '0') + `7${randomBytes(10).toString('hex').slice(1)}`;
  const variant = '89ab'[randomBytes(1)[0] % 4];
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), variant + hex.slice(17, 20), hex.slice(20, 32)].join('-');
}

/** A volunteer's device, without a screen. */
async function volunteer() {
  const call = async (path, body, token) => {
    const reply = await fetch(`${drive.url}/api/v1${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-talkoot': '1',
        ...(token && { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(body),
    });
    const text = await reply.text();
    assert.ok(reply.ok, `${path}: ${reply.status} ${text}`);
    return JSON.parse(text);
  };
  const { token } = await call('/volunteers', {});
  const { tasks } = await call('/projects/flood-damage/leases', { count: 20 }, token);
  return {
    tasks: tasks.map(({ id }) => id),
    async say(said) {
      const answers = said.map(([task, choice]) => ({ id: uuid(), task, value: { choices: [choice] }, seconds: 3, layer: 'goal' }));
      const { outcomes } = await call('/answers', { answers }, token);
      assert.deepEqual(outcomes.map(({ status }) => status), said.map(() => 'stored'));
    },
  };
}

test('three of three agree, two of three do not, and the team takes home what was agreed', { timeout: 90_000 }, async () => {
  const people = [await volunteer(), await volunteer(), await volunteer()];
  const [same, split] = people[0].tasks.filter((task) => people.every(({ tasks }) => tasks.includes(task)));
  assert.ok(split, 'three volunteers have two tasks in common');
  for (const [at, person] of people.entries()) {
    await person.say([[same, 'mild'], [split, at < 2 ? 'severe' : 'none']]);
  }
  const results = await records(drive.url, drive.token, '/projects/flood-damage/results');
  const of = (task) => results.find((result) => result.task === task);
  assert.equal(of(same).status, 'agreed');
  assert.deepEqual(of(same).value, { choices: ['mild'] });
  assert.equal(of(same).answers, 3);
  assert.equal(of(split).status, 'open');
  assert.equal(of(split).value ?? null, null);
  assert.ok(Math.abs(of(split).agreement - 2 / 3) < 0.01, `agreement ${of(split).agreement}`);

  await drive.place.stop();
  const written = {};
  for (const format of ['csv', 'json']) {
    const out = join(drive.place.folder, format);
    await drive.place.command('export', '--slug', 'flood-damage', '--format', format, '--out', out);
    written[format] = await Promise.all((await readdir(out)).map((file) => readFile(join(out, file), 'utf8')));
  }
  const rows = written.csv.flatMap((file) => file.split('\n')).filter((row) => row.startsWith(same));
  assert.ok(rows.some((row) => /\bmild\b/.test(row) && /,agreed,/.test(row)), rows.join('\n'));
  const all = JSON.parse(written.json[0]);
  const result = all.results.find(({ task }) => task === same);
  assert.deepEqual([result.status, result.value], ['agreed', { choices: ['mild'] }]);
  const said = all.answers.filter(({ task }) => task === split).map(({ value }) => value.choices[0]);
  assert.deepEqual(said.sort(), ['none', 'severe', 'severe']);
});
