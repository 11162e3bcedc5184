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

type Failure = Extract<StrictJson, { ok: false }>;
type Scan = { text: string; maxDepth: number; frames: Frame[]; depth: number; failure: Failure | null };

function scan(text: string, maxDepth: number): Failure | null {
  const state: Scan = { text, maxDepth, frames: [], depth: 0, failure: null };
  let frame: Frame | undefined;
  let expectsKey = false;
  let at = 0;
  while (at < text.length) {
    const c = text.charCodeAt(at);
    if (c === QUOTE) {
      const end = endOfString(text, at + 1);
      if (end < 0) return malformed();
      if (expectsKey && frame !== undefined) {
        if (!takeKey(state, frame, at, end)) return state.failure;
        expectsKey = false;
      }
      at = end;
    } else if (c === COMMA) {
      if (frame?.isObject === true) expectsKey = true;
      else if (frame !== undefined) frame.index += 1;
      at += 1;
    } else if (c === MINUS || (c >= ZERO && c <= NINE)) {
      const end = endOfNumber(text, at + 1);
      if (!isExact(text, at, end)) return failure(state, 'not-exact');
      at = end;
    } else if (c === OPEN_OBJECT || c === OPEN_LIST) {
      if (state.depth >= maxDepth) return failure(state, 'too-deep');
      frame = enter(state, c === OPEN_OBJECT);
      expectsKey = frame.isObject;
      at += 1;
    } else if (c === CLOSE_OBJECT || c === CLOSE_LIST) {
      if (frame === undefined || frame.isObject !== (c === CLOSE_OBJECT)) return malformed();
      state.depth -= 1;
      frame = state.depth === 0 ? undefined : state.frames[state.depth - 1];
      expectsKey = false;
      at += 1;
    } else at += 1; // Blanks, colons and literals; and whatever JSON.parse will refuse.
  }
  return null;
}

function enter(state: Scan, isObject: boolean): Frame {
  let frame = state.frames[state.depth];
  if (frame === undefined) {
    frame = { isObject, keys: [], many: null, key: '', index: 0 };
    state.frames.push(frame);
  } else {
    frame.isObject = isObject;
    frame.keys.length = 0;
    frame.many = null;
    frame.key = '';
    frame.index = 0;
  }
  state.depth += 1;
  return frame;
}

/** Notes the key whose literal stands from `start` to before `end`; false when it is refused. */
function takeKey(state: Scan, frame: Frame, start: number, end: number): boolean {
  const raw = state.text.slice(start + 1, end - 1);
  const key = raw.includes('\\') ? unescaped(raw) : raw;
  if (key === null) {
    state.failure = malformed();
    return false;
  }
  frame.key = key;
  if (isForbidden(state, key)) {
    state.failure = failure(state, 'forbidden-key');
    return false;
  }
  if (isRepeated(frame, key)) {
    state.failure = failure(state, 'duplicate-key');
    return false;
  }
  return true;
}

function isRepeated(frame: Frame, key: string): boolean {
  const { keys } = frame;
  if (frame.many !== null) {
    if (frame.many.has(key)) return true;
    frame.many.add(key);
    return false;
  }
  for (let index = 0; index < keys.length; index += 1) if (keys[index] === key) return true;
  keys.push(key);
  if (keys.length > FEW_KEYS) frame.many = new Set(keys);
  return false;
}

function isForbidden(state: Scan, key: string): boolean {
  if (key === '__proto__' || key === 'constructor.prototype') return true;
  if (key !== 'prototype' || state.depth < 2) return false;
  const parent = state.frames[state.depth - 2];
  return parent?.isObject === true && parent.key === 'constructor';
}

function unescaped(raw: string): string | null {
  try {
    return String(JSON.parse(`"${raw}"`));
  } catch {
    return null;
  }
}

/** The position after the closing quote, or −1. */
function endOfString(text: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    const c = text.charCodeAt(at);
    if (c === QUOTE) return at + 1;
    if (c === BACKSLASH) at += 1;
  }
  return -1;
}

function endOfNumber(text: string, from: number): number {
  let at = from;
  for (; at < text.length; at += 1) {
    const c = text.charCodeAt(at);
    const belongs = (c >= ZERO && c <= NINE) || c === 0x2b || c === MINUS || c === 0x2e || c === 0x65 || c === 0x45;
    if (!belongs) break;
  }
  return at;
}

/** Whether the number reads into a double that writes back the same value. Text that is no number is left to JSON.parse. */
function isExact(text: string, start: number, end: number): boolean {
  const written = text.slice(start, end);
  // Fifteen significant digits always survive a double; with an exponent it takes a closer look.
  if (end - start <= 15 && !/[eE]/.test(written)) return true;
  const value = normal(written);
  return value === null || value === normal(String(Number(written)));
}

/** Digits without zeros at either end, and the power of ten of the last one. Null when it is no number (Infinity). */
function normal(written: string): string | null {
  const match = NUMBER.exec(written);
  if (match === null) return null;
  const [, whole = '', fraction = '', exponent = '0'] = match;
  const digits = (whole + fraction).replace(/^0+/, '');
  if (digits === '') return '0';
  let last = digits.length;
  while (digits.charCodeAt(last - 1) === ZERO) last -= 1;
  return `${digits.slice(0, last)}e${Number.parseInt(exponent, 10) - fraction.length + digits.length - last}`;
}

function failure(state: Scan, code: Failure['code']): Failure {
  const steps = state.frames.slice(0, state.depth).map((frame) => (frame.isObject ? frame.key : `${frame.index}`));
  return { ok: false, code, path: steps.join('.').slice(0, 200) };
}

function malformed(): Failure {
  return { ok: false, code: 'malformed-json', path: '' };
}
