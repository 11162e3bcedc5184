/**
 * Gives memory back after a crowd. What the heap has grown to under load stays with the process for ever, also when it is free again:
 * the engine keeps the pages for the next crowd. In its memory saver mode it hands them to the system with its next collection at rest, but
 * under load that mode costs several times of the processor. So it is on only while nobody asks for anything (decision 184).
 */
import v8 from 'node:v8';

const LOOK_EVERY_MS = 500;
/** So many quiet looks in a row are rest. */
const QUIET_LOOKS = 10;
/** Of one look's time: the clocks and readers of a server to which nobody speaks stay below it. */
const QUIET = 0.1;

/** Watches how busy this process is, until it ends. The first busy look ends the rest. */
export function giveMemoryBackAtRest({ lookEveryMs = LOOK_EVERY_MS } = {}): void {
  let quiet = 0;
  let before = performance.eventLoopUtilization();
  const timer = setInterval(() => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, before);
    before = now;
    const wasAtRest = quiet >= QUIET_LOOKS;
    quiet = utilization < QUIET ? quiet + 1 : 0;
    const isAtRest = quiet >= QUIET_LOOKS;
    if (isAtRest !== wasAtRest) v8.setFlagsFromString(isAtRest ? '--memory-saver-mode' : '--no-memory-saver-mode');
  }, lookEveryMs);
  timer.unref();
}
