/** Secrets that callers carry. Only their SHA-256 is stored. */
import { createHash, randomBytes } from 'node:crypto';

export const newToken = (): string => randomBytes(32).toString('base64url');
export const hashToken = (token: string): Buffer => createHash('sha256').update(token).digest();

/** API keys say what they are, so that a leak can be found: qk_<prefix>_<secret>. */
export function newApiKey(): { key: string; prefix: string } {
  const prefix = randomBytes(5).toString('hex');
  return { key: `qk_${prefix}_${newToken()}`, prefix };
}
