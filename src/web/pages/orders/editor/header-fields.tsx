/** For whom: partner, customer or own stock, the partner's purchase order number. */
import { Input, Radio, Select } from 'antd';
import { memo, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { FieldFrame } from '../../../ui/field.tsx';
import { RemoteSelect } from '../../../ui/fields.tsx';
import { findActivePartners } from '../lookups.ts';
import { type HeadProps, sameHead } from './head.ts';

const CHANNELS = ['sales', 'phone', 'email', 'excel'] as const;

export const HeaderFields = memo(function HeaderFields({
  typed,
  change,
  isNew,
}: HeadProps & { isNew: boolean }): ReactElement {
  const { t } = useTranslation();
  return (
    <div className="qo-form-grid">
      <FieldFrame label={t('orders.partner')} required htmlFor="order-partner">
        {isNew ? (
          <RemoteSelect
            id="order-partner"
            value={typed.partner?.value}
            initial={typed.partner ?? undefined}
            search={findActivePartners}
            onPick={(choice) =>
              change({
                partner: choice === undefined ? null : { value: choice.value, label: choice.label },
                addressId: '',
                method: null,
                term: null,
              })
            }
          />
        ) : (
          <Input id="order-partner" value={typed.partner?.label ?? ''} disabled />
        )}
      </FieldFrame>
      <FieldFrame label={t('orders.poNo')} htmlFor="order-po">
        <Input
          id="order-po"
          maxLength={64}
          value={typed.poNo}
          onChange={(event) => change({ poNo: event.target.value })}
        />
      </FieldFrame>
      {isNew && (
        <FieldFrame label={t('orders.channel')} htmlFor="order-channel">
          <Select
            id="order-channel"
            value={typed.channel}
            options={CHANNELS.map((value) => ({ value, label: t(`states.channel.${value}`) }))}
            onChange={(channel) => change({ channel })}
          />
        </FieldFrame>
      )}
      <FieldFrame label={t('orders.for')} wide>
        <div className="qc-row">
          <Radio.Group
            aria-label={t('orders.for')}
            value={typed.ownStock}
            onChange={(event) => change({ ownStock: event.target.value === true })}
            options={[
              { value: true, label: t('orders.ownStock') },
              { value: false, label: t('orders.forCustomer') },
            ]}
          />
          {!typed.ownStock && (
            <Input
              aria-label={t('orders.customer')}
              placeholder={t('orders.customer')}
              maxLength={200}
              style={{ maxWidth: 420 }}
              value={typed.customerName}
              onChange={(event) => change({ customerName: event.target.value })}
            />
          )}
        </div>
      </FieldFrame>
    </div>
  );
}, sameHead);
