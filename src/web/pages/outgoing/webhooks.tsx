/** Webhook endpoints: the company's own on the workbench, a partner's on the portal; and what went to them. */
import { PlusOutlined } from '@ant-design/icons';
import { Button, Popconfirm } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { OUTGOING_STATES } from '../../../contract/outgoing.ts';
import type { Answer } from '../../api/client.ts';
import { useApiAction, useApiQuery } from '../../api/hooks.ts';
import { useCan, useSession } from '../../session.tsx';
import { Facts, Loaded, Page, Section } from '../../ui/page.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { StateTag } from '../../ui/state-tag.tsx';
import { DateTime } from '../../ui/values.tsx';
import { type Secret, ShownOnce } from '../admin/shown-once.tsx';
import { MessageTable } from './message-table.tsx';
import { WebhookForm } from './webhook-form.tsx';

export type Webhook = Answer<'webhookList'>['items'][number];

export default function Webhooks(): ReactElement {
  const { t } = useTranslation();
  const may = useCan()('webhook.manage');
  const { actor } = useSession();
  const list = useApiQuery('webhookList', {});
  const [form, open] = useState<{ webhook: Webhook | null } | null>(null);
  const [secret, setSecret] = useState<Secret | null>(null);
  return (
    <Page
      title={t('common.menu.webhooks')}
      actions={
        may && (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => open({ webhook: null })}>
            {t('outgoing.newWebhook')}
          </Button>
        )
      }
    >
      <p className="qc-muted">{t('outgoing.webhooksHint')}</p>
      <Loaded query={list}>
        {({ items }) => (
          <div className="qc-stack">
            {items.length === 0 && <p>{t('outgoing.noWebhooks')}</p>}
            {items.map((webhook) => (
              <Endpoint key={webhook.id} webhook={webhook} onEdit={() => open({ webhook })} onSecret={setSecret} />
            ))}
          </div>
        )}
      </Loaded>
      <Section title={t('common.menu.outgoing')}>
        <MessageTable
          id="webhook-messages"
          fixed={{ channel: 'webhook' }}
          pathOf={actor.kind === 'partner' ? null : ({ id }) => `/outgoing/${id}`}
          filters={[
            {
              key: 'state',
              kind: 'select',
              label: t('outgoing.state'),
              options: OUTGOING_STATES.map((value) => ({ value, label: t(`states.outgoing.${value}`) })),
            },
          ]}
        />
      </Section>
      {form !== null && <WebhookForm webhook={form.webhook} onClose={() => open(null)} onSecret={setSecret} />}
      {secret !== null && <ShownOnce secret={secret} onClose={() => setSecret(null)} />}
    </Page>
  );
}

function Endpoint({
  webhook,
  onEdit,
  onSecret,
}: {
  webhook: Webhook;
  onEdit: () => void;
  onSecret: (secret: Secret) => void;
}): ReactElement {
  const { t } = useTranslation();
  const may = useCan()('webhook.manage');
  const update = useApiAction('webhookUpdate');
  const test = useApiAction('webhookTest');
  const rotate = useApiAction('webhookRotate', {
    onDone: ({ secret }) =>
      onSecret({ title: t('outgoing.secretOf', { name: webhook.name }), text: secret, hint: t('outgoing.secretHint') }),
  });
  const on = { params: { webhookId: webhook.id } };
  const ifMatch = webhook.version;
  const isOn = webhook.state === 'on';
  return (
    <Section
      title={webhook.name}
      extra={
        may && (
          <div className="qc-row">
            <Button size="small" onClick={onEdit}>
              {t('outgoing.change')}
            </Button>
            {isOn && (
              <Button size="small" loading={test.pending} onClick={() => void test.attempt(on)}>
                {t('outgoing.sendTestEvent')}
              </Button>
            )}
            <Popconfirm
              title={t('outgoing.rotateSure')}
              okText={t('outgoing.rotate')}
              cancelText={t('common.cancel')}
              onConfirm={() => rotate.attempt({ ...on, ifMatch })}
            >
              <Button size="small">{t('outgoing.rotate')}</Button>
            </Popconfirm>
            <Button
              size="small"
              loading={update.pending}
              onClick={() => void update.attempt({ ...on, ifMatch, body: { state: isOn ? 'off' : 'on' } })}
            >
              {t(isOn ? 'outgoing.switchOff' : 'outgoing.switchOn')}
            </Button>
          </div>
        )
      }
    >
      <ProblemAlert problem={update.problem ?? test.problem ?? rotate.problem} />
      <Facts
        items={[
          [t('outgoing.state'), <StateTag key="state" of="webhook" state={webhook.state} />],
          ...(webhook.offReason === null
            ? []
            : [[t('outgoing.why'), t(`states.outgoingReason.${webhook.offReason}`)] as const]),
          [t('outgoing.address'), webhook.url],
          ...(webhook.partnerName === null ? [] : [[t('outgoing.partner'), webhook.partnerName] as const]),
          [
            t('outgoing.eventTypes'),
            webhook.eventTypes.length === 0
              ? t('outgoing.allEvents')
              : webhook.eventTypes.map((type) => t(`states.event.${type}`)).join(t('common.listSeparator')),
          ],
          [t('outgoing.waiting'), String(webhook.waiting)],
          [t('outgoing.parkedCount'), String(webhook.parked)],
          ...(webhook.oldSecretUntil === null
            ? []
            : [[t('outgoing.oldSecret'), <DateTime key="old" value={webhook.oldSecretUntil} />] as const]),
        ]}
      />
    </Section>
  );
}
