/**
 * Lines of an order as in a spreadsheet: keyboard only, paste from Excel, product search, price and promise while one types.
 * Enter: down · Shift+Enter: up · Ctrl+D: as above · Ctrl+Delete: remove · Ctrl+Z: undo a removal or a paste. Only the rows in sight are drawn.
 */
import { PlusOutlined, UndoOutlined } from '@ant-design/icons';
import { elementScroll, useVirtualizer, type Virtualizer } from '@tanstack/react-virtual';
import { Button } from 'antd';
import {
  type ClipboardEvent,
  type KeyboardEvent,
  memo,
  type ReactElement,
  type ReactNode,
  useCallback,
  useEffect,
  useLayoutEffect,
  useReducer,
  useRef,
  useState,
} from 'react';
import { useTranslation } from 'react-i18next';
import { useLatest } from '../lib/use-latest.ts';
import { useIsPhone } from '../lib/use-media.ts';
import { type AskQuotes, type LineQuote, useQuotes } from './line-quotes.ts';
import { BizDate, Money, Price } from './values.tsx';
import {
  type EditorAction,
  type EditorLine,
  type EditorProduct,
  editLines,
  emptyLine,
  isBlank,
  MAX_LINES,
  parseDate,
  parseDecimal,
  parsePaste,
} from './line-editor-model.ts';
import { Glyph } from './glyph.tsx';
import { ProductCell } from './line-product-cell.tsx';
import { UnitCell } from './line-unit-cell.tsx';
import { PriceWhy } from './price-why.tsx';

export type LineEditorProps = {
  lines: readonly EditorLine[];
  onChange: (lines: readonly EditorLine[]) => void;
  searchProducts: (text: string, signal: AbortSignal) => Promise<EditorProduct[]>;
  /** Price, stock and promise of the lines that are not blank; asked when typing pauses. */
  quote?: AskQuotes;
  /** Changes when anything else does that prices depend on (partner, date): asks again. */
  quoteKey?: string;
  currency?: string;
  totals?: ReactNode;
  disabled?: boolean;
  /** Refusals of the server at a line's number, from 0: of `errors[].field` = lines.N.… */
  problemsAt?: ReadonlyMap<number, readonly string[]>;
};

/** A row of one line of text, in pixels: also in styles.css. */
const ROW = 37;
/** Rows are as high as the browser has laid them out; asking before it has would make it lay out the page once more. */
const heightOf = (
  element: Element,
  entry: ResizeObserverEntry | undefined,
  all: Virtualizer<HTMLDivElement, Element>,
): number => {
  const laidOut = entry?.borderBoxSize[0]?.blockSize;
  if (laidOut !== undefined) return Math.round(laidOut);
  const index = all.indexFromElement(element);
  return all.itemSizeCache.get(all.options.getItemKey(index)) ?? ROW;
};
/** The same of the editor's own place. */
const sizeOf = (
  { scrollElement }: Virtualizer<HTMLDivElement, Element>,
  tell: (size: { width: number; height: number }) => void,
): (() => void) | undefined => {
  if (scrollElement === null) return undefined;
  const observer = new ResizeObserver(([entry]) => {
    if (entry !== undefined) tell({ width: entry.contentRect.width, height: entry.contentRect.height });
  });
  observer.observe(scrollElement);
  return () => observer.disconnect();
};
const COLUMNS = ['product', 'qty', 'date'] as const;
type ColumnName = (typeof COLUMNS)[number];

