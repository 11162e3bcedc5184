/** A button with a menu. What draws menus comes with the first press: a page begins without it. */
import { Button, type ButtonProps, type DropdownProps } from 'antd';
import { lazy, type ReactElement, type Ref, Suspense, useState } from 'react';

export const loadMenus = () => import('./menu-opened.tsx');
const MenuOpened = lazy(loadMenus);

export type MenuButtonProps = {
  menu: NonNullable<DropdownProps['menu']>;
  placement?: NonNullable<DropdownProps['placement']>;
  button: ButtonProps;
  buttonRef?: Ref<HTMLButtonElement>;
};

export function MenuButton(props: MenuButtonProps): ReactElement {
  const [asked, ask] = useState(false);
  const { button, buttonRef } = props;
  const closed = (
    <Button
      {...button}
      {...(buttonRef === undefined ? {} : { ref: buttonRef })}
      aria-haspopup="menu"
      onPointerEnter={() => void loadMenus()}
      onFocus={() => void loadMenus()}
      onClick={() => ask(true)}
    />
  );
  return asked ? (
    <Suspense fallback={closed}>
      <MenuOpened {...props} />
    </Suspense>
  ) : (
    closed
  );
}
