/** An inquiry that came by telephone, mail or a file, entered by sales in the partner's own words. */
import { Alert, Button, DatePicker, Form, Input, Select } from 'antd';
import dayjs from '../../lib/dayjs.ts';
import { type ReactElement, useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiAction, useApiQuery } from '../../api/hooks.ts';
import { type ApiProblem, isProblem } from '../../api/problem.ts';
import { useDraft } from '../../lib/draft.ts';
import { AddressField } from '../../ui/address-field.tsx';
import { DateField, RemoteSelect } from '../../ui/fields.tsx';
import { noteOf, type Preview, ReadBox, TruncatedAlert, wordsOf } from '../../ui/inquiry-reading.tsx';
import { LineEditor } from '../../ui/line-editor.tsx';
import { type EditorLine, emptyLine, isBlank, MAX_LINES, parseDecimal, unitOf } from '../../ui/line-editor-model.ts';
import { productName } from '../../ui/line-server.ts';
import { Page, Section } from '../../ui/page.tsx';
import { useGo } from '../../ui/path-link.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { findActivePartners, findProducts } from '../orders/lookups.ts';
import { Understood } from './understood.tsx';
import '../orders/orders.css';

const SOURCES = ['phone', 'email', 'excel', 'sales'] as const;
type Typed = {
  partner?: { value: string; label: string } | undefined;
  channel: (typeof SOURCES)[number];
  customerName?: string;
  poNo?: string;
  requestedOn?: string | undefined;
  addressId?: string | undefined;
  receivedAt?: string | undefined;
  note?: string;
  lines: readonly EditorLine[];
  /** The files that lines came out of. */
  fileIds?: readonly string[];
};
const EMPTY: Typed = { channel: 'phone', lines: [] };
const given = (text: string | undefined): text is string => text !== undefined && text.trim() !== '';

export default function InquiryNew(): ReactElement {
  const { t } = useTranslation();
  const go = useGo();
  const draft = useDraft<Typed>('inquiry.new', EMPTY);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [missing, setMissing] = useState(false);
  const [truncated, setTruncated] = useState(false);
  const create = useApiAction('inquiryCreate');
  const typed = draft.value;
  const partnerId = typed.partner?.value;
  const { set } = draft;
  const change = useCallback((patch: Partial<Typed>) => set((before) => ({ ...before, ...patch })), [set]);
  const setLines = useCallback((lines: readonly EditorLine[]) => change({ lines }), [change]);
  const search = useCallback((text: string, signal: AbortSignal) => findProducts(text, partnerId, signal), [partnerId]);
  const written = typed.lines.filter((line) => !isBlank(line));
  const save = async () => {
    setMissing(partnerId === undefined || written.length === 0);
    if (partnerId === undefined || written.length === 0) return;
    try {
      const made = await create.run({ body: bodyOf(typed, partnerId, written) });
      draft.clear(EMPTY);
      go(`/inquiries/${made.id}`);
    } catch (error) {
      setProblem(isProblem(error) ? error : null);
    }
  };
  return (
    <Page
      title={t('inquiries.new')}
      crumbs={[{ title: t('inquiries.title'), to: '/inquiries' }]}
      footer={
        <>
          <Button onClick={() => draft.clear(EMPTY)}>{t('common.startOver')}</Button>
          <Button type="primary" loading={create.pending} onClick={() => void save()}>
            {t('inquiries.record')}
          </Button>
        </>
      }
    >
      {draft.restored && <Alert type="info" showIcon title={t('common.draftRestored')} />}
      {missing && <Alert type="error" showIcon role="alert" title={t('inquiries.missing')} />}
      <ProblemAlert problem={problem} onClose={() => setProblem(null)} />
      <Section title={t('inquiries.source')}>
        <SourceFields typed={typed} change={change} />
      </Section>
      <Section title={t('inquiries.lines')}>
        <p className="qc-muted" style={{ marginBottom: 8 }}>
          {t('inquiries.linesHint')}
        </p>
        <div className="qc-row" style={{ marginBottom: 12 }}>
          <ReadBox
            partnerId={partnerId}
            disabled={partnerId === undefined}
            onRead={(read) => {
              set((before) => withRead(before, read));
              setTruncated(read.truncated);
            }}
          />
          {partnerId === undefined && <span className="qc-muted">{t('inquiries.partnerFirst')}</span>}
        </div>
        <TruncatedAlert shown={truncated} />
        <LineEditor lines={typed.lines} onChange={setLines} searchProducts={search} />
      </Section>
      {partnerId !== undefined && written.length > 0 && (
        <Understood
          body={previewBody(typed, partnerId, written)}
          onChoose={(index, product) => {
            const line = written[index];
            setLines(
              typed.lines.map((each) =>
                each === line ? { ...each, product: { ...product, name: productName(product) } } : each,
              ),
            );
          }}
        />
      )}
    </Page>
  );
}

