/** A form in a drawer. What was typed is kept on the device until it is saved; refusals stand at their fields. */
import { Alert, Button, Drawer, Form } from 'antd';
import { type ReactElement, type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem, fieldPath, isProblem } from '../api/problem.ts';
import { useDraft } from '../lib/draft.ts';
import { useIsPhone } from '../lib/use-media.ts';
import { ProblemAlert } from './problem-alert.tsx';

export type FormDrawerProps<V extends object> = {
  open: boolean;
  title: string;
  /** Name of the draft: one per document and action, e.g. `partner.${id}.edit`. */
  draftKey: string;
  initialValues: V;
  /** Sends; throw the ApiProblem of `useApiAction(...).run`. */
  onSubmit: (values: V) => Promise<unknown>;
  onClose: () => void;
  submitText?: string;
  danger?: boolean;
  width?: number;
  labelOf?: (field: string) => string | null;
  children: ReactNode;
};

export function FormDrawer<V extends object>(props: FormDrawerProps<V>): ReactElement {
  const phone = useIsPhone();
  const { open, title, onClose, width = 520 } = props;
  const fields = useRef<HTMLDivElement>(null);
  useFocusBack(open);
  return (
    <Drawer
      open={open}
      title={title}
      onClose={onClose}
      // A telephone would cover half of the form with its keyboard.
      afterOpenChange={(shown) => shown && !phone && focusFirst(fields.current)}
      size={phone ? '100%' : width}
      destroyOnHidden
      footer={null}
      styles={{ body: { display: 'flex', flexDirection: 'column' } }}
    >
      <div ref={fields} style={{ display: 'contents' }}>
        <DrawerForm key={props.draftKey} {...props} />
      </div>
    </Drawer>
  );
}

const FIELD = 'input:not([type="hidden"], :disabled), textarea:not(:disabled)';
const focusFirst = (fields: HTMLElement | null) => fields?.querySelector<HTMLElement>(FIELD)?.focus();

/** Where somebody was before the form opened is where they are after it: pages take a form away as it closes. */
export function useFocusBack(open: boolean): void {
  useEffect(() => {
    if (!open) return undefined;
    const before = document.activeElement;
    return () => {
      // After the drawer has let go of the focus itself.
      window.setTimeout(() => {
        if (before instanceof HTMLElement && before.isConnected) before.focus();
      });
    };
  }, [open]);
}

function DrawerForm<V extends object>({
  draftKey,
  initialValues,
  onSubmit,
  onClose,
  submitText,
  danger = false,
  labelOf,
  children,
}: FormDrawerProps<V>): ReactElement {
  const { t } = useTranslation();
  const [form] = Form.useForm<V>();
  const draft = useDraft<V>(draftKey, initialValues);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [busy, setBusy] = useState(false);

  const submit = async (values: V) => {
    setBusy(true);
    setProblem(null);
    try {
      await onSubmit(values);
      draft.clear();
      onClose();
    } catch (error) {
      const told = isProblem(error)
        ? error
        : new ApiProblem({
            status: 0,
            code: 'client.unexpected',
            title: error instanceof Error ? error.message : String(error),
          });
      setProblem(told);
      markFields(form, told);
    } finally {
      setBusy(false);
    }
  };
  const startOver = () => {
    draft.clear(initialValues);
    form.resetFields();
    form.setFieldsValue(initialValues as Parameters<typeof form.setFieldsValue>[0]);
  };
  return (
    <Form
      form={form}
      layout="vertical"
      initialValues={draft.value}
      onValuesChange={(_, all: V) => draft.set(all)}
      onFinish={(values: V) => void submit(values)}
      disabled={busy}
      style={{ display: 'flex', flexDirection: 'column', flex: 1 }}
    >
      <div style={{ flex: 1 }}>
        {draft.restored && (
          <Alert
            type="info"
            showIcon
            style={{ marginBottom: 16 }}
            title={t('common.draftRestored')}
            action={
              <Button size="small" onClick={startOver}>
                {t('common.startOver')}
              </Button>
            }
          />
        )}
        {problem !== null && (
          <div style={{ marginBottom: 16 }}>
            <ProblemAlert problem={problem} {...(labelOf === undefined ? {} : { labelOf })} />
          </div>
        )}
        {children}
      </div>
      <div className="qc-row" style={{ justifyContent: 'flex-end', paddingTop: 12 }}>
        <Button onClick={onClose} disabled={false}>
          {t('common.cancel')}
        </Button>
        <Button type="primary" htmlType="submit" danger={danger} loading={busy}>
          {submitText ?? t('common.save')}
        </Button>
      </div>
    </Form>
  );
}

/** Puts each refusal to its field, where the form has that field. */
export function markFields<V>(form: ReturnType<typeof Form.useForm<V>>[0], problem: ApiProblem): void {
  const byField = new Map<string, string[]>();
  for (const { field, title } of problem.errors)
    if (field !== undefined) byField.set(field, [...(byField.get(field) ?? []), title]);
  const fields = [...byField]
    .map(([field, errors]) => ({ name: fieldPath(field), errors }))
    .filter(({ name }) => form.getFieldInstance(name as never) !== undefined);
  form.setFields(fields as Parameters<typeof form.setFields>[0]);
  const [first] = fields;
  if (first !== undefined) form.scrollToField(first.name as never, { focus: true });
}
