/** A draft is changed, or an objected order is answered and revised. What somebody else saved meanwhile is shown beside one's own. */
import { useParams } from '@tanstack/react-router';
import { Alert } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiQuery } from '../../api/hooks.ts';
import { Loaded, Page } from '../../ui/page.tsx';
import { PathLink } from '../../ui/path-link.tsx';
import { DraftEditor } from './editor/draft-editor.tsx';
import { RevisionEditor } from './editor/revision-editor.tsx';

export default function OrderEdit(): ReactElement {
  const { t } = useTranslation();
  const { orderId } = useParams({ strict: false });
  const order = useApiQuery('orderGet', { params: { orderId: orderId ?? '' } }, { refetchInterval: 10_000 });
  const shown = order.data;
  if (shown?.state === 'draft') return <DraftEditor key={shown.id} order={shown} />;
  if (shown?.state === 'objected') return <RevisionEditor key={shown.id} order={shown} />;
  return (
    <Page title={t('orders.edit')} crumbs={[{ title: t('orders.title'), to: '/orders' }]}>
      <Loaded query={order}>
        {({ id, no, state }) => (
          <Alert
            type="info"
            showIcon
            title={t('orders.notEditable', { no, state: t(`states.order.${state}`) })}
            action={<PathLink to={`/orders/${id}`}>{t('common.open')}</PathLink>}
          />
        )}
      </Loaded>
    </Page>
  );
}
