import { describe, expect, it } from 'vitest';
import { applicationMachine } from '../../src/contract/machines/application.ts';
import {
  inquiryMachine,
  invoiceMachine,
  partnerMachine,
  paymentMachine,
  pickingMachine,
  shipmentMachine,
} from '../../src/contract/machines/others.ts';
import {
  DELIVERY_STATUSES,
  INVOICE_STATUSES,
  ORDER_STAGES,
  orderMachine,
  PAYMENT_STATUSES,
} from '../../src/contract/machines/order.ts';
import { NOTICE_RULES, noticeKinds, SILENT_EVENTS } from '../../src/server/modules/notifications/notice-rules.ts';
import { DEFAULT_POLICY } from '../../src/contract/policy.ts';
import { isPermission, ROLES } from '../../src/contract/roles.ts';
import { TASK_KINDS } from '../../src/contract/tasks.ts';
import { DOCUMENT_TYPES } from '../../src/contract/work.ts';
import { baseKey, catalogue, LOCALES, refusals, sources, uses } from './texts.ts';

/** Families of keys that are put together while the client runs: `t(`states.order.${state}`)`. A family that nobody builds any more goes out of this list. */
const MADE_UP = ['states.', 'common.theme.'];

const texts = new Map(LOCALES.map((locale) => [locale, catalogue(locale)] as const));
const hant = texts.get('zh-Hant') ?? new Map<string, string>();
const areas = [...new Set([...hant.keys()].map((key) => key.slice(0, key.indexOf('.'))))];
const known = new Set([...hant.keys()].map(baseKey));
const used = uses(areas);

/** Names in braces that a text fills in. */
const holes = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

describe('texts', () => {
  it.each(LOCALES)('are complete in %s', (locale) => {
    const here = new Set([...(texts.get(locale) ?? new Map()).keys()].map(baseKey));
    const everywhere = new Set([...texts.values()].flatMap((catalogue) => [...catalogue.keys()].map(baseKey)));
    expect([...everywhere].filter((key) => !here.has(key))).toEqual([]);
    expect(
      [...(texts.get(locale) ?? new Map()).entries()].filter(([, text]) => text.trim() === '').map(([key]) => key),
    ).toEqual([]);
  });

  it('have both forms where a language counts', () => {
    const english = texts.get('en') ?? new Map<string, string>();
    const counted = [...english.keys()].filter((key) => key.endsWith('_one')).map(baseKey);
    for (const catalogue of texts.values())
      for (const key of counted) expect(catalogue.has(`${key}_other`), key).toBe(true);
  });

  it('fill in the same names in every language', () => {
    const differing = [...hant]
      .filter(([key, text]) =>
        [...texts.values()].some((catalogue) => String(holes(catalogue.get(key) ?? text)) !== String(holes(text))),
      )
      .map(([key]) => key);
    expect(differing).toEqual([]);
  });

  it('exist for every key that the client asks for', () => {
    expect(used.length).toBeGreaterThan(50);
    // Permissions look like keys where an area has their name (`stock.read`).
    const missing = used.filter(
      ({ key, dynamic }) => !dynamic && !known.has(key) && !key.endsWith('.') && !isPermission(key),
    );
    expect(missing.map(({ key, file }) => `${file}: ${key}`)).toEqual([]);
  });

  it('are put together only in the families that are named here', () => {
    const made = used.filter(({ dynamic }) => dynamic);
    expect(
      made
        .filter(({ key }) => !MADE_UP.some((family) => key.startsWith(family)))
        .map(({ key, file }) => `${file}: ${key}`),
    ).toEqual([]);
    expect(MADE_UP.filter((family) => !made.some(({ key }) => key.startsWith(family)))).toEqual([]);
  });

  it('are all in use', () => {
    const asked = new Set(used.filter(({ dynamic }) => !dynamic).map(({ key }) => key));
    const unused = [...known].filter((key) => !asked.has(key) && !MADE_UP.some((family) => key.startsWith(family)));
    expect(unused).toEqual([]);
  });

  it('name every state, status, action, event, notice, task, role and document of the contract', () => {
    const machines = [
      orderMachine,
      inquiryMachine,
      pickingMachine,
      shipmentMachine,
      paymentMachine,
      invoiceMachine,
      partnerMachine,
      applicationMachine,
    ];
    const wanted = [
      ...machines.flatMap(({ name, states }) => states.map((state) => `${name}.${state}`)),
      ...machines.flatMap(({ name, rows }) => rows.map(({ action }) => `action.${name}.${action}`)),
      ...machines.flatMap(({ rows }) => rows.map(({ event }) => `event.${event}`)),
      ...[...Object.keys(NOTICE_RULES), ...SILENT_EVENTS].map((event) => `event.${event}`),
      ...noticeKinds().map((kind) => `notice.${kind}`),
      ...[...ORDER_STAGES, 'cancelled'].map((stage) => `stage.${stage}`),
      ...DELIVERY_STATUSES.map((status) => `delivery.${status}`),
      ...PAYMENT_STATUSES.map((status) => `paymentStatus.${status}`),
      ...INVOICE_STATUSES.map((status) => `invoiceStatus.${status}`),
      ...Object.keys(TASK_KINDS).map((kind) => `task.${kind}`),
      ...ROLES.map((role) => `role.${role}`),
      // A parameter, and what its clock starts with: an event or the end of another parameter.
      ...Object.keys(DEFAULT_POLICY).map((code) => `policy.${code}`),
      ...Object.values(DEFAULT_POLICY).flatMap(({ starts }) =>
        starts === undefined ? [] : [`${Object.hasOwn(DEFAULT_POLICY, starts) ? 'policy' : 'event'}.${starts}`],
      ),
      ...[...DOCUMENT_TYPES, 'product'].map((type) => `document.${type}`),
    ];
    expect(wanted.filter((key) => !known.has(`states.${key}`))).toEqual([]);
  });

  it('stand in the catalogues, not in the components', () => {
    // Names of languages are written in themselves; headings of spreadsheets and names of holidays are recognised, not shown.
    const allowed = ['i18n/locale.ts', 'ui/line-editor-model.ts', 'pages/admin/holiday-names.ts'];
    const bare = sources()
      .filter(({ file }) => !allowed.includes(file))
      .flatMap(({ file, text }) =>
        text
          .split('\n')
          .flatMap((line, index) =>
            /[\u4e00-\u9fff]/.test(line.replace(/\/\*.*?\*\/|\/\/.*$|^\s*\*.*$|^\/\*\*.*$/g, ''))
              ? [`${file}:${index + 1}`]
              : [],
          ),
      );
    expect(bare).toEqual([]);
  });
});

