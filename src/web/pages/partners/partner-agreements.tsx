/** The cooperation agreements of a partner. */
import { Button, Tag } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { apiUrl } from '../../api/client.ts';
import { useCan } from '../../session.tsx';
import { Section } from '../../ui/page.tsx';
import { BizDate } from '../../ui/values.tsx';
import { useTermText } from '../orders/term-text.ts';
import type { PartSectionProps } from './partner-page.tsx';
import { PlainTable } from '../../ui/plain-table.tsx';

export function PartnerAgreements({ partner, open }: PartSectionProps): ReactElement {
  const { t } = useTranslation();
  const can = useCan();
  const termText = useTermText();
  const may = can('partner.write');
  return (
    <Section
      title={t('partners.agreements')}
      extra={may && <Button onClick={() => open({ form: 'agreement' })}>{t('partners.addAgreement')}</Button>}
    >
      <PlainTable
        rows={partner.agreements}
        rowKey={({ id }) => id}
        empty={t('partners.noAgreement')}
        columns={[
          {
            key: 'no',
            title: t('partners.agreementNo'),
            render: ({ no, inForce }) => (
              <>
                <span className="qc-num">{no}</span> {inForce && <Tag color="success">{t('partners.inForce')}</Tag>}
              </>
            ),
          },
          {
            key: 'period',
            title: t('partners.period'),
            render: ({ validFrom, validTo }) => (
              <>
                <BizDate value={validFrom} /> – <BizDate value={validTo} />
              </>
            ),
          },
          { key: 'term', title: t('partners.paymentTerm'), render: ({ paymentTerm }) => termText(paymentTerm) },
          {
            key: 'reply',
            title: t('partners.replyDays'),
            render: ({ replyDays }) =>
              replyDays === null ? t('partners.byPolicy') : t('partners.workDays', { count: replyDays }),
          },
          {
            key: 'silence',
            title: t('partners.silenceAccepts'),
            render: ({ silenceAccepts }) => (silenceAccepts ? t('partners.yes') : t('partners.notSo')),
          },
          {
            key: 'parties',
            title: t('partners.parties'),
            render: ({ ourParty, theirParty, signedOn, attachmentId }) => (
              <>
                {[ourParty, theirParty].filter(Boolean).join(' · ')} <BizDate value={signedOn} />{' '}
                {attachmentId !== null && (
                  <a href={apiUrl('attachmentGet', { params: { attachmentId } })}>{t('partners.signedPaper')}</a>
                )}
              </>
            ),
          },
          { key: 'list', title: t('partners.priceList'), render: ({ priceList }) => priceList?.name },
          { key: 'note', title: t('partners.note'), render: ({ note }) => note },
          ...(may
            ? [
                {
                  key: 'end',
                  title: t('common.actions'),
                  render: ({ id, inForce }: (typeof partner.agreements)[number]) =>
                    inForce && (
                      <Button size="small" onClick={() => open({ form: 'agreementEnd', id })}>
                        {t('partners.endAgreement')}
                      </Button>
                    ),
                },
              ]
            : []),
        ]}
      />
    </Section>
  );
}
