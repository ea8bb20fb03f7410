// The sample drive on a server of its own, and what its words really are.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { at, strings } from './alto.mjs';
import { Place, records } from './program.mjs';

export const slug = 'seemuende';
const folder = fileURLToPath(new URL('../../../sample', import.meta.url));

/** Starts the sample drive. */
export async function drive() {
  const place = await Place.make();
  const token = await place.token();
  await place.command('import', '--project', join(folder, 'project.json'));
  const url = await place.serve();
  const truth = JSON.parse(await readFile(join(folder, 'truth.json'), 'utf8'));
  const pages = [];
  for (const name of Object.keys(truth)) {
    pages.push({ right: truth[name], words: strings(await readFile(join(folder, `${name}.xml`), 'utf8')) });
  }
  return {
    place,
    url,
    token,
    /** What really stands where a task asks. */
    right(task) {
      for (const page of pages) {
        if (!task.subject.page || !task.subject.page.label.endsWith(String(pages.indexOf(page) + 1))) continue;
        const word = at(page.words, task.subject.mark);
        if (word) return page.right[word.ID];
      }
      throw new Error(`No word at ${JSON.stringify(task.subject.mark)}`);
    },
    /** Every raw answer that the server has, practice left out. */
    answers: async () =>
      (await records(url, token, `/projects/${slug}/answers`)).filter((answer) => !answer.practice),
    clear: () => place.clear(),
  };
}
