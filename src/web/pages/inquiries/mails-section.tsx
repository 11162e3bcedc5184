/** The mails of an inquiry as text: the one that it was made of, and answers to it. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiQuery } from '../../api/hooks.ts';
import { Section } from '../../ui/page.tsx';
import { DateTime } from '../../ui/values.tsx';

export function MailsSection({ inquiryId }: { inquiryId: string }): ReactElement | null {
  const { t } = useTranslation();
  const mails = useApiQuery('inquiryMails', { params: { inquiryId } });
  const items = mails.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <Section title={t('inquiries.mail.ofInquiry')}>
      {items.map(({ id, from, subject, receivedAt, text }) => (
        <details key={id} style={{ marginBottom: 8 }}>
          <summary>
            <strong>{subject}</strong> <span className="qc-muted">{from}</span> <DateTime value={receivedAt} />
          </summary>
          <pre className="qo-mail">{text}</pre>
        </details>
      ))}
    </Section>
  );
}
