/** Templates of orders: one's own and those of one's side; each starts a draft. The same page for the workbench and the portal. */
import { Button, Checkbox, Form, Input, Popconfirm, Tag } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Item } from '../../api/client.ts';
import { useApiAction } from '../../api/hooks.ts';
import { useSession } from '../../session.tsx';
import { Empty } from '../../ui/empty.tsx';
import { FormDrawer } from '../../ui/form-drawer.tsx';
import { Page } from '../../ui/page.tsx';
import { useGo } from '../../ui/path-link.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { QueryTable } from '../../ui/query-table.tsx';
import { DateTime } from '../../ui/values.tsx';
import { useNames } from '../orders/names.ts';

type Template = Item<'orderTemplateList'>;

export default function TemplateList(): ReactElement {
  const { t } = useTranslation();
  const names = useNames();
  const isPartner = useSession().actor.kind === 'partner';
  const home = isPartner ? '/portal/orders' : '/orders';
  const [editing, edit] = useState<Template | null>(null);
  return (
    <Page
      title={t('orders.templates')}
      crumbs={[{ title: t(isPartner ? 'common.menu.myOrders' : 'orders.title'), to: home }]}
    >
      <p className="qc-muted">{t('orders.templatesHint')}</p>
      <QueryTable
        operation="orderTemplateList"
        id="order-templates"
        rowKey={({ id }) => id}
        columns={[
          {
            key: 'name',
            title: t('orders.templateName'),
            always: true,
            render: (row) => (
              <>
                <strong>{row.name}</strong> {row.isShared && <Tag color="processing">{t('orders.templateShared')}</Tag>}
                <div className="qc-muted">{row.products.join(t('common.listSeparator'))}</div>
              </>
            ),
          },
          ...(isPartner
            ? []
            : [{ key: 'partner', title: t('orders.partner'), render: (row: Template) => names.partner(row.partner) }]),
          { key: 'lines', title: t('orders.templateLines'), render: (row) => row.lineCount },
          { key: 'owner', title: t('orders.templateOwner'), render: (row) => row.owner },
          { key: 'updated', title: t('orders.templateUpdated'), render: (row) => <DateTime value={row.updatedAt} /> },
          {
            key: 'actions',
            title: t('common.actions'),
            always: true,
            render: (row) => <Actions template={row} home={home} onEdit={() => edit(row)} />,
          },
        ]}
        empty={<Empty text={t('orders.noTemplates')} />}
      />
      {editing !== null && <RenameForm template={editing} onClose={() => edit(null)} />}
    </Page>
  );
}

function Actions({ template, home, onEdit }: { template: Template; home: string; onEdit: () => void }): ReactElement {
  const { t } = useTranslation();
  const go = useGo();
  const params = { templateId: template.id };
  const use = useApiAction('orderTemplateUse', { onDone: ({ id }) => go(`${home}/${id}/edit`) });
  const remove = useApiAction('orderTemplateDelete');
  return (
    <>
      <div className="qc-row">
        <Button size="small" type="primary" loading={use.pending} onClick={() => void use.attempt({ params })}>
          {t('orders.templateUse')}
        </Button>
        {template.mine && (
          <>
            <Button size="small" onClick={onEdit}>
              {t('orders.templateRename')}
            </Button>
            <Popconfirm
              title={t('orders.templateDeleteAsk')}
              okText={t('orders.templateDelete')}
              okButtonProps={{ danger: true }}
              cancelText={t('common.cancel')}
              onConfirm={() => remove.attempt({ params, ifMatch: template.version })}
            >
              <Button size="small" danger loading={remove.pending}>
                {t('orders.templateDelete')}
              </Button>
            </Popconfirm>
          </>
        )}
      </div>
      <ProblemAlert problem={use.problem ?? remove.problem} onClose={() => (use.clear(), remove.clear())} />
    </>
  );
}

type Named = { name: string; isShared: boolean };

function RenameForm({ template, onClose }: { template: Template; onClose: () => void }): ReactElement {
  const { t } = useTranslation();
  const update = useApiAction('orderTemplateUpdate');
  return (
    <FormDrawer<Named>
      open
      title={t('orders.templateRename')}
      draftKey={`template.${template.id}`}
      initialValues={{ name: template.name, isShared: template.isShared }}
      onClose={onClose}
      onSubmit={(body) => update.run({ params: { templateId: template.id }, body, ifMatch: template.version })}
    >
      <NameFields />
    </FormDrawer>
  );
}

function NameFields(): ReactElement {
  const { t } = useTranslation();
  return (
    <>
      <Form.Item
        name="name"
        label={t('orders.templateName')}
        rules={[{ required: true, whitespace: true, message: t('common.required') }]}
      >
        <Input maxLength={80} autoFocus />
      </Form.Item>
      <Form.Item name="isShared" valuePropName="checked">
        <Checkbox>{t('orders.templateShare')}</Checkbox>
      </Form.Item>
    </>
  );
}

/** The button on an order that keeps it as a template. */
export function SaveTemplateButton({ orderId }: { orderId: string }): ReactElement {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const go = useGo();
  const isPartner = useSession().actor.kind === 'partner';
  const save = useApiAction('orderTemplateSave', {
    onDone: () => go(isPartner ? '/portal/orders/templates' : '/orders/templates'),
  });
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('orders.saveTemplate')}</Button>
      {open && (
        <FormDrawer<Named>
          open
          title={t('orders.saveTemplate')}
          draftKey={`template.of.${orderId}`}
          initialValues={{ name: '', isShared: false }}
          onClose={() => setOpen(false)}
          onSubmit={(body) => save.run({ params: { orderId }, body })}
        >
          <NameFields />
        </FormDrawer>
      )}
    </>
  );
}
