/** 核對 while an inquiry is entered: what each line means, what is missing, what is odd beside the partner's past orders. */
import { Button, Tag } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Body } from '../../api/client.ts';
import { type PreviewedLine, useOddities, usePreview } from '../../ui/inquiry-reading.tsx';
import { Section } from '../../ui/page.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { isProblem } from '../../api/problem.ts';
import { useNames } from '../orders/names.ts';
import { Sideways } from '../../ui/sideways.tsx';

type Product = PreviewedLine['alternatives'][number];

export function Understood({
  body,
  onChoose,
}: {
  body: Body<'inquiryPreview'>;
  /** A product for the line with this place among the lines of the body. */
  onChoose: (index: number, product: Product) => void;
}): ReactElement | null {
  const { t } = useTranslation();
  const names = useNames();
  const oddities = useOddities();
  const preview = usePreview(body, body.partnerId !== undefined);
  if (preview.data === undefined)
    return (
      <ProblemAlert problem={isProblem(preview.error) ? preview.error : null} onClose={() => void preview.refetch()} />
    );
  return (
    <Section title={t('inquiries.check')}>
      <Sideways>
        <table className="qo-table" aria-busy={preview.isFetching}>
          <thead>
            <tr>
              <th scope="col">{t('common.lines.no')}</th>
              <th scope="col">{t('inquiries.wanted')}</th>
              <th scope="col">{t('inquiries.product')}</th>
              <th scope="col">{t('inquiries.gaps')}</th>
            </tr>
          </thead>
          <tbody>
            {preview.data.lines.slice(0, body.lines?.length ?? 0).map((line) => (
              <tr key={line.lineNo}>
                <td className="qc-num qc-muted">{line.lineNo}</td>
                <td>{line.wanted}</td>
                <td>
                  {line.product !== null && (
                    <div>
                      {names.product(line.product)} <span className="qc-muted qc-num">{line.product.sku}</span>{' '}
                      <Tag color="success">{t('inquiries.confidence', { percent: line.confidence })}</Tag>
                    </div>
                  )}
                  {line.product === null && (
                    <div className="qc-row">
                      {line.alternatives.map((other) => (
                        <Button key={other.id} size="small" onClick={() => onChoose(line.lineNo - 1, other)}>
                          {other.sku} {names.product(other)}
                        </Button>
                      ))}
                    </div>
                  )}
                </td>
                <td>
                  {line.gaps.map((gap) => (
                    <Tag key={gap} color="warning">
                      {t(`states.gap.${gap}`)}
                    </Tag>
                  ))}
                  {oddities(line).map((text) => (
                    <div key={text} className="qc-muted">
                      {text}
                    </div>
                  ))}
                  {line.gaps.length + line.oddities.length === 0 && (
                    <Tag color="success">{t('inquiries.complete')}</Tag>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Sideways>
    </Section>
  );
}
