/** A field for one of very many, looked up on the server. Its value is plain text, so that drafts can keep it. */
import { Select, Spin } from 'antd';
import { type ReactElement, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClearable } from './clearable.tsx';

export type FieldProps = {
  value?: string | undefined;
  onChange?: (value: string | undefined) => void;
  id?: string;
  disabled?: boolean;
  placeholder?: string;
  'aria-label'?: string;
};

export type Choice = { value: string; label: string; hint?: string };
export type RemoteSelectProps = FieldProps & {
  /** Asks the server; called with what was typed, also with nothing. */
  search: (text: string, signal: AbortSignal) => Promise<Choice[]>;
  /** Name of the value that is set from outside. */
  initial?: Choice | undefined;
  onPick?: (choice: Choice | undefined) => void;
  /** Name of a value that came from elsewhere (an address, a saved view). */
  nameOf?: ((value: string, signal: AbortSignal) => Promise<Choice | null>) | undefined;
};

/** Choose one of very many: partners, products, people. */
export function RemoteSelect({
  value,
  onChange,
  search,
  initial,
  onPick,
  nameOf,
  ...rest
}: RemoteSelectProps): ReactElement {
  const { t } = useTranslation();
  const clearable = useClearable();
  const [choices, setChoices] = useState<Choice[]>(initial === undefined ? [] : [initial]);
  const [busy, setBusy] = useState(false);
  const running = useRef<AbortController | null>(null);
  const timer = useRef(0);
  useEffect(
    () => () => {
      window.clearTimeout(timer.current);
      running.current?.abort();
    },
    [],
  );
  const known = value === undefined || choices.some((choice) => choice.value === value);
  useEffect(() => {
    if (known || value === undefined || nameOf === undefined) return;
    const control = new AbortController();
    nameOf(value, control.signal).then(
      (choice) => choice !== null && setChoices((before) => [...before, choice]),
      () => {},
    );
    return () => control.abort();
  }, [known, value, nameOf]);
  const ask = (text: string, wait: number) => {
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => {
      running.current?.abort();
      const control = new AbortController();
      running.current = control;
      setBusy(true);
      search(text, control.signal)
        .then(setChoices, () => {})
        .finally(() => {
          if (running.current === control) setBusy(false);
        });
    }, wait);
  };
  return (
    <Select
      placeholder={t('common.typeToFind')}
      {...rest}
      showSearch={{ filterOption: false, onSearch: (text) => ask(text, 200) }}
      allowClear={clearable}
      value={value ?? null}
      options={choices}
      onOpenChange={(open) => open && ask('', 0)}
      onChange={(next: string | null | undefined) => {
        onChange?.(next ?? undefined);
        onPick?.(choices.find((choice) => choice.value === next));
      }}
      notFoundContent={busy ? <Spin size="small" /> : t('common.nothingFound')}
      optionRender={({ data }) => (
        <span>
          {data.label} {data.hint !== undefined && <span className="qc-muted">{data.hint}</span>}
        </span>
      )}
      style={{ width: '100%' }}
    />
  );
}
