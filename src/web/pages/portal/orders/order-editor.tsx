/** What is wanted, for whom and when; price, stock and promise come from the server while one types. */
import { Checkbox, Form, Input } from 'antd';
import { type ReactElement, useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../../session.tsx';
import { DeliveryMethodField } from '../../../ui/delivery-method.tsx';
import { DateField } from '../../../ui/fields.tsx';
import { type EditorLine, emptyLine } from '../../../ui/line-editor-model.ts';
import { LineEditor } from '../../../ui/line-editor.tsx';
import { type Quoted, quoteLines, searchProducts } from '../../../ui/line-server.ts';
import { PromotionGains } from '../../../ui/price-why.tsx';
import { Section } from '../../../ui/page.tsx';
import { Money } from '../../../ui/values.tsx';
import { AddressSelect } from '../address-select.tsx';
import { today } from '../today.ts';
import type { OrderDraft } from './order-draft.ts';

export type OrderEditorProps = {
  draft: OrderDraft;
  change: (patch: Partial<OrderDraft>) => void;
  problemsAt: ReadonlyMap<number, readonly string[]>;
  /** The last answer about prices; null until there is one. */
  quoted: Quoted | null;
  onQuoted: (quoted: Quoted) => void;
};

export function OrderEditor({ draft, change, problemsAt, quoted, onQuoted }: OrderEditorProps): ReactElement {
  const { t } = useTranslation();
  const [start] = useState(() => [emptyLine()]);
  const { requestedOn } = draft;
  const quote = useCallback(
    async (lines: readonly EditorLine[], signal: AbortSignal) => {
      const answer = await quoteLines(lines, requestedOn === '' ? {} : { requestedOn }, signal);
      if (!signal.aborted) onQuoted(answer);
      return answer.quotes;
    },
    [requestedOn, onQuoted],
  );
  const setLines = useCallback((lines: readonly EditorLine[]) => change({ lines }), [change]);
  return (
    <>
      <Section title={t('portal.content')}>
        <p className="qc-muted" style={{ marginBottom: 10 }}>
          {t('portal.orderLinesHint')}
        </p>
        <LineEditor
          lines={draft.lines.length === 0 ? start : draft.lines}
          onChange={setLines}
          searchProducts={searchProducts}
          quote={quote}
          quoteKey={requestedOn}
          {...(quoted === null ? {} : { currency: quoted.currency })}
          problemsAt={problemsAt}
          totals={
            quoted !== null &&
            quoted.quotes.size > 0 && (
              <span className="qp-quote-foot" aria-live="polite">
                <span className="qc-muted">
                  {t('portal.sum.tax')} <Money value={quoted.taxAmount} currency={quoted.currency} />
                </span>
                <span className="qp-big">
                  <Money value={quoted.grossAmount} currency={quoted.currency} />
                </span>
              </span>
            )
          }
        />
        <PromotionGains gains={quoted} />
      </Section>
      <Section title={t('portal.about')}>
        <AboutFields draft={draft} change={change} />
      </Section>
    </>
  );
}

function AboutFields({ draft, change }: Pick<OrderEditorProps, 'draft' | 'change'>): ReactElement {
  const { t } = useTranslation();
  const { company } = useSession();
  return (
    <Form layout="vertical" component="div" className="qp-fields">
      <Form.Item label={t('portal.requestedOn')} htmlFor="order-on" extra={t('portal.requestedOnHint')}>
        <DateField
          id="order-on"
          min={today(company.timeZone)}
          value={draft.requestedOn}
          onChange={(requestedOn) => change({ requestedOn: requestedOn ?? '' })}
        />
      </Form.Item>
      <Form.Item label={t('portal.address')} htmlFor="order-address">
        <AddressSelect id="order-address" value={draft.addressId} onChange={(addressId) => change({ addressId })} />
      </Form.Item>
      <Form.Item label={t('portal.deliveryMethod')} htmlFor="order-method">
        <DeliveryMethodField
          id="order-method"
          usual={company.deliveryMethod}
          value={draft.deliveryMethod}
          onChange={(deliveryMethod) => change({ deliveryMethod: deliveryMethod ?? '' })}
        />
      </Form.Item>
      <Form.Item label={t('portal.customer')} htmlFor="order-customer">
        <Input
          id="order-customer"
          maxLength={200}
          disabled={draft.ownStock}
          value={draft.ownStock ? '' : draft.customerName}
          placeholder={t('portal.customerHint')}
          onChange={(event) => change({ customerName: event.target.value })}
        />
        <Checkbox
          checked={draft.ownStock}
          onChange={(event) => change({ ownStock: event.target.checked })}
          style={{ marginTop: 8 }}
        >
          {t('portal.forOwnStock')}
        </Checkbox>
      </Form.Item>
      <Form.Item label={t('portal.poNo')} htmlFor="order-po">
        <Input
          id="order-po"
          maxLength={64}
          value={draft.poNo}
          onChange={(event) => change({ poNo: event.target.value })}
        />
      </Form.Item>
      <Form.Item label={t('portal.note')} htmlFor="order-note" className="is-wide">
        <Input.TextArea
          id="order-note"
          rows={3}
          maxLength={2000}
          value={draft.note}
          onChange={(event) => change({ note: event.target.value })}
        />
      </Form.Item>
    </Form>
  );
}
