import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useUnitName } from './unit-names.tsx';
import type { EditorLine } from './line-editor-model.ts';

/** The unit that a line is written in: to choose where the product has several. */
export function UnitCell({
  line,
  units,
  label,
  disabled,
  onChange,
}: {
  line: EditorLine;
  units: readonly string[];
  label: string;
  disabled: boolean;
  onChange: (unit: string) => void;
}): ReactElement {
  const { t } = useTranslation();
  const unitName = useUnitName();
  const heading = (
    <span className="qc-lines-label" aria-hidden>
      {t('common.lines.unit')}
    </span>
  );
  const base = line.product?.unit ?? '';
  const chosen = line.unit === undefined || line.unit === '' ? base : line.unit;
  if (units.length < 2)
    return (
      <div role="cell" className="qc-lines-text qc-muted">
        {heading}
        {chosen !== '' && <span>{unitName(chosen)}</span>}
      </div>
    );
  // What was pasted and is no unit of the product stays to be seen, and is marked by the server.
  const offered = units.includes(chosen) ? units : [chosen, ...units];
  return (
    <div role="cell">
      {heading}
      <select aria-label={label} value={chosen} disabled={disabled} onChange={(event) => onChange(event.target.value)}>
        {offered.map((unit) => (
          <option key={unit} value={unit}>
            {unitName(unit)}
          </option>
        ))}
      </select>
    </div>
  );
}
