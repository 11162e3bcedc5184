/** Fill in what was missing, or correct what was read wrongly: product, quantity, date, line by line. */
import { Form, Input } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiAction } from '../../api/hooks.ts';
import { DateField, DecimalField, RemoteSelect } from '../../ui/fields.tsx';
import { parseDecimal } from '../../ui/line-editor-model.ts';
import { findProductChoices } from '../orders/lookups.ts';
import { InquiryForm, type InquiryFormProps } from './inquiry-form.tsx';
import type { Inquiry } from './inquiry-page.tsx';
import { productLabel } from '../../ui/line-server.ts';

type Typed = { productId?: string; qty?: string; requestedOn?: string; spec?: string };
type Values = { lines: Record<string, Typed>; requestedOn?: string };
type Line = Inquiry['lines'][number];

const known = (line: Line): Typed => ({
  ...(line.product === null ? {} : { productId: line.product.id }),
  ...(line.qty === null ? {} : { qty: line.qty }),
  ...(line.requestedOn === null ? {} : { requestedOn: line.requestedOn }),
  ...(line.spec === null ? {} : { spec: line.spec }),
});

/** Only what differs from what stands in the inquiry. */
function changed(line: Line, typed: Typed): Typed {
  const before = known(line);
  const qty = typed.qty === undefined ? undefined : (parseDecimal(typed.qty) ?? typed.qty);
  return {
    ...(typed.productId !== undefined && typed.productId !== before.productId ? { productId: typed.productId } : {}),
    ...(qty !== undefined && qty !== '' && qty !== before.qty ? { qty } : {}),
    ...(typed.requestedOn !== undefined && typed.requestedOn !== before.requestedOn
      ? { requestedOn: typed.requestedOn }
      : {}),
    ...(typed.spec !== undefined && typed.spec.trim() !== '' && typed.spec !== before.spec ? { spec: typed.spec } : {}),
  };
}

export function AnswerForm({
  inquiry,
  lineNos,
  onClose,
}: InquiryFormProps & { lineNos: readonly number[] }): ReactElement {
  const { t } = useTranslation();
  const answer = useApiAction('inquiryAnswer');
  const lines = inquiry.lines.filter(({ lineNo }) => lineNos.includes(lineNo));
  const noDate = lines.some(({ gaps }) => gaps.includes('requestedOn'));
  return (
    <InquiryForm<Values>
      inquiry={inquiry}
      name={`answer.${lineNos.join('-')}`}
      title={t('states.action.inquiry.answer')}
      width={720}
      initialValues={{ lines: Object.fromEntries(lines.map((line) => [String(line.lineNo), known(line)])) }}
      onClose={onClose}
      send={(values, version) =>
        answer.run({
          params: { inquiryId: inquiry.id },
          body: {
            ...(values.requestedOn === undefined ? {} : { requestedOn: values.requestedOn }),
            lines: lines.flatMap((line) => {
              const patch = changed(line, values.lines[String(line.lineNo)] ?? {});
              return Object.keys(patch).length === 0 ? [] : [{ lineNo: line.lineNo, ...patch }];
            }),
          },
          ifMatch: version,
        })
      }
    >
      {noDate && (
        <Form.Item name="requestedOn" label={t('inquiries.oneDate')} extra={t('inquiries.oneDateHint')}>
          <DateField />
        </Form.Item>
      )}
      <div className="qc-stack">
        {lines.map((line) => (
          <LineFields key={line.lineNo} line={line} />
        ))}
      </div>
    </InquiryForm>
  );
}

function LineFields({ line }: { line: Line }): ReactElement {
  const { t } = useTranslation();
  // Before anything is typed: what the line may mean.
  const likely = line.alternatives.map((product) => ({ value: product.id, label: productLabel(product) }));
  const at = (field: keyof Typed) => ['lines', String(line.lineNo), field];
  return (
    <fieldset className="qo-choice">
      <legend>
        {t('common.lineNo', { no: line.lineNo })} · <strong>{line.wanted}</strong>
      </legend>
      <div className="qo-form-grid">
        <Form.Item name={at('productId')} label={t('orders.product')} className="is-wide">
          <RemoteSelect
            search={(text, signal) =>
              text === '' && likely.length > 0 ? Promise.resolve(likely) : findProductChoices(text, signal)
            }
            initial={line.product === null ? undefined : { value: line.product.id, label: productLabel(line.product) }}
          />
        </Form.Item>
        <Form.Item name={at('qty')} label={t('common.lines.qty')}>
          <DecimalField {...(line.unit === null ? {} : { suffix: line.unit })} />
        </Form.Item>
        <Form.Item name={at('requestedOn')} label={t('common.lines.requestedOn')}>
          <DateField />
        </Form.Item>
        <Form.Item name={at('spec')} label={t('inquiries.spec')} className="is-wide">
          <Input maxLength={300} />
        </Form.Item>
      </div>
    </fieldset>
  );
}
