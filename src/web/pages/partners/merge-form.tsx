/** Merging this file into another one of the same company: what would move, what stands in the way, and the reason. There is no way back. */
import { Alert, Form, Input } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiAction, useApiQuery } from '../../api/hooks.ts';
import { RemoteSelect } from '../../ui/fields.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { findPartners } from '../orders/lookups.ts';
import { PartnerForm, type PartnerFormProps } from './partner-form.tsx';

export function MergeForm({ partner, onClose }: PartnerFormProps): ReactElement {
  const { t } = useTranslation();
  const merge = useApiAction('partnerMerge');
  const [twin] = partner.possibleDuplicates;
  return (
    <PartnerForm<{ intoId?: string | undefined; reason: string }>
      partner={partner}
      name="merge"
      title={t('states.action.partner.merge')}
      danger
      initialValues={{ intoId: twin?.id, reason: '' }}
      onClose={onClose}
      send={({ intoId, reason }, version) =>
        merge.run({ params: { partnerId: partner.id }, body: { intoId: intoId ?? '', reason }, ifMatch: version })
      }
    >
      <Alert type="warning" showIcon style={{ marginBottom: 16 }} title={t('partners.mergeHint')} />
      <Form.Item
        name="intoId"
        label={t('partners.mergeInto')}
        rules={[{ required: true, message: t('common.required') }]}
      >
        <RemoteSelect
          search={findPartners}
          {...(twin === undefined ? {} : { initial: { value: twin.id, label: twin.name, hint: twin.no } })}
        />
      </Form.Item>
      <Form.Item noStyle shouldUpdate={(before, after) => before.intoId !== after.intoId}>
        {({ getFieldValue }) => {
          const intoId: unknown = getFieldValue('intoId');
          return typeof intoId === 'string' ? <Preview partnerId={partner.id} intoId={intoId} /> : null;
        }}
      </Form.Item>
      <Form.Item
        name="reason"
        label={t('partners.reason')}
        rules={[{ required: true, whitespace: true, message: t('common.required') }]}
      >
        <Input.TextArea rows={3} maxLength={2000} />
      </Form.Item>
    </PartnerForm>
  );
}

function Preview({ partnerId, intoId }: { partnerId: string; intoId: string }): ReactElement | null {
  const { t, i18n } = useTranslation();
  const preview = useApiQuery('partnerMergePreview', { params: { partnerId }, query: { into: intoId } });
  if (preview.error !== null) return <ProblemAlert problem={preview.error} />;
  if (preview.data === undefined) return null;
  const { moves, refusals, droppedItemCodes } = preview.data;
  const named = moves.filter(({ what }) => i18n.exists(`states.record.${what}`));
  return (
    <div className="qc-stack" style={{ marginBottom: 16 }}>
      {refusals.map(({ code, title }) => (
        <Alert key={code} type="error" showIcon title={title} />
      ))}
      <div>
        <strong>{t('partners.mergeMoves')}</strong>
        <ul className="qc-plain">
          {named.map(({ what, count }) => (
            <li key={what}>
              {t('common.labelled', { label: t(`states.record.${what}`) })}
              <span className="qc-num">{count}</span>
            </li>
          ))}
        </ul>
        {droppedItemCodes > 0 && <p className="qc-muted">{t('partners.mergeDropped', { count: droppedItemCodes })}</p>}
      </div>
    </div>
  );
}
