/**
 * Clients of the nodes campaign: whole lives of orders (placed, accepted, picked, shipped, invoiced, paid), each request to another node. By
 * the die a write goes alone, in two copies under one key to two nodes at once, or against a rival: the same act under another key on
 * another node, of which one must win.
 */
import { invoiceOf, shipmentOf } from '../bench/lib/acts.ts';
import { partnerId, sku } from '../bench/ids.ts';
import type { Keys } from '../bench/seed.ts';
import { type Answer, call, die, pause } from './rig.ts';

export type LoadJob = {
  ports: readonly number[];
  keys: Keys;
  clients: number;
  seed: number;
  today: string;
  requestedOn: string;
};
export type Told = {
  cycles: number;
  writes: number;
  copies: number;
  rivals: number;
  /** Requests that a killed node left without an answer; asked again under their key. */
  unknown: number;
  strange: string[];
};

type Seen = {
  id: string;
  version: number;
  grossAmount: string;
  rounds: { contentHash: string }[];
  pickings: { id: string }[];
};
type Write = { key: string; path: string; once: string; body: unknown; ifMatch?: number };

const HOT = 5;
const PARTNERS = 24;

/** Runs until `stopped` says so; what has begun comes to its end. */
export async function load(job: LoadJob, stopped: () => boolean): Promise<Told> {
  const told: Told = { cycles: 0, writes: 0, copies: 0, rivals: 0, unknown: 0, strange: [] };
  const roll = die(job.seed);
  const write = writer(job, told, roll);
  let begun = 0;
  await Promise.all(
    Array.from({ length: job.clients }, async () => {
      while (!stopped()) {
        begun += 1;
        if (await oneLife(job, write, roll, begun)) told.cycles += 1;
      }
    }),
  );
  return told;
}

type Writer = (write: Write) => Promise<Seen | null>;

function writer(job: LoadJob, told: Told, roll: (below: number) => number): Writer {
  /** Asks until somebody answers: a killed node does not, one that is full says so. */
  async function surely(first: number, write: Write): Promise<Answer> {
    for (let i = 0; ; i += 1) {
      const answer = await call(job.ports[(first + i) % job.ports.length] ?? 0, write.key, write);
      const wait = answer.status === 0 || answer.status === 503 || /request.key_in_progress/.test(answer.text);
      if (!wait || i > 200) return answer;
      if (answer.status === 0) told.unknown += 1;
      await pause(20 + roll(50));
    }
  }
  return async (write) => {
    told.writes += 1;
    const node = roll(job.ports.length);
    const way = roll(4);
    if (way > 1) return seen(await surely(node, write), write);
    const other = node + 1 + roll(job.ports.length - 1);
    const second = way === 0 ? write : { ...write, once: `${write.once}-rival` };
    const answers = await Promise.all([surely(node, write), surely(other, second)]);
    const good = answers.filter(({ status }) => status < 300);
    if (way === 0) {
      told.copies += 1;
      if (good.length !== 2 || answers[0]?.text !== answers[1]?.text)
        told.strange.push(`copies of ${write.path}: ${describe(answers)}`);
    } else {
      told.rivals += 1;
      const lost = answers.find(({ status }) => status >= 300);
      if (good.length !== 1 || ![409, 412, 422].includes(lost?.status ?? 0))
        told.strange.push(`rivals for ${write.path}: ${describe(answers)}`);
    }
    return seen(good[0] ?? answers[0], write);
  };

  function seen(answer: Answer | undefined, write: Write): Seen | null {
    if (answer !== undefined && answer.status < 300) return JSON.parse(answer.text);
    told.strange.push(`${write.path}: ${answer?.status} ${answer?.text.slice(0, 200)}`);
    return null;
  }
}

const describe = (answers: readonly Answer[]) =>
  answers.map(({ status, text }) => `${status} ${text.slice(0, 120)}`).join(' | ');

async function oneLife(job: LoadJob, write: Writer, roll: (below: number) => number, n: number): Promise<boolean> {
  const { staff, partners } = job.keys;
  const partner = n % PARTNERS;
  const own = partners[partner] ?? '';
  const once = (step: string) => `n-${job.seed}-${n}-${step}`;
  const lines = Array.from({ length: HOT }, (_, i) => ({
    sku: sku(i + 1),
    qty: String(1 + roll(3)),
    requestedOn: job.requestedOn,
  }));
  if (roll(2) === 0) lines.reverse();
  const order = await write({
    key: own,
    path: '/api/v1/orders',
    once: once('order'),
    body: { poNo: `N-${job.seed}-${n}`, submit: true, onShortage: 'refuse', lines },
  });
  if (order === null) return false;
  const accepted = await write({
    key: own,
    path: `/api/v1/orders/${order.id}/accept`,
    once: once('accept'),
    ifMatch: order.version,
    body: { contentHash: order.rounds.at(-1)?.contentHash },
  });
  if (accepted === null) return false;
  const picking = await pickingOf(job, roll, order.id);
  const picked = await write({
    key: staff.warehouse,
    path: `/api/v1/pickings/${picking}/finish`,
    once: once('pick'),
    ifMatch: 1,
    body: { begin: true },
  });
  if (picked === null) return false;
  const acts: Write[] = [
    {
      key: staff.logistics,
      path: '/api/v1/shipments',
      once: once('ship'),
      body: shipmentOf(order.id),
    },
    {
      key: staff.finance,
      path: '/api/v1/invoices',
      once: once('invoice'),
      body: invoiceOf(order.id),
    },
    {
      key: staff.finance,
      path: '/api/v1/payments',
      once: once('pay'),
      body: {
        partnerId: partnerId(partner + 1),
        amount: order.grossAmount,
        receivedOn: job.today,
        method: 'bank_transfer',
        bankRef: `B-${job.seed}-${n}`,
        confirm: true,
        allocations: [{ orderId: order.id, amount: order.grossAmount }],
      },
    },
  ];
  for (const act of acts) if ((await write(act)) === null) return false;
  return true;
}

/** Taking effect has opened the delivery: any node shows it. */
async function pickingOf(job: LoadJob, roll: (below: number) => number, orderId: string): Promise<string> {
  for (let i = 0; i < 200; i += 1) {
    const port = job.ports[roll(job.ports.length)] ?? 0;
    const answer = await call(port, job.keys.staff.warehouse, { method: 'GET', path: `/api/v1/orders/${orderId}` });
    if (answer.status === 200) {
      const shown: Seen = JSON.parse(answer.text);
      return shown.pickings[0]?.id ?? 'none';
    }
    await pause(50);
  }
  return 'none';
}
