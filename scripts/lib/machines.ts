/** Every life-cycle table of the contract, found by looking: a new file in src/contract/machines needs no entry anywhere. */
import fs from 'node:fs';
import type { Machine } from '../../src/contract/machine.ts';

const folder = new URL('../../src/contract/machines/', import.meta.url);
const isMachine = (value: unknown): value is Machine =>
  typeof value === 'object' && value !== null && 'rows' in value && 'initial' in value;

/** The order first, the others as their files and exports stand. */
const files = fs
  .readdirSync(folder)
  .sort((a, b) => Number(b === 'order.ts') - Number(a === 'order.ts') || (a < b ? -1 : 1));
const modules: Record<string, unknown>[] = await Promise.all(files.map((file) => import(new URL(file, folder).href)));
export const MACHINES: readonly Machine[] = modules.flatMap((each) => Object.values(each).filter(isMachine));

/** The operation behind an action of a table is called by both: `order` and `sendConfirmation` make orderSendConfirmation. */
export const operationIdOf = (machine: string, action: string): string =>
  `${machine.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())}${action.charAt(0).toUpperCase()}${action.slice(1)}`;
