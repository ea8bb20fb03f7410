// How marks on a large image move under fingers: Talkoot's stage beside Leaflet with Geoman and
// Annotorious, on the same tiles, in the same run. A phone with its processor slowed four times.
// Prints; asserts nothing.
import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { crc32, deflateSync } from './lib/png.mjs';
import { launch } from './lib/driver.mjs';
import { phone } from './lib/phone.mjs';
import { Place } from './lib/program.mjs';

const peers = process.env.TALKOOT_PEERS;
if (!peers) throw new Error('Run this by `cargo dev bench marks`: it says where the others are.');
const SIZE = { width: 8000, height: 6000 };
const COUNTS = (process.env.TALKOOT_COUNTS ?? '0,100,1000,5000').split(',').map(Number);
const RUNS = Number(process.env.TALKOOT_RUNS ?? 3);

/** Polygons of 6 to 12 corners all over the image; the same in every run. */
function polygons(count) {
  let state = 7;
  const chance = () => ((state = (state * 1103515245 + 12345) % 2147483648) / 2147483648);
  return Array.from({ length: count }, () => {
    const [x, y, r] = [chance() * (SIZE.width - 400) + 200, chance() * (SIZE.height - 400) + 200, 30 + chance() * 90];
    const corners = 6 + Math.floor(chance() * 7);
    return Array.from({ length: corners }, (_, at) => {
      const [angle, far] = [(at / corners) * 2 * Math.PI, r * (0.7 + chance() * 0.3)];
      return [Math.round(x + Math.cos(angle) * far), Math.round(y + Math.sin(angle) * far)];
    });
  });
}

/** An image of that size, as a PNG of one grey channel: fields with hedges. */
function png() {
  const rows = Buffer.alloc(SIZE.height * (SIZE.width + 1));
  for (let y = 0; y < SIZE.height; y++) {
    const at = y * (SIZE.width + 1) + 1;
    for (let x = 0; x < SIZE.width; x++) {
      const field = ((x >> 8) * 37 + (y >> 8) * 91) % 120;
      rows[at + x] = (x & 255) < 6 || (y & 255) < 6 ? 50 : 90 + field + ((x ^ y) & 7);
    }
  }
  const chunk = (type, data) => {
    const head = Buffer.alloc(8);
    head.writeUInt32BE(data.length);
    head.write(type, 4, 'latin1');
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc32(Buffer.concat([head.subarray(4), data])));
    return Buffer.concat([head, data, sum]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(SIZE.width);
  header.writeUInt32BE(SIZE.height, 4);
  header.set([8, 0, 0, 0, 0], 8);
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]);
}

const project = (count) => ({
  slug: `marks-${count}`,
  title: `${count} marks`,
  purpose: 'To be measured.',
  owner: { name: 'The bench' },
  question: 'Where are the fields?',
  kind: 'drawing',
  rules: { tools: [{ id: 'field', tool: 'polygon', label: 'Field' }], others: 'show' },
  rule: { rule: 'equal', answers: 50, at_most: 50 },
  warm_ups: [],
  subjects: [{ type: 'image', file: 'fields.png' }],
});

