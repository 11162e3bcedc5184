/** Writes src/web/api/routes.generated.ts: the table of paths that the client needs, and the types of every operation. */
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const root = path.resolve(import.meta.dirname, '..');
const CONTRACT = path.join(root, 'src', 'contract');
export const TARGET = path.join(root, 'src', 'web', 'api', 'routes.generated.ts');

type Found = {
  id: string;
  method: string;
  path: string;
  can: string;
  idempotent: boolean;
  versioned: boolean;
  consumes: boolean;
};

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** An operation, when the exported value is one. Its id must be the name it is exported under: the types are found by that name. */
function asOperation(name: string, value: unknown, file: string): Found | null {
  if (!isRecord(value)) return null;
  const { id, method, path: route, can, response } = value;
  if (
    typeof id !== 'string' ||
    typeof method !== 'string' ||
    typeof route !== 'string' ||
    typeof can !== 'string' ||
    response === undefined
  )
    return null;
  if (id !== name) throw new Error(`${file}: operation ${id} is exported as ${name}`);
  return {
    id,
    method,
    path: route,
    can,
    idempotent: value.idempotent === true,
    versioned: value.versioned === true,
    consumes: value.consumes !== undefined,
  };
}

function entry(operation: Found): string {
  const flags = (['idempotent', 'versioned', 'consumes'] as const)
    .filter((flag) => operation[flag])
    .map((flag) => `, ${flag}: true`);
  return `  ${operation.id}: { method: '${operation.method}', path: '${operation.path}', can: '${operation.can}'${flags.join('')} },`;
}

/** The text of the generated file. */
export async function webClientSource(): Promise<string> {
  const imports: string[] = [];
  const entries: string[] = [];
  const types: string[] = [];
  for (const file of fs.readdirSync(CONTRACT).sort()) {
    if (!file.endsWith('.ts') || file.endsWith('.test.ts') || file === 'operations.ts' || file === 'operation.ts')
      continue;
    const exported: Record<string, unknown> = await import(pathToFileURL(path.join(CONTRACT, file)).href);
    const found = Object.entries(exported).flatMap(([name, value]) => asOperation(name, value, file) ?? []);
    if (found.length === 0) continue;
    const module = file.replace(/\.ts$/, '').replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
    imports.push(`import type * as ${module} from '../../contract/${file}';`);
    for (const operation of found.sort((a, b) => (a.id < b.id ? -1 : 1))) {
      entries.push(entry(operation));
      types.push(`  ${operation.id}: typeof ${module}.${operation.id};`);
    }
  }
  return [
    '// Generated from src/contract by scripts/gen-web-client.ts. Do not edit.',
    ...imports,
    '',
    'export const routes = {',
    ...entries,
    '} as const;',
    '',
    'export type Operations = {',
    ...types,
    '};',
    '',
  ].join('\n');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  fs.writeFileSync(TARGET, await webClientSource());
  console.log(`wrote ${path.relative(root, TARGET)}`);
}
