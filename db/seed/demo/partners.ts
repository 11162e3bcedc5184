/** The partners of the demo company with contacts, users, addresses and agreements. Everybody and every number is invented. */
import { addDays, addMonths, type BizDate } from '../../../src/server/kernel/biz-date.ts';
import { makeUscc } from '../../../src/server/kernel/uscc.ts';
import { regionPath } from '../../reference/regions.ts';
import { inventedPerson, inventedPhone, inventedUscc } from './invented.ts';
import { PARTNER_ROWS, type PartnerRow, type TermKey } from './partner-rows.ts';
import type {
  ContactDuty,
  DemoAddress,
  DemoContact,
  DemoPartner,
  DemoPartnerUser,
  PartnerUserRole,
  PaymentTerm,
} from './types.ts';

const TERMS: Record<TermKey, PaymentTerm> = {
  prepaid: { kind: 'prepaid' },
  deposit: { kind: 'deposit_balance', depositRate: '0.3', days: 30 },
  net30: { kind: 'net_days', days: 30 },
  month_end: { kind: 'month_end_days', days: 30 },
  instalments: {
    kind: 'instalments',
    parts: [
      { rate: '0.4', days: 0 },
      { rate: '0.3', days: 30 },
      { rate: '0.3', days: 60 },
    ],
  },
};

/** Silence counts as acceptance for these two, by a clause of their agreement. */
const SILENCE_ACCEPTS: readonly string[] = ['hufengli', 'yuqi'];
/** The agreement of this one ends within the month. */
const EXPIRES_SOON = 'shanlun';

const WAREHOUSE_OF = { east: 'wh.east', south: 'wh.south', west: 'wh.west' } as const;
const SALES_OF = { east: 'sales.east', south: 'sales.south', west: 'sales.west' } as const;
const DEPUTY_OF = { east: 'sales.south', south: 'sales.west', west: 'sales.east' } as const;

type Seat = { role: PartnerUserRole; duties: ContactDuty[]; suffix: string };
const ADMIN: Seat = { role: 'partner_admin', duties: ['admin', 'buyer'], suffix: 'admin' };
const BUYER: Seat = { role: 'partner_buyer', duties: ['buyer'], suffix: 'buyer' };
const FINANCE: Seat = { role: 'partner_finance', duties: ['finance'], suffix: 'finance' };
const AFTER_SALES: Seat = { role: 'partner_after_sales', duties: ['after_sales'], suffix: 'service' };

function seatsOf(level: 'A' | 'B' | 'C', index: number): Seat[] {
  if (level === 'A') return [ADMIN, BUYER, FINANCE, AFTER_SALES];
  if (level === 'B') return [ADMIN, BUYER, FINANCE];
  return index % 2 === 0 ? [ADMIN] : [ADMIN, FINANCE];
}

/** All forty, with agreements laid around `today`. The credit limit is open: the plan sets it from what the partner orders. */
export function demoPartners(today: BizDate): DemoPartner[] {
  return PARTNER_ROWS.map((row, index) => demoPartner(row, index, today));
}

