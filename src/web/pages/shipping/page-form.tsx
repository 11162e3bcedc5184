/** A form that is a page of its own. What was typed is kept on the device until it is saved; refusals stand at their fields. */
import { Alert, Button, Form } from 'antd';
import { type ReactElement, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem, isProblem } from '../../api/problem.ts';
import { useDraft } from '../../lib/draft.ts';
import { markFields } from '../../ui/form-drawer.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';

export type PageFormProps<V extends object> = {
  draftKey: string;
  initialValues: V;
  /** Sends; throw the ApiProblem of `useApiAction(...).run`. */
  onSubmit: (values: V) => Promise<unknown>;
  submitText: string;
  submittable?: boolean;
  labelOf?: (field: string) => string | null;
  children: (values: V, set: (values: Partial<V>) => void) => ReactNode;
};

export function PageForm<V extends object>(props: PageFormProps<V>): ReactElement {
  const { draftKey, initialValues, onSubmit, submitText, submittable = true, labelOf, children } = props;
  const { t } = useTranslation();
  const [form] = Form.useForm<V>();
  const draft = useDraft<V>(draftKey, initialValues);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [busy, setBusy] = useState(false);
  const put = (values: V) => form.setFieldsValue(values as Parameters<typeof form.setFieldsValue>[0]);

  const submit = async () => {
    setBusy(true);
    setProblem(null);
    try {
      await onSubmit(draft.value);
      draft.clear();
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
  return (
    <Form
      form={form}
      layout="vertical"
      initialValues={draft.value}
      onValuesChange={(changed) => draft.set((before) => merged(before, changed))}
      onFinish={() => void submit()}
      disabled={busy}
    >
      <div className="qc-stack">
        {draft.restored && (
          <Alert
            type="info"
            showIcon
            title={t('common.draftRestored')}
            action={
              <Button
                size="small"
                onClick={() => {
                  form.resetFields();
                  put(initialValues);
                  draft.clear(initialValues);
                }}
              >
                {t('common.startOver')}
              </Button>
            }
          />
        )}
        {children(draft.value, (values) => {
          const next = { ...draft.value, ...values };
          put(next);
          draft.set(next);
        })}
        <ProblemAlert problem={problem} {...(labelOf === undefined ? {} : { labelOf })} />
        <section className="qc-page-actions" aria-label={t('common.actions')}>
          <Button type="primary" htmlType="submit" loading={busy} disabled={!submittable}>
            {submitText}
          </Button>
        </section>
      </div>
    </Form>
  );
}

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What has changed, put into what stands: nested records are gone into, so that lines not on the screen stay. */
function merged<V extends object>(before: V, changed: object): V {
  const next: Record<string, unknown> = Object.fromEntries(Object.entries(before));
  for (const [key, value] of Object.entries(changed)) {
    const old = next[key];
    next[key] = isPlain(old) && isPlain(value) ? merged(old, value) : value;
  }
  return next as V;
}
