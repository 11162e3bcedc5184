/** The key that seals the log: Ed25519, made at the first start, kept outside the database. The public half lies beside it as `seal.pub`. */
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

export type SealKey = { id: string; sign(hash: Buffer): Buffer };

/** Where the key of an installation lies: the configured file, or `secrets/seal.key` in the data folder. */
export const sealKeyFile = (place: { dataDir: string; sealKey: string | null }): string =>
  place.sealKey ?? path.join(place.dataDir, 'secrets', 'seal.key');
const publicFileOf = (keyFile: string) => keyFile.replace(/(\.key)?$/, '.pub');

/** Reads the key, or makes it. A file that is there and is no key throws: sealing with another key would look like tampering. */
export function ensureSealKey(keyFile: string): SealKey {
  if (!fs.existsSync(keyFile)) makeKey(keyFile);
  const key = createPrivateKey(fs.readFileSync(keyFile));
  if (key.asymmetricKeyType !== 'ed25519') throw new Error(`${keyFile} is not an Ed25519 key`);
  const publicKey = createPublicKey(key);
  const publicFile = publicFileOf(keyFile);
  if (!fs.existsSync(publicFile))
    fs.writeFileSync(publicFile, publicKey.export({ type: 'spki', format: 'pem' }), { mode: 0o644, flush: true });
  return { id: keyId(publicKey), sign: (hash) => sign(null, hash, key) };
}

/** Two processes may start at once: the link lets one key win. */
function makeKey(keyFile: string): void {
  fs.mkdirSync(path.dirname(keyFile), { recursive: true, mode: 0o700 });
  const { privateKey } = generateKeyPairSync('ed25519');
  const temporary = `${keyFile}.${process.pid}.tmp`;
  fs.writeFileSync(temporary, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flush: true });
  try {
    fs.linkSync(temporary, keyFile);
  } catch (error) {
    if (!fs.existsSync(keyFile)) throw error;
  } finally {
    fs.rmSync(temporary, { force: true });
  }
}

/** Public keys by fingerprint: `seal.pub` and those of earlier keys beside it (`*.pub`). */
export function readPublicKeys(keyFile: string): Map<string, KeyObject> {
  const keys = new Map<string, KeyObject>();
  const folder = path.dirname(keyFile);
  const names = fs.existsSync(folder) ? fs.readdirSync(folder).filter((name) => name.endsWith('.pub')) : [];
  for (const name of names) {
    const key = createPublicKey(fs.readFileSync(path.join(folder, name)));
    keys.set(keyId(key), key);
  }
  return keys;
}

export const isSigned = (key: KeyObject, hash: Buffer, signature: Buffer): boolean =>
  verify(null, hash, key, signature);

const keyId = (key: KeyObject) =>
  createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('hex')
    .slice(0, 16);
