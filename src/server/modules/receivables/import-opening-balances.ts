/** Opening balances from a file, one row each: what is owed is positive, an advance negative. Cut-over, R6.2. */
import { z } from 'zod';
import { Amount, BizDate, Code, Currency } from '../../../contract/common.ts';
import { refuse } from '../../kernel/refusal.ts';
import { sql } from '../../platform/db/database.ts';
import { importKind, textIn } from '../../platform/import/kind.ts';
import { defineCommand } from '../../platform/pipeline/define.ts';
import { postOpeningBalance } from './commands/opening-balance.ts';

const Row = z.strictObject({
  partner: Code(40),
  amount: Amount,
  postedOn: BizDate,
  reference: Code(60),
  currency: Currency.optional(),
});

/** As the API's opening balance, with the partner's number or credit code in place of its id. */
const importOpeningBalance = defineCommand<z.output<typeof Row>>({
  name: 'import.opening_balance',
  refuses: [...postOpeningBalance.refuses, 'import.row_unmatched'],
  async run(context, { partner, ...rest }) {
    const [found] = await context.tx.query<{ id: string }>(
      sql`select id from partner where lower(no) = lower(${partner}) or uscc = upper(${partner}) or source_ref = ${partner} order by (lower(no) = lower(${partner})) desc limit 1`,
    );
    if (found === undefined) throw refuse('import.row_unmatched', { value: partner }, 'partner');
    const input = { ...rest, partnerId: found.id };
    return postOpeningBalance.run({ ...context, command: { ...context.command, input } }, input);
  },
});

const words = (hant: string, hans: string, en: string) => ({ 'zh-Hant': hant, 'zh-Hans': hans, en });

export const openingBalancesImport = importKind<z.output<typeof Row>>({
  kind: 'openingBalances',
  titles: words('期初餘額', '期初余额', 'Opening balances'),
  can: 'cutover.run',
  columns: [
    {
      name: 'partner',
      type: 'code',
      titles: words('渠道編號', '渠道编号', 'Partner number'),
      required: true,
      field: 'partnerId',
    },
    { name: 'amount', type: 'number', titles: words('金額', '金额', 'Amount'), required: true },
    { name: 'postedOn', type: 'date', titles: words('日期', '日期', 'Date'), required: true },
    { name: 'reference', type: 'code', titles: words('憑據號', '凭据号', 'Reference'), required: true },
    { name: 'currency', type: 'text', titles: words('幣種', '币种', 'Currency') },
  ],
  body: ([row = {}]) => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined)),
  schema: Row,
  command: importOpeningBalance,
  numberOf: (answer) => textIn(answer, 'no'),
});
