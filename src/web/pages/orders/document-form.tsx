/** What forms of a document share: typed input is kept, and nobody decides on a document that has changed behind the form. */
import { Alert, Button } from 'antd';
import { type ReactElement, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormDrawer } from '../../ui/form-drawer.tsx';
import { useTell } from '../../ui/tell.tsx';

export type DocumentFormProps<V extends object, D> = {
  /** Name of the draft: `order.<id>.<action>`. */
  draftKey: string;
  no: string;
  version: number;
  /** The state that the document is in now, in words. */
  stateNow: string;
  title: string;
  initialValues: V;
  /** Sends with the version that the person has seen. */
  send: (values: V, version: number) => Promise<D>;
  /** What is told when it is done. */
  doneText: (after: D) => string;
  onClose: () => void;
  submitText?: string | undefined;
  danger?: boolean | undefined;
  width?: number | undefined;
  labelOf?: ((field: string) => string | null) | undefined;
  children: ReactNode;
};

export function DocumentForm<V extends object, D>(props: DocumentFormProps<V, D>): ReactElement {
  const { t } = useTranslation();
  const { message } = useTell();
  const [seen, setSeen] = useState(props.version);
  return (
    <FormDrawer<V>
      open
      title={props.no === '' ? props.title : `${props.title} · ${props.no}`}
      draftKey={props.draftKey}
      initialValues={props.initialValues}
      onSubmit={async (values) => {
        const after = await props.send(values, seen);
        void message.success(props.doneText(after));
      }}
      onClose={props.onClose}
      submitText={props.submitText ?? props.title}
      danger={props.danger ?? false}
      width={props.width ?? 520}
      {...(props.labelOf === undefined ? {} : { labelOf: props.labelOf })}
    >
      {props.version !== seen && (
        <Alert
          type="warning"
          showIcon
          style={{ marginBottom: 16 }}
          title={t('orders.changedBehind')}
          description={t('orders.changedBehindHint', { state: props.stateNow })}
          action={
            <Button size="small" onClick={() => setSeen(props.version)}>
              {t('orders.goOnWithNew')}
            </Button>
          }
        />
      )}
      {props.children}
    </FormDrawer>
  );
}
