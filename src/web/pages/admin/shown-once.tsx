/** A secret that is shown once: a link for a person, the secret of a key. */
import { Alert, Button, Modal } from 'antd';
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { DateTime } from '../../ui/values.tsx';
import './admin.css';
import { useTell } from '../../ui/tell.tsx';

export type Secret = {
  title: string;
  /** null: an earlier answer to the same request carried it. */
  text: string | null;
  hint: string;
  expiresAt?: string;
};

/** The address of a one-time link; its token stands behind #, so that it reaches no log. */
export const resetLink = (token: string): string => `${window.location.origin}/reset#${encodeURIComponent(token)}`;

export function ShownOnce({ secret, onClose }: { secret: Secret; onClose: () => void }): ReactElement {
  const { t } = useTranslation();
  const { message } = useTell();
  const copy = async (text: string) => {
    try {
      await navigator.clipboard.writeText(text);
      void message.success(t('admin.copied'));
    } catch {
      // Clipboards are closed on plain http: the text can be marked and copied by hand.
      void message.info(t('admin.copyByHand'));
    }
  };
  const { text } = secret;
  const footer: ReactNode = (
    <div className="qc-row" style={{ justifyContent: 'flex-end' }}>
      {text !== null && <Button onClick={() => void copy(text)}>{t('admin.copy')}</Button>}
      <Button type="primary" onClick={onClose}>
        {t('admin.handedOver')}
      </Button>
    </div>
  );
  return (
    <Modal open title={secret.title} footer={footer} closable={false} keyboard={false} mask={{ closable: false }}>
      <div className="qc-stack">
        <Alert type="warning" showIcon title={t('admin.onceOnly')} description={secret.hint} />
        {text === null ? <p>{t('admin.alreadyShown')}</p> : <code className="qa-secret">{text}</code>}
        {secret.expiresAt !== undefined && (
          <p className="qc-muted">
            {t('admin.linkUntil')} <DateTime value={secret.expiresAt} />
          </p>
        )}
      </div>
    </Modal>
  );
}
