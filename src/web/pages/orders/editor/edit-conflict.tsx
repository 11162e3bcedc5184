/** Somebody else saved while one was typing: both versions side by side, and the choice. */
import { Alert, Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Compare, type CompareRow } from '../../../ui/compare.tsx';
import { useMethodText } from '../../../ui/delivery-method.tsx';
import { type OrderTyped, typedOf, writtenLines } from '../order-editor-model.ts';
import type { Order } from '../order-page.tsx';
import type { Edit } from './use-edit.ts';

export function EditConflict({ order, edit }: { order: Order; edit: Edit }): ReactElement {
  const { t } = useTranslation();
  const rows = useConflictRows(typedOf(order), edit.typed);
  return (
    <Alert
      type="warning"
      showIcon
      role="alert"
      title={t('orders.changedBehind')}
      description={
        <div className="qc-stack" style={{ gap: 12 }}>
          <span>{t('orders.conflictHint')}</span>
          <Compare
            caption={t('orders.changedBehind')}
            left={t('orders.theirs', { version: order.version })}
            right={t('orders.mine')}
            rows={rows}
          />
          <div className="qc-row">
            <Button type="primary" onClick={edit.keepMine}>
              {t('orders.keepMine')}
            </Button>
            <Button onClick={edit.takeTheirs}>{t('orders.takeTheirs')}</Button>
          </div>
        </div>
      }
    />
  );
}

function useConflictRows(theirs: OrderTyped, mine: OrderTyped): CompareRow[] {
  const { t } = useTranslation();
  const methodText = useMethodText();
  const head = [
    [t('orders.customer'), 'customerName'],
    [t('orders.poNo'), 'poNo'],
    [t('orders.requestedOn'), 'requestedOn'],
    [t('orders.deliveryAddress'), 'deliveryAddress'],
    [t('orders.remark'), 'note'],
  ] as const;
  const fields = head.map(
    ([label, name]): CompareRow => ({
      key: name,
      label,
      left: theirs[name],
      right: mine[name],
      differs: theirs[name] !== mine[name],
    }),
  );
  const left = linesInWords(theirs);
  const right = linesInWords(mine);
  const lines = Array.from(
    { length: Math.max(left.length, right.length) },
    (_, index): CompareRow => ({
      key: `line-${index}`,
      label: t('common.lineNo', { no: index + 1 }),
      left: left[index] ?? '',
      right: right[index] ?? '',
      differs: left[index] !== right[index],
    }),
  );
  const discount = ({ orderDiscount, discountIn }: OrderTyped) =>
    orderDiscount === '' || discountIn !== 'percent' ? orderDiscount : `${orderDiscount} %`;
  const told = (key: string, label: string, value: (typed: OrderTyped) => string): CompareRow => ({
    key,
    label,
    left: value(theirs),
    right: value(mine),
    differs: value(theirs) !== value(mine),
  });
  return [
    ...fields,
    told('method', t('orders.deliveryMethod'), ({ deliveryMethod }) => methodText(deliveryMethod)),
    told('discount', t('orders.orderDiscount'), discount),
    ...lines,
  ];
}

const linesInWords = (typed: OrderTyped): string[] =>
  writtenLines(typed.lines).map((line) => {
    const special = typed.special[line.key];
    return [
      line.product?.sku ?? line.text,
      `× ${line.qty}`,
      line.requestedOn,
      special?.unitPrice,
      special?.discountAmount === undefined ? undefined : `−${special.discountAmount}`,
      line.note,
    ]
      .filter((part) => part !== undefined && part !== '')
      .join(' ');
  });
