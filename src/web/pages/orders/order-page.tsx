/** One order: where it is, what it waits for, on whom and until when; below that everything about it. */
import { PrinterOutlined } from '@ant-design/icons';
import { useParams } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { PDF_LANGUAGES } from '../../../contract/documents.ts';
import { ORDER_STAGES } from '../../../contract/machines/order.ts';
import { type Answer, fileUrl } from '../../api/client.ts';
import { useApiQuery } from '../../api/hooks.ts';
import { LOCALE_NAMES } from '../../i18n/locale.ts';
import { Later } from '../../ui/later.tsx';
import { MenuButton } from '../../ui/menu-button.tsx';
import { Facts, Loaded, Page } from '../../ui/page.tsx';
import { PathLink } from '../../ui/path-link.tsx';
import { StageBar } from '../../ui/stage-bar.tsx';
import { StateTag } from '../../ui/state-tag.tsx';
import { BizDate, DateTime, Money } from '../../ui/values.tsx';
import { Conversation } from '../tasks/conversation.tsx';
import { useNames } from './names.ts';
import { StatusLinks } from '../links/status-links.tsx';
import { SentMessages } from '../outgoing/sent-messages.tsx';
import { OrderActions } from './order-actions.tsx';
import { ComparisonSection } from './sections/comparison-section.tsx';
import { DiscrepanciesSection } from './sections/discrepancies-section.tsx';
import { ExecutionSection } from './sections/execution-section.tsx';
import { HoldsSection } from './sections/holds-section.tsx';
import { LinesSection } from './sections/lines-section.tsx';
import { MoneySection } from './sections/money-section.tsx';
import { RoundsSection } from './sections/rounds-section.tsx';
import { ShortagesSection } from './sections/shortages-section.tsx';
import { TermsSection } from './sections/terms-section.tsx';
import { TimelineSection } from './sections/timeline-section.tsx';
import { OrderFormsProvider } from './order-forms.tsx';
import './orders.css';
import { PersonName } from '../../ui/person-names.tsx';

export type Order = Answer<'orderGet'>;

/** What others change appears by itself. */
const LIVE_MS = 5_000;
const TROUBLE: readonly string[] = ['shortage', 'objected', 'cancelled'];

export default function OrderPage(): ReactElement {
  const { t } = useTranslation();
  const { orderId } = useParams({ strict: false });
  const order = useApiQuery('orderGet', { params: { orderId: orderId ?? '' } }, { refetchInterval: LIVE_MS });
  if (order.data === undefined)
    return (
      <Page title={t('orders.order')} crumbs={[{ title: t('orders.title'), to: '/orders' }]}>
        <Loaded query={order}>{() => null}</Loaded>
      </Page>
    );
  return <OrderShown key={order.data.id} order={order.data} />;
}

function OrderShown({ order }: { order: Order }): ReactElement {
  const { t } = useTranslation();
  const begun = order.pickings.length > 0 || order.shipments.length > 0 || order.effectiveAt !== null;
  return (
    <OrderFormsProvider order={order}>
      <Page
        title={t('orders.titleOf', { no: order.no })}
        crumbs={[{ title: t('orders.title'), to: '/orders' }]}
        extra={<StatusTags order={order} />}
        actions={<PrintMenu order={order} />}
      >
        <Progress order={order} />
        <OrderActions order={order} />
        <HeadFacts order={order} />
        <div className="qo-columns">
          <div className="qc-stack">
            <HoldsSection order={order} />
            <ShortagesSection order={order} />
            <DiscrepanciesSection order={order} />
            <LinesSection order={order} />
            <Later>
              {order.inquiry !== null && <ComparisonSection order={order} inquiryNo={order.inquiry.no} />}
              <RoundsSection order={order} />
              {begun && <ExecutionSection order={order} />}
              {begun && <StatusLinks orderId={order.id} />}
              <SentMessages documentId={order.id} />
              {begun && <MoneySection order={order} />}
            </Later>
          </div>
          <div className="qc-stack">
            <TermsSection order={order} />
            <Later>
              <Conversation documentType="order" documentId={order.id} />
              <TimelineSection order={order} />
            </Later>
          </div>
        </div>
      </Page>
    </OrderFormsProvider>
  );
}

function StatusTags({ order }: { order: Order }): ReactElement {
  return (
    <span>
      <StateTag of="order" state={order.state} />
      {order.effectiveAt !== null && (
        <>
          <StateTag of="delivery" state={order.deliveryStatus} />
          <StateTag of="paymentStatus" state={order.paymentStatus} />
          <StateTag of="invoiceStatus" state={order.invoiceStatus} />
        </>
      )}
    </span>
  );
}

function Progress({ order }: { order: Order }): ReactElement {
  const { t } = useTranslation();
  const { holder } = order;
  const who =
    holder === null
      ? null
      : (holder.userName ??
        t(holder.side === 'partner' ? 'orders.partnerRole' : 'orders.staffRole', {
          role: t(`states.role.${holder.role}`),
        }));
  return (
    <StageBar
      stages={ORDER_STAGES.map((key) => ({ key, label: t(`states.stage.${key}`) }))}
      current={order.stage}
      trouble={TROUBLE.includes(order.state) || order.holds.length > 0}
      waiting={
        holder === null
          ? null
          : {
              holder: who,
              task: t(`states.task.${holder.taskKind}`),
              dueAt: holder.dueAt,
              provisional: holder.provisional,
            }
      }
    />
  );
}

function HeadFacts({ order }: { order: Order }): ReactElement {
  const { t } = useTranslation();
  const names = useNames();
  return (
    <section className="qc-card qo-summary" aria-label={t('orders.summary')}>
      <Facts
        items={[
          [
            t('orders.partner'),
            <PathLink key="partner" to={`/partners/${order.partner.id}`}>
              {names.partner(order.partner)}
            </PathLink>,
          ],
          [t('orders.customer'), order.ownStock ? t('orders.ownStock') : order.customerName],
          [t('orders.poNo'), order.poNo],
          [
            t('orders.amount'),
            <strong key="amount">
              <Money value={order.grossAmount} currency={order.currency} />
            </strong>,
          ],
          [t('orders.paid'), <Money key="paid" value={order.paidAmount} currency={order.currency} />],
          [t('orders.requestedOn'), <BizDate key="requested" value={order.requestedOn} />],
          [t('orders.salesOwner'), <PersonName key="owner" name={order.salesOwner?.name} />],
          [t('orders.channel'), t(`states.channel.${order.channel}`)],
          ...(order.inquiry === null
            ? []
            : [
                [
                  t('orders.inquiry'),
                  <PathLink key="inquiry" to={`/inquiries/${order.inquiry.id}`}>
                    {order.inquiry.no}
                  </PathLink>,
                ] as const,
              ]),
          [t('orders.stateSince'), <DateTime key="since" value={order.stateSince} />],
        ]}
      />
    </section>
  );
}

function PrintMenu({ order }: { order: Order }): ReactElement {
  const { t } = useTranslation();
  const items = PDF_LANGUAGES.map((language) => ({
    key: language,
    label: (
      <a
        href={fileUrl('orderConfirmationPdf', { params: { orderId: order.id }, query: { language } })}
        target="_blank"
        rel="noreferrer"
      >
        {language === 'bilingual' ? t('orders.bilingual') : LOCALE_NAMES[language]}
      </a>
    ),
  }));
  return (
    <MenuButton
      menu={{ items }}
      button={{ icon: <PrinterOutlined aria-hidden />, children: t('orders.printConfirmation') }}
    />
  );
}
