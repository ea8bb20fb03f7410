// What is seen on a stage: every line and disc that its canvases hold now, and where the page has them.
// Run once: it listens to all canvases from then on, and `seen(root)` tells.
if (globalThis.seen) return;

const logs = new WeakMap();
const log = (context) => {
  let here = logs.get(context.canvas);
  if (!here) logs.set(context.canvas, (here = { path: [], arcs: [], lines: [], discs: [], depth: 0, glass: null }));
  return here;
};
const listen = (name, hear) => {
  for (const { prototype } of [CanvasRenderingContext2D, OffscreenCanvasRenderingContext2D]) {
    const plain = prototype[name];
    prototype[name] = function (...args) {
      hear(log(this), this, ...args);
      return plain.apply(this, args);
    };
  }
};
// What was drawn out of sight goes with the bitmap to the canvas that shows it.
const hand = (giver, name, hear) => {
  const plain = giver.prototype[name];
  giver.prototype[name] = function (...args) {
    const given = plain.apply(this, args);
    hear(this, given, ...args);
    return given;
  };
};
hand(OffscreenCanvas, 'transferToImageBitmap', (canvas, bitmap) => {
  logs.set(bitmap, { ...logs.get(canvas) });
});
hand(ImageBitmapRenderingContext, 'transferFromImageBitmap', ({ canvas }, _, bitmap) => {
  logs.set(canvas, logs.get(bitmap));
});
// In pixels of the canvas, as the context's own transform puts them there.
const put = (context, x, y) => {
  const { x: across, y: down } = context.getTransform().transformPoint({ x, y });
  return [across, down];
};

listen('clearRect', (here) => Object.assign(here, { lines: [], discs: [] }));
listen('beginPath', (here) => Object.assign(here, { path: [], arcs: [] }));
listen('moveTo', (here, context, x, y) => here.path.push({ points: [put(context, x, y)], closed: false }));
listen('lineTo', (here, context, x, y) => here.path.at(-1)?.points.push(put(context, x, y)));
listen('closePath', (here) => {
  if (here.path.length) here.path.at(-1).closed = true;
});
listen('arc', (here, context, x, y, radius) => here.arcs.push({ at: put(context, x, y), radius }));
// What is drawn in the glass is the same once more, enlarged.
listen('save', (here) => here.depth++);
listen('clip', (here) => (here.glass ??= here.depth));
listen('restore', (here) => {
  if (here.depth === here.glass) here.glass = null;
  here.depth--;
});
listen('stroke', (here, { strokeStyle: colour, lineWidth: width }) => {
  if (here.glass === null) here.lines.push(...here.path.map((line) => ({ ...line, colour, width })));
});
listen('fill', (here, { fillStyle: colour }) => {
  if (here.glass === null) here.discs.push(...here.arcs.map((disc) => ({ ...disc, colour })));
});

/** Where the page has an element of the stage: from its own CSS pixels to the window's. */
function chain(element, stage) {
  const { left, top } = stage.getBoundingClientRect();
  const way = [];
  for (let at = element; at !== stage; at = at.parentElement) way.unshift(at);
  return way.reduce((matrix, at) => {
    const css = getComputedStyle(at);
    if (css.transformOrigin !== '0px 0px') throw new Error(`${at.className} turns about ${css.transformOrigin}`);
    const own = new DOMMatrix(css.transform === 'none' ? '' : css.transform);
    return matrix.translate(parseFloat(css.left) || 0, parseFloat(css.top) || 0).multiply(own);
  }, new DOMMatrix([1, 0, 0, 1, left, top]));
}

/** A canvas's own pixels in the window. */
function lies(canvas, stage) {
  const css = getComputedStyle(canvas);
  return chain(canvas, stage).scale(parseFloat(css.width) / canvas.width, parseFloat(css.height) / canvas.height);
}

/** Where the picture is, and on which canvases something can be seen. `size` is the picture's. */
function look(root, size) {
  const stage = root.querySelector('.stage-layers');
  const image = root.querySelector('.stage-paper img');
  const css = getComputedStyle(image);
  const view = chain(image, stage).scale(parseFloat(css.width) / size[0], parseFloat(css.height) / size[1]);
  const canvases = [...root.querySelectorAll('canvas.stage-canvas')].map((canvas, at) => ({ canvas, over: at === 1 }));
  return { stage, view, shown: canvases.filter(({ canvas }) => canvas.checkVisibility()) };
}

const flat = ({ a, b, c, d, e, f }) => [a, b, c, d, e, f];

/** All that is drawn there, in pixels of the picture, as JSON; and where the picture is. */
globalThis.seen = (root, ...size) => {
  const { stage, view, shown } = look(root, size);
  const [lines, discs] = [[], []];
  for (const { canvas, over } of shown) {
    const here = logs.get(canvas);
    const to = view.inverse().multiply(lies(canvas, stage));
    const place = ([x, y]) => ((at) => [at.x, at.y])(to.transformPoint({ x, y }));
    lines.push(...(here?.lines ?? []).map((line) => ({ ...line, over, points: line.points.map(place) })));
    discs.push(...(here?.discs ?? []).map((disc) => ({ ...disc, over, at: place(disc.at) })));
  }
  const { left, top, width, height } = stage.getBoundingClientRect();
  return JSON.stringify({ view: flat(view), room: [left, top, width, height], lines, discs });
};

/** How much ink (0 to 1) the canvases have at places of the window, as JSON. */
globalThis.ink = (root, places) => {
  const { stage, shown } = look(root, [1, 1]);
  return JSON.stringify(JSON.parse(places).map(([x, y]) => Math.max(0, ...shown.map(({ canvas }) => {
    const at = lies(canvas, stage).inverse().transformPoint({ x, y });
    const pen = new OffscreenCanvas(1, 1).getContext('2d');
    pen.drawImage(canvas, -Math.floor(at.x), -Math.floor(at.y));
    return pen.getImageData(0, 0, 1, 1).data[3] / 255;
  }))));
};
