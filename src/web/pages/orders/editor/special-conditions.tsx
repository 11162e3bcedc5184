/** Lines at another price than agreed, with a discount, or free: named by sales, and settled as deviations. Notes of lines too. */
import { Button, Checkbox, Form, Input, Modal, Select } from 'antd';
import { memo, type ReactElement, useCallback, useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DecimalField } from '../../../ui/fields.tsx';
import type { EditorLine } from '../../../ui/line-editor-model.ts';
import { Section } from '../../../ui/page.tsx';
import { type OrderTyped, type Special, writtenLines } from '../order-editor-model.ts';

type SpecialProps = { typed: Pick<OrderTyped, 'lines' | 'special'>; change: (patch: Partial<OrderTyped>) => void };

export function SpecialConditions({ typed, change }: SpecialProps): ReactElement | null {
  const { t } = useTranslation();
  const [editing, setEditing] = useState<string | null>(null);
  // What can be chosen follows after what is typed.
  const offered = useDeferredValue(typed.lines);
  const named = useLineName();
  const lines = writtenLines(typed.lines);
  if (lines.length === 0) return null;
  const line = lines.find(({ key }) => key === editing);
  const marked = lines.filter(({ key, note }) => typed.special[key] !== undefined || note !== '');
  const nameOf = (one: EditorLine) => named(one, typed.lines.indexOf(one));
  return (
    <Section title={t('orders.special')}>
      <p className="qc-muted">{t('orders.specialHint')}</p>
      <ul className="qc-plain qc-stack" style={{ gap: 6, margin: '10px 0' }}>
        {marked.map((one) => (
          <li key={one.key} className="qc-row">
            <Button size="small" onClick={() => setEditing(one.key)}>
              {nameOf(one)}
            </Button>
            <SpecialWords special={typed.special[one.key]} note={one.note} />
          </li>
        ))}
      </ul>
      <LineChoice lines={offered} onChoose={setEditing} />
      {line !== undefined && (
        <SpecialForm
          title={nameOf(line)}
          line={line}
          special={typed.special[line.key] ?? {}}
          onClose={() => setEditing(null)}
          onSave={(special, note) => {
            const { [line.key]: _before, ...others } = typed.special;
            const empty = !special.free && !special.unitPrice && !special.discountAmount;
            change({
              special: empty ? others : { ...others, [line.key]: special },
              lines: typed.lines.map((one) => (one.key === line.key ? { ...one, note } : one)),
            });
            setEditing(null);
          }}
        />
      )}
    </Section>
  );
}

function useLineName(): (line: EditorLine, index: number) => string {
  const { t } = useTranslation();
  return useCallback(
    (line, index) =>
      t('orders.lineNamed', {
        no: index + 1,
        product: line.product === null ? line.text : `${line.product.sku} ${line.product.name}`,
      }),
    [t],
  );
}

/** The lines are named when somebody looks for one: there may be hundreds. */
const LineChoice = memo(function LineChoice({
  lines,
  onChoose,
}: {
  lines: readonly EditorLine[];
  onChoose: (key: string) => void;
}): ReactElement {
  const { t } = useTranslation();
  const named = useLineName();
  const [open, setOpen] = useState(false);
  const written = open ? writtenLines(lines) : [];
  return (
    <label className="qc-row" htmlFor="special-line">
      <span className="qc-muted">{t('orders.specialFor')}</span>
      <Select<string>
        id="special-line"
        style={{ width: 360, maxWidth: '100%' }}
        placeholder={t('orders.chooseLine')}
        value={null}
        open={open}
        onOpenChange={setOpen}
        showSearch={{ optionFilterProp: 'label' }}
        options={written.map((line) => ({ value: line.key, label: named(line, lines.indexOf(line)) }))}
        onSelect={(key) => onChoose(key)}
      />
    </label>
  );
});

function SpecialWords({ special, note }: { special: Special | undefined; note: string }): ReactElement {
  const { t } = useTranslation();
  const words = [
    ...(special?.free === true ? [t('orders.free')] : []),
    ...(special?.unitPrice ? [t('orders.priceOf', { price: special.unitPrice })] : []),
    ...(special?.discountAmount ? [t('orders.discountOf', { amount: special.discountAmount })] : []),
    ...(note === '' ? [] : [note]),
  ];
  return <span className="qc-muted">{words.join(t('common.listSeparator'))}</span>;
}

function SpecialForm({
  title,
  line,
  special,
  onSave,
  onClose,
}: {
  title: string;
  line: EditorLine;
  special: Special;
  onSave: (special: Special, note: string) => void;
  onClose: () => void;
}): ReactElement {
  const { t } = useTranslation();
  const [value, setValue] = useState<Special>(special);
  const [note, setNote] = useState(line.note);
  return (
    <Modal
      open
      title={title}
      okText={t('orders.take')}
      cancelText={t('common.cancel')}
      onOk={() => onSave(value, note)}
      onCancel={onClose}
    >
      <Form layout="vertical" component="div">
        <Form.Item>
          <Checkbox
            checked={value.free === true}
            onChange={(event) => setValue({ ...value, free: event.target.checked || undefined })}
          >
            {t('orders.freeGoods')}
          </Checkbox>
        </Form.Item>
        <Form.Item label={t('orders.specialPrice')} htmlFor="special-price">
          <DecimalField
            id="special-price"
            disabled={value.free === true}
            value={value.unitPrice}
            onChange={(unitPrice) => setValue({ ...value, unitPrice })}
          />
        </Form.Item>
        <Form.Item label={t('orders.lineDiscount')} htmlFor="special-discount">
          <DecimalField
            id="special-discount"
            value={value.discountAmount}
            onChange={(discountAmount) => setValue({ ...value, discountAmount })}
          />
        </Form.Item>
        <Form.Item label={t('orders.lineNote')} htmlFor="special-note">
          <Input.TextArea
            id="special-note"
            rows={2}
            maxLength={500}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
        </Form.Item>
      </Form>
    </Modal>
  );
}
