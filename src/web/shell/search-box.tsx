/** Find anything: order number, partner, product, waybill, invoice; Chinese, pinyin and initials. `/` comes here. */
import { SearchOutlined } from '@ant-design/icons';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { AutoComplete, Button, Input } from 'antd';
import { type ReactElement, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queryOf } from '../api/hooks.ts';
import { documentPath } from '../lib/documents.ts';
import { useMedia } from '../lib/use-media.ts';
import { useCan, useSession } from '../session.tsx';
import { useGo } from '../ui/path-link.tsx';
import { BizDate } from '../ui/values.tsx';
import { SEARCH_ID } from './shell-keys.tsx';

/** `folded`: a button until it is wanted, where the bar is short. */
export function SearchBox({ folded = false }: { folded?: boolean }): ReactElement | null {
  const { t } = useTranslation();
  const can = useCan();
  const phone = useMedia('(max-width: 760px)');
  const [open, setOpen] = useState(false);
  if (!can('search.use')) return null;
  if ((folded || phone) && !open)
    return (
      <Button
        type="text"
        id={SEARCH_ID}
        icon={<SearchOutlined />}
        aria-label={t('common.search')}
        onClick={() => setOpen(true)}
        onFocus={(event) => event.target.matches(':focus-visible') && setOpen(true)}
      />
    );
  return <SearchField phone={phone} takeFocus={folded || phone} onLeave={() => setOpen(false)} />;
}

function SearchField({
  phone,
  takeFocus,
  onLeave,
}: {
  phone: boolean;
  /** Somebody has just opened it. */
  takeFocus: boolean;
  onLeave: () => void;
}): ReactElement {
  const { t } = useTranslation();
  const side = useSession().actor.kind === 'partner' ? 'partner' : 'staff';
  const go = useGo();
  const [text, setText] = useState('');
  const asked = usePause(text.trim(), 180);
  const { data, isFetching } = useQuery({
    ...queryOf('search', { query: { q: asked } }),
    enabled: asked !== '',
    placeholderData: keepPreviousData,
  });
  const found =
    asked === ''
      ? []
      : (data?.items ?? []).flatMap((item) => ({ ...item, path: documentPath(side, item.type, item.id) }));
  const types = [...new Set(found.map(({ type }) => type))];
  const options = types.map((type) => ({
    label: t(`states.document.${type}`),
    options: found
      .filter((item) => item.type === type && item.path !== null)
      .map((item) => ({
        value: item.path ?? '',
        label: (
          <span className="qc-row" style={{ flexWrap: 'nowrap' }}>
            <strong className="qc-num">{item.no}</strong>
            <span className="qc-grow" style={{ overflow: 'hidden', textOverflow: 'ellipsis' }}>
              {item.title} {item.subtitle !== null && <span className="qc-muted">{item.subtitle}</span>}
            </span>
            {item.on !== null && (
              <span className="qc-muted">
                <BizDate value={item.on} />
              </span>
            )}
          </span>
        ),
      })),
  }));
  return (
    <search
      className="qc-search"
      style={phone ? { position: 'absolute', inset: '8px 8px auto', margin: 0, maxWidth: 'none', zIndex: 5 } : {}}
    >
      <AutoComplete
        id={SEARCH_ID}
        aria-label={t('common.search')}
        style={{ width: '100%' }}
        value={text}
        options={options}
        defaultActiveFirstOption
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- the button that was pressed has become this field
        autoFocus={takeFocus}
        onBlur={onLeave}
        onChange={setText}
        onSelect={(path: string) => {
          setText('');
          go(path);
          if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
        }}
        notFoundContent={asked === '' ? null : isFetching ? t('common.loading') : t('common.nothingFound')}
      >
        <Input
          prefix={<SearchOutlined />}
          placeholder={t('common.searchHint')}
          allowClear
          suffix={phone ? undefined : <kbd className="qc-kbd">/</kbd>}
        />
      </AutoComplete>
    </search>
  );
}

/** The value once it has rested. */
function usePause(value: string, wait: number): string {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = window.setTimeout(() => setRested(value), wait);
    return () => window.clearTimeout(timer);
  }, [value, wait]);
  return rested;
}
