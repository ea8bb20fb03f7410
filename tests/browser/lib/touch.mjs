// Fingers on a picture: real touches, and where on the screen a place of the picture lies.

/** A finger that comes down, goes from place to place, and up again. Places are `[x, y]` in CSS pixels. */
export async function draw(device, way) {
  const touch = (type, at) =>
    device.device.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: at ? [{ x: at[0], y: at[1], id: 1, radiusX: 6, radiusY: 6 }] : [],
    });
  await touch('touchStart', way[0]);
  for (const [at, place] of way.entries()) {
    if (at === 0) continue;
    // A finger does not jump: a few places on the way to the next.
    const from = way[at - 1];
    for (const share of [0.3, 0.7, 1]) {
      await touch('touchMove', [from[0] + (place[0] - from[0]) * share, from[1] + (place[1] - from[1]) * share]);
    }
  }
  await touch('touchEnd');
}

/** Two fingers, each from one place to another: `[[from, to], [from, to]]`. */
export async function pinch(device, fingers) {
  const send = (type, share) =>
    device.device.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: fingers.map(([from, to], id) => ({
        x: from[0] + (to[0] - from[0]) * share,
        y: from[1] + (to[1] - from[1]) * share,
        id,
      })),
    });
  await send('touchStart', 0);
  for (const share of [0.2, 0.4, 0.6, 0.8, 1]) await send('touchMove', share);
  await device.device.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
}

/** What of a subject's picture is in each of its files: its addresses, and the part in pixels of the original. */
function files(subject) {
  const urls = (picture) => picture.sources.map((source) => source.url);
  const whole = (size) => ({ x: 0, y: 0, ...size });
  switch (subject.type) {
    case 'image':
      return [{ urls: urls(subject.picture), part: whole(subject.size) }];
    case 'image_region':
      return [{ urls: urls(subject.picture), part: subject.frame }];
    case 'image_pair':
      // Places are told in pixels of the first, whichever is seen.
      return [subject.before, subject.after].map(({ picture }) => ({
        urls: urls(picture),
        part: whole(subject.before.size),
      }));
    case 'map_tile':
      return [{ urls: urls(subject.picture), part: whole(subject.size) }];
    default:
      throw new Error(`A ${subject.type} is no picture.`);
  }
}

/**
 * Where the picture lies on the stage, as a person sees it: by the rectangle of its `<img>`. `to` takes a
 * place of the original to the screen, `from` one of the screen to the original; `pixel` is how many pixels
 * of the original a CSS pixel is. It waits until the picture is there.
 */
export async function lies(page, subject) {
  // The picture may still be on its way: marks are drawn before it comes.
  const there = await page.waitForFunction((files) => {
    for (const image of document.querySelectorAll('.stage-paper img')) {
      const path = new URL(image.src).pathname;
      const file = files.find(({ urls }) => urls.includes(path));
      if (!file || !image.complete || image.naturalWidth === 0) continue;
      // Of a pair, the one that is seen.
      if (getComputedStyle(image).visibility === 'hidden') continue;
      const { left, top, width, height } = image.getBoundingClientRect();
      return { part: file.part, seen: { left, top, width, height }, path };
    }
    return null;
  }, files(subject));
  const { part, seen, path } = await there.jsonValue();
  const pixel = part.width / seen.width;
  return {
    path,
    pixel,
    to: ([x, y]) => [seen.left + (x - part.x) / pixel, seen.top + (y - part.y) / pixel],
    from: ([x, y]) => [part.x + (x - seen.left) * pixel, part.y + (y - seen.top) * pixel],
  };
}

/** The same once it has come to rest: where a panel has just come or gone the picture is laid anew. */
export async function rests(page, subject) {
  for (let before, turn = 0; turn < 50; turn++) {
    const now = await lies(page, subject);
    const place = [now.to([0, 0]), now.pixel].join();
    if (place === before) return now;
    before = place;
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  }
  throw new Error('The picture does not come to rest.');
}
