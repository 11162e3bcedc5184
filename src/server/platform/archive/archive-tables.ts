/**
 * Which rows an archive of a year takes from each table. Every table has its row here (a test asks): a new table cannot be forgotten.
 * What belongs to an order goes with the year in which the order was made, however long it took; money goes with its own day.
 */
export type Taken =
  /** Rows whose instant (`timestamptz`) or day (`date`) lies in the year. */
  | { of: 'year'; column: string; as: 'instant' | 'day' }
  /** Rows that hang on taken rows of another table. */
  | { of: 'parent'; parent: string; key: string }
  /** The whole table, or these columns of it: without it names could not be read. */
  | { of: 'masters'; columns?: readonly string[] }
  | { of: 'nothing'; because: string };

const instant = (column: string): Taken => ({ of: 'year', column, as: 'instant' });
const day = (column: string): Taken => ({ of: 'year', column, as: 'day' });
const ofOrder: Taken = { of: 'parent', parent: 'sales_order', key: 'order_id' };
const masters: Taken = { of: 'masters' };
const nothing = (because: string): Taken => ({ of: 'nothing', because });

const SECRET = 'opens doors: sessions, keys and links are no records';
const MACHINERY = 'how the product works, not what happened';
const REBUILT = 'is made anew from the rest';

export const ARCHIVED: Readonly<Record<string, Taken>> = {
  // From the first question to the order
  inquiry: instant('created_at'),
  inquiry_line: { of: 'parent', parent: 'inquiry', key: 'inquiry_id' },
  intake_message: instant('received_at'),
  partner_application: instant('submitted_at'),
  sales_order: instant('created_at'),
  partner_po: ofOrder,
  order_line: ofOrder,
  order_line_earlier: ofOrder,
  order_cut_over: ofOrder,
  order_round: ofOrder,
  order_revision: ofOrder,
  discrepancy: ofOrder,
  inquiry_difference: ofOrder,
  hold: ofOrder,
  reservation: ofOrder,
  payment_plan_item: ofOrder,
  // Execution
  picking: ofOrder,
  picking_line: { of: 'parent', parent: 'picking', key: 'picking_id' },
  shipment: ofOrder,
  shipment_line: { of: 'parent', parent: 'shipment', key: 'shipment_id' },
  tracking_event: { of: 'parent', parent: 'shipment', key: 'shipment_id' },
  supply: instant('created_at'),
  stock_move: instant('at'),
  // Money
  invoice: ofOrder,
  invoice_line: { of: 'parent', parent: 'invoice', key: 'invoice_id' },
  payment: day('received_on'),
  allocation: { of: 'parent', parent: 'payment', key: 'payment_id' },
  opening_balance: day('posted_on'),
  ledger_entry: day('posted_on'),
  // What was said, done and told
  message: instant('at'),
  attachment: instant('uploaded_at'),
  event: instant('at'),
  event_seal: instant('sealed_at'),
  access_log: instant('at'),
  task: instant('opened_at'),
  outgoing: instant('created_at'),
  outgoing_attempt: { of: 'parent', parent: 'outgoing', key: 'outgoing_id' },
  partner_change: instant('proposed_at'),
  import_run: instant('at'),
  import_fate: { of: 'parent', parent: 'import_run', key: 'import_id' },
  // Names, terms and rules, as they stand
  company: masters,
  // without what they sign in with
  app_user: { of: 'masters', columns: ['id', 'kind', 'partner_id', 'login', 'name', 'name_en', 'state', 'created_at'] },
  department: masters,
  user_role: masters,
  delegation: masters,
  sales_team: masters,
  sales_team_member: masters,
  policy_parameter: masters,
  calendar_day: masters,
  calendar_year: masters,
  warehouse: masters,
  warehouse_preference: masters,
  carrier: masters,
  partner: masters,
  partner_contact: masters,
  partner_address: masters,
  partner_document: masters,
  partner_range: masters,
  partner_item: masters,
  agreement: masters,
  product: masters,
  product_unit: masters,
  unit_of_measure: masters,
  tax_rate: masters,
  bank_account: masters,
  price_list: masters,
  price_entry: masters,
  promotion: masters,
  // Not archived
  user_session: nothing(SECRET),
  api_key: nothing(SECRET),
  one_time_token: nothing(SECRET),
  known_device: nothing(SECRET),
  signin_attempt: nothing(SECRET),
  signed_link: nothing(SECRET),
  link_code: nothing(SECRET),
  webhook_endpoint: nothing(SECRET),
  mail_server: nothing(SECRET),
  mail_choice: nothing(MACHINERY),
  intake_channel: nothing(SECRET),
  intake_setting: nothing(MACHINERY),
  installation: nothing(MACHINERY),
  log_reader: nothing(MACHINERY),
  idempotency: nothing(MACHINERY),
  number_series: nothing(MACHINERY),
  job_slot: nothing(MACHINERY),
  master_version: nothing(MACHINERY),
  order_template: nothing('a person’s own forms, no record of what happened'),
  inquiry_upload: nothing('what became of it stands in the inquiry and its attachments'),
  partner_term: nothing('what was learnt for reading inquiries'),
  partner_personal_change: nothing('personal values that must be able to be erased'),
  notice: nothing('copies of what the events say, for each reader'),
  credit_account: nothing(REBUILT),
  stock: nothing(REBUILT),
  figure_order: nothing(REBUILT),
  figure_state: nothing(REBUILT),
  figure_month: nothing(REBUILT),
  figure_product: nothing(REBUILT),
  figure_progress: nothing(REBUILT),
};

/** The columns that are taken of a table; null: all. */
export function columnsTaken(table: string): readonly string[] | null {
  const taken = ARCHIVED[table];
  return taken?.of === 'masters' ? (taken.columns ?? null) : null;
}

/** A year as the company's wall clock bounds it: `until` is the first instant of the next. */
export type Year = { year: number; from: Date; until: Date };

/** The condition that picks a table's rows, under the alias `t`; null: none are taken. Literals only, since COPY takes no parameters. */
export function conditionOf(table: string, year: Year, alias = 't'): string | null {
  const taken = ARCHIVED[table];
  if (taken === undefined) throw new Error(`no row for ${table} in archive-tables.ts`);
  if (taken.of === 'nothing') return null;
  if (taken.of === 'masters') return 'true';
  if (taken.of === 'year') {
    const [from, until] =
      taken.as === 'day'
        ? [`date '${year.year}-01-01'`, `date '${year.year + 1}-01-01'`]
        : [`timestamptz '${year.from.toISOString()}'`, `timestamptz '${year.until.toISOString()}'`];
    return `${alias}.${taken.column} >= ${from} and ${alias}.${taken.column} < ${until}`;
  }
  const parent = conditionOf(taken.parent, year, `${alias}p`);
  return parent === null
    ? null
    : `${alias}.${taken.key} in (select ${alias}p.id from ${taken.parent} ${alias}p where ${parent})`;
}
