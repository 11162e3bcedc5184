/** Places inside the checkout. Everything under scripts/lib runs on Node 20, before packages are installed. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
export const inRoot = (...parts) => path.join(root, ...parts);
/** Caches, locks and reports of this checkout; may be deleted at any time when nothing runs. */
export const inCache = (...parts) => inRoot('.cache', ...parts);
