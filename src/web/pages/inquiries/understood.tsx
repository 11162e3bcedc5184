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
import { LineName } from '../../ui/line-name.tsx';
import { PlainTable } from '../../ui/plain-table.tsx';

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
  const oddities = useOddities();
  const preview = usePreview(body, body.partnerId !== undefined);
  if (preview.data === undefined)
    return (
      <ProblemAlert problem={isProblem(preview.error) ? preview.error : null} onClose={() => void preview.refetch()} />
    );
  return (
    <Section title={t('inquiries.check')}>
      <div aria-busy={preview.isFetching}>
        <PlainTable
          rows={preview.data.lines.slice(0, body.lines?.length ?? 0)}
          rowKey={({ lineNo }) => String(lineNo)}
          columns={[
            {
              key: 'wanted',
              title: t('inquiries.wanted'),
              render: ({ lineNo, wanted }) => <LineName no={lineNo}>{wanted}</LineName>,
            },
            {
              key: 'product',
              title: t('inquiries.product'),
              render: (line) => <Match line={line} onChoose={(product) => onChoose(line.lineNo - 1, product)} />,
            },
            {
              key: 'gaps',
              title: t('inquiries.gaps'),
              render: (line) => (
                <>
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
                </>
              ),
            },
          ]}
        />
      </div>
    </Section>
  );
}

/** What the line was taken for, or what it could be. */
function Match({ line, onChoose }: { line: PreviewedLine; onChoose: (product: Product) => void }): ReactElement {
  const { t } = useTranslation();
  const names = useNames();
  const { product, alternatives, confidence } = line;
  if (product === null)
    return (
      <div className="qc-row">
        {alternatives.map((other) => (
          <Button
            key={other.id}
            size="small"
            style={{ height: 'auto', minHeight: 24, textAlign: 'start', whiteSpace: 'normal' }}
            onClick={() => onChoose(other)}
          >
            {other.sku} {names.product(other)}
          </Button>
        ))}
      </div>
    );
  return (
    <>
      {names.product(product)} <span className="qc-muted qc-num">{product.sku}</span>{' '}
      <Tag color="success">{t('inquiries.confidence', { percent: confidence })}</Tag>
    </>
  );
}
