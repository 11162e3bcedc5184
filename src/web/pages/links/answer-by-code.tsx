/** First the code, then the answer: accept what is shown, or object by line. */
import { Button, Form, Input } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiAction } from '../../api/hooks.ts';
import { Section } from '../../ui/page.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { DateTime } from '../../ui/values.tsx';
import type { Round } from './reply-link.tsx';

type Props = { view: Round; token: string; onAnswered: () => void };

export function AnswerByCode({ view, token, onAnswered }: Props): ReactElement {
  const { t } = useTranslation();
  const [sent, setSent] = useState<{ sentTo: string; expiresAt: string } | null>(null);
  const ask = useApiAction('linkCodeSend', { onDone: setSent });
  return (
    <Section title={t('links.answer')}>
      <div className="qc-stack">
        <p className="qc-muted">{t('links.codeHint')}</p>
        <ProblemAlert problem={ask.problem} onClose={ask.clear} />
        <div className="qc-row">
          <Button
            type={sent === null ? 'primary' : 'default'}
            loading={ask.pending}
            onClick={() => void ask.attempt({ body: { token } })}
          >
            {t(sent === null ? 'links.sendCode' : 'links.sendCodeAgain')}
          </Button>
          {sent !== null && (
            <span className="qc-muted" role="status">
              {t('links.codeSent', { to: sent.sentTo })} <DateTime value={sent.expiresAt} />
            </span>
          )}
        </div>
        {sent !== null && <Answer view={view} token={token} onAnswered={onAnswered} />}
      </div>
    </Section>
  );
}

type Values = { code?: string; whole?: string; lines?: Record<string, string | undefined> };

function Answer({ view, token, onAnswered }: Props): ReactElement {
  const { t } = useTranslation();
  const [form] = Form.useForm<Values>();
  const [objecting, setObjecting] = useState(false);
  const accept = useApiAction('linkAccept', { onDone: onAnswered });
  const object = useApiAction('linkObject', { onDone: onAnswered });
  const problem = accept.problem ?? object.problem;
  const send = async (how: 'accept' | 'object') => {
    const { code = '', whole = '', lines = {} } = await form.validateFields();
    const base = { token, code: code.trim(), contentHash: view.contentHash };
    const reasons = [
      ...(whole.trim() === '' ? [] : [{ reason: whole.trim() }]),
      ...view.lines.flatMap(({ lineNo }) => {
        const reason = lines[String(lineNo)]?.trim() ?? '';
        return reason === '' ? [] : [{ lineNo, reason }];
      }),
    ];
    if (how === 'accept') await accept.attempt({ body: base });
    else await object.attempt({ body: { ...base, reasons } });
  };
  // What is missing stands at its field.
  const press = (how: 'accept' | 'object') => void send(how).catch(() => undefined);
  return (
    <Form form={form} layout="vertical" requiredMark={false}>
      <ProblemAlert problem={problem} />
      <Form.Item
        name="code"
        label={t('links.code')}
        rules={[{ required: true, pattern: /^\s*\d{6}\s*$/, message: t('links.sixDigits') }]}
      >
        <Input inputMode="numeric" autoComplete="one-time-code" maxLength={8} style={{ width: 160 }} autoFocus />
      </Form.Item>
      {objecting && (
        <>
          {view.lines.map((line) => (
            <Form.Item key={line.lineNo} name={['lines', String(line.lineNo)]} label={`${line.lineNo}. ${line.name}`}>
              <Input.TextArea
                autoSize={{ minRows: 1, maxRows: 6 }}
                maxLength={1000}
                placeholder={t('links.reasonOfLine')}
              />
            </Form.Item>
          ))}
          <Form.Item name="whole" label={t('links.reasonOfOrder')}>
            <Input.TextArea rows={2} maxLength={1000} />
          </Form.Item>
        </>
      )}
      <div className="qc-row">
        {objecting ? (
          <>
            <Button type="primary" danger loading={object.pending} onClick={() => press('object')}>
              {t('links.sendObjection')}
            </Button>
            <Button onClick={() => setObjecting(false)}>{t('common.cancel')}</Button>
          </>
        ) : (
          <>
            <Button type="primary" loading={accept.pending} onClick={() => press('accept')}>
              {t('links.accept')}
            </Button>
            <Button onClick={() => setObjecting(true)}>{t('links.object')}</Button>
          </>
        )}
      </div>
    </Form>
  );
}
