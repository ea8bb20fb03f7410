// A drawing project with nothing around it, for benches and journeys that need no more than a stage.

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
