/** The product cell: type a code, a name, pinyin initials or the partner's own code; arrows and Enter choose. */
import { type ClipboardEvent, type KeyboardEvent, type ReactElement, useEffect, useId, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { useUnitName } from './unit-names.tsx';
import type { EditorLine, EditorProduct } from './line-editor-model.ts';

const SEARCH_MS = 160;

type ProductCellProps = {
  line: EditorLine;
  label: string;
  disabled: boolean;
  invalid: boolean;
  search: (text: string, signal: AbortSignal) => Promise<EditorProduct[]>;
  onText: (text: string) => void;
  onPick: (product: EditorProduct) => void;
  onKeyDown: (event: KeyboardEvent) => void;
  onPaste: (event: ClipboardEvent) => void;
};

export function ProductCell({
  line,
  label,
  disabled,
  invalid,
  search,
  onText,
  onPick,
  onKeyDown,
  onPaste,
}: ProductCellProps): ReactElement {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const listId = useId();
  const [found, setFound] = useState<{ text: string; products: EditorProduct[]; box: DOMRect } | null>(null);
  const [at, setAt] = useState(0);
  const [typed, setTyped] = useState<string | null>(null);
  const open = typed !== null && found !== null && found.text === typed;

  useEffect(() => {
    if (typed === null || typed.trim() === '') return;
    const control = new AbortController();
    const timer = window.setTimeout(() => {
      search(typed.trim(), control.signal).then(
        (products) => {
          const cell = input.current;
          if (control.signal.aborted || cell === null || cell !== document.activeElement) return;
          setFound({ text: typed, products, box: cell.getBoundingClientRect() });
          setAt(0);
        },
        () => {},
      );
    }, SEARCH_MS);
    return () => {
      window.clearTimeout(timer);
      control.abort();
    };
  }, [typed, search]);

  const close = () => setTyped(null);
  const pick = (product: EditorProduct) => {
    close();
    onPick(product);
  };
  const keys = (event: KeyboardEvent) => {
    const products = open ? found.products : [];
    const chosen = products[at];
    if (event.nativeEvent.isComposing) return;
    if (products.length > 0 && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault();
      return setAt((at + (event.key === 'ArrowDown' ? 1 : products.length - 1)) % products.length);
    }
    if (chosen !== undefined && (event.key === 'Enter' || (event.key === 'Tab' && !event.shiftKey))) {
      event.preventDefault();
      return pick(chosen);
    }
    if (event.key === 'Escape' && open) {
      event.preventDefault();
      event.stopPropagation();
      return close();
    }
    onKeyDown(event);
  };
  return (
    <>
      <input
        ref={input}
        data-cell="product"
        role="combobox"
        aria-autocomplete="list"
        aria-expanded={open}
        aria-controls={listId}
        {...(open && found.products[at] !== undefined ? { 'aria-activedescendant': `${listId}-${at}` } : {})}
        aria-label={label}
        aria-invalid={invalid}
        autoComplete="off"
        placeholder={t('common.lines.productHint')}
        disabled={disabled}
        value={line.product === null ? line.text : `${line.product.sku}  ${line.product.name}`}
        onFocus={(event) => event.target.select()}
        onBlur={close}
        onChange={(event) => {
          onText(event.target.value);
          setTyped(event.target.value);
        }}
        onKeyDown={keys}
        onPaste={onPaste}
      />
      {open && (
        <Suggestions
          id={listId}
          box={found.box}
          products={found.products}
          at={at}
          onPick={pick}
          onClose={close}
          nothing={t('common.nothingFound')}
        />
      )}
    </>
  );
}

type SuggestionsProps = {
  id: string;
  box: DOMRect;
  products: readonly EditorProduct[];
  at: number;
  onPick: (product: EditorProduct) => void;
  onClose: () => void;
  nothing: string;
};

function Suggestions({ id, box, products, at, onPick, onClose, nothing }: SuggestionsProps): ReactElement | null {
  const unitName = useUnitName();
  useEffect(() => {
    const onScroll = (event: Event) => {
      if (!(event.target instanceof Element) || event.target.id !== id) onClose();
    };
    window.addEventListener('scroll', onScroll, true);
    return () => window.removeEventListener('scroll', onScroll, true);
  });
  const below = window.innerHeight - box.bottom;
  const place = below < 220 && box.top > below ? { bottom: window.innerHeight - box.top + 2 } : { top: box.bottom };
  return createPortal(
    <div
      id={id}
      className="qc-suggest"
      role="listbox"
      style={{ left: box.left, minWidth: Math.max(box.width, 260), maxWidth: '90vw', ...place }}
    >
      {products.length === 0 && <div className="qc-suggest-item qc-muted">{nothing}</div>}
      {products.map((product, index) => (
        // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the keys are those of the combobox, which keeps the focus
        <div
          key={product.id}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          className="qc-suggest-item"
          aria-selected={index === at}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onPick(product)}
        >
          <strong className="qc-num">{product.sku}</strong>
          <span className="qc-grow">{product.name}</span>
          <span className="qc-muted">{unitName(product.unit)}</span>
        </div>
      ))}
    </div>,
    document.body,
  );
}
