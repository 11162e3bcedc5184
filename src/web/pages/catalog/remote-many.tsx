/** Choose several of very many: products, partners. */
import { Select } from 'antd';
import { type ReactElement, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Choice } from '../../ui/fields.tsx';

const WAIT_MS = 200;

type RemoteManyProps = {
  id?: string;
  value?: string[];
  onChange?: (value: string[]) => void;
  search: (text: string, signal: AbortSignal) => Promise<Choice[]>;
  /** Names of what is chosen already. */
  initial: readonly Choice[];
};

export function RemoteMany({ id, value = [], onChange, search, initial }: RemoteManyProps): ReactElement {
  const { t } = useTranslation();
  const [choices, setChoices] = useState<readonly Choice[]>(initial);
  const timer = useRef(0);
  const running = useRef<AbortController | null>(null);
  useEffect(
    () => () => {
      window.clearTimeout(timer.current);
      running.current?.abort();
    },
    [],
  );
  const ask = (text: string, wait: number) => {
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => {
      running.current?.abort();
      const control = new AbortController();
      running.current = control;
      search(text, control.signal).then(
        (found) =>
          // What is chosen keeps its name.
          setChoices((before) => [
            ...before.filter(
              (choice) => value.includes(choice.value) && !found.some((one) => one.value === choice.value),
            ),
            ...found,
          ]),
        () => {},
      );
    }, wait);
  };
  return (
    <Select
      {...(id === undefined ? {} : { id })}
      mode="multiple"
      value={value}
      options={[...choices]}
      showSearch={{ filterOption: false, onSearch: (text) => ask(text, WAIT_MS) }}
      onOpenChange={(open) => open && ask('', 0)}
      onChange={(next: string[]) => onChange?.(next)}
      notFoundContent={t('common.nothingFound')}
      style={{ width: '100%' }}
    />
  );
}
