/** The answer to what is missing: product, quantity, date, line by line. Lines that are complete can be mended too. */
import { Form, Input, Switch } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Body } from '../../../api/client.ts';
import { useApiAction } from '../../../api/hooks.ts';
import { DateField, DecimalField, RemoteSelect } from '../../../ui/fields.tsx';
import { FormDrawer } from '../../../ui/form-drawer.tsx';
import { parseDecimal } from '../../../ui/line-editor-model.ts';
import { productName, searchProducts } from '../../../ui/line-server.ts';
import type { Inquiry } from './inquiry-page.tsx';

type Line = { productId?: string; qty?: string; requestedOn?: string; spec?: string };
type Values = { lines: Record<string, Line>; note?: string };

const findProducts = async (text: string, signal: AbortSignal) =>
  (await searchProducts(text, signal)).map(({ id, sku, name }) => ({ value: id, label: `${sku} ${name}` }));

export function InquiryAnswer({
  inquiry,
  open,
  onClose,
}: {
  inquiry: Inquiry;
  open: boolean;
  onClose: () => void;
}): ReactElement {
  const { t } = useTranslation();
  const answer = useApiAction('inquiryAnswer');
  const withGaps = inquiry.lines.filter(({ gaps }) => gaps.length > 0);
  const [all, setAll] = useState(false);
  const shown = all || withGaps.length === 0 ? inquiry.lines : withGaps;
  const initialValues: Values = {
    lines: Object.fromEntries(
      inquiry.lines.map((line) => [
        String(line.lineNo),
        {
          ...(line.product === null ? {} : { productId: line.product.id }),
          ...(line.qty === null ? {} : { qty: line.qty }),
          ...(line.requestedOn === null ? {} : { requestedOn: line.requestedOn }),
          ...(line.spec === null ? {} : { spec: line.spec }),
        },
      ]),
    ),
  };
  const submit = ({ lines, note }: Values) =>
    answer.run({
      params: { inquiryId: inquiry.id },
      ifMatch: inquiry.version,
      body: {
        lines: inquiry.lines.map((line) => changed(line, lines[String(line.lineNo)] ?? {})),
        ...(note === undefined || note.trim() === '' ? {} : { note }),
      },
    });
  return (
    <FormDrawer<Values>
      open={open}
      title={t('states.action.inquiry.answer')}
      draftKey={`portal-inquiry.${inquiry.id}.answer.${inquiry.version}`}
      initialValues={initialValues}
      onSubmit={submit}
      onClose={onClose}
      submitText={t('portal.inquiry.sendAnswer')}
    >
      {withGaps.length > 0 && withGaps.length < inquiry.lines.length && (
        <p className="qc-row" style={{ marginBottom: 16 }}>
          <Switch checked={all} onChange={setAll} aria-label={t('portal.inquiry.allLines')} />
          {t('portal.inquiry.allLines')}
        </p>
      )}
      {shown.map((line) => (
        <fieldset key={line.lineNo} style={{ border: 0, padding: 0, margin: '0 0 20px' }}>
          <legend style={{ fontWeight: 600, marginBottom: 8 }}>
            {line.lineNo}. {line.wanted}
          </legend>
          <Form.Item name={['lines', String(line.lineNo), 'productId']} label={t('portal.line.product')}>
            <RemoteSelect
              search={findProducts}
              initial={
                line.product === null
                  ? undefined
                  : { value: line.product.id, label: `${line.product.sku} ${productName(line.product)}` }
              }
            />
          </Form.Item>
          <div className="qp-fields">
            <Form.Item name={['lines', String(line.lineNo), 'qty']} label={t('portal.line.qty')}>
              <DecimalField {...(line.unit === null ? {} : { suffix: line.unit })} />
            </Form.Item>
            <Form.Item name={['lines', String(line.lineNo), 'requestedOn']} label={t('portal.line.requestedOn')}>
              <DateField />
            </Form.Item>
          </div>
          <Form.Item name={['lines', String(line.lineNo), 'spec']} label={t('portal.line.spec')}>
            <Input maxLength={300} />
          </Form.Item>
        </fieldset>
      ))}
      <Form.Item name="note" label={t('portal.note')}>
        <Input.TextArea rows={3} maxLength={4000} />
      </Form.Item>
    </FormDrawer>
  );
}

type AnswerLine = Body<'inquiryAnswer'>['lines'][number];

/** Only what differs from what the inquiry says already; every line is named, so that refusals find theirs. */
function changed(line: Inquiry['lines'][number], typed: Line): AnswerLine {
  const qty = typed.qty === undefined ? null : (parseDecimal(typed.qty) ?? typed.qty);
  const spec = typed.spec?.trim() ?? '';
  return {
    lineNo: line.lineNo,
    ...(typed.productId !== undefined && typed.productId !== line.product?.id ? { productId: typed.productId } : {}),
    ...(qty !== null && qty !== line.qty ? { qty } : {}),
    ...(typed.requestedOn !== undefined && typed.requestedOn !== line.requestedOn
      ? { requestedOn: typed.requestedOn }
      : {}),
    ...(spec !== '' && spec !== line.spec ? { spec } : {}),
  };
}
