import { z } from 'zod';
import {
  AddressInput,
  CONTACT_DUTIES,
  ContactInput,
  INVOICE_KINDS,
  PAYMENT_METHODS,
  PartnerCreate,
  partnerFilters,
  PartnerUpdate,
} from '../../../../contract/partners.ts';
import type { Refusal } from '../../../kernel/refusal.ts';
import { foldText } from '../../../kernel/text.ts';
import { sql, type Tx } from '../../../platform/db/database.ts';
import { exportOf } from '../../../platform/export/index.ts';
import {
  cellChanges,
  type ImportColumn,
  type ImportRow,
  type ImportValues,
  importKind,
  type PreparedRow,
  textIn,
} from '../../../platform/import/kind.ts';
import { changePartnerFiles, createPartners, listPartners, type PartnerFileChange } from '../../partners/index.ts';
import { type PartnerOnFile, readPartnerRows, readPartnersOnFile } from './partner-rows.ts';
import { choices, column, flagIn, given, integerIn, present } from './shared.ts';

const Body = z.strictObject({
  ...PartnerCreate.shape,
  salesOwner: z.string().max(200).optional(),
  priceList: z.string().max(30).optional(),
});

type Row = z.output<typeof Body>;
type Prepared = PreparedRow<z.output<typeof PartnerCreate>, PartnerFileChange>;

/**
 * The login of the sales contact and the code of the price list in place of their ids: a fixed number of statements for all rows. A number
 * that is on file already is that partner: nothing is to be done when the file says the same, and what it says otherwise is named.
 */
async function prepare(tx: Tx, rows: readonly ImportRow<Row>[]): Promise<Prepared[]> {
  const bodies = rows.map(({ body }) => body);
  const [users, lists, files] = await Promise.all([
    tx.query<{ key: string; id: string }>(sql`
      select login_folded as key, id from app_user
      where kind = 'staff' and login_folded = any(${bodies.map(({ salesOwner }) => foldText(salesOwner ?? ''))}::text[])`),
    tx.query<{ key: string; id: string }>(sql`
      select lower(code) as key, id from price_list
      where lower(code) = any(${bodies.map(({ priceList }) => priceList?.toLowerCase() ?? '')}::text[])`),
    readPartnersOnFile(
      tx,
      bodies.flatMap(({ no }) => no ?? []),
    ),
  ]);
  const [userOf, listOf] = [users, lists].map((found) => new Map(found.map(({ key, id }) => [key, id])));
  return rows.map(({ body, values }): Prepared => {
    const { salesOwner, priceList, ...partner } = body;
    const salesOwnerId = salesOwner === undefined ? undefined : userOf?.get(foldText(salesOwner));
    const priceListId = priceList === undefined ? undefined : listOf?.get(priceList.toLowerCase());
    const refusals = [
      ...(salesOwner !== undefined && salesOwnerId === undefined ? [unmatched('salesOwner', salesOwner)] : []),
      ...(priceList !== undefined && priceListId === undefined ? [unmatched('priceList', priceList)] : []),
    ];
    if (refusals.length > 0) return { ok: false, refusals };
    const input = { ...partner, ...present({ salesOwnerId, priceListId }) };
    const onFile = files.get(body.no ?? '');
    return onFile === undefined ? { ok: true, input } : compared(values, input, onFile);
  });
}

