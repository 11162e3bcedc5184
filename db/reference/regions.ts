/** Administrative divisions of mainland China (GB/T 2260 form), and by name those of Hong Kong, Macau and Taiwan. Origin and licence: README.md beside this file. */
import { readFileSync } from 'node:fs';

export type RegionNode = {
  /** Six digits; null for the places of Hong Kong, Macau and Taiwan, which are known by name only. */
  code: string | null;
  name: string;
  children: RegionNode[];
};

type RegionFile = { regions: Record<string, string>; named: Record<string, Record<string, string[]>> };

/** Names of the pseudo cities between a municipality or province and what it governs directly. Nobody writes them in an address. */
const PSEUDO_CITIES: ReadonlySet<string> = new Set(['市辖区', '县', '省直辖县级行政区划', '自治区直辖县级行政区划']);

let loaded: { file: RegionFile; names: Map<string, string> } | undefined;
let tree: RegionNode[] | undefined;

function data(): { file: RegionFile; names: Map<string, string> } {
  if (loaded === undefined) {
    const file = JSON.parse(readFileSync(new URL('./regions-cn.json', import.meta.url), 'utf8')) as RegionFile;
    loaded = { file, names: new Map(Object.entries(file.regions)) };
  }
  return loaded;
}

/** Is this a known six-digit code of a province, city or district? */
export function isRegionCode(code: string): boolean {
  return data().names.has(code);
}

/** The official (Simplified) name of the division, or undefined for an unknown code. */
export function regionName(code: string): string | undefined {
  return data().names.get(code);
}

/** The names from province to district as they are written in an address: pseudo cities are left out. Empty for an unknown code. */
export function regionPath(code: string): string[] {
  const { names } = data();
  if (!names.has(code)) return [];
  const chain = [...new Set([`${code.slice(0, 2)}0000`, `${code.slice(0, 4)}00`, code])];
  return chain.flatMap((part) => {
    const name = names.get(part);
    return name === undefined || PSEUDO_CITIES.has(name) ? [] : [name];
  });
}

/**
 * May an address name this code as its place? True for districts, for cities without districts,
 * and for Hong Kong, Macau and Taiwan, below which there are no codes.
 */
export function isAddressRegion(code: string): boolean {
  if (!isRegionCode(code)) return false;
  if (!code.endsWith('00')) return true;
  if (code.endsWith('0000')) return data().file.named[code] !== undefined;
  return childless().has(code);
}

/** Provinces with their cities and districts, in the order of the codes. The same object at each call: do not change it. */
export function regionTree(): RegionNode[] {
  if (tree === undefined) tree = buildTree(data().file);
  return tree;
}

let cityWithoutDistricts: Set<string> | undefined;
function childless(): Set<string> {
  if (cityWithoutDistricts === undefined) {
    const { names } = data();
    const governing = new Set(
      [...names.keys()].filter((code) => !code.endsWith('00')).map((code) => `${code.slice(0, 4)}00`),
    );
    cityWithoutDistricts = new Set(
      [...names.keys()].filter((code) => code.endsWith('00') && !code.endsWith('0000') && !governing.has(code)),
    );
  }
  return cityWithoutDistricts;
}

function buildTree(file: RegionFile): RegionNode[] {
  const nodes = new Map<string, RegionNode>();
  const roots: RegionNode[] = [];
  for (const [code, name] of Object.entries(file.regions).sort(([a], [b]) => (a < b ? -1 : 1))) {
    const node: RegionNode = { code, name, children: [] };
    nodes.set(code, node);
    const parentCode = code.endsWith('00') ? `${code.slice(0, 2)}0000` : `${code.slice(0, 4)}00`;
    const parent = code.endsWith('0000') ? undefined : nodes.get(parentCode);
    (parent === undefined ? roots : parent.children).push(node);
  }
  for (const [code, places] of Object.entries(file.named)) {
    const province = nodes.get(code);
    for (const [name, parts] of Object.entries(places)) {
      province?.children.push({
        code: null,
        name,
        children: parts.map((part) => ({ code: null, name: part, children: [] })),
      });
    }
  }
  return roots;
}
