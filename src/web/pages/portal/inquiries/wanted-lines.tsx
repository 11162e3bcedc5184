/** The lines of an inquiry: each with a search in the catalogue, free words allowed; a paste of rows becomes lines. */
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { AutoComplete, Button, Input } from 'antd';
import { type ClipboardEvent, type ReactElement, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DateField, DecimalField } from '../../../ui/fields.tsx';
import type { EditorProduct } from '../../../ui/line-editor-model.ts';
import { searchProducts } from '../../../ui/line-server.ts';
import { type Preview, ReadBox } from '../../../ui/inquiry-reading.tsx';
import { emptyWanted, MAX_WANTED, pasteWanted, type Wanted } from './wanted-model.ts';

type LinesProps = {
  lines: readonly Wanted[];
  onChange: (lines: readonly Wanted[]) => void;
  /** Something was read from words or from a file. */
  onRead: (read: Preview) => void;
};

export function WantedLines({ lines, onChange, onRead }: LinesProps): ReactElement {
  const { t } = useTranslation();
  const [spare] = useState(emptyWanted);
  const shown = lines.length === 0 ? [spare] : lines;
  const edit = (key: string, patch: Partial<Wanted>) =>
    onChange(shown.map((line) => (line.key === key ? { ...line, ...patch } : line)));
  return (
    <div className="qc-stack" style={{ gap: 12 }}>
      <div>
        <div className="qp-wanted-head" aria-hidden>
          <span />
          <span>{t('portal.line.wanted')}</span>
          <span>{t('portal.line.qty')}</span>
          <span>{t('portal.line.unit')}</span>
          <span>{t('portal.line.requestedOn')}</span>
          <span>{t('portal.line.note')}</span>
          <span />
        </div>
        <ol className="qp-wanted">
          {shown.map((line, index) => (
            <WantedRow
              key={line.key}
              line={line}
              no={index + 1}
              onEdit={(patch) => edit(line.key, patch)}
              onRemove={() => onChange(shown.filter(({ key }) => key !== line.key))}
              onRows={(text) => onChange(pasteWanted(shown, text))}
            />
          ))}
        </ol>
      </div>
      <div className="qp-actions">
        <Button
          icon={<PlusOutlined />}
          disabled={shown.length >= MAX_WANTED}
          onClick={() => onChange([...shown, emptyWanted()])}
        >
          {t('common.lines.add')}
        </Button>
        <ReadBox onRead={onRead} />
      </div>
    </div>
  );
}

type RowProps = {
  line: Wanted;
  no: number;
  onEdit: (patch: Partial<Wanted>) => void;
  onRemove: () => void;
  onRows: (text: string) => void;
};

function WantedRow({ line, no, onEdit, onRemove, onRows }: RowProps): ReactElement {
  const { t } = useTranslation();
  const named = (label: string) => t('common.lines.cell', { label, no });
  const onPaste = (event: ClipboardEvent) => {
    const text = event.clipboardData.getData('text/plain').replace(/[\r\n]+$/, '');
    if (!/[\t\n]/.test(text)) return;
    event.preventDefault();
    onRows(text);
  };
  return (
    <li>
      <span className="qc-muted qc-num">{no}</span>
      <div onPasteCapture={onPaste}>
        <ProductInput line={line} label={named(t('portal.line.wanted'))} onEdit={onEdit} />
      </div>
      <DecimalField
        value={line.qty}
        placeholder={t('portal.line.qty')}
        aria-label={named(t('portal.line.qty'))}
        onChange={(qty) => onEdit({ qty: qty ?? '' })}
      />
      <AutoComplete
        value={line.unit}
        maxLength={20}
        // Words of one's own stay possible: what is no unit of the product is asked about at the check.
        options={(line.product?.units ?? []).map((unit) => ({ value: unit }))}
        placeholder={line.product?.unit ?? t('portal.line.unit')}
        aria-label={named(t('portal.line.unit'))}
        onChange={(unit: string | undefined) => onEdit({ unit: unit ?? '' })}
      />
      <DateField
        value={line.requestedOn}
        placeholder={t('portal.line.requestedOn')}
        aria-label={named(t('portal.line.requestedOn'))}
        onChange={(requestedOn) => onEdit({ requestedOn: requestedOn ?? '' })}
      />
      <Input
        value={line.note}
        maxLength={400}
        placeholder={t('portal.line.note')}
        aria-label={named(t('portal.line.note'))}
        onChange={(event) => onEdit({ note: event.target.value })}
      />
      <Button type="text" icon={<DeleteOutlined />} aria-label={named(t('common.lines.remove'))} onClick={onRemove} />
      {line.product !== null && (
        <span className="qp-found qc-muted">
          {line.product.sku} · {line.product.name}
        </span>
      )}
    </li>
  );
}

const SEARCH_MS = 200;

function ProductInput({
  line,
  label,
  onEdit,
}: {
  line: Wanted;
  label: string;
  onEdit: (patch: Partial<Wanted>) => void;
}): ReactElement {
  const { t } = useTranslation();
  const [found, setFound] = useState<readonly EditorProduct[]>([]);
  const timer = useRef(0);
  const running = useRef<AbortController | null>(null);
  useEffect(
    () => () => {
      window.clearTimeout(timer.current);
      running.current?.abort();
    },
    [],
  );
  const ask = (text: string) => {
    window.clearTimeout(timer.current);
    if (text.trim() === '') return setFound([]);
    timer.current = window.setTimeout(() => {
      running.current?.abort();
      running.current = new AbortController();
      searchProducts(text.trim(), running.current.signal).then(setFound, () => {});
    }, SEARCH_MS);
  };
  return (
    <AutoComplete
      value={line.text}
      aria-label={label}
      maxLength={300}
      options={found.map(({ id, sku, name }) => ({ key: id, value: id, label: `${sku} ${name}` }))}
      onSearch={ask}
      onChange={(text: string) => {
        const product = found.find(({ id }) => id === text) ?? null;
        if (product === null) onEdit({ text, product: null });
        else onEdit({ text: `${product.sku} ${product.name}`, product });
      }}
      placeholder={t('portal.line.wantedHint')}
    />
  );
}
