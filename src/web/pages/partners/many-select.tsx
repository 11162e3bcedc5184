/** Choose several of very many, looked up while somebody types. */
import { Select } from 'antd';
import { type ReactElement, useEffect, useRef, useState } from 'react';
import type { Choice } from '../../ui/fields.tsx';

export function ManySelect({
  value,
  onChange,
  search,
  known,
  id,
}: {
  value?: string[];
  onChange?: (value: string[]) => void;
  search: (text: string, signal: AbortSignal) => Promise<Choice[]>;
  /** Names of what is chosen already. */
  known: readonly Choice[];
  id?: string;
}): ReactElement {
  const [choices, setChoices] = useState<readonly Choice[]>(known);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);
  const ask = (text: string) => {
    running.current?.abort();
    const control = new AbortController();
    running.current = control;
    search(text, control.signal).then(
      (found) =>
        setChoices((before) => [
          ...before.filter((choice) => value?.includes(choice.value) === true),
          ...found.filter((choice) => value?.includes(choice.value) !== true),
        ]),
      () => {},
    );
  };
  return (
    <Select
      {...(id === undefined ? {} : { id })}
      mode="multiple"
      showSearch={{ filterOption: false, onSearch: ask }}
      onFocus={() => ask('')}
      options={choices.map((choice) => ({ value: choice.value, label: choice.label }))}
      value={value ?? []}
      onChange={(next: string[]) => onChange?.(next)}
    />
  );
}
