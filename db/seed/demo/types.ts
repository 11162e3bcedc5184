/** Shapes of the demo company and of the plan by which its year is played. Plain data: texts, numbers of pieces, decimal text for money. */
import type { StaffRole } from '../../../src/contract/roles.ts';
import type { BizDate } from '../../../src/server/kernel/biz-date.ts';

/** A text that people read, in the three languages of the product. */
export type Words = { hant: string; hans: string; en: string };

/** Decimal text of CNY, two decimals. */
export type Yuan = string;

export type DemoCompany = {
  name: Words;
  shortName: Words;
  uscc: string;
  regionCode: string;
  address: string;
  phone: string;
  email: string;
  bankName: string;
  bankAccount: string;
  currency: 'CNY';
  timeZone: 'Asia/Shanghai';
};

/** A policy parameter that the demo company sets otherwise than the default. */
export type DemoPolicy = { code: string; value: number; unit: 'flag' | 'wd' | 'wh' | 'd'; note: string };

export type DemoStaff = {
  /** Stands for the person in `by` of the steps. */
  key: string;
  name: Words;
  email: string;
  phone: string;
  roles: StaffRole[];
  department: string;
  /** Sales team, null for everybody else. */
  teamKey: string | null;
  /** Money effect up to which this person approves a deviation; null = none, managers only. */
  approvalLimit: Yuan | null;
};

export type DemoTeam = { key: string; name: Words; memberKeys: string[] };

export type DemoWarehouse = {
  key: string;
  code: string;
  name: Words;
  regionCode: string;
  address: string;
  /** Order in which promises are taken. */
  priority: number;
  /** Who picks there. */
  staffKey: string;
};

export type DemoCarrier = { key: string; code: string; name: Words; phone: string; waybillPrefix: string };

export type DemoProductKind = 'stock' | 'made' | 'service' | 'freight';

export type DemoProduct = {
  /** The AdventureWorks product number for goods. */
  sku: string;
  name: Words;
  category: Words;
  kind: DemoProductKind;
  unit: Words;
  minQty: number;
  multipleQty: number;
  /** A ratio: 0.13 is 13 %. */
  taxRate: string;
  /** 19 digits, null where the excerpt of the classification has none that fits. */
  taxCode: string | null;
  /** Tax-inclusive. */
  listPrice: Yuan;
  /** Tax-exclusive standard cost. */
  cost: Yuan;
  leadDays: number;
  substituteSku: string | null;
  spec: string | null;
};

export type PriceListKind = 'base' | 'level' | 'agreement';
export type DemoPriceEntry = {
  sku: string;
  minQty: number;
  /** Both ends included. */
  validFrom: BizDate;
  validTo: BizDate;
  unitPrice: Yuan;
};
export type DemoPriceList = {
  code: string;
  name: Words;
  kind: PriceListKind;
  /** Level lists: the level. */
  level: PartnerLevel | null;
  /** Agreement lists: the partner. */
  partnerKey: string | null;
  currency: 'CNY';
  taxInclusive: true;
  priceScale: 2;
  entries: DemoPriceEntry[];
};

export type PartnerLevel = 'A' | 'B' | 'C';

/** As in `partner.payment_term`; rates are ratios as decimal text, days calendar days from the event of the kind. */
export type PaymentTerm =
  | { kind: 'prepaid' }
  | { kind: 'deposit_balance'; depositRate: string; days: number }
  | { kind: 'net_days'; days: number }
  | { kind: 'month_end_days'; days: number }
  | { kind: 'instalments'; parts: { rate: string; days: number }[] };

export type ContactDuty = 'buyer' | 'finance' | 'after_sales' | 'admin';
export type DemoContact = {
  name: string;
  nameEn: string;
  duties: ContactDuty[];
  phone: string;
  email: string;
  /** Key of the user account this person has, null when the person has none. */
  userKey: string | null;
};
export type PartnerUserRole = 'partner_admin' | 'partner_buyer' | 'partner_finance' | 'partner_after_sales';
export type DemoPartnerUser = { key: string; name: string; nameEn: string; email: string; roles: PartnerUserRole[] };
export type DemoAddress = {
  key: string;
  label: string;
  regionCode: string;
  detail: string;
  receiver: string;
  phone: string;
  isDefault: boolean;
};
export type DemoAgreement = {
  no: string;
  validFrom: BizDate;
  validTo: BizDate;
  silenceAccepts: boolean;
  replyDays: number | null;
  paymentTerm: PaymentTerm;
  note: string | null;
};
export type DemoPartner = {
  key: string;
  no: string;
  /** Registered name, Simplified Chinese as in the register. */
  name: string;
  nameEn: string;
  shortName: string;
  uscc: string;
  level: PartnerLevel;
  regionCode: string;
  territory: 'east' | 'south' | 'west';
  salesOwnerKey: string;
  deputyOwnerKey: string;
  warehouseKey: string;
  paymentTerm: PaymentTerm;
  /** Null: the company's default. */
  replyDays: number | null;
  /** Null: no limit is kept (prepaid partners). Set by the plan. */
  creditLimit: Yuan | null;
  invoice: {
    title: string;
    taxNo: string;
    bankName: string;
    bankAccount: string;
    address: string;
    phone: string;
    kind: 'digital_special' | 'digital_ordinary';
  };
  addresses: DemoAddress[];
  contacts: DemoContact[];
  users: DemoPartnerUser[];
  agreement: DemoAgreement;
  /** The partner's own codes for products; few partners have them. */
  ownCodes: { code: string; sku: string }[];
};