export function LineEditor(props: LineEditorProps): ReactElement {
  const { t } = useTranslation();
  const { onChange, searchProducts, currency, disabled = false } = props;
  const [state, dispatch] = useReducer(editLines, {
    lines: props.lines.length === 0 ? [emptyLine()] : props.lines,
    past: [],
  });
  const { lines } = state;
  const mine = useRef(props.lines);
  // Lines from outside (a template, another draft) replace ours; our own coming back do not.
  useEffect(() => {
    if (props.lines !== mine.current) {
      mine.current = props.lines;
      dispatch({ type: 'replace', lines: props.lines });
    }
  }, [props.lines]);
  useEffect(() => {
    if (lines === mine.current) return;
    mine.current = lines;
    onChange(lines);
  }, [lines, onChange]);

  const { quotes, quoting } = useQuotes(lines, dispatch, props.quote, props.quoteKey ?? '');
  const scroller = useRef<HTMLDivElement>(null);
  const placed = useRef(false);
  // oxlint-disable-next-line react/incompatible-library -- its values go to this component only
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    // As high as the window lets it be: the first picture has its rows, and measuring only corrects it.
    observeElementRect: sizeOf,
    // It begins at its beginning: to scroll there would make the browser lay out the page once more.
    scrollToFn: (offset, options, all) => {
      if (placed.current || offset !== 0) elementScroll(offset, options, all);
      placed.current = true;
    },
    initialRect: { width: 0, height: Math.min(window.innerHeight * 0.62, 720) },
    overscan: 6,
    getItemKey: (index) => lines[index]?.key ?? index,
    measureElement: heightOf,
  });
  const focus = useFocus(scroller, (index) => virtual.scrollToIndex(index));
  const latest = useLatest(lines);

  const onCellKey = useCallback(
    (event: KeyboardEvent, key: string, column: ColumnName) => {
      const index = latest.current.findIndex((line) => line.key === key);
      const control = event.ctrlKey || event.metaKey;
      if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
        event.preventDefault();
        if (event.shiftKey) return focus(Math.max(0, index - 1), column);
        if (index === latest.current.length - 1) dispatch({ type: 'add' });
        return focus(index + 1, column);
      }
      if (control && (event.key === 'Delete' || event.key === 'Backspace')) {
        event.preventDefault();
        dispatch({ type: 'remove', key });
        return focus(Math.max(0, Math.min(index, latest.current.length - 2)), column);
      }
      if (control && event.key.toLowerCase() === 'd' && column !== 'product') {
        event.preventDefault();
        dispatch({ type: 'copyDown', key, field: column === 'qty' ? 'qty' : 'requestedOn' });
      }
      if (column !== 'product' && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
        event.preventDefault();
        focus(Math.min(latest.current.length - 1, Math.max(0, index + (event.key === 'ArrowDown' ? 1 : -1))), column);
      }
    },
    [focus, latest],
  );
  const onPaste = useCallback(
    (event: ClipboardEvent, key: string) => {
      const text = event.clipboardData.getData('text/plain').replace(/[\r\n]+$/, '');
      if (!/[\t\n\r]/.test(text)) return;
      const pasted = parsePaste(text);
      if (pasted.length === 0) return;
      event.preventDefault();
      const index = latest.current.findIndex((line) => line.key === key);
      dispatch({ type: 'paste', at: key, lines: pasted });
      focus(index + pasted.length - 1, 'qty');
    },
    [focus, latest],
  );
  const onUndoKey = (event: KeyboardEvent) => {
    if (
      !(event.ctrlKey || event.metaKey) ||
      event.key.toLowerCase() !== 'z' ||
      event.shiftKey ||
      state.past.length === 0
    )
      return;
    // The browser's own undo is for what was typed into the cell.
    if (event.target instanceof HTMLInputElement && event.target.value !== event.target.defaultValue) return;
    event.preventDefault();
    dispatch({ type: 'undo' });
  };
  const items = virtual.getVirtualItems();
  return (
    <div className="qc-lines">
      <div role="presentation" className="qc-lines-scroll" ref={scroller} onKeyDown={onUndoKey}>
        <div role="table" aria-rowcount={lines.length + 1} aria-label={t('common.lines.title')} aria-busy={quoting}>
          <Head />
          <div role="rowgroup" style={{ position: 'relative', height: virtual.getTotalSize() }}>
            {items.map((item) => {
              const line = lines[item.index];
              return line === undefined ? null : (
                <div
                  key={line.key}
                  role="row"
                  aria-rowindex={item.index + 2}
                  data-index={item.index}
                  ref={virtual.measureElement}
                  className="qc-lines-row"
                  style={{ position: 'absolute', insetInline: 0, top: 0, transform: `translateY(${item.start}px)` }}
                >
                  <Row
                    line={line}
                    index={item.index}
                    quote={quotes.get(line.key)}
                    problems={props.problemsAt?.get(item.index)}
                    currency={currency}
                    disabled={disabled}
                    dispatch={dispatch}
                    searchProducts={searchProducts}
                    onCellKey={onCellKey}
                    onPaste={onPaste}
                    focus={focus}
                  />
                </div>
              );
            })}
          </div>
        </div>
      </div>
      <div className="qc-lines-foot">
        <Button
          icon={<PlusOutlined />}
          disabled={disabled || lines.length >= MAX_LINES}
          onClick={() => (dispatch({ type: 'add' }), focus(lines.length, 'product'))}
        >
          {t('common.lines.add')}
        </Button>
        <Button
          type="text"
          icon={<UndoOutlined />}
          disabled={disabled || state.past.length === 0}
          onClick={() => dispatch({ type: 'undo' })}
        >
          {t('common.lines.undo')}
        </Button>
        <span className="qc-muted qc-grow" aria-live="polite">
          {quoting
            ? t('common.lines.quoting')
            : t('common.lines.hint', { count: lines.filter((line) => !isBlank(line)).length })}
        </span>
        {props.totals}
      </div>
    </div>
  );
}

