// How a large image and the marks on it move under fingers: Talkoot's stage beside Leaflet with Geoman,
// OpenSeadragon and Annotorious, in the same run. Leaflet shows the picture twice: by Talkoot's own tiles,
// and as one file, which is how its manual shows pictures that are no maps. Talkoot's marks are others',
// and once more the volunteer's own, of which an answer has a thousand at most; both are drawn thinly from
// 400 in sight on. A phone with its processor slowed four times. Prints; asserts nothing.
import { createReadStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { drawn, polygons } from './lib/bare.mjs';
import { launch } from './lib/driver.mjs';
import { enlarge, moved, near, pan, pinch } from './lib/moves.mjs';
import { phone, usable } from './lib/phone.mjs';
import { fields } from './lib/png.mjs';
import { Place } from './lib/program.mjs';

const peers = process.env.TALKOOT_PEERS;
if (!peers) throw new Error('Run this by `cargo dev bench marks`: it says where the others are.');
const SIZE = { width: 8000, height: 6000 };
/** As large as a project may take them, and so many times enlarged, which is about pixel for pixel. */
const LARGE = { width: 10_000, height: 10_000 };
const NEARER = 12;
const COUNTS = (process.env.TALKOOT_COUNTS ?? '0,100,1000,5000').split(',').map(Number);
/** The most marks of one's own. */
const OWN = 1_000;
const RUNS = Number(process.env.TALKOOT_RUNS ?? 5);

/** Polygons of 6 to 12 corners all over the image; the same in every run. */
function outlines(count) {
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

/** What a page of the others' needs to know of a picture. */
function told({ tiles, picture, size }) {
  return { base: tiles.base, tile: tiles.tile.width, levels: tiles.factors.length, preview: picture.sources.at(-1).url, size };
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

/** Leaflet's page, that shows the picture by a layer. */
const leaflet = (layer) => `${head}<link rel=stylesheet href=/leaflet.css><link rel=stylesheet href=/geoman.css><div id=it></div>
<script src=/leaflet.js></script><script src=/geoman.js></script><script type=module>
const { marks, width, height } = await (await fetch('/marks' + location.search)).json();
const map = L.map('it', { crs: L.CRS.Simple, renderer: L.canvas(), minZoom: -6, maxZoom: 3, zoomSnap: 0, attributionControl: false });
map.pm.addControls({ position: 'topleft' });
const at = ([x, y]) => map.unproject([x, y], 0);
const bounds = [at([0, height]), at([width, 0])];
map.fitBounds(bounds);
for (const points of marks) L.polygon(points.map(at), { weight: 2, color: '#bb3a1e' }).addTo(map);
${layer}
layer.once('load', async () => {
  await layer.getElement?.().decode();
  requestAnimationFrame(() => requestAnimationFrame(() => console.info('usable', performance.now())));
});
layer.addTo(map);
</script>`;

/** Pages of the others. Each says when its marks are painted. */
const PAGES = {
  leaflet: (tiles) => leaflet(`const Layer = L.GridLayer.extend({ createTile({ x, y, z }, done) {
  const factor = 2 ** -z, side = ${tiles.tile} * factor, img = new Image();
  const [l, t] = [x * side, y * side], [w, h] = [Math.min(side, width - l), Math.min(side, height - t)];
  if (w <= 0 || h <= 0 || l < 0 || t < 0) { setTimeout(() => done(null, img)); return img; }
  const region = l === 0 && t === 0 && w === width && h === height ? 'full' : [l, t, w, h].join(',');
  img.onload = () => done(null, img); img.onerror = () => done(new Error('tile'), img);
  img.src = '${tiles.base}/' + region + '/' + Math.ceil(w / factor) + ',' + Math.ceil(h / factor) + '/0/default.webp';
  img.style.width = Math.ceil(w / factor) + 'px'; img.style.height = Math.ceil(h / factor) + 'px';
  return img;
} });
const layer = new Layer({ tileSize: ${tiles.tile}, minNativeZoom: -${tiles.levels - 1}, maxNativeZoom: 0, minZoom: -6, maxZoom: 3, bounds });`),
  overlay: () => leaflet(`const layer = L.imageOverlay('/fields.jpg', bounds);`),
  osd: (tiles) => `${head}<link rel=stylesheet href=/annotorious.css><div id=it></div>
<script src=/osd.js></script><script src=/annotorious.js></script><script type=module>
const { marks, width, height } = await (await fetch('/marks' + location.search)).json();
const viewer = OpenSeadragon({ element: document.getElementById('it'), tileSources: '${tiles.base}/info.json', showNavigationControl: false, gestureSettingsTouch: { pinchRotate: false } });
const anno = AnnotoriousOSD.createOSDAnnotator(viewer, {});
viewer.addHandler('open', () => {
  anno.setAnnotations(annotations(marks));
  requestAnimationFrame(() => requestAnimationFrame(() => console.info('usable', performance.now())));
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
requestAnimationFrame(() => requestAnimationFrame(() => console.info('usable', performance.now())));
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

/** A PNG as a JPEG, which is what a camera would give. */
async function jpeg(file) {
  const browser = await launch();
  const page = await browser.newPage();
  const server = createServer((_, reply) => createReadStream(file).pipe(reply));
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  const text = await page.evaluate(async () => {
    const bitmap = await createImageBitmap(document.images[0]);
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    canvas.getContext('2d').drawImage(bitmap, 0, 0);
    const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.85 });
    return new Promise((done) => {
      const reader = new FileReader();
      reader.onload = () => done(reader.result);
      reader.readAsDataURL(blob);
    });
  });
  server.close();
  await browser.close();
  return Buffer.from(text.slice(text.indexOf(',') + 1), 'base64');
}

/** The others' pages; their tiles come from the same program, through here. */
async function stand(app, pictures, photo) {
  const server = createServer(async (request, reply) => {
    const url = new URL(request.url, 'http://here');
    const send = (type, body) => reply.writeHead(200, { 'content-type': type, 'cache-control': 'max-age=3600' }).end(body);
    if (FILES[url.pathname]) {
      reply.writeHead(200, { 'content-type': url.pathname.endsWith('.js') ? 'text/javascript' : 'text/css' });
      return createReadStream(join(peers, 'node_modules', FILES[url.pathname])).pipe(reply);
    }
    if (url.pathname === '/marks') {
      const marks = outlines(Number(url.searchParams.get('n')));
      return send('application/json', JSON.stringify({ marks, ...pictures[url.searchParams.get('of')].size }));
    }
    if (url.pathname === '/fields.jpg') return send('image/jpeg', photo);
    const page = PAGES[url.pathname.slice(1)];
    if (page) return send('text/html', page(pictures[url.searchParams.get('of')]));
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
      const painted = () => requestAnimationFrame(() => requestAnimationFrame(() => console.info('usable', performance.now())));
      return void image.decode().then(painted);
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

const middle = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? NaN;

/** One page, opened and enlarged: when it was ready, and how it moved. In a browser of its own, since it may give up: nothing then. */
async function measure(open, nearer = 3) {
  const browser = await launch();
  try {
    const device = await phone(browser);
    await device.slow({ network: near });
    const ready = await usable(device.page, () => open(device), 25_000);
    await device.page.waitForTimeout(1_000);
    const move = device.page.getByRole('button', { name: 'Move', exact: true });
    if (await move.isVisible()) await move.tap();
    await enlarge(device, nearer);
    const panned = await moved(device, pan);
    await device.page.waitForTimeout(500);
    return { ready, pan: panned, zoom: await moved(device, pinch) };
  } catch (error) {
    console.log(`    (a run came to nothing: ${String(error).split('\n')[0]})`);
  } finally {
    await browser.close().catch(() => {});
  }
}

/** What lies in the middle of many runs. */
function typical(runs) {
  const of = (read) => middle(runs.map(read));
  return {
    ready: of((run) => run.ready),
    pan: of((run) => run.pan.frames),
    zoom: of((run) => run.zoom.frames),
    busy: of((run) => (run.pan.busy + run.zoom.busy) / 2),
    longest: of((run) => Math.max(run.pan.longest, run.zoom.longest)),
  };
}

const place = await Place.make();
try {
  await writeFile(join(place.folder, 'fields.png'), fields(SIZE));
  await writeFile(join(place.folder, 'large.png'), fields(LARGE));
  const names = COUNTS.map((count) => `marks-${count}`);
  const owned = COUNTS.filter((count) => count > 0 && count <= OWN);
  const projects = [
    ...names.map((name) => polygons(name, 'fields.png')),
    ...owned.map((count) => polygons(`own-${count}`, 'fields.png', outlines(count))),
    polygons('large', 'large.png'),
  ];
  for (const project of projects) {
    const file = join(place.folder, `${project.slug}.json`);
    await writeFile(file, JSON.stringify(project));
    await place.command('import', '--project', file);
  }
  const app = await place.serve();
  const pictures = { large: told(await drawn(app, 'large', [])) };
  for (const [at, count] of COUNTS.entries()) pictures.marks = told(await drawn(app, names[at], outlines(count)));
  const others = await stand(app, pictures, await jpeg(join(place.folder, 'fields.png')));
  const ours = (slug, count) => async (device) => {
    await device.page.addInitScript(watchForStage, count);
    await device.page.goto(`${app}/p/${slug}`, { waitUntil: 'commit' });
  };
  const theirs = (page, of, count) => (device) =>
    device.page.goto(`${others.url}/${page}?of=${of}&n=${count}`, { waitUntil: 'commit' });
  const table = async (title, rows) => {
    // By turns: a machine that is slower for some minutes is so for all of them.
    const runs = Object.fromEntries(rows.map(([name]) => [name, []]));
    for (let run = 0; run < RUNS; run++) {
      for (const [name, open, nearer] of rows) {
        const one = await measure(open, nearer);
        if (one) runs[name].push(one);
      }
    }
    const found = Object.fromEntries(Object.entries(runs).map(([name, all]) => [name, typical(all)]));
    for (const [name, f] of Object.entries(found)) {
      const to = (reference) => ['ready', 'pan', 'zoom', 'busy', 'longest'].map((key) => (f[key] / found[reference][key]).toFixed(2)).join(', ');
      const ratios = ['Leaflet, tiles', 'Leaflet, one image'].filter((reference) => found[reference]).map(to).join('   ');
      console.log(
        `  ${title.padStart(5)} ${name.padEnd(22)} ${f.ready.toFixed(0).padStart(7)} ${f.pan.toFixed(1).padStart(13)} ${f.zoom.toFixed(1).padStart(13)} ${f.busy.toFixed(0).padStart(8)} ${f.longest.toFixed(0).padStart(10)}   ${ratios}`,
      );
    }
  };
  const columns = 'ready ms   panning fps   zooming fps   busy %   longest ms   to Leaflet on tiles, and on one image: ready, panning, zooming, busy, longest';
  console.log(`\nMarks on ${SIZE.width} × ${SIZE.height}, processor slowed 4 times (median of ${RUNS})`);
  console.log(`  marks                        ${columns}`);
  for (const count of COUNTS) {
    await table(String(count), [
      ['Talkoot', ours(`marks-${count}`, count)],
      ...(owned.includes(count) ? [["Talkoot, one's own", ours(`own-${count}`, count)]] : []),
      ['Leaflet, tiles', theirs('leaflet', 'marks', count)],
      ['Leaflet, one image', theirs('overlay', 'marks', count)],
      ['Annotorious + OSD', theirs('osd', 'marks', count)],
      ['Annotorious, image', theirs('annotorious', 'marks', count)],
    ]);
  }
  console.log(`\nTiles of ${LARGE.width} × ${LARGE.height}, ${NEARER} times enlarged, processor slowed 4 times (median of ${RUNS})`);
  console.log(`                               ${columns}`);
  await table('tiles', [
    ['Talkoot', ours('large', 0), NEARER],
    ['Leaflet, tiles', theirs('leaflet', 'large', 0), NEARER],
    ['OpenSeadragon', theirs('osd', 'large', 0), NEARER],
  ]);
  others.close();
} finally {
  await place.clear();
}
