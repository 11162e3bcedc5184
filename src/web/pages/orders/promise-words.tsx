/** How a promise of several pieces reads in the line editor: "60 on 1 Dec, 40 on 9 Dec". */
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import type { Quote } from './use-order-quote.ts';

export function usePromiseWords(): (line: Quote['lines'][number]) => string | null {
  const { t } = useTranslation();
  const format = useFormat();
  return useCallback(
    (line) =>
      line.promises.length < 2
        ? null
        : line.promises
            .map(({ qty, promisedOn }) => t('orders.piece', { qty: format.qty(qty), date: format.date(promisedOn) }))
            .join(t('common.listSeparator')),
    [t, format],
  );
}
