import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { SERVER_FLAGS } from '../../../scripts/lib/node24.mjs';

const module = fileURLToPath(new URL('./memory-at-rest.ts', import.meta.url));

/** A process that holds much, gives it up, and rests: how much of the system's memory it has at its fullest and at the end, in MiB. */
function crowdAndRest(): { full: number; rested: number } {
  const script = `
    const { giveMemoryBackAtRest } = await import(${JSON.stringify(module)});
    giveMemoryBackAtRest({ lookEveryMs: 20 });
    const rss = () => Math.round(process.memoryUsage.rss() / 2 ** 20);
    let held = Array.from({ length: 1_500_000 }, (_, i) => ({ i, text: 'x' + i }));
    const full = rss();
    held = null;
    globalThis.gc();
    const until = performance.now() + 40_000;
    while (performance.now() < until && rss() > full / 2) await new Promise((done) => setTimeout(done, 50));
    console.log(JSON.stringify({ full, rested: rss() }));
    process.exit();`;
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [...SERVER_FLAGS, '--expose-gc', '--input-type=module', '--eval', script],
    { encoding: 'utf8' },
  );
  expect(stderr).toBe('');
  return JSON.parse(stdout);
}

test('memory that a crowd needed is given back to the system when the server rests', () => {
  const { full, rested } = crowdAndRest();
  expect(rested).toBeLessThan(full / 2);
}, 60_000);
