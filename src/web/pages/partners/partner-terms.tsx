/** What the partner's own words for products were learnt to mean: corrected or forgotten, and taken back on the spot. */
import { Alert, Button } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Item } from '../../api/client.ts';
import { useApiAction } from '../../api/hooks.ts';
import { RemoteSelect } from '../../ui/fields.tsx';
import { PathLink } from '../../ui/path-link.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { QueryTable } from '../../ui/query-table.tsx';
import { DateTime } from '../../ui/values.tsx';
import { findProductChoices } from '../orders/lookups.ts';
import { useNames } from '../orders/names.ts';
import type { PartSectionProps } from './partner-page.tsx';
import { PersonName } from '../../ui/person-names.tsx';

type Term = Item<'partnerTermList'>;
/** What was done last, and what it meant before. */
type Done = { term: string; before: string; forgotten: boolean };

export function PartnerTerms({ partner }: Pick<PartSectionProps, 'partner'>): ReactElement {
  const { t } = useTranslation();
  const names = useNames();
  const save = useApiAction('partnerTermSave');
  const [correcting, setCorrecting] = useState<string | null>(null);
  const [done, setDone] = useState<Done | null>(null);
  const params = { partnerId: partner.id };
  const put = async (term: string, productId: string | null) => {
    const saved = await save.attempt({ params, body: { term, productId }, ifMatch: partner.version });
    setCorrecting(null);
    return saved;
  };
  const change = async ({ term, product }: Term, productId: string | null) => {
    if ((await put(term, productId)) !== undefined)
      setDone({ term, before: product.id, forgotten: productId === null });
  };
  const back = async ({ term, before }: Done) => {
    if ((await put(term, before)) !== undefined) setDone(null);
  };
  return (
    <>
      <p className="qc-muted" style={{ marginBottom: 8 }}>
        {t('partners.termsHint')}
      </p>
      <ProblemAlert problem={save.problem} onClose={save.clear} />
      {done !== null && (
        <Alert
          type="success"
          showIcon
          role="status"
          style={{ marginBottom: 8 }}
          title={t(done.forgotten ? 'partners.termForgotten' : 'partners.termCorrected', { term: done.term })}
          action={
            <Button size="small" loading={save.pending} onClick={() => void back(done)}>
              {t('common.undo')}
            </Button>
          }
        />
      )}
      <QueryTable
        operation="partnerTermList"
        id="partner-terms"
        params={params}
        rowKey={({ term }) => term}
        search={t('partners.termSearch')}
        columns={[
          { key: 'term', title: t('partners.term'), always: true, render: ({ term }) => term },
          {
            key: 'product',
            title: t('partners.product'),
            render: (row) =>
              correcting === row.term ? (
                <RemoteSelect
                  aria-label={t('partners.product')}
                  search={findProductChoices}
                  initial={{ value: row.product.id, label: names.product(row.product) }}
                  value={row.product.id}
                  onPick={(choice) => choice !== undefined && void change(row, choice.value)}
                />
              ) : (
                <PathLink to={`/products/${row.product.id}`}>
                  <span className="qc-num">{row.product.sku}</span> {names.product(row.product)}
                </PathLink>
              ),
          },
          { key: 'by', title: t('partners.learntBy'), render: ({ learntBy }) => <PersonName name={learntBy} /> },
          { key: 'at', title: t('partners.learntAt'), render: ({ learntAt }) => <DateTime value={learntAt} /> },
          {
            key: 'actions',
            title: t('common.actions'),
            render: (row) => (
              <div className="qc-row">
                <Button size="small" onClick={() => setCorrecting(correcting === row.term ? null : row.term)}>
                  {t(correcting === row.term ? 'common.cancel' : 'partners.termCorrect')}
                </Button>
                <Button size="small" loading={save.pending} onClick={() => void change(row, null)}>
                  {t('partners.termForget')}
                </Button>
              </div>
            ),
          },
        ]}
      />
    </>
  );
}
