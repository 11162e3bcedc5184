/** `{ './orders.json': { title: … } }` → `{ 'orders.title': … }` */
export function flatten(files: Record<string, Record<string, string>>): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const [file, entries] of Object.entries(files)) {
    const area = file.replace(/^.*\//, '').replace(/\.json$/, '');
    for (const [key, text] of Object.entries(entries)) texts[`${area}.${key}`] = text;
  }
  return texts;
}
