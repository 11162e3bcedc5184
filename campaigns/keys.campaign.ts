/**
 * Every write under one key: three copies at once, one more afterwards, and another request under the same key. P6.
 *   --files "a b c"   test files to take the writes from; the server's tests unless given
 * The writes are those of the server's own tests, so that each operation is called with what it really takes. One effect for a key, the
 * copies get the same answer and are marked as such, another request under the key is refused. Operations that no test carries out
 * count as faults. The control keeps no answers, and must double.
 * Not here: another caller with the same key (tests/http/keys.test.ts), and the crash between commit and answer (campaign crash).
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { operations } from '../src/contract/operations.ts';
import type { Note } from '../tests/support/copies.ts';
import type { Campaign } from './report.ts';
import { NODE_ARGS } from './rig.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const CONTROL = ['src/server/modules/orders/place-order.test.ts', 'src/server/modules/receivables'];

export const campaign: Campaign = async (args, say) => {
  const at = args.indexOf('--files');
  const files = at < 0 ? ['src/server', 'tests/http'] : (args[at + 1] ?? '').split(' ');
  const notes = await walk(files, false);
  say(`${notes.length} writes in copies; control: no answers are kept`);
  const control = await walk(CONTROL, true);
  const faults = notes.filter(({ outcome }) => outcome !== 'once');
  const wanted = operations
    .filter((each) => 'idempotent' in each && each.idempotent === true)
    .map(({ id }) => id as string);
  const seen = new Set(notes.map(({ operation }) => operation));
  const missing = wanted.filter((id) => !seen.has(id));
  for (const fault of faults.slice(0, 20)) say(JSON.stringify(fault));
  if (missing.length > 0) say(`no test carries these out: ${missing.join(', ')}`);
  const count = (outcome: Note['outcome']) => faults.filter((fault) => fault.outcome === outcome).length;
  const doubled = control.filter(({ outcome }) => outcome === 'doubled' || outcome === 'not marked').length;
  return {
    name: 'keys',
    promises: ['P6'],
    seed: 'none',
    tried: notes.length - faults.length,
    found: faults.length + missing.length,
    figures: {
      'writes sent in copies': notes.length - faults.length,
      'operations that take a key': wanted.length,
      'of these covered': wanted.length - missing.length,
      'two effects under one key': count('doubled'),
      'copies with another answer': count('other answer'),
      'copies not marked as such': count('not marked'),
      'other requests under a used key not refused': count('key reused'),
    },
    control: { planted: 'answers are not kept under their key', found: doubled, failedAsItMust: doubled > 0 },
  };
};

/** Runs test files with every write in copies, and collects what the workers noted. Whether the tests pass is not asked here. */
async function walk(files: readonly string[], forgetful: boolean): Promise<Note[]> {
  const folder = mkdtempSync(join(tmpdir(), 'qucheng-copies-'));
  try {
    await new Promise((resolve) => {
      spawn(
        process.execPath,
        [
          ...NODE_ARGS,
          'node_modules/vitest/vitest.mjs',
          'run',
          '--config',
          forgetful ? 'campaigns/faults/forgetful.vitest.config.ts' : 'vitest.config.ts',
          '--testTimeout=120000',
          ...files,
        ],
        {
          cwd: root,
          stdio: 'ignore',
          env: { ...process.env, QUCHENG_COPIES: folder },
        },
      ).once('exit', resolve);
    });
    return readdirSync(folder).flatMap((file) =>
      readFileSync(join(folder, file), 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line): Note => JSON.parse(line)),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