/** One volunteer's call. */
async function call(app, token, path, body) {
  const headers = { 'content-type': 'application/json', 'x-talkoot': '1', ...(token && { authorization: `Bearer ${token}` }) };
  const reply = await fetch(`${app}/api/v1${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!reply.ok) throw new Error(`${path}: ${reply.status} ${await reply.text()}`);
  return reply.json();
}

/** Has volunteers draw the marks, a thousand each; the next one sees them. The task. */
async function drawn(app, count) {
  let task;
  for (let from = 0; from < Math.max(count, 1); from += 1000) {
    const { token } = await call(app, undefined, '/volunteers', {});
    [task] = (await call(app, token, `/projects/marks-${count}/leases`, { count: 1 })).tasks;
    const marks = polygons(count).slice(from, from + 1000);
    if (!marks.length) break;
    const value = { shapes: marks.map((points) => ({ type: 'polygon', label: 'field', points })) };
    const { outcomes } = await call(app, token, '/answers', {
      answers: [{ id: randomUUID(), task: task.id, value, seconds: 1, corrections: 0 }],
    });
    if (outcomes[0].status !== 'stored') throw new Error(JSON.stringify(outcomes[0]));
  }
  return task;
}

const FILES = {
  '/leaflet.js': 'leaflet/dist/leaflet.js',
  '/leaflet.css': 'leaflet/dist/leaflet.css',
  '/geoman.js': '@geoman-io/leaflet-geoman-free/dist/leaflet-geoman.min.js',
  '/geoman.css': '@geoman-io/leaflet-geoman-free/dist/leaflet-geoman.css',
  '/osd.js': 'openseadragon/build/openseadragon/openseadragon.min.js',
  '/annotorious.js': '@annotorious/openseadragon/dist/annotorious-openseadragon.js',
  '/annotorious.css': '@annotorious/openseadragon/dist/annotorious-openseadragon.css',
  '/plain.js': '@annotorious/annotorious/dist/annotorious.js',
  '/plain.css': '@annotorious/annotorious/dist/annotorious.css',
};

const head = '<!doctype html><meta name=viewport content="width=device-width"><style>html,body,#it{margin:0;height:100%}#it{width:100%}</style>';

/** Pages of the others. Each says in `window.usable` when its marks are painted. */
const PAGES = {
  leaflet: (tiles) => `${head}<link rel=stylesheet href=/leaflet.css><link rel=stylesheet href=/geoman.css><div id=it></div>
<script src=/leaflet.js></script><script src=/geoman.js></script><script type=module>
const { marks, width, height } = await (await fetch('/marks' + location.search)).json();
const map = L.map('it', { crs: L.CRS.Simple, renderer: L.canvas(), minZoom: -6, maxZoom: 3, zoomSnap: 0, attributionControl: false });
map.pm.addControls({ position: 'topleft' });
const at = ([x, y]) => map.unproject([x, y], 0);
const Layer = L.GridLayer.extend({ createTile({ x, y, z }, done) {
  const factor = 2 ** -z, side = ${tiles.tile} * factor, img = new Image();
  const [l, t] = [x * side, y * side], [w, h] = [Math.min(side, width - l), Math.min(side, height - t)];
  if (w <= 0 || h <= 0 || l < 0 || t < 0) { setTimeout(() => done(null, img)); return img; }
  const region = l === 0 && t === 0 && w === width && h === height ? 'full' : [l, t, w, h].join(',');
  img.onload = () => done(null, img); img.onerror = () => done(new Error('tile'), img);
  img.src = '${tiles.base}/' + region + '/' + Math.ceil(w / factor) + ',' + Math.ceil(h / factor) + '/0/default.webp';
  img.style.width = Math.ceil(w / factor) + 'px'; img.style.height = Math.ceil(h / factor) + 'px';
  return img;
} });
map.fitBounds([at([0, height]), at([width, 0])]);
const layer = new Layer({ tileSize: ${tiles.tile}, minNativeZoom: -${tiles.levels - 1}, maxNativeZoom: 0, minZoom: -6, maxZoom: 3, bounds: [at([0, height]), at([width, 0])] });
for (const points of marks) L.polygon(points.map(at), { weight: 2, color: '#bb3a1e' }).addTo(map);
layer.once('load', () => requestAnimationFrame(() => requestAnimationFrame(() => (window.usable = performance.now()))));
layer.addTo(map);
</script>`,
  osd: (tiles) => `${head}<link rel=stylesheet href=/annotorious.css><div id=it></div>
<script src=/osd.js></script><script src=/annotorious.js></script><script type=module>
const { marks, width, height } = await (await fetch('/marks' + location.search)).json();
const viewer = OpenSeadragon({ element: document.getElementById('it'), tileSources: '${tiles.base}/info.json', showNavigationControl: false, gestureSettingsTouch: { pinchRotate: false } });
const anno = AnnotoriousOSD.createOSDAnnotator(viewer, {});
viewer.addHandler('open', () => {
  anno.setAnnotations(annotations(marks));
  requestAnimationFrame(() => requestAnimationFrame(() => (window.usable = performance.now())));
});
${annotations}
</script>`,
  annotorious: (tiles) => `${head}<link rel=stylesheet href=/plain.css><style>#it{overflow:auto;touch-action:pan-x pan-y pinch-zoom}</style><div id=it><img id=plain src="${tiles.preview}" width=1600></div>
<script src=/plain.js></script><script type=module>
const { marks, width } = await (await fetch('/marks' + location.search)).json();
const img = document.getElementById('plain');
await img.decode();
const anno = Annotorious.createImageAnnotator(img, {});
const by = img.naturalWidth / width;
anno.setAnnotations(annotations(marks.map((points) => points.map(([x, y]) => [x * by, y * by]))));
requestAnimationFrame(() => requestAnimationFrame(() => (window.usable = performance.now())));
${annotations}
</script>`,
};

function annotations(marks) {
  return marks.map((points, at) => {
    const [xs, ys] = [points.map((p) => p[0]), points.map((p) => p[1])];
    const bounds = { minX: Math.min(...xs), minY: Math.min(...ys), maxX: Math.max(...xs), maxY: Math.max(...ys) };
    const selector = { type: 'POLYGON', geometry: { bounds, points } };
    return { id: `m${at}`, bodies: [], target: { annotation: `m${at}`, selector } };
  });
}

/** The others' pages; their tiles come from the same program, through here. */
async function stand(app, tiles) {
  const server = createServer(async (request, reply) => {
    const url = new URL(request.url, 'http://here');
    const send = (type, body) => reply.writeHead(200, { 'content-type': type, 'cache-control': 'max-age=3600' }).end(body);
    if (FILES[url.pathname]) {
      reply.writeHead(200, { 'content-type': url.pathname.endsWith('.js') ? 'text/javascript' : 'text/css' });
      return createReadStream(join(peers, 'node_modules', FILES[url.pathname])).pipe(reply);
    }
    if (url.pathname === '/marks') {
      return send('application/json', JSON.stringify({ marks: polygons(Number(url.searchParams.get('n'))), ...SIZE }));
    }
    const page = PAGES[url.pathname.slice(1)];
    if (page) return send('text/html', page(tiles));
    const passed = await fetch(app + url.pathname);
    reply.writeHead(passed.status, { 'content-type': passed.headers.get('content-type') ?? '', 'cache-control': 'max-age=3600' });
    reply.end(Buffer.from(await passed.arrayBuffer()));
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  return { url: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

/** In our app: the picture is there and the marks are painted. */
function watchForStage(count) {
  const look = () => {
    const stage = document.querySelector('[aria-label="Drawing stage"]');
    const image = stage?.querySelector('img');
    const drawn = count === 0 || stage?.querySelector('canvas.stage-canvas:not([hidden])');
    if (image?.complete && image.naturalWidth > 0 && drawn) {
      requestAnimationFrame(() => requestAnimationFrame(() => (window.usable = performance.now())));
      return;
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/** Frames a second in the page while `move` goes on. */
async function frames(device, move) {
  await device.page.evaluate(() => {
    window.frames_ = [];
    window.counting = true;
    const count = (now) => {
      window.frames_.push(now);
      if (window.counting) requestAnimationFrame(count);
    };
    requestAnimationFrame(count);
  });
  await move();
  const times = await device.page.evaluate(() => {
    window.counting = false;
    return window.frames_;
  });
  return ((times.length - 1) * 1000) / (times.at(-1) - times[0]);
}

const wait = (ms) => new Promise((done) => setTimeout(done, ms));

async function touch(device, type, points) {
  const touchPoints = points.map(([x, y], id) => ({ x, y, id }));
  await device.device.send('Input.dispatchTouchEvent', { type, touchPoints });
}

async function pan(device) {
  const at = (step) => [206 + 110 * Math.cos(step / 12), 400 + 160 * Math.sin(step / 12)];
  await touch(device, 'touchStart', [at(0)]);
  for (let step = 1; step <= 150; step++) {
    await touch(device, 'touchMove', [at(step)]);
    await wait(12);
  }
  await touch(device, 'touchEnd', []);
}

async function pinch(device) {
  const at = (step) => {
    const apart = 70 + 60 * (1 - Math.cos(step / 14));
    return [
      [206 - apart, 400],
      [206 + apart, 410],
    ];
  };
  await touch(device, 'touchStart', at(0));
  for (let step = 1; step <= 150; step++) {
    await touch(device, 'touchMove', at(step));
    await wait(12);
  }
  await touch(device, 'touchEnd', []);
}

async function measure(browser, open) {
  const figures = { ready: [], pan: [], zoom: [] };
  for (let run = 0; run < RUNS; run++) {
    const device = await phone(browser);
    await device.slow({ network: { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: -1 } });
    await open(device);
    try {
      await device.page.waitForFunction(() => window.usable, undefined, { timeout: 25_000 });
      figures.ready.push(await device.page.evaluate(() => window.usable));
      await wait(1_000);
      const move = device.page.getByRole('button', { name: 'Move', exact: true });
      if (await move.isVisible()) await move.tap();
      figures.pan.push(await frames(device, () => pan(device)));
      await wait(500);
      figures.zoom.push(await frames(device, () => pinch(device)));
    } catch (error) {
      console.log(`    (a run came to nothing: ${String(error).split('\n')[0]})`);
    }
    await device.close();
  }
  const middle = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? NaN;
  return { ready: middle(figures.ready), pan: middle(figures.pan), zoom: middle(figures.zoom) };
}

const browser = await launch();
const place = await Place.make();
try {
  await writeFile(join(place.folder, 'fields.png'), png());
  for (const count of COUNTS) {
    const file = join(place.folder, `marks-${count}.json`);
    await writeFile(file, JSON.stringify(project(count)));
    await place.command('import', '--project', file);
  }
  const app = await place.serve();
  let subject;
  for (const count of COUNTS) ({ subject } = await drawn(app, count));
  const tiles = {
    base: subject.tiles.base,
    tile: subject.tiles.tile.width,
    levels: subject.tiles.factors.length,
    preview: subject.picture.sources.at(-1).url,
  };
  const others = await stand(app, tiles);
  const rows = [
    ['Talkoot', (count) => async (device) => {
      await device.page.addInitScript(watchForStage, count);
      await device.page.goto(`${app}/p/marks-${count}`, { waitUntil: 'commit' });
    }],
    ...[['Leaflet + Geoman', 'leaflet'], ['Annotorious + OSD', 'osd'], ['Annotorious, image', 'annotorious']].map(([name, path]) => [
      name,
      (count) => (device) => device.page.goto(`${others.url}/${path}?n=${count}`, { waitUntil: 'commit' }),
    ]),
  ];
  console.log(`\nMarks on ${SIZE.width} × ${SIZE.height}, processor slowed 4 times (median of ${RUNS})`);
  console.log('  marks                        ready ms   panning fps   zooming fps   to Leaflet: ready, panning, zooming');
  for (const count of COUNTS) {
    const found = {};
    for (const [name, open] of rows) found[name] = await measure(browser, open(count));
    const reference = found['Leaflet + Geoman'];
    for (const [name, f] of Object.entries(found)) {
      const ratio = (key) => (f[key] / reference[key]).toFixed(2);
      console.log(
        `  ${String(count).padStart(5)} ${name.padEnd(22)} ${f.ready.toFixed(0).padStart(7)} ${f.pan.toFixed(1).padStart(13)} ${f.zoom.toFixed(1).padStart(13)}   ${ratio('ready')}, ${ratio('pan')}, ${ratio('zoom')}`,
      );
    }
  }
  others.close();
} finally {
  await browser.close();
  await place.clear();
}
