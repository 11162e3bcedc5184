/** Where to and until when: one of the partner's addresses, or another place, which is a deviation that has to be settled. */
import { Input } from 'antd';
import { memo, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiQuery } from '../../../api/hooks.ts';
import { useSession } from '../../../session.tsx';
import { AddressField } from '../../../ui/address-field.tsx';
import { DeliveryMethodField } from '../../../ui/delivery-method.tsx';
import { FieldFrame } from '../../../ui/field.tsx';
import { DateField } from '../../../ui/fields.tsx';
import { type HeadProps, sameHead } from './head.ts';

const OTHER = 'other';

export const DeliveryFields = memo(function DeliveryFields({ typed, change }: HeadProps): ReactElement {
  const { t } = useTranslation();
  const { company } = useSession();
  const partner = useApiQuery(
    'partnerGet',
    { params: { partnerId: typed.partner?.value ?? '' } },
    { enabled: typed.partner !== null, staleTime: 60_000 },
  );
  const addresses = (partner.data?.addresses ?? []).filter(({ isActive }) => isActive);
  const usual = addresses.find(({ isDefault }) => isDefault) ?? addresses[0];
  const chosen = typed.addressId === null ? OTHER : typed.addressId === '' ? (usual?.id ?? null) : typed.addressId;
  return (
    <div className="qo-form-grid">
      <FieldFrame label={t('orders.requestedOn')} htmlFor="order-on" hint={t('orders.requestedOnHint')}>
        <DateField
          id="order-on"
          value={typed.requestedOn === '' ? undefined : typed.requestedOn}
          onChange={(requestedOn) => change({ requestedOn: requestedOn ?? '' })}
        />
      </FieldFrame>
      <FieldFrame label={t('orders.address')} htmlFor="order-address">
        <AddressField
          id="order-address"
          addresses={addresses}
          other={{ value: OTHER, label: t('orders.otherAddress') }}
          loading={partner.isFetching}
          value={chosen}
          onChange={(value) => change({ addressId: value === OTHER ? null : value })}
        />
      </FieldFrame>
      <FieldFrame label={t('orders.deliveryMethod')} htmlFor="order-method">
        <DeliveryMethodField
          id="order-method"
          usual={addresses.find(({ id }) => id === chosen)?.deliveryMethod ?? company.deliveryMethod}
          value={typed.deliveryMethod}
          onChange={(deliveryMethod) => change({ deliveryMethod: deliveryMethod ?? '' })}
        />
      </FieldFrame>
      {typed.addressId === null && <OtherAddress typed={typed} change={change} />}
    </div>
  );
}, sameHead);

function OtherAddress({ typed, change }: HeadProps): ReactElement {
  const { t } = useTranslation();
  return (
    <>
      <FieldFrame label={t('orders.deliveryAddress')} wide hint={t('orders.otherAddressHint')} htmlFor="order-place">
        <Input
          id="order-place"
          maxLength={300}
          value={typed.deliveryAddress}
          onChange={(event) => change({ deliveryAddress: event.target.value })}
        />
      </FieldFrame>
      <FieldFrame label={t('orders.receiver')} htmlFor="order-receiver">
        <Input
          id="order-receiver"
          maxLength={100}
          value={typed.receiver}
          onChange={(event) => change({ receiver: event.target.value })}
        />
      </FieldFrame>
      <FieldFrame label={t('orders.receiverPhone')} htmlFor="order-phone">
        <Input
          id="order-phone"
          maxLength={40}
          value={typed.receiverPhone}
          onChange={(event) => change({ receiverPhone: event.target.value })}
        />
      </FieldFrame>
    </>
  );
}
