/** The lines as the partner wrote them, and what they are in our products: how sure, what else it could be, what is missing. */
import { Button, Dropdown, Tag } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiAction } from '../../api/hooks.ts';
import { Section } from '../../ui/page.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { BizDate, Qty } from '../../ui/values.tsx';
import { useNames } from '../orders/names.ts';
import type { Inquiry } from './inquiry-page.tsx';
import { LineName } from '../../ui/line-name.tsx';
import { PlainTable } from '../../ui/plain-table.tsx';

type Line = Inquiry['lines'][number];
const SURE = 90;

export function InquiryLines({
  inquiry,
  onCorrect,
}: {
  inquiry: Inquiry;
  onCorrect: (lineNo: number) => void;
}): ReactElement {
  const { t } = useTranslation();
  const answer = useApiAction('inquiryAnswer');
  const open = inquiry.allowedActions.some(({ action, refusals }) => action === 'answer' && refusals.length === 0);
  const choose = (lineNo: number, productId: string) =>
    void answer.attempt({
      params: { inquiryId: inquiry.id },
      body: { lines: [{ lineNo, productId }] },
      ifMatch: inquiry.version,
    });
  const gapCount = inquiry.lines.filter(({ gaps }) => gaps.length > 0).length;
  return (
    <Section
      title={t('inquiries.lines')}
      extra={gapCount > 0 && <Tag color="warning">{t('inquiries.gapLines', { count: gapCount })}</Tag>}
    >
      <ProblemAlert problem={answer.problem} onClose={answer.clear} />
      <PlainTable
        rows={inquiry.lines}
        rowKey={({ lineNo }) => String(lineNo)}
        columns={[
          { key: 'wanted', title: t('inquiries.wanted'), render: (line) => <Wanted line={line} /> },
          {
            key: 'product',
            title: t('inquiries.product'),
            render: (line) => <Match line={line} open={open} pending={answer.pending} onChoose={choose} />,
          },
          { key: 'qty', title: t('common.lines.qty'), align: 'right', render: (line) => <HowMany line={line} /> },
          { key: 'on', title: t('common.lines.requestedOn'), render: (line) => <UntilWhen line={line} /> },
          ...(open
            ? [
                {
                  key: 'correct',
                  title: t('common.actions'),
                  render: ({ lineNo }: Line) => <Correct lineNo={lineNo} onCorrect={onCorrect} />,
                },
              ]
            : []),
        ]}
      />
    </Section>
  );
}

/** In the partner's words. */
const Wanted = ({ line }: { line: Line }): ReactElement => (
  <LineName no={line.lineNo}>
    {line.wanted}
    {[line.spec, line.note].map(
      (text) =>
        text !== null && (
          <div key={text} className="qc-muted">
            {text}
          </div>
        ),
    )}
  </LineName>
);

const HowMany = ({ line }: { line: Line }): ReactElement =>
  line.gaps.includes('qty') ? <Gap gap="qty" /> : <Qty value={line.qty} unit={line.unit ?? line.product?.unit} />;

const UntilWhen = ({ line }: { line: Line }): ReactElement =>
  line.gaps.includes('requestedOn') ? <Gap gap="requestedOn" /> : <BizDate value={line.requestedOn} />;

function Correct({ lineNo, onCorrect }: { lineNo: number; onCorrect: (lineNo: number) => void }): ReactElement {
  const { t } = useTranslation();
  return (
    <Button size="small" type="text" onClick={() => onCorrect(lineNo)}>
      {t('inquiries.correct')}
      <span className="qc-visually-hidden"> {t('common.lineNo', { no: lineNo })}</span>
    </Button>
  );
}

const Gap = ({ gap }: { gap: Line['gaps'][number] }): ReactElement => {
  const { t } = useTranslation();
  return <Tag color="warning">{t(`states.gap.${gap}`)}</Tag>;
};

/** The matched product and its confidence; others can be chosen with one click. */
function Match({
  line,
  open,
  pending,
  onChoose,
}: {
  line: Line;
  open: boolean;
  pending: boolean;
  onChoose: (lineNo: number, productId: string) => void;
}): ReactElement {
  const { t } = useTranslation();
  const names = useNames();
  const items = line.alternatives.map((product) => ({
    key: product.id,
    label: `${product.sku} ${names.product(product)}`,
    onClick: () => onChoose(line.lineNo, product.id),
  }));
  return (
    <div className="qc-stack" style={{ gap: 4 }}>
      {line.product === null ? (
        <div>
          <Gap gap="product" />
        </div>
      ) : (
        <div>
          {names.product(line.product)} <span className="qc-muted qc-num">{line.product.sku}</span>
        </div>
      )}
      <div className="qc-row">
        {line.product !== null && (
          <Tag color={line.confidence >= SURE ? 'success' : 'warning'}>
            {t('inquiries.confidence', { percent: line.confidence })}
          </Tag>
        )}
        {open && items.length > 0 && (
          <Dropdown menu={{ items }} trigger={['click']}>
            <Button size="small" loading={pending}>
              {t(line.product === null ? 'inquiries.choose' : 'inquiries.chooseOther', { count: items.length })}
            </Button>
          </Dropdown>
        )}
      </div>
    </div>
  );
}
