/** Links for the customer of a partner, on the page of an order: made, copied, ended. */
import { Button, Input, Popconfirm, Tag } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiAction, useApiQuery } from '../../api/hooks.ts';
import { useCan } from '../../session.tsx';
import { Loaded, Section } from '../../ui/page.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { DateTime } from '../../ui/values.tsx';
import { useTell } from '../../ui/tell.tsx';

export function StatusLinks({ orderId }: { orderId: string }): ReactElement | null {
  return useCan()('order.share') ? <Links orderId={orderId} /> : null;
}

function Links({ orderId }: { orderId: string }): ReactElement {
  const { t } = useTranslation();
  const { message } = useTell();
  const links = useApiQuery('statusLinkList', { params: { orderId } });
  const [note, setNote] = useState('');
  const create = useApiAction('statusLinkCreate', { onDone: () => setNote('') });
  const revoke = useApiAction('statusLinkRevoke');
  const copy = async (token: string) => {
    const address = `${window.location.origin}/link#${token}`;
    try {
      await navigator.clipboard.writeText(address);
      void message.success(t('links.copied'));
    } catch {
      // Clipboards are closed on plain http.
      void message.info(address, 20);
    }
  };
  return (
    <Section title={t('links.forCustomer')}>
      <div className="qc-stack">
        <p className="qc-muted">{t('links.forCustomerHint')}</p>
        <ProblemAlert problem={create.problem ?? revoke.problem} />
        <div className="qc-row">
          <Input
            value={note}
            onChange={({ target }) => setNote(target.value)}
            maxLength={100}
            placeholder={t('links.note')}
            aria-label={t('links.note')}
            style={{ maxWidth: 240 }}
          />
          <Button
            loading={create.pending}
            onClick={() =>
              void create.attempt({ params: { orderId }, body: { note: note.trim() === '' ? null : note.trim() } })
            }
          >
            {t('links.make')}
          </Button>
        </div>
        <Loaded query={links}>
          {({ items }) => (
            <ul className="qc-plain qc-stack" style={{ gap: 8 }}>
              {items.map((link) => (
                <li key={link.id} className="qc-row">
                  <span className="qc-grow">
                    {link.note ?? t('links.noNote')}{' '}
                    <span className="qc-muted">
                      {t('links.until')} <DateTime value={link.expiresAt} />
                    </span>
                  </span>
                  {link.revokedAt !== null || link.token === null ? (
                    <Tag>{t('links.revoked')}</Tag>
                  ) : (
                    <>
                      <Button size="small" onClick={() => void copy(link.token ?? '')}>
                        {t('links.copy')}
                      </Button>
                      <Popconfirm
                        title={t('links.revokeSure')}
                        okText={t('links.revoke')}
                        okButtonProps={{ danger: true }}
                        cancelText={t('common.cancel')}
                        onConfirm={() => revoke.attempt({ params: { orderId, linkId: link.id } })}
                      >
                        <Button size="small" danger>
                          {t('links.revoke')}
                        </Button>
                      </Popconfirm>
                    </>
                  )}
                </li>
              ))}
            </ul>
          )}
        </Loaded>
      </div>
    </Section>
  );
}
