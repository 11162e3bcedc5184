/** Why this price: the steps from the list to the price, one below the other, behind a button beside the price. */
import { Popover } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../api/client.ts';
import { useFormat } from '../i18n/use-format.ts';
import { Glyph } from './glyph.tsx';

export type PriceStep = Answer<'quoteCreate'>['lines'][number]['why'][number];
type PriceWhyProps = { steps: readonly PriceStep[]; currency: string | undefined; label: string };

export function PriceWhy({ steps, currency, label }: PriceWhyProps): ReactElement | null {
  const { t } = useTranslation();
  // A document has as many of these as lines: the popover comes with the first press.
  const [asked, ask] = useState(false);
  if (steps.length === 0) return null;
  const button = (
    <button
      type="button"
      className="qc-why"
      aria-label={`${t('common.why.title')}: ${label}`}
      {...(asked ? { autoFocus: true } : { onClick: () => ask(true) })}
    >
      <Glyph of="why" />
    </button>
  );
  return asked ? (
    <Popover
      trigger={['click']}
      defaultOpen
      title={t('common.why.title')}
      content={<Steps steps={steps} currency={currency} />}
    >
      {button}
    </Popover>
  ) : (
    button
  );
}

function Steps({ steps, currency }: Omit<PriceWhyProps, 'label'>): ReactElement {
  const words = useStepWords(currency);
  return (
    <ol className="qc-why-steps">
      {steps.map((step) => (
        <li key={`${step.step} ${step.code ?? ''}`}>{words(step)}</li>
      ))}
    </ol>
  );
}

/** One step in a sentence of the reader's language. */
function useStepWords(currency: string | undefined): (step: PriceStep) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return (step) => {
    const price = step.price === undefined ? '' : format.price(step.price, currency);
    const name = step.name ?? '';
    switch (step.step) {
      case 'list': {
        const list = t(`states.priceListKind.${step.kind ?? 'base'}`);
        const said =
          step.unit === undefined
            ? t('common.why.list', { list, code: step.code, price })
            : t('common.why.listUnit', { list, code: step.code, price, unit: step.unit });
        const { agreement, version } = step;
        return agreement === undefined ? said : t('common.why.byAgreement', { words: said, agreement, version });
      }
      case 'break':
        return t('common.why.break', { qty: format.qty(step.qty ?? '0') });
      case 'unit':
        return step.unit === undefined
          ? t('common.why.baseUnit', { price })
          : t('common.why.unit', { unit: step.unit, price });
      case 'tax':
        return t(step.kind === 'inclusive' ? 'common.why.taxAdded' : 'common.why.taxTaken', {
          rate: format.rate(step.rate ?? '0'),
          price,
        });
      case 'promotion':
        if (step.kind === 'free_goods') return t('common.why.gift', { name, buy: step.buy, get: step.get });
        return step.kind === 'percentage'
          ? t('common.why.percentage', { name, rate: format.rate(step.rate ?? '0'), price })
          : t('common.why.amount', { name, price });
      case 'order_promotion': {
        const amount = format.money(step.amount ?? '0', currency);
        const said =
          step.rate === undefined
            ? t('common.why.onOrder', { name, amount })
            : t('common.why.onOrderRate', { name, rate: format.rate(step.rate), amount });
        return step.minAmount === undefined
          ? said
          : t('common.why.onOrderFrom', { words: said, min: format.money(step.minAmount, currency) });
      }
      case 'order_discount': {
        const amount = format.money(step.amount ?? '0', currency);
        return step.rate === undefined
          ? t('common.why.discount', { amount })
          : t('common.why.discountRate', { rate: format.rate(step.rate), amount });
      }
      case 'promotion_full':
        return t('common.why.full', { name });
      case 'rounded':
        return t('common.why.rounded', { decimals: step.decimals, price });
      case 'by_hand':
        return t('common.why.byHand', { price });
      case 'free':
        return t('common.why.free');
    }
  };
}

export type Gift = Answer<'quoteCreate'>['gifts'][number];
export type OrderPromotion = Answer<'quoteCreate'>['promotions'][number];

type Gains = Pick<Answer<'quoteCreate'>, 'gifts' | 'promotions' | 'currency'>;

/** What promotions will add to the lines that are being typed, and take off their sum. */
export function PromotionGains({ gains }: { gains: Gains | null }): ReactElement | null {
  const { t } = useTranslation();
  const format = useFormat();
  if (gains === null || gains.gifts.length + gains.promotions.length === 0) return null;
  const { gifts, promotions, currency } = gains;
  return (
    <ul className="qc-plain qc-muted" aria-live="polite">
      {promotions.map(({ code, name, amount }) => (
        <li key={code}>{t('common.why.offOrder', { name, amount: format.money(amount, currency) })}</li>
      ))}
      {gifts.map((gift) => (
        <li key={`${gift.promotion.code} ${gift.sku} ${gift.index}`}>
          {t('common.why.givenWith', {
            no: gift.index + 1,
            sku: gift.sku,
            qty: format.qty(gift.qty),
            unit: gift.unit,
            name: gift.promotion.name,
          })}
        </li>
      ))}
    </ul>
  );
}
