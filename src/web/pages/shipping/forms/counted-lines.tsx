/** Lines of a picking list or shipment in its form: how much there should be of each, and a field for how much there was. */
import { Form } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../api/client.ts';
import { DecimalField } from '../../../ui/fields.tsx';
import { parseDecimal } from '../../../ui/line-editor-model.ts';
import { PlainTable } from '../../../ui/plain-table.tsx';
import { Qty } from '../../../ui/values.tsx';
import { useNames } from '../../orders/names.ts';
import { usePlaceNames } from '../names.ts';

type Line = (Answer<'pickingGet'> | Answer<'shipmentGet'>)['lines'][number];

type CountedLinesProps = {
  lines: readonly Line[];
  /** Headings: how much there should be, how much there was. */
  titles: readonly [should: string, was: string];
  /** Name of the form's value in each of its `lines`. */
  field: string;
  /** What the field of a product is called. */
  labelOf: (sku: string) => string;
};

/** A quantity as it is sent. */
export const typed = (text: string | undefined): string => (text === undefined ? '' : (parseDecimal(text) ?? text));

export function CountedLines({ lines, titles: [should, was], field, labelOf }: CountedLinesProps): ReactElement {
  const { t } = useTranslation();
  const names = useNames();
  const places = usePlaceNames();
  return (
    <div style={{ marginBottom: 16 }}>
      <PlainTable
        rows={lines.map((line, index) => ({ ...line, index }))}
        rowKey={({ lineNo }) => String(lineNo)}
        columns={[
          {
            key: 'product',
            title: t('shipping.product'),
            render: ({ product }) => (
              <>
                {names.product(product)}
                <div className="qc-muted qc-num">{product.sku}</div>
              </>
            ),
          },
          {
            key: 'should',
            title: should,
            align: 'right',
            render: (line) => <Qty value={line.qty} unit={places.unit(line)} />,
          },
          {
            key: 'was',
            title: was,
            width: 160,
            render: (line) => (
              <Form.Item
                name={['lines', line.index, field]}
                style={{ marginBottom: 0 }}
                rules={[{ required: true, message: t('common.required') }]}
              >
                <DecimalField aria-label={labelOf(line.product.sku)} suffix={places.unit(line)} />
              </Form.Item>
            ),
          },
        ]}
      />
    </div>
  );
}
