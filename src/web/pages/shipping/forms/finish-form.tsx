/** Goods ready: picked quantities by line. A short pick says why, and what becomes of the rest. */
import { Form, Input, Radio } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { SHORT_REST } from '../../../../contract/pickings.ts';
import type { Answer } from '../../../api/client.ts';
import { useApiAction } from '../../../api/hooks.ts';
import { CountedLines, typed } from './counted-lines.tsx';
import { ExecutionForm } from './execution-form.tsx';

type Picking = Answer<'pickingGet'>;
type Values = { lines: { pickedQty?: string }[]; shortReason?: string; rest: (typeof SHORT_REST)[number] };

export function FinishForm({ picking, onClose }: { picking: Picking; onClose: () => void }): ReactElement {
  const { t } = useTranslation();
  const finish = useApiAction('pickingFinish');
  const isShort = (values: Partial<Values>) =>
    picking.lines.some(({ qty }, index) => typed(values.lines?.[index]?.pickedQty) !== qty);
  return (
    <ExecutionForm<Values>
      kind="picking"
      on={picking}
      name="finish"
      title={t('states.action.picking.finish')}
      width={720}
      initialValues={{ lines: picking.lines.map(({ qty }) => ({ pickedQty: qty })), rest: 'pick_again' }}
      onClose={onClose}
      send={(values, version) =>
        finish.run({
          params: { pickingId: picking.id },
          body: {
            lines: picking.lines.map(({ lineNo }, index) => ({
              lineNo,
              pickedQty: typed(values.lines[index]?.pickedQty),
            })),
            ...(isShort(values) && (values.shortReason ?? '').trim() !== '' ? { shortReason: values.shortReason } : {}),
            rest: values.rest,
          },
          ifMatch: version,
        })
      }
    >
      <CountedLines
        lines={picking.lines}
        titles={[t('shipping.toPick'), t('shipping.picked')]}
        field="pickedQty"
        labelOf={(product) => t('shipping.pickedOf', { product })}
      />
      <Form.Item noStyle shouldUpdate>
        {({ getFieldsValue }) => {
          const values: Partial<Values> = getFieldsValue(true);
          return isShort(values) ? <ShortFields /> : null;
        }}
      </Form.Item>
    </ExecutionForm>
  );
}

function ShortFields(): ReactElement {
  const { t } = useTranslation();
  return (
    <>
      <Form.Item
        name="shortReason"
        label={t('shipping.shortReason')}
        rules={[{ required: true, whitespace: true, message: t('common.required') }]}
      >
        <Input.TextArea rows={3} maxLength={2000} />
      </Form.Item>
      <Form.Item name="rest" label={t('shipping.rest')}>
        <Radio.Group>
          <div className="qc-stack" style={{ gap: 8 }}>
            {SHORT_REST.map((rest) => (
              <Radio key={rest} value={rest}>
                {t(`states.shortRest.${rest}`)}
              </Radio>
            ))}
          </div>
        </Radio.Group>
      </Form.Item>
    </>
  );
}
