/** 送貨單 and 備貨單: papers that go with the goods. No prices on them. R5.1, R5.2. */
import { wallTime } from '../../kernel/biz-date.ts';
import { formatQty } from '../../kernel/qty.ts';
import type { PdfDocument, PdfNode } from '../../platform/pdf/index.ts';
import type { GoodsLine, PickingDoc, ShippingDoc } from './document-queries.ts';
import { facts, grouped, head, paper, signatures, table } from './paper.ts';
import type { Wording } from './wording.ts';

const described = (line: GoodsLine, words: Wording): PdfNode => ({
  stack: [{ text: words.pick(line.name) }, ...(line.spec === null ? [] : [{ text: line.spec, style: 'small' }])],
});
const total = (lines: readonly GoodsLine[]) => grouped(formatQty(lines.reduce((sum, { qty }) => sum + qty, 0n)));
const sumRow = (lines: readonly GoodsLine[], columns: number, words: Wording): PdfNode[] => [
  { text: words.say('total'), colSpan: 3, alignment: 'right', bold: true },
  '',
  '',
  { text: total(lines), alignment: 'right', bold: true },
  ...Array.from({ length: columns - 4 }, () => ''),
];

export function shippingPaper(doc: ShippingDoc, words: Wording): PdfDocument {
  const contact = [doc.receiver, doc.receiverPhone].filter((each) => each !== null).join('　');
  return paper(
    `${words.say('shippingNote')} ${doc.no}`,
    `${doc.no}　${doc.orderNo}`,
    [
      ...head(doc.company, 'shippingNote', words),
      facts(
        [
          ['partner', words.pick({ hant: doc.partner.name, hans: null, en: doc.partner.nameEn })],
          ['endCustomer', doc.customerName],
          ['deliverTo', doc.deliveryAddress],
          ['receiver', contact],
        ],
        [
          ['shipmentNo', doc.no],
          ['orderNo', doc.orderNo],
          ['poNo', doc.poNo],
          ['shippedAt', wallTime(doc.shippedAt, doc.company.timeZone)],
          ['expectedOn', doc.expectedOn],
          ['carrier', doc.carrier === null ? null : words.pick(doc.carrier)],
          ['waybill', doc.waybillNo],
          ['warehouse', words.pick(doc.warehouse)],
        ],
        words,
      ),
      table(
        [
          { label: 'no', width: 20, align: 'center' },
          { label: 'sku', width: 70 },
          { label: 'description', width: '*' },
          { label: 'shippedQty', width: 56, align: 'right' },
          { label: 'unit', width: 30, align: 'center' },
          { label: 'receivedQty', width: 56 },
          { label: 'remark', width: 90 },
        ],
        [
          ...doc.lines.map((line) => [
            String(line.lineNo),
            line.sku,
            described(line, words),
            grouped(formatQty(line.qty)),
            line.unit,
            '',
            line.note ?? '',
          ]),
          sumRow(doc.lines, 7, words),
        ],
        words,
      ),
      { text: words.tell('receiptRule'), style: 'small' },
      signatures(['deliveredBy', 'receivedBy'], words),
    ],
    words,
  );
}

export function pickingPaper(doc: PickingDoc, today: string, words: Wording): PdfDocument {
  return paper(
    `${words.say('pickingList')} ${doc.no}`,
    `${doc.no}　${doc.orderNo}`,
    [
      ...head(doc.company, 'pickingList', words),
      facts(
        [
          ['pickingNo', doc.no],
          ['orderNo', doc.orderNo],
          ['partner', doc.partner],
          ['deliverTo', doc.deliveryAddress],
        ],
        [
          ['warehouse', words.pick(doc.warehouse)],
          ['readyBy', doc.readyByOn],
          ['madeOn', today],
        ],
        words,
      ),
      table(
        [
          { label: 'no', width: 20, align: 'center' },
          { label: 'sku', width: 90 },
          { label: 'description', width: '*' },
          { label: 'toPick', width: 60, align: 'right' },
          { label: 'unit', width: 30, align: 'center' },
          { label: 'picked', width: 60 },
          { label: 'remark', width: 90 },
        ],
        [
          ...doc.lines.map((line) => [
            String(line.lineNo),
            { text: line.sku, bold: true },
            described(line, words),
            { text: grouped(formatQty(line.qty)), alignment: 'right', bold: true },
            line.unit,
            '',
            line.note ?? '',
          ]),
          sumRow(doc.lines, 7, words),
        ],
        words,
      ),
      signatures(['pickedBy', 'checkedBy'], words),
    ],
    words,
  );
}
