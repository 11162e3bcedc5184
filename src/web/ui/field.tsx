/** A control under its name. Forms that are sent by the names of their fields use antd's `Form.Item`; an editor that holds its own values needs nothing of that. */
import type { ReactElement, ReactNode } from 'react';

type FieldFrameProps = {
  label: string;
  /** Id of the control. */
  htmlFor?: string;
  required?: boolean;
  /** Takes the whole width of the form. */
  wide?: boolean;
  /** Below the control: what follows from what is chosen. */
  hint?: string | undefined;
  children: ReactNode;
};

export function FieldFrame({
  label,
  htmlFor,
  required = false,
  wide = false,
  hint,
  children,
}: FieldFrameProps): ReactElement {
  return (
    <div className={wide ? 'qc-field is-wide' : 'qc-field'}>
      {htmlFor === undefined ? (
        <div className="qc-field-label">{label}</div>
      ) : (
        <label className={required ? 'qc-field-label is-required' : 'qc-field-label'} htmlFor={htmlFor}>
          {label}
        </label>
      )}
      {children}
      {hint !== undefined && <div className="qc-field-hint">{hint}</div>}
    </div>
  );
}
