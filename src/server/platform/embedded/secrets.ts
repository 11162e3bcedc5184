/** Generated secrets of an installation: `<dataDir>/secrets.json`, readable by the owner only. */
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { errorCode } from './errors.ts';

const fileOf = (dataDir: string) => path.join(dataDir, 'secrets.json');

/** All secrets stored so far. A damaged file throws: silently replacing secrets would lock people out. */
export function readSecrets(dataDir: string): Record<string, string> {
  let text: string;
  try {
    text = fs.readFileSync(fileOf(dataDir), 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return {};
    throw error;
  }
  const parsed: unknown = JSON.parse(text);
  if (typeof parsed !== 'object' || parsed === null) throw new Error(`${fileOf(dataDir)} is not a JSON object`);
  const secrets: Record<string, string> = {};
  for (const [name, value] of Object.entries(parsed)) if (typeof value === 'string') secrets[name] = value;
  return secrets;
}

/**
 * The secrets of these names; those that do not exist yet are generated (192 random bits, base64url) and stored before
 * this function returns. `created` lists them.
 */
export function ensureSecrets<Name extends string>(
  dataDir: string,
  names: readonly Name[],
): { secrets: Record<Name, string>; created: Name[] } {
  const stored = readSecrets(dataDir);
  const created = names.filter((name) => stored[name] === undefined);
  for (const name of created) stored[name] = randomBytes(24).toString('base64url');
  if (created.length > 0) writeDurably(fileOf(dataDir), `${JSON.stringify(stored, null, 2)}\n`);
  const secrets = Object.fromEntries(names.map((name) => [name, stored[name] ?? ''])) as Record<Name, string>;
  return { secrets, created };
}

/** Whole or not at all: written beside the file, synced, then renamed over it. Mode 0600. */
function writeDurably(file: string, text: string): void {
  const temporary = `${file}.${process.pid}.tmp`;
  fs.writeFileSync(temporary, text, { mode: 0o600, flush: true });
  fs.renameSync(temporary, file);
}
