/** What the partner asked for beside what the order holds, each difference marked. */
import { Tag } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../api/client.ts';
import { useApiQuery } from '../../../api/hooks.ts';
import { Compare } from '../../../ui/compare.tsx';
import { Loaded, Section } from '../../../ui/page.tsx';
import { BizDate, Qty } from '../../../ui/values.tsx';

type Difference = Answer<'orderCompareInquiry'>['items'][number];

type Numbered = { id: string; no: string };

export function ComparisonSection({ order, inquiryNo }: { order: Numbered; inquiryNo: string }): ReactElement {
  const { t } = useTranslation();
  const comparison = useApiQuery('orderCompareInquiry', { params: { orderId: order.id } });
  return (
    <Section title={t('orders.comparison')}>
      <Loaded query={comparison}>
        {({ items }) => (
          <Compare
            caption={t('orders.comparison')}
            left={`${t('states.document.inquiry')} ${inquiryNo}`}
            right={`${t('states.document.order')} ${order.no}`}
            rows={items.map((item) => ({
              key: item.key,
              label: <DifferenceLabel item={item} />,
              left: <Side item={item} value={item.inquiryValue} />,
              right: <Side item={item} value={item.orderValue} />,
              differs: item.differs,
              ...(item.differs
                ? {
                    note: (
                      <Tag color={item.accepted ? 'success' : 'warning'}>
                        {t(item.accepted ? 'orders.differenceAccepted' : 'orders.differenceOpen')}
                      </Tag>
                    ),
                  }
                : {}),
            }))}
          />
        )}
      </Loaded>
    </Section>
  );
}

function DifferenceLabel({ item }: { item: Difference }): ReactElement {
  const { t } = useTranslation();
  return (
    <>
      {item.lineNo !== null && <span className="qc-muted">{t('common.lineNo', { no: item.lineNo })} </span>}
      {t(`states.difference.${item.field}`)}
      {item.label !== null && <span className="qc-block qc-muted">{item.label}</span>}
    </>
  );
}

function Side({ item, value }: { item: Difference; value: string | null }): ReactElement {
  if (value === null) return <span className="qc-muted">–</span>;
  switch (item.field) {
    case 'qty':
    case 'added':
      return <Qty value={value} />;
    case 'requestedOn':
      return <BizDate value={value} />;
    default:
      return <>{value}</>;
  }
}

/** "Line 2, quantity: 10 → 8" */
export function DifferenceWords({ item }: { item: Difference }): ReactElement {
  return (
    <span>
      <DifferenceLabel item={item} />
      <span className="qc-block">
        <Side item={item} value={item.inquiryValue} /> → <Side item={item} value={item.orderValue} />
      </span>
    </span>
  );
}