describe('simplified and traditional', () => {
  it('do not mix: no traditional characters in zh-Hans, no simplified ones in zh-Hant', () => {
    const simplified =
      /[们个门关时书长单订录记设请认证说读谁调谢资质账购贸费销错键链锁间问队阶难预领题额类显风验龙务动势华协备库应开异张强归当径总战户报换据损择担拥护构标样检权机条极欢历]/;
    const traditional =
      /[們個門關時書長單訂錄記設請認證說讀誰調謝資質賬購貿費銷錯鍵鏈鎖間問隊階難預領題額類顯風驗龍務動勢華協備庫應開異張強歸當徑總戰戶報換據損擇擔擁護構標樣檢權機條極歡歷]/;
    expect([...hant].filter(([, text]) => simplified.test(text)).map(([key]) => key)).toEqual([]);
    expect([...(texts.get('zh-Hans') ?? [])].filter(([, text]) => traditional.test(text)).map(([key]) => key)).toEqual(
      [],
    );
  });
});

/** One word for one thing, as in docs/glossary.md: what is not said, and what is said in its place. */
const ONE_WORD: Record<'zh-Hant' | 'zh-Hans', Record<string, string>> = {
  'zh-Hant': {
    鏈接: '連結',
    送出: '提交',
    聯繫: '聯絡',
    使用者: '用戶',
    '儲存(?!格)': '保存',
    信箱: '郵箱',
    打印: '列印',
    登入: '登錄',
    帳: '賬',
    貼上: '粘貼',
    搜尋: '搜索',
    模板: '範本',
    創建: '建立',
    服務器: '伺服器',
    網絡: '網路',
    字段: '欄位',
    字符: '字元',
    設置: '設定',
    價格表: '價目表',
    級別: '等級',
    紀錄: '記錄',
    定金: '訂金',
    揀貨單: '備貨單',
    自用編碼: '夥伴料號',
    '[“”]': '「」',
  },
  'zh-Hans': {
    连结: '链接',
    送出: '提交',
    联络: '联系',
    使用者: '用户',
    '储存|存储': '保存',
    帐: '账',
    列印: '打印',
    登入: '登录',
    贴上: '粘贴',
    搜寻: '搜索',
    范本: '模板',
    伺服器: '服务器',
    网路: '网络',
    栏位: '字段',
    字元: '字符',
    价格表: '价目表',
    级别: '等级',
    定金: '订金',
    拣货单: '备货单',
    '[「」]': '“”',
  },
};

describe.each(['zh-Hant', 'zh-Hans'] as const)('one word for one thing in %s', (locale) => {
  const errors = Object.entries(refusals(locale));
  const all = [...(texts.get(locale) ?? []), ...errors];
  it.each(Object.entries(ONE_WORD[locale]))('not %s but %s', (not) => {
    expect(all.filter(([, text]) => new RegExp(not, 'u').test(text)).map(([key]) => key)).toEqual([]);
  });
});

it('fill in their names: one brace, not two', () => {
  const doubled = [...texts].flatMap(([locale, of]) =>
    [...of].filter(([, text]) => /\{\{|\}\}/.test(text)).map(([key]) => `${locale}: ${key}`),
  );
  expect(doubled).toEqual([]);
});
