// A drawing project with nothing around it, for benches and journeys that need no more than a stage.
import { randomUUID } from 'node:crypto';

/** Its project file over picture files that lie beside it. `more` overrides its settings. */
export const bare = (slug, files, more = {}) => ({
  slug,
  title: slug,
  purpose: 'To be tried.',
  owner: { name: 'The bench' },
  question: 'Where are the fields?',
  kind: 'drawing',
  rules: { tools: [{ id: 'field', tool: 'box', label: 'Field' }] },
  rule: { rule: 'equal', answers: 5, at_most: 5 },
  warm_ups: [],
  subjects: files.map((file) => ({ type: 'image', file })),
  ...more,
});

/** Polygons as marks. */
const shapes = (marks) => marks.map((points) => ({ type: 'polygon', label: 'field', points }));

/** A drawing project on which polygons are drawn, and others' are seen; these are the volunteer's own from the start. */
export const polygons = (slug, file, own = []) =>
  bare(slug, [file], {
    ...(own.length && { subjects: [{ type: 'image', file, prefill: { shapes: shapes(own) } }] }),
    rules: { tools: [{ id: 'field', tool: 'polygon', label: 'Field' }], others: 'show' },
    rule: { rule: 'equal', answers: 50, at_most: 50 },
    largest_megapixels: 100,
  });

/** One volunteer's call. */
async function call(app, token, path, body) {
  const headers = { 'content-type': 'application/json', 'x-talkoot': '1', ...(token && { authorization: `Bearer ${token}` }) };
  const reply = await fetch(`${app}/api/v1${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!reply.ok) throw new Error(`${path}: ${reply.status} ${await reply.text()}`);
  return reply.json();
}

/** Has volunteers draw polygons on such a project's only picture, a thousand each; the next one sees them. Its subject. */
export async function drawn(app, slug, marks) {
  let task;
  for (let from = 0; from < Math.max(marks.length, 1); from += 1000) {
    const { token } = await call(app, undefined, '/volunteers', {});
    [task] = (await call(app, token, `/projects/${slug}/leases`, { count: 1 })).tasks;
    const some = shapes(marks.slice(from, from + 1000));
    if (!some.length) break;
    const answer = { id: randomUUID(), task: task.id, value: { shapes: some }, seconds: 1, corrections: 0 };
    const { outcomes } = await call(app, token, '/answers', { answers: [answer] });
    if (outcomes[0].status !== 'stored') throw new Error(JSON.stringify(outcomes[0]));
  }
  return task.subject;
}
