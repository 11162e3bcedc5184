/** One of the partner's own delivery addresses; the usual one is proposed. */
import { type ReactElement, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiQuery } from '../../api/hooks.ts';
import { useLatest } from '../../lib/use-latest.ts';
import { useSession } from '../../session.tsx';
import { AddressField } from '../../ui/address-field.tsx';

export function AddressSelect({
  id,
  value,
  onChange,
  propose = true,
}: {
  id: string;
  value: string | null;
  onChange: (addressId: string | null) => void;
  propose?: boolean;
}): ReactElement {
  const { t } = useTranslation();
  const { actor } = useSession();
  const partner = useApiQuery(
    'partnerGet',
    { params: { partnerId: actor.partnerId ?? '' } },
    { enabled: actor.partnerId !== null },
  );
  const addresses = (partner.data?.addresses ?? []).filter(({ isActive }) => isActive);
  const usual = addresses.find(({ isDefault }) => isDefault)?.id;
  const latest = useLatest({ value, onChange });
  useEffect(() => {
    if (propose && usual !== undefined && latest.current.value === null) latest.current.onChange(usual);
  }, [propose, usual, latest]);
  return (
    <AddressField
      id={id}
      addresses={addresses}
      value={value}
      allowClear={!propose}
      placeholder={addresses.length === 0 ? t('portal.noAddress') : t('portal.address')}
      onChange={onChange}
    />
  );
}
