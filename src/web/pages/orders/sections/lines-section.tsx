/**
 * The lines: what, how many, at which price, promised when and from where, and how far each has come. A table; on a telephone a list,
 * so that the amount is seen without moving sideways.
 */
import { Tag } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useIsPhone } from '../../../lib/use-media.ts';
import { isZero } from '../../../ui/is-zero.ts';
import { LineName } from '../../../ui/line-name.tsx';
import { useLongList } from '../../../ui/long-list.tsx';
import { Facts, Section } from '../../../ui/page.tsx';
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

const isDiscounted = ({ discountAmount, orderDiscountShare, promotionShare }: Line): boolean =>
  !isZero(discountAmount) || !isZero(orderDiscountShare) || !isZero(promotionShare);

type LinesProps = {
  order: Order;
  lines: readonly Line[];
  /** Whether anything was taken off any line. */
  discounted: boolean;
  /** Whether the order has taken effect, so that a line has progress to show. */
  running: boolean;
  warehouseName: WarehouseNaming;
};

export function LinesSection({ order }: { order: Order }): ReactElement {
  const { t } = useTranslation();
  const names = useNames();
  const phone = useIsPhone();
  const { shown, find, rest } = useLongList(order.lines, (line) => `${line.sku} ${names.product(line)}`);
  const lines: LinesProps = {
    order,
    lines: shown,
    warehouseName: useWarehouseName(),
    running: order.effectiveAt !== null,
    discounted: order.lines.some(isDiscounted),
  };
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
      {phone ? <LineList {...lines} /> : <LineTable {...lines} />}
      {rest}
    </Section>
  );
}

function LineTable({ order, lines, running, discounted, warehouseName }: LinesProps): ReactElement {
  const { t } = useTranslation();
  return (
    <Sideways>
      <table className="qo-table">
        <thead>
          <tr>
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
              {t('orders.lineAmount')}
              <div>{t('orders.taxRate')}</div>
            </th>
            <th scope="col">{t('common.lines.requestedOn')}</th>
            <th scope="col">{t('common.lines.promise')}</th>
            {running && <th scope="col">{t('orders.progress')}</th>}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.lineNo}>
              <td>
                <LineName no={line.lineNo}>
                  <Product line={line} />
                </LineName>
              </td>
              <td className="is-num">
                <Ordered line={line} />
              </td>
              <td className="is-num">
                <UnitPrice line={line} currency={order.currency} />
              </td>
              {discounted && (
                <td className="is-num">
                  <Discounts line={line} currency={order.currency} />
                </td>
              )}
              <td className="is-num">
                <Money value={line.grossAmount} currency={order.currency} />
                <div className="qc-muted">
                  <Rate value={line.taxRate} />
                </div>
              </td>
              <td>
                <BizDate value={line.requestedOn} />
              </td>
              <td>
                <Promise line={line} order={order} warehouseName={warehouseName} />
              </td>
              {running && (
                <td>
                  <Progress line={line} />
                </td>
              )}
            </tr>
          ))}
        </tbody>
        <tfoot>
          {useTotals(order).map(({ label, value, isTotal }) => (
            <tr key={label}>
              <th scope="row" colSpan={discounted ? 4 : 3} className="is-num qc-muted">
                {label}
              </th>
              <td className={isTotal ? 'is-num is-total' : 'is-num'}>
                <Money value={value} currency={order.currency} />
              </td>
            </tr>
          ))}
        </tfoot>
      </table>
    </Sideways>
  );
}

function LineList({ order, lines, running, warehouseName }: LinesProps): ReactElement {
  const { t } = useTranslation();
  return (
    <>
      <ol className="qc-entries">
        {lines.map((line) => (
          <li key={line.lineNo} value={line.lineNo}>
            <LineName no={line.lineNo}>
              <Product line={line} />
            </LineName>
            <div className="qo-line-amount">
              <div>
                <Ordered line={line} /> × <UnitPrice line={line} currency={order.currency} />
              </div>
              <strong>
                <Money value={line.grossAmount} currency={order.currency} />
              </strong>
            </div>
            <Facts
              items={[
                [t('common.lines.requestedOn'), <BizDate key="requested" value={line.requestedOn} />],
                [
                  t('common.lines.promise'),
                  <Promise key="promise" line={line} order={order} warehouseName={warehouseName} />,
                ],
                [t('orders.taxRate'), <Rate key="tax" value={line.taxRate} />],
                ...(isDiscounted(line)
                  ? [
                      [
                        t('orders.discount'),
                        <Discounts key="discount" line={line} currency={order.currency} />,
                      ] as const,
                    ]
                  : []),
                ...(running ? [[t('orders.progress'), <Progress key="progress" line={line} />] as const] : []),
              ]}
            />
          </li>
        ))}
      </ol>
      <dl className="qo-sums">
        {useTotals(order).map(({ label, value, isTotal }) => (
          <div key={label}>
            <dt className="qc-muted">{label}</dt>
            <dd className={isTotal ? 'is-total' : undefined}>
              <Money value={value} currency={order.currency} />
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}

function Product({ line }: { line: Line }): ReactElement {
  const names = useNames();
  return (
    <>
      <div>{names.product(line)}</div>
      <div className="qc-muted">
        <span className="qc-num">{line.sku}</span> {line.spec}
      </div>
      {line.note !== null && <div className="qc-muted">{line.note}</div>}
    </>
  );
}

/** As it was ordered; below it in the unit in which it will be delivered. */
function Ordered({ line }: { line: Line }): ReactElement {
  return (
    <>
      <Qty value={line.orderedQty} unit={line.orderedUnit} />
      {line.orderedUnit !== line.unit && (
        <div className="qc-muted">
          = <Qty value={line.qty} unit={line.unit} />
        </div>
      )}
    </>
  );
}

type InCurrency = { line: Line; currency: string };

/** With how it came about, and the agreed price where it is another. */
function UnitPrice({ line, currency }: InCurrency): ReactElement {
  const { t } = useTranslation();
  const deviates = line.agreedPrice !== null && line.agreedPrice !== line.unitPrice && !line.free;
  return (
    <>
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
    </>
  );
}

function Discounts({ line, currency }: InCurrency): ReactElement {
  const { t } = useTranslation();
  return (
    <>
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
    </>
  );
}

/** Each piece of a promise: when, how many, from where. */
function Promise({
  line,
  order,
  warehouseName,
}: { line: Line } & Pick<LinesProps, 'order' | 'warehouseName'>): ReactElement {
  const { t } = useTranslation();
  // What order processing has laid down instead of the proposal.
  const correction = order.corrections.find(({ lineNo }) => lineNo === line.lineNo);
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

type Total = { label: string; value: string; isTotal: boolean };

/** What was taken off the order as a whole, net, tax and the total. */
function useTotals(order: Order): Total[] {
  const { t } = useTranslation();
  const format = useFormat();
  const { orderDiscountRate: rate } = order;
  const discount = rate === null ? t('orders.orderDiscount') : t('orders.orderDiscountOf', { rate: format.rate(rate) });
  const part = (label: string, value: string): Total => ({ label, value, isTotal: false });
  return [
    ...(isZero(order.promotionDiscountAmount)
      ? []
      : [part(t('orders.promotionDiscount'), order.promotionDiscountAmount)]),
    ...(isZero(order.orderDiscountAmount) ? [] : [part(discount, order.orderDiscountAmount)]),
    part(t('orders.net'), order.netAmount),
    part(t('orders.tax'), order.taxAmount),
    { label: t('orders.total'), value: order.grossAmount, isTotal: true },
  ];
}
