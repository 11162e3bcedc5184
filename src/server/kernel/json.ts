/** JSON as we accept it on the wire: what JSON.parse would let pass in silence is refused with the place where it stands. */

export type StrictJson =
  | { ok: true; value: unknown }
  | {
      ok: false;
      code: 'malformed-json' | 'duplicate-key' | 'forbidden-key' | 'too-deep' | 'not-exact';
      path: string;
    };

const QUOTE = 0x22;
const COMMA = 0x2c;
const MINUS = 0x2d;
const ZERO = 0x30;
const NINE = 0x39;
const COLON = 0x3a;
const OPEN_LIST = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** An object with more keys than this keeps them in a set; below, comparing one by one is faster. */
const FEW_KEYS = 12;
const NUMBER = /^-?(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

/** An object or list that is being read. Frames are kept and used again for the next one of the same depth. */
type Frame = { isObject: boolean; keys: string[]; many: Set<string> | null; key: string; index: number };

/**
 * Parses JSON text. Refused, besides what JSON.parse refuses: a key twice in one object; `__proto__`, and `prototype` inside
 * `constructor`; more than `maxDepth` levels of objects and lists; numbers that a double changes (9007199254740993, 1e400; 0.1 is
 * fine, because it reads and writes back as 0.1). One pass without recursion, in time linear to the text. `path` is dotted: `lines.3.qty`.
 */
export function parseStrictJson(text: string, limits: { maxDepth: number }): StrictJson {
  const refused = scan(text, limits.maxDepth);
  if (refused !== null) return refused;
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    return malformed();
  }
}
