/** Where the keys of the secret box come from: SECRET_KEY, or `secrets/box.key` in the data folder, which is made at the first start. */
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { KEY_BYTES, type SecretBox, secretBox } from './secret-box.ts';

export type KeyPlace = {
  dataDir: string /** From SECRET_KEY: keys as base64, the current one first. */;
  secretKey: string | null;
};

const keyFile = (dataDir: string) => path.join(dataDir, 'secrets', 'box.key');
export const newSecretKey = (): string => randomBytes(KEY_BYTES).toString('base64');

/** Keys as base64, between commas or on lines of their own; null when one of them is none. */
export function parseSecretKeys(text: string): Buffer[] | null {
  const keys = text.split(/[\s,]+/).filter((part) => part !== '');
  const bytes = keys.map((key) => Buffer.from(key, 'base64'));
  return keys.length > 0 && bytes.every((key) => key.length === KEY_BYTES) ? bytes : null;
}

/** The box of an installation. A file that is there and holds no keys throws: a new key would make every secret unreadable. */
export function openSecretBox({ dataDir, secretKey }: KeyPlace): SecretBox {
  const file = keyFile(dataDir);
  if (secretKey === null && !fs.existsSync(file)) writeKeys(file, [newSecretKey()], 'new');
  const keys = parseSecretKeys(secretKey ?? fs.readFileSync(file, 'utf8'));
  if (keys === null) throw new Error(`${secretKey === null ? file : 'SECRET_KEY'} holds no secret keys`);
  return secretBox(keys);
}

/** Puts a new key before the others. The next start uses it and seals everything anew; then the old lines may go. */
export function addSecretKey(dataDir: string): string {
  const file = keyFile(dataDir);
  const old = fs.existsSync(file)
    ? fs
        .readFileSync(file, 'utf8')
        .split(/\s+/)
        .filter((line) => line !== '')
    : [];
  writeKeys(file, [newSecretKey(), ...old], 'replace');
  return file;
}

/** Whole or not at all. Two processes may start at once: the link lets one key win. */
function writeKeys(file: string, keys: readonly string[], how: 'new' | 'replace'): void {
  fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const temporary = `${file}.${process.pid}.tmp`;
  fs.writeFileSync(temporary, `${keys.join('\n')}\n`, { mode: 0o600, flush: true });
  try {
    if (how === 'new') fs.linkSync(temporary, file);
    else fs.renameSync(temporary, file);
  } catch (error) {
    if (how === 'replace' || !fs.existsSync(file)) throw error;
  } finally {
    fs.rmSync(temporary, { force: true });
  }
}
