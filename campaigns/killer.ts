/** The killer is a process of its own: inside the clients' event loop it would never strike while a request is under way. */
import { readdirSync, readFileSync } from 'node:fs';

/** All processes whose parent is this one; for PostgreSQL the server with its children dies at once, as in a crash. */
function childrenOf(pid: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        return Number.parseInt(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1] ?? '', 10) === pid
          ? [Number.parseInt(name, 10)]
          : [];
      } catch {
        return [];
      }
    });
}

type Order = { pid: number; afterMs: number; withChildren: boolean };
process.on('message', ({ pid, afterMs, withChildren }: Order) => {
  setTimeout(() => {
    const victims = withChildren ? [pid, ...childrenOf(pid)] : [pid];
    for (const victim of victims) {
      try {
        process.kill(victim, 'SIGKILL');
      } catch {
        // gone already
      }
    }
    process.send?.('killed');
  }, afterMs);
});