/** The contact of that name and the address of that place are changed; others are added beside those on file. */
function compared(values: ImportValues, body: z.output<typeof PartnerCreate>, onFile: PartnerOnFile): Prepared {
  const contact = onFile.contacts.find(({ contactName }) => contactName === values['contactName']);
  const address = onFile.addresses.find(({ addressDetail }) => addressDetail === values['addressDetail']);
  const own = Object.fromEntries(Object.entries(onFile.values).filter(([name]) => partOf(name) === 'file'));
  const known = { ...own, ...given(contact ?? {}), ...given(address ?? {}) };
  const no = onFile.values['no'] ?? '';
  const changes = cellChanges(values, known, { folds: FOLDS, leave: ['confirmDuplicate'] });
  if (changes.length === 0) return { ok: true, there: no };
  const touches = (part: string) => changes.some(({ column: name }) => partOf(name) === part);
  const fields = new Set(changes.flatMap(({ column: name }) => (partOf(name) === 'file' ? fieldOf(name) : [])));
  // A term is a whole: what the row does not say of it stays as it is on file.
  const term = termOf(values['termKind'] === undefined ? { ...onFile.values, ...values } : values);
  const named = { ...body, ...(term === undefined ? {} : { paymentTerm: term }) };
  const update: PartnerFileChange = {
    partnerId: onFile.id,
    fields: PartnerUpdate.parse(
      Object.fromEntries(Object.entries(named).filter(([name]) => fields.has(name) || isConsent(name, fields))),
    ),
    ...(touches('contact') ? { contact: contactChange(values, body, contact) } : {}),
    ...(touches('address') ? { address: addressChange(values, body, address) } : {}),
  };
  return { ok: true, update, no, as: `v${onFile.version}`, changes };
}

/** That a similar name is another partner is said together with the name or the code that it is about. */
const isConsent = (name: string, fields: ReadonlySet<string>): boolean =>
  name === 'confirmDuplicate' && (fields.has('name') || fields.has('uscc'));

/** What the row leaves out stays as it is on file. */
function contactChange(values: ImportValues, { contacts }: z.output<typeof PartnerCreate>, known: Part | undefined) {
  const duties = values['contactDuties'] ?? known?.['contactDuties'] ?? undefined;
  return { ...ContactInput.parse({ ...contacts?.[0], duties: dutiesOf(duties) }), id: known?.id };
}
function addressChange(values: ImportValues, { addresses }: z.output<typeof PartnerCreate>, known: Part | undefined) {
  const kept = present({
    label: values['addressLabel'] ?? known?.['addressLabel'] ?? undefined,
    receiver: values['addressReceiver'] ?? known?.['addressReceiver'] ?? undefined,
  });
  return { ...AddressInput.parse({ ...addresses?.[0], ...kept }), id: known?.id };
}
type Part = PartnerOnFile['contacts'][number];

const partOf = (name: string): 'file' | 'contact' | 'address' =>
  /^contact[A-Z]/.test(name) ? 'contact' : /^address[A-Z]/.test(name) ? 'address' : 'file';
const FIELDS: Record<string, string> = { salesOwner: 'salesOwnerId', priceList: 'priceListId' };
const fieldOf = (name: string): string => FIELDS[name] ?? (name.startsWith('term') ? 'paymentTerm' : name);

/** Ways of writing that mean the same. */
const FOLDS: Record<string, (text: string) => string> = {
  salesOwner: foldText,
  priceList: (text) => text.toLowerCase(),
  uscc: (text) => text.toUpperCase(),
  contactDuties: (text) => dutiesOf(text).sort().join(),
};

const unmatched = (field: string, value: string): Refusal => ({
  code: 'import.row_unmatched',
  field,
  params: { value },
});

const DUTY_WORDS: Record<string, (typeof CONTACT_DUTIES)[number]> = {
  採購: 'buyer',
  采购: 'buyer',
  財務: 'finance',
  财务: 'finance',
  售後: 'after_sales',
  售后: 'after_sales',
  管理: 'admin',
};
const dutiesOf = (text: string | undefined): string[] =>
  (text ?? '')
    .split(/[\s,;、，；/|]+/u)
    .filter((word) => word !== '')
    .map((word) => DUTY_WORDS[word] ?? word.toLowerCase());

const contactOf = (row: ImportValues) =>
  row['contactName'] === undefined
    ? undefined
    : [
        present({
          name: row['contactName'],
          duties: dutiesOf(row['contactDuties']),
          phone: row['contactPhone'],
          email: row['contactEmail'],
          locale: row['contactLocale'],
        }),
      ];

const addressOf = (row: ImportValues) =>
  row['addressDetail'] === undefined
    ? undefined
    : [
        present({
          label: row['addressLabel'] ?? row['addressDetail'].slice(0, 60),
          regionCode: row['addressRegionCode'],
          regionText: row['addressRegionText'],
          detail: row['addressDetail'],
          receiver: row['addressReceiver'] ?? row['contactName'],
          phone: row['addressPhone'],
        }),
      ];

