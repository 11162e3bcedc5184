/** Two rounds of a confirmation side by side: what was sent then and what was sent next, each difference marked. */
import { Select } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMethodText } from '../../../ui/delivery-method.tsx';
import type { Answer } from '../../../api/client.ts';
import { useApiQuery } from '../../../api/hooks.ts';
import { Compare } from '../../../ui/compare.tsx';
import { productName } from '../../../ui/line-server.ts';
import { Loaded } from '../../../ui/page.tsx';
import { BizDate, Rate } from '../../../ui/values.tsx';
import { parseTerm, useTermText } from '../term-text.ts';

type Item = Answer<'orderCompareRounds'>['items'][number];
type Order = Pick<Answer<'orderGet'>, 'id' | 'state' | 'rounds'>;

/** After an objection or a recall the order itself may have changed since the last round. */
const SETTLED: readonly string[] = ['awaiting_partner', 'in_effect', 'completed'];

/** Nothing to compare: nothing shown. */
export function RoundCompare({ order }: { order: Order }): ReactElement | null {
  const { t } = useTranslation();
  const last = order.rounds.length;
  const moved = !SETTLED.includes(order.state) && last > 0;
  const [pair, setPair] = useState<{ left: number; right: number } | null>(null);
  const now = last + 1;
  const shown = pair ?? { left: moved ? last : last - 1, right: moved ? now : last };
  const query = useApiQuery(
    'orderCompareRounds',
    {
      params: { orderId: order.id },
      query: { left: Math.max(1, shown.left), ...(shown.right === now ? {} : { right: shown.right }) },
    },
    { enabled: shown.left >= 1 },
  );
  if (shown.left < 1) return null;
  const name = (no: number) => (no === now ? t('orders.rounds.now') : t('orders.roundNo', { no }));
  const options = (to: number) =>
    Array.from({ length: to }, (_, i) => i + 1).map((value) => ({ value, label: name(value) }));
  const side = (which: 'left' | 'right', to: number) => (
    <Select
      size="small"
      variant="borderless"
      popupMatchSelectWidth={false}
      aria-label={t(which === 'left' ? 'orders.rounds.left' : 'orders.rounds.right')}
      value={shown[which]}
      options={options(to)}
      onChange={(value) => setPair({ ...shown, [which]: value })}
    />
  );
  return (
    <Loaded query={query}>
      {({ items }) => (
        <Compare
          caption={t('orders.rounds.compare')}
          onlyDifferences
          left={side('left', last)}
          right={side('right', moved ? now : last)}
          rows={items.map((item) => ({
            key: item.key,
            label: <Label item={item} />,
            left: <Value field={item.field} value={item.left} />,
            right: <Value field={item.field} value={item.right} />,
            differs: item.differs,
          }))}
        />
      )}
    </Loaded>
  );
}

function Label({ item }: { item: Item }): ReactElement {
  const { t } = useTranslation();
  return (
    <>
      {item.lineNo !== null && <span className="qc-muted">{t('common.lineNo', { no: item.lineNo })} </span>}
      {t(`states.roundField.${item.field}`)}
      {item.product !== null && <span className="qc-block qc-muted">{productName(item.product)}</span>}
    </>
  );
}

function Value({ field, value }: { field: string; value: string | null }): ReactElement {
  const { t } = useTranslation();
  const termText = useTermText();
  const methodText = useMethodText();
  if (value === null || (field === 'free' && value === 'false')) return <span className="qc-muted">–</span>;
  switch (field) {
    case 'free':
      return <>✓</>;
    case 'orderDiscountRate':
      return <Rate value={value} />;
    case 'requestedOn':
    case 'promisedOn':
      return <BizDate value={value} />;
    case 'deliveryMethod':
      return <>{methodText(value)}</>;
    case 'paymentMethod':
      return <>{t(`states.paymentMethod.${value}`)}</>;
    case 'paymentTerm': {
      const term = parseTerm(value);
      return <>{term === null ? value : termText(term)}</>;
    }
    default:
      return <>{value}</>;
  }
}
