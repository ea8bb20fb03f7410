// A library that serves images as IIIF has it, each painted when it is asked for.
import { createServer } from 'node:http';

/**
 * Runs in a page: a part of an image, `size` large, as a JPEG. Red tells how far to the right of the whole
 * image a place is, green how far down, and blue how fine it is shown: all of it where each pixel is one of
 * the original.
 */
async function paint({ full, part, size }) {
  const canvas = new OffscreenCanvas(size.width, size.height);
  const context = canvas.getContext('2d', { alpha: false });
  const picture = context.createImageData(size.width, size.height);
  const blue = Math.round((255 * size.width) / part.width);
  for (let y = 0, at = 0; y < size.height; y++) {
    for (let x = 0; x < size.width; x++) {
      picture.data[at++] = (255 * (part.x + ((x + 0.5) * part.width) / size.width)) / full.width;
      picture.data[at++] = (255 * (part.y + ((y + 0.5) * part.height) / size.height)) / full.height;
      picture.data[at++] = blue;
      picture.data[at++] = 255;
    }
  }
  context.putImageData(picture, 0, 0);
  const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.95 })).arrayBuffer());
  let text = '';
  for (let at = 0; at < bytes.length; at += 4096) text += String.fromCharCode(...bytes.subarray(at, at + 4096));
  return btoa(text);
}

/** The paths that an image of level 0 has, as its tiles are named by the Image API 3. */
function tilesOf({ width, height, tiles: { side, factors } }) {
  const paths = new Set();
  for (const factor of factors) {
    const step = side * factor;
    for (let y = 0; y < height; y += step) {
      for (let x = 0; x < width; x += step) {
        const [w, h] = [Math.min(step, width - x), Math.min(step, height - y)];
        const region = w === width && h === height ? 'full' : `${x},${y},${w},${h}`;
        const [across, down] = [Math.ceil(w / factor), Math.ceil(h / factor)];
        paths.add(`${region}/${region === 'full' && factor === 1 ? 'max' : `${across},${down}`}/0/default.jpg`);
      }
    }
  }
  return paths;
}

/** What an image says of itself. */
function info(id, { version, level, width, height, tiles, sizes }) {
  const said = {
    '@context': `http://iiif.io/api/image/${version}/context.json`,
    protocol: 'http://iiif.io/api/image',
    width,
    height,
    ...(tiles && { tiles: [{ width: tiles.side, scaleFactors: tiles.factors }] }),
    ...(sizes && { sizes }),
  };
  return version === 2
    ? { ...said, '@id': id, profile: [`http://iiif.io/api/image/2/level${level}.json`] }
    : { ...said, id, type: 'ImageService3', profile: `level${level}` };
}

/** What a path under an image's address asks for; nothing where the image has no such file. */
function wanted(image, path) {
  const [region, scaled] = path.split('/');
  if (image.level === 0) {
    const listed = image.tiles ? tilesOf(image) : new Set(image.sizes.map(({ width, height }) => `full/${width},${height}/0/default.jpg`));
    if (!listed.has(path)) return null;
  }
  // By width or height alone, and never by both, which is level 2's.
  if (image.level === 1 && !/^(full|max|\d+,|,\d+)$/.test(scaled)) return null;
  const [x, y, width, height] = region === 'full' ? [0, 0, image.width, image.height] : region.split(',').map(Number);
  if (!(x + width <= image.width && y + height <= image.height)) return null;
  const across = ['full', 'max'].includes(scaled) ? width : Number(scaled.split(',')[0]);
  const down = Number(scaled.split(',')[1]) || Math.round((height * across) / width);
  return across > 0 ? { full: image, part: { x, y, width, height }, size: { width: across, height: down } } : null;
}

/**
 * Serves a manifest of images: by name their `version` and `level`, `width` and `height`, and `tiles` or
 * `sizes`. A page of the browser paints. `asked` is every path that was asked for, `refused` those that are
 * not there.
 */
export async function library(browser, images) {
  const page = await browser.newPage();
  const [asked, refused] = [[], []];
  let url;
  const canvas = ([name, image]) => {
    const { width, height, version, level } = image;
    const service = version === 2
      ? { '@id': `${url}/${name}`, '@type': 'ImageService2', profile: `http://iiif.io/api/image/2/level${level}.json` }
      : { id: `${url}/${name}`, type: 'ImageService3', profile: `level${level}` };
    const body = { id: `${url}/${name}/full/max/0/default.jpg`, type: 'Image', format: 'image/jpeg', width, height, service: [service] };
    const id = `${url}/canvas/${name}`;
    const items = [{ id: `${id}/painting`, type: 'Annotation', motivation: 'painting', target: id, body }];
    return { id, type: 'Canvas', label: { none: [name] }, width, height, items: [{ id: `${id}/page`, type: 'AnnotationPage', items }] };
  };
  const manifest = () => ({
    '@context': 'http://iiif.io/api/presentation/3/context.json',
    id: `${url}/manifest.json`,
    type: 'Manifest',
    label: { en: ['Some maps'] },
    items: Object.entries(images).map(canvas),
  });
  const server = createServer(async (request, reply) => {
    const path = request.url.slice(1);
    asked.push(path);
    const json = (value) => reply.setHeader('content-type', 'application/json').end(JSON.stringify(value));
    if (path === 'manifest.json') return json(manifest());
    const [name, ...rest] = path.split('/');
    const image = images[name];
    if (image && rest.join('/') === 'info.json') return json(info(`${url}/${name}`, image));
    const what = image && wanted(image, rest.join('/'));
    if (what) {
      const bytes = Buffer.from(await page.evaluate(paint, what), 'base64');
      return reply.setHeader('content-type', 'image/jpeg').end(bytes);
    }
    refused.push(path);
    reply.statusCode = 404;
    return reply.end();
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${server.address().port}`;
  return {
    url,
    asked,
    refused,
    async clear() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
      await page.close();
    },
  };
}
