/** An endpoint: name, address, and the events it is told of. */
import { Form, Input, Select } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useClearable } from '../../ui/clearable.tsx';
import { useApiAction, useApiQuery } from '../../api/hooks.ts';
import type { Secret } from '../admin/shown-once.tsx';
import { DocumentForm } from '../orders/document-form.tsx';
import type { Webhook } from './webhooks.tsx';

type Values = { name: string; url: string; eventTypes: string[] };

export function WebhookForm({
  webhook,
  onClose,
  onSecret,
}: {
  webhook: Webhook | null;
  onClose: () => void;
  onSecret: (secret: Secret) => void;
}): ReactElement {
  const { t } = useTranslation();
  const clearable = useClearable();
  const types = useApiQuery('webhookEventTypes', {});
  const create = useApiAction('webhookCreate');
  const update = useApiAction('webhookUpdate');
  const must = [{ required: true, whitespace: true, message: t('common.required') }];
  const send = async (values: Values, version: number): Promise<Webhook> => {
    const body = { name: values.name.trim(), url: values.url.trim(), eventTypes: values.eventTypes };
    if (webhook !== null) return update.run({ params: { webhookId: webhook.id }, body, ifMatch: version });
    const made = await create.run({ body });
    onSecret({ title: t('outgoing.secretOf', { name: body.name }), text: made.secret, hint: t('outgoing.secretHint') });
    return made.webhook;
  };
  return (
    <DocumentForm<Values, Webhook>
      draftKey={`webhook.${webhook?.id ?? 'new'}`}
      no={webhook?.name ?? ''}
      version={webhook?.version ?? 0}
      stateNow={webhook === null ? '' : t(`states.webhook.${webhook.state}`)}
      title={t(webhook === null ? 'outgoing.newWebhook' : 'outgoing.editWebhook')}
      submitText={t('common.save')}
      initialValues={{ name: webhook?.name ?? '', url: webhook?.url ?? '', eventTypes: webhook?.eventTypes ?? [] }}
      send={send}
      doneText={() => t('outgoing.saved')}
      onClose={onClose}
    >
      <Form.Item name="name" label={t('outgoing.webhookName')} rules={must}>
        <Input maxLength={100} autoFocus autoComplete="off" />
      </Form.Item>
      <Form.Item name="url" label={t('outgoing.address')} extra={t('outgoing.urlHint')} rules={must}>
        <Input maxLength={500} autoComplete="off" placeholder="https://" />
      </Form.Item>
      <Form.Item name="eventTypes" label={t('outgoing.eventTypes')} extra={t('outgoing.eventTypesHint')}>
        <Select
          mode="multiple"
          allowClear={clearable}
          optionFilterProp="label"
          loading={types.isPending}
          options={(types.data?.items ?? []).map((value) => ({ value, label: t(`states.event.${value}`) }))}
        />
      </Form.Item>
    </DocumentForm>
  );
}