function Head(): ReactElement {
  const { t } = useTranslation();
  const heads: [string, boolean][] = [
    [t('common.lines.no'), true],
    [t('common.lines.product'), false],
    [t('common.lines.qty'), true],
    [t('common.lines.unit'), false],
    [t('common.lines.requestedOn'), false],
    [t('common.lines.unitPrice'), true],
    [t('common.lines.amount'), true],
    [t('common.lines.promise'), false],
    [t('common.lines.remove'), false],
  ];
  return (
    <div role="rowgroup" className="qc-lines-row qc-lines-head" style={{ display: undefined }}>
      <div role="row" style={{ display: 'contents' }}>
        {heads.map(([title, isNumber], index) => (
          <div key={title} role="columnheader" className={isNumber ? 'is-num' : undefined}>
            {index === heads.length - 1 ? <span className="qc-visually-hidden">{title}</span> : title}
          </div>
        ))}
      </div>
    </div>
  );
}

type Focus = (index: number, column: ColumnName) => void;
type RowProps = {
  line: EditorLine;
  index: number;
  quote: LineQuote | undefined;
  problems: readonly string[] | undefined;
  currency: string | undefined;
  disabled: boolean;
  dispatch: (action: EditorAction) => void;
  searchProducts: LineEditorProps['searchProducts'];
  onCellKey: (event: KeyboardEvent, key: string, column: ColumnName) => void;
  onPaste: (event: ClipboardEvent, key: string) => void;
  focus: Focus;
};

