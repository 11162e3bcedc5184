/** One message as text: why it is where it is, and what may be done with it. Its HTML is never shown. */
import { useParams } from '@tanstack/react-router';
import { Form, Input, Tag } from 'antd';
import { type ReactElement, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../api/client.ts';
import { useApiAction, useApiQuery } from '../../api/hooks.ts';
import { ActionBar } from '../../ui/action-bar.tsx';
import { RemoteSelect } from '../../ui/fields.tsx';
import { FormDrawer } from '../../ui/form-drawer.tsx';
import { Facts, Loaded, Page, Section } from '../../ui/page.tsx';
import { PathLink, useGo } from '../../ui/path-link.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { StateTag } from '../../ui/state-tag.tsx';
import { DateTime } from '../../ui/values.tsx';
import { findActivePartners } from '../orders/lookups.ts';
import { useNames } from '../orders/names.ts';
import '../orders/orders.css';
import { PersonName } from '../../ui/person-names.tsx';

type Message = Answer<'intakeGet'>;

export default function MailPage(): ReactElement {
  const { t } = useTranslation();
  const { messageId } = useParams({ strict: false });
  const message = useApiQuery('intakeGet', { params: { messageId: messageId ?? '' } });
  const crumbs = [{ title: t('common.menu.mail'), to: '/mail' }];
  const shown = message.data;
  return (
    <Page
      title={
        shown === undefined
          ? t('states.document.intake')
          : (shown.subject ?? t('inquiries.mail.noSubject', { no: shown.no }))
      }
      crumbs={crumbs}
      extra={shown === undefined ? null : <StateTag of="intake" state={shown.state} />}
    >
      <Loaded query={message}>{(loaded) => <Shown message={loaded} />}</Loaded>
    </Page>
  );
}

function Shown({ message }: { message: Message }): ReactElement {
  const { t } = useTranslation();
  const [open, setOpen] = useState<'release' | 'discard' | null>(null);
  const restore = useApiAction('intakeRestore');
  const at = { params: { messageId: message.id }, ifMatch: message.version };
  return (
    <>
      <ActionBar
        document="intake"
        actions={message.allowedActions}
        run={{
          release: () => setOpen('release'),
          discard: { run: () => setOpen('discard'), danger: true },
          restore: () => restore.attempt(at),
        }}
      />
      <ProblemAlert problem={restore.problem} onClose={restore.clear} />
      <div className="qo-columns">
        <Section title={t('inquiries.mail.text')}>
          <pre className="qo-mail">{message.text === '' ? t('inquiries.mail.noText') : message.text}</pre>
          <Attachments message={message} />
        </Section>
        <MailFacts message={message} />
      </div>
      <ReleaseForm message={message} open={open === 'release'} onClose={() => setOpen(null)} />
      <DiscardForm message={message} open={open === 'discard'} onClose={() => setOpen(null)} />
    </>
  );
}

function Attachments({ message }: { message: Message }): ReactElement | null {
  const { t } = useTranslation();
  if (message.attachments.length === 0) return null;
  return (
    <ul style={{ marginTop: 12 }} aria-label={t('inquiries.mail.attachments')}>
      {message.attachments.map(({ fileName, byteCount, lines, kept }) => (
        <li key={`${fileName} ${byteCount}`}>
          {fileName}{' '}
          <span className="qc-muted">{t('inquiries.mail.kilobytes', { size: Math.ceil(byteCount / 1024) })}</span>{' '}
          {lines !== null && <Tag>{t('inquiries.mail.linesRead', { count: lines })}</Tag>}
          {!kept && <Tag color="warning">{t('inquiries.mail.notKept')}</Tag>}
        </li>
      ))}
    </ul>
  );
}

type Fact = readonly [string, ReactNode];
/** What there is nothing to say about is left out. */
const shownOnly = (facts: readonly Fact[]): readonly Fact[] =>
  facts.filter(([, value]) => value !== null && value !== undefined);

function MailFacts({ message }: { message: Message }): ReactElement {
  const { t } = useTranslation();
  const names = useNames();
  const { auth } = message;
  return (
    <section className="qc-card" aria-label={t('orders.summary')}>
      <Facts
        items={shownOnly([
          [t('inquiries.mail.reason'), message.reason === null ? null : t(`states.intakeReason.${message.reason}`)],
          [t('inquiries.mail.from'), message.from],
          [t('inquiries.mail.envelope'), message.envelopeFrom],
          [t('inquiries.mail.address'), message.remoteIp],
          [
            t('inquiries.mail.checks'),
            auth === null
              ? null
              : `SPF ${auth.spf} · DKIM ${auth.dkim} · DMARC ${auth.dmarc}${auth.by === 'self' ? '' : ` (${auth.by})`}`,
          ],
          [t('inquiries.receivedAt'), <DateTime key="at" value={message.receivedAt} />],
          [t('orders.partner'), message.partner === null ? null : names.partner(message.partner)],
          [
            t('states.document.inquiry'),
            message.inquiry === null ? null : (
              <PathLink key="inquiry" to={`/inquiries/${message.inquiry.id}`}>
                {message.inquiry.no}
              </PathLink>
            ),
          ],
          [
            t('inquiries.mail.duplicates'),
            message.possibleDuplicateOf.length === 0
              ? null
              : message.possibleDuplicateOf.map(({ id, no }) => (
                  <PathLink key={id} to={`/mail/${id}`}>
                    {no}{' '}
                  </PathLink>
                )),
          ],
          [t('inquiries.mail.decidedBy'), <PersonName key="decidedBy" name={message.decidedBy?.name} />],
          [t('inquiries.mail.discardReason'), message.discardReason],
        ])}
      />
    </section>
  );
}

type ReleaseValues = { partnerId?: string; text?: string };

function ReleaseForm({
  message,
  open,
  onClose,
}: {
  message: Message;
  open: boolean;
  onClose: () => void;
}): ReactElement {
  const { t } = useTranslation();
  const go = useGo();
  const names = useNames();
  const release = useApiAction('intakeRelease', {
    onDone: ({ inquiry }) => {
      if (inquiry !== null) go(`/inquiries/${inquiry.id}`);
    },
  });
  const [suspect] = message.suspects;
  return (
    <FormDrawer<ReleaseValues>
      open={open}
      title={t('states.action.intake.release')}
      draftKey={`mail.${message.id}.release`}
      initialValues={suspect === undefined ? {} : { partnerId: suspect.id }}
      onSubmit={({ partnerId = '', text }) =>
        release.run({
          params: { messageId: message.id },
          ifMatch: message.version,
          body: { partnerId, ...(text === undefined || text.trim() === '' ? {} : { text }) },
        })
      }
      onClose={onClose}
      submitText={t('states.action.intake.release')}
    >
      <p className="qc-muted" style={{ marginBottom: 12 }}>
        {t('inquiries.mail.releaseHint')}
      </p>
      <Form.Item
        name="partnerId"
        label={t('orders.partner')}
        rules={[{ required: true, message: t('common.required') }]}
      >
        <RemoteSelect
          search={findActivePartners}
          initial={
            suspect === undefined ? undefined : { value: suspect.id, label: `${suspect.no} ${names.partner(suspect)}` }
          }
        />
      </Form.Item>
      <Form.Item name="text" label={t('inquiries.mail.otherWords')} extra={t('inquiries.mail.otherWordsHint')}>
        <Input.TextArea rows={6} maxLength={20_000} placeholder={t('inquiries.pasteExample')} />
      </Form.Item>
    </FormDrawer>
  );
}

function DiscardForm({
  message,
  open,
  onClose,
}: {
  message: Message;
  open: boolean;
  onClose: () => void;
}): ReactElement {
  const { t } = useTranslation();
  const discard = useApiAction('intakeDiscard');
  return (
    <FormDrawer<{ reason: string }>
      open={open}
      title={t('states.action.intake.discard')}
      draftKey={`mail.${message.id}.discard`}
      initialValues={{ reason: '' }}
      onSubmit={({ reason }) =>
        discard.run({ params: { messageId: message.id }, ifMatch: message.version, body: { reason } })
      }
      onClose={onClose}
      submitText={t('states.action.intake.discard')}
    >
      <Form.Item
        name="reason"
        label={t('inquiries.mail.discardReason')}
        extra={t('inquiries.mail.discardHint')}
        rules={[{ required: true, whitespace: true, message: t('common.required') }]}
      >
        <Input.TextArea rows={3} maxLength={2000} />
      </Form.Item>
    </FormDrawer>
  );
}
