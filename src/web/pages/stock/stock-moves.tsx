/** All movements of stock, newest first. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '../../ui/page.tsx';
import { MoveTable } from './move-table.tsx';

export default function StockMoves(): ReactElement {
  const { t } = useTranslation();
  return (
    <Page title={t('stock.moves')} crumbs={[{ title: t('common.menu.stock'), to: '/stock' }]}>
      <MoveTable />
    </Page>
  );
}
