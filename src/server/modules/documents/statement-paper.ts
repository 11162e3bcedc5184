/** The partner's account in a period as a paper. R6.2. */
import type { z } from 'zod';
import type { PartnerLedger } from '../../../contract/payments.ts';
import { parseAmount } from '../../kernel/money.ts';
import type { PdfDocument } from '../../platform/pdf/index.ts';
import { type CompanyHead, facts, grouped, head, inWords, paper, payTo, signatures, table } from './paper.ts';
import type { Label, Wording } from './wording.ts';

type Ledger = z.infer<typeof PartnerLedger>;

const KINDS: Record<Ledger['lines'][number]['kind'], Label> = {
  invoice: 'kindInvoice',
  payment: 'kindPayment',
  opening: 'kindOpening',
  reversal: 'kindReversal',
};
const orEmpty = (amount: string) => (/^0(\.0+)?$/.test(amount) ? '' : grouped(amount));

export function statementPaper(company: CompanyHead, ledger: Ledger, today: string, words: Wording): PdfDocument {
  const written = inWords(parseAmount(ledger.closingAmount, ledger.currency) ?? 0n, ledger.currency, words);
  const period = `${ledger.from} – ${ledger.to}`;
  const bold = (text: string) => ({ text, bold: true, alignment: 'right' });
  return paper(
    `${words.say('statement')} ${ledger.partner.no} ${period}`,
    `${ledger.partner.no}　${period}`,
    [
      ...head(company, 'statement', words),
      facts(
        [
          ['partner', words.pick({ hant: ledger.partner.name, hans: null, en: ledger.partner.nameEn })],
          ['partnerNo', ledger.partner.no],
        ],
        [
          ['period', period],
          ['currency', ledger.currency],
          ['madeOn', today],
        ],
        words,
      ),
      table(
        [
          { label: 'date', width: 52, align: 'center' },
          { label: 'document', width: '*' },
          { label: 'orderNo', width: 82 },
          { label: 'poNo', width: 70 },
          { label: 'debit', width: 62, align: 'right' },
          { label: 'credit', width: 62, align: 'right' },
          { label: 'balance', width: 66, align: 'right' },
        ],
        [
          ['', words.say('opening'), '', '', '', '', grouped(ledger.openingAmount)],
          ...ledger.lines.map((line) => [
            line.postedOn,
            `${words.say(KINDS[line.kind])} ${line.documentNo ?? line.voucherNo}`,
            line.orderNo ?? '',
            line.poNo ?? '',
            orEmpty(line.debitAmount),
            orEmpty(line.creditAmount),
            grouped(line.balanceAmount),
          ]),
          [
            '',
            { text: words.say('closing'), bold: true },
            '',
            '',
            bold(grouped(ledger.debitAmount)),
            bold(grouped(ledger.creditAmount)),
            bold(grouped(ledger.closingAmount)),
          ],
        ],
        words,
      ),
      ...(ledger.complete ? [] : [{ text: words.tell('cut', { count: String(ledger.lines.length) }), style: 'small' }]),
      ...(written === null ? [] : [{ text: `${words.say('inWords')}：${written}`, margin: [0, 2, 0, 2] }]),
      { text: words.tell('balanceRule'), style: 'small' },
      ...payTo(company, ledger.currency, words),
      signatures(['seller', 'buyer'], words),
    ],
    words,
  );
}
