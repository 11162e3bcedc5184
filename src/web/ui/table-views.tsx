/** Saved views: filters and order under a name. Every view is also a link, so it can be sent on. */
import { DownOutlined } from '@ant-design/icons';
import { Input } from 'antd';
import { type ReactElement, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListSearch } from '../lib/search-params.ts';
import { MenuButton } from './menu-button.tsx';
import { useTell } from './tell.tsx';

type View = { name: string; search: ListSearch };

const keyOf = (id: string) => `qc.views.${id}`;
function readViews(id: string): View[] {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(keyOf(id)) ?? '[]');
    return Array.isArray(value)
      ? value.filter((view): view is View => typeof view?.name === 'string' && typeof view?.search === 'object')
      : [];
  } catch {
    return [];
  }
}

export function SavedViews({
  id,
  search,
  onOpen,
}: {
  id: string;
  search: ListSearch;
  onOpen: (search: ListSearch) => void;
}): ReactElement {
  const { t } = useTranslation();
  const { modal, message } = useTell();
  const [views, setViews] = useState(() => readViews(id));
  const opener = useRef<HTMLButtonElement>(null);
  const keep = (next: View[]) => {
    setViews(next);
    localStorage.setItem(keyOf(id), JSON.stringify(next));
  };
  const save = () => {
    // The entry of the menu is gone when the dialog closes: the focus comes back to the button.
    opener.current?.focus();
    let name = '';
    void modal.confirm({
      icon: null,
      title: t('common.saveView'),
      content: (
        <Input
          aria-label={t('common.viewName')}
          placeholder={t('common.viewName')}
          maxLength={40}
          onChange={(event) => (name = event.target.value)}
        />
      ),
      okText: t('common.save'),
      cancelText: t('common.cancel'),
      onOk: () => {
        const clean = name.trim();
        if (clean === '') return Promise.reject(new Error('empty'));
        const { cursor: _place, ...kept } = search;
        keep([...views.filter((view) => view.name !== clean), { name: clean, search: kept }]);
        return undefined;
      },
    });
  };
  const copyLink = () => {
    const link = window.location.href;
    if (navigator.clipboard === undefined)
      void modal.info({ title: t('common.copyLink'), content: <code>{link}</code> });
    else void navigator.clipboard.writeText(link).then(() => message.success(t('common.linkCopied')));
  };
  const items = [
    ...views.map((view) => ({ key: `open:${view.name}`, label: view.name, onClick: () => onOpen(view.search) })),
    ...(views.length === 0 ? [] : [{ type: 'divider' as const }]),
    { key: 'save', label: t('common.saveView'), onClick: save },
    { key: 'link', label: t('common.copyLink'), onClick: copyLink },
    ...(views.length === 0
      ? []
      : [
          {
            key: 'remove',
            label: t('common.removeView'),
            children: views.map((view) => ({
              key: `remove:${view.name}`,
              label: view.name,
              onClick: () => keep(views.filter(({ name }) => name !== view.name)),
            })),
          },
        ]),
  ];
  return (
    <MenuButton
      menu={{ items }}
      buttonRef={opener}
      button={{ icon: <DownOutlined />, iconPlacement: 'end', children: t('common.views') }}
    />
  );
}
