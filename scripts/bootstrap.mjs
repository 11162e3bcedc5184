/** Before anything else: packages installed, a Node that can run the product found. Runs on Node 20. */
import { pathToFileURL } from 'node:url';
import { findNode24 } from './lib/node24.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { main } from './lib/say.mjs';

/** Installs what is missing and returns the path of a Node of version 24 or newer. */
export async function bootstrap() {
  await ensurePackages();
  return findNode24();
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  await main(async () => console.log(await bootstrap()));
