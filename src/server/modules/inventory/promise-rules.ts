/**
 * Available-to-promise and the plan of a reservation. Pure, over rows that the caller has locked. Source: R4.2.
 * A ledger is shared by all commands of a batch: what one takes, the next one no longer finds.
 */
export type StockRow = { product_id: string; warehouse_id: string; on_hand_qty: bigint; reserved_qty: bigint };
export type SupplyRow = {
  id: string;
  no: string;
  kind: string;
  product_id: string;
  warehouse_id: string;
  expected_on: string;
  open_qty: bigint;
  reserved_qty: bigint;
};
export type WarehouseRow = { id: string; name: string; priority: number };

/** A piece of a promise: so much of a line from this warehouse, off the shelf or out of this supply, by this day. */
export type Piece = {
  lineNo: number;
  productId: string;
  warehouseId: string;
  supplyId: string | null;
  qty: bigint;
  promisedOn: string;
};
export type Demand = {
  lineNo: number;
  productId: string;
  qty: bigint;
  requestedOn: string | null;
  /** A service: capacity serves on its own day only, the latest before the requested day first. */
  service?: boolean;
  /** Goods of this warehouse come first. */
  preferred?: string | null;
  /** What a person has laid down: only this warehouse, only this supply, not before this day. */
  only?: { warehouseId?: string | null; supplyId?: string | null; notBefore?: string | null };
};
export type LinePlan = {
  lineNo: number;
  pieces: Piece[];
  short: bigint;
  /** The day on which all would be there, with the sources that were allowed. */
  laterOn: string | null;
};

export type StockLedger = {
  /** What could be promised, line by line in order; two lines of one product count together. Takes nothing. */
  plan(demands: readonly Demand[], today: string): LinePlan[];
  take(pieces: readonly Piece[]): void;
  giveBack(pieces: readonly Pick<Piece, 'productId' | 'warehouseId' | 'supplyId' | 'qty'>[]): void;
  /** Free quantity on the shelves of all warehouses. */
  free(productId: string): bigint;
  /** Whether all plans were whole, and what they took from would still do if others had meanwhile taken three times as much. */
  plenty(): boolean;
};

type Source = {
  productId: string;
  warehouseId: string;
  supplyId: string | null;
  readyOn: string;
  free: bigint;
  /** What this ledger has taken. */
  taken: bigint;
  rank: number;
};

export function stockLedger(
  stock: readonly StockRow[],
  supplies: readonly SupplyRow[],
  warehouses: readonly WarehouseRow[],
): StockLedger {
  const priority = new Map(warehouses.map(({ id, priority: rank }) => [id, rank]));
  const sources = new Map<string, Source[]>();
  const add = (source: Source) => {
    const list = sources.get(source.productId);
    if (list === undefined) sources.set(source.productId, [source]);
    else list.push(source);
  };
  for (const row of stock) {
    if (!priority.has(row.warehouse_id)) continue;
    add({
      productId: row.product_id,
      warehouseId: row.warehouse_id,
      supplyId: null,
      readyOn: '',
      free: row.on_hand_qty - row.reserved_qty,
      taken: 0n,
      rank: priority.get(row.warehouse_id) ?? 0,
    });
  }
  for (const row of supplies) {
    add({
      productId: row.product_id,
      warehouseId: row.warehouse_id,
      supplyId: row.id,
      readyOn: row.expected_on,
      free: row.open_qty - row.reserved_qty,
      taken: 0n,
      rank: priority.get(row.warehouse_id) ?? 0,
    });
  }
  // Off the shelf first, then the earliest supply; warehouses by their priority.
  for (const list of sources.values())
    list.sort((a, b) => (a.readyOn === b.readyOn ? a.rank - b.rank : a.readyOn < b.readyOn ? -1 : 1));

  const find = (piece: { productId: string; warehouseId: string; supplyId: string | null }) =>
    sources
      .get(piece.productId)
      ?.find((source) => source.warehouseId === piece.warehouseId && source.supplyId === piece.supplyId);

  let short = false;
  const move = (piece: Parameters<typeof find>[0], qty: bigint) => {
    const source = find(piece);
    if (source === undefined) return;
    source.free -= qty;
    source.taken += qty;
  };
  return {
    plan(demands, today) {
      const taken = new Map<Source, bigint>();
      const plans = demands.map((demand) => planLine(demand, sources.get(demand.productId) ?? [], taken, today));
      if (plans.some((plan) => plan.short > 0n)) short = true;
      return plans;
    },
    take(pieces) {
      for (const piece of pieces) move(piece, piece.qty);
    },
    giveBack(pieces) {
      for (const piece of pieces) move(piece, -piece.qty);
    },
    plenty: () => !short && [...sources.values()].flat().every(({ free, taken }) => taken <= 0n || free >= 3n * taken),
    free: (productId) =>
      (sources.get(productId) ?? [])
        .filter(({ supplyId }) => supplyId === null)
        .reduce((sum, { free }) => sum + free, 0n),
  };
}

