/** Which form of an order is open. Sections and the bar of actions open them; each form stands in a file of its own. */
import { createContext, type ReactElement, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { AcceptForm } from './forms/accept-form.tsx';
import { AcceptServiceForm } from './forms/accept-service-form.tsx';
import { CorrectPromiseForm } from './forms/correct-promise-form.tsx';
import { DiscrepancyForm } from './forms/discrepancy-form.tsx';
import { ObjectForm } from './forms/object-form.tsx';
import { ProductionForm } from './forms/production-form.tsx';
import { ReasonForm, type ReasonAction } from './forms/reason-form.tsx';
import { ReleaseHoldForm } from './forms/release-hold-form.tsx';
import { ShortCloseForm } from './forms/short-close-form.tsx';
import { ShortageForm } from './forms/shortage-form.tsx';
import { SubmitForm } from './forms/submit-form.tsx';
import type { Order } from './order-page.tsx';

export type OpenForm =
  | { form: 'submit' | 'settleShortage' | 'correctPromise' | 'accept' | 'object' | 'shortClose' | 'acceptService' }
  | { form: 'production'; lineNo: number }
  | { form: 'reason'; action: ReasonAction }
  | { form: 'discrepancy' | 'releaseHold'; id: string };

const FormsContext = createContext<(wanted: OpenForm) => void>(() => {});

/** `const open = useOrderForms(); open({ form: 'submit' })` */
export const useOrderForms = (): ((wanted: OpenForm) => void) => useContext(FormsContext);

const isHandedOver = (): boolean => new URLSearchParams(window.location.search).get('do') === 'submit';

export function OrderFormsProvider({ order, children }: { order: Order; children: ReactNode }): ReactElement {
  // The editor hands over to the form that submits: `?do=submit`.
  const [open, setOpen] = useState<OpenForm | null>(() => (isHandedOver() ? { form: 'submit' } : null));
  const value = useMemo(() => (wanted: OpenForm) => setOpen(wanted), []);
  useEffect(() => {
    if (isHandedOver()) window.history.replaceState(window.history.state, '', window.location.pathname);
  }, []);
  const close = () => setOpen(null);
  return (
    <FormsContext value={value}>
      {children}
      {open !== null && <Opened order={order} open={open} onClose={close} />}
    </FormsContext>
  );
}

function Opened({ order, open, onClose }: { order: Order; open: OpenForm; onClose: () => void }): ReactElement {
  switch (open.form) {
    case 'submit':
      return <SubmitForm order={order} onClose={onClose} />;
    case 'settleShortage':
      return <ShortageForm order={order} onClose={onClose} />;
    case 'correctPromise':
      return <CorrectPromiseForm order={order} onClose={onClose} />;
    case 'production':
      return <ProductionForm order={order} lineNo={open.lineNo} onClose={onClose} />;
    case 'accept':
      return <AcceptForm order={order} onClose={onClose} />;
    case 'object':
      return <ObjectForm order={order} onClose={onClose} />;
    case 'shortClose':
      return <ShortCloseForm order={order} onClose={onClose} />;
    case 'acceptService':
      return <AcceptServiceForm order={order} onClose={onClose} />;
    case 'reason':
      return <ReasonForm order={order} action={open.action} onClose={onClose} />;
    case 'discrepancy':
      return <DiscrepancyForm order={order} discrepancyId={open.id} onClose={onClose} />;
    case 'releaseHold':
      return <ReleaseHoldForm order={order} holdId={open.id} onClose={onClose} />;
  }
}
