/** How goods go: one of the usual ways in the reader's language, or words of one's own. */
import { AutoComplete } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useClearable } from './clearable.tsx';
import { DELIVERY_METHODS } from '../../contract/order-shapes.ts';
import type { FieldProps } from './remote-select.tsx';

/** `const methodText = useMethodText(); methodText('pickup')` */
export function useMethodText(): (method: string) => string {
  const { t } = useTranslation();
  return (method) => {
    const known = DELIVERY_METHODS.find((code) => code === method);
    return known === undefined ? method : t(`states.deliveryMethod.${known}`);
  };
}

/** An order keeps the code of a usual way, so that every reader finds it in his own language. `usual`: what holds when nothing is named. */
export function DeliveryMethodField({
  value,
  onChange,
  usual,
  ...rest
}: FieldProps & { usual?: string | null | undefined }): ReactElement {
  const clearable = useClearable();
  const methodText = useMethodText();
  const options = DELIVERY_METHODS.map((code) => ({ code, value: methodText(code) }));
  return (
    <AutoComplete
      {...rest}
      style={{ width: '100%' }}
      maxLength={60}
      allowClear={clearable}
      options={options.map((option) => ({ value: option.value }))}
      value={methodText(value ?? '')}
      placeholder={usual == null ? '' : methodText(usual)}
      onChange={(typed: string | undefined) => {
        const text = typed ?? '';
        onChange?.(text === '' ? undefined : (options.find((option) => option.value === text)?.code ?? text));
      }}
    />
  );
}