function demoPartner(row: PartnerRow, index: number, today: BizDate): DemoPartner {
  const [slug, name, nameEn, shortName, regionCode, street, level, territory, term, replyDays] = row;
  const key = `P${String(index + 1).padStart(2, '0')}`;
  const uscc = inventedUscc(regionCode, index + 2, makeUscc);
  const people = seatsOf(level, index).map((seat, place) => ({ seat, person: personOf(slug, index, place) }));
  const validFrom = `${addMonths(today, -14).slice(0, 7)}-01`;
  const validTo = slug === EXPIRES_SOON ? addDays(today, 20) : addDays(addMonths(validFrom, 24), -1);
  const region = regionPath(regionCode).join('');
  return {
    key,
    no: `C${String(index + 1).padStart(4, '0')}`,
    name,
    nameEn,
    shortName,
    uscc,
    level,
    regionCode,
    territory,
    salesOwnerKey: SALES_OF[territory],
    deputyOwnerKey: DEPUTY_OF[territory],
    warehouseKey: WAREHOUSE_OF[territory],
    paymentTerm: TERMS[term],
    replyDays,
    creditLimit: null,
    invoice: {
      title: name,
      taxNo: uscc,
      bankName: `示范银行${regionPath(regionCode).at(-1) ?? ''}支行`,
      bankAccount: `9000000000000${String(index + 100).padStart(6, '0')}`,
      address: `${region}${street}`,
      phone: people[0]?.person.phone ?? inventedPhone(index),
      kind: level === 'C' ? 'digital_ordinary' : 'digital_special',
    },
    addresses: addressesOf(key, row, index),
    contacts: contactsOf(key, level, people),
    users: people.map(({ seat, person }) => userOf(key, seat, person)),
    agreement: {
      no: `XY-${validFrom.slice(0, 4)}-${String(index + 1).padStart(3, '0')}`,
      validFrom,
      validTo,
      silenceAccepts: SILENCE_ACCEPTS.includes(slug),
      replyDays,
      paymentTerm: TERMS[term],
      note: SILENCE_ACCEPTS.includes(slug) ? '逾期未回复视为同意（协议第 6.2 条）' : null,
    },
    ownCodes: ownCodesOf(slug),
  };
}

type Person = { name: string; nameEn: string; phone: string; email: string };

function personOf(slug: string, index: number, place: number): Person {
  const n = index * 5 + place;
  const suffix = ['admin', 'buyer', 'finance', 'service'][place] ?? 'staff';
  return { ...inventedPerson(n), phone: inventedPhone(n), email: `${suffix}@${slug}.example.com` };
}

/** An admin of a small partner has every duty that nobody else there has. */
function contactsOf(key: string, level: 'A' | 'B' | 'C', people: { seat: Seat; person: Person }[]): DemoContact[] {
  const taken = new Set(people.slice(1).flatMap(({ seat }) => seat.duties));
  const all: ContactDuty[] = ['admin', 'buyer', 'finance', 'after_sales'];
  return people.map(({ seat, person }, place) => ({
    ...person,
    duties: place === 0 ? all.filter((duty) => duty === 'admin' || level === 'C' || !taken.has(duty)) : seat.duties,
    userKey: `${key}.${seat.suffix}`,
  }));
}

function userOf(key: string, seat: Seat, person: Person): DemoPartnerUser {
  return {
    key: `${key}.${seat.suffix}`,
    name: person.name,
    nameEn: person.nameEn,
    email: person.email,
    roles: [seat.role],
  };
}

function addressesOf(key: string, row: PartnerRow, index: number): DemoAddress[] {
  const [, , , shortName, regionCode, street, level] = row;
  const receiver = inventedPerson(index * 5 + 4);
  const store: DemoAddress = {
    key: `${key}.store`,
    label: `${shortName}门店`,
    regionCode,
    detail: street,
    receiver: receiver.name,
    phone: inventedPhone(index * 5 + 4),
    isDefault: true,
  };
  if (level === 'C') return [store];
  return [
    store,
    {
      ...store,
      key: `${key}.depot`,
      label: `${shortName}仓库`,
      detail: `示范物流园 ${index + 1} 号库`,
      isDefault: false,
    },
  ];
}

function ownCodesOf(slug: string): { code: string; sku: string }[] {
  if (slug === 'taan') {
    return [
      { code: 'TA-1001', sku: 'BK-M68B-38' },
      { code: 'TA-1002', sku: 'BK-M68B-42' },
      { code: 'TA-2001', sku: 'HL-U509' },
      { code: 'TA-3001', sku: 'TI-M602' },
    ];
  }
  if (slug === 'wanqi') {
    return [
      { code: 'WQ-R350-40', sku: 'BK-R79Y-40' },
      { code: 'WQ-R350-48', sku: 'BK-R79Y-48' },
      { code: 'WQ-JSY-L', sku: 'SJ-0194-L' },
    ];
  }
  return [];
}
