// What drawing leaves behind: the page's memory after 20 and after 200 drawn tasks, on a phone.
// Prints; asserts nothing.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bare } from './lib/bare.mjs';
import { launch } from './lib/driver.mjs';
import { phone } from './lib/phone.mjs';
import { fields } from './lib/png.mjs';
import { Place } from './lib/program.mjs';
import { draw } from './lib/touch.mjs';

const LOOKS = (process.env.TALKOOT_TASKS ?? '20,110,200').split(',').map(Number);
const MOST = Math.max(...LOOKS) + 1;

const project = bare('many', Array.from({ length: MOST }, (_, at) => `${at}.png`));

/** Lets the bench see how much memory the app's WebAssembly has: it only ever grows. */
function notice() {
  const plain = WebAssembly.instantiate;
  WebAssembly.instantiate = async (...all) => {
    const made = await plain(...all);
    window.wasm_ = (made.instance ?? made).exports.memory;
    return made;
  };
}

/** The address of the picture on the stage, once it is there. */
function shown() {
  const image = document.querySelector('.stage-paper img');
  return image?.complete && image.naturalWidth > 0 ? image.src : null;
}

async function look(device) {
  for (let turn = 0; turn < 3; turn++) await device.device.send('HeapProfiler.collectGarbage');
  const { metrics } = await device.device.send('Performance.getMetrics');
  const of = (name) => metrics.find((metric) => metric.name === name).value;
  const wasm = await device.page.evaluate(() => window.wasm_.buffer.byteLength);
  return { heap: of('JSHeapUsedSize'), wasm, nodes: of('Nodes'), listeners: of('JSEventListeners') };
}

const browser = await launch();
const place = await Place.make();
try {
  for (let at = 0; at < MOST; at++) {
    await writeFile(join(place.folder, `${at}.png`), fields({ width: 640, height: 480 }, at));
  }
  const file = join(place.folder, 'many.json');
  await writeFile(file, JSON.stringify(project));
  await place.command('import', '--project', file);
  const app = await place.serve();
  const device = await phone(browser);
  const { page } = device;
  await device.device.send('Performance.enable');
  await page.addInitScript(notice);
  await page.goto(`${app}/p/many`);
  const stage = page.getByRole('application', { name: 'Drawing stage' });
  const send = page.getByRole('button', { name: 'Send', exact: true });
  console.log('\nMemory of a phone that draws\n  tasks   JS heap kB   wasm kB   nodes   listeners   to the first: heap, wasm');
  let first;
  for (let done = 0; done < MOST; ) {
    const again = page.getByRole('button', { name: 'Again', exact: true });
    await stage.or(again).first().waitFor();
    if (await again.isVisible()) {
      await again.tap();
      continue;
    }
    if (LOOKS.includes(done)) {
      const now = await look(device);
      first ??= now;
      const kB = (bytes) => (bytes / 1000).toFixed(0);
      console.log(
        `  ${String(done).padStart(5)} ${kB(now.heap).padStart(12)} ${kB(now.wasm).padStart(9)} ${String(now.nodes).padStart(7)} ${String(now.listeners).padStart(11)}   ${(now.heap / first.heap).toFixed(2)}, ${(now.wasm / first.wasm).toFixed(2)}`,
      );
      if (done === Math.max(...LOOKS)) break;
    }
    await page.waitForFunction(shown);
    const { x, y, width, height } = await stage.boundingBox();
    const [left, top] = [x + width / 2 - 60, y + height / 2 - 50];
    await draw(device, [[left, top], [left + 110, top + 90]]);
    const seen = await page.evaluate(shown);
    await send.tap();
    done += 1;
    await page.waitForFunction((was) => document.querySelector('.stage-paper img')?.src !== was, seen);
  }
  device.clean();
} finally {
  await browser.close();
  await place.clear();
}
