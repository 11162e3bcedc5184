/** The partner's own codes for products. */
import { Button, Popconfirm } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiAction } from '../../api/hooks.ts';
import { useCan } from '../../session.tsx';
import { PathLink } from '../../ui/path-link.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { QueryTable } from '../../ui/query-table.tsx';
import { useNames } from '../orders/names.ts';
import type { PartSectionProps } from './partner-page.tsx';

export function PartnerItems({ partner, open }: PartSectionProps): ReactElement {
  const { t } = useTranslation();
  const names = useNames();
  const may = useCan()('partner.maintain');
  const save = useApiAction('partnerItemsSave');
  const params = { partnerId: partner.id };
  const remove = (code: string) => save.attempt({ params, body: { remove: [code] }, ifMatch: partner.version });
  return (
    <>
      <ProblemAlert problem={save.problem} onClose={save.clear} />
      <QueryTable
        operation="partnerItemList"
        id="partner-items"
        params={params}
        rowKey={({ code }) => code}
        search={t('partners.itemSearch')}
        toolbar={may && <Button onClick={() => open({ form: 'item' })}>{t('partners.addItemCode')}</Button>}
        columns={[
          {
            key: 'code',
            title: t('partners.itemCode'),
            always: true,
            render: ({ code }) => <span className="qc-num">{code}</span>,
          },
          {
            key: 'sku',
            title: t('partners.ourCode'),
            render: ({ product }) => (
              <PathLink to={`/products/${product.id}`} className="qc-num">
                {product.sku}
              </PathLink>
            ),
          },
          { key: 'product', title: t('partners.product'), render: ({ product }) => names.product(product) },
          ...(may
            ? [
                {
                  key: 'remove',
                  title: t('common.actions'),
                  render: ({ code }: { code: string }) => (
                    <Popconfirm
                      title={t('partners.removeItemCode', { code })}
                      okText={t('partners.remove')}
                      okButtonProps={{ danger: true }}
                      cancelText={t('common.cancel')}
                      onConfirm={() => remove(code)}
                    >
                      <Button size="small">{t('partners.remove')}</Button>
                    </Popconfirm>
                  ),
                },
              ]
            : []),
        ]}
      />
    </>
  );
}
