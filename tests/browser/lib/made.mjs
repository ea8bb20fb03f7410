// Projects that are made for a test, on a server of their own.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { open } from './drives.mjs';
import { Place } from './program.mjs';

/** Serves projects over files, `{name: bytes}`, that lie beside them; like the sample drives are. */
export async function made(files, ...projects) {
  return madeAt(await Place.make(), files, ...projects);
}

/** The same at a place that was made before. */
export async function madeAt(place, files, ...projects) {
  try {
    const token = await place.token();
    for (const [name, bytes] of Object.entries(files)) await writeFile(join(place.folder, name), bytes);
    for (const project of projects) {
      const file = join(place.folder, `${project.slug}.json`);
      await writeFile(file, JSON.stringify(project));
      await place.command('import', '--project', file);
    }
    return await open(place, token);
  } catch (error) {
    await place.clear();
    throw error;
  }
}
