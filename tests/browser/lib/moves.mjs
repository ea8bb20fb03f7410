// Fingers that move a picture for a while, and how well the page keeps up with them.

/** A network that is no hindrance: the processor alone is slow. */
export const near = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: -1 };

/** So long a finger goes on, in milliseconds. */
const SPAN = 2_500;
/** So long after it frames are still looked at. */
const AFTER = 700;

async function touch(device, type, points) {
  const touchPoints = points.map(([x, y], id) => ({ x, y, id }));
  await device.device.send('Input.dispatchTouchEvent', { type, touchPoints });
}

/**
 * Fingers that go where `at` says after so many milliseconds, sixty times a second. A finger does not wait for
 * the page: where one place was not dealt with yet, the browser joins it with the next, as it does on a phone.
 */
async function go(device, at) {
  const [began, sent] = [Date.now(), []];
  await touch(device, 'touchStart', at(0));
  for (let now = 0; now < SPAN; now = Date.now() - began) {
    sent.push(touch(device, 'touchMove', at(now)));
    await new Promise((done) => setTimeout(done, 16));
  }
  await Promise.all(sent);
  await touch(device, 'touchEnd', []);
}

/** One finger in circles. */
export const pan = (device) =>
  go(device, (now) => [[206 + 110 * Math.cos(now / 200), 400 + 160 * Math.sin(now / 200)]]);

/** Two fingers apart and together again. */
export const pinch = (device) =>
  go(device, (now) => {
    const apart = 70 + 60 * (1 - Math.cos(now / 230));
    return [
      [206 - apart, 400],
      [206 + apart, 410],
    ];
  });

/** Two fingers apart, again and again, until the picture is `by` times as large. */
export async function enlarge(device, by) {
  for (let left = by; left > 1.05; left /= 2) {
    const far = 60 * Math.min(2, left);
    const way = [60, 60 + (far - 60) / 2, far];
    await touch(device, 'touchStart', [[206 - 60, 400], [206 + 60, 400]]);
    for (const apart of way) await touch(device, 'touchMove', [[206 - apart, 400], [206 + apart, 400]]);
    await touch(device, 'touchEnd', []);
    await device.page.waitForTimeout(300);
  }
}

const busy = async (device) => {
  const { metrics } = await device.device.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'TaskDuration').value;
};

/**
 * While `move` goes on: `frames` a second in the page, and for how much of the time in per cent the page's
 * thread was `busy`. A page that keeps up can only be told from another by that, and by the `longest` frame in
 * milliseconds until a moment after the fingers went up, when all is drawn anew.
 */
export async function moved(device, move) {
  await device.device.send('Performance.enable');
  await device.page.evaluate(() => {
    window.frames_ = [];
    window.counting = true;
    const count = (now) => {
      window.frames_.push(now);
      if (window.counting) requestAnimationFrame(count);
    };
    requestAnimationFrame(count);
  });
  const [before, began] = [await busy(device), performance.now()];
  await move(device);
  const [after, ended] = [await busy(device), performance.now()];
  const during = await device.page.evaluate(() => window.frames_.length);
  await device.page.waitForTimeout(AFTER);
  const times = await device.page.evaluate(() => {
    window.counting = false;
    return window.frames_;
  });
  const gaps = times.slice(1).map((time, at) => time - times[at]);
  return {
    frames: ((during - 1) * 1000) / (times[during - 1] - times[0]),
    longest: Math.max(...gaps),
    busy: ((after - before) * 100_000) / (ended - began),
  };
}
