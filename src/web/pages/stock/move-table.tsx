/** Movements of stock; a receipt, an opening or an adjustment can be taken back. */
import { DownloadOutlined } from '@ant-design/icons';
import { useSearch } from '@tanstack/react-router';
import { Button, Tag } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { STOCK_MOVE_KINDS } from '../../../contract/stock.ts';
import { fileUrl, type Item } from '../../api/client.ts';
import { documentPath } from '../../lib/documents.ts';
import type { ListSearch } from '../../lib/search-params.ts';
import { PathLink } from '../../ui/path-link.tsx';
import { QueryTable } from '../../ui/query-table.tsx';
import { DateTime, Qty } from '../../ui/values.tsx';
import { findProductChoices } from '../orders/lookups.ts';
import { useNames } from '../orders/names.ts';
import { ReverseForm } from './reverse-form.tsx';
import { useWarehouseName, useWarehouseOptions } from './warehouses.ts';
import { PersonName } from '../../ui/person-names.tsx';

type Move = Item<'stockMovesList'>;

export function MoveTable({ productId }: { productId?: string }): ReactElement {
  const { t } = useTranslation();
  const names = useNames();
  const warehouseName = useWarehouseName();
  const warehouses = useWarehouseOptions();
  const [reversing, setReversing] = useState<Move | null>(null);
  const { cursor: _place, tab: _tab, ...asked }: ListSearch = useSearch({ strict: false });
  const fixed = productId === undefined ? {} : { productId };
  const kind = (move: Move) => (
    <>
      {t(`states.moveKind.${move.kind}`)} {move.reversedById !== null && <Tag>{t('stock.reversed')}</Tag>}
    </>
  );
  const action = (move: Move) =>
    move.allowedActions.some(({ action: name, refusals }) => name === 'reverse' && refusals.length === 0) && (
      <Button size="small" onClick={() => setReversing(move)}>
        {t('stock.reverse')}
      </Button>
    );
  return (
    <>
      <QueryTable
        operation="stockMovesList"
        id={productId === undefined ? 'stock-moves' : 'product-moves'}
        fixed={fixed}
        rowKey={({ id }) => id}
        columns={[
          { key: 'at', title: t('stock.at'), always: true, render: ({ at }) => <DateTime value={at} /> },
          ...(productId === undefined
            ? [
                {
                  key: 'product',
                  title: t('stock.product'),
                  render: ({ product }: Move) => (
                    <PathLink to={`/stock/${product.id}`}>
                      {product.sku} {names.product(product)}
                    </PathLink>
                  ),
                },
              ]
            : []),
          { key: 'warehouse', title: t('stock.warehouse'), render: ({ warehouse }) => warehouseName(warehouse) },
          { key: 'kind', title: t('stock.moveKind'), render: kind },
          {
            key: 'qty',
            title: t('stock.qty'),
            align: 'right',
            render: ({ qty, product }) => <Qty value={qty} unit={product.unit} />,
          },
          { key: 'source', title: t('stock.document'), render: ({ source }) => <Source source={source} /> },
          {
            key: 'actor',
            title: t('stock.actor'),
            render: ({ actor }) => (actor === null ? t('common.system') : <PersonName name={actor.name} />),
          },
          { key: 'note', title: t('stock.note'), render: ({ note }) => note },
          { key: 'actions', title: t('common.actions'), render: action },
        ]}
        filters={[
          ...(productId === undefined
            ? [
                {
                  key: 'productId',
                  kind: 'remote' as const,
                  label: t('stock.product'),
                  lookup: findProductChoices,
                  width: 200,
                },
              ]
            : []),
          { key: 'warehouseId', kind: 'select', label: t('stock.warehouse'), options: warehouses },
          {
            key: 'kind',
            kind: 'select',
            label: t('stock.moveKind'),
            options: STOCK_MOVE_KINDS.map((value) => ({ value, label: t(`states.moveKind.${value}`) })),
            width: 130,
          },
          { key: 'days', kind: 'dates', label: t('stock.at'), keys: ['from', 'to'] },
        ]}
        toolbar={
          <Button
            icon={<DownloadOutlined />}
            href={fileUrl('exportList', { params: { list: 'stockMoves' }, query: { ...asked, ...fixed } })}
            download
          >
            {t('common.exportExcel')}
          </Button>
        }
      />
      {reversing !== null && <ReverseForm move={reversing} onClose={() => setReversing(null)} />}
    </>
  );
}

function Source({ source }: { source: Move['source'] }): ReactElement | null {
  const { t, i18n } = useTranslation();
  const known = `states.document.${source.type}`;
  const words = [i18n.exists(known) ? t(known) : null, source.no].filter((part) => part !== null).join(' ');
  const path = source.id === null ? null : documentPath('staff', source.type, source.id);
  if (words === '') return null;
  return path === null ? <span>{words}</span> : <PathLink to={path}>{words}</PathLink>;
}