/** Sources that a demand may use, in the order in which it uses them: off the shelf first, then the earliest supply; of one day the preferred warehouse first. */
function sourcesFor(demand: Demand, all: readonly Source[], today: string): readonly Source[] {
  const { only, preferred } = demand;
  const allowed =
    only === undefined
      ? all
      : all.filter(
          ({ warehouseId, supplyId }) =>
            (only.warehouseId == null || warehouseId === only.warehouseId) &&
            (only.supplyId == null || supplyId === only.supplyId),
        );
  if (demand.service === true) return allowed.filter(({ readyOn }) => readyOn >= today);
  if (preferred == null) return allowed;
  const rank = ({ warehouseId }: Source) => (warehouseId === preferred ? 0 : 1);
  return [...allowed].sort((a, b) => compare(a.readyOn, b.readyOn) || rank(a) - rank(b));
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** Prefers one warehouse that can give the whole line; otherwise gathers in order. What would come after the requested day counts as short, with the day on which all would be there. */
function planLine(demand: Demand, all: readonly Source[], taken: Map<Source, bigint>, today: string): LinePlan {
  const sources = sourcesFor(demand, all, today);
  const earliest = demand.only?.notBefore != null && demand.only.notBefore > today ? demand.only.notBefore : today;
  const freeOf = (source: Source) => source.free - (taken.get(source) ?? 0n);
  const dayOf = (source: Source) => (source.readyOn > earliest ? source.readyOn : earliest);
  const inTime = sources.filter(
    (source) =>
      demand.requestedOn === null ||
      dayOf(source) <= demand.requestedOn ||
      (source.readyOn === '' && earliest === today),
  );
  if (demand.service === true) inTime.reverse();
  const whole = inTime.find((source) => freeOf(source) >= demand.qty);
  const pieces: Piece[] = [];
  let open = demand.qty;
  for (const source of whole === undefined ? inTime : [whole]) {
    if (open === 0n) break;
    const free = freeOf(source);
    if (free <= 0n) continue;
    const qty = free < open ? free : open;
    const day = dayOf(source);
    pieces.push({
      lineNo: demand.lineNo,
      productId: demand.productId,
      warehouseId: source.warehouseId,
      supplyId: source.supplyId,
      qty,
      promisedOn:
        demand.service !== true && demand.requestedOn !== null && demand.requestedOn > day ? demand.requestedOn : day,
    });
    taken.set(source, (taken.get(source) ?? 0n) + qty);
    open -= qty;
  }
  let laterOn: string | null = null;
  let missing = open;
  for (const source of sources) {
    if (missing <= 0n) break;
    if (inTime.includes(source)) continue;
    const free = freeOf(source);
    if (free <= 0n) continue;
    missing -= free;
    laterOn = dayOf(source);
  }
  return { lineNo: demand.lineNo, pieces, short: open, laterOn: missing <= 0n ? laterOn : null };
}
