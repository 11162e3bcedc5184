/** Choose roles of the company's people, or of a partner's. */
import { Select } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { PARTNER_ROLES, type Role, STAFF_ROLES } from '../../../contract/roles.ts';

type RoleSelectProps = {
  kind: 'staff' | 'partner';
  value?: Role[];
  onChange?: (roles: Role[]) => void;
  id?: string;
};

export function RoleSelect({ kind, ...rest }: RoleSelectProps): ReactElement {
  const { t } = useTranslation();
  const roles: readonly Role[] = kind === 'staff' ? STAFF_ROLES : PARTNER_ROLES;
  return (
    <Select<Role[]>
      {...rest}
      mode="multiple"
      showSearch={{ optionFilterProp: 'label' }}
      options={roles.map((value) => ({ value, label: t(`states.role.${value}`) }))}
    />
  );
}
