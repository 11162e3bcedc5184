/** Changes of the file that wait for a review: what stands there now, what is wanted, and the decision. Used on either side. */
import { Alert, Button, Input } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiAction } from '../../api/hooks.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { DateTime } from '../../ui/values.tsx';
import type { Partner } from './partner-file-values.ts';
import { useTell } from '../../ui/tell.tsx';

type Change = Partner['pendingChanges'][number];

export function PendingChanges({ partner }: { partner: Partner }): ReactElement {
  return (
    <>
      {partner.pendingChanges.map((change) => (
        <PendingChange key={change.id} partner={partner} change={change} />
      ))}
    </>
  );
}

function PendingChange({ partner, change }: { partner: Partner; change: Change }): ReactElement {
  const { t } = useTranslation();
  const { modal } = useTell();
  const [reason, setReason] = useState<string | null>(null);
  const accept = useApiAction('partnerChangeAccept');
  const refuse = useApiAction('partnerChangeRefuse');
  const withdraw = useApiAction('partnerChangeWithdraw');
  const call = { params: { partnerId: partner.id, changeId: change.id }, ifMatch: partner.version };
  const twin = accept.problem?.code === 'partner.duplicate' && accept.problem.errors[0]?.params?.['why'] !== 'uscc';
  const acceptAll = (confirmDuplicate: boolean) =>
    accept.attempt({ ...call, body: confirmDuplicate ? { confirmDuplicate } : {} });
  const askWithdraw = () =>
    void modal.confirm({
      title: t('partners.changeWithdraw'),
      content: t('partners.changeWithdrawSure'),
      okText: t('partners.changeWithdraw'),
      cancelText: t('common.cancel'),
      onOk: () => withdraw.attempt(call),
    });
  return (
    <Alert
      type="warning"
      showIcon
      title={change.reviewer === 'finance' ? t('partners.changeOfInvoicing') : t('partners.changeOfCompany')}
      description={
        <div className="qc-stack" style={{ gap: 8 }}>
          <ProblemAlert problem={accept.problem ?? refuse.problem ?? withdraw.problem} />
          <Wanted change={change} />
          <span className="qc-muted">
            <DateTime value={change.proposedAt} /> {change.proposedBy}
          </span>
          {reason !== null && (
            <Input.TextArea
              aria-label={t('partners.reason')}
              placeholder={t('partners.changeRefuseHint')}
              value={reason}
              rows={2}
              maxLength={2000}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
          <div className="qc-row">
            {change.mayDecide && reason === null && (
              <>
                <Button type="primary" loading={accept.pending} onClick={() => void acceptAll(twin)}>
                  {twin ? t('partners.confirmDuplicate') : t('partners.changeAccept')}
                </Button>
                <Button danger onClick={() => setReason('')}>
                  {t('partners.changeRefuse')}
                </Button>
              </>
            )}
            {change.mayDecide && reason !== null && (
              <>
                <Button
                  danger
                  disabled={reason.trim() === ''}
                  loading={refuse.pending}
                  onClick={() => void refuse.attempt({ ...call, body: { reason } })}
                >
                  {t('partners.changeRefuse')}
                </Button>
                <Button onClick={() => setReason(null)}>{t('common.cancel')}</Button>
              </>
            )}
            {change.mayWithdraw && <Button onClick={askWithdraw}>{t('partners.changeWithdraw')}</Button>}
          </div>
        </div>
      }
    />
  );
}

function Wanted({ change }: { change: Change }): ReactElement {
  const { t, i18n } = useTranslation();
  const nameOf = (field: string) => (i18n.exists(`states.field.${field}`) ? t(`states.field.${field}`) : field);
  const valueOf = (field: string, value: string | null) => {
    if (value === null) return t('partners.emptied');
    return field === 'invoiceKind' ? t(`states.invoiceKind.${value}`) : value;
  };
  return (
    <ul className="qc-plain">
      {change.fields.map(({ field, before, after }) => (
        <li key={field}>
          {t('common.labelled', { label: nameOf(field) })}
          {before === null ? '–' : <del className="qc-muted">{valueOf(field, before)}</del>} →{' '}
          <strong>{valueOf(field, after)}</strong>
        </li>
      ))}
      {change.contacts.map(({ id, name, duties, phone, email }) => (
        <li key={id ?? name}>
          {t('common.labelled', { label: id === undefined ? t('partners.addContact') : t('partners.editContact') })}
          <strong>
            {[name, duties.map((duty) => t(`states.contactDuty.${duty}`)).join(t('common.listSeparator')), phone, email]
              .filter(Boolean)
              .join(' · ')}
          </strong>
        </li>
      ))}
      {change.note !== null && <li className="qc-muted">{change.note}</li>}
    </ul>
  );
}
