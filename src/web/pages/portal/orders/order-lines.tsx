/** The lines of an order with what has become of them: a table on a laptop, a list on a telephone. All sums are the server's. */
import { Tag } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useIsPhone } from '../../../lib/use-media.ts';
import { useLongList } from '../../../ui/long-list.tsx';
import { productName } from '../../../ui/line-server.ts';
import { isZero } from '../../../ui/is-zero.ts';
import { PriceWhy } from '../../../ui/price-why.tsx';
import { BizDate, Money, Price, Qty, Rate } from '../../../ui/values.tsx';
import type { Order } from './order-page.tsx';
import { Sideways } from '../../../ui/sideways.tsx';

type Line = Order['lines'][number];

export function OrderLines({ order }: { order: Order }): ReactElement {
  const phone = useIsPhone();
  const { shown, find, rest } = useLongList(order.lines, (line) => `${line.sku} ${productName(line)}`);
  return (
    <>
      {find}
      {phone ? <LineList order={order} lines={shown} /> : <LineTable order={order} lines={shown} />}
      {rest}
      <Sums order={order} />
    </>
  );
}

type LinesProps = { order: Order; lines: readonly Line[] };

function LineTable({ order, lines }: LinesProps): ReactElement {
  const { t } = useTranslation();
  return (
    <Sideways>
      <table className="qp-lines">
        <thead>
          <tr>
            <th scope="col">{t('portal.line.product')}</th>
            <th scope="col" className="is-num">
              {t('portal.line.qty')}
            </th>
            <th scope="col" className="is-num">
              {t('portal.line.unitPrice')}
            </th>
            <th scope="col" className="is-num">
              {t('portal.line.amount')}
            </th>
            <th scope="col">{t('portal.line.promisedOn')}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.lineNo}>
              <td>
                <Product line={line} />
              </td>
              <td className="is-num">
                <Ordered line={line} />
                <Delivered line={line} />
              </td>
              <td className="is-num">
                <Price value={line.unitPrice} currency={order.currency} />
                <Why line={line} order={order} />
              </td>
              <td className="is-num">
                <Money value={line.grossAmount} currency={order.currency} />
              </td>
              <td>
                <Promise line={line} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Sideways>
  );
}

function LineList({ order, lines }: LinesProps): ReactElement {
  const { t } = useTranslation();
  return (
    <ul className="qp-list">
      {lines.map((line) => (
        <li key={line.lineNo} style={{ display: 'block' }}>
          <Product line={line} />
          <div className="qp-card-head">
            <span>
              <Ordered line={line} /> ×{' '}
              <span className="qc-muted">
                <Price value={line.unitPrice} currency={order.currency} />
              </span>
              <Why line={line} order={order} />
            </span>
            <strong>
              <Money value={line.grossAmount} currency={order.currency} />
            </strong>
          </div>
          <div className="qc-row qc-muted">
            <span>{t('portal.line.promisedOn')}</span> <Promise line={line} />
          </div>
          <Delivered line={line} />
        </li>
      ))}
    </ul>
  );
}

/** As it was ordered; beside it in the unit in which it will be delivered. */
const Ordered = ({ line }: { line: Line }): ReactElement => (
  <>
    <Qty value={line.orderedQty} unit={line.orderedUnit} />
    {line.orderedUnit !== line.unit && (
      <span className="qc-muted">
        {' '}
        = <Qty value={line.qty} unit={line.unit} />
      </span>
    )}
  </>
);

function Why({ line, order }: { line: Line; order: Order }): ReactElement {
  const { t } = useTranslation();
  return <PriceWhy steps={line.why} currency={order.currency} label={t('common.lineNo', { no: line.lineNo })} />;
}

function Product({ line }: { line: Line }): ReactElement {
  const { t } = useTranslation();
  return (
    <>
      <div>
        <span className="qc-muted qc-num">{line.lineNo}.</span> <strong>{productName(line)}</strong>{' '}
        {line.free && <Tag color="success">{t('portal.line.free')}</Tag>}
      </div>
      <div className="qc-muted">
        {line.sku}
        {line.spec !== null && ` · ${line.spec}`}
        {line.note !== null && ` · ${line.note}`}
      </div>
    </>
  );
}

/** When, and how much of it when it comes in parts. */
function Promise({ line }: { line: Line }): ReactElement {
  if (line.promises.length < 2) return <BizDate value={line.promisedOn} />;
  return (
    <span className="qc-row">
      {line.promises.map((part, index) => (
        <span key={`${part.promisedOn} ${index}`}>
          <BizDate value={part.promisedOn} /> <Qty value={part.qty} unit={line.unit} />
        </span>
      ))}
    </span>
  );
}

function Delivered({ line }: { line: Line }): ReactElement | null {
  const { t } = useTranslation();
  const parts = [
    ['portal.line.shipped', line.shippedQty],
    ['portal.line.delivered', line.deliveredQty],
    ['portal.line.closed', line.closedQty],
  ] as const;
  const some = parts.filter(([, qty]) => qty !== '0');
  if (some.length === 0) return null;
  return (
    <div className="qc-muted">
      {some.map(([label, qty]) => (
        <div key={label}>
          {t(label)} <Qty value={qty} />
        </div>
      ))}
    </div>
  );
}

function Sums({ order }: { order: Order }): ReactElement {
  const { t } = useTranslation();
  return (
    <dl className="qp-sums">
      {!isZero(order.promotionDiscountAmount) && (
        <>
          <dt>{t('portal.sum.promotions')}</dt>
          <dd>
            <Money value={order.promotionDiscountAmount} currency={order.currency} />
          </dd>
        </>
      )}
      {!isZero(order.orderDiscountAmount) && (
        <>
          <dt>
            {t('portal.sum.discount')} {order.orderDiscountRate !== null && <Rate value={order.orderDiscountRate} />}
          </dt>
          <dd>
            <Money value={order.orderDiscountAmount} currency={order.currency} />
          </dd>
        </>
      )}
      <dt>{t('portal.sum.net')}</dt>
      <dd>
        <Money value={order.netAmount} currency={order.currency} />
      </dd>
      <dt>{t('portal.sum.tax')}</dt>
      <dd>
        <Money value={order.taxAmount} currency={order.currency} />
      </dd>
      <dt className="is-total">{t('portal.sum.gross')}</dt>
      <dd className="is-total">
        <Money value={order.grossAmount} currency={order.currency} />
      </dd>
    </dl>
  );
}
