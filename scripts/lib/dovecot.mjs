/** The IMAP server of the tests: Debian's Dovecot, found, installed where that is possible, or a sentence what to do. */
import fs from 'node:fs';
import path from 'node:path';
import { installCommand, installPackages } from './debian.mjs';

const PACKAGES = ['dovecot-imapd'];
const ELSEWHERE = ['/usr/sbin', '/usr/local/sbin', '/opt/homebrew/sbin'];

export const DOVECOT_COMMAND = installCommand(PACKAGES);

/** Path of the server; installs it as root on Debian. Null when there is none and none can be installed. */
export function ensureDovecot() {
  return findDovecot() ?? (installPackages(PACKAGES, 'Dovecot') ? findDovecot() : null);
}

export function findDovecot(env = process.env) {
  const folders = [...(env.PATH ?? '').split(path.delimiter).filter((folder) => path.isAbsolute(folder)), ...ELSEWHERE];
  return folders.map((folder) => path.join(folder, 'dovecot')).find((file) => fs.existsSync(file)) ?? null;
}
