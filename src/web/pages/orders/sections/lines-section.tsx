/** The lines: what, how many, at which price, promised when and from where, and how far each has come. */
import { Tag } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { isZero } from '../../../ui/is-zero.ts';
import { useLongList } from '../../../ui/long-list.tsx';
import { Section } from '../../../ui/page.tsx';
import { PathLink } from '../../../ui/path-link.tsx';
import { PriceWhy } from '../../../ui/price-why.tsx';
import { useFormat } from '../../../i18n/use-format.ts';
import { BizDate, Money, Price, Qty, Rate } from '../../../ui/values.tsx';
import { useNames } from '../names.ts';
import { useWarehouseName, type WarehouseNaming } from '../../shipping/names.ts';
import type { Order } from '../order-page.tsx';
import { Sideways } from '../../../ui/sideways.tsx';
import { Hint } from '../../../ui/hint.tsx';

type Line = Order['lines'][number];

export function LinesSection({ order }: { order: Order }): ReactElement {
  const { t } = useTranslation();
  const names = useNames();
  const warehouseName = useWarehouseName();
  const { shown, find, rest } = useLongList(order.lines, (line) => `${line.sku} ${names.product(line)}`);
  const running = order.effectiveAt !== null;
  const discounted = order.lines.some(
    ({ discountAmount, orderDiscountShare, promotionShare }) =>
      !isZero(discountAmount) || !isZero(orderDiscountShare) || !isZero(promotionShare),
  );
  return (
    <Section
      title={t('orders.lines')}
      extra={
        <span className="qc-row">
          {find}
          <span className="qc-muted">
            {t(order.taxInclusive ? 'orders.taxIncluded' : 'orders.taxExcluded')} · {order.currency}
          </span>
        </span>
      }
    >
      <Sideways>
        <table className="qo-table">
          <thead>
            <tr>
              <th scope="col">{t('common.lines.no')}</th>
              <th scope="col">{t('orders.product')}</th>
              <th scope="col" className="is-num">
                {t('common.lines.qty')}
              </th>
              <th scope="col" className="is-num">
                {t('common.lines.unitPrice')}
              </th>
              {discounted && (
                <th scope="col" className="is-num">
                  {t('orders.discount')}
                </th>
              )}
              <th scope="col" className="is-num">
                {t('orders.taxRate')}
              </th>
              <th scope="col" className="is-num">
                {t('orders.lineAmount')}
              </th>
              <th scope="col">{t('common.lines.requestedOn')}</th>
              <th scope="col">{t('common.lines.promise')}</th>
              {running && <th scope="col">{t('orders.progress')}</th>}
            </tr>
          </thead>
          <tbody>
            {shown.map((line) => (
              <LineRow
                key={line.lineNo}
                line={line}
                order={order}
                running={running}
                discounted={discounted}
                warehouseName={warehouseName}
              />
            ))}
          </tbody>
          <Totals order={order} columns={discounted ? 6 : 5} />
        </table>
      </Sideways>
      {rest}
    </Section>
  );
}

function LineRow({
  line,
  order,
  running,
  discounted,
  warehouseName,
}: {
  line: Line;
  order: Order;
  running: boolean;
  discounted: boolean;
  warehouseName: WarehouseNaming;
}): ReactElement {
  const { t } = useTranslation();
  const names = useNames();
  const { currency } = order;
  const deviates = line.agreedPrice !== null && line.agreedPrice !== line.unitPrice && !line.free;
  return (
    <tr>
      <td className="qc-num qc-muted">{line.lineNo}</td>
      <td>
        <div>{names.product(line)}</div>
        <div className="qc-muted">
          <span className="qc-num">{line.sku}</span> {line.spec}
        </div>
        {line.note !== null && <div className="qc-muted">{line.note}</div>}
      </td>
      <td className="is-num">
        <Qty value={line.orderedQty} unit={line.orderedUnit} />
        {line.orderedUnit !== line.unit && (
          <div className="qc-muted">
            = <Qty value={line.qty} unit={line.unit} />
          </div>
        )}
      </td>
      <td className="is-num">
        {line.free ? (
          <Tag color={line.gift ? 'success' : 'warning'}>{t(line.gift ? 'orders.gift' : 'orders.free')}</Tag>
        ) : (
          <Price value={line.unitPrice} currency={currency} />
        )}
        <PriceWhy steps={line.why} currency={currency} label={t('common.lineNo', { no: line.lineNo })} />
        {(deviates || line.free) && line.agreedPrice !== null && (
          <Hint title={t('orders.agreedPrice')}>
            <div className="qc-muted qo-struck">
              <Price value={line.agreedPrice} currency={currency} />
            </div>
          </Hint>
        )}
        {line.agreedPrice === null && !line.free && <div className="qc-overdue">{t('orders.noAgreedPrice')}</div>}
      </td>
      {discounted && (
        <td className="is-num">
          {!isZero(line.discountAmount) && <Money value={line.discountAmount} currency={currency} />}
          {!isZero(line.promotionShare) && (
            <div className="qc-muted">
              {t('orders.promotionShare')} <Money value={line.promotionShare} currency={currency} />
            </div>
          )}
          {!isZero(line.orderDiscountShare) && (
            <div className="qc-muted">
              {t('orders.share')} <Money value={line.orderDiscountShare} currency={currency} />
            </div>
          )}
        </td>
      )}
      <td className="is-num">
        <Rate value={line.taxRate} />
      </td>
      <td className="is-num">
        <Money value={line.grossAmount} currency={currency} />
      </td>
      <td>
        <BizDate value={line.requestedOn} />
      </td>
      <td>
        <Promise
          line={line}
          correction={order.corrections.find(({ lineNo }) => lineNo === line.lineNo)}
          warehouseName={warehouseName}
        />
      </td>
      {running && (
        <td>
          <Progress line={line} />
        </td>
      )}
    </tr>
  );
}

