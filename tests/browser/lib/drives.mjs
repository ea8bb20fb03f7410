// Several of the sample drives on one server.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Place, records } from './program.mjs';

const folder = fileURLToPath(new URL('../../../sample', import.meta.url));

/** Where a drive's file is: the newspaper's lies beside the others' folders. */
const file = (slug) => join(folder, slug === 'seemuende' ? '' : slug, 'project.json');

/** A drive's file as its team wrote it. */
export const written = async (slug) => JSON.parse(await readFile(file(slug), 'utf8'));

/** Serves these drives. */
export async function drives(...slugs) {
  const place = await Place.make();
  const token = await place.token();
  for (const slug of slugs) await place.command('import', '--project', file(slug));
  return open(place, token);
}

/** Serves what was imported. */
export async function open(place, token) {
  const url = await place.serve();
  return {
    place,
    url,
    /** Every raw answer of a drive, practice left out. */
    answers: async (slug) =>
      (await records(url, token, `/projects/${slug}/answers`)).filter((answer) => !answer.practice),
    clear: () => place.clear(),
  };
}
