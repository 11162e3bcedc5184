/** In which encoding a text file is written, and its text piece by piece. */
import { isUtf8 } from 'node:buffer';
import { refuse } from '../../kernel/refusal.ts';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030';

const SAMPLE = 4096;
const PIECE = 64 * 1024;

/** By byte order mark, then by the zero bytes of UTF-16, then UTF-8 if all of it is valid, otherwise GB 18030 (which covers GBK). */
export function encodingOf(bytes: Buffer): Encoding {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const zeros = [0, 0];
  const length = Math.min(bytes.length, SAMPLE);
  for (let i = 0; i < length; i += 1) if (bytes[i] === 0) zeros[i % 2] = (zeros[i % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  if (odd > length / 8 && even < odd / 8) return 'utf-16le';
  if (even > length / 8 && odd < even / 8) return 'utf-16be';
  return isUtf8(bytes) ? 'utf-8' : 'gb18030';
}

/** The text without its mark. What is not valid in its encoding, and zero characters, make the file unreadable: never U+FFFD. */
export function* textOf(bytes: Buffer): Generator<string> {
  const encoding = encodingOf(bytes);
  const decoder = new TextDecoder(encoding, { fatal: true });
  for (let from = 0; from < bytes.length; from += PIECE) {
    let text: string;
    try {
      text = decoder.decode(bytes.subarray(from, from + PIECE), { stream: from + PIECE < bytes.length });
    } catch {
      throw refuse('import.unreadable', { where: `${encoding}, byte ${from}` });
    }
    if (text.includes('\u0000')) throw refuse('import.unreadable', { where: `byte ${from}` });
    yield text;
  }
}
