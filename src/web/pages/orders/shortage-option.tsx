/** One way out of a shortage: its key in a form, what the API takes for it, and its words. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { BizDate, Money, Price, Qty } from '../../ui/values.tsx';
import { useNames } from './names.ts';
import type { Order } from './order-page.tsx';

type Option = Order['shortages'][number];

/** What tells one option of a line from the others: several substitutes are of one kind. */
export const optionKey = ({ kind, substitute }: Option): string =>
  substitute === null ? kind : `${kind} ${substitute.productId}`;
/** The choice that a key stands for, as the API takes it. */
export const choiceOf = (options: readonly Option[], lineNo: number, key: string | undefined) => {
  const option = options.find((offered) => offered.lineNo === lineNo && optionKey(offered) === key);
  return option === undefined
    ? []
    : [
        {
          lineNo,
          choice: option.kind,
          ...(option.substitute === null ? {} : { productId: option.substitute.productId }),
        },
      ];
};

/** One option in words: what is there, from when the rest is, which product instead and at which price. */
export function ShortageWords({
  option,
  unit,
  currency,
}: {
  option: Option;
  unit: string;
  currency: string;
}): ReactElement {
  const { t } = useTranslation();
  const names = useNames();
  const { substitute } = option;
  return (
    <>
      <strong>{t(`states.shortageOption.${option.kind}`)}</strong>{' '}
      {(option.kind === 'split' || option.kind === 'reduce') && (
        <span>
          {t('orders.available')} <Qty value={option.availableQty} unit={unit} />
        </span>
      )}{' '}
      {option.warehouse != null && <span>{option.warehouse.name} </span>}
      {option.on !== null && (
        <span>
          {t(option.kind === 'split' ? 'orders.restOn' : 'orders.availableOn')} <BizDate value={option.on} />
        </span>
      )}
      {substitute !== null && (
        <span>
          {' · '}
          {substitute.sku} {names.product(substitute)}
          {substitute.unitPrice !== null && (
            <>
              {' · '}
              <Price value={substitute.unitPrice} currency={currency} />
            </>
          )}
          {substitute.priceDifference !== null && (
            <>
              {' · '}
              <span className="qc-muted">{t('orders.priceDifference')}</span>{' '}
              <Money value={substitute.priceDifference} currency={currency} />
            </>
          )}
        </span>
      )}
    </>
  );
}
