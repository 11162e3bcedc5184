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
  labelOf?: (field: string) => string | null;
  children: (values: V, set: (values: Partial<V>) => void) => ReactNode;
};

export function PageForm<V extends object>(props: PageFormProps<V>): ReactElement {
  const [round, setRound] = useState(0);
  return <FormOnPage key={`${props.draftKey} ${round}`} {...props} onStartOver={() => setRound(round + 1)} />;
}

function FormOnPage<V extends object>({
  draftKey,
  initialValues,
  onSubmit,
  submitText,
  labelOf,
  children,
  onStartOver,
}: PageFormProps<V> & { onStartOver: () => void }): ReactElement {
  const { t } = useTranslation();
  const [form] = Form.useForm<V>();
  const draft = useDraft<V>(draftKey, initialValues);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [busy, setBusy] = useState(false);

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
      onValuesChange={(_, shown: V) => draft.set((before) => ({ ...before, ...shown }))}
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
                  draft.clear();
                  onStartOver();
                }}
              >
                {t('common.startOver')}
              </Button>
            }
          />
        )}
        {children(draft.value, (values) => {
          form.setFields(
            Object.entries(values).map(([name, value]) => ({ name, value })) as Parameters<typeof form.setFields>[0],
          );
          draft.set((before) => ({ ...before, ...values }));
        })}
        <section className="qc-page-actions" aria-label={t('common.actions')}>
          {problem !== null && (
            <div style={{ flexBasis: '100%' }}>
              <ProblemAlert
                problem={problem}
                onClose={() => setProblem(null)}
                {...(labelOf === undefined ? {} : { labelOf })}
              />
            </div>
          )}
          <Button type="primary" htmlType="submit" loading={busy}>
            {submitText}
          </Button>
        </section>
      </div>
    </Form>
  );
}