export type DemoMasters = {
  company: DemoCompany;
  policies: DemoPolicy[];
  staff: DemoStaff[];
  teams: DemoTeam[];
  warehouses: DemoWarehouse[];
  carriers: DemoCarrier[];
  products: DemoProduct[];
  priceLists: DemoPriceList[];
  partners: DemoPartner[];
};

// ---- the plan ----

export type DemoOptions = {
  /** Put service and freight lines into some orders; default true. */
  services: boolean;
  /** Orders are served from the first warehouse, the others keep a reserve; default false: each partner is served from its own. */
  singleWarehouse: boolean;
  /** Everyday orders of so many days before today only; default null: of the whole year. Scenes and shortages stay: a short demo for tests. */
  everydayDays: number | null;
};

export type OrderChannel = 'portal' | 'api' | 'email' | 'excel' | 'phone' | 'sales';

export type PlannedLine = {
  /** 1, 2, … */
  lineNo: number;
  sku: string;
  qty: number;
  /** The price that the partner's order names, where it deviates from the agreement; otherwise null and the product prices. */
  requestedPrice: Yuan | null;
  /** Goods without charge: a discrepancy that a manager approves. */
  free: boolean;
  /** The price that price resolution is to find on the day of submission; 0.00 for free goods. */
  agreedPrice: Yuan;
};

export type OrderStateName =
  | 'draft'
  | 'terms_review'
  | 'shortage'
  | 'to_confirm'
  | 'awaiting_partner'
  | 'objected'
  | 'in_effect'
  | 'completed'
  | 'cancelled';

export type PlannedOrder = {
  key: string;
  partnerKey: string;
  channel: OrderChannel;
  /** The partner's own order number, unique per partner. */
  poNo: string;
  /** Null: the partner's own stock. */
  customerName: string | null;
  requestedOn: BizDate;
  addressKey: string;
  /** Where stock is taken from. */
  warehouseKey: string;
  /** Where it deviates from the agreement (a discrepancy), otherwise null. */
  requestedPaymentTerm: PaymentTerm | null;
  note: string | null;
  inquiryKey: string | null;
  lines: PlannedLine[];
  /** Tax-inclusive sum of the order at the prices that it ends with. */
  gross: Yuan;
  /** Which story this order tells; `plain` for the everyday ones. */
  story: Story;
  /** What the order is to look like when all steps have been played. */
  expected: {
    state: OrderStateName;
    delivery: 'none' | 'preparing' | 'ready' | 'part_shipped' | 'shipped' | 'part_delivered' | 'delivered';
    /** What has been paid. */
    paid: Yuan;
    invoiced: boolean;
  };
};

export type Story =
  | 'plain'
  | 'objection'
  | 'recall'
  | 'withdrawn'
  | 'price_taken_back'
  | 'price_approved'
  | 'shortage_later_date'
  | 'part_shipment'
  | 'late_payment'
  | 'service'
  | 'open_draft'
  | 'open_price'
  | 'open_term'
  | 'open_free_goods'
  | 'open_credit_hold'
  | 'open_shortage'
  | 'open_to_confirm'
  | 'open_awaiting'
  | 'open_awaiting_late'
  | 'open_objected'
  | 'open_preparing'
  | 'open_picking'
  | 'open_ready'
  | 'open_part_shipped'
  | 'open_shipped'
  | 'open_delayed'
  | 'open_delivered'
  | 'open_part_paid'
  | 'open_overdue'
  | 'open_invoiced';

