/** Choose roles of the company's people, or of a partner's. */
import { Select } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { EXCLUSIVE_ROLES, PARTNER_ROLES, type Role, STAFF_ROLES } from '../../../contract/roles.ts';

type RoleSelectProps = {
  kind: 'staff' | 'partner';
  /** Without those of administrators, which no key may hold. */
  forKey?: boolean;
  value?: Role[];
  onChange?: (roles: Role[]) => void;
  id?: string;
};

export function RoleSelect({ kind, forKey = false, ...rest }: RoleSelectProps): ReactElement {
  const { t } = useTranslation();
  const roles: readonly Role[] = kind === 'staff' ? STAFF_ROLES : PARTNER_ROLES;
  return (
    <Select<Role[]>
      {...rest}
      mode="multiple"
      showSearch={{ optionFilterProp: 'label' }}
      options={roles
        .filter((role) => !forKey || !EXCLUSIVE_ROLES.includes(role))
        .map((value) => ({ value, label: t(`states.role.${value}`) }))}
    />
  );
}