const termOf = (row: ImportValues) =>
  row['termKind'] === undefined
    ? undefined
    : present({
        kind: row['termKind'],
        days: integerIn(row, 'termDays'),
        depositRate: row['termDepositRate'],
        parts: integerIn(row, 'termParts'),
      });

function bodyOf([row = {}]: readonly ImportValues[]): Record<string, unknown> {
  return present({
    ...Object.fromEntries(PLAIN.map((name) => [name, row[name]])),
    replyDays: integerIn(row, 'replyDays'),
    paymentTerm: termOf(row),
    contacts: contactOf(row),
    addresses: addressOf(row),
    confirmDuplicate: flagIn(row, 'confirmDuplicate'),
  });
}

const LANGUAGES = choices([
  ['zh-Hant', '繁體中文', '繁体中文', 'Traditional Chinese'],
  ['zh-Hans', '簡體中文', '简体中文', 'Simplified Chinese'],
  ['en', '英文', '英文', 'English'],
]);

const words = (codes: readonly string[]) => choices(codes.map((code) => [code, code, code, code] as const));

const COLUMNS: readonly ImportColumn[] = [
  column('no', 'code', '渠道編號', '渠道编号', 'Partner number'),
  column('name', 'text', '渠道名稱', '渠道名称', 'Partner name', { required: true }),
  column('nameEn', 'text', '英文名稱', '英文名称', 'English name'),
  column('shortName', 'text', '簡稱', '简称', 'Short name'),
  column('uscc', 'code', '統一社會信用代碼', '统一社会信用代码', 'Credit code'),
  column('usccOverrideReason', 'text', '代碼例外理由', '代码例外理由', 'Reason for a wrong credit code'),
  column('level', 'code', '等級', '等级', 'Level'),
  column('regionCode', 'code', '地區代碼', '地区代码', 'Region code'),
  column('territory', 'text', '片區', '片区', 'Territory'),
  column('locale', 'text', '通信語言', '通信语言', 'Language', { choices: LANGUAGES }),
  column('country', 'code', '國家', '国家', 'Country'),
  column('salesOwner', 'text', '銷售負責人賬號', '销售负责人账号', 'Sales contact login', { also: ['銷售負責人帳號'] }),
  column('currency', 'code', '幣種', '币种', 'Currency'),
  column('paymentMethod', 'text', '付款方式', '付款方式', 'Payment method', { choices: words(PAYMENT_METHODS) }),
  column('termKind', 'text', '付款條件', '付款条件', 'Payment term', {
    field: 'paymentTerm.kind',
    choices: choices([
      ['prepaid', '預付', '预付', 'Prepaid'],
      ['deposit_balance', '訂金加尾款', '订金加尾款', 'Deposit and balance'],
      ['net_days', '貨到天數', '货到天数', 'Net days'],
      ['month_end_days', '月結天數', '月结天数', 'Month end plus days'],
      ['instalments', '分期', '分期', 'Instalments'],
    ]),
  }),
  column('termDays', 'integer', '付款天數', '付款天数', 'Payment days', { field: 'paymentTerm.days' }),
  column('termDepositRate', 'rate', '訂金比例', '订金比例', 'Deposit rate', { field: 'paymentTerm.depositRate' }),
  column('termParts', 'integer', '分期數', '分期数', 'Number of instalments', { field: 'paymentTerm.parts' }),
  column('replyDays', 'integer', '回覆工作日', '回复工作日', 'Reply days'),
  column('priceList', 'code', '協議價目表編碼', '协议价目表编码', 'Agreement price list', {
    also: ['協議價目表代碼', '协议价目表代码', '協議價格表代碼', '协议价格表代码'],
  }),
  column('invoiceTitle', 'text', '發票抬頭', '发票抬头', 'Invoice title'),
  column('taxNo', 'code', '納稅人識別號', '纳税人识别号', 'Tax number'),
  column('bankName', 'text', '開戶銀行', '开户银行', 'Bank'),
  column('bankAccount', 'code', '銀行賬號', '银行账号', 'Bank account', { also: ['銀行帳號', '银行帐号'] }),
  column('invoiceAddress', 'text', '發票地址', '发票地址', 'Invoice address'),
  column('invoicePhone', 'code', '發票電話', '发票电话', 'Invoice phone'),
  column('invoiceKind', 'text', '發票種類', '发票种类', 'Invoice kind', { choices: words(INVOICE_KINDS) }),
  column('contactName', 'text', '聯絡人', '联系人', 'Contact', { field: 'contacts.*.name' }),
  column('contactDuties', 'text', '聯絡人職責', '联系人职责', 'Contact duties', { field: 'contacts.*.duties' }),
  column('contactPhone', 'code', '聯絡電話', '联系电话', 'Contact phone', { field: 'contacts.*.phone' }),
  column('contactEmail', 'text', '聯絡郵箱', '联系邮箱', 'Contact e-mail', { field: 'contacts.*.email' }),
  column('contactLocale', 'text', '聯絡人語言', '联系人语言', 'Contact language', {
    choices: LANGUAGES,
    field: 'contacts.*.locale',
  }),
  column('addressLabel', 'text', '地址名稱', '地址名称', 'Address label', { field: 'addresses.*.label' }),
  column('addressRegionCode', 'code', '地址地區代碼', '地址地区代码', 'Address region code', {
    field: 'addresses.*.regionCode',
  }),
  column('addressRegionText', 'text', '地址地區', '地址地区', 'Address region', { field: 'addresses.*.regionText' }),
  column('addressDetail', 'text', '收貨地址', '收货地址', 'Delivery address', { field: 'addresses.*.detail' }),
  column('addressReceiver', 'text', '收貨人', '收货人', 'Receiver', { field: 'addresses.*.receiver' }),
  column('addressPhone', 'code', '收貨電話', '收货电话', 'Receiver phone', { field: 'addresses.*.phone' }),
  column('sourceRef', 'code', '來源編號', '来源编号', 'Source reference'),
  column('obtainedOn', 'date', '資料取得日', '资料取得日', 'Data obtained on'),
  column('confirmDuplicate', 'flag', '確認非重複', '确认非重复', 'Not a duplicate'),
];