/** Each piece of a promise: when, how many, from where. */
function Promise({
  line,
  correction,
  warehouseName,
}: {
  line: Line;
  /** What order processing has laid down instead of the proposal. */
  correction: Order['corrections'][number] | undefined;
  warehouseName: WarehouseNaming;
}): ReactElement {
  const { t } = useTranslation();
  const late = line.promisedOn !== null && line.requestedOn !== null && line.promisedOn > line.requestedOn;
  if (line.promises.length === 0)
    return (
      <span className={late ? 'qc-overdue' : undefined}>
        <BizDate value={line.promisedOn} />
      </span>
    );
  return (
    <>
      <ul className="qc-plain">
        {line.promises.map((piece) => (
          <li key={`${piece.promisedOn} ${piece.warehouse?.id ?? ''} ${piece.fromSupply ?? ''}`}>
            <span
              className={line.requestedOn !== null && piece.promisedOn > line.requestedOn ? 'qc-overdue' : undefined}
            >
              <BizDate value={piece.promisedOn} />
            </span>{' '}
            <Qty value={piece.qty} unit={line.unit} />
            <div className="qc-muted">
              {warehouseName(piece.warehouse?.name)}{' '}
              {piece.supply === null ? (
                piece.warehouse !== null && t('orders.fromStock')
              ) : (
                <>
                  {t(`states.supplyKind.${piece.supply.kind}`)}{' '}
                  <PathLink to={`/stock/supplies/${piece.fromSupply ?? ''}`}>{piece.supply.no}</PathLink>{' '}
                  <BizDate value={piece.supply.expectedOn} />
                </>
              )}
            </div>
          </li>
        ))}
      </ul>
      {correction !== undefined && !correction.anyWarehouse && (
        <div className="qc-muted">
          {t('orders.correct.told')} {correction.notBefore !== null && <BizDate value={correction.notBefore} />}{' '}
          {warehouseName(correction.warehouse)} {correction.supplyNo} · {correction.reason} {correction.by}
        </div>
      )}
    </>
  );
}

function Progress({ line }: { line: Line }): ReactElement {
  const { t } = useTranslation();
  const steps = [
    [t('orders.picked'), line.pickedQty],
    [t('orders.shipped'), line.shippedQty],
    [t('orders.delivered'), line.deliveredQty],
    [t('orders.closed'), line.closedQty],
  ] as const;
  const begun = steps.filter(([, qty]) => !isZero(qty));
  if (begun.length === 0) return <span className="qc-muted">{t('states.delivery.none')}</span>;
  return (
    <ul className="qc-plain">
      {begun.map(([label, qty]) => (
        <li key={label}>
          <span className="qc-muted">{label}</span> <Qty value={qty} />
        </li>
      ))}
    </ul>
  );
}

function Totals({ order, columns }: { order: Order; columns: number }): ReactElement {
  const { t } = useTranslation();
  const format = useFormat();
  const { orderDiscountRate: rate } = order;
  const discount = rate === null ? t('orders.orderDiscount') : t('orders.orderDiscountOf', { rate: format.rate(rate) });
  const rows = [
    ...(isZero(order.promotionDiscountAmount)
      ? []
      : [[t('orders.promotionDiscount'), order.promotionDiscountAmount, false] as const]),
    ...(isZero(order.orderDiscountAmount) ? [] : [[discount, order.orderDiscountAmount, false] as const]),
    [t('orders.net'), order.netAmount, false] as const,
    [t('orders.tax'), order.taxAmount, false] as const,
    [t('orders.total'), order.grossAmount, true] as const,
  ];
  return (
    <tfoot>
      {rows.map(([label, value, total]) => (
        <tr key={label}>
          <th scope="row" colSpan={columns} className="is-num qc-muted">
            {label}
          </th>
          <td className={total ? 'is-num is-total' : 'is-num'}>
            <Money value={value} currency={order.currency} />
          </td>
        </tr>
      ))}
    </tfoot>
  );
}
