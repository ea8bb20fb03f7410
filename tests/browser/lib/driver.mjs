// The browser's driver, from where `cargo dev` keeps it. Modules do not look
// at NODE_PATH, so it is required by hand.
import { createRequire } from 'node:module';
import { join } from 'node:path';

const home = process.env.TALKOOT_NODE;
if (!home) {
  throw new Error('Run the journeys by `cargo dev test browser`: it says where the browser and its driver are.');
}
const require = createRequire(join(home, 'package.json'));

const { chromium, devices } = require('playwright-core');

/** axe, with its own source in `axe.source`. */
export const axe = require('axe-core');

/** Chromium without a window, and without calls home. */
export function launch() {
  return chromium.launch({
    executablePath: process.env.TALKOOT_CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** A Pixel 7 as Chromium knows it: 412 × 839 points of page at 2.625 pixels each, touch. */
export const pixel7 = devices['Pixel 7'];
