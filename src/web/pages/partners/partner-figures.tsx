/** What a partner ordered in the last twelve months. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiQuery } from '../../api/hooks.ts';
import { Loaded, Section } from '../../ui/page.tsx';
import { PathLink } from '../../ui/path-link.tsx';
import { Money, Qty } from '../../ui/values.tsx';
import { useNames } from '../orders/names.ts';
import { MonthBars } from '../tasks/month-bars.tsx';
import type { Partner } from './partner-file-values.ts';
import { PlainTable } from '../../ui/plain-table.tsx';

export function PartnerFigures({ partner }: { partner: Partner }): ReactElement {
  const { t } = useTranslation();
  const names = useNames();
  const figures = useApiQuery('partnerFigures', { params: { partnerId: partner.id } });
  return (
    <Loaded query={figures}>
      {({ months, products }) => (
        <div className="qc-stack">
          <p className="qc-muted">{t('partners.figureHint')}</p>
          <Section title={t('partners.figureMonths')}>
            <MonthBars months={months} partnerId={partner.id} />
          </Section>
          <Section title={t('partners.figureProducts')}>
            <PlainTable
              rows={products}
              rowKey={({ productId, currency }) => `${productId} ${currency}`}
              empty={t('partners.figureNone')}
              columns={[
                {
                  key: 'product',
                  title: t('common.lines.product'),
                  render: (row) => (
                    <PathLink to={`/products/${row.productId}`}>
                      <span className="qc-num">{row.sku}</span> {names.product(row)}
                    </PathLink>
                  ),
                },
                { key: 'lines', title: t('partners.figureLines'), align: 'right', render: ({ lines }) => lines },
                {
                  key: 'qty',
                  title: t('common.lines.qty'),
                  align: 'right',
                  render: ({ qty, unit }) => <Qty value={qty} unit={unit} />,
                },
                {
                  key: 'net',
                  title: t('partners.figureNet'),
                  align: 'right',
                  render: ({ netAmount, currency }) => <Money value={netAmount} currency={currency} />,
                },
              ]}
            />
          </Section>
        </div>
      )}
    </Loaded>
  );
}
