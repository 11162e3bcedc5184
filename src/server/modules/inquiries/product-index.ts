/**
 * Products found by names that look alike, in memory: an index of short pieces of their names (two characters of Chinese, three of other
 * words), so that five hundred lines are looked up in tenths of a second among thousands of products. Pure; who owns it keeps it fresh.
 */
import { bare } from './reading/plain.ts';

export type NamedProduct = {
  id: string;
  sku: string;
  name: string;
  name_hans: string | null;
  name_en: string | null;
  pinyin: string;
  pinyin_initials: string;
};
export type Found = { id: string; sku: string; score: number };
export type ProductIndex = {
  products: readonly NamedProduct[];
  /** Product of each name, and how many pieces the name has. */
  owners: number[];
  sizes: number[];
  /** Names that hold a piece. */
  holders: Map<string, number[]>;
  /** Products by their names without blanks and punctuation, and by pinyin and its initials. */
  exact: Map<string, number[]>;
  spelt: Map<string, number[]>;
  bySku: Map<string, number>;
};

/** The same name, without blanks and punctuation. */
const SAME = 97;
/** Our code stands among the words. */
const CODE = 96;
/** Typed in pinyin, or its initials. */
const SPELT = 85;
/** Names that look alike never come near those. */
const ALIKE_MOST = 90;
const MOST_WORDS = 40;
const SHORTEST_CODE = 4;

/** Pieces of a text: pairs of neighbouring Chinese characters, threes of other words with their edges. */
export function piecesOf(text: string): Set<string> {
  const pieces = new Set<string>();
  const words =
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/\p{Script=Han}+|[\p{L}\p{N}]+/gu) ?? [];
  for (const word of words.slice(0, MOST_WORDS)) {
    if (/\p{Script=Han}/u.test(word)) {
      const letters = [...word];
      if (letters.length === 1) pieces.add(word);
      for (let at = 0; at + 1 < letters.length; at += 1) pieces.add(`${letters[at]}${letters[at + 1]}`);
    } else {
      const edged = `  ${word.slice(0, 60)} `;
      for (let at = 0; at + 3 <= edged.length; at += 1) pieces.add(edged.slice(at, at + 3));
    }
  }
  return pieces;
}

export function emptyIndex(products: readonly NamedProduct[]): ProductIndex {
  return { products, owners: [], sizes: [], holders: new Map(), exact: new Map(), spelt: new Map(), bySku: new Map() };
}

/** Takes one product in. Called for each, with pauses where there are many. */
export function addProduct(index: ProductIndex, at: number): void {
  const product = index.products[at];
  if (product === undefined) return;
  const push = <K>(map: Map<K, number[]>, key: K, value: number) => {
    const list = map.get(key);
    if (list === undefined) map.set(key, [value]);
    else if (list.at(-1) !== value) list.push(value);
  };
  for (const name of new Set([product.name, product.name_hans ?? '', product.name_en ?? ''])) {
    if (name === '') continue;
    const no = index.owners.length;
    const pieces = piecesOf(name);
    index.owners.push(at);
    index.sizes.push(pieces.size);
    for (const piece of pieces) push(index.holders, piece, no);
    push(index.exact, bare(name), at);
  }
  for (const spelt of [product.pinyin, product.pinyin_initials]) if (spelt.length >= 2) push(index.spelt, spelt, at);
  index.bySku.set(product.sku.toLowerCase(), at);
}

/** The products that words may mean, the best first, at most `most`. */
export function findProducts(index: ProductIndex, wanted: string, spec: string | null, most: number): Found[] {
  const said = spec === null ? wanted : `${wanted} ${spec}`;
  const best = new Uint8Array(index.products.length);
  const offer = (at: number | undefined, score: number) => {
    if (at !== undefined && score > (best[at] ?? 0)) best[at] = score;
  };
  const pieces = piecesOf(said);
  const shared = new Uint16Array(index.owners.length);
  for (const piece of pieces) for (const no of index.holders.get(piece) ?? []) shared[no] = (shared[no] ?? 0) + 1;
  for (let no = 0; no < shared.length; no += 1) {
    const count = shared[no] ?? 0;
    if (count === 0) continue;
    const size = index.sizes[no] ?? 1;
    const covered = Math.max(count / pieces.size, count / size);
    const alike = count / (pieces.size + size - count);
    offer(index.owners[no], Math.min(ALIKE_MOST, Math.round(70 * covered + 20 * alike)));
  }
  for (const text of [said, wanted]) {
    for (const at of index.exact.get(bare(text)) ?? []) offer(at, SAME);
    for (const at of index.spelt.get(bare(text)) ?? []) offer(at, SPELT);
  }
  for (const word of said.toLowerCase().split(/[\s,，、;:：()（）]+/, MOST_WORDS))
    if (word.length >= SHORTEST_CODE) offer(index.bySku.get(word), CODE);
  return bestOf(index, best, most);
}

/** The highest scores in one pass; products of the same score in the order of their codes, in which they stand. */
function bestOf(index: ProductIndex, scores: Uint8Array, most: number): Found[] {
  const found: Found[] = [];
  for (let at = 0; at < scores.length; at += 1) {
    const score = scores[at] ?? 0;
    if (score === 0 || (found.length === most && score <= (found.at(-1)?.score ?? 0))) continue;
    const { id = '', sku = '' } = index.products[at] ?? {};
    const place = found.findIndex((other) => other.score < score);
    found.splice(place === -1 ? found.length : place, 0, { id, sku, score });
    if (found.length > most) found.pop();
  }
  return found;
}
