/** Two versions side by side; each difference is marked the same way everywhere: colour, weight and a sign. */
import { Switch } from 'antd';
import { type ReactElement, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Sideways } from './sideways.tsx';

export type CompareRow = {
  key: string;
  label: ReactNode;
  left: ReactNode;
  right: ReactNode;
  differs: boolean /** A button, or what was decided about the difference. */;
  note?: ReactNode;
};

export function Compare({
  left,
  right,
  rows,
  caption,
  onlyDifferences: atFirst = false,
}: {
  left: ReactNode;
  right: ReactNode;
  rows: readonly CompareRow[];
  caption: string;
  /** Long comparisons open with what differs. */
  onlyDifferences?: boolean;
}): ReactElement {
  const { t } = useTranslation();
  const [onlyDifferences, setOnlyDifferences] = useState(atFirst);
  const count = rows.filter(({ differs }) => differs).length;
  const shown = onlyDifferences ? rows.filter(({ differs }) => differs) : rows;
  return (
    <div className="qc-stack" style={{ gap: 8 }}>
      <div className="qc-row">
        <span className="qc-grow">{count === 0 ? t('common.noDifferences') : t('common.differences', { count })}</span>
        <span className="qc-row">
          <Switch
            size="small"
            checked={onlyDifferences}
            onChange={setOnlyDifferences}
            aria-label={t('common.onlyDifferences')}
          />{' '}
          {t('common.onlyDifferences')}
        </span>
      </div>
      <Sideways>
        <table className="qc-compare">
          <caption className="qc-visually-hidden">{caption}</caption>
          <thead>
            <tr>
              <th scope="col">{t('common.field')}</th>
              <th scope="col">{left}</th>
              <th scope="col">{right}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <tr key={row.key} className={row.differs ? 'differs' : undefined}>
                <th scope="row">{row.label}</th>
                <td>{row.left}</td>
                <td>
                  {row.differs && (
                    <span className="qc-mark" role="img" aria-label={t('common.differs')}>
                      ≠{' '}
                    </span>
                  )}
                  {row.right}
                  {row.note !== undefined && <div>{row.note}</div>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Sideways>
    </div>
  );
}
