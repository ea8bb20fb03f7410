// A drive without practice begins with tasks of the server: they are asked for beside the program, not after it.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { bare } from '../lib/bare.mjs';
import { launch } from '../lib/driver.mjs';
import { phone } from '../lib/phone.mjs';
import { fields } from '../lib/png.mjs';
import { Place } from '../lib/program.mjs';

let browser, place, app;

before(async () => {
  browser = await launch();
  place = await Place.make();
  await writeFile(join(place.folder, 'fields.png'), fields({ width: 800, height: 600 }));
  await writeFile(join(place.folder, 'bare.json'), JSON.stringify(bare('bare', ['fields.png'])));
  await place.command('import', '--project', join(place.folder, 'bare.json'));
  app = await place.serve();
});

after(async () => {
  await browser?.close();
  await place?.clear();
});

const open = async () => {
  const device = await phone(browser);
  const calls = [];
  device.page.on('request', (request) => request.method() === 'POST' && calls.push(new URL(request.url()).pathname));
  return { ...device, calls };
};
const stage = (page) => page.getByRole('application', { name: 'Drawing stage' }).locator('img').first().waitFor();

describe('the first tasks', () => {
  test('are asked for while the program is still on its way', { timeout: 60_000 }, async () => {
    const device = await open();
    // The program does not come before the tasks are asked for: whoever waited for it would wait for ever.
    const asked = device.page.waitForRequest('**/leases');
    await device.page.route('**/*.wasm', async (route) => {
      await asked;
      await route.continue();
    });
    await device.page.goto(`${app}/p/bare`);
    await stage(device.page);
    assert.equal(device.calls[0], '/api/v1/projects/bare/leases', 'no other call goes before it');
    assert.ok(!device.calls.includes('/api/v1/volunteers'), 'a newcomer is known by that call');
    assert.equal((await device.context.cookies()).filter(({ name }) => name === 'talkoot').length, 1);
    device.clean();
    await device.close();
  });

  test('have the picture of the first fetched beside the program too, once', { timeout: 60_000 }, async () => {
    const device = await open();
    const pictures = [];
    device.page.on('request', (request) => request.resourceType() === 'image' && pictures.push(request.url()));
    const asked = device.page.waitForRequest('**/media/**');
    // Held back by the browser itself: a route of the driver's switches the cache off, and with it what is tried here.
    device.device.on('Fetch.requestPaused', async ({ requestId }) => {
      await asked;
      await device.device.send('Fetch.continueRequest', { requestId });
    });
    await device.device.send('Fetch.enable', { patterns: [{ urlPattern: '*.wasm' }] });
    await device.page.goto(`${app}/p/bare`);
    await stage(device.page);
    const shown = await device.page.getByRole('application').locator('img').first().evaluate((image) => image.src);
    assert.equal(shown, (await asked).url(), 'it is the file that the app shows');
    assert.equal(pictures.filter((url) => url === shown).length, 1);
    device.clean();
    await device.close();
  });

  test('are what the app opens with, where they are there before it', { timeout: 60_000 }, async () => {
    const device = await open();
    await device.page.addInitScript(() => {
      window.scenes = [];
      new MutationObserver(() => {
        const scene = document.querySelector('.drive-page')?.dataset.scene;
        if (scene && scene !== window.scenes.at(-1)) window.scenes.push(scene);
      }).observe(document, { subtree: true, childList: true, attributes: true });
    });
    const came = device.page.waitForResponse('**/leases');
    await device.page.route('**/*.wasm', async (route) => {
      await (await came).finished();
      await route.continue();
    });
    await device.page.goto(`${app}/p/bare`);
    await stage(device.page);
    assert.deepEqual(await device.page.evaluate(() => window.scenes), ['task']);
    device.clean();
    await device.close();
  });

  test('are on the device after a reload, and not asked for again', { timeout: 60_000 }, async () => {
    const device = await open();
    await device.page.goto(`${app}/p/bare`);
    await stage(device.page);
    const shown = await device.page.evaluate(() => localStorage.getItem('talkoot.left.bare'));
    assert.match(shown ?? '', /^[0-9A-Za-z-]+$/);
    await device.page.route('**/leases', (route) => route.abort());
    await device.page.reload();
    await stage(device.page);
    await device.close();
  });

  test('are asked for by the app where the first asking came to nothing', { timeout: 60_000 }, async () => {
    const device = await open();
    await device.page.route('**/leases', (route) => route.fulfill({ status: 503, body: '' }), { times: 1 });
    await device.page.goto(`${app}/p/bare`);
    await stage(device.page);
    assert.ok(device.calls.filter((path) => path.endsWith('/leases')).length >= 2);
    device.clean();
    await device.close();
  });
});
