/** A real IMAP server for a test: Debian's Dovecot in a folder of its own, one mailbox, ended with the test. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { ImapFlow } from 'imapflow';

export type ImapServer = {
  port: number;
  user: string;
  password: string;
  append(raw: string | Buffer): Promise<void>;
  /** Messages by whether they were seen. */
  count(): Promise<{ seen: number; unseen: number }>;
  stop(): Promise<void>;
};

const USER = 'orders';
const PASSWORD = 'dovecot-test-password';

/** A person's first group need not be called like the person. */
const ownGroup = (): string => execFileSync('id', ['-gn'], { encoding: 'utf8' }).trim();

export async function startDovecot(): Promise<ImapServer> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'qc-imap-'));
  const port = await freePort();
  // Debian's packages bring these users; without root everything is one's own user.
  const root = process.getuid?.() === 0;
  const own = os.userInfo().username;
  const mailUser = root ? 'nobody' : own;
  const file = path.join(folder, 'dovecot.conf');
  fs.writeFileSync(path.join(folder, 'users'), `${USER}:{PLAIN}${PASSWORD}::::::\n`);
  fs.mkdirSync(path.join(folder, 'mail'));
  fs.writeFileSync(
    file,
    `base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = ${folder}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
default_internal_user = ${root ? 'dovecot' : own}
default_internal_group = ${root ? 'dovecot' : ownGroup()}
default_login_user = ${root ? 'dovenull' : own}
mail_location = maildir:${folder}/mail
mail_uid = ${mailUser}
mail_gid = ${root ? 'nogroup' : String(process.getgid?.() ?? 0)}
first_valid_uid = 1
first_valid_gid = 0
service anvil {
  chroot =
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
service stats {
  chroot =
}
passdb {
  driver = passwd-file
  args = ${folder}/users
}
userdb {
  driver = static
  args = uid=${mailUser} gid=${root ? 'nogroup' : String(process.getgid?.() ?? 0)} home=${folder}/mail
}
`,
  );
  fs.chmodSync(folder, 0o755);
  if (root) fs.chownSync(path.join(folder, 'mail'), uidOf('nobody'), uidOf('nobody'));
  const child = spawn(dovecotPath(), ['-F', '-c', file], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  await reachable(port, child, () => said + readLog(folder));
  const client = () =>
    new ImapFlow({ host: '127.0.0.1', port, secure: false, auth: { user: USER, pass: PASSWORD }, logger: false });
  const withClient = async <T>(work: (open: ImapFlow) => Promise<T>): Promise<T> => {
    const open = client();
    open.on('error', () => undefined);
    await open.connect();
    try {
      return await work(open);
    } finally {
      await open.logout().catch(() => open.close());
    }
  };
  return {
    port,
    user: USER,
    password: PASSWORD,
    append: (raw) => withClient(async (open) => void (await open.append('INBOX', raw))),
    count: () =>
      withClient(async (open) => {
        const status = await open.status('INBOX', { messages: true, unseen: true });
        if (status === false) throw new Error('no status');
        const { messages = 0, unseen = 0 } = status;
        return { seen: messages - unseen, unseen };
      }),
    stop: () =>
      new Promise((resolve) => {
        child.on('exit', () => {
          fs.rmSync(folder, { recursive: true, force: true });
          resolve();
        });
        child.kill('SIGTERM');
      }),
  };
}

/** `npm test` finds it, or installs it, and says where it is. */
function dovecotPath(): string {
  const found = process.env['DOVECOT'];
  if (found === undefined) throw new Error('no Dovecot: run this through npm test, which finds or installs it');
  return found;
}

const uidOf = (name: string): number => {
  const line = fs
    .readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((each) => each.startsWith(`${name}:`));
  return Number.parseInt(line?.split(':')[2] ?? '0', 10);
};

const readLog = (folder: string): string =>
  fs.existsSync(path.join(folder, 'log')) ? fs.readFileSync(path.join(folder, 'log'), 'utf8').slice(-2000) : '';

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

async function reachable(port: number, child: ChildProcess, why: () => string): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    if (child.exitCode !== null) break;
    const open = await new Promise<boolean>((resolve) => {
      const socket = net.connect(port, '127.0.0.1', () => {
        socket.destroy();
        resolve(true);
      });
      socket.on('error', () => resolve(false));
    });
    if (open) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`Dovecot does not answer: ${why()}`);
}
