/** Packages of Debian that tests need: installed where that is possible. */
import { spawnSync } from 'node:child_process';

/** @param {readonly string[]} packages */
export const installCommand = (packages) => `apt-get update && apt-get install -y ${packages.join(' ')}`;

/**
 * Installs as root on Debian and its kin; false where that cannot be done.
 * @param {readonly string[]} packages
 * @param {string} missing what was not found, for the line that is printed
 */
export function installPackages(packages, missing) {
  if (process.getuid?.() !== 0) return false;
  if (spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).status !== 0) return false;
  console.log(`No ${missing} found. Installing it: ${installCommand(packages)}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...args) => spawnSync('apt-get', args, { env, stdio: ['ignore', 'ignore', 'inherit'] }).status === 0;
  return apt('update') && apt('install', '-y', '--no-install-recommends', ...packages);
}
