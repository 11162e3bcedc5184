/** The buttons of a document, from its `allowedActions`. What is refused can be asked why. */
import { InfoCircleOutlined } from '@ant-design/icons';
import { Button, type ButtonProps, Popover } from 'antd';
import { type ReactElement, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useTell } from './tell.tsx';

export type AllowedAction = {
  action: string;
  refusals: readonly { code: string; title: string }[];
  primary?: boolean | undefined;
};
/** What happens on a press. `confirm`: asked first. `danger`: it takes something away. `back`: a way back, never the next step. */
export type ActionRun = { run: () => unknown; danger?: boolean; back?: boolean; confirm?: ReactNode; label?: string };
export type ActionBarProps = {
  /** Family of the machine: the words are `states.action.<document>.<action>`. */
  document: string;
  actions: readonly AllowedAction[];
  /** Actions that this page offers; others are left out. */
  run: Record<string, (() => unknown) | ActionRun>;
  /** Further buttons, after those of the machine. */
  children?: ReactNode;
};

const asRun = (given: (() => unknown) | ActionRun): ActionRun => (typeof given === 'function' ? { run: given } : given);
/** Not this page's turn at all: such actions are told together, the others each on its own button. */
const isElsewhere = (action: AllowedAction): boolean =>
  action.refusals.some(({ code }) => code.endsWith('.wrong_state') || code.startsWith('permission.'));

export function ActionBar({ document, actions, run, children }: ActionBarProps): ReactElement {
  const { t } = useTranslation();
  const offered = actions.filter(({ action }) => run[action] !== undefined);
  const open = offered
    .filter(({ refusals }) => refusals.length === 0)
    .sort((a, b) => Number(b.primary === true) - Number(a.primary === true));
  const blocked = offered.filter((action) => action.refusals.length > 0 && !isElsewhere(action));
  const elsewhere = offered.filter((action) => action.refusals.length > 0 && isElsewhere(action));
  const label = ({ action }: AllowedAction) => {
    const given = run[action];
    return (given === undefined ? undefined : asRun(given).label) ?? t(`states.action.${document}.${action}`);
  };
  // When the next step is refused, no side road takes its place.
  const hasPrimary = offered.some(({ primary }) => primary === true);
  return (
    <div className="qc-row" role="toolbar" aria-label={t('common.actions')}>
      {open.map((action, index) => {
        const given = run[action.action];
        return given === undefined ? null : (
          <ActionButton
            key={action.action}
            label={label(action)}
            given={asRun(given)}
            primary={hasPrimary ? action.primary === true : index === 0}
          />
        );
      })}
      {blocked.map((action) => (
        <Why
          key={action.action}
          items={[{ label: null, reasons: action.refusals }]}
          className="qc-refused"
          aria-label={t('common.refusedAction', { action: label(action) })}
          icon={<InfoCircleOutlined />}
        >
          {label(action)}
        </Why>
      ))}
      {children}
      {elsewhere.length > 0 && (
        <Why type="text" items={elsewhere.map((action) => ({ label: label(action), reasons: action.refusals }))}>
          {t('common.otherActions')}
        </Why>
      )}
    </div>
  );
}

function ActionButton({ label, given, primary }: { label: string; given: ActionRun; primary: boolean }): ReactElement {
  const { t } = useTranslation();
  const { modal } = useTell();
  const [busy, setBusy] = useState(false);
  const go = async () => {
    setBusy(true);
    try {
      await given.run();
    } catch {
      // The page shows the problem of its own action.
    } finally {
      setBusy(false);
    }
  };
  const ask = () => {
    if (given.confirm === undefined) return void go();
    void modal.confirm({
      title: label,
      content: given.confirm,
      okText: label,
      cancelText: t('common.cancel'),
      okButtonProps: { danger: given.danger === true },
      onOk: go,
    });
  };
  return (
    <Button
      type={primary && given.danger !== true && given.back !== true ? 'primary' : 'default'}
      danger={given.danger === true}
      loading={busy}
      onClick={ask}
    >
      {label}
    </Button>
  );
}

type WhyProps = ButtonProps & { items: { label: string | null; reasons: AllowedAction['refusals'] }[] };

/** A button that tells why something is refused; opens on click, on focus and on touch: reasons are for everybody. */
function Why({ items, ...button }: WhyProps): ReactElement {
  const { t } = useTranslation();
  const content = (
    <div className="qc-stack" style={{ gap: 10 }} role="status">
      {items.map(({ label, reasons }) => (
        <div key={label ?? ''}>
          {label !== null && <strong>{label}</strong>}
          <ul className="qc-reasons">
            {reasons.map((reason) => (
              <li key={`${reason.code} ${reason.title}`}>{reason.title}</li>
            ))}
          </ul>
        </div>
      ))}
    </div>
  );
  const [open, setOpen] = useState(false);
  return (
    <Popover open={open} title={t('common.whyNot')} content={content} placement="bottomLeft">
      <Button
        {...button}
        aria-expanded={open}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onClick={() => setOpen(true)}
        onKeyDown={(event) => event.key === 'Escape' && setOpen(false)}
      />
    </Popover>
  );
}
