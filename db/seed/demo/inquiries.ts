/** Inquiries: those that became orders, and some that stand open in the last days. */
import type { Happening, Told, World } from './story.ts';
import { buyerOf } from './story.ts';
import type { DemoPartner, PlannedInquiry, PlannedInquiryLine } from './types.ts';

/** The inquiry from which an order was made: the same goods as the partner would write them. */
export function inquiryOf(world: World, told: Told): PlannedInquiry {
  const { draft } = told;
  const channel =
    told.channel === 'portal' || told.channel === 'email' || told.channel === 'excel' ? told.channel : 'phone';
  return {
    key: `${draft.key}.q`,
    partnerKey: draft.partner.key,
    channel,
    customerName: told.customerName,
    poNo: null,
    requestedOn: told.requestedOn,
    addressKey: draft.partner.addresses[0]?.key ?? null,
    note: null,
    lines: inquiryLines(world, told),
    orderKey: draft.key,
    expected: { state: 'converted' },
  };
}

/** Lines as understood. Where the inquiry is asked back, the first line lacks its quantity until it is answered. */
export function inquiryLines(world: World, told: Told): PlannedInquiryLine[] {
  return told.draft.lines.map((line) => {
    const product = world.products.get(line.sku);
    const unit = product?.unit.hant ?? '件';
    return {
      wanted: `${product?.name.hans ?? line.sku} ${line.qty} ${unit}`,
      sku: line.sku,
      spec: product?.spec ?? null,
      qty: line.qty,
      unit: product?.unit.hant ?? '件',
      requestedOn: told.requestedOn,
    };
  });
}

type Open = {
  partnerKey: string;
  channel: PlannedInquiry['channel'];
  lag: number;
  state: PlannedInquiry['expected']['state'];
  lines: readonly (readonly [wanted: string, sku: string | null, qty: number | null])[];
};

const OPEN: readonly Open[] = [
  {
    partnerKey: 'P04',
    channel: 'portal',
    lag: 0,
    state: 'received',
    lines: [
      ['M200 山地车 黑 42cm 6 辆', 'BK-M68B-42', 6],
      ['S100 头盔 黑 24 个', 'HL-U509', 24],
    ],
  },
  {
    partnerKey: 'P28',
    channel: 'email',
    lag: 0,
    state: 'received',
    lines: [
      ['R750 公路车 52 4 台', 'BK-R19B-52', 4],
      ['11 速链条 30 条', 'CH-0234', 30],
    ],
  },
  {
    partnerKey: 'P10',
    channel: 'excel',
    lag: 1,
    state: 'ready',
    lines: [
      ['T1000 旅行车 蓝 60cm', 'BK-T79U-60', 8],
      ['HL 旅行车把', 'HB-T928', 8],
      ['HL 旅行坐垫', 'SE-T924', 8],
    ],
  },
  {
    partnerKey: 'P33',
    channel: 'phone',
    lag: 0,
    state: 'ready',
    lines: [
      ['后碟刹 10 套', 'RB-9231', 10],
      ['前碟刹 10 套', 'FB-9873', 10],
    ],
  },
  {
    partnerKey: 'P12',
    channel: 'email',
    lag: 1,
    state: 'needs_data',
    lines: [
      ['短袖骑行服 蓝色，尺码待定', null, 40],
      ['骑行袜', 'SO-R809-L', null],
    ],
  },
  { partnerKey: 'P31', channel: 'portal', lag: 2, state: 'needs_data', lines: [['山地外胎', 'TI-M602', null]] },
  { partnerKey: 'P17', channel: 'phone', lag: 9, state: 'declined', lines: [['电动助力车 20 辆', null, 20]] },
];

/** Open and declined inquiries with their steps. */
export function openInquiries(
  world: World,
  partners: ReadonlyMap<string, DemoPartner>,
): { inquiries: PlannedInquiry[]; happenings: Happening[] } {
  const inquiries: PlannedInquiry[] = [];
  const happenings: Happening[] = [];
  for (const [index, open] of OPEN.entries()) {
    const partner = partners.get(open.partnerKey);
    if (partner === undefined) throw new Error(`inquiry of unknown partner ${open.partnerKey}`);
    const day = world.lastDay - open.lag;
    const inquiryKey = `q${index + 1}`;
    const requestedOn = world.clock.dateOf({ day: day + 12, minute: 0 });
    inquiries.push({
      key: inquiryKey,
      partnerKey: partner.key,
      channel: open.channel,
      customerName: null,
      poNo: null,
      requestedOn: open.state === 'needs_data' ? null : requestedOn,
      addressKey: partner.addresses[0]?.key ?? null,
      note: null,
      lines: open.lines.map(([wanted, sku, qty]) => ({
        wanted,
        sku,
        spec: sku === null ? null : (world.products.get(sku)?.spec ?? null),
        qty,
        unit: sku === null ? null : (world.products.get(sku)?.unit.hant ?? null),
        requestedOn: open.state === 'needs_data' ? null : requestedOn,
      })),
      orderKey: null,
      expected: { state: open.state },
    });
    const by = open.channel === 'portal' ? buyerOf(partner) : partner.salesOwnerKey;
    happenings.push({ moment: { day, minute: 60 + index * 20 }, by, action: { kind: 'createInquiry', inquiryKey } });
    const next = { day, minute: 90 + index * 20 };
    const sales = partner.salesOwnerKey;
    if (open.state === 'ready')
      happenings.push({ moment: next, by: sales, action: { kind: 'checkInquiry', inquiryKey } });
    if (open.state === 'needs_data')
      happenings.push({
        moment: next,
        by: sales,
        action: { kind: 'askBack', inquiryKey, note: '请补充尺码、数量与到货日期。' },
      });
    if (open.state === 'declined')
      happenings.push({
        moment: next,
        by: sales,
        action: { kind: 'declineInquiry', inquiryKey, reason: '不在产品范围内。' },
      });
  }
  return { inquiries, happenings };
}
