/** How much one machine may send us: nobody fills the disk, or takes all places, alone. What is too much is asked to come again. */
export type PeerLimits = {
  /** Whether one more connection may be open; to be given back with `leave`. */
  enter(peer: string): boolean;
  leave(peer: string): void;
  /** Whether one more message may begin within this minute. */
  mayBegin(peer: string): boolean;
};

const MINUTE_MS = 60_000;
export const MOST_CONNECTIONS = 10;
export const MOST_A_MINUTE = 120;

export function peerLimits(tick: () => number = () => performance.now()): PeerLimits {
  const open = new Map<string, number>();
  let minute = { since: tick(), begun: new Map<string, number>() };
  return {
    enter(peer) {
      const count = open.get(peer) ?? 0;
      if (count >= MOST_CONNECTIONS) return false;
      open.set(peer, count + 1);
      return true;
    },
    leave(peer) {
      const count = (open.get(peer) ?? 0) - 1;
      if (count > 0) open.set(peer, count);
      else open.delete(peer);
    },
    mayBegin(peer) {
      if (tick() - minute.since >= MINUTE_MS) minute = { since: tick(), begun: new Map() };
      const count = minute.begun.get(peer) ?? 0;
      if (count >= MOST_A_MINUTE) return false;
      minute.begun.set(peer, count + 1);
      return true;
    },
  };
}