export type PlannedInquiryLine = {
  /** As the partner wrote it. */
  wanted: string;
  /** What it was understood as, null where it could be several products. */
  sku: string | null;
  spec: string | null;
  qty: number | null;
  unit: string | null;
  requestedOn: BizDate | null;
};
export type PlannedInquiry = {
  key: string;
  partnerKey: string;
  channel: 'portal' | 'email' | 'excel' | 'phone';
  customerName: string | null;
  poNo: string | null;
  requestedOn: BizDate | null;
  addressKey: string | null;
  note: string | null;
  lines: PlannedInquiryLine[];
  /** The order it becomes, null for those left open or declined. */
  orderKey: string | null;
  expected: { state: 'received' | 'needs_data' | 'ready' | 'converted' | 'declined' | 'withdrawn' };
};

export type StepLine = { lineNo: number; qty: number };

/** What happens. Keys stand for documents made earlier in the plan; the runner keeps key → id. */
export type DemoAction =
  | {
      kind: 'receive';
      warehouseKey: string;
      source: 'opening' | 'purchase' | 'production';
      lines: { sku: string; qty: number }[];
    }
  | {
      kind: 'planSupply';
      supplyKey: string;
      source: 'production' | 'purchase';
      warehouseKey: string;
      sku: string;
      qty: number;
      expectedOn: BizDate;
    }
  | { kind: 'receiveSupply'; supplyKey: string; qty: number }
  | { kind: 'createInquiry'; inquiryKey: string }
  | { kind: 'checkInquiry'; inquiryKey: string }
  | { kind: 'askBack'; inquiryKey: string; note: string }
  | { kind: 'answerInquiry'; inquiryKey: string; lines: PlannedInquiryLine[] }
  | { kind: 'convertInquiry'; inquiryKey: string; orderKey: string }
  | { kind: 'declineInquiry'; inquiryKey: string; reason: string }
  | { kind: 'createOrder'; orderKey: string }
  | { kind: 'submit'; orderKey: string; leadsTo: 'to_confirm' | 'terms_review' | 'shortage' }
  | {
      kind: 'settleDiscrepancy';
      orderKey: string;
      lineNo: number | null;
      how: 'taken_back' | 'approved';
      evidence: string;
    }
  | { kind: 'passTerms'; orderKey: string }
  | { kind: 'settleShortage'; orderKey: string; lineNo: number; option: 'later_date'; evidence: string }
  | { kind: 'sendConfirmation'; orderKey: string }
  | { kind: 'accept'; orderKey: string; evidence: string | null }
  | { kind: 'object'; orderKey: string; reasons: { lineNo: number; reason: string }[] }
  | { kind: 'revise'; orderKey: string; answer: string; requestedOn: BizDate }
  | { kind: 'recall'; orderKey: string; reason: string }
  | { kind: 'withdraw'; orderKey: string; reason: string }
  | { kind: 'startPick'; orderKey: string }
  | { kind: 'finishPick'; orderKey: string; lines: StepLine[]; shortReason: string | null }
  | {
      kind: 'ship';
      orderKey: string;
      shipmentKey: string;
      carrierKey: string;
      waybillNo: string;
      expectedOn: BizDate;
      lines: StepLine[];
    }
  | {
      kind: 'track';
      shipmentKey: string;
      place: string;
      note: string;
      isException: boolean;
      newExpectedOn: BizDate | null;
    }
  | { kind: 'deliver'; shipmentKey: string; receivedBy: string }
  | { kind: 'acceptService'; orderKey: string; lines: StepLine[] }
  | {
      kind: 'pay';
      orderKey: string;
      paymentKey: string;
      itemNo: number;
      amount: Yuan;
      partial: boolean;
      method: 'bank_transfer';
      bankRef: string;
    }
  | {
      kind: 'recordPayment';
      partnerKey: string;
      paymentKey: string;
      amount: Yuan;
      confirmed: boolean;
      method: 'bank_transfer';
      bankRef: string;
    }
  | { kind: 'invoice'; orderKey: string; invoiceKey: string; taxInvoiceNo: string }
  | { kind: 'sendInvoice'; invoiceKey: string }
  | { kind: 'receiveInvoice'; invoiceKey: string; receivedBy: string }
  | { kind: 'complete'; orderKey: string };

export type DemoStep = DemoAction & {
  /** ISO 8601 instant with Z, within the company's working hours. */
  at: string;
  /** Key of a staff member or partner user; `system` for what the product does by itself. */
  by: string;
};

export type PlanDay = { on: BizDate; steps: DemoStep[] };

export type DemoPlan = {
  seed: string;
  /** The day the demo is looked at: no step lies on it or after it. */
  today: BizDate;
  startOn: BizDate;
  masters: DemoMasters;
  orders: PlannedOrder[];
  inquiries: PlannedInquiry[];
  /** Every working day with something to do, in order; steps of a day in order of time. */
  days: PlanDay[];
};
