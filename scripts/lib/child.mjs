/** Runs one program in the foreground: signals reach it exactly once, its exit becomes ours. */
import { spawn, spawnSync } from 'node:child_process';
import { inCache, root } from './paths.mjs';
import { register } from './processes.mjs';

/** Ctrl-C under npm arrives twice (from the terminal and from npm): the second within this time is the same one. */
const SAME_SIGNAL_MS = 1000;

/**
 * Runs the command and returns its exit code (128 + n after signal n). The child gets a process group of its own, so
 * that Ctrl-C reaches only us and we pass it on; when we are killed, Linux sends it SIGTERM. With `limitMs`, a child
 * that runs longer is stopped.
 */
export async function runInForeground(what, command, args, limitMs) {
  const unregister = register(what);
  const [file, ...rest] = [...dieWithUs(), command, ...args];
  // What Node has compiled once it need not compile again: half of a start otherwise.
  const env = { NODE_COMPILE_CACHE: inCache('compiled'), ...process.env };
  const child = spawn(file, rest, { cwd: root, env, stdio: 'inherit', detached: process.platform !== 'win32' });
  const stopForwarding = forwardSignals(child);
  const stopWatching = watchParent(child);
  const stopLimit = limitTime(what, child, limitMs);
  try {
    return await new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code, signal) => resolve(code ?? 128 + (SIGNAL_NUMBERS[signal] ?? 1)));
    });
  } finally {
    stopForwarding();
    stopWatching();
    stopLimit();
    unregister();
  }
}

const SIGNAL_NUMBERS = { SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGTERM: 15 };

function forwardSignals(child) {
  const last = new Map();
  const forward = (signal) => {
    const now = performance.now();
    if (now - (last.get(signal) ?? -Infinity) < SAME_SIGNAL_MS) return;
    last.set(signal, now);
    // A closed terminal is a wish to stop, and Windows knows no other.
    child.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, forward);
  return () => signals.forEach((signal) => process.removeListener(signal, forward));
}

/** npm starts us through a shell; some shells die of a SIGTERM without passing it on. Then our parent changes. */
function watchParent(child) {
  if (process.env.npm_lifecycle_event === undefined || process.platform === 'win32') return () => {};
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    child.kill('SIGTERM');
  }, 100);
  return () => clearInterval(timer);
}

function limitTime(what, child, limitMs) {
  if (limitMs === undefined) return () => {};
  const timers = [
    setTimeout(() => {
      console.error(`${what}: stopped after ${Math.round(limitMs / 60_000)} minutes`);
      child.kill('SIGTERM');
    }, limitMs),
    setTimeout(() => child.kill('SIGKILL'), limitMs + 15_000),
  ];
  return () => timers.forEach((timer) => clearTimeout(timer));
}

function dieWithUs() {
  if (process.platform !== 'linux') return [];
  const prefix = ['setpriv', '--pdeathsig', 'SIGTERM'];
  return spawnSync(prefix[0], [...prefix.slice(1), 'true'], { stdio: 'ignore' }).status === 0 ? prefix : [];
}
