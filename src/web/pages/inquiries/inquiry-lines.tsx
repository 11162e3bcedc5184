/**
 * The lines as the partner wrote them, and what they are in our products: how sure, what else it could be, what is missing. A table; on a
 * telephone a list.
 */
import { Button, Dropdown, Tag } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiAction } from '../../api/hooks.ts';
import { useIsPhone } from '../../lib/use-media.ts';
import { Facts, Section } from '../../ui/page.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { BizDate, Qty } from '../../ui/values.tsx';
import { useNames } from '../orders/names.ts';
import type { Inquiry } from './inquiry-page.tsx';
import { Sideways } from '../../ui/sideways.tsx';

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
  const phone = useIsPhone();
  const lines: LinesProps = { lines: inquiry.lines, open, pending: answer.pending, onChoose: choose, onCorrect };
  const gapCount = inquiry.lines.filter(({ gaps }) => gaps.length > 0).length;
  return (
    <Section
      title={t('inquiries.lines')}
      extra={gapCount > 0 && <Tag color="warning">{t('inquiries.gapLines', { count: gapCount })}</Tag>}
    >
      <ProblemAlert problem={answer.problem} onClose={answer.clear} />
      {phone ? <LineList {...lines} /> : <LineTable {...lines} />}
    </Section>
  );
}

type LinesProps = {
  lines: readonly Line[];
  /** Whether lines can still be completed. */
  open: boolean;
  pending: boolean;
  onChoose: (lineNo: number, productId: string) => void;
  onCorrect: (lineNo: number) => void;
};

function LineTable({ lines, open, pending, onChoose, onCorrect }: LinesProps): ReactElement {
  const { t } = useTranslation();
  return (
    <Sideways>
      <table className="qo-table">
        <thead>
          <tr>
            <th scope="col">{t('common.lines.no')}</th>
            <th scope="col">{t('inquiries.wanted')}</th>
            <th scope="col">{t('inquiries.product')}</th>
            <th scope="col" className="is-num">
              {t('common.lines.qty')}
            </th>
            <th scope="col">{t('common.lines.requestedOn')}</th>
            <th scope="col">
              <span className="qc-visually-hidden">{t('common.actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.lineNo}>
              <td className="qc-num qc-muted">{line.lineNo}</td>
              <td>
                <Wanted line={line} />
              </td>
              <td>
                <Match line={line} open={open} pending={pending} onChoose={onChoose} />
              </td>
              <td className="is-num">
                <HowMany line={line} />
              </td>
              <td>
                <UntilWhen line={line} />
              </td>
              <td>{open && <Correct line={line} onCorrect={onCorrect} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Sideways>
  );
}

function LineList({ lines, open, pending, onChoose, onCorrect }: LinesProps): ReactElement {
  const { t } = useTranslation();
  return (
    <ol className="qc-entries">
      {lines.map((line) => (
        <li key={line.lineNo} value={line.lineNo}>
          <div className="qo-line-amount">
            <div className="qo-line-product">
              <span className="qc-num qc-muted">{line.lineNo}</span>
              <div>
                <Wanted line={line} />
              </div>
            </div>
            {open && <Correct line={line} onCorrect={onCorrect} />}
          </div>
          <Match line={line} open={open} pending={pending} onChoose={onChoose} />
          <Facts
            items={[
              [t('common.lines.qty'), <HowMany key="qty" line={line} />],
              [t('common.lines.requestedOn'), <UntilWhen key="until" line={line} />],
            ]}
          />
        </li>
      ))}
    </ol>
  );
}

/** In the partner's words. */
const Wanted = ({ line }: { line: Line }): ReactElement => (
  <>
    {line.wanted}
    {[line.spec, line.note].map(
      (text) =>
        text !== null && (
          <div key={text} className="qc-muted">
            {text}
          </div>
        ),
    )}
  </>
);

const HowMany = ({ line }: { line: Line }): ReactElement =>
  line.gaps.includes('qty') ? <Gap gap="qty" /> : <Qty value={line.qty} unit={line.unit ?? line.product?.unit} />;

const UntilWhen = ({ line }: { line: Line }): ReactElement =>
  line.gaps.includes('requestedOn') ? <Gap gap="requestedOn" /> : <BizDate value={line.requestedOn} />;

function Correct({ line, onCorrect }: { line: Line } & Pick<LinesProps, 'onCorrect'>): ReactElement {
  const { t } = useTranslation();
  return (
    <Button size="small" type="text" onClick={() => onCorrect(line.lineNo)}>
      {t('inquiries.correct')}
      <span className="qc-visually-hidden"> {t('common.lineNo', { no: line.lineNo })}</span>
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
}: { line: Line } & Pick<LinesProps, 'open' | 'pending' | 'onChoose'>): ReactElement {
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
