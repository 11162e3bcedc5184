/** A new inquiry: first written, then checked, then sent. What was typed stays on the device until it is sent. */
import { Alert, Button, Form, Input } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiAction } from '../../../api/hooks.ts';
import { useDraft } from '../../../lib/draft.ts';
import { DateField } from '../../../ui/fields.tsx';
import { Page, Section } from '../../../ui/page.tsx';
import { useGo } from '../../../ui/path-link.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { AddressSelect } from '../address-select.tsx';
import { InquiryCheck } from './inquiry-check.tsx';
import { WantedLines } from './wanted-lines.tsx';
import { EMPTY_INQUIRY, type InquiryDraft, inquiryBody, isBlankWanted, withRead } from './wanted-model.ts';
import '../portal.css';
import { useTell } from '../../../ui/tell.tsx';

export default function InquiryNew(): ReactElement {
  const { t } = useTranslation();
  const { message } = useTell();
  const go = useGo();
  const draft = useDraft<InquiryDraft>('portal-inquiry.new', EMPTY_INQUIRY);
  const [checking, setChecking] = useState(false);
  const send = useApiAction('inquiryCreate');
  const typed = draft.value;
  const body = inquiryBody(typed);
  const wordless = typed.lines.some((line) => !isBlankWanted(line) && line.text.trim() === '');
  const change = (patch: Partial<InquiryDraft>) => draft.set((before) => ({ ...before, ...patch }));
  const check = () => {
    if (body.lines.length === 0 || wordless)
      return void message.warning(t(wordless ? 'portal.inquiry.wordless' : 'portal.inquiry.noLines'));
    send.clear();
    setChecking(true);
    window.scrollTo({ top: 0 });
  };
  const submit = async () => {
    const made = await send.attempt({ body });
    if (made === undefined) return;
    draft.clear(EMPTY_INQUIRY);
    void message.success(t('portal.inquiry.sent', { no: made.no }));
    go(`/portal/inquiries/${made.id}`);
  };
  const crumbs = [{ title: t('common.menu.myInquiries'), to: '/portal/inquiries' }];
  if (checking)
    return (
      <Page
        title={t('portal.inquiry.check')}
        crumbs={crumbs}
        footer={
          <>
            <Button onClick={() => setChecking(false)}>{t('portal.back')}</Button>
            <Button type="primary" loading={send.pending} onClick={() => void submit()}>
              {t('portal.inquiry.send')}
            </Button>
          </>
        }
      >
        <ProblemAlert problem={send.problem} onClose={send.clear} />
        <InquiryCheck
          draft={typed}
          onEdit={(key, patch) =>
            change({ lines: typed.lines.map((line) => (line.key === key ? { ...line, ...patch } : line)) })
          }
        />
      </Page>
    );
  return (
    <Page
      title={t('portal.newInquiry')}
      crumbs={crumbs}
      footer={
        <Button type="primary" onClick={check}>
          {t('portal.inquiry.toCheck')}
        </Button>
      }
    >
      {draft.restored && (
        <Alert
          type="info"
          showIcon
          title={t('common.draftRestored')}
          action={
            <Button size="small" onClick={() => draft.clear(EMPTY_INQUIRY)}>
              {t('common.startOver')}
            </Button>
          }
        />
      )}
      <Section title={t('portal.inquiry.lines')}>
        <WantedLines
          lines={typed.lines}
          onChange={(lines) => change({ lines })}
          onRead={(read) => {
            draft.set((before) => withRead(before, read));
            void message.success(t('inquiries.readLines', { count: read.lines.length }));
          }}
        />
      </Section>
      <Section title={t('portal.inquiry.about')}>
        <AboutFields typed={typed} change={change} />
      </Section>
    </Page>
  );
}

function AboutFields({
  typed,
  change,
}: {
  typed: InquiryDraft;
  change: (patch: Partial<InquiryDraft>) => void;
}): ReactElement {
  const { t } = useTranslation();
  return (
    <Form layout="vertical" component="div" className="qp-fields">
      <Form.Item label={t('portal.customer')} htmlFor="inquiry-customer">
        <Input
          id="inquiry-customer"
          maxLength={200}
          value={typed.customerName}
          placeholder={t('portal.customerHint')}
          onChange={(event) => change({ customerName: event.target.value })}
        />
      </Form.Item>
      <Form.Item label={t('portal.poNo')} htmlFor="inquiry-po">
        <Input
          id="inquiry-po"
          maxLength={64}
          value={typed.poNo}
          onChange={(event) => change({ poNo: event.target.value })}
        />
      </Form.Item>
      <Form.Item label={t('portal.requestedOn')} htmlFor="inquiry-on" extra={t('portal.requestedOnHint')}>
        <DateField
          id="inquiry-on"
          value={typed.requestedOn}
          onChange={(requestedOn) => change({ requestedOn: requestedOn ?? '' })}
        />
      </Form.Item>
      <Form.Item label={t('portal.address')} htmlFor="inquiry-address">
        <AddressSelect id="inquiry-address" value={typed.addressId} onChange={(addressId) => change({ addressId })} />
      </Form.Item>
      <Form.Item label={t('portal.note')} htmlFor="inquiry-note" className="is-wide">
        <Input.TextArea
          id="inquiry-note"
          rows={3}
          maxLength={4000}
          value={typed.note}
          onChange={(event) => change({ note: event.target.value })}
        />
      </Form.Item>
    </Form>
  );
}
