// One browser and one sample drive for all journeys of a file: importing this sets them up and clears them away.
import { after, before } from 'node:test';
import { drive } from './drive.mjs';
import { launch } from './driver.mjs';

export let browser;
export let sample;
before(async () => {
  browser = await launch();
  sample = await drive();
});
after(async () => {
  await browser?.close();
  await sample?.clear();
});
