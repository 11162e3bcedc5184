/** Names of the fields of an order for people: `lines.0.qty` is told as "Line 1". */
import { useTranslation } from 'react-i18next';

const KNOWN = [
  'partnerId',
  'customerName',
  'poNo',
  'requestedOn',
  'addressId',
  'deliveryAddress',
  'receiver',
  'receiverPhone',
  'deliveryMethod',
  'paymentTerm',
  'orderDiscountAmount',
  'orderDiscountRate',
  'note',
  'lines',
] as const;

export function useFieldLabel(): (field: string) => string | null {
  const { t } = useTranslation();
  return (field) => {
    const name = KNOWN.find((known) => known === field);
    return name === undefined ? null : t(`states.field.${name}`);
  };
}
