/** `<dataDir>/VERSION`: the number of the newest migration the data have seen, so that an older server refuses them. */
import fs from 'node:fs';
import path from 'node:path';
import { errorCode } from './errors.ts';
import { dataNewer } from './start-errors.ts';

const fileOf = (dataDir: string) => path.join(dataDir, 'VERSION');

/** The schema number of the data folder, or null when it has none yet (or the file does not hold a number). */
export function readDataVersion(dataDir: string): number | null {
  try {
    const text = fs.readFileSync(fileOf(dataDir), 'utf8').trim();
    return /^\d{1,9}$/.test(text) ? Number.parseInt(text, 10) : null;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
}

/** Throws `data_dir.newer` when the data were written by a server that knew more migrations than this one. */
export function checkDataVersion(dataDir: string, knownVersion: number): void {
  const found = readDataVersion(dataDir);
  if (found !== null && found > knownVersion) throw dataNewer(dataDir, found, knownVersion);
}

/** Called after the migrations have been applied. */
export function writeDataVersion(dataDir: string, version: number): void {
  if (readDataVersion(dataDir) !== version) fs.writeFileSync(fileOf(dataDir), `${version}\n`, { flush: true });
}