function SourceFields({ typed, change }: { typed: Typed; change: (patch: Partial<Typed>) => void }): ReactElement {
  const { t } = useTranslation();
  const partner = useApiQuery(
    'partnerGet',
    { params: { partnerId: typed.partner?.value ?? '' } },
    { enabled: typed.partner !== undefined },
  );
  const addresses = (partner.data?.addresses ?? []).filter(({ isActive }) => isActive);
  return (
    <Form layout="vertical" component="div" className="qo-form-grid">
      <Form.Item label={t('orders.partner')} required htmlFor="inquiry-partner">
        <RemoteSelect
          id="inquiry-partner"
          value={typed.partner?.value}
          initial={typed.partner}
          search={findActivePartners}
          onPick={(choice) => change({ partner: choice, addressId: undefined, fileIds: [] })}
        />
      </Form.Item>
      <Form.Item label={t('inquiries.cameBy')} htmlFor="inquiry-channel">
        <Select
          id="inquiry-channel"
          value={typed.channel}
          options={SOURCES.map((value) => ({ value, label: t(`states.channel.${value}`) }))}
          onChange={(channel) => change({ channel })}
        />
      </Form.Item>
      <Form.Item label={t('inquiries.receivedAt')} htmlFor="inquiry-at" extra={t('inquiries.receivedAtHint')}>
        <DatePicker
          id="inquiry-at"
          showTime={{ format: 'HH:mm' }}
          format="YYYY-MM-DD HH:mm"
          maxDate={dayjs()}
          style={{ width: '100%' }}
          value={typed.receivedAt === undefined ? null : dayjs(typed.receivedAt)}
          onChange={(at: dayjs.Dayjs | null) => change({ receivedAt: at?.toISOString() })}
        />
      </Form.Item>
      <Form.Item label={t('orders.customer')} htmlFor="inquiry-customer">
        <Input
          id="inquiry-customer"
          maxLength={200}
          value={typed.customerName ?? ''}
          onChange={(event) => change({ customerName: event.target.value })}
        />
      </Form.Item>
      <Form.Item label={t('orders.poNo')} htmlFor="inquiry-po">
        <Input
          id="inquiry-po"
          maxLength={64}
          value={typed.poNo ?? ''}
          onChange={(event) => change({ poNo: event.target.value })}
        />
      </Form.Item>
      <Form.Item label={t('orders.requestedOn')} htmlFor="inquiry-on">
        <DateField id="inquiry-on" value={typed.requestedOn} onChange={(requestedOn) => change({ requestedOn })} />
      </Form.Item>
      <Form.Item label={t('orders.address')} htmlFor="inquiry-address">
        <AddressField
          id="inquiry-address"
          addresses={addresses}
          allowClear
          value={typed.addressId ?? null}
          onChange={(addressId) => change({ addressId: addressId ?? undefined })}
        />
      </Form.Item>
      <Form.Item label={t('orders.remark')} className="is-wide" htmlFor="inquiry-note">
        <Input.TextArea
          id="inquiry-note"
          rows={3}
          maxLength={4000}
          value={typed.note ?? ''}
          onChange={(event) => change({ note: event.target.value })}
        />
      </Form.Item>
    </Form>
  );
}

/** What was read joins what is there; what was said for the whole fills what is empty. */
function withRead(typed: Typed, read: Preview): Typed {
  const lines = read.lines.map(
    (line): EditorLine => ({
      ...emptyLine(),
      text: wordsOf(line),
      product: line.product === null ? null : { ...line.product, name: productName(line.product) },
      qty: line.qty ?? '',
      unit: line.unit ?? '',
      requestedOn: line.requestedOn ?? '',
      note: noteOf(line),
    }),
  );
  return {
    ...typed,
    lines: [...typed.lines.filter((line) => !isBlank(line)), ...lines].slice(0, MAX_LINES),
    ...(read.fileId === null
      ? {}
      : { channel: 'excel' as const, fileIds: [...(typed.fileIds ?? []), read.fileId].slice(-10) }),
    ...(given(typed.poNo) || read.poNo === null ? {} : { poNo: read.poNo }),
    ...(given(typed.customerName) || read.customerName === null ? {} : { customerName: read.customerName }),
    ...(typed.requestedOn !== undefined || read.requestedOn === null ? {} : { requestedOn: read.requestedOn }),
  };
}

function previewBody(typed: Typed, partnerId: string, written: readonly EditorLine[]) {
  const { lines } = bodyOf(typed, partnerId, written);
  return { partnerId, lines, ...(typed.requestedOn === undefined ? {} : { requestedOn: typed.requestedOn }) };
}

/** A quantity that cannot be read is a gap, never a guess. */
function bodyOf(typed: Typed, partnerId: string, written: readonly EditorLine[]) {
  return {
    partnerId,
    channel: typed.channel,
    ...(given(typed.customerName) ? { customerName: typed.customerName.trim() } : {}),
    ...(given(typed.poNo) ? { poNo: typed.poNo.trim() } : {}),
    ...(typed.requestedOn === undefined ? {} : { requestedOn: typed.requestedOn }),
    ...(typed.addressId === undefined ? {} : { addressId: typed.addressId }),
    ...(typed.receivedAt === undefined ? {} : { receivedAt: typed.receivedAt }),
    ...(given(typed.note) ? { note: typed.note } : {}),
    ...(typed.fileIds === undefined ? {} : { fileIds: [...typed.fileIds] }),
    lines: written.map((line) => {
      const qty = parseDecimal(line.qty);
      return {
        // The partner's own words, where there are any: they are learnt.
        wanted:
          line.product !== null && ['', line.product.sku].includes(line.text.trim())
            ? `${line.product.sku} ${line.product.name}`
            : line.text.trim(),
        ...(line.product === null ? {} : { productId: line.product.id }),
        ...(qty === null ? {} : { qty }),
        ...unitOf(line),
        ...(line.requestedOn === '' ? {} : { requestedOn: line.requestedOn }),
        ...(line.note.trim() === '' ? {} : { note: line.note.trim() }),
      };
    }),
  };
}
