/**
 * Secrets that the product must be able to say again (passwords of mail servers, secrets of webhooks) lie in the database sealed with
 * AES-256-GCM; the key lies outside it. Beside that, signatures of what the product hands out (links, reply tokens). The first key is the
 * current one: everything new is made with it; older ones only open and verify, until everything has been sealed anew.
 */
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';

export type SecretBox = {
  /** Seals a text for one place (`mail_server.password`); it opens for that place only. */
  seal(text: string, place: string): string;
  /** Throws `Unreadable` when the key is not here, the place is another, or a byte was changed. */
  open(sealed: string, place: string): string;
  /** Whether the current key has sealed it. */
  isCurrent(sealed: string): boolean;
  /** Texts sealed with the current key begin so. */
  readonly currentPrefix: string;
  /** Keys for one purpose (32 bytes each), the current one first: what is new is made with it, what is old is known by the others. */
  keysFor(purpose: string): readonly [Buffer, ...Buffer[]];
  /** A signature of a text for one purpose, 32 bytes as base64url. */
  sign(text: string, purpose: string): string;
  /** Whether one of the keys has signed the text for this purpose. Takes the same time for every wrong signature. */
  isSigned(text: string, signature: string, purpose: string): boolean;
};

export class Unreadable extends Error {}

export const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** A box for these keys of 32 bytes, the current one first. */
export function secretBox(keys: readonly Buffer[]): SecretBox {
  const known = keys.map((key) => {
    if (key.length !== KEY_BYTES) throw new Error('a secret key has 32 bytes');
    return { id: createHash('sha256').update(key).digest('hex').slice(0, 8), key };
  });
  const [current] = known;
  if (current === undefined) throw new Error('a secret box needs a key');
  const currentPrefix = `v1.${current.id}.`;
  return {
    currentPrefix,
    seal(text, place) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', current.key, iv, { authTagLength: TAG_BYTES });
      cipher.setAAD(Buffer.from(place));
      const sealed = Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return currentPrefix + sealed.toString('base64url');
    },
    open(sealed, place) {
      const [, id, content] = /^v1\.([0-9a-f]{8})\.([\w-]+)$/.exec(sealed) ?? [];
      const found = known.find((candidate) => candidate.id === id);
      if (found === undefined || content === undefined)
        throw new Unreadable(`the key that sealed ${place} is not here`);
      return opened(found.key, Buffer.from(content, 'base64url'), place);
    },
    isCurrent: (sealed) => sealed.startsWith(currentPrefix),
    keysFor: (purpose) => [derived(current.key, purpose), ...known.slice(1).map(({ key }) => derived(key, purpose))],
    sign: (text, purpose) => signature(current.key, text, purpose).toString('base64url'),
    isSigned(text, given, purpose) {
      const bytes = Buffer.from(given, 'base64url');
      // A second spelling of the same bytes is none of ours.
      if (bytes.toString('base64url') !== given) return false;
      return known.some(({ key }) => {
        const right = signature(key, text, purpose);
        return right.length === bytes.length && timingSafeEqual(right, bytes);
      });
    },
  };
}

function opened(key: Buffer, content: Buffer, place: string): string {
  if (content.length < IV_BYTES + TAG_BYTES) throw new Unreadable(`what is sealed in ${place} is damaged`);
  const decipher = createDecipheriv('aes-256-gcm', key, content.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(place));
  decipher.setAuthTag(content.subarray(content.length - TAG_BYTES));
  try {
    const text = decipher.update(content.subarray(IV_BYTES, content.length - TAG_BYTES));
    return Buffer.concat([text, decipher.final()]).toString('utf8');
  } catch {
    throw new Unreadable(`what is sealed in ${place} is damaged`);
  }
}

/** The key of a signature is never the key of the cipher: one key for each purpose, made from it. */
const signature = (key: Buffer, text: string, purpose: string): Buffer =>
  createHmac('sha256', derived(key, `signature ${purpose}`))
    .update(text)
    .digest();

const derived = (key: Buffer, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', key, '', `qucheng ${purpose}`, KEY_BYTES));

/** For tools that neither seal nor open anything: whoever tries hears that there is no key. */
export const noSecrets = (): SecretBox => {
  const none = (): never => {
    throw new Error('this process was started without the secret key of the installation');
  };
  return { seal: none, open: none, keysFor: none, isCurrent: none, currentPrefix: '-', sign: none, isSigned: none };
};