const Row = memo(function Row({
  line,
  index,
  quote,
  problems,
  currency,
  disabled,
  dispatch,
  searchProducts,
  onCellKey,
  onPaste,
  focus,
}: RowProps): ReactElement {
  const { t } = useTranslation();
  // The date wheel of a telephone is easier than typing; with a keyboard typing is.
  const phone = useIsPhone();
  const { key } = line;
  const edit = (patch: Partial<EditorLine>) => dispatch({ type: 'edit', key, patch });
  const badQty = line.qty !== '' && parseDecimal(line.qty) === null;
  const badDate = line.requestedOn !== '' && parseDate(line.requestedOn) === null;
  const said = [
    ...(badQty ? [t('common.lines.badQty')] : []),
    ...(badDate ? [t('common.lines.badDate')] : []),
    ...(quote?.problems ?? []).map(({ title }) => title),
    ...(problems ?? []),
  ];
  const named = (label: string) => t('common.lines.cell', { label, no: index + 1 });
  const problemId = `${key}-problem`;
  const described = said.length > 0 ? { 'aria-describedby': problemId } : {};
  return (
    <>
      <div role="cell" className="qc-lines-text is-num qc-muted">
        {index + 1}
      </div>
      <div role="cell">
        <ProductCell
          line={line}
          label={named(t('common.lines.product'))}
          disabled={disabled}
          invalid={(quote?.problems ?? []).length > 0}
          search={searchProducts}
          onText={(text) => edit({ text, product: null })}
          onPick={(product) => {
            edit({ product, text: product.sku, unit: '' });
            focus(index, 'qty');
          }}
          onKeyDown={(event) => onCellKey(event, key, 'product')}
          onPaste={(event) => onPaste(event, key)}
        />
      </div>
      <div role="cell">
        <span className="qc-lines-label" aria-hidden>
          {t('common.lines.qty')}
        </span>
        <input
          data-cell="qty"
          className="is-num"
          inputMode="decimal"
          autoComplete="off"
          aria-label={named(t('common.lines.qty'))}
          aria-invalid={badQty}
          {...described}
          value={line.qty}
          disabled={disabled}
          onChange={(event) => edit({ qty: event.target.value })}
          onBlur={() => {
            const parsed = parseDecimal(line.qty);
            if (parsed !== null && parsed !== line.qty) edit({ qty: parsed });
          }}
          onKeyDown={(event) => onCellKey(event, key, 'qty')}
          onPaste={(event) => onPaste(event, key)}
        />
      </div>
      <UnitCell
        line={line}
        units={line.product?.units ?? quote?.product?.units ?? []}
        label={named(t('common.lines.unit'))}
        disabled={disabled}
        onChange={(unit) => edit({ unit })}
      />
      <div role="cell">
        <span className="qc-lines-label" aria-hidden>
          {t('common.lines.requestedOn')}
        </span>
        <input
          data-cell="date"
          type={phone ? 'date' : 'text'}
          autoComplete="off"
          placeholder={t('common.lines.dateHint')}
          aria-label={named(t('common.lines.requestedOn'))}
          aria-invalid={badDate}
          {...described}
          value={line.requestedOn}
          disabled={disabled}
          onChange={(event) => edit({ requestedOn: event.target.value })}
          onBlur={() => {
            const parsed = parseDate(line.requestedOn);
            if (parsed !== null && parsed !== line.requestedOn) edit({ requestedOn: parsed });
          }}
          onKeyDown={(event) => onCellKey(event, key, 'date')}
          onPaste={(event) => onPaste(event, key)}
        />
      </div>
      <div role="cell" className="qc-lines-text is-num">
        <span className="qc-lines-label" aria-hidden>
          {t('common.lines.unitPrice')}
        </span>
        {quote?.unitPrice != null && <Price value={quote.unitPrice} currency={currency} />}
        <PriceWhy steps={quote?.why ?? []} currency={currency} label={named(t('common.lines.unitPrice'))} />
      </div>
      <div role="cell" className="qc-lines-text is-num">
        <span className="qc-lines-label" aria-hidden>
          {t('common.lines.amount')}
        </span>
        {quote?.grossAmount != null && <Money value={quote.grossAmount} currency={currency} />}
      </div>
      <div role="cell" className="qc-lines-text">
        <span className="qc-lines-label" aria-hidden>
          {t('common.lines.promise')}
        </span>
        {quote?.promisedOn != null && <BizDate value={quote.promisedOn} />} {quote?.stock}
      </div>
      <div role="cell">
        <button
          type="button"
          aria-label={named(t('common.lines.remove'))}
          disabled={disabled}
          onClick={() => dispatch({ type: 'remove', key })}
        >
          <Glyph of="remove" />
        </button>
      </div>
      {said.length > 0 && (
        <div role="cell" id={problemId} className="qc-lines-problem">
          {said.join(' ')}
        </div>
      )}
    </>
  );
});

/** Moves the caret to a cell, also of a row that is not drawn yet. */
function useFocus(scroller: React.RefObject<HTMLDivElement | null>, reveal: (index: number) => void): Focus {
  const wanted = useRef<{ index: number; column: ColumnName; tries: number } | null>(null);
  const show = useLatest(reveal);
  const [, wake] = useState(0);
  useLayoutEffect(() => {
    const target = wanted.current;
    if (target === null) return;
    const cell = scroller.current?.querySelector<HTMLInputElement>(
      `[data-index="${target.index}"] [data-cell="${target.column}"]`,
    );
    if (cell !== null && cell !== undefined) {
      wanted.current = null;
      cell.focus();
      if (cell.type !== 'date') cell.select();
      return;
    }
    if (target.tries > 5) wanted.current = null;
    else {
      target.tries += 1;
      requestAnimationFrame(() => wake((n) => n + 1));
    }
  });
  return useCallback(
    (index, column) => {
      wanted.current = { index, column, tries: 0 };
      show.current(index);
      wake((n) => n + 1);
    },
    [show],
  );
}
