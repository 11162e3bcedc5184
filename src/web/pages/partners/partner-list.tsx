/** All partners 渠道夥伴: found by number, name, pinyin initials or credit code. */
import { DownloadOutlined, PlusOutlined } from '@ant-design/icons';
import { useSearch } from '@tanstack/react-router';
import { Button, Progress } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PARTNER_STATES } from '../../../contract/machines/others.ts';
import { fileUrl, type Item } from '../../api/client.ts';
import type { ListSearch } from '../../lib/search-params.ts';
import { useCan } from '../../session.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Page } from '../../ui/page.tsx';
import { PathLink, useGo } from '../../ui/path-link.tsx';
import { QueryTable } from '../../ui/query-table.tsx';
import { StateTag } from '../../ui/state-tag.tsx';
import { DateTime, Money } from '../../ui/values.tsx';
import { findSales } from '../orders/lookups.ts';
import { useNames } from '../orders/names.ts';
import { PartnerFileForm } from './partner-file-form.tsx';
import { PersonName } from '../../ui/person-names.tsx';

type Row = Item<'partnerList'>;

export default function PartnerList(): ReactElement {
  const { t } = useTranslation();
  const can = useCan();
  const go = useGo();
  const names = useNames();
  const [adding, setAdding] = useState(false);
  const { cursor: _place, ...filters }: ListSearch = useSearch({ strict: false });
  const fileOf = (list: string) => fileUrl('exportList', { params: { list }, query: filters });
  const link = (row: Row) => <PathLink to={`/partners/${row.id}`}>{names.partner(row)}</PathLink>;
  const credit = (row: Row) =>
    row.creditLimitAmount === null ? (
      <span className="qc-muted">{t('partners.noLimit')}</span>
    ) : (
      <Money value={row.creditLimitAmount} currency={row.currency} />
    );
  const completeness = ({ completeness: score }: Row) => (
    <Progress percent={score} size="small" style={{ width: 110 }} aria-label={t('partners.completeness')} />
  );
  return (
    <Page
      title={t('common.menu.partners')}
      actions={
        can('partner.write') && (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
            {t('partners.new')}
          </Button>
        )
      }
    >
      <QueryTable
        operation="partnerList"
        id="partners"
        empty={<Empty begin={can('partner.write') && t('partners.new')} />}
        rowKey={({ id }) => id}
        search={t('partners.searchHint')}
        columns={[
          { key: 'no', title: t('partners.no'), sort: 'no', render: ({ no }) => <span className="qc-num">{no}</span> },
          { key: 'name', title: t('partners.name'), always: true, sort: 'name', render: link },
          { key: 'state', title: t('partners.state'), render: ({ state }) => <StateTag of="partner" state={state} /> },
          { key: 'level', title: t('partners.level'), render: ({ level }) => level },
          { key: 'region', title: t('partners.region'), render: (row) => row.regionText ?? row.territory },
          {
            key: 'owner',
            title: t('partners.salesOwner'),
            render: ({ salesOwner }) => <PersonName name={salesOwner?.name} />,
          },
          {
            key: 'exposure',
            title: t('partners.exposure'),
            align: 'right',
            render: (row) => <Money value={row.exposureAmount} currency={row.currency} />,
          },
          { key: 'credit', title: t('partners.creditLimit'), align: 'right', render: credit },
          { key: 'completeness', title: t('partners.completeness'), render: completeness },
          {
            key: 'uscc',
            title: t('partners.uscc'),
            hiddenAtFirst: true,
            render: ({ uscc }) => <span className="qc-num">{uscc}</span>,
          },
          {
            key: 'updated',
            title: t('partners.updatedAt'),
            sort: 'updatedAt',
            hiddenAtFirst: true,
            render: ({ updatedAt }) => <DateTime value={updatedAt} />,
          },
        ]}
        filters={[
          {
            key: 'state',
            kind: 'many',
            label: t('partners.state'),
            options: PARTNER_STATES.map((value) => ({ value, label: t(`states.partner.${value}`) })),
            width: 120,
          },
          { key: 'salesOwnerId', kind: 'remote', label: t('partners.salesOwner'), lookup: findSales, width: 120 },
          {
            key: 'incomplete',
            kind: 'select',
            label: t('partners.completeness'),
            options: [
              { value: 'true', label: t('partners.incomplete') },
              { value: 'false', label: t('partners.complete') },
            ],
            width: 130,
          },
        ]}
        toolbar={
          <>
            <Button icon={<DownloadOutlined />} href={fileOf('partners')} download>
              {t('common.exportExcel')}
            </Button>
            {can('partner.write') && (
              <Button icon={<DownloadOutlined />} href={fileOf('partnerFiles')} download>
                {t('partners.exportFiles')}
              </Button>
            )}
          </>
        }
        card={(row) => (
          <div className="qc-card">
            <div className="qc-row">
              <strong className="qc-grow">{link(row)}</strong>
              <StateTag of="partner" state={row.state} />
            </div>
            <div className="qc-row qc-muted">
              <span className="qc-grow qc-num">{row.no}</span>
              {credit(row)}
            </div>
          </div>
        )}
      />
      {adding && (
        <PartnerFileForm partner={null} onClose={() => setAdding(false)} onSaved={({ id }) => go(`/partners/${id}`)} />
      )}
    </Page>
  );
}
