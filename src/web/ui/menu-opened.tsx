import { Button, Dropdown } from 'antd';
import type { ReactElement } from 'react';
import { useState } from 'react';
import type { MenuButtonProps } from './menu-button.tsx';

/** The button has just been pressed: it has the focus, and its menu stands open. */
export default function MenuOpened({ menu, placement, button, buttonRef }: MenuButtonProps): ReactElement {
  const [open, setOpen] = useState(true);
  return (
    <Dropdown
      menu={menu}
      trigger={['click']}
      open={open}
      onOpenChange={setOpen}
      {...(placement === undefined ? {} : { placement })}
    >
      <Button
        {...button}
        {...(buttonRef === undefined ? {} : { ref: buttonRef })}
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- it is the button that was pressed
        autoFocus
        aria-haspopup="menu"
        aria-expanded={open}
      />
    </Dropdown>
  );
}
