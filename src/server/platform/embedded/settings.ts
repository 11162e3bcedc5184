/** Settings of the embedded server, chosen for one product on one machine with a few gigabytes of memory. */
import { type Binaries, program } from './binaries.ts';
import { clusterDirOf } from './data-dir.ts';
import { type Runner, runProgram } from './privilege.ts';

export type Settings = Record<string, string>;

const DEFAULTS: Settings = {
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  shared_buffers: '256MB',
  max_connections: '100',
  checkpoint_timeout: '15min',
  max_wal_size: '4GB',
  random_page_cost: '1.1',
  jit: 'off',
  track_io_timing: 'off',
  password_encryption: 'scram-sha-256',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_line_prefix: '%m [%p] %q%u@%d ',
  log_checkpoints: 'off',
  cluster_name: 'qucheng',
};

/** Not for callers to change: the server is for this machine's own processes only. */
const FIXED: Settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_permissions: '0700',
  logging_collector: 'off',
};

/**
 * The defaults with `wanted` on top; page images in the log are compressed where the build has lz4. PostgreSQL's own compression is left
 * off: after a checkpoint it took a quarter of the processor time of a placed order.
 */
export async function chooseSettings(
  binaries: Binaries,
  runner: Runner,
  dataDir: string,
  socketDir: string | null,
  wanted: Settings,
): Promise<Settings> {
  const compression: Settings =
    wanted.wal_compression === undefined
      ? {
          wal_compression: (await hasLz4(binaries, runner, dataDir)) ? 'lz4' : 'off',
        }
      : {};
  return { ...DEFAULTS, ...compression, ...wanted, ...FIXED, unix_socket_directories: socketDir ?? '' };
}

/** `-c name=value` pairs for the server's command line. */
export function settingArguments(settings: Settings): string[] {
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

async function hasLz4(binaries: Binaries, runner: Runner, dataDir: string): Promise<boolean> {
  const question = ['-D', clusterDirOf(dataDir), '-c', 'wal_compression=lz4', '-C', 'wal_compression'];
  return (await runProgram(runner, program(binaries, 'postgres'), question)).code === 0;
}