/** Partner files, one a row, each with up to one contact and one address. Source: R3.1. */
export const partnersImport = importKind<Row, z.output<typeof PartnerCreate>, PartnerFileChange>({
  kind: 'partners',
  titles: { 'zh-Hant': '渠道檔案', 'zh-Hans': '渠道档案', en: 'Partners' },
  can: 'partner.write',
  columns: COLUMNS,
  body: bodyOf,
  schema: Body,
  prepare,
  command: createPartners,
  update: changePartnerFiles,
  numberOf: (answer) => textIn(answer, 'no'),
});

const PLAIN = [
  'no',
  'name',
  'nameEn',
  'shortName',
  'uscc',
  'usccOverrideReason',
  'level',
  'regionCode',
  'territory',
  'locale',
  'country',
  'salesOwner',
  'currency',
  'paymentMethod',
  'priceList',
  'invoiceTitle',
  'taxNo',
  'bankName',
  'bankAccount',
  'invoiceAddress',
  'invoicePhone',
  'invoiceKind',
  'sourceRef',
  'obtainedOn',
] as const;

const cellTypeOf = ({ type }: ImportColumn): 'text' | 'number' | 'date' =>
  type === 'integer' || type === 'rate' ? 'number' : type === 'date' ? 'date' : 'text';

/** The files in the form in which they are imported: what comes in again unchanged changes nothing. */
export const partnerFilesExport = exportOf({
  list: 'partnerFiles',
  titles: { 'zh-Hant': '渠道檔案（導入格式）', 'zh-Hans': '渠道档案（导入格式）', en: 'Partner files (import form)' },
  can: 'partner.write',
  query: z.strictObject(partnerFilters),
  async page({ tx, query, actor, env, now }) {
    const { items, nextCursor } = await listPartners(tx, query, { actor, env, now });
    const files = await readPartnerRows(tx, { ids: items.map(({ id }) => id) });
    return { items: items.map(({ id }) => files.get(id) ?? {}), nextCursor };
  },
  columns: COLUMNS.map((each) => ({
    titles: each.titles,
    type: cellTypeOf(each),
    value: (row: ImportValues) => row[each.name] ?? null,
  })),
});
