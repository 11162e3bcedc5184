/** Further units of a product: one such unit is so many of the base unit. */
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Form, Input } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { DecimalField } from '../../ui/fields.tsx';
import { UnitSelect } from './listed-select.tsx';

export type UnitValues = { unit?: string | undefined; unitEn?: string | undefined; factor?: string | undefined };

export function UnitFields(): ReactElement {
  const { t } = useTranslation();
  const must = [{ required: true, whitespace: true, message: t('common.required') }];
  const form = Form.useFormInstance();
  const base = Form.useWatch<string | undefined>('unit');
  return (
    <Form.Item label={t('catalog.units')} extra={t('catalog.unitsHint')} style={{ gridColumn: '1 / -1' }}>
      <Form.List name="units">
        {(rows, { add, remove }) => (
          <div className="qc-stack" style={{ gap: 8 }}>
            {rows.map(({ key, name }) => (
              <div key={key} className="qc-row" style={{ alignItems: 'flex-start', flexWrap: 'nowrap' }}>
                <Form.Item name={[name, 'unit']} rules={must} noStyle>
                  <UnitSelect
                    aria-label={t('catalog.unit')}
                    onTake={({ nameEn }) => form.setFieldValue(['units', name, 'unitEn'], nameEn ?? undefined)}
                  />
                </Form.Item>
                <Form.Item name={[name, 'unitEn']} noStyle>
                  <Input aria-label={t('catalog.unitEn')} placeholder={t('catalog.unitEn')} maxLength={20} />
                </Form.Item>
                <Form.Item name={[name, 'factor']} rules={must} noStyle>
                  <DecimalField aria-label={t('catalog.unitFactor')} prefix="=" suffix={base ?? ''} />
                </Form.Item>
                <Button
                  type="text"
                  icon={<DeleteOutlined aria-hidden />}
                  aria-label={t('catalog.removeUnit', { no: name + 1 })}
                  onClick={() => remove(name)}
                />
              </div>
            ))}
            <div>
              <Button size="small" icon={<PlusOutlined aria-hidden />} onClick={() => add({})}>
                {t('catalog.addUnit')}
              </Button>
            </div>
          </div>
        )}
      </Form.List>
    </Form.Item>
  );
}
